-- What counts as a figure in a text, tested: numbers with their units, and marks. The Python that
-- reads documents finds the same in the same cases (tests/python/test_lines.py).
{%- set cases = {
    'Summa 6773 0 6773 17 301': '6773 0 6773 17 301',
    'HR service LU. 8,88. 9,60 9,20': 'LU. 8,88 9,60 9,20',
    'ett utfall (92,8 %), nära 90%': '92,8% 90%',
    'målet <5% och < 6 %': '<5% <6%',
    'LU. | 17301 | 6773 tkr': 'LU. 17301 6773tkr',
    'överskott 6,8 mnkr': '6,8mnkr',
    'resultat tkr tkr': 'tkr tkr',
    'Andel (%) inom 120': '120 %',
    '84 % (levera ntorstro het)': '84%',
    'plats 62:a av 133:e, en 10-årig plan': '62 133 10',
    'åren 2021–2027 (2018, 2019).': '2021-2027 2018 2019',
    'varav - - -': '- - -',
    'LKDATA - support': '',
    'LKDATA - support LU.': 'LU.',
    'Uppf6ljning av PM3 och Covid-19 hos K4': '',
    '−1 044 till -2': '-1 044 -2',
    '': '',
} %}
with cases as (
    {%- for text, expected in cases.items() %}
    select
        {{ loop.index }} as case_no,
        '{{ text }}' as case_text,
        '{{ expected }}' as expected
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

figures as (
    {{ printed_figures(
        'cases',
        ['case_no'],
        'case_text',
        ref('reference_missing_marks'),
        ref('reference_codes')
    ) }}
),

texts as (
    select
        case_no,
        figure_no,
        ' ' || coalesce(figure, '') || coalesce(unit_sign, '') as figure_text
    from figures
),

found as (
    select
        case_no,
        {%- for place in range(1, 8) %}
        max(case when figure_no = {{ place }} then figure_text end) as figure_{{ place }},
        {%- endfor %}
        count(*) as figure_count
    from texts
    group by case_no
),

read as (
    select
        cases.*,
        trim(
            both ' ' from
            {%- for place in range(1, 8) %}
            coalesce(found.figure_{{ place }}, '')
            {{- ' ||' if not loop.last }}
            {%- endfor %}
        ) as got
    from cases
    left join found
        on cases.case_no = found.case_no
)

select
    case_text,
    '”' || case_text || '”: väntat ' || expected || ', fick ' || got as message_sv
from read
where got <> expected

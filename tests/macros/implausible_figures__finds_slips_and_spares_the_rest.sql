-- The judgement of plausible figures, tested: each row of a case is (unit, what, value); `what` is
-- an outcome, a target, or a figure of women or men. The first row of a case is judged.
{%- set cases = {
    'below nought': (true, [('percent', 'outcome', -0.1)]),
    'nought': (false, [('percent', 'outcome', 0), ('percent', 'target', 5)]),
    'a change below nought': (false, [('percent', 'change', -2)]),
    'a result below nought': (false, [('tkr', 'outcome', -1044), ('tkr', 'target', 0)]),
    'share of a hundred': (false, [('percent', 'outcome', 100)]),
    'share above a hundred': (true, [('percent', 'outcome', 100.1)]),
    'five times the others': (
        false, [('index', 'outcome', 10), ('index', 'outcome', 2), ('index', 'target', 1)]
    ),
    'more than five times the others': (
        true, [('index', 'outcome', 10.1), ('index', 'outcome', 2), ('index', 'target', 1)]
    ),
    'a fifth of the others': (
        false, [('index', 'outcome', 2), ('index', 'outcome', 10), ('index', 'target', 20)]
    ),
    'less than a fifth of the others': (
        true, [('index', 'target', 1.9), ('index', 'outcome', 10), ('index', 'outcome', 20)]
    ),
    'eight times the only other': (false, [('index', 'outcome', 8), ('index', 'target', 1)]),
    'more than eight times the only other': (
        true, [('index', 'outcome', 8.1), ('index', 'target', 1)]
    ),
    'a small count': (false, [('count', 'outcome', 90), ('count', 'target', 9)]),
    'a count': (true, [('count', 'outcome', 90), ('count', 'target', 11)]),
    'a looked-at figure': (false, [('index', 'reviewed', 90), ('index', 'target', 1)]),
    'blank beside figures': (true, [('percent', 'outcome', none), ('percent', 'target', 5)]),
    'no target': (false, [('percent', 'outcome', 5), ('percent', 'target', none)]),
    'a blank row': (false, [('percent', 'outcome', none), ('percent', 'target', none)]),
    'blank women beside men': (
        true, [('percent', 'women', none), ('percent', 'men', 5), ('percent', 'women', 4)]
    ),
    'blank women and men': (false, [('percent', 'women', none), ('percent', 'men', none)]),
} %}

with listed (case_name, place, unit_of_measure, what, value) as (
    values
    {%- for case, (is_slip, rows) in cases.items() %}
    {%- set outer = loop %}
    {%- for unit, what, value in rows %}
    (
        '{{ case }}',
        '{{ loop.index }}',
        '{{ unit }}',
        '{{ what }}',
        {{ 'null' if value is none else value }}
    ){{ ',' if not (outer.last and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

rows_of_cases as (
    select
        case_name as report_id,
        case_name || ' ' || place as figure_id,
        'namndindikatorer' as source_table,
        case when what = 'men' then 2 else 1 end as row_no,
        'andel' as measure_code,
        'vss' as unit_code,
        case when place = '3' then 2019 else 2020 end as fiscal_year,
        case when what in ('target', 'change') then what else 'outcome' end as scenario,
        case when what in ('women', 'men') then what else 'total' end as gender,
        cast(value as decimal(18, 6)) as value,
        case when value is null then 'blank' end as missing_code,
        unit_of_measure,
        case when what = 'reviewed' then 'C01' end as correction_id,
        true as is_indicator,
        false as is_claim
    from listed
),

names as (
    select
        'andel' as indicator_code,
        'Andel av något' as indicator_name_sv
),

expected (figure_id, is_slip) as (
    values
    {%- for case, (is_slip, rows) in cases.items() %}
    ('{{ case }} 1', {{ 'true' if is_slip else 'false' }}){{ ',' if not loop.last }}
    {%- endfor %}
),

found as (
    {{ implausible_figures('rows_of_cases', 'names') }}
)

select
    expected.figure_id,
    'implausible_figures: ' || expected.figure_id
    || case when expected.is_slip then ' borde hittas.' else ' borde godtas: ' || found.fault end
        as message_sv
from expected
left join found
    on expected.figure_id = found.figure_id
where expected.is_slip <> (found.figure_id is not null)

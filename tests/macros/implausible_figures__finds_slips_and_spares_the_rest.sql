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
    'a blank row': (false, [('percent', 'outcome', none), ('percent', 'target', none)]),
    'blank women beside men': (
        true, [('percent', 'women', none), ('percent', 'men', 5), ('percent', 'women', 4)]
    ),
    'blank women and men': (false, [('percent', 'women', none), ('percent', 'men', none)]),
} %}
{%- set text = dbt.type_string() %}

with rows_of_cases as (
    {%- for case, (is_slip, rows) in cases.items() %}
    {%- set outer = loop %}
    {%- for unit, what, value in rows %}
    {%- set gender = what if what in ('women', 'men') else 'total' %}
    select
        '{{ case }}' as report_id,
        '{{ case }} {{ loop.index }}' as figure_id,
        'namndindikatorer' as source_table,
        {{ 2 if what == 'men' else 1 }} as row_no,
        'andel' as measure_code,
        'vss' as unit_code,
        {{ 2019 if loop.index == 3 else 2020 }} as fiscal_year,
        '{{ what if what in ("target", "change") else "outcome" }}' as scenario,
        '{{ gender }}' as gender,
        cast({{ 'null' if value is none else value }} as decimal(18, 6)) as value,
        cast({{ "'blank'" if value is none else 'null' }} as {{ text }}) as missing_code,
        '{{ unit }}' as unit_of_measure,
        cast({{ "'C01'" if what == 'reviewed' else 'null' }} as {{ text }}) as correction_id,
        true as is_indicator,
        false as is_claim
    {%- if not (outer.last and loop.last) %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
),

names as (
    select
        'andel' as indicator_code,
        'Andel av något' as indicator_name_sv
),

expected as (
    {%- for case, (is_slip, rows) in cases.items() %}
    select
        '{{ case }} 1' as figure_id,
        {{ 'true' if is_slip else 'false' }} as is_slip
    {%- if not loop.last %}
    union all
    {%- endif %}
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

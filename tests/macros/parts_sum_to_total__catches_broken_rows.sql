-- The test of totals, tested: it must fail on each broken case and on no sound one.
{%- set cases = {
    'exact': (false, [('a', none, 5, 1, none), ('a', none, -2, 1, none), (none, 'a', 3, 1, none)]),
    'all zero': (false, [('a', none, 0, 1, none), (none, 'a', 0, 1, none)]),
    'at the tolerance': (
        false,
        [('a', none, 36.1, 0.1, none), ('a', none, 0.3, 0.1, none), (none, 'a', 36.55, 0.1, none)]
    ),
    'one step outside': (
        true,
        [('a', none, 36.1, 0.1, none), ('a', none, 0.3, 0.1, none), (none, 'a', 36.6, 0.1, none)]
    ),
    'one step outside, below': (
        true,
        [('a', none, 36.1, 0.1, none), ('a', none, 0.3, 0.1, none), (none, 'a', 36.2, 0.1, none)]
    ),
    'wrong sign': (true, [('a', none, 5, 1, none), ('a', none, 2, 1, none), (none, 'a', 3, 1, none)]),
    'total missing': (true, [('a', none, 5, 1, none), ('a', none, 2, 1, none)]),
    'total without value': (
        true, [('a', none, 5, 1, none), (none, 'a', none, none, 'not_reported')]
    ),
    'part without value': (
        true,
        [('a', none, 5, 1, none), ('a', none, none, none, 'blank'), (none, 'a', 5, 1, none)]
    ),
    'part not applicable': (
        false,
        [('a', none, 5, 1, none), ('a', none, none, none, 'not_applicable'), (none, 'a', 5, 1, none)]
    ),
    'parts missing': (true, [(none, 'a', 5, 1, none)]),
    'nothing to add': (false, [(none, 'a', none, none, 'not_applicable')]),
} %}
{%- set text = dbt.type_string() %}

with listed (
    case_name, is_broken, figure_id, part_of, total_of, value, rounding_step, missing_code
) as (
    values
    {%- for case, (is_broken, rows) in cases.items() %}
    {%- set outer = loop %}
    {%- for part_of, total_of, value, rounding_step, missing_code in rows %}
    (
        '{{ case }}',
        {{ 'true' if is_broken else 'false' }},
        '{{ case }} {{ loop.index }}',
        {{ "'" ~ part_of ~ "'" if part_of else 'null' }},
        {{ "'" ~ total_of ~ "'" if total_of else 'null' }},
        {{ 'null' if value is none else value }},
        {{ 'null' if rounding_step is none else rounding_step }},
        {{ "'" ~ missing_code ~ "'" if missing_code else 'null' }}
    ){{ ',' if not (outer.last and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

rows_of_cases as (
    select
        case_name,
        is_broken,
        figure_id,
        cast(part_of as {{ text }}) as part_of,
        cast(total_of as {{ text }}) as total_of,
        cast(value as decimal(18, 6)) as value,
        cast(rounding_step as decimal(18, 6)) as rounding_step,
        cast(missing_code as {{ text }}) as missing_code
    from listed
),

expected as (
    select
        case_name,
        is_broken
    from rows_of_cases
    group by case_name, is_broken
),

caught as (
    {{ test_parts_sum_to_total('rows_of_cases', ['case_name']) }}
)

select
    expected.case_name,
    expected.case_name || case
        when expected.is_broken then ': skulle ha fällts men gick igenom'
        else ': skulle ha gått igenom men fälldes'
    end as message_sv
from expected
left join caught
    on expected.case_name = caught.case_name
where expected.is_broken <> (caught.case_name is not null)

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

with rows_of_cases as (
    {%- for case, (is_broken, rows) in cases.items() %}
    {%- set outer = loop %}
    {%- for part_of, total_of, value, rounding_step, missing_code in rows %}
    select
        '{{ case }}' as case_name,
        {{ 'true' if is_broken else 'false' }} as is_broken,
        '{{ case }} {{ loop.index }}' as figure_id,
        cast({{ "'" ~ part_of ~ "'" if part_of else 'null' }} as {{ text }}) as part_of,
        cast({{ "'" ~ total_of ~ "'" if total_of else 'null' }} as {{ text }}) as total_of,
        cast({{ 'null' if value is none else value }} as decimal(18, 6)) as value,
        cast({{ 'null' if rounding_step is none else rounding_step }} as decimal(18, 6))
            as rounding_step,
        cast({{ "'" ~ missing_code ~ "'" if missing_code else 'null' }} as {{ text }})
            as missing_code
    {%- if not (outer.last and loop.last) %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
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

{% macro sum_of_parts(
    relation,
    group_by,
    part_of='part_of',
    total_of='total_of',
    value='value',
    rounding_step='rounding_step',
    missing_code='missing_code',
    figure_id='figure_id'
) %}
with addends as (
    select *
    from {{ relation }}
    where {{ part_of }} is not null and coalesce({{ missing_code }}, '') <> 'not_applicable'
),

parts as (
    select
        {{ group_by | join(', ') }},
        {{ part_of }} as sum_code,
        count(*) as part_count,
        count(*) - count({{ value }}) as missing_parts,
        sum({{ value }}) as parts_value,
        sum({{ rounding_step }}) as parts_rounding_step,
        min({{ figure_id }}) as first_part_figure_id
    from addends
    group by {{ group_by | join(', ') }}, {{ part_of }}
),

totals as (
    select
        {{ group_by | join(', ') }},
        {{ total_of }} as sum_code,
        {{ figure_id }} as total_figure_id,
        {{ value }} as total_value,
        {{ rounding_step }} as total_rounding_step
    from {{ relation }}
    where {{ total_of }} is not null
),

paired as (
    select
        {%- for column in group_by %}
        coalesce(parts.{{ column }}, totals.{{ column }}) as {{ column }},
        {%- endfor %}
        coalesce(parts.sum_code, totals.sum_code) as sum_code,
        coalesce(parts.part_count, 0) as part_count,
        coalesce(parts.missing_parts, 0) as missing_parts,
        parts.first_part_figure_id,
        totals.total_figure_id,
        parts.parts_value,
        parts.parts_rounding_step,
        totals.total_value,
        totals.total_rounding_step,
        case
            when parts.missing_parts = 0 then totals.total_value - parts.parts_value
        end as difference,
        -- A sum of one part is that part: nothing was rounded on the way.
        case
            when parts.part_count = 1 then 0
            else {{ tolerance(['parts.parts_rounding_step', 'totals.total_rounding_step']) }}
        end as tolerance
    from parts
    full outer join totals
        on
            parts.sum_code = totals.sum_code
            {%- for column in group_by %}
            and parts.{{ column }} = totals.{{ column }}
            {%- endfor %}
)

select
    paired.*,
    {{ verdict_of('paired.difference', 'paired.tolerance') }} as verdict
from paired
where part_count > 0 or total_value is not null
{% endmacro %}

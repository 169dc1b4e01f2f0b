{{ config(materialized='table') }}

-- A template, the one it is based on, the one that is based on, and what holds for all; beside it
-- what the template thereby says of itself.
with templates as (
    select * from {{ ref('reference_templates') }}
),

parents as (
    select * from {{ ref('reference_templates') }}
),

lineage as (
    select
        template,
        template as inherited,
        1 as nearness
    from templates
    union all
    select
        template,
        based_on as inherited,
        2 as nearness
    from templates
    where based_on is not null
    union all
    select
        templates.template,
        parents.based_on as inherited,
        3 as nearness
    from templates
    inner join parents
        on templates.based_on = parents.template
    where parents.based_on is not null
    union all
    select
        template,
        '' as inherited,
        4 as nearness
    from templates
),

resolved as (
    select
        inherited.template,
        {{ nearest('templates.result_words') }} as result_words,
        {{ nearest('templates.unit_of_measure') }} as unit_of_measure,
        {{ nearest('cast(templates.is_minus_in_parentheses as integer)') }} = 1
            as is_minus_in_parentheses
    from lineage as inherited
    inner join templates
        on inherited.inherited = templates.template
    group by inherited.template
),

final as (
    select
        lineage.template,
        lineage.inherited,
        lineage.nearness,
        resolved.result_words,
        resolved.unit_of_measure,
        resolved.is_minus_in_parentheses
    from lineage
    inner join resolved
        on lineage.template = resolved.template
)

select * from final

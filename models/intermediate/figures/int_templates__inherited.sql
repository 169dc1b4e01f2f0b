-- A template, the one it is based on, the one that is based on, and what holds for all.
with templates as (
    select * from {{ ref('reference_templates') }}
),

parents as (
    select * from {{ ref('reference_templates') }}
),

final as (
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
)

select * from final

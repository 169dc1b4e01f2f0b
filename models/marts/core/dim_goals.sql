with goals as (
    select * from {{ ref('reference_goals') }}
),

final as (
    select
        goal_code,
        goal_name_sv,
        goal_name_en,
        goal_area_sv,
        municipal_goal_sv,
        administration_code
    from goals
)

select * from final

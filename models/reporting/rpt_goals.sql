with assessments as (
    select * from {{ ref('fct_goal_assessments') }}
),

goals as (
    select * from {{ ref('dim_goals') }}
),

final as (
    select
        assessments.report_id,
        assessments.goal_code,
        goals.goal_name_sv,
        goals.goal_name_en,
        goals.goal_area_sv,
        goals.municipal_goal_sv,
        cast(
            row_number() over (
                partition by assessments.report_id
                order by assessments.source_line_first, assessments.goal_code
            ) as integer
        ) as display_order,
        assessments.declared_status,
        assessments.computed_status,
        assessments.is_consistent,
        assessments.indicators_met,
        assessments.indicators_missed,
        assessments.indicators_unknown,
        assessments.indicators_met + assessments.indicators_missed as indicators_comparable,
        assessments.figure_id
    from assessments
    inner join goals
        on assessments.goal_code = goals.goal_code
)

select * from final

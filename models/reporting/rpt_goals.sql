{%- set status_words = {
    'fulfilled': 'uppfyllt',
    'partly_fulfilled': 'delvis uppfyllt',
    'not_fulfilled': 'inte uppfyllt',
    'not_assessed': 'kan inte bedömas',
} -%}

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
        {{ in_words('assessments.declared_status', status_words) }} as declared_status_sv,
        assessments.computed_status,
        {{ in_words('assessments.computed_status', status_words) }} as computed_status_sv,
        assessments.is_consistent,
        case
            when assessments.is_consistent is null then 'kan inte jämföras'
            when assessments.is_consistent then 'samma'
            else 'skiljer sig'
        end as comparison_sv,
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

{{ incremental_by_report() }}

with assessments as (
    select * from {{ rows_of_this_run(ref('fct_goal_assessments')) }}
),

goals as (
    select * from {{ ref('dim_goals') }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

-- What the administration's report before this one called the goal.
earlier as (
    select
        reports.report_id,
        assessments.goal_code,
        assessments.goal_label_sv,
        row_number() over (
            partition by reports.report_id, assessments.goal_code
            order by assessments.report_year desc, assessments.report_id asc
        ) as choice
    from reports
    inner join reports as earlier_reports
        on
            reports.municipality_code = earlier_reports.municipality_code
            and reports.administration_code = earlier_reports.administration_code
            and reports.report_year > earlier_reports.report_year
    inner join assessments
        on earlier_reports.report_id = assessments.report_id
),

final as (
    select
        assessments.report_id,
        assessments.goal_code,
        assessments.goal_label_sv as goal_name_sv,
        case
            when earlier.goal_label_sv <> assessments.goal_label_sv then earlier.goal_label_sv
        end as earlier_name_sv,
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
    left join earlier
        on
            assessments.report_id = earlier.report_id
            and assessments.goal_code = earlier.goal_code
            and earlier.choice = 1
)

select * from final

{{ incremental_by_report() }}

with goals as (
    select * from {{ ref('int_goals__assessed') }}
),

final as (
    select
        report_id,
        report_year,
        goal_code,
        goal_label_sv,
        declared_status,
        judgement,
        indicators_met,
        indicators_missed,
        indicators_unknown,
        computed_status,
        is_consistent,
        source_line_first,
        source_line_last,
        figure_id
    from goals
)

select * from final

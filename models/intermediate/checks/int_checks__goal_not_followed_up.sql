-- Every goal that the report measures, or that last year's report judged, has one judgement.
with goals as (
    select * from {{ ref('int_goals__assessed') }}
),

goal_names as (
    select * from {{ ref('reference_goals') }}
),

indicators as (
    select * from {{ ref('int_indicators__compared') }}
),

previous as (
    select * from {{ ref('int_reports__previous') }}
),

-- A goal whose indicators are judged by themselves is followed up by them.
judged_one_by_one as (
    select
        indicators.report_id,
        indicators.goal_code as judged_goal_code
    from {{ ref('int_cells__unioned') }} as cells
    inner join {{ ref('int_rows__labelled') }} as labelled_rows
        on
            cells.report_id = labelled_rows.report_id
            and cells.source_table = labelled_rows.source_table
            and cells.row_no = labelled_rows.row_no
    inner join indicators
        on
            cells.report_id = indicators.report_id
            and labelled_rows.measure_code = indicators.indicator_code
            and labelled_rows.unit_code = indicators.unit_code
    where cells.content = 'indicator_judgement' and cells.printed_text is not null
    group by indicators.report_id, indicators.goal_code
),

expected as (
    select
        indicators.report_id,
        indicators.goal_code,
        'indicators' as reason
    from indicators
    left join judged_one_by_one
        on
            indicators.report_id = judged_one_by_one.report_id
            and indicators.goal_code = judged_one_by_one.judged_goal_code
    where indicators.goal_code is not null and judged_one_by_one.report_id is null
    union all
    select
        previous.report_id,
        goals.goal_code,
        'last_year' as reason
    from previous
    inner join goals
        on previous.previous_report_id = goals.report_id
    union all
    select
        report_id,
        goal_code,
        'judgement' as reason
    from goals
),

reasons as (
    select
        report_id,
        goal_code,
        min(reason) as reason
    from expected
    group by report_id, goal_code
),

judgements as (
    select
        report_id,
        goal_code,
        count(*) as judgements,
        min(figure_id) as figure_id
    from goals
    group by report_id, goal_code
),

counted as (
    select
        reasons.report_id,
        reasons.goal_code,
        reasons.reason,
        goal_names.goal_name_sv,
        judgements.figure_id,
        coalesce(judgements.judgements, 0) as judgements
    from reasons
    inner join goal_names
        on reasons.goal_code = goal_names.goal_code
    left join judgements
        on
            reasons.report_id = judgements.report_id
            and reasons.goal_code = judgements.goal_code
),

final as (
    {{ check_row(
        'counted',
        'goal_not_followed_up',
        key="report_id || '.' || goal_code",
        subject='goal_name_sv',
        aspect='follow_up',
        right_figure_id='figure_id',
        left_value='1',
        right_value='judgements',
        verdict="case when judgements = 1 then 'agrees' else 'questionable' end",
        explanation_case="case
            when judgements > 1 then 'judged_twice'
            when judgements = 0 and reason = 'last_year' then 'dropped'
        end",
        texts={'judgements': 'judgements'}
    ) }}
)

select * from final

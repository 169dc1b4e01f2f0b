-- A table, so that PostgreSQL knows its rows when goal_status compares them with claims.
{{ config(materialized='table') }}

with cells as {{ computed_once() }} (
    select * from {{ ref('int_cells__unioned') }}
    where content = 'judgement'
),

goal_labels as (
    select * from {{ ref('int_goals__labelled') }}
),

judgement_wordings as (
    {{ judgement_wordings() }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

indicators as (
    select * from {{ ref('int_indicators__compared') }}
),

-- An indicator counts once, by its total where it has one: the report year's targets only.
goal_indicators as (
    select
        report_id,
        goal_code,
        sum(case when target_status = 'met' then 1 else 0 end) as indicators_met,
        sum(case when target_status = 'missed' then 1 else 0 end) as indicators_missed,
        sum(
            case
                when target_status in ('met', 'missed') then 0
                when (gender = 'total' and age_group = 'all') or target_status <> 'no_target' then 1
                else 0
            end
        ) as indicators_unknown
    from indicators
    where fiscal_year = report_year
    group by report_id, goal_code
),

declared as (
    select
        cells.report_id,
        reports.report_year,
        goal_labels.goal_code,
        goal_labels.goal_label_sv,
        judgement_wordings.declared_status,
        cells.printed_text as judgement,
        cells.source_line_first,
        cells.source_line_last,
        cells.figure_id,
        coalesce(goal_indicators.indicators_met, 0) as indicators_met,
        coalesce(goal_indicators.indicators_missed, 0) as indicators_missed,
        coalesce(goal_indicators.indicators_unknown, 0) as indicators_unknown
    from cells
    inner join reports
        on cells.report_id = reports.report_id
    inner join goal_labels
        on
            cells.report_id = goal_labels.report_id
            and cells.row_label = goal_labels.goal_label
    inner join judgement_wordings
        on
            reports.template = judgement_wordings.template
            and {{ plain_label('cells.printed_text') }} = judgement_wordings.judgement_key
    left join goal_indicators
        on
            cells.report_id = goal_indicators.report_id
            and goal_labels.goal_code = goal_indicators.goal_code
),

computed as (
    select
        declared.*,
        case
            -- Fewer than half of the indicators say too little about their goal.
            when
                indicators_met + indicators_missed = 0
                or indicators_met + indicators_missed < indicators_unknown
                then 'not_assessed'
            when indicators_missed = 0 then 'fulfilled'
            when indicators_met = 0 then 'not_fulfilled'
            else 'partly_fulfilled'
        end as computed_status
    from declared
),

final as (
    select
        report_id,
        report_year,
        goal_code,
        goal_label_sv,
        declared_status,
        judgement,
        cast(indicators_met as integer) as indicators_met,
        cast(indicators_missed as integer) as indicators_missed,
        cast(indicators_unknown as integer) as indicators_unknown,
        computed_status,
        case when computed_status <> 'not_assessed' then declared_status = computed_status end
            as is_consistent,
        source_line_first,
        source_line_last,
        figure_id
    from computed
)

select * from final

{{ config(materialized='table') }}

with concepts as {{ not_materialized() }} (
    select * from {{ ref('int_concepts__chosen') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

indicator_units as (
    select * from {{ ref('reference_indicator_units') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

outcomes as (
    select
        concepts.*,
        indicators.goal_code,
        coalesce(indicator_units.desired_direction, indicators.desired_direction)
            as desired_direction
    from concepts
    inner join indicators
        on concepts.measure_code = indicators.indicator_code
    left join indicator_units
        on
            concepts.measure_code = indicator_units.indicator_code
            and concepts.unit_code = indicator_units.unit_code
    where concepts.scenario = 'outcome'
),

targets as (
    select * from concepts
    where scenario = 'target'
),

compared as (
    select
        outcomes.*,
        reports.report_year,
        cast(targets.base_value / outcomes.base_factor as decimal(18, 6)) as target_value,
        case
            when targets.value is null then null
            when targets.value_operator is not null then targets.value_operator
            when outcomes.desired_direction = 'higher' then '>='
            when outcomes.desired_direction = 'lower' then '<='
        end as target_operator,
        targets.figure_id as target_figure_id
    from outcomes
    inner join reports
        on outcomes.report_id = reports.report_id
    left join targets
        on
            outcomes.report_id = targets.report_id
            and outcomes.measure_code = targets.measure_code
            and outcomes.unit_code = targets.unit_code
            and outcomes.fiscal_year = targets.fiscal_year
            and outcomes.gender = targets.gender
),

final as (
    select
        report_id,
        report_year,
        fiscal_year,
        measure_code as indicator_code,
        goal_code,
        unit_code,
        gender,
        value,
        missing_code,
        unit_of_measure,
        target_value,
        target_operator,
        case
            when target_value is null then 'no_target'
            when value is null then 'not_reported'
            when target_operator is null then 'undetermined'
            when
                (target_operator = '>=' and value >= target_value)
                or (target_operator = '>' and value > target_value)
                or (target_operator = '<=' and value <= target_value)
                or (target_operator = '<' and value < target_value)
                then 'met'
            else 'missed'
        end as target_status,
        figure_id,
        target_figure_id
    from compared
)

select * from final

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

goals as (
    select * from {{ ref('reference_goals') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

-- What the report calls the indicator, and the goal that it is printed under: the table of
-- indicators goes before others.
names as (
    select
        report_id,
        measure_code,
        unit_code,
        gender,
        age_group,
        indicator_label_sv,
        goal_code,
        row_number() over (
            partition by report_id, measure_code, unit_code, gender, age_group
            order by
                case table_role when 'indicators' then 1 else 2 end,
                case when indicator_label_sv is null then 2 else 1 end,
                source_table,
                row_no
        ) as choice
    from {{ ref('int_rows__labelled') }}
    where table_role in ('indicators', 'volumes', 'staff')
),

-- An indicator serves the goal that it is printed under; elsewhere its own, if that is one of the
-- administration's.
outcomes as (
    select
        concepts.*,
        reports.report_year,
        coalesce(names.indicator_label_sv, indicators.indicator_name_sv) as indicator_label_sv,
        coalesce(names.goal_code, goals.goal_code) as goal_code,
        coalesce(indicator_units.desired_direction, indicators.desired_direction)
            as desired_direction
    from concepts
    inner join reports
        on concepts.report_id = reports.report_id
    inner join indicators
        on concepts.measure_code = indicators.indicator_code
    left join names
        on
            concepts.report_id = names.report_id
            and concepts.measure_code = names.measure_code
            and concepts.unit_code = names.unit_code
            and concepts.gender = names.gender
            and concepts.age_group = names.age_group
            and names.choice = 1
    left join goals
        on
            indicators.goal_code = goals.goal_code
            and reports.administration_code = goals.administration_code
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

-- An amount is compared, and shown, in thousands of kronor, whatever it is printed in.
compared as (
    select
        outcomes.*,
        targets.base_value as target_value,
        case
            when targets.value is null then null
            when targets.value_operator is not null then targets.value_operator
            when outcomes.desired_direction = 'higher' then '>='
            when outcomes.desired_direction = 'lower' then '<='
        end as target_operator,
        targets.figure_id as target_figure_id
    from outcomes
    left join targets
        on
            outcomes.report_id = targets.report_id
            and outcomes.series_key = targets.series_key
            and outcomes.fiscal_year = targets.fiscal_year
),

final as (
    select
        report_id,
        report_year,
        fiscal_year,
        measure_code as indicator_code,
        indicator_label_sv,
        goal_code,
        unit_code,
        gender,
        age_group,
        series_key,
        base_value as value,
        missing_code,
        base_unit_of_measure as unit_of_measure,
        target_value,
        target_operator,
        case
            when target_value is null then 'no_target'
            when base_value is null then 'not_reported'
            when target_operator is null then 'undetermined'
            when
                (target_operator = '>=' and base_value >= target_value)
                or (target_operator = '>' and base_value > target_value)
                or (target_operator = '<=' and base_value <= target_value)
                or (target_operator = '<' and base_value < target_value)
                then 'met'
            else 'missed'
        end as target_status,
        figure_id,
        target_figure_id,
        concept_name_sv,
        source_line_first,
        source_line_last
    from compared
)

select * from final

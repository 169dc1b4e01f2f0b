{{ incremental_by_report() }}

with indicators as (
    select * from {{ ref('int_indicators__compared') }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

disputed as (
    {{ disputed_figures() }}
),

final as (
    select
        indicators.report_id,
        indicators.report_year,
        indicators.fiscal_year,
        indicators.indicator_code,
        indicators.indicator_label_sv,
        indicators.goal_code,
        indicators.unit_code,
        indicators.gender,
        indicators.age_group,
        indicators.value,
        indicators.missing_code,
        indicators.unit_of_measure,
        indicators.target_value,
        indicators.target_operator,
        indicators.target_status,
        disputed.figure_id is not null as is_disputed,
        indicators.report_year = max(indicators.report_year) over (
            partition by
                reports.municipality_code,
                indicators.indicator_code,
                indicators.unit_code,
                indicators.gender,
                indicators.age_group,
                indicators.fiscal_year
        ) as is_latest_print,
        indicators.figure_id,
        indicators.target_figure_id
    from indicators
    inner join reports
        on indicators.report_id = reports.report_id
    left join disputed
        on indicators.figure_id = disputed.figure_id
)

select * from final

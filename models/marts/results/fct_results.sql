{{ incremental_by_report() }}

with concepts as {{ not_materialized() }} (
    select *
    from {{ ref('int_concepts__chosen') }}
    where measure_code in ('verksamhetens_resultat', 'forvaltningens_resultat')
),

reports as (
    select * from {{ ref('dim_reports') }}
),

outcomes as (
    select * from concepts
    where scenario = 'outcome'
),

budgets as (
    select * from concepts
    where scenario = 'budget'
),

deviations as (
    select * from concepts
    where scenario = 'deviation'
),

final as (
    select
        outcomes.report_id,
        reports.report_year,
        outcomes.fiscal_year,
        outcomes.unit_code,
        outcomes.base_value as outcome_tkr,
        outcomes.missing_code,
        budgets.base_value as budget_tkr,
        deviations.base_value as deviation_tkr,
        outcomes.is_disputed,
        outcomes.figure_id
    from outcomes
    inner join reports
        on outcomes.report_id = reports.report_id
    left join budgets
        on
            outcomes.report_id = budgets.report_id
            and outcomes.measure_code = budgets.measure_code
            and outcomes.unit_code = budgets.unit_code
            and outcomes.fiscal_year = budgets.fiscal_year
    left join deviations
        on
            outcomes.report_id = deviations.report_id
            and outcomes.measure_code = deviations.measure_code
            and outcomes.unit_code = deviations.unit_code
            and outcomes.fiscal_year = deviations.fiscal_year
)

select * from final

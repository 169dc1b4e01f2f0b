{{ incremental_by_report() }}

{%- set roles = {'project_investment': 'accumulated', 'year_investment': 'year'} -%}

with concepts as (
    select * from {{ ref('int_concepts__chosen') }}
),

measures as (
    select * from {{ ref('reference_measures') }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

disputed as (
    {{ disputed_figures() }}
),

-- One printed row carries budget, outcome, deviation and forecast, of the project and of the year.
pivoted as (
    select
        concepts.report_id,
        concepts.project_status,
        concepts.unit_code,
        concepts.project_code,
        max(concepts.asset_class) as asset_class,
        {%- for role, prefix in roles.items() %}
        {%- for scenario in ['budget', 'outcome', 'deviation', 'forecast'] %}
        {%- set is_it = "measures.measure_role = '" ~ role ~ "' and concepts.scenario = '"
            ~ scenario ~ "'" %}
        max(
            case when {{ is_it }} then cast(concepts.base_value / 1000 as decimal(18, 6)) end
        ) as {{ prefix }}_{{ scenario }}_mnkr,
        max(case when {{ is_it }} then concepts.figure_id end)
            as {{ prefix }}_{{ scenario }}_figure_id,
        {%- endfor %}
        {%- endfor %}
        max(
            case
                when measures.measure_role = 'year_investment' and concepts.scenario = 'outcome'
                    then concepts.missing_code
            end
        ) as missing_code
    from concepts
    inner join measures
        on concepts.measure_code = measures.measure_code
    inner join reports
        on
            concepts.report_id = reports.report_id
            and concepts.fiscal_year = reports.report_year
    where measures.measure_role in ('project_investment', 'year_investment')
    group by
        concepts.report_id, concepts.project_status, concepts.unit_code, concepts.project_code
),

final as (
    select
        pivoted.report_id,
        reports.report_year,
        pivoted.project_status,
        pivoted.unit_code,
        pivoted.project_code,
        pivoted.asset_class,
        pivoted.accumulated_budget_mnkr as approved_budget_mnkr,
        pivoted.accumulated_outcome_mnkr,
        pivoted.accumulated_deviation_mnkr,
        pivoted.year_budget_mnkr,
        pivoted.year_outcome_mnkr,
        pivoted.year_deviation_mnkr,
        pivoted.accumulated_forecast_mnkr as forecast_mnkr,
        pivoted.year_forecast_mnkr,
        pivoted.missing_code,
        disputed.figure_id is not null as is_disputed,
        pivoted.year_outcome_figure_id as figure_id,
        pivoted.accumulated_budget_figure_id as approved_budget_figure_id,
        pivoted.accumulated_outcome_figure_id,
        pivoted.accumulated_deviation_figure_id,
        pivoted.year_budget_figure_id,
        pivoted.year_deviation_figure_id,
        pivoted.accumulated_forecast_figure_id as forecast_figure_id,
        pivoted.year_forecast_figure_id
    from pivoted
    inner join reports
        on pivoted.report_id = reports.report_id
    left join disputed
        on
            disputed.figure_id
            = coalesce(pivoted.year_outcome_figure_id, pivoted.accumulated_outcome_figure_id)
)

select * from final

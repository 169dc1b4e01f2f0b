{{ incremental_by_report() }}

{%- set parts = {
    'outcome': 'outcome', 'budget': 'budget', 'deviation': 'deviation', 'income': 'revenue',
    'cost': 'cost', 'forecast': 'forecast',
} -%}

with concepts as (
    select * from {{ ref('int_concepts__chosen') }}
),

measures as (
    select * from {{ ref('reference_measures') }}
    where measure_role in ('result', 'income', 'cost')
),

reports as (
    select * from {{ ref('dim_reports') }}
),

disputed as (
    {{ disputed_figures() }}
),

-- Income and cost stand in columns of the result, or in rows of their own.
said as (
    select
        concepts.*,
        case
            when measures.measure_role = 'result' then concepts.scenario
            when concepts.scenario = 'outcome' then measures.measure_role
        end as part
    from concepts
    inner join measures
        on concepts.measure_code = measures.measure_code
),

ranked as (
    select
        said.*,
        row_number() over (
            partition by report_id, fiscal_year, unit_code, part
            order by measure_code
        ) as choice
    from said
),

pivoted as (
    select
        report_id,
        fiscal_year,
        unit_code,
        {%- for part, name in parts.items() %}
        max(case when part = '{{ part }}' then base_value end) as {{ name }}_tkr,
        max(case when part = '{{ part }}' then figure_id end) as {{ name }}_figure_id,
        {%- endfor %}
        max(case when part = 'outcome' then missing_code end) as missing_code
    from ranked
    where choice = 1
    group by report_id, fiscal_year, unit_code
),

final as (
    select
        pivoted.report_id,
        reports.report_year,
        pivoted.fiscal_year,
        pivoted.unit_code,
        pivoted.outcome_tkr,
        pivoted.missing_code,
        pivoted.budget_tkr,
        pivoted.deviation_tkr,
        pivoted.revenue_tkr,
        pivoted.cost_tkr,
        pivoted.forecast_tkr,
        disputed.figure_id is not null as is_disputed,
        reports.report_year = max(reports.report_year) over (
            partition by reports.municipality_code, pivoted.unit_code, pivoted.fiscal_year
        ) as is_latest_print,
        pivoted.outcome_figure_id as figure_id,
        pivoted.budget_figure_id,
        pivoted.deviation_figure_id,
        pivoted.revenue_figure_id,
        pivoted.cost_figure_id,
        pivoted.forecast_figure_id
    from pivoted
    inner join reports
        on pivoted.report_id = reports.report_id
    left join disputed
        on pivoted.outcome_figure_id = disputed.figure_id
    where pivoted.outcome_figure_id is not null
)

select * from final

{{ incremental_by_report() }}

{%- set scenarios = ['outcome', 'budget', 'deviation'] -%}

with concepts as (
    select *
    from {{ ref('int_concepts__chosen') }}
    where measure_code in ('verksamhetens_resultat', 'forvaltningens_resultat')
),

reports as (
    select * from {{ ref('dim_reports') }}
),

disputed as (
    {{ disputed_figures() }}
),

pivoted as (
    select
        report_id,
        fiscal_year,
        unit_code,
        {%- for scenario in scenarios %}
        max(case when scenario = '{{ scenario }}' then base_value end) as {{ scenario }}_tkr,
        max(case when scenario = '{{ scenario }}' then figure_id end) as {{ scenario }}_figure_id,
        {%- endfor %}
        max(case when scenario = 'outcome' then missing_code end) as missing_code
    from concepts
    group by report_id, fiscal_year, measure_code, unit_code
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
        disputed.figure_id is not null as is_disputed,
        reports.report_year = max(reports.report_year) over (
            partition by reports.municipality_code, pivoted.unit_code, pivoted.fiscal_year
        ) as is_latest_print,
        pivoted.outcome_figure_id as figure_id,
        pivoted.budget_figure_id,
        pivoted.deviation_figure_id
    from pivoted
    inner join reports
        on pivoted.report_id = reports.report_id
    left join disputed
        on pivoted.outcome_figure_id = disputed.figure_id
    where pivoted.outcome_figure_id is not null
)

select * from final

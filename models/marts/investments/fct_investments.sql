{{ incremental_by_report() }}

with concepts as (
    select *
    from {{ ref('int_concepts__chosen') }}
    where measure_code in ('arets_investeringar', 'ackumulerade_investeringar')
),

reports as (
    select * from {{ ref('dim_reports') }}
),

disputed as (
    {{ disputed_figures() }}
),

-- One printed row carries six figures: budget, outcome and deviation, twice.
pivoted as (
    select
        report_id,
        project_status,
        unit_code,
        asset_class,
        {%- for measure, prefix in [
            ('ackumulerade_investeringar', 'accumulated'),
            ('arets_investeringar', 'year'),
        ] %}
        {%- for scenario in ['budget', 'outcome', 'deviation'] %}
        max(
            case
                when measure_code = '{{ measure }}' and scenario = '{{ scenario }}'
                    then cast(base_value / 1000 as decimal(18, 6))
            end
        ) as {{ prefix }}_{{ scenario }}_mnkr,
        max(
            case
                when measure_code = '{{ measure }}' and scenario = '{{ scenario }}' then figure_id
            end
        ) as {{ prefix }}_{{ scenario }}_figure_id,
        {%- endfor %}
        {%- endfor %}
        max(
            case
                when measure_code = 'arets_investeringar' and scenario = 'outcome' then missing_code
            end
        ) as missing_code
    from concepts
    group by report_id, project_status, unit_code, asset_class
),

final as (
    select
        pivoted.report_id,
        reports.report_year,
        pivoted.project_status,
        pivoted.unit_code,
        pivoted.asset_class,
        pivoted.accumulated_budget_mnkr as approved_budget_mnkr,
        pivoted.accumulated_outcome_mnkr,
        pivoted.accumulated_deviation_mnkr,
        pivoted.year_budget_mnkr,
        pivoted.year_outcome_mnkr,
        pivoted.year_deviation_mnkr,
        pivoted.missing_code,
        disputed.figure_id is not null as is_disputed,
        pivoted.year_outcome_figure_id as figure_id,
        pivoted.accumulated_budget_figure_id as approved_budget_figure_id,
        pivoted.accumulated_outcome_figure_id,
        pivoted.accumulated_deviation_figure_id,
        pivoted.year_budget_figure_id,
        pivoted.year_deviation_figure_id
    from pivoted
    inner join reports
        on pivoted.report_id = reports.report_id
    left join disputed
        on pivoted.year_outcome_figure_id = disputed.figure_id
)

select * from final

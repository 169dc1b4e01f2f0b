{{ incremental_by_report() }}

with results as (
    select * from {{ rows_of_this_run(ref('fct_results')) }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

units as (
    select * from {{ ref('dim_units') }}
),

prints as (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

compared as (
    select
        results.*,
        results.unit_code = reports.administration_code as is_total,
        previous.outcome_tkr as previous_tkr,
        previous.figure_id as previous_figure_id,
        cast(results.outcome_tkr - previous.outcome_tkr as decimal(18, 6)) as change_tkr,
        prints.source_line_first
    from results
    inner join reports
        on results.report_id = reports.report_id
    inner join prints
        on results.figure_id = prints.figure_id
    left join results as previous
        on
            results.report_id = previous.report_id
            and results.unit_code = previous.unit_code
            and results.fiscal_year = previous.fiscal_year + 1
    where results.fiscal_year = results.report_year
),

final as (
    select
        compared.report_id,
        compared.report_year,
        compared.report_year - 1 as previous_year,
        compared.unit_code,
        units.unit_name_sv,
        units.unit_name_en,
        compared.is_total,
        cast(
            row_number() over (
                partition by compared.report_id
                order by
                    case when compared.is_total then 1 else 0 end,
                    compared.source_line_first,
                    compared.unit_code
            ) as integer
        ) as display_order,
        compared.outcome_tkr,
        compared.figure_id as outcome_figure_id,
        {%- for name in ['budget', 'deviation', 'previous'] %}
        compared.{{ name }}_tkr,
        compared.{{ name }}_figure_id,
        {%- endfor %}
        compared.change_tkr,
        {%- for name in ['outcome', 'budget', 'deviation', 'previous', 'change'] %}
        cast(round(compared.{{ name }}_tkr / 1000, 1) as decimal(18, 6)) as {{ name }}_mnkr,
        {%- endfor %}
        {%- for name, column in {
            'outcome': 'result_code', 'budget': 'budget_result_code',
            'previous': 'previous_result_code',
        }.items() %}
        case
            when compared.{{ name }}_tkr > 0 then 'surplus'
            when compared.{{ name }}_tkr < 0 then 'deficit'
            when compared.{{ name }}_tkr = 0 then 'zero'
        end as {{ column }},
        {%- endfor %}
        case
            when compared.deviation_tkr > 0 then 'up'
            when compared.deviation_tkr < 0 then 'down'
            when compared.deviation_tkr = 0 then 'same'
        end as deviation_code,
        case
            when compared.change_tkr > 0 then 'up'
            when compared.change_tkr < 0 then 'down'
            when compared.change_tkr = 0 then 'same'
        end as change_code,
        cast(
            case when not compared.is_total then rank() over (
                partition by compared.report_id, compared.is_total
                order by compared.outcome_tkr desc
            ) end as integer
        ) as result_rank,
        cast(
            case when not compared.is_total and compared.change_tkr is not null then rank() over (
                partition by compared.report_id, compared.is_total
                order by
                    case when compared.change_tkr is null then 1 else 0 end asc,
                    abs(compared.change_tkr) desc
            ) end as integer
        ) as change_rank
    from compared
    inner join units
        on compared.unit_code = units.unit_code
)

select * from final

{%- set amounts = {
    'outcome': ('outcome', 0),
    'budget': ('budget', 0),
    'deviation': ('deviation', 0),
    'previous': ('outcome', 1),
} -%}

with figures as (
    select *
    from {{ ref('fct_printed_figures') }}
    where source_table in ('driftsammandrag', 'ekonomi')
),

reports as (
    select * from {{ ref('dim_reports') }}
),

units as (
    select * from {{ ref('dim_units') }}
),

printed_rows as (
    select
        figures.report_id,
        reports.report_year,
        figures.source_table,
        figures.row_no,
        figures.measure_code,
        figures.unit_code,
        max(figures.total_of) as total_of
        {%- for name, (scenario, years_before) in amounts.items() %}
        {%- set is_it = "figures.scenario = '" ~ scenario ~ "' and figures.fiscal_year = "
            ~ "reports.report_year - " ~ years_before %},
        max(case when {{ is_it }} then figures.value end) as {{ name }}_tkr,
        max(case when {{ is_it }} then figures.missing_code end) as {{ name }}_missing_code,
        max(case when {{ is_it }} then figures.figure_id end) as {{ name }}_figure_id
        {%- endfor %}
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    group by
        figures.report_id,
        reports.report_year,
        figures.source_table,
        figures.row_no,
        figures.measure_code,
        figures.unit_code
),

changed as (
    select
        printed_rows.*,
        outcome_tkr - previous_tkr as change_tkr,
        source_table = 'driftsammandrag' and total_of is null as is_unit,
        source_table = 'driftsammandrag' and total_of is not null as is_total
    from printed_rows
),

final as (
    select
        changed.report_id,
        changed.report_year,
        changed.report_year - 1 as previous_year,
        changed.source_table,
        changed.row_no,
        changed.measure_code,
        changed.unit_code,
        changed.is_unit,
        changed.is_total,
        case
            when changed.is_total then 'Summa'
            when changed.is_unit then units.unit_name_sv
            else {{ in_words('changed.measure_code', {
                'forvaltningens_resultat': 'Resultat (rubricerat nettokostnader)',
                'nettokostnader_coronapandemin': 'varav nettokostnader för coronapandemin',
                'arets_investeringar': 'Investeringar, netto',
            }, 'changed.measure_code') }}
        end as row_name_sv,
        case when changed.is_total then 'Total' else units.unit_name_en end as row_name_en,
        {%- for name in amounts %}
        changed.{{ name }}_tkr,
        {{ missing_in_words('changed.' ~ name ~ '_missing_code') }} as {{ name }}_missing_sv,
        changed.{{ name }}_figure_id,
        {%- endfor %}
        changed.change_tkr,
        cast(round(changed.outcome_tkr / 1000, 1) as decimal(18, 6)) as outcome_mnkr,
        cast(round(changed.previous_tkr / 1000, 1) as decimal(18, 6)) as previous_mnkr,
        cast(round(changed.change_tkr / 1000, 1) as decimal(18, 6)) as change_mnkr,
        case
            when changed.outcome_tkr > 0 then 'surplus'
            when changed.outcome_tkr < 0 then 'deficit'
            when changed.outcome_tkr = 0 then 'zero'
        end as result_code,
        case
            when changed.deviation_tkr > 0 then 'above'
            when changed.deviation_tkr < 0 then 'below'
            when changed.deviation_tkr = 0 then 'equal'
        end as deviation_code,
        case
            when changed.change_tkr > 0 then 'up'
            when changed.change_tkr < 0 then 'down'
            when changed.change_tkr = 0 then 'same'
        end as change_code,
        cast(
            case when changed.is_unit then rank() over (
                partition by changed.report_id, changed.is_unit
                order by changed.outcome_tkr desc
            ) end as integer
        ) as result_rank,
        cast(
            case when changed.is_unit and changed.change_tkr is not null then rank() over (
                partition by changed.report_id, changed.is_unit
                order by
                    case when changed.change_tkr is null then 1 else 0 end asc,
                    abs(changed.change_tkr) desc
            ) end as integer
        ) as change_rank
    from changed
    left join units
        on changed.unit_code = units.unit_code
)

select * from final

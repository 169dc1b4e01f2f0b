-- A series over the years has each result and each total of an indicator that the report prints,
-- once, as its fact has it, and marks what a later report prints otherwise.
{%- set carried = [
    'indicator_code', 'indicator_label_sv', 'unit_code', 'fiscal_year', 'value', 'unit_of_measure',
] %}
{%- set text = dbt.type_string() %}
with results as (
    select results.*
    from {{ rows_of_this_run(ref('fct_results')) }} as results
),

indicators as (
    select indicators.*
    from {{ rows_of_this_run(ref('fct_indicators')) }} as indicators
),

facts as (
    select
        report_id,
        figure_id,
        cast(null as {{ text }}) as indicator_code,
        cast(null as {{ text }}) as indicator_label_sv,
        unit_code,
        fiscal_year,
        outcome_tkr as value,
        'tkr' as unit_of_measure
    from results
    where outcome_tkr is not null
    union all
    select
        indicators.report_id,
        indicators.figure_id,
        indicators.indicator_code,
        indicators.indicator_label_sv,
        indicators.unit_code,
        indicators.fiscal_year,
        indicators.value,
        indicators.unit_of_measure
    from indicators
    left join results
        on indicators.figure_id = results.figure_id
    where
        indicators.gender = 'total'
        and indicators.age_group = 'all'
        and indicators.value is not null
        and results.figure_id is null
),

prints as (
    select rows_of_prints.*
    from {{ rows_of_this_run(ref('fct_printed_figures')) }} as rows_of_prints
    where rows_of_prints.is_fact
),

restated as (
    select checks.right_figure_id as figure_id
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    where checks.rule = 'restatement' and checks.verdict = 'questionable'
    group by checks.right_figure_id
)

select
    'rpt_series: ' || facts.figure_id || ' saknas i sin serie eller står fel i den. Trolig orsak: '
    || 'modellen väljer fel.' as message_sv
from facts
inner join {{ ref('dim_reports') }} as reports
    on facts.report_id = reports.report_id
inner join {{ ref('dim_units') }} as units
    on facts.unit_code = units.unit_code
left join restated
    on facts.figure_id = restated.figure_id
left join {{ rows_of_this_run(ref('rpt_series')) }} as shown
    on
        facts.report_id = shown.report_id
        and facts.figure_id = shown.figure_id
left join prints
    on facts.figure_id = prints.figure_id
left join prints as earlier
    on shown.earlier_figure_id = earlier.figure_id
left join {{ ref('dim_reports') }} as earlier_reports
    on earlier.report_id = earlier_reports.report_id
left join {{ rows_of_this_run(ref('rpt_marks')) }} as marks
    on facts.figure_id = marks.figure_id
left join facts as earlier_facts
    on shown.earlier_figure_id = earlier_facts.figure_id
where
    shown.figure_id is null
    or shown.print_report_id <> facts.report_id
    or shown.print_year <> reports.report_year
    {%- for column in carried %}
    or shown.{{ column }} is distinct from facts.{{ column }}
    {%- endfor %}
    or shown.unit_name_sv <> units.unit_name_sv
    or shown.is_administration <> (units.parent_unit_code is null)
    or shown.is_restated <> (restated.figure_id is not null)
    or shown.mark_verdict is distinct from marks.verdict
    or shown.known_issue_id is distinct from marks.known_issue_id
    or shown.earlier_print_year is distinct from earlier_reports.report_year
    or shown.earlier_value <> earlier_facts.value
    or earlier.fiscal_year <> shown.fiscal_year
    or earlier.unit_code <> shown.unit_code
    or shown.decimals is distinct from case
        when facts.indicator_code is null and prints.unit_of_measure = 'mnkr'
            then greatest(prints.decimals - 3, 0)
        when facts.indicator_code is not null or prints.unit_of_measure in ('tkr', 'kr')
            then prints.decimals
        else shown.decimals
    end
    or shown.earlier_decimals is distinct from case
        when facts.indicator_code is null and earlier.unit_of_measure = 'mnkr'
            then greatest(earlier.decimals - 3, 0)
        when facts.indicator_code is not null or earlier.unit_of_measure in ('tkr', 'kr')
            then earlier.decimals
        else shown.earlier_decimals
    end

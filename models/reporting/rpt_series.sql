-- Every report has the series of those before it.
{{ incremental_by_report() }}

with results as (
    select * from {{ rows_of_this_run(ref('fct_results')) }}
),

indicators as (
    select * from {{ rows_of_this_run(ref('fct_indicators')) }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

units as (
    select * from {{ ref('dim_units') }}
),

trail as (
    select * from {{ rows_of_this_run(ref('rpt_trail')) }}
    where is_fact
),

-- A later print that differs by more than rounding, as the rule of restatements finds it.
restatements as (
    select right_figure_id as figure_id
    from {{ rows_of_this_run(ref('fct_reconciliations')) }}
    where rule = 'restatement' and verdict = 'questionable'
    group by right_figure_id
),

prints as (
    select
        report_id,
        null as indicator_code,
        null as indicator_label_sv,
        unit_code,
        fiscal_year,
        outcome_tkr as value,
        'tkr' as unit_of_measure,
        figure_id
    from results
    where outcome_tkr is not null
    union all
    select
        indicators.report_id,
        indicators.indicator_code,
        indicators.indicator_label_sv,
        indicators.unit_code,
        indicators.fiscal_year,
        indicators.value,
        indicators.unit_of_measure,
        indicators.figure_id
    from indicators
    left join results
        on indicators.figure_id = results.figure_id
    where
        indicators.value is not null
        and indicators.gender = 'total'
        and indicators.age_group = 'all'
        and results.figure_id is null
),

-- The prints of one quantity by one administration, each with the one before it and the year of
-- the one behind.
in_order as (
    select
        reports.municipality_code,
        reports.administration_code,
        prints.report_id as print_report_id,
        reports.report_year as print_year,
        prints.indicator_code,
        prints.indicator_label_sv,
        prints.unit_code,
        prints.fiscal_year,
        prints.value,
        prints.unit_of_measure,
        prints.figure_id,
        lag(prints.value) over by_year as earlier_value,
        lag(prints.figure_id) over by_year as earlier_figure_id,
        lag(reports.report_year) over by_year as earlier_print_year,
        lead(reports.report_year) over by_year as next_print_year
    from prints
    inner join reports
        on prints.report_id = reports.report_id
    window by_year as (
        partition by
            reports.municipality_code,
            reports.administration_code,
            prints.indicator_code,
            prints.unit_code,
            prints.fiscal_year
        order by reports.report_year
    )
),

-- A reader of a report can see its own prints, and those of the reports before it.
final as (
    select
        reports.report_id,
        latest.indicator_code,
        latest.indicator_label_sv,
        latest.unit_code,
        units.unit_name_sv,
        latest.unit_code = reports.administration_code as is_administration,
        latest.fiscal_year,
        latest.value,
        case when latest.indicator_code is null then trail.decimals_tkr else trail.decimals end
            as decimals,
        latest.unit_of_measure,
        latest.figure_id,
        latest.print_report_id,
        latest.print_year,
        latest.earlier_value,
        case
            when latest.indicator_code is null then earlier_trail.decimals_tkr
            else earlier_trail.decimals
        end as earlier_decimals,
        latest.earlier_figure_id,
        latest.earlier_print_year,
        restatements.figure_id is not null as is_restated,
        trail.mark_verdict,
        trail.known_issue_id
    from in_order as latest
    inner join reports
        on
            latest.municipality_code = reports.municipality_code
            and latest.administration_code = reports.administration_code
            and latest.print_year <= reports.report_year
            and (
                latest.next_print_year is null
                or latest.next_print_year > reports.report_year
            )
    inner join units
        on latest.unit_code = units.unit_code
    left join trail
        on latest.figure_id = trail.figure_id
    left join trail as earlier_trail
        on latest.earlier_figure_id = earlier_trail.figure_id
    left join restatements
        on latest.figure_id = restatements.figure_id
)

select * from final

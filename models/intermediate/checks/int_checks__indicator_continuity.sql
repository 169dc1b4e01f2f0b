-- An indicator of last year's report that this year's lacks, although its unit is there; or one
-- that is new with figures for earlier years. What the running text names is not passed over.
with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where gender = 'total' and age_group = 'all' and not is_claim and concept_rank = 1
),

reports as (
    select * from {{ ref('reference_reports') }}
),

previous as (
    select * from {{ ref('int_reports__previous') }}
),

claims as (
    select
        report_id,
        measure_code
    from {{ ref('int_claims__matched') }}
    where measure_code is not null
    group by report_id, measure_code
),

indicators as (
    select
        figures.report_id,
        figures.measure_code,
        figures.unit_code,
        coalesce(
            min(
                case
                    when figures.fiscal_year = reports.report_year then figures.concept_name_sv
                end
            ),
            min(figures.concept_name_sv)
        ) as concept_name_sv,
        max(case when figures.fiscal_year = reports.report_year then figures.value end)
            as value,
        max(case when figures.fiscal_year < reports.report_year then figures.value end)
            as earlier_value,
        max(case when figures.fiscal_year = reports.report_year then figures.figure_id end)
            as figure_id
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    where figures.is_indicator and figures.scenario = 'outcome'
    group by figures.report_id, figures.measure_code, figures.unit_code
),

units as (
    select
        report_id,
        unit_code
    from figures
    group by report_id, unit_code
),

went as (
    select
        previous.report_id,
        earlier.figure_id as left_figure_id,
        cast(null as {{ dbt.type_string() }}) as right_figure_id,
        earlier.concept_name_sv,
        earlier.measure_code,
        'went' as explanation_case
    from previous
    inner join indicators as earlier
        on previous.previous_report_id = earlier.report_id
    inner join units
        on
            previous.report_id = units.report_id
            and earlier.unit_code = units.unit_code
    left join indicators as later
        on
            previous.report_id = later.report_id
            and earlier.measure_code = later.measure_code
            and earlier.unit_code = later.unit_code
    where later.report_id is null and earlier.value is not null
),

came as (
    select
        previous.report_id,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        later.figure_id as right_figure_id,
        later.concept_name_sv,
        later.measure_code,
        'came' as explanation_case
    from previous
    inner join indicators as later
        on previous.report_id = later.report_id
    left join indicators as earlier
        on
            previous.previous_report_id = earlier.report_id
            and later.measure_code = earlier.measure_code
            and later.unit_code = earlier.unit_code
    where earlier.report_id is null and later.earlier_value is not null
),

passed_over as (
    select * from went
    union all
    select * from came
),

judged as (
    select
        passed_over.*,
        claims.report_id is not null as is_mentioned
    from passed_over
    left join claims
        on
            passed_over.report_id = claims.report_id
            and passed_over.measure_code = claims.measure_code
),

final as (
    {{ check_row(
        'judged',
        'indicator_continuity',
        key="report_id || '.' || coalesce(right_figure_id, left_figure_id)",
        subject='concept_name_sv',
        aspect='year_to_year',
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        verdict="case when is_mentioned then 'agrees' else 'questionable' end",
        explanation_case="case when is_mentioned then 'mentioned' else explanation_case end"
    ) }}
)

select * from final

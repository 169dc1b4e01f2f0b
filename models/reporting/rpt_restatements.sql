with figures as (
    select *
    from {{ ref('fct_printed_figures') }}
    where is_fact and scenario <> 'target'
),

reports as (
    select * from {{ ref('dim_reports') }}
),

dated as (
    select
        figures.*,
        reports.municipality_code,
        reports.administration_code,
        reports.report_year
    from figures
    inner join reports
        on figures.report_id = reports.report_id
),

final as (
    select
        later.report_id,
        later.concept_key,
        later.concept_name_sv,
        later.fiscal_year,
        earlier.report_id as earlier_report_id,
        earlier.figure_id as earlier_figure_id,
        earlier.value as earlier_value,
        earlier.missing_code as earlier_missing_code,
        later.figure_id,
        later.value,
        later.missing_code,
        cast(later.value - earlier.value as decimal(18, 6)) as difference,
        cast((later.rounding_step + earlier.rounding_step) / 2 as decimal(18, 6)) as tolerance,
        case
            when later.missing_code is not null or earlier.missing_code is not null
                then coalesce(later.missing_code, '') <> coalesce(earlier.missing_code, '')
            else
                abs(later.value - earlier.value) > (later.rounding_step + earlier.rounding_step) / 2
        end as is_restated
    from dated as later
    inner join dated as earlier
        on
            later.municipality_code = earlier.municipality_code
            and later.administration_code = earlier.administration_code
            and later.concept_key = earlier.concept_key
            and later.unit_of_measure = earlier.unit_of_measure
            and later.report_year > earlier.report_year
)

select * from final

{{ incremental_by_report() }}

with figures as (
    select * from {{ ref('int_figures__matched') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

tables as (
    select * from {{ ref('int_templates__tables') }}
),

measures as (
    select * from {{ ref('reference_measures') }}
),

final as (
    select
        figures.figure_id,
        figures.report_id,
        figures.source_table,
        figures.row_no,
        figures.column_name,
        figures.source_line_first,
        figures.source_line_last,
        figures.section_label,
        figures.group_label,
        figures.row_label,
        figures.row_label_sv,
        figures.column_no,
        figures.column_label,
        figures.printed_text,
        figures.read_text,
        figures.value,
        figures.missing_code,
        figures.value_operator,
        figures.unit_of_measure,
        figures.decimals,
        figures.hedge,
        figures.rounding_step,
        figures.base_value,
        figures.base_factor,
        figures.row_sign,
        figures.series_key,
        figures.concept_key,
        figures.concept_name_sv,
        figures.measure_code,
        figures.unit_code,
        figures.fiscal_year,
        figures.scenario,
        figures.gender,
        figures.age_group,
        figures.project_status,
        figures.project_code,
        figures.asset_class,
        figures.part_of,
        figures.total_of,
        -- The print that a fact takes; tests of the facts hold that they take it, and no other.
        figures.concept_rank = 1
        and coalesce(
            (
                measures.measure_role = 'result'
                and figures.scenario in (
                    'outcome', 'budget', 'deviation', 'income', 'cost', 'forecast'
                )
            )
            or (measures.measure_role in ('income', 'cost') and figures.scenario = 'outcome')
            or (
                measures.measure_role in ('project_investment', 'year_investment')
                and figures.scenario in ('outcome', 'budget', 'deviation', 'forecast')
                and figures.fiscal_year = reports.report_year
            )
            or (figures.is_indicator and figures.scenario in ('outcome', 'target')),
            false
        ) as is_fact,
        tables.reason_sv as precedence_reason_sv,
        figures.correction_id
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    left join tables
        on
            reports.template = tables.template
            and figures.source_table = tables.source_table
    left join measures
        on figures.measure_code = measures.measure_code
    -- What nothing gives a meaning is told of by int_figures__labels_are_matched; it hides no other
    -- figure.
    where
        figures.concept_key is not null
        and figures.concept_name_sv is not null
        and figures.unit_of_measure is not null
        and figures.base_factor is not null
        and figures.precedence is not null
)

select * from final

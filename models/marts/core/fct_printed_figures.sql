{{ incremental_by_report() }}

with figures as (
    select * from {{ ref('int_figures__matched') }}
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
        figures.rounding_step,
        figures.concept_key,
        figures.concept_name_sv,
        figures.measure_code,
        figures.unit_code,
        figures.fiscal_year,
        figures.scenario,
        figures.gender,
        figures.project_status,
        figures.asset_class,
        figures.part_of,
        figures.total_of,
        -- The print that a fact takes; tests of the facts hold that they take it, and no other.
        figures.concept_rank = 1
        and coalesce(
            measures.is_fact
            or (figures.is_indicator and figures.scenario in ('outcome', 'target')),
            false
        ) as is_fact,
        figures.precedence_reason_sv,
        figures.correction_id
    from figures
    left join measures
        on figures.measure_code = measures.measure_code
)

select * from final

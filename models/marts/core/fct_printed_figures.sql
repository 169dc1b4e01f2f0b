{{ incremental_by_report() }}

with figures as (
    select * from {{ ref('int_figures__matched') }}
),

final as (
    select
        figure_id,
        report_id,
        source_table,
        row_no,
        column_name,
        source_line_first,
        source_line_last,
        section_label,
        group_label,
        row_label,
        column_label,
        printed_text,
        read_text,
        value,
        missing_code,
        value_operator,
        unit_of_measure,
        rounding_step,
        concept_key,
        concept_name_sv,
        measure_code,
        unit_code,
        fiscal_year,
        scenario,
        gender,
        project_status,
        asset_class,
        part_of,
        total_of,
        -- The print that a fact takes, of a concept that the facts have.
        concept_rank = 1
        and (
            measure_code in (
                'verksamhetens_resultat',
                'forvaltningens_resultat',
                'arets_investeringar',
                'ackumulerade_investeringar'
            )
            or (is_indicator and scenario in ('outcome', 'target'))
        ) as is_fact,
        precedence_reason_sv,
        correction_id
    from figures
)

select * from final

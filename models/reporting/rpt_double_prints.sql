with reconciliations as (
    select *
    from {{ ref('fct_reconciliations') }}
    where rule in ('same_concept', 'prose_value') and verdict in ('contradicts', 'questionable')
),

figures as {{ not_materialized() }} (
    select * from {{ ref('fct_printed_figures') }}
),

final as (
    select
        reconciliations.report_id,
        reconciliations.check_id,
        chosen.concept_key,
        chosen.concept_name_sv,
        chosen.figure_id as chosen_figure_id,
        chosen.source_table as chosen_table,
        chosen.printed_text as chosen_text,
        chosen.source_line_first as chosen_line,
        rejected.figure_id as rejected_figure_id,
        rejected.source_table as rejected_table,
        rejected.printed_text as rejected_text,
        rejected.source_line_first as rejected_line,
        chosen.precedence_reason_sv,
        reconciliations.difference,
        reconciliations.known_issue_id
    from reconciliations
    inner join figures as chosen
        on reconciliations.left_figure_id = chosen.figure_id
    inner join figures as rejected
        on reconciliations.right_figure_id = rejected.figure_id
)

select * from final

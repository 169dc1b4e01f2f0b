-- A label that nothing maps would leave its figures outside every fact.
select
    report_id,
    source_table,
    row_no,
    section_label,
    group_label,
    row_label,
    'printed_' || source_table || ', row_no ' || row_no || ', '
    || {{ source_lines('min(source_line_first)', 'max(source_line_last)') }} || ': etiketten ”'
    || coalesce(section_label || ' > ', '') || coalesce(group_label || ' > ', '')
    || coalesce(row_label, '(tom)')
    || '” finns inte i reference_label_aliases, eller dess kod saknas bland måtten och enheterna. '
    || 'Trolig orsak: en ny stavning; lägg den på en egen rad där.' as message_sv
from {{ ref('int_figures__matched') }}
where
    concept_key is null or concept_name_sv is null or unit_of_measure is null or precedence is null
group by report_id, source_table, row_no, section_label, group_label, row_label

-- Every printed figure in the order of the document, to be read beside it.
select
    source_line_first,
    source_line_last,
    source_table,
    row_label,
    column_label,
    printed_text,
    read_text,
    value,
    missing_code,
    unit_of_measure,
    concept_name_sv,
    correction_id,
    figure_id
from {{ ref('fct_printed_figures') }}
order by report_id, source_line_first, figure_id

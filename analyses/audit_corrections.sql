-- Every reading that differs from its print, with what supports it and whether a fact rests on it.
select
    corrections.correction_id,
    corrections.printed_text,
    corrections.read_text,
    corrections.reason_sv,
    corrections.evidence_sv,
    figures.source_line_first,
    figures.concept_name_sv,
    figures.is_fact
from {{ ref('dim_corrections') }} as corrections
inner join {{ ref('fct_printed_figures') }} as figures
    on corrections.correction_id = figures.correction_id
order by corrections.correction_id

-- Every figure of a fact that takes part in a contradiction, and what is believed of it.
select
    figures.concept_name_sv,
    figures.printed_text,
    figures.source_line_first,
    checks.rule,
    checks.explanation_sv,
    checks.known_issue_id,
    issues.believed_sv,
    issues.settled_by_sv
from {{ ref('fct_reconciliations') }} as checks
inner join {{ ref('fct_printed_figures') }} as figures
    on figures.figure_id in (checks.left_figure_id, checks.right_figure_id)
inner join {{ ref('dim_known_issues') }} as issues
    on checks.known_issue_id = issues.known_issue_id
where checks.verdict = 'contradicts' and figures.is_fact
order by checks.report_id, checks.known_issue_id, figures.figure_id

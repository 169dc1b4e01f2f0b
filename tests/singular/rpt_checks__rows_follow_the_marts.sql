-- A check on a page is the mart's, with the words of its rule and its issue; what contradicts or is
-- asked about has a place of its own in the report's list.
with made as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('rpt_checks')) }}
),

reconciliations as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_reconciliations')) }}
)

select
    'rpt_checks: ' || coalesce(made.check_id, reconciliations.check_id)
    || case
        when made.check_id is null then ' saknas'
        when reconciliations.check_id is null then ' finns inte i fct_reconciliations'
        else ' säger annat än sin avstämning, sin regel eller sin fråga'
    end
    || '. Trolig orsak: modellen läser eller väljer fel.' as message_sv
from made
full outer join reconciliations
    on made.check_id = reconciliations.check_id
left join {{ ref('dim_rules') }} as rules
    on reconciliations.rule = rules.rule
left join {{ ref('dim_known_issues') }} as issues
    on reconciliations.known_issue_id = issues.known_issue_id
where
    made.check_id is null
    or reconciliations.check_id is null
    {%- for column in [
        'report_id', 'rule', 'subject', 'left_figure_id', 'right_figure_id', 'left_value',
        'right_value', 'verdict', 'explanation_sv', 'explanation_en', 'known_issue_id',
    ] %}
    or made.{{ column }} is distinct from reconciliations.{{ column }}
    {%- endfor %}
    or made.rule_name_sv is distinct from rules.rule_name_sv
    or made.rule_order is distinct from rules.sort_order
    or made.issue_class is distinct from issues.issue_class
    or (made.finding_rank is null) = (made.verdict in ('contradicts', 'questionable'))
union all
select
    'rpt_checks: ' || report_id || ' har inte sina fynd på plats 1 till ' || count(*)
    || '. Trolig orsak: modellen ordnar fel.' as message_sv
from made
where finding_rank is not null
group by report_id
having
    min(finding_rank) <> 1
    or max(finding_rank) <> count(*)
    or count(distinct finding_rank) <> count(*)

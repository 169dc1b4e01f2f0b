{#- Fails for every check that contradicts, for every sum, identity or double print that cannot be made, and,
    in a report whose findings have been gone through, for every question, unless a known issue explains
    it.

    reports   relation: the register, with report_id and is_reviewed -#}
{% test contradictions_are_known(model, reports) %}
select
    found.check_id,
    found.subject || ': ' || found.explanation_sv || ' [' || found.check_id || ']' as message_sv
from {{ model }} as found
left join {{ reports }} as reports
    on found.report_id = reports.report_id
where
    found.known_issue_id is null
    and (
        found.verdict = 'contradicts'
        or (found.verdict = 'questionable' and reports.is_reviewed)
        or (
            found.verdict = 'unverifiable'
            and found.rule in ('sum_of_parts', 'identity', 'same_concept')
        )
    )
{% endtest %}

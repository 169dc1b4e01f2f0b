{#- Fails for every check that contradicts, and for every sum, identity or double print that cannot be
    made, unless a known issue explains it. -#}
{% test contradictions_are_known(model) %}
select
    check_id,
    subject || ': ' || explanation_sv || ' [' || check_id || ']' as message_sv
from {{ model }}
where
    known_issue_id is null
    and (
        verdict = 'contradicts'
        or (verdict = 'unverifiable' and rule in ('sum_of_parts', 'identity', 'same_concept'))
    )
{% endtest %}

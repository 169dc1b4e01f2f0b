{#- Fails for every check of the rules that contradicts, or that cannot be made, and is no known
    issue. -#}
{% test checks_agree(model, rules) %}
select
    check_id,
    left_value,
    right_value,
    difference,
    tolerance,
    verdict,
    subject || ': ' || explanation_sv || ' [' || check_id || ']' as message_sv
from {{ model }}
where
    rule in ('{{ rules | join("', '") }}')
    and verdict in ('contradicts', 'unverifiable')
    and known_issue_id is null
{% endtest %}

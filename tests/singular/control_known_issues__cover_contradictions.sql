-- A known issue that explains nothing has been settled, or its check has changed name.
with issues as (
    select * from {{ ref('control_known_issues') }}
),

issue_checks as (
    select * from {{ ref('control_known_issue_checks') }}
),

contradictions as (
    select * from {{ ref('fct_reconciliations') }}
    where verdict = 'contradicts'
)

select
    issues.known_issue_id,
    issue_checks.check_id,
    coalesce(issues.known_issue_id, issue_checks.known_issue_id)
    || case
        when issues.known_issue_id is null
            then ': finns i control_known_issue_checks men inte i control_known_issues.'
        when issue_checks.check_id is null then ': täcker ingen avstämning.'
        else
            ': avstämningen ' || issue_checks.check_id
            || ' säger inte längre emot, eller finns inte. Ta bort den om frågan är löst.'
    end as message_sv
from issues
full outer join issue_checks
    on issues.known_issue_id = issue_checks.known_issue_id
left join contradictions
    on issue_checks.check_id = contradictions.check_id
where contradictions.check_id is null or issues.known_issue_id is null

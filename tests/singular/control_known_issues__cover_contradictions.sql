-- A known issue that explains nothing has been settled, or its check has changed name. A doubtful
-- one covers what cannot be settled, any other what contradicts.
with issues as (
    select * from {{ ref('control_known_issues') }}
),

issue_checks as (
    select * from {{ ref('control_known_issue_checks') }}
),

checks as (
    select * from {{ ref('fct_reconciliations') }}
    where verdict in ('contradicts', 'unverifiable')
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
            || ' finns inte, eller har inte längre det utslag som frågans läge förutsätter.'
            || ' Ta bort den om frågan är löst.'
    end as message_sv
from issues
full outer join issue_checks
    on issues.known_issue_id = issue_checks.known_issue_id
left join checks
    on
        issue_checks.check_id = checks.check_id
        and checks.verdict
        = case when issues.status = 'doubtful' then 'unverifiable' else 'contradicts' end
where checks.check_id is null or issues.known_issue_id is null

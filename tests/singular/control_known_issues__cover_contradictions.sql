-- A known issue explains checks as they are: one that agrees is settled, one that is gone or has
-- another verdict is to be read anew.
{{ config(meta={'cause': 'issues'}) }}
with issues as (
    select * from {{ ref('control_known_issues') }}
),

issue_checks as (
    select * from {{ ref('control_known_issue_checks') }}
),

checks as (
    select * from {{ ref('fct_reconciliations') }}
    where check_id in (select issue_checks.check_id from issue_checks)
),

codes as (
    select * from {{ ref('reference_codes') }}
    where list = 'verdict'
)

select
    issues.known_issue_id,
    issue_checks.check_id,
    coalesce(issues.known_issue_id, issue_checks.known_issue_id)
    || case
        when issues.known_issue_id is null
            then ': finns i control_known_issue_checks men inte i control_known_issues.'
        when issue_checks.check_id is null then ': täcker ingen avstämning.'
        when checks.check_id is null
            then
                ': avstämningen ' || issue_checks.check_id || ' finns inte. Trolig orsak: talet '
                || 'eller påståendet har fått ett annat radnummer, ett annat begrepp eller är '
                || 'borta.'
        when checks.verdict in ('agrees', 'agrees_within_rounding')
            then
                ': avstämningen ' || issue_checks.check_id || ' stämmer nu: '
                || checks.explanation_sv
                || ' Är frågan löst, ta bort den; annars har en sida ändrats.'
        else
            ': avstämningen ' || issue_checks.check_id || ' har utslaget ”' || found.word_sv
            || '”, men frågan förklarar ”' || coalesce(explained.word_sv, '(inget)') || '”: '
            || checks.explanation_sv || ' Läs frågan igen.'
    end as message_sv
from issues
full outer join issue_checks
    on issues.known_issue_id = issue_checks.known_issue_id
left join checks
    on issue_checks.check_id = checks.check_id
left join codes as found
    on checks.verdict = found.code
left join codes as explained
    on issue_checks.verdict = explained.code
where
    checks.check_id is null
    or issues.known_issue_id is null
    or issue_checks.verdict is null
    or checks.verdict <> issue_checks.verdict

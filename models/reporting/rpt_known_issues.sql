with known_issues as (
    select * from {{ ref('dim_known_issues') }}
),

findings as (
    select *
    from {{ ref('rpt_checks') }}
    where finding_rank is not null
),

ranked as (
    select
        known_issue_id,
        min(finding_rank) as first_finding_rank,
        min(verdict) as verdict,
        cast(count(*) as integer) as checks
    from findings
    group by known_issue_id
),

final as (
    select
        known_issues.report_id,
        known_issues.known_issue_id,
        cast(
            row_number() over (
                partition by known_issues.report_id
                order by coalesce(ranked.first_finding_rank, 100000), known_issues.known_issue_id
            ) as integer
        ) as finding_rank,
        known_issues.issue_class,
        -- Of the two, the harder word comes first by the alphabet.
        ranked.verdict,
        known_issues.title_sv,
        known_issues.seen_sv,
        known_issues.believed_sv,
        known_issues.settled_by_sv,
        known_issues.status,
        coalesce(ranked.checks, 0) as checks
    from known_issues
    left join ranked
        on known_issues.known_issue_id = ranked.known_issue_id
)

select * from final

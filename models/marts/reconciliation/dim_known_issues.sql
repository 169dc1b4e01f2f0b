with known_issues as (
    select * from {{ ref('control_known_issues') }}
),

final as (
    select
        known_issue_id,
        report_id,
        issue_class,
        title_sv,
        seen_sv,
        believed_sv,
        settled_by_sv,
        status
    from known_issues
)

select * from final

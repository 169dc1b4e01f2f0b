{{ incremental_by_report() }}

with reconciliations as (
    select * from {{ rows_of_this_run(ref('fct_reconciliations')) }}
),

final as (
    select
        report_id,
        rule,
        verdict,
        cast(count(*) as integer) as checks,
        cast(count(known_issue_id) as integer) as checks_with_known_issue
    from reconciliations
    group by report_id, rule, verdict
)

select * from final

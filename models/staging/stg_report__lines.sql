-- Lines of reports whose rows stay as they are are not read again.
with kept as (
    select report_id
    from {{ ref('run_plan') }}
    where is_kept
),

printed as (
    select * from {{ ref('printed_lines') }}
),

final as (
    select
        report_id,
        {{ whole_number('line_no') }} as line_no,
        figures,
        line_sha256
    from printed
    where coalesce(report_id, '') not in (select kept.report_id from kept)
)

select * from final

with reports as (
    select * from {{ ref('reference_reports') }}
),

final as (
    select
        report_id,
        municipality_code,
        municipality_name,
        administration_code,
        administration_name,
        report_year,
        source_file,
        source_sha256,
        source_lines,
        is_reviewed
    from reports
)

select * from final

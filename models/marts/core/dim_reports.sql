with reports as (
    select * from {{ ref('reference_reports') }}
),

templates as (
    select * from {{ ref('int_templates__inherited') }}
    where nearness = 1
),

final as (
    select
        reports.report_id,
        reports.template,
        reports.municipality_code,
        reports.municipality_name,
        reports.administration_code,
        reports.administration_name,
        reports.report_year,
        reports.source_file,
        reports.source_sha256,
        reports.source_lines,
        reports.is_reviewed,
        templates.result_words
    from reports
    left join templates
        on reports.template = templates.template
)

select * from final

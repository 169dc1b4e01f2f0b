with reports as (
    select * from {{ ref('reference_reports') }}
),

inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

templates as (
    select * from {{ ref('reference_templates') }}
),

-- What a result is called follows from the kind of report.
words as (
    select
        inherited.template,
        {{ nearest('templates.result_words') }} as result_words
    from inherited
    inner join templates
        on inherited.inherited = templates.template
    group by inherited.template
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
        words.result_words
    from reports
    left join words
        on reports.template = words.template
)

select * from final

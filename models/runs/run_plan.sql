{{ config(post_hook='{{ tell_reports(this) }}') }}

{%- set made_before = reports_made_before() -%}

with reports as (
    select * from {{ ref('reference_reports') }}
),

{%- if made_before %}
-- As many rows as the run left: a build on the seeds, or one that failed halfway, may have come between.
rows_there as (
    {{ rows_by_report() }}
),

made as (
    select
        before.report_id,
        before.municipality_code,
        before.administration_code,
        before.content_digest
    from {{ made_before }} as before
    inner join rows_there
        on
            before.report_id = rows_there.report_id
            and before.row_count = rows_there.row_count
),

-- A report is compared with the others of its administration: where one is new, changed or gone, they
-- are all made.
touched as (
    select
        coalesce(reports.municipality_code, made.municipality_code) as municipality_code,
        coalesce(reports.administration_code, made.administration_code) as administration_code
    from reports
    full outer join made
        on
            reports.report_id = made.report_id
            and reports.content_digest = made.content_digest
    where reports.report_id is null or made.report_id is null
    group by 1, 2
),
{%- endif %}

final as (
    select
        reports.report_id,
        reports.municipality_code,
        reports.administration_code,
        reports.report_year,
        reports.content_digest,
        {%- if made_before %}
        made.report_id is null as is_new,
        touched.administration_code is null as is_kept
        {%- else %}
        true as is_new,
        false as is_kept
        {%- endif %}
    from reports
    {%- if made_before %}
    left join made
        on
            reports.report_id = made.report_id
            and reports.content_digest = made.content_digest
    left join touched
        on
            reports.municipality_code = touched.municipality_code
            and reports.administration_code = touched.administration_code
    {%- endif %}
)

select * from final

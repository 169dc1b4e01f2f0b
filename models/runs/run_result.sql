-- Made last of all: a report counts as made when all that is made of it has passed every test.
{%- for name in models_made_last() %}
-- depends_on: {{ ref(name) }}
{%- endfor %}

with versions as (
    select * from {{ ref('run_plan') }}
),

rows_there as (
    {{ rows_by_report() }}
),

final as (
    select
        versions.report_id,
        versions.municipality_code,
        versions.administration_code,
        versions.content_digest,
        '{{ project_digest() if execute }}' as project_digest,
        coalesce(rows_there.row_count, 0) as row_count
    from versions
    left join rows_there on versions.report_id = rows_there.report_id
)

select * from final

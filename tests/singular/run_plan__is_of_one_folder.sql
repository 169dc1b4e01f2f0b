-- A report that changes while a run reads it would be half the one and half the other.
{%- for name in models_made_last() %}
-- depends_on: {{ ref(name) }}
{%- endfor %}

with versions as (
    select * from {{ ref('run_plan') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

written as (
    {{ files_written_since(run_started_at) }}
),

faults as (
    select
        'Rapporten ' || coalesce(versions.report_id, reports.report_id)
        || case
            when reports.report_id is null then ' har försvunnit'
            when versions.report_id is null then ' har tillkommit'
            else ' har ändrats'
        end
        || ' i mappen medan körningen pågick. Kör om.' as message_sv
    from versions
    full outer join reports
        on
            versions.report_id = reports.report_id
    where
        versions.report_id is null
        or reports.report_id is null
        or coalesce(versions.content_digest, '') <> coalesce(reports.content_digest, '')
    union all
    select
        'Filen ' || file || ' har skrivits medan körningen pågick. Gå igenom mappen på nytt med '
        || 'bokslut digest, och kör om.' as message_sv
    from written
)

select message_sv from faults

-- A report without a template has no columns, and one that is there twice is counted twice.
{{ config(meta={'cause': 'templates'}) }}
with reports as (
    select * from {{ ref('reference_reports') }}
),

templates as (
    select * from {{ ref('reference_templates') }}
),

any_template as (
    select min(template) as some_template from templates
),

faults as (
    select
        'reference_reports: rapporten ' || reports.report_id
        || case
            when reports.template is null then ' saknar template'
            else ' har template ' || reports.template || ', som inte finns i reference_templates'
        end
        || '. Väntat är en av dem som finns där, till exempel ' || any_template.some_template
        || '; ser rapporten annorlunda ut, lägg en egen mall där.' as message_sv
    from reports
    left join templates
        on reports.template = templates.template
    cross join any_template
    where templates.template is null
    union all
    select
        'reference_reports: ' || min(report_id) || ' och ' || max(report_id)
        || ' är båda från förvaltningen ' || administration_code || ' för år ' || report_year
        || '; väntat är en rapport per förvaltning och år. Trolig orsak: fel report_year, eller '
        || 'en rad för mycket.' as message_sv
    from reports
    group by administration_code, report_year
    having count(*) > 1
    union all
    select
        'reference_reports: förvaltningen ' || administration_code || ' står i både '
        || min(municipality_name) || ' och ' || max(municipality_name)
        || '; väntat är en kommun. Ge den ena en egen administration_code, här och i '
        || 'reference_units.'
            as message_sv
    from reports
    group by administration_code
    having min(municipality_code) <> max(municipality_code)
    union all
    {%- for column in [
        'municipality_code', 'municipality_name', 'administration_code', 'administration_name',
        'report_year', 'source_file', 'source_lines',
    ] %}
    select
        'reference_reports: rapporten ' || coalesce(report_id, '(tom)')
        || ' saknar {{ column }}; väntat är ett värde.' as message_sv
    from reports
    where {{ column }} is null
    union all
    {%- endfor %}
    select
        'reference_templates: mallen ' || children.template || ' bygger på ' || children.based_on
        || ', som inte finns. Väntat är en annan rad där, eller tomt.' as message_sv
    from templates as children
    left join templates as parents
        on children.based_on = parents.template
    where children.based_on is not null and parents.template is null
    union all
    select
        'reference_templates: mallen ' || children.template || ' bygger på ' || parents.template
        || ', som bygger på ' || grandparents.template || ', som bygger på '
        || grandparents.based_on
        || '; väntat är högst tre led. Trolig orsak: mallarna bygger på varandra i en '
        || 'ring.' as message_sv
    from templates as children
    inner join templates as parents
        on children.based_on = parents.template
    inner join templates as grandparents
        on parents.based_on = grandparents.template
    where grandparents.based_on is not null
)

select message_sv from faults

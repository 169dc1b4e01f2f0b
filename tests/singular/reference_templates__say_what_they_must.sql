-- A row for a template that is misspelt says nothing; a column without a role is no cell.
{{ config(meta={'cause': 'templates'}) }}
{%- set of_templates = [
    'reference_printed_tables', 'reference_printed_columns', 'reference_identities',
    'reference_label_aliases', 'reference_missing_marks', 'reference_judgement_wordings',
] %}
{%- set of_reports = ['reference_label_aliases'] %}
with templates as (
    select * from {{ ref('reference_templates') }}
),

inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

columns_ as (
    select * from {{ ref('int_templates__columns') }}
),

tables as (
    select * from {{ ref('int_templates__tables') }}
),

identities as (
    select * from {{ ref('reference_identities') }}
),

codes as (
    select * from {{ ref('reference_codes') }}
),

units_of_measure as (
    select * from {{ ref('reference_units_of_measure') }}
),

used as (
    select inherited.inherited as used_template
    from reports
    inner join inherited
        on reports.template = inherited.template
    group by inherited.inherited
),

faults as (
    {%- for seed in of_templates %}
    select
        '{{ seed }}: ' || count(*) || ' rad(er) för mallen ' || rows_.template
        || {{ "', som ingen rapport har. '" if seed in of_reports
            else "', som inte finns i reference_templates. '" }}
        || 'Trolig orsak: mallens namn är felstavat, här eller i reference_reports.' as message_sv
    from {{ ref(seed) }} as rows_
    left join {{ 'used' if seed in of_reports else 'templates' }} as known
        on rows_.template = known.{{ 'used_template' if seed in of_reports else 'template' }}
    where
        rows_.template is not null
        and known.{{ 'used_template' if seed in of_reports else 'template' }} is null
    group by rows_.template
    union all
    {%- endfor %}
    select
        'reference_printed_columns: mallen ' || template || ', tabellen ' || source_table || ', '
        || 'kolumnen '
        || column_name
        || case
            when content is null
                then ' saknar content; väntat är till exempel number'
            when column_label is null
                then ' saknar column_label; väntat är rubriken som den är tryckt'
            when scenario is null
                then ' saknar scenario; väntat är till exempel outcome, budget eller target'
            when year_offset is null
                then ' saknar year_offset; väntat är 0 för rapportens år, -1 för året före'
            else ' har sign ' || sign || '; väntat är 1, 0 eller -1'
        end
        || '.' as message_sv
    from columns_
    where
        content is null
        or column_label is null
        or (
            content = 'number'
            and coalesce(table_role, '') <> 'text'
            and (scenario is null or year_offset is null or sign not in (1, 0, -1))
        )
    union all
    select
        'reference_printed_tables: mallen ' || template || ', tabellen ' || source_table || ' '
        || 'saknar '
        || case when table_role is null then 'table_role' else 'namn på svenska eller engelska' end
        || '.' as message_sv
    from tables
    where table_role is null or table_name_sv is null or table_name_en is null
    union all
    {%- for relation, column, list in [
        ('columns_', 'content', 'content'),
        ('columns_', 'scenario', 'scenario'),
        ('tables', 'table_role', 'table_role'),
    ] %}
    select
        'mallen ' || rows_.template || ', tabellen ' || rows_.source_table || ': {{ column }} '
        || rows_.{{ column }} || ' är ingen känd kod; väntat är en av listan {{ list }} i '
        || 'reference_codes.'
            as message_sv
    from {{ relation }} as rows_
    left join codes
        on codes.list = '{{ list }}' and rows_.{{ column }} = codes.code
    where rows_.{{ column }} is not null and codes.code is null
    union all
    {%- endfor %}
    {%- for relation in ['columns_', 'tables'] %}
    select
        'mallen ' || rows_.template || ', tabellen ' || rows_.source_table || ': enheten '
        || rows_.unit_of_measure || ' finns inte i reference_units_of_measure.' as message_sv
    from {{ relation }} as rows_
    left join units_of_measure
        on rows_.unit_of_measure = units_of_measure.unit_of_measure
    where rows_.unit_of_measure is not null and units_of_measure.unit_of_measure is null
    union all
    {%- endfor %}
    {%- for column in ['column_name', 'term'] %}
    select
        'reference_identities: tabellen ' || identities.source_table || ' har ingen kolumn '
        || identities.{{ column }} || ' i mallen ' || identities.template
        || '; väntat är ett column_name ur reference_printed_columns.' as message_sv
    from identities
    left join columns_
        on
            identities.template = columns_.template
            and identities.source_table = columns_.source_table
            and identities.{{ column }} = columns_.column_name
    where
        identities.template is not null
        and identities.source_table is not null
        and columns_.column_name is null
    union all
    {%- endfor %}
    select
        'reference_label_aliases: projektet ' || project_code
        || case
            when max(unit_code) is null
                then ' har ingen rad med unit_code. Trolig orsak: projektets kod är felstavad'
            else ' har rader med olika verksamheter'
        end
        || '; väntat är att en rad säger vilken verksamhet det är, och att ingen säger en annan.'
            as message_sv
    from {{ ref('reference_label_aliases') }}
    where project_code <> 'total'
    group by project_code
    having max(unit_code) is null or min(unit_code) <> max(unit_code)
)

select message_sv from faults

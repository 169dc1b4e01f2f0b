{#- Which reports of the folder are new or changed. A report is its printed rows, its row in the register,
    its corrections and its known checks, each with a digest. -#}

{#- Writes `printed.source_reports` (each report with its digest) and `printed.reports_of_this_run`. Stops
    at a register that is wrong, and at printed rows of a report that it lacks or has in another
    partition. -#}
{% macro note_reports(seeds) -%}
    {%- do stop_at_register() -%}
    {%- do note('open_partitions', open_partitions()) -%}
    {%- do adapter.dispatch('open_print', 'bokslut')(seeds) -%}
    {%- do note('printed_digests', digests_of_print(seeds)) -%}
    {%- do stop_at_print_elsewhere() -%}
    {%- do note('source_reports', digests_of_reports(seeds)) -%}
    {%- do note('reports_of_this_run', reports_to_read()) -%}
    {%- set counted = first_row(
        'select (select count(*) from printed.reports_of_this_run) as of_run, '
        ~ '(select count(*) from printed.source_reports) as of_folder'
    ) -%}
    {%- do log('Rapporter: ' ~ counted.of_run ~ ' nya eller ändrade av ' ~ counted.of_folder, info=true) -%}
{%- endmacro %}

{% macro stop_at_register() -%}
    {%- set wrong = first_row(reports_registered_wrongly()) -%}
    {%- if wrong -%}
        {%- set found = ' finns på ' ~ wrong.row_count ~ ' rader; väntat är en' if wrong.row_count > 1
            else ' saknar report_id, municipality_code eller report_year' -%}
        {%- do stop_at_folder('reference_reports: rapporten ' ~ wrong.report_id ~ found) -%}
    {%- endif -%}
{%- endmacro %}

{#- The first report that stands twice in the register, or without id, municipality or year. -#}
{% macro reports_registered_wrongly() -%}
    select report_id, count(*) as row_count
    from {{ rows_of_files('reference_reports') }} as register
    group by report_id
    having
        count(*) > 1 or report_id is null
        or min(municipality_code) is null or min(report_year) is null
    limit 1
{%- endmacro %}

{#- The files and the reports of the last run that succeeded: none before the first. -#}
{% macro loaded_files() -%}
    {{- return(
        noted('loaded_files') if noted('loaded_reports') and noted('loaded_files')
        else '(select * from printed.source_files where 1 = 0)'
    ) -}}
{%- endmacro %}

{% macro loaded_reports() -%}
    {%- set columns = {
        'report_id': 'varchar', 'municipality_code': 'varchar', 'report_year': 'integer',
        'printed_digest': 'varchar', 'digest': 'varchar',
    } -%}
    {{- return(noted('loaded_reports') or '(' ~ no_rows(columns) ~ ')') -}}
{%- endmacro %}

{#- A query without rows; its columns with the types that seeds have. -#}
{% macro no_rows(columns) -%}
    {%- set types = {'varchar': dbt.type_string(), 'integer': dbt.type_int()} -%}
    select
        {%- for column, type in columns.items() %}
        cast(null as {{ types[type | lower] }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from printed.source_files
    where 1 = 0
{%- endmacro %}

{#- The files that have not been loaded as they are. -#}
{% macro new_files() -%}
    select files.*
    from printed.source_files as files
    left join {{ loaded_files() }} as loaded
        on files.filename = loaded.filename and files.digest = loaded.digest
    where loaded.filename is null
{%- endmacro %}

{#- The partitions to look through: those in which a printed table has a file that is new or gone, and
    those from which the register has taken a report away. -#}
{% macro open_partitions() -%}
    select municipality_code, report_year
    from ({{ new_files() }}) as new_files
    where seed_name like 'printed_%'
    union
    select loaded.municipality_code, loaded.report_year
    from {{ loaded_files() }} as loaded
    left join printed.source_files as files on loaded.filename = files.filename
    where loaded.seed_name like 'printed_%' and files.filename is null
    union
    select loaded.municipality_code, loaded.report_year
    from {{ loaded_reports() }} as loaded
    left join {{ rows_of_files('reference_reports') }} as register
        on
            loaded.report_id = register.report_id
            and loaded.municipality_code = register.municipality_code
            and loaded.report_year = register.report_year
    where register.report_id is null
{%- endmacro %}

{#- The digest of each report's rows in each printed table, in the open partitions. -#}
{% macro digests_of_print(seeds) -%}
    {%- set columns = {'report_id': 'varchar', 'municipality_code': 'varchar', 'report_year': 'integer',
        'filename': 'varchar', 'digest': 'integer'} -%}
    {{ no_rows(columns) }}
    {%- for seed in seeds.values() if seed.schema == 'printed' %}
    union all
    select
        printed.report_id,
        files.municipality_code,
        files.report_year,
        min(files.filename) as filename,
        {{ digest_of_rows(seed) }} as digest
    from {{ adapter.dispatch('opened_rows', 'bokslut')(seed) }} as printed
    inner join printed.source_files as files on printed.filename = files.filename
    inner join printed.open_partitions as places
        on
            files.municipality_code = places.municipality_code
            and files.report_year = places.report_year
    group by printed.report_id, files.municipality_code, files.report_year
    {%- endfor %}
{%- endmacro %}

{#- The rows of a printed table in the open partitions. -#}
{% macro default__opened_rows(seed) -%}
    ({{ rows_of_partitions(seed, 'printed.open_partitions') }})
{%- endmacro %}

{% macro default__open_print(seeds) -%}
{%- endmacro %}

{% macro default__close_print() -%}
{%- endmacro %}

{#- Stops at printed rows of a report that the register lacks, or has in another partition. -#}
{% macro stop_at_print_elsewhere() -%}
    {%- set elsewhere -%}
        select
            printed.filename, printed.report_id,
            register.municipality_code as right_code,
            register.report_year as right_year
        from printed.printed_digests as printed
        left join {{ rows_of_files('reference_reports') }} as register
            on printed.report_id = register.report_id
        where
            register.report_id is null
            or printed.municipality_code <> register.municipality_code
            or printed.report_year <> register.report_year
        order by printed.filename, printed.report_id
        limit 1
    {%- endset -%}
    {%- set wrong = first_row(elsewhere) -%}
    {%- if wrong -%}
        {%- set fault = ', som inte finns i reference_reports. Lägg till den där, eller ta bort filen'
            if wrong.right_code is none
            else ', som enligt reference_reports är municipality_code=' ~ wrong.right_code
                ~ ', report_year=' ~ wrong.right_year ~ '. Flytta filen dit, eller rätta registret' -%}
        {%- do stop_at_folder(
            'Filen ' ~ path_of_file(wrong.filename) ~ ' har rapporten ' ~ wrong.report_id ~ fault
        ) -%}
    {%- endif -%}
{%- endmacro %}

{% macro digests_of_reports(seeds) -%}
    {%- set text = dbt.type_string() -%}
    with controls as (
        select report_id, {{ digest_of_rows(seeds['reference_reports']) }} as digest
        from {{ rows_of_files('reference_reports') }} as register
        group by report_id
        {%- for name, report_id in {
            'control_corrections': "split_part(figure_id, '.', 1)",
            'control_line_excuses': 'report_id',
            'control_known_issue_checks': "split_part(split_part(check_id, ':', 2), '.', 1)",
        }.items() if has_files(name) %}
        union all
        select {{ report_id }} as report_id, {{ digest_of_rows(seeds[name]) }} as digest
        from {{ rows_of_files(name) }} as control_rows
        group by {{ report_id }}
        {%- endfor %}
    ),

    controls_of_report as (
        select report_id, cast(sum(digest) as {{ text }}) as digest
        from controls
        group by report_id
    ),

    printed_now as (
        select report_id, cast(sum(digest) as {{ text }}) as digest
        from printed.printed_digests
        group by report_id
    ),

    -- A report in a partition that is not open has the print that it had.
    printed_of_report as (
        select
            register.report_id, register.municipality_code, register.report_year,
            case
                when places.report_year is not null or loaded.report_id is null then printed_now.digest
                else loaded.printed_digest
            end as printed_digest
        from {{ rows_of_files('reference_reports') }} as register
        left join printed_now on register.report_id = printed_now.report_id
        left join {{ loaded_reports() }} as loaded on register.report_id = loaded.report_id
        left join printed.open_partitions as places
            on
                register.municipality_code = places.municipality_code
                and register.report_year = places.report_year
    )

    select
        printed_of_report.report_id,
        printed_of_report.municipality_code,
        printed_of_report.report_year,
        printed_of_report.printed_digest,
        md5(
            coalesce(printed_of_report.printed_digest, '') || '/' || controls_of_report.digest
            || '/{{ project_digest(seeds) }}'
        ) as digest
    from printed_of_report
    inner join controls_of_report on printed_of_report.report_id = controls_of_report.report_id
{%- endmacro %}

{#- The reports that are new or changed; all of them where a fact is to be made anew. -#}
{% macro reports_to_read() -%}
    select source.report_id, source.municipality_code, source.report_year
    from printed.source_reports as source
    {%- if not flags.FULL_REFRESH and facts_are_there() %}
    left join {{ loaded_reports() }} as loaded
        on source.report_id = loaded.report_id and source.digest = loaded.digest
    where loaded.report_id is null
    {%- endif %}
{%- endmacro %}

{#- What every report rests on: the models with their contracts, the tests and the macros, the seeds of the
    project, and the folder's reference tables. -#}
{% macro project_digest(seeds) -%}
    {%- set checksums = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type in ['model', 'seed', 'test'] and node.name not in seeds -%}
        {%- set types = node.columns.values() | map(attribute='data_type') | join(' ') -%}
        {%- do checksums.append(node.unique_id ~ node.checksum.checksum ~ types) -%}
    {%- endfor -%}
    {%- for macro in context[project_name].values() -%}
        {%- do checksums.append(macro.macro.unique_id ~ local_md5(macro.macro.macro_sql)) -%}
    {%- endfor -%}
    {%- set files = column_of(
        "select filename || digest from printed.source_files "
        ~ "where seed_name like 'reference_%' and seed_name <> 'reference_reports'"
    ) -%}
    {{- return(local_md5((checksums | sort + files | sort) | join(' '))) -}}
{%- endmacro %}

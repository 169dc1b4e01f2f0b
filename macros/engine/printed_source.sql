{#- Where the printed tables come from. With `printed_source: seeds` they are the seeds of this project.
    With `printed_source: parquet` a folder of Parquet (`printed_path`), in which each subfolder has the
    name and the columns of a seed, takes the place of those seeds: the relation of the seed is the same,
    so that no model knows the difference. See docs/many_reports.md. -#}

{#- Whether a run reads only the reports that are new or changed: an engine that can, on Parquet. -#}
{% macro reads_changed_reports_only() -%}
    {{- return(
        var('printed_source') == 'parquet'
        and adapter.dispatch('reads_changed_reports_only', 'bokslut')()
    ) -}}
{%- endmacro %}

{% macro default__reads_changed_reports_only() -%}
    {{- return(false) -}}
{%- endmacro %}

{% macro duckdb__reads_changed_reports_only() -%}
    {{- return(true) -}}
{%- endmacro %}

{#- A condition: the report is read in this run. Tests of what a run makes use it. -#}
{% macro is_of_this_run(report_id) -%}
    {%- if reads_changed_reports_only() -%}
        {{ report_id }} in (select report_id from printed.reports_of_this_run)
    {%- else -%}
        1 = 1
    {%- endif -%}
{%- endmacro %}

{#- A fact with the rows that this run made, for its tests: the others were tested when they were made. -#}
{% macro rows_of_this_run(relation) -%}
    {%- if execute and reads_changed_reports_only()
        and graph.nodes.values()
        | selectattr('config.materialized', 'equalto', 'incremental')
        | selectattr('alias', 'equalto', relation.identifier) | list -%}
        (select * from {{ relation }} where {{ is_of_this_run('report_id') }})
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{#- Before the run: which reports are new or changed. Stops with one message where the folder cannot be
    used. -#}
{% macro read_printed_source() -%}
    {%- if var('printed_source') not in ['seeds', 'parquet'] -%}
        {%- do exceptions.raise_compiler_error(
            'printed_source är "' ~ var('printed_source') ~ '"; väntat är seeds eller parquet.'
        ) -%}
    {%- endif -%}
    {%- if var('printed_source') == 'parquet' and not reads_changed_reports_only() -%}
        {%- do exceptions.raise_compiler_error(
            'printed_source: parquet läses på DuckDB (--target dev) och inte på ' ~ adapter.type()
            ~ '; där läses avskrifterna ur seeds.'
        ) -%}
    {%- endif -%}
    {%- if execute and reads_changed_reports_only() and flags.WHICH in ['build', 'run', 'seed'] -%}
        {%- do adapter.dispatch('read_printed_source', 'bokslut')() -%}
    {%- endif -%}
{%- endmacro %}

{#- After the run: what has been read counts as loaded if and only if everything succeeded, so that a
    run that failed is done again. -#}
{% macro remember_printed_source(results) -%}
    {%- if execute and reads_changed_reports_only() -%}
        {%- set failed = results
            | selectattr('status', 'in', ['error', 'fail', 'skipped', 'runtime error']) | list -%}
        {%- set ran = results | map(attribute='node.unique_id') | list -%}
        {%- set left_out = graph.nodes.values()
            | selectattr('resource_type', 'equalto', 'model')
            | selectattr('config.materialized', 'in', ['incremental', 'table'])
            | rejectattr('unique_id', 'in', ran) | list -%}
        {%- if not failed and not left_out -%}
            {%- for what in ['files', 'reports'] -%}
                {%- do run_query(
                    'create or replace table printed.loaded_' ~ what
                    ~ ' as select * from printed.source_' ~ what
                ) -%}
            {%- endfor -%}
            {%- do adapter.commit() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- Before a fact takes the rows of this run: its rows of the same reports, and of reports that are
    gone, leave in the same transaction. -#}
{% macro drop_reports_of_this_run(relation) -%}
    {%- if execute and is_incremental() -%}
        delete from {{ relation }}
        where
            report_id in (select report_id from printed.reports_of_this_run)
            or report_id not in (select report_id from printed.source_reports)
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}

{#- Text as a literal of SQL. -#}
{% macro sql_text(text) -%}
    {{- return("'" ~ text | replace("'", "''") ~ "'") -}}
{%- endmacro %}

{#- All files of a seed in the folder. -#}
{% macro seed_files(seed_name) -%}
    {{- return(sql_text(var('printed_path') | string ~ '/' ~ seed_name ~ '/**/*.parquet')) -}}
{%- endmacro %}

{#- The seeds that the folder stands for: the printed tables, the register and the control tables always;
    a reference seed where there is a subfolder with its name. -#}
{% macro seeds_of_folder(present) -%}
    {%- set found = {} -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'seed' and node.package_name == project_name -%}
        {%- if node.schema in ['printed', 'control'] or node.name in present + ['reference_reports'] -%}
            {%- do found.update({node.name: node}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{% macro first_row(sql) -%}
    {%- set rows = run_query(sql).rows -%}
    {{- return(rows[0] if rows | length else none) -}}
{%- endmacro %}

{% macro stop_at_folder(message) -%}
    {%- do exceptions.raise_compiler_error(
        message ~ ' (printed_path: ' ~ var('printed_path') ~ ')'
    ) -%}
{%- endmacro %}

{#- dbt looks for every dispatched macro when it parses, also where none is called. -#}
{% macro default__read_printed_source() -%}
{%- endmacro %}

{% macro duckdb__read_printed_source() -%}
    {%- set path = var('printed_path') | string -%}
    {%- if not path -%}
        {%- do exceptions.raise_compiler_error(
            'printed_source är parquet, men printed_path är inte angivet. '
            ~ "Ange mappen: --vars '{printed_source: parquet, printed_path: MAPP}'"
        ) -%}
    {%- endif -%}
    {%- if not first_row('select 1 from glob(' ~ seed_files('reference_reports') ~ ') limit 1') -%}
        {%- do stop_at_folder(
            'Mappen finns inte, eller har ingen undermapp reference_reports med rapporterna'
        ) -%}
    {%- endif -%}

    {#- Every file with a digest of its bytes, and the partition that its folders name. -#}
    {%- do run_query('create schema if not exists printed') -%}
    {%- do run_query(
        'create or replace table printed.source_files as select '
        ~ 'split_part(substr(filename, ' ~ (path | length + 2) ~ "), '/', 1) as seed_name, "
        ~ 'filename, md5(content) as digest, '
        ~ "nullif(regexp_extract(filename, '/municipality_code=([^/]*)/', 1), '') as municipality_code, "
        ~ "try_cast(regexp_extract(filename, '/report_year=([^/]*)/', 1) as integer) as report_year "
        ~ 'from read_blob(' ~ sql_text(path ~ '/*/**/*.parquet') ~ ')'
    ) -%}
    {%- set present = run_query('select distinct seed_name from printed.source_files')
        .columns[0].values() | list -%}
    {%- set seeds = seeds_of_folder(present) -%}
    {%- for name in present if name not in seeds -%}
        {%- do stop_at_folder(
            'Undermappen ' ~ name ~ ' har inte namnet på någon seed; väntat är till exempel printed_ekonomi'
        ) -%}
    {%- endfor -%}
    {%- for name, seed in seeds.items()
        if seed.schema == 'printed' and name not in present -%}
        {%- do stop_at_folder('Undermappen ' ~ name ~ ' saknas: alla tryckta tabeller måste finnas') -%}
    {%- endfor -%}

    {#- What has not been loaded before is examined: its files, and all files of its partitions. -#}
    {%- for what, columns in {
        'files': 'seed_name varchar, filename varchar, digest varchar, municipality_code varchar, '
            ~ 'report_year integer',
        'reports': 'report_id varchar, municipality_code varchar, report_year integer, '
            ~ 'printed_digest varchar, digest varchar',
    }.items() -%}
        {%- do run_query('create table if not exists printed.loaded_' ~ what ~ ' (' ~ columns ~ ')') -%}
    {%- endfor -%}
    {%- do run_query(
        'create or replace table printed.new_files as select * from printed.source_files as now '
        ~ 'where not exists (select 1 from printed.loaded_files as before '
        ~ 'where before.filename = now.filename and before.digest = now.digest)'
    ) -%}
    {%- do check_columns(seeds) -%}
    {%- do check_register() -%}
    {%- do run_query(
        'create or replace table printed.open_partitions as '
        ~ 'select distinct municipality_code, report_year from printed.new_files '
        ~ "where seed_name like 'printed_%' union "
        ~ 'select distinct municipality_code, report_year from printed.loaded_files as before '
        ~ "where before.seed_name like 'printed_%' and before.filename not in "
        ~ '(select filename from printed.source_files)'
    ) -%}
    {%- do note_reports(seeds, present) -%}
    {%- do adapter.commit() -%}
{%- endmacro %}

{#- Stops at a new file whose columns are not those of its seed. -#}
{% macro check_columns(seeds) -%}
    {%- set types = {'varchar': 'BYTE_ARRAY', 'integer': 'INT32'} -%}
    {%- set names = {'BYTE_ARRAY': 'text', 'INT32': 'heltal (int32)'} -%}
    {%- set expected = [] -%}
    {%- for name, seed in seeds.items() -%}
        {%- for column, type in seed.config.column_types.items() -%}
            {%- do expected.append(
                '(' ~ sql_text(name) ~ ', ' ~ sql_text(column) ~ ', ' ~ sql_text(types[type | lower]) ~ ')'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if first_row('select 1 from printed.new_files limit 1') -%}
        {%- set files = "(select list(filename) from printed.new_files)" -%}
        {%- set wrong = first_row(
            'with expected (seed_name, column_name, type) as (values ' ~ expected | join(', ') ~ '), '
            ~ "found as (select file_name, name, type from parquet_schema(getvariable('new_files'))) "
            ~ 'select files.filename, expected.column_name, expected.type, found.type '
            ~ 'from printed.new_files as files '
            ~ 'inner join expected on files.seed_name = expected.seed_name '
            ~ 'left join found on files.filename = found.file_name '
            ~ 'and expected.column_name = found.name '
            ~ 'where found.type is null or found.type <> expected.type '
            ~ 'order by 1, 2 limit 1'
        ) if run_query('set variable new_files = ' ~ files) is not none else none -%}
        {%- if wrong -%}
            {%- do stop_at_folder(
                'Filen ' ~ wrong[0] ~ (
                    ' saknar kolumnen ' ~ wrong[1] if wrong[3] is none
                    else ': kolumnen ' ~ wrong[1] ~ ' har typen ' ~ wrong[3]
                ) ~ '; väntat är ' ~ names[wrong[2]]
                ~ '. Skriv om filen med kolumnerna i seeds/*/' ~ wrong[0].split('/')[
                    (var('printed_path') | string).split('/') | length
                ] ~ '.csv'
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- Stops at a report that stands twice in the register, or without id, municipality or year. -#}
{% macro check_register() -%}
    {%- set wrong = first_row(
        'select report_id, count(*), min(municipality_code), min(report_year) from read_parquet('
        ~ seed_files('reference_reports') ~ ') group by report_id '
        ~ 'having count(*) > 1 or report_id is null '
        ~ 'or min(municipality_code) is null or min(report_year) is null limit 1'
    ) -%}
    {%- if wrong -%}
        {%- do stop_at_folder(
            'reference_reports: rapporten ' ~ wrong[0] ~ (
                ' finns på ' ~ wrong[1] ~ ' rader; väntat är en' if wrong[1] > 1
                else ' saknar report_id, municipality_code eller report_year'
            )
        ) -%}
    {%- endif -%}
{%- endmacro %}

{#- Writes `printed.source_reports` (each report with its digest) and `printed.reports_of_this_run`. -#}
{% macro note_reports(seeds, present) -%}
    {%- set is_all = first_row(
        'select 1 from printed.loaded_files limit 1'
    ) is none -%}
    {#- Printed rows, of open partitions only: the others keep the digest that they had. -#}
    {%- set parts = [] -%}
    {%- for name, seed in seeds.items() if seed.schema == 'printed' -%}
        {%- set files = seed_files(name) if is_all else open_files(name) -%}
        {%- if files -%}
            {%- do parts.append(
                'select ' ~ sql_text(name) ~ ' as seed_name, report_id, '
                ~ 'municipality_code, report_year, '
                ~ "count(*) || ':' || sum(hash(" ~ seed.config.column_types.keys() | join(', ')
                ~ ')) as digest from read_parquet(' ~ files
                ~ ', hive_partitioning = true, hive_types = {municipality_code: varchar, report_year: integer})'
                ~ ' group by report_id, municipality_code, report_year'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do run_query(
        'create or replace table printed.printed_digests as ' ~ (
            parts | join(' union all ') if parts
            else "select '' as seed_name, '' as report_id, '' as municipality_code, "
                ~ "0 as report_year, '' as digest where false"
        )
    ) -%}
    {%- set wrong = first_row(
        'select printed.seed_name, printed.report_id, printed.municipality_code, printed.report_year, '
        ~ 'reports.municipality_code, reports.report_year '
        ~ 'from printed.printed_digests as printed left join read_parquet('
        ~ seed_files('reference_reports') ~ ') as reports on printed.report_id = reports.report_id '
        ~ 'where reports.report_id is null '
        ~ 'or printed.municipality_code is distinct from reports.municipality_code '
        ~ 'or printed.report_year is distinct from reports.report_year order by 1, 2 limit 1'
    ) -%}
    {%- if wrong -%}
        {%- set place = wrong[0] ~ '/municipality_code=' ~ wrong[2] ~ '/report_year=' ~ wrong[3] -%}
        {%- do stop_at_folder(
            place ~ ' har rapporten ' ~ wrong[1] ~ (
                ', som inte finns i reference_reports. Lägg till den där, eller ta bort filen'
                if wrong[4] is none
                else ', som enligt reference_reports är municipality_code=' ~ wrong[4]
                    ~ ', report_year=' ~ wrong[5] ~ '. Flytta filen dit, eller rätta registret'
            )
        ) -%}
    {%- endif -%}

    {#- What else a report is: its row in the register, its corrections and its known checks. -#}
    {%- set register = seeds['reference_reports'].config.column_types.keys() | join(', ') -%}
    {%- set controls = [
        "select report_id, 'register' as what, hash(" ~ register ~ ') as digest from read_parquet('
        ~ seed_files('reference_reports') ~ ')'
    ] -%}
    {%- for name, report_id in {
        'control_corrections': "split_part(figure_id, '.', 1)",
        'control_known_issue_checks': "split_part(split_part(check_id, ':', 2), '.', 1)",
    }.items() if name in present -%}
        {%- do controls.append(
            'select ' ~ report_id ~ ', ' ~ sql_text(name) ~ ', sum(hash('
            ~ seeds[name].config.column_types.keys() | join(', ') ~ ')) from read_parquet('
            ~ seed_files(name) ~ ') group by all'
        ) -%}
    {%- endfor -%}
    {%- do run_query(
        'create or replace table printed.source_reports as with controls as ('
        ~ 'select report_id, string_agg(what || digest, ' ~ "','" ~ ' order by what) as digest from ('
        ~ controls | join(' union all ') ~ ') group by report_id), '
        ~ 'printed_now as (select report_id, md5(string_agg(seed_name || digest, '
        ~ "','" ~ ' order by seed_name)) as printed_digest from printed.printed_digests group by report_id) '
        ~ 'select reports.report_id, reports.municipality_code, reports.report_year, '
        ~ 'case when open.report_year is not null or before.report_id is null '
        ~ 'then printed_now.printed_digest else before.printed_digest end as printed_digest, '
        ~ "md5(coalesce(case when open.report_year is not null or before.report_id is null "
        ~ "then printed_now.printed_digest else before.printed_digest end, '') || controls.digest || "
        ~ sql_text(project_digest(seeds)) ~ ') as digest '
        ~ 'from read_parquet(' ~ seed_files('reference_reports') ~ ') as reports '
        ~ 'inner join controls on reports.report_id = controls.report_id '
        ~ 'left join printed_now on reports.report_id = printed_now.report_id '
        ~ 'left join printed.loaded_reports as before on reports.report_id = before.report_id '
        ~ 'left join printed.open_partitions as open '
        ~ 'on reports.municipality_code = open.municipality_code '
        ~ 'and reports.report_year = open.report_year'
    ) -%}
    {%- set is_whole = flags.FULL_REFRESH or not facts_are_there() -%}
    {%- do run_query(
        'create or replace table printed.reports_of_this_run as '
        ~ 'select report_id, municipality_code, report_year from printed.source_reports as now '
        ~ 'where ' ~ ('true' if is_whole else
            'not exists (select 1 from printed.loaded_reports as before '
            ~ 'where before.report_id = now.report_id and before.digest = now.digest)')
    ) -%}
    {%- do log(
        'Rapporter: ' ~ first_row('select count(*) from printed.reports_of_this_run')[0]
        ~ ' nya eller ändrade av ' ~ first_row('select count(*) from printed.source_reports')[0],
        info=true
    ) -%}
{%- endmacro %}

{#- The files of a printed table in the open partitions as a list of SQL; none where there are none. -#}
{% macro open_files(seed_name, partitions='printed.open_partitions') -%}
    {%- set files = run_query(
        'select files.filename from printed.source_files as files semi join ' ~ partitions
        ~ ' as chosen using (municipality_code, report_year) where files.seed_name = '
        ~ sql_text(seed_name) ~ ' order by all'
    ).columns[0].values() -%}
    {%- set texts = [] -%}
    {%- for file in files -%}
        {%- do texts.append(sql_text(file)) -%}
    {%- endfor -%}
    {{- return('[' ~ texts | join(', ') ~ ']' if texts else none) -}}
{%- endmacro %}

{#- What every report rests on: the models, the seeds of the project, and the folder's reference tables. -#}
{% macro project_digest(seeds) -%}
    {%- set checksums = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type in ['model', 'seed'] and node.name not in seeds -%}
        {%- do checksums.append(node.unique_id ~ node.checksum.checksum) -%}
    {%- endfor -%}
    {%- set files = run_query(
        "select filename || digest from printed.source_files where seed_name like 'reference_%' "
        ~ "and seed_name <> 'reference_reports'"
    ).columns[0].values() -%}
    {{- return(local_md5((checksums | sort + files | list | sort) | join(' '))) -}}
{%- endmacro %}

{#- Whether every incremental fact exists, so that rows can be added to it. -#}
{% macro facts_are_there() -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.config.materialized == 'incremental' -%}
        {%- set found = adapter.get_relation(
            database=node.database, schema=node.schema, identifier=node.alias
        ) -%}
        {%- if found is none or not found.is_table -%}
            {{- return(false) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(true) -}}
{%- endmacro %}

{#- What takes a seed's place, as a query with its columns; none where its own file is read. -#}
{% macro duckdb__folder_query(seed) -%}
    {%- if var('printed_source') != 'parquet' -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set present = run_query(
        'select 1 from printed.source_files where seed_name = ' ~ sql_text(seed.name) ~ ' limit 1'
    ).rows | length > 0 -%}
    {%- set columns = seed.config.column_types.keys() | join(', ') -%}
    {%- set files = seed_files(seed.name) -%}
    {%- if seed.schema == 'printed' -%}
        {#- A few reports are read from their own files; the whole by its pattern. -#}
        {%- set is_whole = first_row(
            'select (select count(*) from printed.reports_of_this_run) '
            ~ '= (select count(*) from printed.source_reports)'
        )[0] -%}
        {%- set files = files if is_whole
            else open_files(seed.name, 'printed.reports_of_this_run') -%}
        {%- set present = files is not none -%}
    {%- endif -%}
    {%- if present -%}
        {{- return(
            'select ' ~ columns ~ ' from read_parquet(' ~ files ~ ', hive_partitioning = false)'
            ~ (' where report_id in (select report_id from printed.reports_of_this_run)'
                if seed.schema == 'printed' else '')
        ) -}}
    {%- elif seed.schema in ['printed', 'control'] -%}
        {%- set nothing = [] -%}
        {%- for column, type in seed.config.column_types.items() -%}
            {%- do nothing.append('cast(null as ' ~ type ~ ') as ' ~ column) -%}
        {%- endfor -%}
        {{- return('select ' ~ nothing | join(', ') ~ ' where false') -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}

{% materialization seed, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set query = duckdb__folder_query(model) -%}
    {%- if query is none -%}
        {%- if existing is not none and existing.is_view -%}
            {#- What was loaded from a folder is replaced: the next run on a folder starts anew. -#}
            {%- do adapter.drop_relation(existing) -%}
            {%- do run_query('drop table if exists printed.loaded_files') -%}
            {%- do run_query('drop table if exists printed.loaded_reports') -%}
            {%- do adapter.commit() -%}
        {%- endif -%}
        {{- return(dbt.materialization_seed_default()) -}}
    {%- endif -%}
    {%- if existing is not none and existing.is_table -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- set made = this.incorporate(type='view') -%}
    {%- call statement('main') -%}
        create or replace view {{ made }} as {{ query }}
    {%- endcall -%}
    {%- do store_result('agate_table', response='OK', agate_table=load_result('main').table) -%}
    {%- do adapter.commit() -%}
    {{- return({'relations': [made]}) -}}
{% endmaterialization %}

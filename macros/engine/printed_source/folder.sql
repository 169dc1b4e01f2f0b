{#- The folder of Parquet on DuckDB and Spark: its files, and what makes it one that cannot be used. -#}

{#- Notes the files of the folder and looks through those that are new (on Spark all). Returns the seeds
    that the folder stands for by name, or stops with one message. -#}
{% macro examined_folder() -%}
    {%- set path = var('printed_path') | string -%}
    {%- if not path -%}
        {%- do exceptions.raise_compiler_error(
            'printed_source är parquet, men printed_path är inte angivet. '
            ~ "Ange mappen: --vars '{printed_source: parquet, printed_path: MAPP}'"
        ) -%}
    {%- endif -%}
    {#- Not dispatched: dbt would want one for PostgreSQL too, which `bokslut load` examines the folder for. -#}
    {%- set is_duckdb = adapter.type() == 'duckdb' -%}
    {%- if not (duckdb__note_files(path) if is_duckdb else spark__note_files(path)) -%}
        {%- do stop_at_folder(
            'Mappen finns inte, eller har ingen undermapp reference_reports med rapporterna'
        ) -%}
    {%- endif -%}

    {%- set present = column_of('select distinct seed_name from printed.source_files') -%}
    {%- set seeds = seeds_of_folder(present) -%}
    {%- for name in present if name not in seeds -%}
        {%- do stop_at_folder(
            'Undermappen ' ~ name ~ ' har inte namnet på någon seed; väntat är till exempel printed_ekonomi'
        ) -%}
    {%- endfor -%}
    {%- for name, seed in seeds.items() if seed.schema == 'printed' and name not in present -%}
        {%- do stop_at_folder('Undermappen ' ~ name ~ ' saknas: alla tryckta tabeller måste finnas') -%}
    {%- endfor -%}

    {%- set wrong = duckdb__wrong_column(seeds) if is_duckdb else spark__wrong_column(seeds) -%}
    {%- if wrong -%}
        {%- set type = seeds[wrong.seed_name].config.column_types[wrong.column_name] -%}
        {%- set expected = {'varchar': 'text', 'integer': 'heltal (int32)'}[type | lower] -%}
        {%- set found = ' saknar kolumnen ' ~ wrong.column_name if wrong.found is none
            else ': kolumnen ' ~ wrong.column_name ~ ' har typen ' ~ wrong.found -%}
        {%- do stop_at_folder(
            'Filen ' ~ wrong.filename ~ found ~ '; väntat är ' ~ expected
            ~ '. Skriv om filen med kolumnerna i seeds/*/' ~ wrong.seed_name ~ '.csv'
        ) -%}
    {%- endif -%}
    {%- set wrong = first_row(reports_registered_wrongly()) -%}
    {%- if wrong -%}
        {%- set found = ' finns på ' ~ wrong.row_count ~ ' rader; väntat är en' if wrong.row_count > 1
            else ' saknar report_id, municipality_code eller report_year' -%}
        {%- do stop_at_folder('reference_reports: rapporten ' ~ wrong.report_id ~ found) -%}
    {%- endif -%}
    {{- return(seeds) -}}
{%- endmacro %}

{% macro stop_at_folder(message) -%}
    {%- do exceptions.raise_compiler_error(message ~ ' (printed_path: ' ~ var('printed_path') ~ ')') -%}
{%- endmacro %}

{#- Writes `printed.source_files`, one row per file. Returns whether there is a register. -#}
{% macro duckdb__note_files(path) -%}
    {%- set is_there = first_row(
        'select 1 from glob(' ~ seed_files('reference_reports') ~ ') limit 1'
    ) -%}
    {%- if is_there -%}
        {%- do run_query(notes_of_files(path)) -%}
    {%- endif -%}
    {{- return(is_there) -}}
{%- endmacro %}

{#- Every file with a digest of its bytes and the partition that its folders name; those that have not
    been loaded as they are; and the partitions in which a printed table has a file that is new or gone. -#}
{% macro notes_of_files(path) -%}
    create schema if not exists printed;

    create or replace table printed.source_files as
    select
        split_part(substr(filename, {{ path | length + 2 }}), '/', 1) as seed_name,
        filename,
        md5(content) as digest,
        nullif(regexp_extract(filename, '/municipality_code=([^/]*)/', 1), '') as municipality_code,
        try_cast(regexp_extract(filename, '/report_year=([^/]*)/', 1) as integer) as report_year
    from read_blob({{ sql_text(path ~ '/*/**/*.parquet') }});

    create table if not exists printed.loaded_files as from printed.source_files limit 0;

    create or replace table printed.new_files as
    select * from printed.source_files anti join printed.loaded_files using (filename, digest);

    create or replace table printed.open_partitions as
    select municipality_code, report_year from printed.new_files where seed_name like 'printed_%'
    union
    select municipality_code, report_year
    from printed.loaded_files anti join printed.source_files using (filename)
    where seed_name like 'printed_%'
{%- endmacro %}

{#- The first column of a new file that is missing or of another type than in its seed. -#}
{% macro duckdb__wrong_column(seeds) -%}
    {{- return(first_row(columns_that_differ(seeds))) -}}
{%- endmacro %}

{% macro columns_that_differ(seeds) -%}
    {%- set types = {'varchar': 'BYTE_ARRAY', 'integer': 'INT32'} -%}
    {#- A file's schema is read by a function, whose argument cannot be a subquery. -#}
    set variable new_files = (select list(filename) from printed.new_files);

    with expected (seed_name, column_name, type) as (
        values
        {%- for name, seed in seeds.items() %}
        {%- set is_last_seed = loop.last %}
        {%- for column, type in seed.config.column_types.items() %}
        ('{{ name }}', '{{ column }}', '{{ types[type | lower] }}')
        {{- ',' if not (loop.last and is_last_seed) }}
        {%- endfor %}
        {%- endfor %}
    ),

    found as (
        {%- if first_row('select 1 from printed.new_files limit 1') %}
        select file_name, name, type from parquet_schema(getvariable('new_files'))
        {%- else %}
        select '' as file_name, '' as name, '' as type where false
        {%- endif %}
    )

    select files.filename, files.seed_name, expected.column_name, found.type as found
    from printed.new_files as files
    inner join expected on files.seed_name = expected.seed_name
    left join found on files.filename = found.file_name and expected.column_name = found.name
    where found.type is distinct from expected.type
    order by files.filename, expected.column_name
    limit 1
{%- endmacro %}

{#- The first report that stands twice in the register, or without id, municipality or year. -#}
{% macro reports_registered_wrongly() -%}
    select report_id, count(*) as row_count
    from {{ rows_of_folder('reference_reports') }}
    group by report_id
    having
        count(*) > 1 or report_id is null
        or min(municipality_code) is null or min(report_year) is null
    limit 1
{%- endmacro %}

{#- The seeds that the folder stands for: the printed tables, the register and the control tables always;
    a reference seed where there is a subfolder with its name. -#}
{% macro seeds_of_folder(present) -%}
    {%- set found = {} -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'seed' and node.package_name == project_name
        and (node.schema in ['printed', 'control'] or node.name in present + ['reference_reports']) -%}
        {%- do found.update({node.name: node}) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{% macro has_files(seed_name) -%}
    {{- return(
        first_row("select 1 from printed.source_files where seed_name = '" ~ seed_name ~ "' limit 1")
    ) -}}
{%- endmacro %}

{#- All files of a seed in the folder. -#}
{% macro seed_files(seed_name) -%}
    {{- return(sql_text(var('printed_path') | string ~ '/' ~ seed_name ~ '/**/*.parquet')) -}}
{%- endmacro %}

{#- The rows of a seed's files, as a relation. -#}
{% macro rows_of_folder(seed_name) -%}
    {{- return(
        'read_parquet(' ~ seed_files(seed_name) ~ ')' if adapter.type() == 'duckdb'
        else 'loaded.' ~ seed_name
    ) -}}
{%- endmacro %}

{#- The files of a printed table in some partitions, as a list of SQL; none where there are none. -#}
{% macro files_in(partitions, seed_name) -%}
    {%- set files -%}
        select filename
        from printed.source_files
        semi join {{ partitions }} using (municipality_code, report_year)
        where seed_name = '{{ seed_name }}'
        order by filename
    {%- endset -%}
    {%- set texts = column_of(files) | map('replace', "'", "''") | list -%}
    {{- return("['" ~ texts | join("', '") ~ "']" if texts else none) -}}
{%- endmacro %}

{% macro sql_text(text) -%}
    {{- return("'" ~ text | replace("'", "''") ~ "'") -}}
{%- endmacro %}

{#- The columns of a seed, as its YAML has them. -#}
{% macro columns_of(seed) -%}
    {{- return(seed.config.column_types.keys() | join(', ')) -}}
{%- endmacro %}

{% macro first_row(sql) -%}
    {%- set rows = run_query(sql).rows -%}
    {{- return(rows[0] if rows | length else none) -}}
{%- endmacro %}

{% macro column_of(sql) -%}
    {{- return(run_query(sql).columns[0].values() | list) -}}
{%- endmacro %}

{#- The folder of Parquet on Spark: a table over the files of each subfolder, in the schema `loaded`. Every
    run reads all reports. -#}

{% macro spark__read_printed_folder() -%}
    {%- set seeds = examined_folder() -%}
    {%- do stop_at_print_elsewhere('(' ~ places_of_print(seeds) ~ ')') -%}
{%- endmacro %}

{#- Writes `printed.source_files`, one row per file. Returns whether there is a register. -#}
{% macro spark__note_files(path) -%}
    {%- set root = path.rstrip('/') -%}
    {%- do run_query('drop schema if exists loaded cascade') -%}
    {%- do run_query('create schema loaded') -%}
    {%- do run_query('create table loaded.files using binaryfile ' ~ files_below(root)) -%}
    {%- do run_query('create schema if not exists printed') -%}
    {%- do run_query('drop table if exists printed.source_files') -%}
    {%- do run_query(notes_of_files_on_spark(root)) -%}
    {{- return(has_files('reference_reports')) -}}
{%- endmacro %}

{% macro notes_of_files_on_spark(root) -%}
    create table printed.source_files using parquet as
    select
        split_part(substr(path, position({{ spark_literal(root ~ '/') }} in path) + {{ root | length + 1 }}), '/', 1)
            as seed_name,
        path as filename,
        _metadata.file_path as file_path
    from loaded.files
{%- endmacro %}

{#- Makes the tables over the files. Returns the first column of a file that is missing or of another type
    than in its seed. -#}
{% macro spark__wrong_column(seeds) -%}
    {%- set there = seeds.values() | selectattr('name', 'in', column_of(
        'select distinct seed_name from printed.source_files'
    )) | list -%}
    {%- for seed in there -%}
        {%- do run_query(table_over_files(seed)) -%}
    {%- endfor -%}

    {#- A file that cannot be read with the seed's types gives no rows here, instead of an error. -#}
    {%- do run_query('set spark.sql.files.ignoreCorruptFiles = true') -%}
    {%- set doubtful = run_query(files_to_look_into(there)) -%}
    {%- do run_query('reset spark.sql.files.ignoreCorruptFiles') -%}
    {%- for file in doubtful.rows -%}
        {%- set found = {} -%}
        {%- for column in run_query('describe query select * from parquet.`' ~ file.filename ~ '`').rows -%}
            {%- do found.update({column.col_name: column.data_type}) -%}
        {%- endfor -%}
        {%- for column, type in seeds[file.seed_name].config.column_types.items()
            if found.get(column) != {'varchar': 'string', 'integer': 'int'}[type | lower] -%}
            {{- return({
                'filename': file.filename, 'seed_name': file.seed_name,
                'column_name': column, 'found': found.get(column),
            }) -}}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{#- A column that a file lacks has the default of the table: without one, Spark reads it as null. -#}
{% macro table_over_files(seed) -%}
    create table loaded.{{ seed.name }} (
        {%- for column, type in seed.config.column_types.items() %}
        {{ column }} {{ spark_type(type) }} default {{ lacking(type) }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
    using parquet {{ files_below(var('printed_path').rstrip('/') ~ '/' ~ seed.name) }}
{%- endmacro %}

{% macro files_below(path) -%}
    options (path {{ spark_literal(path) }}, recursivefilelookup 'true', pathglobfilter '*.parquet')
{%- endmacro %}

{% macro lacking(type) -%}
    {{- {'varchar': "'(kolumnen saknas)'", 'integer': '-2147483648'}[type | lower] -}}
{%- endmacro %}

{#- The files that gave no rows, or rows without a column. -#}
{% macro files_to_look_into(seeds) -%}
    with whole_files as (
        {%- for seed in seeds %}
        select distinct _metadata.file_path
        from loaded.{{ seed.name }}
        where
            {%- for column, type in seed.config.column_types.items() %}
            {{ 'and ' if not loop.first }}{{ column }} is distinct from {{ lacking(type) }}
            {%- endfor %}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    )

    select filename, seed_name
    from printed.source_files
    where file_path not in (select file_path from whole_files)
    order by filename
{%- endmacro %}

{#- Each report of a printed table in each partition. -#}
{% macro places_of_print(seeds) -%}
    {%- for name, seed in seeds.items() if seed.schema == 'printed' %}
    select distinct
        '{{ name }}' as seed_name,
        report_id,
        nullif(regexp_extract(_metadata.file_path, '/municipality_code=([^/]*)/', 1), '') as municipality_code,
        cast(nullif(regexp_extract(_metadata.file_path, '/report_year=([^/]*)/', 1), '') as integer) as report_year
    from loaded.{{ name }}
    {{- ' union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- The files of the folder, read by Spark: a table over the files of each subfolder, in the schema
    `loaded`, made anew in every run. -#}

{#- Every file with a digest of its bytes and the partition that its folders name. -#}
{% macro spark__note_files() -%}
    {%- set root = printed_folder() -%}
    {%- do run_query('drop schema if exists loaded cascade') -%}
    {%- do run_query('create schema loaded') -%}
    {%- do run_query('create table loaded.files using binaryfile ' ~ files_below(root)) -%}
    {%- set query -%}
        select
            split_part(
                substr(path, position({{ spark_literal(root ~ '/') }} in path) + {{ root | length + 1 }}), '/', 1
            ) as seed_name,
            _metadata.file_path as filename,
            md5(content) as digest,
            regexp_extract(path, '/municipality_code=([^/]*)/', 1) as municipality_code,
            coalesce(try_cast(regexp_extract(path, '/report_year=([^/]*)/', 1) as int), 0) as report_year
        from loaded.files
    {%- endset -%}
    {%- do note('source_files', query) -%}
    {{- return(has_files('reference_reports')) -}}
{%- endmacro %}

{#- Makes the tables over the files. A new file that cannot be read with the seed's types gives no rows
    here, instead of an error; a column that it lacks has the default of the table. -#}
{% macro spark__wrong_column(seeds) -%}
    {%- set there = seeds.values() | selectattr('name', 'in', column_of(
        'select distinct seed_name from printed.source_files'
    )) | list -%}
    {%- for seed in there -%}
        {%- do run_query(table_over_files(seed)) -%}
    {%- endfor -%}

    {%- do run_query('set spark.sql.files.ignoreCorruptFiles = true') -%}
    {%- set doubtful = files_to_look_into(there) -%}
    {%- do run_query('reset spark.sql.files.ignoreCorruptFiles') -%}
    {%- for file in doubtful -%}
        {%- set found = {} -%}
        {%- set path = path_of_file(file.filename) -%}
        {%- for column in run_query('describe query select * from parquet.`' ~ path ~ '`').rows -%}
            {%- do found.update({column.col_name: column.data_type}) -%}
        {%- endfor -%}
        {%- for column, type in seeds[file.seed_name].config.column_types.items()
            if found.get(column) != {'varchar': 'string', 'integer': 'int', 'boolean': 'boolean'}[type | lower] -%}
            {{- return({
                'filename': path, 'seed_name': file.seed_name,
                'column_name': column, 'found': found.get(column),
            }) -}}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{#- The path of a file, which Spark names with its other letters encoded. -#}
{% macro spark__path_of_file(filename) -%}
    {%- set encoded = spark_literal(filename | replace('+', '%2B')) -%}
    {{- return(first_row('select url_decode(' ~ encoded ~ ') as path').path) -}}
{%- endmacro %}

{#- A column that a file lacks has the default of the table: without one, Spark reads it as null. -#}
{% macro table_over_files(seed) -%}
    create table loaded.{{ seed.name }} (
        {%- for column, type in seed.config.column_types.items() %}
        {{ column }} {{ spark_type(type) }} default {{ lacking(type) }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
    using parquet {{ files_below(printed_folder() ~ '/' ~ seed.name) }}
{%- endmacro %}

{% macro files_below(path) -%}
    options (path {{ spark_literal(path) }}, recursivefilelookup 'true', pathglobfilter '*.parquet')
{%- endmacro %}

{% macro lacking(type) -%}
    {{- {'varchar': "'(kolumnen saknas)'", 'integer': '-2147483648', 'boolean': 'null'}[type | lower] -}}
{%- endmacro %}

{#- The new files that gave no rows, or rows without a column. -#}
{% macro files_to_look_into(seeds) -%}
    {%- set new = run_query(new_files() ~ ' order by files.filename').rows -%}
    {%- set names = new | map(attribute='filename') | list -%}
    {%- set whole_files -%}
        {%- for seed in seeds %}
        select distinct filename
        from {{ spark__rows_of_files(seed.name, names) }} as rows_of_seed
        where
            {%- for column, type in seed.config.column_types.items() %}
            {{ 'and ' if not loop.first }}{{ column }} is distinct from {{ lacking(type) }}
            {%- endfor %}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    {%- endset -%}
    {{- return(new | rejectattr('filename', 'in', column_of(whole_files)) | list if new else []) -}}
{%- endmacro %}

{#- Few files are named, so that Spark opens no others; no more than a query may well hold. -#}
{% macro spark__rows_of_files(seed_name, files=none) -%}
    {%- set query -%}
        (
            select *, _metadata.file_path as filename
            from loaded.{{ seed_name }}
            {%- if files and files | length <= 1000 %}
            where _metadata.file_path in ('{{ files | map('replace', "'", "\\'") | join("', '") }}')
            {%- endif %}
        )
    {%- endset -%}
    {{- return(query) -}}
{%- endmacro %}

{#- Text with the names of its columns, since a hash of columns passes over nulls. -#}
{% macro spark__digest_of_rows(seed_name, columns) -%}
    sum(cast(xxhash64('{{ seed_name }}', to_json(struct({{ columns }}))) as decimal(38, 0)))
{%- endmacro %}

{% macro spark__note(table, query) -%}
    {%- do run_query('drop table if exists printed.' ~ table) -%}
    {%- do run_query('create table printed.' ~ table ~ ' using parquet as ' ~ query) -%}
{%- endmacro %}

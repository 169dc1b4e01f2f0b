{#- The files of the folder, read by DuckDB. -#}

{#- Every file with a digest of its bytes and the partition that its folders name. -#}
{% macro duckdb__note_files() -%}
    {%- set path = printed_folder() -%}
    {%- set files = sql_text(not_a_pattern(path) ~ '/*/**/*.parquet') -%}
    {%- if not first_row('select 1 from glob(' ~ files ~ ') limit 1') -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set query -%}
        select
            split_part(substr(filename, {{ path | length + 2 }}), '/', 1) as seed_name,
            filename,
            md5(content) as digest,
            regexp_extract(filename, '/municipality_code=([^/]*)/', 1) as municipality_code,
            coalesce(try_cast(regexp_extract(filename, '/report_year=([^/]*)/', 1) as integer), 0)
                as report_year
        from read_blob({{ files }})
    {%- endset -%}
    {%- do note('source_files', query) -%}
    {{- return(has_files('reference_reports')) -}}
{%- endmacro %}

{#- A path whose brackets, stars and question marks stand for themselves in a pattern of files. -#}
{% macro not_a_pattern(path) -%}
    {{- return(path | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]')) -}}
{%- endmacro %}

{% macro duckdb__wrong_column(seeds) -%}
    {%- set types = {'varchar': 'BYTE_ARRAY', 'integer': 'INT32', 'boolean': 'BOOLEAN'} -%}
    {%- do note('new_files', new_files()) -%}
    {%- set query -%}
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
        )

        select files.filename, files.seed_name, expected.column_name, found.type as found
        from printed.new_files as files
        inner join expected on files.seed_name = expected.seed_name
        left join parquet_schema(getvariable('new_files')) as found
            on files.filename = found.file_name and expected.column_name = found.name
        where found.type is distinct from expected.type
        order by files.filename, expected.column_name
        limit 1
    {%- endset -%}
    {{- return(first_row(query) if first_row('select 1 from printed.new_files limit 1')) -}}
{%- endmacro %}

{% macro duckdb__rows_of_files(seed_name, files=none) -%}
    {%- set every = [not_a_pattern(printed_folder()) ~ '/' ~ seed_name ~ '/**/*.parquet'] -%}
    {%- set texts = (files if files is not none else every) | map('replace', "'", "''") | list -%}
    {{- return("read_parquet(['" ~ texts | join("', '") ~ "'], filename = true, hive_partitioning = false)") -}}
{%- endmacro %}

{#- The rows of the open partitions are read from their files once, for their digests and for the seeds,
    and are there until the run ends. -#}
{% macro duckdb__open_print(seeds) -%}
    {%- for seed in seeds.values() if seed.schema == 'printed' -%}
        {%- do note('opened_' ~ seed.name, rows_of_partitions(seed, 'printed.open_partitions')) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro duckdb__opened_rows(seed) -%}
    printed.opened_{{ seed.name }}
{%- endmacro %}

{% macro duckdb__close_print() -%}
    {%- for seed in graph.nodes.values() if seed.resource_type == 'seed' and seed.schema == 'printed' -%}
        {%- do run_query('drop table if exists ' ~ duckdb__opened_rows(seed)) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro duckdb__digest_of_rows(seed_name, columns) -%}
    sum(hash('{{ seed_name }}', {{ columns }}))
{%- endmacro %}

{% macro duckdb__note(table, query) -%}
    {%- do run_query('create or replace table printed.' ~ table ~ ' as ' ~ query) -%}
{%- endmacro %}

{% macro default__path_of_file(filename) -%}
    {{- return(filename) -}}
{%- endmacro %}

{% macro default__commit_hook() -%}
    {%- do adapter.commit() -%}
{%- endmacro %}

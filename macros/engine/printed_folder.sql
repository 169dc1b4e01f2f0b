{#- Where the printed tables come from. With `printed_source: parquet` a folder of Parquet takes the place
    of the seeds that it has files of, each as a view with that seed's name, so that no model knows the
    difference. `bokslut digest` has looked the folder through, and has left the digest of each report
    in its register and the list of its files beside it (docs/many_reports.md). -#}
{% macro printed_folder() -%}
    {{- return((var('printed_path') | string).rstrip('/')) -}}
{%- endmacro %}

{% materialization seed, default %}
    {%- set query = rows_in_folder(model) if reads_folder() -%}
    {%- set made = this.incorporate(type='view') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is not none and (query or existing.is_view) -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- if not query -%}
        {{- return(dbt.materialization_seed_default()) -}}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ get_create_view_as_sql(made, query) }}
    {%- endcall -%}
    {%- do store_result('agate_table', response='OK', agate_table=load_result('main').table) -%}
    {%- do adapter.commit() -%}
    {{- return({'relations': [made]}) -}}
{% endmaterialization %}

{#- What takes a seed's place, as a query; none where the folder has no word of it. -#}
{% macro rows_in_folder(seed) -%}
    {%- set folder = printed_folder() -%}
    {%- set files = adapter.dispatch('folder_files', 'bokslut')(folder) -%}
    {%- if run_query("select 1 from " ~ files ~ " where seed_name = '" ~ seed.name ~ "' limit 1").rows -%}
        select {{ seed.config.column_types.keys() | join(', ') }}
        from {{ adapter.dispatch('folder_rows', 'bokslut')(folder, seed) }}
    {%- elif seed.schema in ['control', 'printed'] -%}
        select
            {%- for column, type in seed.config.column_types.items() %}
            {{ dbt.cast('null', type) }} as {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        where 1 = 0
    {%- endif -%}
{%- endmacro %}

{#- DuckDB reads the files, and opens no others than those of the partitions of a run's reports. Its paths
    are patterns: a bracket or a star in the folder's name stands for itself in brackets. -#}
{% macro files_for_duckdb(folder, pattern) -%}
    {%- set name = folder | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') -%}
    '{{ name | replace("'", "''") }}/{{ pattern }}'
{%- endmacro %}

{% macro duckdb__folder_files(folder) -%}
    read_parquet({{ files_for_duckdb(folder, 'files.parquet') }})
{%- endmacro %}

{% macro duckdb__folder_rows(folder, seed) -%}
    {%- set is_printed = seed.schema == 'printed' -%}
    read_parquet(
        {{ files_for_duckdb(folder, seed.name ~ ('/*/*/' if is_printed else '/**/') ~ '*.parquet') }},
        hive_partitioning = {{ is_printed }}, hive_types_autocast = false
    )
    {%- set versions = relation_of("run_plan") %}
    {%- if is_printed and versions %}
    where (municipality_code, report_year) in (
        select municipality_code, cast(report_year as varchar) from {{ versions }} where not is_kept
    )
    {%- endif %}
{%- endmacro %}

{#- The files that were written after the run began; an engine that cannot say has none. -#}
{% macro files_written_since(started) -%}
    {{- return(adapter.dispatch('files_written_since', 'bokslut')(started)) -}}
{%- endmacro %}

{% macro default__files_written_since(started) -%}
    select cast(null as {{ dbt.type_string() }}) as file
    where 1 = 0
{%- endmacro %}

{% macro duckdb__files_written_since(started) -%}
    {%- if reads_folder() -%}
        select filename as file
        from read_blob({{ files_for_duckdb(printed_folder(), '*/**/*.parquet') }})
        where last_modified > timestamptz '{{ started }}'
    {%- else -%}
        {{- bokslut.default__files_written_since(started) -}}
    {%- endif -%}
{%- endmacro %}

{#- With many reports a fact has no index of its key: it would be larger than the fact. The tests of
    each mart prove the key. -#}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- if not reads_folder() -%}
        {{- return(table_columns_and_constraints()) -}}
    {%- endif -%}
    ({{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(', ') }})
{%- endmacro %}

{#- PostgreSQL has what `bokslut load` has copied. -#}
{% macro postgres__folder_files(folder) -%}
    {%- if not adapter.get_relation(target.dbname, 'loaded', 'files') -%}
        {%- do exceptions.raise_compiler_error(
            'Ingen mapp är inläst. Läs in den först: uv run --group postgres bokslut load MAPP'
        ) -%}
    {%- endif -%}
    loaded.files
{%- endmacro %}

{% macro postgres__folder_rows(folder, seed) -%}
    loaded.{{ seed.name }}
{%- endmacro %}

{#- Spark reads the files, where the driver and all workers reach them. -#}
{% macro spark__folder_files(folder) -%}
    parquet.`{{ folder }}/files.parquet`
{%- endmacro %}

{% macro spark__folder_rows(folder, seed) -%}
    parquet.`{{ folder }}/{{ seed.name }}`
{%- endmacro %}

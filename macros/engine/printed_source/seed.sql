{#- A seed whose place the folder takes is a view: of the files on DuckDB and Spark, of what `bokslut load`
    copied on PostgreSQL. -#}

{% materialization seed, adapter='duckdb' %}
    {{- return(seed_or_folder()) -}}
{% endmaterialization %}

{% materialization seed, adapter='postgres' %}
    {{- return(seed_or_folder()) -}}
{% endmaterialization %}

{% materialization seed, adapter='spark' %}
    {{- return(seed_or_folder()) -}}
{% endmaterialization %}

{% macro seed_or_folder() -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set query = adapter.dispatch('folder_query', 'bokslut')(model) | trim
        if var('printed_source') == 'parquet' -%}
    {%- if query -%}
        {{- return(seed_as_view(existing, query)) -}}
    {%- endif -%}
    {%- if existing is not none and existing.is_view -%}
        {%- do adapter.drop_relation(existing) -%}
        {%- if adapter.type() == 'duckdb' -%}
            {#- What was loaded from a folder is replaced: the next run on a folder starts anew. -#}
            {%- do run_query('drop table if exists printed.loaded_files') -%}
            {%- do run_query('drop table if exists printed.loaded_reports') -%}
            {%- do adapter.commit() -%}
        {%- endif -%}
    {%- endif -%}
    {{- return(dbt.materialization_seed_default()) -}}
{%- endmacro %}

{% macro seed_as_view(existing, query) -%}
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
{%- endmacro %}

{#- What takes a seed's place, as a query; none where the seed's own file is read. -#}
{% macro default__folder_query(seed) -%}
    {%- set rows = duckdb__rows_of_this_run(seed) if adapter.type() == 'duckdb'
        else rows_of_folder(seed.name) if has_files(seed.name) -%}
    {%- if rows -%}
        select {{ columns_of(seed) }}
        from {{ rows }}
    {%- elif seed.schema in ['printed', 'control'] -%}
        select
            {%- for column, type in seed.config.column_types.items() %}
            {{ dbt.cast('null', type) }} as {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        where false
    {%- endif -%}
{%- endmacro %}

{#- PostgreSQL reads what `bokslut load` copied, all of it in every run. -#}
{% macro postgres__folder_query(seed) -%}
    {%- set loaded = adapter.get_relation(this.database, 'loaded', seed.name) -%}
    {%- if loaded -%}
        select * from {{ loaded }}
    {%- endif -%}
{%- endmacro %}

{#- The rows of a seed's files that this run reads, as what stands after `from`; none without files. -#}
{% macro duckdb__rows_of_this_run(seed) -%}
    {%- set is_printed = seed.schema == 'printed' -%}
    {%- set is_part = is_printed and first_row(
        'select 1 from printed.source_reports anti join printed.reports_of_this_run using (report_id) limit 1'
    ) -%}
    {#- A few reports are read from their own files; the whole by its pattern. -#}
    {%- set files = files_in('printed.reports_of_this_run', seed.name) if is_part
        else seed_files(seed.name) if has_files(seed.name) -%}
    {%- if files %}
        read_parquet({{ files }}, hive_partitioning = false)
        {%- if is_printed %}
        where report_id in (select report_id from printed.reports_of_this_run)
        {%- endif %}
    {%- endif %}
{%- endmacro %}

{% macro postgres__read_printed_folder() -%}
    {%- if not adapter.get_relation(target.dbname, 'loaded', 'reference_reports') -%}
        {%- do exceptions.raise_compiler_error(
            'Ingen mapp är inläst. Läs in den först: uv run --group postgres bokslut load MAPP'
        ) -%}
    {%- endif -%}
{%- endmacro %}

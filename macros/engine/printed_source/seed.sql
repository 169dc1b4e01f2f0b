{#- A seed whose place the folder takes is a view: of the files on DuckDB, of what `bokslut load` copied on
    PostgreSQL. -#}

{#- What takes a seed's place on DuckDB, as a query; none where the seed's own file is read. -#}
{% macro duckdb__folder_query(seed) -%}
    {%- set is_printed = seed.schema == 'printed' -%}
    {%- set is_part = is_printed and first_row(
        'select 1 from printed.source_reports anti join printed.reports_of_this_run using (report_id) limit 1'
    ) -%}
    {%- set is_there = first_row(
        "select 1 from printed.source_files where seed_name = '" ~ seed.name ~ "' limit 1"
    ) -%}
    {#- A few reports are read from their own files; the whole by its pattern. -#}
    {%- set files = files_in('printed.reports_of_this_run', seed.name) if is_part
        else seed_files(seed.name) if is_there -%}
    {%- if files %}
        select {{ columns_of(seed) }}
        from read_parquet({{ files }}, hive_partitioning = false)
        {%- if is_printed %}
        where report_id in (select report_id from printed.reports_of_this_run)
        {%- endif %}
    {%- elif seed.schema in ['printed', 'control'] %}
        select
            {%- for column, type in seed.config.column_types.items() %}
            cast(null as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        where false
    {%- endif %}
{%- endmacro %}

{% materialization seed, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set query = duckdb__folder_query(model) | trim if var('printed_source') == 'parquet' -%}
    {%- if query -%}
        {{- return(seed_as_view(existing, query)) -}}
    {%- endif -%}
    {%- if existing is not none and existing.is_view -%}
        {#- What was loaded from a folder is replaced: the next run on a folder starts anew. -#}
        {%- do adapter.drop_relation(existing) -%}
        {%- do run_query('drop table if exists printed.loaded_files') -%}
        {%- do run_query('drop table if exists printed.loaded_reports') -%}
        {%- do adapter.commit() -%}
    {%- endif -%}
    {{- return(dbt.materialization_seed_default()) -}}
{% endmaterialization %}

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

{#- PostgreSQL reads what `bokslut load` copied, all of it in every run. -#}
{% macro postgres__read_printed_folder() -%}
    {%- if not adapter.get_relation(target.dbname, 'loaded', 'reference_reports') -%}
        {%- do exceptions.raise_compiler_error(
            'Ingen mapp är inläst. Läs in den först: uv run --group postgres bokslut load MAPP'
        ) -%}
    {%- endif -%}
{%- endmacro %}

{% materialization seed, adapter='postgres' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set loaded = adapter.get_relation(this.database, 'loaded', model.name)
        if var('printed_source') == 'parquet' -%}
    {%- if loaded -%}
        {{- return(seed_as_view(existing, 'select * from ' ~ loaded)) -}}
    {%- endif -%}
    {%- if existing is not none and existing.is_view -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {{- return(dbt.materialization_seed_default()) -}}
{% endmaterialization %}

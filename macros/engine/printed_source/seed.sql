{#- A seed whose place the folder takes is a table of the rows that this run reads. -#}

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
    {%- set query = rows_of_this_run_in_folder(model) if reads_folder() -%}
    {%- if not query -%}
        {{- return(dbt.materialization_seed_default()) -}}
    {%- endif -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set made = this.incorporate(type='table') -%}
    {%- if existing is not none -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        create table {{ made }}
        {{ 'using parquet' if target.type == 'spark' }}
        as
        {{ query }}
    {%- endcall -%}
    {%- do store_result('agate_table', response='OK', agate_table=load_result('main').table) -%}
    {%- do adapter.commit() -%}
    {{- return({'relations': [made]}) -}}
{%- endmacro %}

{#- What takes a seed's place, as a query; none where the seed's own file is read. A few reports are
    read from their own files. -#}
{% macro rows_of_this_run_in_folder(seed) -%}
    {%- set is_printed = seed.schema == 'printed' -%}
    {%- set files = files_in('printed.reports_of_this_run', seed.name)
        if is_printed and not reads_every_report() else none -%}
    {%- if files == [] or (seed.schema == 'control' and not has_files(seed.name)) -%}
        {{ no_rows(seed.config.column_types) }}
    {%- elif seed.schema in ['printed', 'control'] or has_files(seed.name) -%}
        select {{ columns_of(seed) }}
        from {{ rows_of_files(seed.name, files) }} as rows_of_seed
        {%- if is_printed %}
        where report_id in (select report_id from printed.reports_of_this_run)
        {%- endif %}
    {%- endif -%}
{%- endmacro %}

{% macro reads_every_report() -%}
    {{- return(
        first_row(
            'select 1 from printed.source_reports '
            ~ 'where report_id not in (select report_id from printed.reports_of_this_run) limit 1'
        ) is none
    ) -}}
{%- endmacro %}

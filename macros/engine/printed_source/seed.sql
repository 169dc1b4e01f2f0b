{#- A seed whose place the folder takes is a table of the rows that this run reads. -#}

{% materialization seed, default %}
    {{- return(seed_or_folder()) -}}
{% endmaterialization %}

{% materialization seed, adapter='postgres' %}
    {%- set made = seed_or_folder() -%}
    {%- call statement('statistics') -%}
        analyze {{ this }}
    {%- endcall -%}
    {%- do adapter.commit() -%}
    {{- return(made) -}}
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

{#- What takes a seed's place, as a query; none where the seed's own file is read. -#}
{% macro rows_of_this_run_in_folder(seed) -%}
    {%- if seed.schema == 'printed' -%}
        select {{ columns_of(seed) }}
        from (
            {{ adapter.dispatch('printed_rows_of_this_run', 'bokslut')(seed) }}
        ) as rows_of_seed
        where report_id in (select report_id from printed.reports_of_this_run)
    {%- elif has_files(seed.name) -%}
        select {{ columns_of(seed) }}
        from {{ rows_of_files(seed.name) }} as rows_of_seed
    {%- elif seed.schema == 'control' -%}
        {{ no_rows(seed.config.column_types) }}
    {%- endif -%}
{%- endmacro %}

{#- The rows of the partitions that hold the reports of this run, from their files. -#}
{% macro default__printed_rows_of_this_run(seed) -%}
    {{ rows_of_partitions(seed, 'printed.reports_of_this_run') }}
{%- endmacro %}

{#- What the look through the folder has read is not read again. -#}
{% macro duckdb__printed_rows_of_this_run(seed) -%}
    {%- set not_opened -%}
        (
            select municipality_code, report_year from printed.reports_of_this_run
            except
            select municipality_code, report_year from printed.open_partitions
        )
    {%- endset -%}
    select {{ columns_of(seed) }} from {{ duckdb__opened_rows(seed) }}
    union all
    select {{ columns_of(seed) }} from ({{ rows_of_partitions(seed, not_opened) }}) as not_opened
{%- endmacro %}

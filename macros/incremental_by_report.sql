{#- Makes a fact incremental by report where the printed tables come from Parquet: a run replaces the
    rows of the reports that it reads and drops those of reports that are gone. With seeds, where one
    file is the whole, a fact stays a table. -#}
{% macro incremental_by_report() -%}
    {%- if reads_folder() -%}
        {{- config(
            materialized='incremental',
            incremental_strategy='append',
            on_schema_change='fail',
            pre_hook='{{ drop_reports_of_this_run(this) }}'
        ) -}}
    {%- endif -%}
{%- endmacro %}

{% macro incremental_by_report() -%}
    {%- if reads_folder() -%}
        {{- config(
            materialized='incremental',
            incremental_strategy='append',
            on_schema_change='fail',
            pre_hook="{{ drop_reports_of_this_run() }}",
            post_hook="{{ keep_rows_of_this_run() }}"
        ) -}}
    {%- endif -%}
{%- endmacro %}

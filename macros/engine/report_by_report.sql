{#- Before a fact takes the new rows of reports, in the same transaction: those of the reports that do not
    stay as they are go. Spark, which cannot delete, leaves them when it writes the table anew. -#}
{% macro drop_reports_of_this_run() -%}
    {%- set condition = is_kept() -%}
    {%- if is_incremental() and adapter.type() != 'spark' -%}
        delete from {{ this }} where not {{ condition }}
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}

{% macro is_kept() -%}
    (report_id in (select report_id from {{ ref('run_plan') }} where is_kept))
{%- endmacro %}

{#- The contract of a fact says its types. PostgreSQL makes its text `varchar`, and `text` in the table of
    the new rows, which has no contract. -#}
{% macro postgres__diff_column_data_types(source_columns, target_columns) -%}
    {{- return([]) -}}
{%- endmacro %}

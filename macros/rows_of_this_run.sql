{% macro rows_of_this_run(relation) -%}
    {%- set of_this_run = is_of_this_run('report_id') -%}
    {%- if reads_folder() and relation.identifier in tables_by_report() -%}
        (
            select * from {{ relation }}
            where {{ of_this_run }}
        )
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

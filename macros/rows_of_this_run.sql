{% macro rows_of_this_run(relation, rests_on_kept=false) -%}
    {%- set of_this_run = is_of_this_run('report_id') -%}
    {%- if reads_folder() and (rests_on_kept or relation.identifier in tables_by_report()) -%}
        (
            select * from {{ relation }}
            where {{ of_this_run }}
        )
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

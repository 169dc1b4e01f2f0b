{% macro rows_of_this_run(relation, rests_on_kept=false) -%}
    {%- set of_this_run = is_of_this_run('report_id') -%}
    {#- Where nothing was made before, all reports are of this run. -#}
    {%- set may_keep = execute and reads_folder() and not flags.FULL_REFRESH and relation_of('run_result') -%}
    {%- if may_keep and (rests_on_kept or relation.identifier in tables_by_report()) -%}
        (
            select * from {{ relation }}
            where {{ of_this_run }}
        )
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

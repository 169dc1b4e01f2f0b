{% macro tables_by_report() -%}
    {%- set found = graph.nodes.values() | selectattr('config.materialized', 'equalto', 'incremental')
        if execute else [] -%}
    {{- return(found | map(attribute='name') | list) -}}
{%- endmacro %}

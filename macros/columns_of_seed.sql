{#- The columns of a seed in the order of its file; none while dbt parses, when it knows no seed. -#}
{% macro columns_of_seed(name) -%}
    {%- set seeds = graph.nodes.values()
        | selectattr('resource_type', 'equalto', 'seed')
        | selectattr('name', 'equalto', name) | list if execute else [] -%}
    {{- return(seeds[0].columns.keys() | list if seeds else []) -}}
{%- endmacro %}

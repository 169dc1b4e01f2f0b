{#- The columns of a seed that somebody has written, in the order of its file: not the digest of a report, which
    is worked out. None while dbt parses, when it knows no seed. -#}
{% macro columns_of_seed(name) -%}
    {%- set seeds = graph.nodes.values()
        | selectattr('resource_type', 'equalto', 'seed')
        | selectattr('name', 'equalto', name) | list if execute else [] -%}
    {{- return(seeds[0].columns.keys() | reject('equalto', 'content_digest') | list if seeds else []) -}}
{%- endmacro %}

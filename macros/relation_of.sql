{% macro relation_of(name) -%}
    {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ name] -%}
    {%- set found = adapter.get_relation(node.database, node.schema, node.alias) -%}
    {{- return(found if found and found.is_table) -}}
{%- endmacro %}

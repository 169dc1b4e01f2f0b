{% macro project_digest() -%}
    {%- set parts = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type in ['model', 'seed', 'test'] -%}
        {%- do parts.append(node.unique_id ~ node.checksum.checksum) -%}
    {%- endfor -%}
    {%- for macro in context[project_name].values() -%}
        {%- do parts.append(macro.macro.unique_id ~ macro.macro.macro_sql) -%}
    {%- endfor -%}
    {{- return(local_md5(parts | sort | join(' '))) -}}
{%- endmacro %}

{% macro source_lines(first, last) -%}
    'rad ' || {{ line_range(first, last) }}
{%- endmacro %}

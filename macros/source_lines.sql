{#- The document lines of a figure in words: `rad 160` or `rad 580–583`. -#}
{% macro source_lines(first, last) -%}
    'rad ' || {{ line_range(first, last) }}
{%- endmacro %}

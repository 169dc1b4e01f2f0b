{#- The document lines of a figure in words: `rad 160` or `rad 580–583`. -#}
{% macro source_lines(first, last) -%}
    'rad ' || {{ first }}
    || case when {{ last }} > {{ first }} then '{{ "\u2013" }}' || {{ last }} else '' end
{%- endmacro %}

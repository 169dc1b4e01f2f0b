{#- The document lines of a figure: `160` or `580–583`. -#}
{% macro line_range(first, last) -%}
    {{ first }} || case when {{ last }} > {{ first }} then '{{ "\u2013" }}' || {{ last }} else '' end
{%- endmacro %}

{% macro line_range(first, last) -%}
    {{ first }} || case when {{ last }} > {{ first }} then '{{ "\u2013" }}' || {{ last }} else '' end
{%- endmacro %}

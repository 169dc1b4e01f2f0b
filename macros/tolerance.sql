{% macro tolerance(steps) -%}
    cast(({{ steps | join(' + ') }}) / 2 as decimal(18, 6))
{%- endmacro %}

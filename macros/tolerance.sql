{#- How far the two sides of a check may lie apart for no other reason than rounding: half of every step
    that went into them. `steps` are rounding steps, or sums of such. -#}
{% macro tolerance(steps) -%}
    cast(({{ steps | join(' + ') }}) / 2 as decimal(18, 6))
{%- endmacro %}

{#- How a model is kept that is cheap to make anew: as a view, but on PostgreSQL as a table. PostgreSQL
    knows how many rows of what a table has; of a view over many unions it expects a few, and then compares
    each with each. -#}
{% macro table_on_postgres() -%}
    {{- return('table' if target.type == 'postgres' else 'view') -}}
{%- endmacro %}

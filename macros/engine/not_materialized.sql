{#- Behind `as` of a CTE that is read more than once and costs little to read again: a stored relation, some
    of its rows, plain arithmetic on them. It is read where it is used, with the columns and rows needed
    there. DuckDB and PostgreSQL would otherwise copy all of it first, and PostgreSQL plans without
    statistics. Spark never copies, and has no such words. -#}
{% macro not_materialized() -%}
    {{ return(adapter.dispatch('not_materialized', 'bokslut')()) }}
{%- endmacro %}

{% macro default__not_materialized() -%}
    not materialized
{%- endmacro %}

{% macro spark__not_materialized() -%}
{%- endmacro %}

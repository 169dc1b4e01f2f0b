{#- Behind `as` of a CTE that PostgreSQL is to compute once and by itself. Otherwise it computes a column anew
    at every use, in a chain of such CTEs many thousand times for each row; and where several conditions
    go together, it takes them to leave a few rows, and then compares each with each. DuckDB and Spark see
    by themselves that an expression is the same, and join by hashes. -#}
{% macro computed_once() -%}
    {{ return(adapter.dispatch('computed_once', 'bokslut')()) }}
{%- endmacro %}

{% macro default__computed_once() -%}
{%- endmacro %}

{% macro postgres__computed_once() -%}
    materialized
{%- endmacro %}

{#- Behind `as` of a CTE that PostgreSQL is to compute once and by itself: otherwise it computes a column at every
    use, in a chain of such CTEs many thousand times a row, and compares each row with each where conditions seem
    to leave few. DuckDB writes what many relations put together in half the time if it is `gathered` first. -#}
{% macro computed_once(gathered=false) -%}
    {{ return(adapter.dispatch('computed_once', 'bokslut')(gathered)) }}
{%- endmacro %}

{% macro default__computed_once(gathered) %}{% endmacro %}

{% macro duckdb__computed_once(gathered) %}{{ 'materialized' if gathered }}{% endmacro %}

{% macro postgres__computed_once(gathered) %}materialized{% endmacro %}

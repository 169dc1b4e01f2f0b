{#- Behind `as` of a CTE that is read more than once and only names a stored relation: it is read where it is
    used, with the columns and rows needed there. DuckDB and PostgreSQL would otherwise copy the whole
    relation first, and PostgreSQL plans without its statistics. Spark never copies, and has no such words. -#}
{% macro not_materialized() -%}
    {{ return(adapter.dispatch('not_materialized', 'bokslut')()) }}
{%- endmacro %}

{% macro default__not_materialized() -%}
    not materialized
{%- endmacro %}

{% macro spark__not_materialized() -%}
{%- endmacro %}

{#- A seed on Spark, made and filled by one statement. dbt-spark's own way takes `varchar` as it
    stands, and in a session it writes a null as the text `None` and a text without escaping it. -#}
{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set types = model.config.column_types -%}
    {%- set columns = agate_table.column_names -%}
    {%- set sql -%}
        create table {{ this }}
        {{ file_format_clause() }}
        as
        select
            {%- for column in columns %}
            {%- set type = types.get(column, adapter.convert_type(agate_table, loop.index0)) %}
            cast({{ column }} as {{ spark_type(type) }}) as {{ column }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from values
            {#- A seed without rows is one of nulls, which is left out. -#}
            {%- for row in agate_table.rows or [[none] * columns | length] %}
            ({%- for value in row -%}
                {{- spark_literal(value) -}}{{- ', ' if not loop.last -}}
            {%- endfor -%}){{- ',' if not loop.last }}
            {%- endfor %}
            as rows_of_seed ({{ columns | join(', ') }})
        {{ 'where 1 = 0' if not agate_table.rows }}
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{- return(sql) -}}
{%- endmacro %}

{% macro spark__load_csv_rows(model, agate_table) -%}
    {{- return('') -}}
{%- endmacro %}

{#- A value as a literal of Spark, whatever quotes and backslashes it holds. -#}
{% macro spark_literal(value) -%}
    {%- if value is none -%}
        null
    {%- else -%}
        '{{- (value | string).replace('\\', '\\\\').replace("'", "\\'") -}}'
    {%- endif -%}
{%- endmacro %}

{% macro rows_by_report() -%}
    select report_id, sum(row_count) as row_count
    from (
        {%- for name in tables_by_report() %}
        {%- set relation = relation_of(name) if execute and reads_folder() %}
        {%- if relation %}
        select report_id, count(*) as row_count
        from {{ relation }}
        group by report_id
        union all
        {%- endif %}
        {%- endfor %}
        select cast(null as {{ dbt.type_string() }}) as report_id, 0 as row_count
    ) as rows_of_tables
    group by report_id
{%- endmacro %}

{% macro printed_place(relation, column=true) -%}
    {%- set text = dbt.type_string() -%}
    'printed_' || {{ relation }}.source_table
    || ', row_no ' || coalesce(cast({{ relation }}.row_no as {{ text }}), '?')
    {%- if column %}
    || ', kolumn ' || {{ relation }}.column_name
    {%- endif %}
    || ', ' || coalesce(
        {{ source_lines(relation ~ '.source_line_first', relation ~ '.source_line_last') }}, 'rad ?'
    )
{%- endmacro %}

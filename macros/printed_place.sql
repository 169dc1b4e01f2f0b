{% macro printed_place(relation, column=true) -%}
    {%- set text = dbt.type_string() -%}
    {#- A cell that goes by its number stands in the seed of any table. -#}
    {%- set cell = "split_part(" ~ relation ~ ".figure_id, '.', 4)" -%}
    {%- set is_numbered = "left(" ~ cell ~ ", 1) between '0' and '9'" -%}
    coalesce(nullif(split_part({{ relation }}.figure_id, '.', 1), ''), '?') || ': printed_'
    || case when {{ is_numbered }} then 'tabeller, tabellen ' else '' end
    || {{ relation }}.source_table
    || ', row_no ' || coalesce(cast({{ relation }}.row_no as {{ text }}), '?')
    {%- if column %}
    || ', kolumn ' || case when {{ is_numbered }} then 'cell_' || {{ cell }} || ', ' else '' end
    || {{ relation }}.column_name
    {%- endif %}
    || ', ' || coalesce(
        {{ source_lines(relation ~ '.source_line_first', relation ~ '.source_line_last') }}, 'rad ?'
    )
{%- endmacro %}

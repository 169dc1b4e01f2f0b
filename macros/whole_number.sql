{% macro whole_number(expression) -%}
    cast(
        case when {{ regex_matches(expression, '^[0-9]{1,9}$') }} then {{ expression }} end as integer
    )
{%- endmacro %}

{#- A text of digits as an integer; null for any other text, which a test then names. -#}
{% macro whole_number(expression) -%}
    cast(
        case when {{ regex_matches(expression, '^[0-9]{1,9}$') }} then {{ expression }} end as integer
    )
{%- endmacro %}

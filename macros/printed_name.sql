{% macro printed_name(label) -%}
    trim(
        both ' .' from replace(replace(split_part({{ label }}, '. ', 1), '(%) ', ''), '(%)', '')
    )
{%- endmacro %}

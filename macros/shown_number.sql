{% macro shown_number(text, value) %}
    case
        when {{ value }} is not null
            then replace(trim(trailing '.' from {{ text }}), '.', ',')
        else {{ text }}
    end
{% endmacro %}

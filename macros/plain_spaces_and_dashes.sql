{% macro plain_spaces_and_dashes(expression) -%}
    {%- set spaces = '\u00a0\u202f\u2009' -%}
    {%- set dashes = '\u2010\u2011\u2012\u2013\u2014\u2212' -%}
    {#- Few texts have any of them, and DuckDB translates slowly. -#}
    case
        when {{ regex_matches(expression, '[' ~ spaces ~ dashes ~ ']') }}
            then translate(
                {{ expression }},
                '{{ spaces ~ dashes }}',
                '{{ " " * spaces | length ~ "-" * dashes | length }}'
            )
        else {{ expression }}
    end
{%- endmacro %}

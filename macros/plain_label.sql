{% macro plain_label(expression) -%}
    {%- set text = 'coalesce(' ~ expression ~ ", '')" -%}
    {%- set spaces = '-\u00a0\u202f\u2009\u2010\u2011\u2012\u2013\u2014\u2212' -%}
    {#- DuckDB translates slowly: no text without any of them. -#}
    {%- set plain -%}
        case
            when {{ regex_matches(text, '[' ~ spaces ~ 'ÅÄÖÉ]') }}
                then translate({{ text }}, '{{ spaces }}ÅÄÖÉ', '{{ " " * spaces | length }}åäöé')
            else {{ text }}
        end
    {%- endset -%}
    trim(
        both ' :' from lower(
            replace(replace(replace({{ plain }}, '&', 'och'), '  ', ' '), '  ', ' ')
        )
    )
{%- endmacro %}

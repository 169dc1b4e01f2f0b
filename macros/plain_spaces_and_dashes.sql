{% macro plain_spaces_and_dashes(expression) -%}
    {%- set spaces = '\u00a0\u202f\u2009' -%}
    {%- set dashes = '\u2010\u2011\u2012\u2013\u2014\u2212' -%}
    translate({{ expression }}, '{{ spaces ~ dashes }}', '{{ " " * spaces | length ~ "-" * dashes | length }}')
{%- endmacro %}

{#- True where the text matches the regular expression. Patterns use no backslash, so that every
    engine reads them alike. -#}
{% macro regex_matches(expression, pattern) -%}
    {{ return(adapter.dispatch('regex_matches', 'bokslut')(expression, pattern)) }}
{%- endmacro %}

{% macro default__regex_matches(expression, pattern) -%}
    regexp_like({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__regex_matches(expression, pattern) -%}
    regexp_matches({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{#- In Java `$` also matches before a line break at the end; `\z` is the end itself. -#}
{% macro spark__regex_matches(expression, pattern) -%}
    regexp_like({{ expression }}, r'{{ pattern | replace("$", "\\z") }}')
{%- endmacro %}

{% macro nearest(expression) -%}
    coalesce(
        {%- for nearness in range(1, 5) %}
        max(case when inherited.nearness = {{ nearness }} then {{ expression }} end){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

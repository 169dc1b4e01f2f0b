{% macro noughts_step(value) -%}
    case
        when {{ value }} = 0 then 1
        {%- for step in [1000000, 100000, 10000, 1000, 100, 10] %}
        when mod({{ value }}, {{ step }}) = 0 then {{ step }}
        {%- endfor %}
        else 1
    end
{%- endmacro %}

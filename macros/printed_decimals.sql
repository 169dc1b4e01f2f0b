{% macro printed_decimals(rounding_step) -%}
    case
        when {{ rounding_step }} >= 1 then 0
        when {{ rounding_step }} >= 0.1 then 1
        when {{ rounding_step }} >= 0.01 then 2
        when {{ rounding_step }} >= 0.001 then 3
    end
{%- endmacro %}

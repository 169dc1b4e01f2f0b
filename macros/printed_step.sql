{% macro printed_step(decimals, rounding_step) -%}
    cast(
        least(
            {{ rounding_step }},
            case {{ decimals }}
                {%- for number in range(7) %}
                when {{ number }} then {{ '1' if number == 0 else '0.' ~ '0' * (number - 1) ~ '1' }}
                {%- endfor %}
            end
        ) as decimal(18, 6)
    )
{%- endmacro %}

{#- The verdict of a check: exact agreement, agreement within what rounding allows, contradiction, or
    unverifiable where a side is missing. -#}
{% macro verdict_of(difference, tolerance) -%}
    case
        when {{ difference }} is null then 'unverifiable'
        when {{ difference }} = 0 then 'agrees'
        when abs({{ difference }}) <= {{ tolerance }} then 'agrees_within_rounding'
        else 'contradicts'
    end
{%- endmacro %}

{% macro verdict_of(difference, tolerance) -%}
    case
        when {{ difference }} is null then 'unverifiable'
        when {{ difference }} = 0 then 'agrees'
        when abs({{ difference }}) <= {{ tolerance }} then 'agrees_within_rounding'
        else 'contradicts'
    end
{%- endmacro %}

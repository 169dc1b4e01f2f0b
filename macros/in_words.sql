{#- The word for each code, as Swedish readers see it; another code, or none, gives `otherwise`.
    `words` maps codes to words. -#}
{% macro in_words(expression, words, otherwise=none) -%}
    case {{ expression }}
        {%- for code, word in words.items() %}
        when '{{ code }}' then '{{ word }}'
        {%- endfor %}
        {%- if otherwise is not none %}
        else {{ otherwise }}
        {%- endif %}
    end
{%- endmacro %}

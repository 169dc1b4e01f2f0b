{#- Why there is no value, as a table shows it. -#}
{% macro missing_in_words(expression) -%}
    {{ in_words(expression, {
        'not_reported': 'saknas',
        'not_applicable': 'ej tillämpligt',
        'not_separated': 'ej särredovisat',
        'not_available': 'ej tillgängligt',
        'blank': 'tomt',
    }) }}
{%- endmacro %}

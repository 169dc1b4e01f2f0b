{#- Behind a relation in `from`: each of its rows once for every word of a text, words being what spaces
    part, as `words.word` with `words.place`. Empty words are there where spaces follow each other. -#}
{% macro each_word(text) -%}
    {{ return(adapter.dispatch('each_word', 'bokslut')(text)) }}
{%- endmacro %}

{% macro default__each_word(text) -%}
    cross join lateral unnest(string_to_array({{ text }}, ' ')) with ordinality as words (word, place)
{%- endmacro %}

{% macro spark__each_word(text) -%}
    lateral view posexplode(split({{ text }}, ' ')) words as place, word
{%- endmacro %}

{#- Whether a statement has one of the words of a kind in `reference_number_words`. -#}
{% macro speaks_of(kind, label, printed, code=none) -%}
    exists (
        select 1
        from {{ ref('reference_number_words') }} as words
        where
            words.kind = '{{ kind }}'
            {%- if code %}
            and words.code = '{{ code }}'
            {%- endif %}
            and position(words.word in lower({{ label }} || ' ' || {{ printed }})) > 0
    )
{%- endmacro %}

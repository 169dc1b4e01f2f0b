{% macro speaks_of_cost(label, printed) -%}
    exists (
        select 1
        from {{ ref('reference_number_words') }} as cost_words
        where
            cost_words.kind = 'cost'
            and position(cost_words.word in lower({{ label }} || ' ' || {{ printed }})) > 0
    )
{%- endmacro %}

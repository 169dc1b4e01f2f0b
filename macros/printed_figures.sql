{#- The figures of a text, one row each in their order: the columns of `key`, then

    figure_no   their order, from 1
    figure      the number with its operator and sign, or the mark for a missing value, as printed; null
                for a unit that stands apart from numbers
    unit_sign   the sign of the unit behind the number; null where there is none

    `260 000 (92,8 %)` has 260, 000 and 92,8 with %: where print has spaces, a line alone cannot tell
    thousands from two numbers. bokslut/transcription/lines.py finds the figures of a document's line in
    the same way.

    relation    has the columns of `key` and the text; a text may be null
    marks       marks for missing values, as reference_missing_marks has them
    codes       words of codes, as reference_codes has them: those of unit_symbol are signs of units -#}
{% macro printed_figures(relation, key, text, marks, codes) %}
{%- set around = "().,;:!?\"''[]*" ~ '\u201d\u201c\u2019\u2022' -%}
{%- set operators = ['<', '>', '\u2264', '\u2265'] -%}
with texts as (
    select
        {{ key | join(', ') }},
        {{ 'replace(' * operators | length -}}
            replace(replace({{ plain_spaces_and_dashes(text) }}, '|', ' '), '%', ' % ')
        {%- for operator in operators %}, '{{ operator }} ', '{{ operator }}'){%- endfor %} as plain_text
    from {{ relation }}
),

split_up as {{ computed_once() }} (
    select
        {{ key | join(', ') }},
        words.place,
        words.word,
        -- DuckDB trims many characters slowly, and most words have none of them.
        case
            when {{ regex_matches('words.word', '^[0-9]([^ ]*[0-9])?$') }} then words.word
            else trim(both '{{ around }}' from words.word)
        end as bare_word
    from texts
    {{ each_word('plain_text') }}
),

known_marks as (
    select mark from {{ marks }}
    -- On a line a full stop that stands alone ends a sentence.
    where mark <> '.'
    group by mark
),

known_units as (
    select word_sv from {{ codes }}
    where list = 'unit_symbol'
    group by word_sv
),

read as (
    select
        {%- for column in key %}
        split_up.{{ column }},
        {%- endfor %}
        split_up.place,
        case
            when marks.mark is not null then split_up.word
            when bare_marks.mark is not null then split_up.bare_word
            when {{ regex_matches('split_up.bare_word', '^([<>]=?|[≤≥])?[+-]?[0-9]([0-9.,/-]*[0-9])?$') }}
                then split_up.bare_word
            when {{ regex_matches('split_up.bare_word', '^[0-9]+[:-][^0-9]+$') }}
                then split_part(split_part(split_up.bare_word, ':', 1), '-', 1)
        end as figure,
        units.word_sv as unit_sign
    from split_up
    left join known_marks as marks
        on split_up.word = marks.mark
    left join known_marks as bare_marks
        on split_up.bare_word = bare_marks.mark
    left join known_units as units
        on split_up.bare_word = units.word_sv
    where split_up.bare_word <> ''
),

-- A dash with a word behind it is no mark; a unit belongs to the number right before it.
followed as (
    select
        read.*,
        lead(read.unit_sign) over in_order as next_unit_sign,
        lag(read.figure) over in_order as previous_figure,
        max(case when read.figure is null and read.unit_sign is null then read.place end) over (
            partition by {{ key | join(', ') }}
        ) as last_word
    from read
    window in_order as (
        partition by {{ key | join(', ') }}
        order by read.place
    )
)

select
    {{ key | join(', ') }},
    row_number() over (
        partition by {{ key | join(', ') }}
        order by case when figure is null then 1 else 0 end, place
    ) as figure_no,
    figure,
    case when figure is null then unit_sign else next_unit_sign end as unit_sign
from followed
where
    (figure is not null and not (figure = '-' and place < coalesce(last_word, 0)))
    or (figure is null and unit_sign is not null and previous_figure is null)
{% endmacro %}

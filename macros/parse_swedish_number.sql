{% macro parse_swedish_number(relation, text_column, is_minus_in_parentheses='false', may_be_interval='false') %}
{%- set letters = 'abcdefghijklmnopqrstuvwxyzåäöü' -%}
{%- set text = dbt.type_string() -%}
{%- set digits = '^([1-9][0-9]{0,2}( [0-9]{3}){1,3}|0|[1-9][0-9]{0,11})([,.][0-9]{1,6})?$' -%}
with number_words as (
    select * from {{ ref('reference_number_words') }}
),

-- What may stand before a number and behind it: nothing, a word, or two words of different kinds.
words_before as (
    select
        '' as word,
        cast(null as {{ text }}) as word_sign,
        cast(null as {{ text }}) as word_hedge,
        cast(null as {{ text }}) as side_before
    union all
    select
        word,
        case when kind = 'sign' then code end as word_sign,
        case when kind = 'hedge' then code end as word_hedge,
        case when kind = 'side_before' then code end as side_before
    from number_words
    where kind in ('sign', 'hedge', 'side_before')
    union all
    select
        signs.word || ' ' || hedges.word as word,
        case when signs.kind = 'sign' then signs.code end as word_sign,
        hedges.code as word_hedge,
        case when signs.kind = 'side_before' then signs.code end as side_before
    from number_words as signs
    cross join number_words as hedges
    where signs.kind in ('sign', 'side_before') and hedges.kind = 'hedge'
),

words_behind as (
    {%- for nothing in ['', '.'] %}
    select
        '{{ nothing }}' as word,
        cast(null as {{ text }}) as word_unit,
        cast(null as {{ text }}) as word_side,
        false as word_is_sign
    union all
    {%- endfor %}
    select
        word,
        case when kind = 'unit' then code end as word_unit,
        case when kind <> 'unit' then code end as word_side,
        kind = 'sign_behind' as word_is_sign
    from number_words
    where kind in ('unit', 'side', 'sign_behind')
    union all
    select
        units.word || ' ' || sides.word as word,
        units.code as word_unit,
        sides.code as word_side,
        sides.kind = 'sign_behind' as word_is_sign
    from number_words as units
    cross join number_words as sides
    where units.kind = 'unit' and sides.kind in ('side', 'sign_behind')
),

tidied as {{ computed_once() }} (
    select
        source.*,
        lower(
            translate(
                trim(both ' ' from {{ plain_spaces_and_dashes('source.' ~ text_column) }}), 'ÅÄÖ', 'åäö'
            )
        ) as tidy_text
    from {{ relation }} as source
),

-- A footnote's mark behind the number is none of it: 39*, 6,8 1), 2015[1].
unmarked as {{ computed_once() }} (
    select
        tidied.*,
        case
            when {{ regex_matches('tidy_text', '^[^()]* [1-9][)]$') }}
                then left(tidy_text, length(tidy_text) - 3)
            when {{ regex_matches('tidy_text', '^[^()]* [1-9][0-9][)]$') }}
                then left(tidy_text, length(tidy_text) - 4)
            when
                right(tidy_text, 1) = ']'
                and {{ regex_matches(
                    "right(translate(tidy_text, '[]', '()'), 3)", '^[(][1-9][)]$'
                ) }}
                then left(tidy_text, length(tidy_text) - 3)
            else trim(trailing '*¹²³⁴⁵⁶⁷⁸⁹' from tidy_text)
        end as unmarked_text
    from tidied
),

-- DuckDB trims many characters slowly, and most texts begin and end with a digit.
split_before as {{ computed_once() }} (
    select
        unmarked.*,
        case
            when {{ regex_matches('unmarked_text', '^[0-9+-]') }} then unmarked_text
            else trim(leading '{{ letters }} .:' from unmarked_text)
        end as text_from_number
    from unmarked
),

split_behind as {{ computed_once() }} (
    select
        split_before.*,
        case
            when {{ regex_matches('text_from_number', '[0-9]$') }} then text_from_number
            else trim(trailing '{{ letters }} .%-' from text_from_number)
        end as core_text
    from split_before
),

worded as {{ computed_once() }} (
    select
        split_behind.*,
        words_before.word is not null
        and words_behind.word is not null
        and (words_before.side_before is null or words_behind.word_side is null) as has_known_words,
        words_before.word_sign,
        words_before.word_hedge,
        words_behind.word_unit,
        coalesce(words_before.side_before, words_behind.word_side) as word_side,
        words_behind.word_is_sign
    from split_behind
    left join words_before
        on
            words_before.word
            = trim(
                both ' ' from left(
                    split_behind.unmarked_text,
                    length(split_behind.unmarked_text) - length(split_behind.text_from_number)
                )
            )
    left join words_behind
        on
            words_behind.word
            = trim(
                both ' ' from substr(
                    split_behind.text_from_number, length(split_behind.core_text) + 1
                )
            )
),

operator_split as (
    select
        worded.*,
        case
            when left(core_text, 2) in ('<=', '>=') then left(core_text, 2)
            when left(core_text, 1) in ('<', '>') then left(core_text, 1)
            when left(core_text, 1) = '{{ "\u2264" }}' then '<='
            when left(core_text, 1) = '{{ "\u2265" }}' then '>='
        end as number_operator,
        trim(
            both ' ' from case
                when left(core_text, 2) in ('<=', '>=') then substr(core_text, 3)
                when left(core_text, 1) in ('<', '>', '{{ "\u2264" }}', '{{ "\u2265" }}')
                    then substr(core_text, 2)
                else core_text
            end
        ) as text_after_operator
    from worded
),

-- Two numbers with a dash between them are an interval: a target may be one.
interval_split as {{ computed_once() }} (
    select
        operator_split.*,
        {{ may_be_interval }}
        and number_operator is null
        and {{ regex_matches('text_after_operator', '^[0-9][0-9 ,.]*-[ 0-9][0-9 ,.]*$') }}
            as is_interval
    from operator_split
),

sign_split as {{ computed_once() }} (
    select
        interval_split.*,
        trim(both ' ' from split_part(text_after_operator, '-', 2)) as upper_text,
        case
            when left(text_after_operator, 1) in ('-', '+') then left(text_after_operator, 1)
            when
                {{ is_minus_in_parentheses }}
                and left(text_after_operator, 1) = '('
                and right(text_after_operator, 1) = ')'
                then '-'
        end as printed_sign,
        case
            when is_interval then trim(both ' ' from split_part(text_after_operator, '-', 1))
            when left(text_after_operator, 2) in ('- ', '+ ') then substr(text_after_operator, 3)
            when left(text_after_operator, 1) in ('-', '+') then substr(text_after_operator, 2)
            when
                {{ is_minus_in_parentheses }}
                and left(text_after_operator, 1) = '('
                and right(text_after_operator, 1) = ')'
                then substr(text_after_operator, 2, length(text_after_operator) - 2)
            else text_after_operator
        end as digits_text
    from interval_split
),

judged as {{ computed_once() }} (
    select
        sign_split.*,
        case
            when
                has_known_words
                -- A sign is said once.
                and (
                    printed_sign is null
                    or (word_sign is null and not (word_is_sign and word_side is not null))
                )
                and {{ regex_matches('digits_text', digits) }}
                and (not is_interval or {{ regex_matches('upper_text', digits) }})
                and not {{ regex_matches('digits_text', '^[1-9][0-9]{0,2}[.][0-9]{3}$') }}
                then
                    case
                        when
                            (coalesce(printed_sign, word_sign, '+') = '-')
                            <> (coalesce(word_side, '+') = '-')
                            then '-'
                        else ''
                    end
                    || replace(replace(digits_text, ' ', ''), ',', '.')
        end as number_text
    from sign_split
),

measured as (
    select
        judged.*,
        cast(number_text as decimal(18, 6)) as number_value,
        cast(
            case
                when is_interval and number_text is not null
                    then replace(replace(upper_text, ' ', ''), ',', '.')
            end as decimal(18, 6)
        ) as number_value_to,
        case
            when position('.' in number_text) > 0
                then length(number_text) - position('.' in number_text)
            when number_text is not null then 0
        end as number_decimals,
        case when number_text is not null then word_unit end as number_unit_of_measure,
        case when number_text is not null then word_hedge end as number_hedge,
        number_text is not null
        and (printed_sign is not null or word_sign is not null or word_is_sign) as number_is_signed
    from judged
)

select
    measured.*,
    cast(
        case number_decimals
            {%- for decimals in range(7) %}
            when {{ decimals }} then {{ '1' if decimals == 0 else '0.' ~ '0' * (decimals - 1) ~ '1' }}
            {%- endfor %}
        end as decimal(18, 6)
    ) as number_rounding_step
from measured
{% endmacro %}

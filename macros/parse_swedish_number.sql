{% macro parse_swedish_number(relation, text_column) %}
with tidied as {{ computed_once() }} (
    select
        source.*,
        trim(both ' ' from {{ plain_spaces_and_dashes('source.' ~ text_column) }}) as tidy_text
    from {{ relation }} as source
),

unit_split as {{ computed_once() }} (
    select
        tidied.*,
        case
            when right(tidy_text, 1) = '%' then 'percent'
            when right(tidy_text, 4) = 'mnkr' then 'mnkr'
            when right(tidy_text, 3) = 'tkr' then 'tkr'
        end as number_unit_of_measure,
        trim(
            both ' ' from case
                when right(tidy_text, 1) = '%' then left(tidy_text, length(tidy_text) - 1)
                when right(tidy_text, 4) = 'mnkr' then left(tidy_text, length(tidy_text) - 4)
                when right(tidy_text, 3) = 'tkr' then left(tidy_text, length(tidy_text) - 3)
                else tidy_text
            end
        ) as text_before_unit
    from tidied
),

operator_split as (
    select
        unit_split.*,
        case
            when left(text_before_unit, 2) in ('<=', '>=') then left(text_before_unit, 2)
            when left(text_before_unit, 1) in ('<', '>') then left(text_before_unit, 1)
            when left(text_before_unit, 1) = '{{ "\u2264" }}' then '<='
            when left(text_before_unit, 1) = '{{ "\u2265" }}' then '>='
        end as number_operator,
        trim(
            both ' ' from case
                when left(text_before_unit, 2) in ('<=', '>=') then substr(text_before_unit, 3)
                when left(text_before_unit, 1) in ('<', '>', '{{ "\u2264" }}', '{{ "\u2265" }}')
                    then substr(text_before_unit, 2)
                else text_before_unit
            end
        ) as text_after_operator
    from unit_split
),

dot_trimmed as {{ computed_once() }} (
    select
        operator_split.*,
        case
            when right(text_after_operator, 1) = '.'
                then left(text_after_operator, length(text_after_operator) - 1)
            else text_after_operator
        end as digits_text
    from operator_split
),

judged as {{ computed_once() }} (
    select
        dot_trimmed.*,
        case
            when
                {{ regex_matches(
                    'digits_text',
                    '^[+-]?([1-9][0-9]{0,2}( [0-9]{3}){1,3}|0|[1-9][0-9]{0,11})([,.][0-9]{1,6})?$'
                ) }}
                and not {{ regex_matches('digits_text', '^[+-]?[1-9][0-9]{0,2}[.][0-9]{3}$') }}
                then replace(replace(replace(digits_text, ' ', ''), ',', '.'), '+', '')
        end as number_text
    from dot_trimmed
),

measured as (
    select
        judged.*,
        cast(number_text as decimal(18, 6)) as number_value,
        case
            when position('.' in number_text) > 0
                then length(number_text) - position('.' in number_text)
            when number_text is not null then 0
        end as number_decimals
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

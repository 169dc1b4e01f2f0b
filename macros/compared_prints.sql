{% macro compared_prints(relation, rule, is_claim) %}
{%- set is_within = 'right_value <> left_value and abs(right_value - left_value) <= tolerance' %}
with claims as (
    select * from {{ ref('stg_report__pastaenden') }}
    where stated = 'other_measure'
),

symbols as (
    select * from {{ ref('reference_codes') }}
    where list = 'unit_symbol'
),

figures as {{ not_materialized() }} (
    select
        prints.*,
        symbols.word_sv as unit_symbol
    from {{ relation }} as prints
    left join symbols
        on case when not prints.is_claim then prints.unit_of_measure end = symbols.code
),

pairs as (
    select
        chosen.report_id,
        chosen.concept_name_sv,
        chosen.figure_id as left_figure_id,
        other.figure_id as right_figure_id,
        chosen.value as left_value,
        cast(other.base_value / chosen.base_factor as decimal(18, 6)) as right_value,
        -- "Drygt 30" is 30 or more: on the side that the word says, it stands for a whole step.
        cast(
            (
                chosen.base_rounding_step / 2
                + case
                    when
                        (other.hedge = 'above' and abs(other.base_value) > abs(chosen.base_value))
                        or (other.hedge = 'below' and abs(other.base_value) < abs(chosen.base_value))
                        then
                            cast(
                                {{ printed_step('other.decimals', 'other.rounding_step') }}
                                as decimal(38, 6)
                            )
                            * abs(other.base_factor) / 2
                    when other.hedge in ('above', 'below') then other.base_rounding_step
                    else other.base_rounding_step / 2
                end
            ) / abs(chosen.base_factor) as decimal(18, 6)
        ) as tolerance,
        -- A value and a mark that says there is none cannot both be true. Two marks may, and a blank
        -- cell says nothing.
        case
            when chosen.missing_code = other.missing_code then 'same_marks'
            when chosen.missing_code is not null and other.missing_code is not null
                then 'different_marks'
            when 'blank' in (chosen.missing_code, other.missing_code) then 'one_blank'
            when chosen.missing_code is not null or other.missing_code is not null
                then 'one_missing'
        end as case_without_value,
        claims.figure_id is not null as is_other_measure,
        -- One number rounded twice alike is printed twice alike.
        chosen.base_rounding_step = other.base_rounding_step
        and chosen.hedge is null
        and other.hedge is null as is_rounded_alike,
        {%- for side, print in [('left', 'chosen'), ('right', 'other')] %}
        {{ print }}.missing_code as {{ side }}_missing_code,
        -- A statement has its unit in its words; of two tables the unit is said where they differ.
        coalesce({{ shown_number(print ~ '.read_text', print ~ '.value') }}, '–')
        || case
            when chosen.base_factor <> other.base_factor
                then coalesce(' ' || {{ print }}.unit_symbol, '')
            else ''
        end as {{ side }}_text,
        {{ line_range(print ~ '.source_line_first', print ~ '.source_line_last') }}
            as {{ side }}_lines{{ ',' if not loop.last }}
        {%- endfor %}
    from figures as chosen
    inner join figures as other
        on
            chosen.report_id = other.report_id
            and chosen.concept_key = other.concept_key
    left join claims
        on other.figure_id = claims.figure_id
    where
        chosen.concept_rank = 1
        and other.concept_rank > 1
        and {{ 'other.is_claim' if is_claim else 'not other.is_claim' }}
        {%- if is_claim %}
        -- "Minskade med 22" is -22 in a column of changes; prose_change holds it to the two years.
        and not (chosen.scenario = 'change' and not chosen.is_claim)
        -- Nor are a cost that rose and a result that fell two changes.
        and not (
            chosen.scenario = 'change'
            and coalesce(sign(other.base_value) <> sign(chosen.base_value), false)
        )
        {%- endif %}
),

final as (
    {{ check_row(
        'pairs',
        rule,
        key='right_figure_id',
        subject='concept_name_sv',
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        left_value='left_value',
        right_value='right_value',
        tolerance='tolerance',
        verdict='case
            when is_other_measure and abs(right_value - left_value) > tolerance
                then \'questionable\'
            when case_without_value = \'same_marks\' then \'agrees\'
            when case_without_value = \'one_missing\' then \'contradicts\'
            when case_without_value is not null then \'questionable\'
            when is_rounded_alike and ' ~ is_within ~ ' then \'questionable\'
            else ' ~ verdict_of('right_value - left_value', 'tolerance') ~ '
        end',
        explanation_case="case
            when case_without_value is not null then nullif(case_without_value, 'same_marks')
            when not is_other_measure and is_rounded_alike and " ~ is_within ~ " then 'last_digit'
        end",
        texts={
            'left_text': 'left_text',
            'left_lines': 'left_lines',
            'right_text': 'right_text',
            'right_lines': 'right_lines',
        },
        numbers={'difference': 'right_value - left_value', 'tolerance': 'tolerance'},
        words={
            'left_word': ('missing_code', 'left_missing_code'),
            'right_word': ('missing_code', 'right_missing_code'),
        }
    ) }}
)

select * from final
{% endmacro %}

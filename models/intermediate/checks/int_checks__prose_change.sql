-- A deviation is one from the budget or the forecast, where no table prints it.
-- A stated change ("ökade med 12 procent", "2,2 procentenheter", "15 mnkr") against the two values
-- that it lies between; and one in words ("halverades", "högsta på fem år") against the values.
with concepts as {{ not_materialized() }} (
    select *
    from {{ ref('int_concepts__chosen') }}
    where scenario = 'outcome' and value is not null and measured_of is null
),

printed_deviations as (
    select
        report_id,
        concept_key
    from {{ ref('int_concepts__chosen') }}
    where scenario in ('deviation', 'forecast_deviation') and not is_claim
),

claims as (
    select compared.*
    from {{ ref('int_claims__compared') }} as compared
    left join printed_deviations
        on
            compared.report_id = printed_deviations.report_id
            and compared.concept_key = printed_deviations.concept_key
    where
        compared.outcome_value is not null
        and printed_deviations.report_id is null
        and (
            compared.stated in ('highest', 'lowest')
            or (
                compared.base_value is not null
                and (compared.kind = 'value' or compared.stated in ('halved', 'doubled'))
            )
        )
),

histories as (
    select
        claims.figure_id,
        max(concepts.base_value / claims.base_factor) as highest,
        min(concepts.base_value / claims.base_factor) as lowest
    from claims
    inner join concepts
        on
            claims.report_id = concepts.report_id
            and claims.measure_code = concepts.measure_code
            and claims.unit_code = concepts.unit_code
            and claims.gender = concepts.gender
            and concepts.age_group = 'all'
            and coalesce(claims.project_code, '') = coalesce(concepts.project_code, '')
            and claims.fiscal_year >= concepts.fiscal_year
    group by claims.figure_id
),

measured as (
    select
        claims.*,
        histories.highest,
        histories.lowest,
        case
            when claims.speech_sign = 1 then claims.outcome_value - histories.highest
            else histories.lowest - claims.outcome_value
        end as below_the_highest,
        case
            when claims.speech_sign = 1 then claims.outcome_value - histories.lowest
            else histories.highest - claims.outcome_value
        end as above_the_lowest,
        -- "12 mnkr lägre" says by itself that it went down, with or without a sign.
        case
            when
                claims.value > 0
                and (
                    claims.stated = 'down'
                    or (claims.scenario = 'change' and claims.is_said_to_fall)
                )
                then -1
            else 1
        end as direction,
        (claims.outcome_value - claims.base_value) * claims.speech_sign * claims.deviation_sign
            as points,
        cast(
            100 * (claims.outcome_value - claims.base_value) * claims.speech_sign
            / nullif(abs(claims.base_value), 0)
            as decimal(18, 6)
        ) as per_cent,
        -- What the rounding of both values does to their quotient; one division, since Spark rounds
        -- every quotient to six decimals.
        cast(
            50 * (
                claims.outcome_step * cast(abs(claims.base_value) as decimal(38, 6))
                + claims.base_step * cast(abs(claims.outcome_value) as decimal(38, 6))
            ) / nullif(cast(claims.base_value as decimal(38, 6)) * claims.base_value, 0)
            as decimal(18, 6)
        ) as per_cent_slack,
        cast(claims.base_rounding_step / abs(claims.base_factor) as decimal(18, 6)) as stated_step,
        cast(
            claims.base_value_stated * claims.table_sign / claims.base_factor * claims.speech_sign
            as decimal(18, 6)
        ) as stated_points
    from claims
    inner join histories
        on claims.figure_id = histories.figure_id
),

sided as (
    select
        measured.*,
        unit_of_measure = 'percent' as is_per_cent,
        kind <> 'value' as is_in_words,
        direction * case when unit_of_measure = 'percent' then value else stated_points end
            as stated_value,
        case
            when unit_of_measure = 'percent' then per_cent_slack + base_rounding_step / 2
            -- What is said in millions is often the difference of what they round to.
            else greatest(tolerance + stated_step / 2, stated_step)
        end as slack
    from measured
),

judged as (
    select
        sided.*,
        case when is_per_cent then per_cent else points end as computed_value,
        case
            when is_in_words
                then case
                    when stated = 'highest' and below_the_highest < 0 then 'contradicts'
                    when stated = 'lowest' and above_the_lowest > 0 then 'contradicts'
                    when stated in ('highest', 'lowest') then 'agrees'
                    when stated = 'halved' and points >= 0 then 'contradicts'
                    when stated = 'doubled' and points <= 0 then 'contradicts'
                    when stated = 'halved' and per_cent between -60 and -40 then 'agrees'
                    when stated = 'doubled' and per_cent between 80 and 120 then 'agrees'
                    when says_more and stated = 'halved' and per_cent <= -50 then 'agrees'
                    when says_more and stated = 'doubled' and per_cent >= 100 then 'agrees'
                    else 'questionable'
                end
            when is_per_cent and stated_value = per_cent then 'agrees'
            when is_per_cent and abs(stated_value - per_cent) <= slack
                then 'agrees_within_rounding'
            -- Per cent is often written where percentage points are meant.
            when
                is_per_cent
                and outcome_unit_of_measure = 'percent'
                and abs(stated_value - points) <= tolerance
                then 'questionable'
            when is_per_cent then 'contradicts'
            when stated_value = points then 'agrees'
            when abs(stated_value - points) <= slack then 'agrees_within_rounding'
            else 'contradicts'
        end as verdict
    from sided
),

final as (
    {{ check_row(
        'judged',
        'prose_change',
        key='figure_id',
        subject='row_label',
        left_figure_id='outcome_figure_id',
        right_figure_id='figure_id',
        left_value='case when is_in_words then outcome_value else computed_value end',
        right_value='case when not is_in_words then stated_value end',
        tolerance='slack',
        verdict='verdict',
        explanation_case="case
            when stated in ('highest', 'lowest') then 'extreme'
            when stated in ('halved', 'doubled') then 'in_words'
            when verdict = 'questionable' then 'percent_for_points'
            when is_per_cent then 'per_cent'
            else 'amount'
        end",
        texts={
            'right_text': 'printed_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'outcome': 'outcome_text',
            'outcome_lines': line_range('outcome_line_first', 'outcome_line_last'),
            'base': 'base_text',
            'base_lines': line_range('base_line_first', 'base_line_last'),
        },
        numbers={
            'points': 'points',
            'per_cent': 'round(per_cent, 1)',
            'lowest': 'lowest',
            'highest': 'highest',
        }
    ) }}
)

select * from final

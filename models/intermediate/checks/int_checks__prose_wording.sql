with claims as (
    select *
    from {{ ref('int_claims__compared') }}
    where kind = 'wording'
),

measured as (
    select
        claims.*,
        claims.outcome_value - claims.base_value as points,
        cast(
            100 * (claims.outcome_value - claims.base_value) / nullif(abs(claims.base_value), 0)
            as decimal(18, 6)
        ) as per_cent
    from claims
),

-- Words are to be asked about where the figures say something else: "something higher" or "near the
-- target" for a quarter or more, a notable change that is no larger than rounding, "high" below the
-- target, a deficit with a minus sign, a cost that is a surplus, a difference between women and men
-- that is none.
judged as (
    select
        measured.*,
        case
            when outcome_value is null then 'unverifiable'
            when stated = 'minus_on_deficit'
                then case when outcome_value < 0 then 'questionable' else 'agrees' end
            when stated = 'cost_for_surplus'
                then case when outcome_value > 0 then 'questionable' else 'agrees' end
            when base_value is null then 'unverifiable'
            when stated = 'slightly'
                then case when abs(per_cent) >= 25 then 'questionable' else 'agrees' end
            when stated in ('notable', 'differs_by_gender')
                then case when abs(points) <= tolerance then 'questionable' else 'agrees' end
            when stated = 'high'
                then case when points < -tolerance then 'questionable' else 'agrees' end
        end as verdict
    from measured
),

final as (
    {{ check_row(
        'judged',
        'prose_wording',
        key='figure_id',
        subject='row_label',
        left_figure_id='base_figure_id',
        right_figure_id='figure_id',
        left_value='base_value',
        right_value='outcome_value',
        tolerance='tolerance',
        verdict='verdict',
        explanation_case="case when verdict <> 'unverifiable' then stated end",
        texts={
            'right_text': 'printed_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'outcome': 'outcome_text',
            'base': 'base_text',
        },
        numbers={
            'right_value': 'outcome_value',
            'per_cent': 'round(per_cent, 1)',
        }
    ) }}
)

select * from final

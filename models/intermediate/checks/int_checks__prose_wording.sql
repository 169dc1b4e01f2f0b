with claims as (
    select *
    from {{ ref('int_claims__compared') }}
    where kind = 'wording'
),

concepts as {{ not_materialized() }} (
    select * from {{ ref('int_concepts__chosen') }}
),

measured as (
    select
        claims.*,
        stated_change.figure_id as stated_change_figure_id,
        stated_change.value as stated_change,
        claims.outcome_value - claims.base_value as points,
        cast(
            100 * (claims.outcome_value - claims.base_value) / nullif(abs(claims.base_value), 0)
            as decimal(18, 6)
        ) as per_cent
    from claims
    left join concepts as stated_change
        on
            claims.report_id = stated_change.report_id
            and claims.measure_code = stated_change.measure_code
            and claims.unit_code = stated_change.unit_code
            and claims.fiscal_year = stated_change.fiscal_year
            and claims.gender = stated_change.gender
            and stated_change.scenario = 'change'
),

-- A wording is doubtful where the figures say something else than its words do: "something higher"
-- for a quarter or more, per cent for what is percentage points, a notable change that is no larger
-- than rounding, a deficit with a minus sign, a cost that is a surplus.
judged as (
    select
        measured.*,
        case
            when outcome_value is null then 'unverifiable'
            when stated = 'minus_on_deficit'
                then case when outcome_value < 0 then 'contradicts' else 'agrees' end
            when stated = 'cost_for_surplus'
                then case when outcome_value > 0 then 'contradicts' else 'agrees' end
            when base_value is null then 'unverifiable'
            when stated = 'slightly'
                then case when abs(per_cent) >= 25 then 'contradicts' else 'agrees' end
            when stated = 'notable'
                then case when abs(points) <= tolerance then 'contradicts' else 'agrees' end
            when stated_change is null then 'unverifiable'
            when
                abs(stated_change - points) <= tolerance
                and abs(stated_change - per_cent) > tolerance
                then 'contradicts'
            else 'agrees'
        end as verdict
    from measured
),

final as (
    {{ check_row(
        'judged',
        'prose_wording',
        key='figure_id',
        subject='row_label',
        left_figure_id='stated_change_figure_id',
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
            'difference': 'points',
            'per_cent': 'round(per_cent, 1)',
            'per_cent_whole': 'round(per_cent, 0)',
        }
    ) }}
)

select * from final

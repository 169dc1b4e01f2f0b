with trios as {{ not_materialized() }} (
    select * from {{ ref('int_figures__by_gender') }}
),

-- A count that is more than that of women and that of men is of both together; so is whatever is
-- no per cent and their sum.
sums as {{ not_materialized() }} (
    select
        trios.*,
        women_value + men_value as sum_value,
        coalesce(
            value > greatest(women_value, men_value)
            and (
                unit_of_measure = 'count'
                or (
                    coalesce(unit_of_measure, '') <> 'percent'
                    and abs(value - women_value - men_value)
                    <= {{ tolerance(['rounding_step', 'women_step', 'men_step']) }}
                )
            ),
            false
        ) as is_sum
    from trios
),

bounds as {{ not_materialized() }} (
    select
        sums.*,
        least(women_value - women_step * 0.5, men_value - men_step * 0.5) as low,
        greatest(women_value + women_step * 0.5, men_value + men_step * 0.5) as high,
        (women_step + men_step) * 0.5 as sum_reach,
        case
            when is_sum then value - sum_value
            when value > greatest(women_value, men_value)
                then value - greatest(women_value, men_value)
            when value < least(women_value, men_value) then value - least(women_value, men_value)
            else 0
        end as difference,
        case
            when is_sum then {{ tolerance(['rounding_step', 'women_step', 'men_step']) }}
            else {{ tolerance(['rounding_step', 'greatest(women_step, men_step)']) }}
        end as tolerance
    from sums
),

-- The share of women that the three figures imply: (total - men) / (women - men), least and most of
-- it when each figure may lie anywhere within its rounding. Where women and men may be equal, it
-- says nothing. In per cent from the start, since Spark keeps six decimals of a quotient. The
-- halves are multiplied, since DuckDB divides into floats: corners that meet are to be equal.
halves as (
    select -0.5 as half
    union all
    select 0.5 as half
),

corners as (
    select
        bounds.figure_id,
        bounds.report_id,
        bounds.staff_group,
        bounds.fiscal_year,
        bounds.finest_value + total.half * bounds.finest_step as total_value,
        bounds.women_value + women.half * bounds.women_step as women_value,
        bounds.men_value + men.half * bounds.men_step as men_value,
        case when bounds.women_value > bounds.men_value then 1 else -1 end as direction
    from bounds
    cross join halves as total
    cross join halves as women
    cross join halves as men
    where
        bounds.staff_group is not null
        and abs(bounds.women_value - bounds.men_value) >= (bounds.women_step + bounds.men_step) / 2
        and abs(bounds.difference) <= bounds.tolerance
),

implied as (
    select
        figure_id,
        report_id,
        staff_group,
        fiscal_year,
        least(
            greatest(
                case
                    when women_value <> men_value
                        then 100 * (total_value - men_value) / (women_value - men_value)
                    when total_value = men_value then 50
                    when (total_value - men_value) * direction > 0 then 100
                    else 0
                end,
                0
            ),
            100
        ) as share_of_women
    from corners
),

shares as (
    select
        figure_id,
        report_id,
        staff_group,
        fiscal_year,
        cast(min(share_of_women) as decimal(18, 6)) as share_low,
        cast(max(share_of_women) as decimal(18, 6)) as share_high
    from implied
    group by figure_id, report_id, staff_group, fiscal_year
),

-- The other figures of the same staff: those before this one and those after it.
others as (
    select
        figure_id,
        share_low,
        share_high,
        greatest(max(share_low) over before_it, max(share_low) over after_it) as others_low,
        least(min(share_high) over before_it, min(share_high) over after_it) as others_high
    from shares
    window
        before_it as (
            partition by report_id, staff_group, fiscal_year
            order by figure_id
            rows between unbounded preceding and 1 preceding
        ),
        after_it as (
            partition by report_id, staff_group, fiscal_year
            order by figure_id
            rows between 1 following and unbounded following
        )
),

share_checks as (
    select
        trios.*,
        others.share_low,
        others.share_high,
        others.others_low,
        others.others_high,
        case
            when others.share_low > others.others_high then others.share_low - others.others_high
            when others.share_high < others.others_low then others.share_high - others.others_low
            else 0
        end as difference
    from trios
    inner join others
        on trios.figure_id = others.figure_id
    where others.others_low <= others.others_high
),

of_means as (
    {{ check_row(
        'bounds',
        'gender_mix',
        key='figure_id',
        subject='concept_name_sv',
        aspect='between_genders',
        right_figure_id='figure_id',
        left_value='case
            when is_sum then sum_value
            when difference > 0 then greatest(women_value, men_value)
            when difference < 0 then least(women_value, men_value)
            else value
        end',
        right_value='value',
        difference='difference',
        tolerance='tolerance',
        left_low='case when is_sum then sum_value - sum_reach else low end',
        left_high='case when is_sum then sum_value + sum_reach else high end',
        explanation_case="case when is_sum then 'sum_' || " ~ verdict_of('difference', 'tolerance') ~ ' end',
        texts={
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'women': 'women_text',
            'men': 'men_text',
        },
        numbers={'sum': 'sum_value'}
    ) }}
),

of_shares as (
    {{ check_row(
        'share_checks',
        'gender_mix',
        key="figure_id || ':share'",
        subject='concept_name_sv',
        aspect='implied_share',
        right_figure_id='figure_id',
        left_value='case when difference > 0 then others_high else others_low end',
        right_value='case when difference > 0 then share_low else share_high end',
        difference='difference',
        tolerance='0',
        left_low='others_low',
        left_high='others_high',
        verdict="case when difference = 0 then 'agrees' else 'questionable' end",
        evidence_figure_id='finest_figure_id',
        explanation_case="'share'",
        texts={'women': 'women_text', 'men': 'men_text'},
        numbers={
            'total': 'finest_value',
            'share_low': 'round(share_low, 0)',
            'share_high': 'round(share_high, 0)',
            'others_low': 'round(others_low, 0)',
            'others_high': 'round(others_high, 0)',
        }
    ) }}
),

final as (
    select * from of_means
    union all
    select * from of_shares
)

select * from final

{{ config(materialized='table') }}

with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where scenario = 'outcome' and value is not null
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

chosen as (
    select * from figures
    where concept_rank = 1
),

-- The total is also taken from its finest print that agrees with the chosen one.
finest_totals as (
    select
        chosen.figure_id,
        finer.figure_id as finest_figure_id,
        finer.value,
        finer.rounding_step,
        row_number() over (
            partition by chosen.figure_id
            order by finer.rounding_step, finer.concept_rank
        ) as choice
    from chosen
    inner join figures as finer
        on
            chosen.report_id = finer.report_id
            and chosen.concept_key = finer.concept_key
            and abs(chosen.value - finer.value) <= (chosen.rounding_step + finer.rounding_step) / 2
    where chosen.gender = 'total'
),

trios as (
    select
        total.figure_id,
        total.report_id,
        total.fiscal_year,
        total.concept_name_sv,
        total.read_text,
        total.source_line_first,
        total.source_line_last,
        total.value,
        total.rounding_step,
        indicators.staff_group,
        finest_totals.finest_figure_id,
        finest_totals.value as finest_value,
        finest_totals.rounding_step as finest_step,
        women.read_text as women_text,
        women.value as women_value,
        women.rounding_step as women_step,
        men.read_text as men_text,
        men.value as men_value,
        men.rounding_step as men_step
    from chosen as total
    inner join chosen as women
        on
            total.report_id = women.report_id
            and total.measure_code = women.measure_code
            and total.unit_code = women.unit_code
            and total.fiscal_year = women.fiscal_year
            and women.gender = 'women'
    inner join chosen as men
        on
            total.report_id = men.report_id
            and total.measure_code = men.measure_code
            and total.unit_code = men.unit_code
            and total.fiscal_year = men.fiscal_year
            and men.gender = 'men'
    inner join finest_totals
        on
            total.figure_id = finest_totals.figure_id
            and finest_totals.choice = 1
    left join indicators
        on total.measure_code = indicators.indicator_code
    where total.gender = 'total'
),

bounds as (
    select
        trios.*,
        least(women_value - women_step * 0.5, men_value - men_step * 0.5) as low,
        greatest(women_value + women_step * 0.5, men_value + men_step * 0.5) as high,
        case
            when value > greatest(women_value, men_value)
                then value - greatest(women_value, men_value)
            when value < least(women_value, men_value) then value - least(women_value, men_value)
            else 0
        end as difference,
        (rounding_step + greatest(women_step, men_step)) / 2 as tolerance
    from trios
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
        trios.figure_id,
        trios.finest_value + total.half * trios.finest_step as total_value,
        trios.women_value + women.half * trios.women_step as women_value,
        trios.men_value + men.half * trios.men_step as men_value,
        case when trios.women_value > trios.men_value then 1 else -1 end as direction
    from trios
    cross join halves as total
    cross join halves as women
    cross join halves as men
    where
        trios.staff_group is not null
        and abs(trios.women_value - trios.men_value) >= (trios.women_step + trios.men_step) / 2
),

implied as (
    select
        figure_id,
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
        trios.figure_id,
        trios.report_id,
        trios.staff_group,
        trios.fiscal_year,
        cast(min(implied.share_of_women) as decimal(18, 6)) as share_low,
        cast(max(implied.share_of_women) as decimal(18, 6)) as share_high
    from trios
    inner join implied
        on trios.figure_id = implied.figure_id
    inner join bounds
        on
            trios.figure_id = bounds.figure_id
            and abs(bounds.difference) <= bounds.tolerance
    group by trios.figure_id, trios.report_id, trios.staff_group, trios.fiscal_year
),

others as (
    select
        shares.figure_id,
        max(other.share_low) as others_low,
        min(other.share_high) as others_high
    from shares
    inner join shares as other
        on
            shares.report_id = other.report_id
            and shares.staff_group = other.staff_group
            and shares.fiscal_year = other.fiscal_year
            and shares.figure_id <> other.figure_id
    group by shares.figure_id
),

share_checks as (
    select
        trios.*,
        shares.share_low,
        shares.share_high,
        others.others_low,
        others.others_high,
        case
            when shares.share_low > others.others_high then shares.share_low - others.others_high
            when shares.share_high < others.others_low then shares.share_high - others.others_low
            else 0
        end as difference
    from trios
    inner join shares
        on trios.figure_id = shares.figure_id
    inner join others
        on trios.figure_id = others.figure_id
    where others.others_low <= others.others_high
),

final as (
    select
        'gender_mix:' || figure_id as check_id,
        report_id,
        'gender_mix' as rule,
        concept_name_sv || ', mellan kvinnor och män' as subject,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        figure_id as right_figure_id,
        case
            when difference > 0 then greatest(women_value, men_value)
            when difference < 0 then least(women_value, men_value)
            else value
        end as left_value,
        value as right_value,
        difference,
        tolerance,
        {{ verdict('difference', 'tolerance') }} as verdict,
        low as left_low,
        high as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        'Totalen ' || read_text || ' ('
        || {{ source_lines('source_line_first', 'source_line_last') }} || ')'
        || case {{ verdict('difference', 'tolerance') }}
            when 'agrees' then ' ligger mellan kvinnor '
            when 'agrees_within_rounding' then ' ligger inom avrundningen mellan kvinnor '
            else ' kan inte vara ett medelvärde av kvinnor '
        end
        || women_text || ' och män ' || men_text
        || '.' as explanation_sv
    from bounds
    union all
    select
        'gender_mix:' || figure_id || ':share' as check_id,
        report_id,
        'gender_mix' as rule,
        concept_name_sv || ', andel kvinnor som talen förutsätter' as subject,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        figure_id as right_figure_id,
        case when difference > 0 then others_high else others_low end as left_value,
        case when difference > 0 then share_low else share_high end as right_value,
        difference,
        cast(0 as decimal(18, 6)) as tolerance,
        case when difference = 0 then 'agrees' else 'contradicts' end as verdict,
        others_low as left_low,
        others_high as left_high,
        finest_figure_id as evidence_figure_id,
        'Totalen ' || {{ swedish_number('finest_value') }} || ' med kvinnor '
        || women_text || ' och män ' || men_text
        || ' förutsätter att ' || {{ swedish_number('round(share_low, 0)') }} || ' till '
        || {{ swedish_number('round(share_high, 0)') }}
        || ' procent är kvinnor; övriga nyckeltal för samma personal säger '
        || {{ swedish_number('round(others_low, 0)') }} || ' till '
        || {{ swedish_number('round(others_high, 0)') }} || ' procent.' as explanation_sv
    from share_checks
)

select * from final

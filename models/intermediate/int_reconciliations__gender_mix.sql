{{ config(materialized='table') }}

with trios as {{ not_materialized() }} (
    select * from {{ ref('int_figures__by_gender') }}
),

bounds as {{ not_materialized() }} (
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

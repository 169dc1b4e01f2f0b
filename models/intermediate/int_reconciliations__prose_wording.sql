{{ config(materialized='table') }}

with claims as (
    select *
    from {{ ref('stg_report__pastaenden') }}
    where kind = 'wording' and stated is not null
),

figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where concept_rank = 1
),

-- What each wording compares with: the year's target, or last year's outcome.
located as (
    select
        claims.*,
        outcome.figure_id as outcome_figure_id,
        outcome.value as outcome_value,
        outcome.read_text as outcome_text,
        outcome.rounding_step as outcome_step,
        case claims.scenario
            when 'target' then 'target'
            when 'outcome' then 'outcome'
            when 'change' then 'outcome'
        end as base_scenario,
        case claims.scenario when 'target' then outcome.fiscal_year else outcome.fiscal_year - 1 end
            as base_fiscal_year
    from claims
    left join figures as outcome
        on
            claims.report_id = outcome.report_id
            and claims.measure_code = outcome.measure_code
            and claims.unit_code = outcome.unit_code
            and claims.fiscal_year = outcome.fiscal_year
            and claims.gender = outcome.gender
            and outcome.scenario = 'outcome'
),

compared as (
    select
        located.figure_id,
        located.report_id,
        located.row_label,
        located.printed_text,
        located.stated,
        located.source_line_first,
        located.source_line_last,
        located.outcome_value,
        located.outcome_text,
        located.outcome_step,
        base.value as base_value,
        base.read_text as base_text,
        base.rounding_step as base_step,
        stated_change.figure_id as stated_change_figure_id,
        stated_change.value as stated_change
    from located
    left join figures as base
        on
            located.report_id = base.report_id
            and located.measure_code = base.measure_code
            and located.unit_code = base.unit_code
            and located.gender = base.gender
            and located.base_scenario = base.scenario
            and located.base_fiscal_year = base.fiscal_year
    left join figures as stated_change
        on
            located.report_id = stated_change.report_id
            and located.measure_code = stated_change.measure_code
            and located.unit_code = stated_change.unit_code
            and located.fiscal_year = stated_change.fiscal_year
            and located.gender = stated_change.gender
            and stated_change.scenario = 'change'
),

measured as (
    select
        compared.*,
        outcome_value - base_value as points,
        cast(100 * (outcome_value - base_value) / nullif(abs(base_value), 0) as decimal(18, 6))
            as per_cent,
        (outcome_step + base_step) / 2 as tolerance
    from compared
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

-- Statements on one topic that no table has: each against the first of them. One marked doubtful is
-- hard to square with another without denying it, which words alone cannot settle.
topics as (
    select
        statements.*,
        row_number() over (
            partition by report_id, topic
            order by source_line_first, row_no
        ) as place_in_topic
    from {{ ref('stg_report__pastaenden') }} as statements
    where topic is not null and stated is not null
),

topics_compared as (
    select
        later.figure_id,
        later.report_id,
        later.row_label,
        later.read_text,
        later.source_line_first,
        later.source_line_last,
        earlier.figure_id as earlier_figure_id,
        earlier.read_text as earlier_text,
        earlier.source_line_first as earlier_line_first,
        earlier.source_line_last as earlier_line_last,
        case
            when 'doubtful' in (later.stated, earlier.stated) then 'unverifiable'
            when later.stated = earlier.stated then 'agrees'
            else 'contradicts'
        end as verdict
    from topics as later
    inner join topics as earlier
        on
            later.report_id = earlier.report_id
            and later.topic = earlier.topic
            and earlier.place_in_topic = 1
            and later.place_in_topic > 1
),

final as (
    select
        'prose_wording:' || figure_id || ':topic' as check_id,
        report_id,
        'prose_wording' as rule,
        row_label as subject,
        earlier_figure_id as left_figure_id,
        figure_id as right_figure_id,
        cast(null as decimal(18, 6)) as left_value,
        cast(null as decimal(18, 6)) as right_value,
        cast(null as decimal(18, 6)) as difference,
        cast(null as decimal(18, 6)) as tolerance,
        verdict,
        cast(null as decimal(18, 6)) as left_low,
        cast(null as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        '”' || earlier_text || '” ('
        || {{ source_lines('earlier_line_first', 'earlier_line_last') }} || ') och ”'
        || read_text || '” ('
        || {{ source_lines('source_line_first', 'source_line_last') }} || ') '
        || case verdict
            when 'agrees' then 'säger samma sak.'
            when 'contradicts' then 'säger olika saker.'
            else 'är svåra att förena, men det ena utesluter inte det andra.'
        end as explanation_sv
    from topics_compared
    union all
    select
        'prose_wording:' || figure_id as check_id,
        report_id,
        'prose_wording' as rule,
        row_label as subject,
        stated_change_figure_id as left_figure_id,
        figure_id as right_figure_id,
        base_value as left_value,
        outcome_value as right_value,
        points as difference,
        tolerance,
        verdict,
        cast(null as decimal(18, 6)) as left_low,
        cast(null as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        'Texten säger ”' || printed_text || '” ('
        || {{ source_lines('source_line_first', 'source_line_last') }} || '). '
        || case
            when verdict = 'unverifiable' then 'Det finns inga tal att jämföra med.'
            when stated = 'minus_on_deficit'
                then
                    'Utfallet är ' || {{ swedish_number('outcome_value') }}
                    || ' tkr: ett underskott skrivs utan minustecken.'
            when stated = 'cost_for_surplus'
                then
                    'Talet är ' || {{ swedish_number('outcome_value') }}
                    || ' tkr i överskott, inte en kostnad.'
            when stated = 'percent_for_points'
                then
                    'Från ' || base_text || ' till '
                    || outcome_text || ' är '
                    || {{ swedish_number('points') }} || ' procentenheter, eller '
                    || {{ swedish_number('round(per_cent, 0)') }} || ' procent.'
            else
                'Från ' || base_text || ' till '
                || outcome_text || ' är en skillnad på '
                || {{ swedish_number('round(per_cent, 1)') }} || ' procent.'
        end as explanation_sv
    from judged
)

select * from final

{{ config(materialized='table') }}

with claims as (
    select *
    from {{ ref('stg_report__pastaenden') }}
    where kind in ('target_direction', 'year_direction')
),

concepts as {{ not_materialized() }} (
    select * from {{ ref('int_concepts__chosen') }}
),

indicators as (
    select * from {{ ref('int_indicators__compared') }}
),

-- What each statement compares with: last year's outcome, or the year's target or budget.
located as (
    select
        claims.figure_id,
        claims.report_id,
        claims.kind,
        claims.scenario,
        claims.row_label,
        claims.printed_text,
        claims.stated,
        claims.source_line_first,
        claims.source_line_last,
        case claims.kind when 'year_direction' then 'outcome' else claims.scenario end
            as base_scenario,
        case claims.kind
            when 'year_direction' then outcome.fiscal_year - 1 else outcome.fiscal_year
        end as base_fiscal_year,
        outcome.measure_code,
        outcome.unit_code,
        outcome.gender,
        coalesce(outcome.asset_class, '') as asset_class,
        coalesce(outcome.project_status, '') as project_status,
        outcome.figure_id as outcome_figure_id,
        outcome.value as outcome_value,
        outcome.read_text as outcome_text,
        outcome.rounding_step as outcome_step,
        outcome.source_line_first as outcome_line_first,
        outcome.source_line_last as outcome_line_last
    from claims
    left join concepts as outcome
        on
            claims.report_id = outcome.report_id
            and claims.measure_code = outcome.measure_code
            and claims.unit_code = outcome.unit_code
            and claims.fiscal_year = outcome.fiscal_year
            and claims.gender = outcome.gender
            and coalesce(claims.asset_class, '') = coalesce(outcome.asset_class, '')
            and coalesce(claims.project_status, '') = coalesce(outcome.project_status, '')
            and outcome.scenario = 'outcome'
),

compared as (
    select
        located.figure_id,
        located.report_id,
        located.kind,
        located.scenario,
        located.row_label,
        located.printed_text,
        located.stated,
        located.source_line_first,
        located.source_line_last,
        located.outcome_figure_id,
        located.outcome_value,
        base.value as base_value,
        located.outcome_text,
        base.read_text as base_text,
        base.source_line_first as base_line_first,
        base.source_line_last as base_line_last,
        located.outcome_line_first,
        located.outcome_line_last,
        (located.outcome_step + base.rounding_step) / 2 as tolerance,
        indicators.target_status
    from located
    left join concepts as base
        on
            located.report_id = base.report_id
            and located.measure_code = base.measure_code
            and located.unit_code = base.unit_code
            and located.gender = base.gender
            and located.asset_class = coalesce(base.asset_class, '')
            and located.project_status = coalesce(base.project_status, '')
            and located.base_scenario = base.scenario
            and located.base_fiscal_year = base.fiscal_year
    left join indicators
        on located.outcome_figure_id = indicators.figure_id
),

judged as (
    select
        compared.*,
        outcome_value - base_value as difference,
        case
            when outcome_value is null or base_value is null then 'unverifiable'
            when stated in ('met', 'missed') and target_status = stated then 'agrees'
            when stated in ('met', 'missed') and target_status in ('met', 'missed')
                then 'contradicts'
            when stated in ('met', 'missed') then 'unverifiable'
            when stated in ('up', 'above') and outcome_value > base_value then 'agrees'
            when stated in ('down', 'below') and outcome_value < base_value then 'agrees'
            when stated = 'unchanged' and outcome_value = base_value then 'agrees'
            when abs(outcome_value - base_value) <= tolerance then 'agrees_within_rounding'
            else 'contradicts'
        end as verdict
    from compared
),

final as (
    select
        'prose_direction:' || figure_id as check_id,
        report_id,
        'prose_direction' as rule,
        row_label as subject,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        coalesce(outcome_figure_id, figure_id) as right_figure_id,
        base_value as left_value,
        outcome_value as right_value,
        difference,
        tolerance,
        verdict,
        cast(null as decimal(18, 6)) as left_low,
        cast(null as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        'Texten säger ”' || printed_text || '” ('
        || {{ source_lines('source_line_first', 'source_line_last') }} || '); '
        || case
            when verdict = 'unverifiable' then 'tabellerna har inget att jämföra med.'
            else
                'utfallet är ' || outcome_text || ' ('
                || {{ source_lines('outcome_line_first', 'outcome_line_last') }} || ') mot '
                || case
                    when kind = 'year_direction' then 'året före '
                    when scenario = 'budget' then 'budgeten '
                    else 'målvärdet '
                end
                || base_text || ' (' || {{ source_lines('base_line_first', 'base_line_last') }}
                || ')' || case verdict when 'contradicts' then ', alltså tvärtom.' else '.' end
        end as explanation_sv
    from judged
)

select * from final

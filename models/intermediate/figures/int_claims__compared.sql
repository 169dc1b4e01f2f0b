{#- A kind of cost, or a debt, is more of it the further it is below nought; what is above it in
    another year is neither. -#}
{%- set is_said_without_sign -%}
    measures.measure_code is not null
                and measures.measure_role is null
                and outcome.base_value < 0
                and above_nought.report_id is null
{%- endset -%}
{#- What is above or below an outcome of the same year is so against the other gender's. -#}
{%- set is_between_genders = "claims.kind = 'target_direction' and claims.scenario = 'outcome'" -%}
with claims as (
    select *
    from {{ ref('int_claims__matched') }}
    where
        (kind in ('target_direction', 'year_direction', 'wording') and stated is not null)
        or (kind = 'value' and scenario in ('change', 'deviation', 'forecast_deviation'))
),

measures as (
    select * from {{ ref('reference_measures') }}
),

concepts as {{ not_materialized() }} (
    select * from {{ ref('int_concepts__chosen') }}
    where measured_of is null
),

above_nought as (
    select distinct
        report_id,
        measure_code,
        unit_code
    from concepts
    where scenario = 'outcome' and base_value > 0
),

-- What each statement compares with: last year's outcome, or the year's target or budget.
located as (
    select
        claims.*,
        claims.says_fall
        or (coalesce(measures.measure_role, '') = 'result' and claims.says_worse)
            as is_said_to_fall,
        outcome.figure_id as outcome_figure_id,
        outcome.value as outcome_value,
        {{ shown_number('outcome.read_text', 'outcome.value') }} as outcome_text,
        outcome.rounding_step as outcome_step,
        outcome.printed_step as outcome_printed_step,
        outcome.unit_of_measure as outcome_unit_of_measure,
        outcome.base_factor,
        -- What a project costs more than its budget is a deviation below nought.
        case
            when
                claims.scenario = 'deviation'
                and measures.measure_role in ('year_investment', 'project_investment')
                then -1
            else 1
        end as deviation_sign,
        -- More of a cost is less of a result, however either is printed.
        case
            when claims.scenario = 'cost' or measures.measure_role = 'cost' then -1
            when measures.measure_role = 'result' and claims.is_of_cost then -1
            when {{ is_said_without_sign }} then -1
            else 1
        end
        * case when outcome.base_factor < 0 then -1 else 1 end as speech_sign,
        case
            when claims.scenario = 'change' and {{ is_said_without_sign }} then -1
            else 1
        end as table_sign,
        outcome.source_line_first as outcome_line_first,
        outcome.source_line_last as outcome_line_last,
        case
            when claims.kind = 'year_direction' or claims.scenario = 'change' then 'outcome'
            when claims.scenario = 'deviation' then 'budget'
            when claims.scenario = 'forecast_deviation' then 'forecast'
            else claims.scenario
        end as base_scenario,
        case
            when claims.kind = 'year_direction' then claims.fiscal_year - 1
            when claims.stated = 'differs_by_gender' or {{ is_between_genders }}
                then claims.fiscal_year
            when claims.scenario in ('outcome', 'change') then claims.fiscal_year - 1
            else claims.fiscal_year
        end as base_fiscal_year,
        case
            when claims.stated = 'differs_by_gender' then 'men'
            when {{ is_between_genders }} and claims.gender = 'women' then 'men'
            when {{ is_between_genders }} and claims.gender = 'men' then 'women'
            else claims.gender
        end as base_gender
    from claims
    left join measures
        on claims.measure_code = measures.measure_code
    left join concepts as outcome
        on
            claims.report_id = outcome.report_id
            and claims.measure_code = outcome.measure_code
            and claims.unit_code = outcome.unit_code
            and claims.fiscal_year = outcome.fiscal_year
            and claims.gender = outcome.gender
            and coalesce(claims.project_code, '') = coalesce(outcome.project_code, '')
            and outcome.age_group = 'all'
            and coalesce(claims.project_status, '') = coalesce(outcome.project_status, '')
            and outcome.scenario = 'outcome'
    left join above_nought
        on
            claims.report_id = above_nought.report_id
            and claims.measure_code = above_nought.measure_code
            and claims.unit_code = above_nought.unit_code
),

final as (
    select
        located.*,
        base.figure_id as base_figure_id,
        cast(base.base_value / located.base_factor as decimal(18, 6)) as base_value,
        {{ shown_number('base.read_text', 'base.value') }} as base_text,
        cast(base.rounding_step * abs(base.base_factor / located.base_factor) as decimal(18, 6))
            as base_step,
        base.source_line_first as base_line_first,
        base.source_line_last as base_line_last,
        {{ tolerance([
            'located.outcome_step', 'base.rounding_step * abs(base.base_factor / located.base_factor)',
        ]) }} as tolerance,
        {{ tolerance([
            'located.outcome_printed_step',
            'base.printed_step * abs(base.base_factor / located.base_factor)',
        ]) }} as printed_tolerance
    from located
    left join concepts as base
        on
            located.report_id = base.report_id
            and located.measure_code = base.measure_code
            and located.unit_code = base.unit_code
            and located.base_gender = base.gender
            and coalesce(located.project_code, '') = coalesce(base.project_code, '')
            and base.age_group = 'all'
            and coalesce(located.project_status, '') = coalesce(base.project_status, '')
            and located.base_scenario = base.scenario
            and located.base_fiscal_year = base.fiscal_year
)

select * from final

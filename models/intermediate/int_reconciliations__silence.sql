{{ config(materialized='table') }}

{%- set how_many = 10 -%}

with concepts as {{ not_materialized() }} (
    select *
    from {{ ref('int_concepts__chosen') }}
    where scenario = 'outcome' and value is not null and not is_claim
),

claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

changes as (
    select
        outcome.figure_id,
        outcome.report_id,
        outcome.measure_code,
        outcome.unit_code,
        outcome.gender,
        outcome.concept_name_sv,
        previous.figure_id as previous_figure_id,
        previous.value as previous_value,
        outcome.value,
        -- A decimal: as floats two equal changes need not be equal, and the order would be chance.
        cast(abs(outcome.value - previous.value) / abs(previous.value) as decimal(18, 6))
            as relative_change
    from concepts as outcome
    inner join {{ ref('reference_reports') }} as reports
        on
            outcome.report_id = reports.report_id
            and outcome.fiscal_year = reports.report_year
    inner join concepts as previous
        on
            outcome.report_id = previous.report_id
            and outcome.measure_code = previous.measure_code
            and outcome.unit_code = previous.unit_code
            and outcome.gender = previous.gender
            and outcome.fiscal_year = previous.fiscal_year + 1
    where previous.value <> 0
),

ranked as (
    select
        changes.*,
        row_number() over (
            partition by report_id
            order by relative_change desc, figure_id asc
        ) as change_rank
    from changes
),

-- A claim speaks of a change where it states a direction against last year, or both years' figures.
spoken as (
    select
        report_id,
        measure_code,
        unit_code,
        gender
    from claims
    where kind in ('year_direction', 'value') and scenario in ('outcome', 'change')
    group by report_id, measure_code, unit_code, gender
    having count(distinct fiscal_year) > 1 or max(kind) = 'year_direction'
),

final as (
    select
        'silence:' || ranked.figure_id as check_id,
        ranked.report_id,
        'silence' as rule,
        ranked.concept_name_sv || ', förändring' as subject,
        ranked.previous_figure_id as left_figure_id,
        ranked.figure_id as right_figure_id,
        ranked.previous_value as left_value,
        ranked.value as right_value,
        ranked.value - ranked.previous_value as difference,
        cast(null as decimal(18, 6)) as tolerance,
        case when spoken.report_id is null then 'unverifiable' else 'agrees' end as verdict,
        cast(null as decimal(18, 6)) as left_low,
        cast(null as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        'Förändringen från ' || {{ swedish_number('ranked.previous_value') }} || ' till '
        || {{ swedish_number('ranked.value') }} || ' är bland årets ' || {{ how_many }}
        || ' största i förhållande till året före, och texten '
        || case when spoken.report_id is null then 'nämner den inte.' else 'nämner den.' end
            as explanation_sv
    from ranked
    left join spoken
        on
            ranked.report_id = spoken.report_id
            and ranked.measure_code = spoken.measure_code
            and ranked.unit_code = spoken.unit_code
            and ranked.gender = spoken.gender
    where ranked.change_rank <= {{ how_many }}
)

select * from final

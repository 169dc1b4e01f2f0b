{%- set how_many = 10 -%}

with concepts as {{ not_materialized() }} (
    select *
    from {{ ref('int_concepts__chosen') }}
    where
        scenario = 'outcome'
        and value is not null
        and not is_claim
        -- What has been spent since the start of a project does nothing but grow.
        and measure_code not in (
            select measures.measure_code
            from {{ ref('reference_measures') }} as measures
            where measures.measure_role = 'project_investment'
        )
),

claims as (
    select * from {{ ref('int_claims__matched') }}
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
            and outcome.series_key = previous.series_key
            and outcome.fiscal_year = previous.fiscal_year + 1
    where
        previous.value <> 0
        and abs(outcome.value - previous.value)
        > {{ tolerance(['outcome.rounding_step', 'previous.rounding_step']) }}
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

-- A claim speaks of a change where it states it, a direction against last year, or both years'
-- figures.
spoken as (
    select
        report_id,
        measure_code,
        unit_code,
        gender
    from claims
    where kind in ('year_direction', 'value') and scenario in ('outcome', 'change')
    group by report_id, measure_code, unit_code, gender
    having
        count(distinct fiscal_year) > 1
        or max(kind) = 'year_direction'
        or min(scenario) = 'change'
),

compared as (
    select
        ranked.*,
        spoken.report_id is not null as is_mentioned
    from ranked
    left join spoken
        on
            ranked.report_id = spoken.report_id
            and ranked.measure_code = spoken.measure_code
            and ranked.unit_code = spoken.unit_code
            and ranked.gender = spoken.gender
    where ranked.change_rank <= {{ how_many }}
),

final as (
    {{ check_row(
        'compared',
        'silence',
        key='figure_id',
        subject='concept_name_sv',
        aspect='change',
        left_figure_id='previous_figure_id',
        right_figure_id='figure_id',
        left_value='previous_value',
        right_value='value',
        verdict="case when is_mentioned then 'agrees' else 'questionable' end",
        explanation_case="case when is_mentioned then 'mentioned' else 'silent' end",
        texts={'how_many': how_many},
        numbers={'left_value': 'previous_value', 'right_value': 'value'}
    ) }}
)

select * from final

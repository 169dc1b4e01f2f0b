-- A unit whose deviation from budget is a twentieth or more of all deviations has an explanation
-- in the running text; and a text that takes up an indicator says that its target is missed.
with deviations as (
    select *
    from {{ ref('int_concepts__chosen') }}
    where measure_code = 'verksamhetens_resultat' and scenario = 'deviation' and value is not null
),

-- A unit with deviations of its own below it is the sum of them, and has no cause of its own.
sums_of_units as (
    select
        deviations.report_id,
        units.parent_unit_code as unit_code
    from deviations
    inner join {{ ref('reference_units') }} as units
        on deviations.unit_code = units.unit_code
    group by deviations.report_id, units.parent_unit_code
),

concepts as (
    select deviations.*
    from deviations
    left join sums_of_units
        on
            deviations.report_id = sums_of_units.report_id
            and deviations.unit_code = sums_of_units.unit_code
    where sums_of_units.unit_code is null
),

claims as (
    select
        report_id,
        unit_code,
        min(figure_id) as claim_figure_id
    from {{ ref('int_claims__matched') }}
    where kind = 'explanation' and measure_code = 'verksamhetens_resultat'
    group by report_id, unit_code
),

weighed as (
    select
        concepts.*,
        sum(abs(concepts.base_value)) over (
            partition by concepts.report_id, concepts.fiscal_year
        ) as all_deviations
    from concepts
),

large as (
    select
        weighed.*,
        claims.claim_figure_id,
        cast(100 * abs(weighed.base_value) / weighed.all_deviations as decimal(18, 6))
            as share_pct
    from weighed
    left join claims
        on
            weighed.report_id = claims.report_id
            and weighed.unit_code = claims.unit_code
    where weighed.all_deviations > 0 and 20 * abs(weighed.base_value) >= weighed.all_deviations
),

-- Who speaks of an indicator whose target is missed speaks of the target too.
about as (
    select
        report_id,
        measure_code,
        unit_code,
        gender,
        max(
            case
                when kind in ('target_direction', 'status') or scenario = 'target' then 1 else 0
            end
        ) as speaks_of_target
    from {{ ref('int_claims__matched') }}
    where measure_code is not null
    group by report_id, measure_code, unit_code, gender
),

missed as (
    select
        indicators.report_id,
        indicators.concept_name_sv,
        indicators.figure_id,
        indicators.target_figure_id,
        indicators.value,
        indicators.target_value,
        about.speaks_of_target = 1 as is_mentioned
    from {{ ref('int_indicators__compared') }} as indicators
    inner join about
        on
            indicators.report_id = about.report_id
            and indicators.indicator_code = about.measure_code
            and indicators.unit_code = about.unit_code
            and indicators.gender = about.gender
    where
        indicators.target_status = 'missed'
        and indicators.fiscal_year = indicators.report_year
        and indicators.age_group = 'all'
),

of_deviations as (
    {{ check_row(
        'large',
        'variance_explained',
        key='figure_id',
        subject='concept_name_sv',
        aspect='explanation',
        left_figure_id='claim_figure_id',
        right_figure_id='figure_id',
        right_value='value',
        verdict="case when claim_figure_id is null then 'questionable' else 'agrees' end",
        texts={
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
        },
        numbers={'share_pct': 'round(share_pct, 0)'}
    ) }}
),

of_targets as (
    {{ check_row(
        'missed',
        'variance_explained',
        key="figure_id || ':target'",
        subject='concept_name_sv',
        aspect='missed_target',
        left_figure_id='target_figure_id',
        right_figure_id='figure_id',
        left_value='target_value',
        right_value='value',
        verdict="case when is_mentioned then 'agrees' else 'questionable' end",
        explanation_case="case when is_mentioned then 'target_mentioned' else 'target_silent' end",
        numbers={'left_value': 'target_value', 'right_value': 'value'}
    ) }}
),

final as (
    select * from of_deviations
    union all
    select * from of_targets
)

select * from final

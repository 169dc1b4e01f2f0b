-- Indicators of a goal that lack an outcome or a target for the report year: chosen for follow-up,
-- but not followed up.
with indicators as (
    select *
    from {{ ref('int_indicators__compared') }}
    where
        fiscal_year = report_year
        and gender = 'total'
        and age_group = 'all'
        and goal_code is not null
),

goal_names as (
    select * from {{ ref('reference_goals') }}
),

counted as (
    select
        indicators.report_id,
        indicators.goal_code,
        goal_names.goal_name_sv,
        count(*) as indicators,
        count(indicators.value) as with_outcome,
        count(indicators.target_value) as with_target,
        sum(
            case when indicators.value is null or indicators.target_value is null then 1 else 0 end
        ) as incomplete,
        min(indicators.figure_id) as first_figure_id
    from indicators
    inner join goal_names
        on indicators.goal_code = goal_names.goal_code
    group by indicators.report_id, indicators.goal_code, goal_names.goal_name_sv
),

final as (
    {{ check_row(
        'counted',
        'indicator_completeness',
        key="report_id || '.' || goal_code",
        subject='goal_name_sv',
        aspect='complete_indicators',
        left_value='indicators - incomplete',
        right_value='indicators',
        verdict="case when incomplete = 0 then 'agrees' else 'questionable' end",
        texts={
            'indicators': 'indicators',
            'with_outcome': 'with_outcome',
            'with_target': 'with_target',
        }
    ) }}
)

select * from final

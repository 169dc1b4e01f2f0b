-- What a judgement rests on: how many of the goal's indicators can be held against a target at all.
with goals as (
    select * from {{ ref('int_goals__assessed') }}
),

goal_names as (
    select * from {{ ref('reference_goals') }}
),

counted as (
    select
        goals.*,
        goal_names.goal_name_sv,
        goals.indicators_met + goals.indicators_missed as comparable,
        goals.indicators_met + goals.indicators_missed + goals.indicators_unknown as indicators
    from goals
    inner join goal_names
        on goals.goal_code = goal_names.goal_code
    where goals.declared_status <> 'not_assessed'
),

final as (
    {{ check_row(
        'counted',
        'goal_evidence',
        key='figure_id',
        subject='goal_name_sv',
        aspect='evidence',
        right_figure_id='figure_id',
        left_value='comparable',
        right_value='indicators',
        difference='null',
        verdict="case when 2 * comparable >= indicators and comparable > 0 then 'agrees'
            else 'questionable' end",
        explanation_case="case when indicators = 0 then 'no_indicators' end",
        texts={
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'comparable': 'comparable',
            'indicators': 'indicators',
        },
        words={'declared': ('goal_status', 'declared_status')}
    ) }}
)

select * from final

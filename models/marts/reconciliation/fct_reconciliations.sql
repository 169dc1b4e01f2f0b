{{ incremental_by_report() }}

{%- set rules = [
    'sum_of_parts', 'identity', 'same_concept', 'gender_mix', 'parent_child', 'goal_status',
    'prose_value', 'prose_count', 'prose_direction', 'prose_wording', 'target_sanity', 'silence',
] -%}

with checks as (
    {%- for rule in rules %}
    select * from {{ ref('int_reconciliations__' ~ rule) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

known_issue_checks as (
    select * from {{ ref('control_known_issue_checks') }}
),

final as (
    select
        checks.check_id,
        checks.report_id,
        checks.rule,
        checks.subject,
        checks.left_figure_id,
        checks.right_figure_id,
        cast(checks.left_value as decimal(18, 6)) as left_value,
        cast(checks.right_value as decimal(18, 6)) as right_value,
        cast(checks.difference as decimal(18, 6)) as difference,
        cast(checks.tolerance as decimal(18, 6)) as tolerance,
        cast(checks.left_low as decimal(18, 6)) as left_low,
        cast(checks.left_high as decimal(18, 6)) as left_high,
        checks.evidence_figure_id,
        checks.verdict,
        checks.explanation_sv,
        known_issue_checks.known_issue_id
    from checks
    left join known_issue_checks
        on checks.check_id = known_issue_checks.check_id
)

select * from final

{{ incremental_by_report() }}

with checks as (
    {%- for rule in rules() %}
    select * from {{ ref('int_checks__' ~ rule) }}
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
        checks.left_value,
        checks.right_value,
        checks.difference,
        checks.tolerance,
        checks.left_low,
        checks.left_high,
        checks.evidence_figure_id,
        checks.verdict,
        checks.explanation_case,
        checks.explanation_sv,
        checks.explanation_en,
        known_issue_checks.known_issue_id
    from checks
    left join known_issue_checks
        on checks.check_id = known_issue_checks.check_id
)

select * from final

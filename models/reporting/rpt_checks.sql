with reconciliations as (
    select * from {{ ref('fct_reconciliations') }}
),

rules as (
    select * from {{ ref('dim_rules') }}
),

trail as (
    select * from {{ ref('rpt_trail') }}
),

-- What a contradiction changes comes first; among values, the larger the difference in relation to
-- the left side, the more it changes.
weighed as (
    select
        reconciliations.*,
        rules.rule_name_sv,
        rules.sort_order as rule_order,
        rules.weight,
        case
            when reconciliations.left_value <> 0
                then abs(reconciliations.difference / reconciliations.left_value)
            else 0
        end as relative_difference
    from reconciliations
    left join rules
        on reconciliations.rule = rules.rule
),

final as (
    select
        weighed.report_id,
        weighed.check_id,
        weighed.rule,
        weighed.rule_name_sv,
        weighed.rule_order,
        weighed.subject,
        {%- for side in ['left', 'right'] %}
        weighed.{{ side }}_figure_id,
        {{ side }}_cells.printed_text as {{ side }}_text,
        {{ side }}_cells.lines_sv as {{ side }}_lines_sv,
        case when {{ side }}_cells.figure_id is null then weighed.{{ side }}_value end
            as {{ side }}_computed_value,
        {%- endfor %}
        weighed.verdict,
        cast(
            case
                when weighed.verdict = 'contradicts'
                    then row_number() over (
                        partition by weighed.report_id, weighed.verdict
                        order by
                            weighed.weight asc,
                            coalesce(weighed.relative_difference, 0) desc,
                            weighed.check_id
                    )
            end as integer
        ) as change_rank,
        weighed.explanation_sv,
        weighed.explanation_en,
        weighed.known_issue_id
    from weighed
    left join trail as left_cells
        on weighed.left_figure_id = left_cells.figure_id
    left join trail as right_cells
        on weighed.right_figure_id = right_cells.figure_id
)

select * from final

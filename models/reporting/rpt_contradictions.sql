with contradictions as (
    select *
    from {{ ref('fct_reconciliations') }}
    where verdict = 'contradicts'
),

known_issues as (
    select * from {{ ref('dim_known_issues') }}
),

-- A status that flips changes more than a value, and a value more than a word; among values, the
-- larger the difference in relation to the left side, the more it changes.
weighed as (
    select
        contradictions.*,
        case
            when rule = 'goal_status' then 1
            when rule in ('sum_of_parts', 'identity', 'same_concept', 'prose_value') then 2
            when rule in ('gender_mix', 'prose_direction', 'parent_child') then 3
            else 4
        end as weight,
        case when left_value <> 0 then cast(abs(difference / left_value) as decimal(18, 6)) end
            as relative_difference
    from contradictions
),

final as (
    select
        weighed.report_id,
        cast(
            row_number() over (
                partition by weighed.report_id
                order by
                    weighed.weight asc,
                    coalesce(weighed.relative_difference, 0) desc,
                    weighed.check_id
            ) as integer
        ) as change_rank,
        weighed.check_id,
        weighed.rule,
        weighed.subject,
        weighed.relative_difference,
        weighed.explanation_sv,
        weighed.known_issue_id,
        known_issues.title_sv,
        known_issues.believed_sv,
        known_issues.settled_by_sv,
        known_issues.status
    from weighed
    left join known_issues
        on weighed.known_issue_id = known_issues.known_issue_id
)

select * from final

-- A goal whose label or judgement has no mapping would be missing from the assessment.
with judgements as (
    select * from {{ ref('int_cells__unioned') }}
    where content in ('judgement', 'goal_label')
),

goal_aliases as (
    select * from {{ ref('reference_goal_aliases') }}
),

wordings as (
    select * from {{ ref('reference_judgement_wordings') }}
),

judged as (
    select
        judgements.*,
        case
            when row_goals.goal_code is null
                then
                    'målet ”'
                    || coalesce(judgements.row_label, '')
                    || '” saknas i reference_goal_aliases'
            when judgements.content = 'judgement' and wordings.declared_status is null
                then
                    'bedömningen ”' || coalesce(judgements.printed_text, '')
                    || '” saknas i reference_judgement_wordings'
            when judgements.content = 'goal_label' and front_goals.goal_code is null
                then
                    'framsidans mål ”' || coalesce(judgements.printed_text, '')
                    || '” saknas i reference_goal_aliases'
            when judgements.content = 'goal_label' and front_goals.goal_code <> row_goals.goal_code
                then
                    'framsidans mål ”' || judgements.printed_text || '” är ett annat än ”'
                    || judgements.row_label || '”'
        end as fault
    from judgements
    left join goal_aliases as row_goals
        on judgements.row_label = row_goals.printed_label
    left join goal_aliases as front_goals
        on judgements.printed_text = front_goals.printed_label
    left join wordings
        on judgements.printed_text = wordings.judgement
)

select
    figure_id,
    fault,
    {{ printed_place('judged', column=false) }} || ': ' || fault || '.' as message_sv
from judged
where fault is not null

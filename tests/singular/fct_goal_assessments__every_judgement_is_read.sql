-- A goal whose label or judgement has no mapping would be missing from the assessment.
{{ config(meta={'cause': 'labels'}) }}
with judgements as (
    select * from {{ ref('int_cells__unioned') }}
    where
        content in ('judgement', 'goal_label')
        -- An indicator need not be judged.
        or (content = 'indicator_judgement' and printed_text is not null)
),

reports as (
    select * from {{ ref('reference_reports') }}
),

goals as (
    select * from {{ ref('int_goals__labelled') }}
),

wordings as (
    {{ judgement_wordings() }}
),

marks as (
    select upper(mark) as mark
    from {{ ref('reference_missing_marks') }}
    group by upper(mark)
),

judged as (
    select
        judgements.*,
        case
            when row_goals.goal_code is null and judgements.content <> 'indicator_judgement'
                then
                    'målet ”' || coalesce(judgements.row_label, '')
                    || '” är inget av förvaltningens mål i reference_goals och saknas i '
                    || 'reference_label_aliases'
            when
                judgements.content in ('judgement', 'indicator_judgement')
                and wordings.declared_status is null
                and (judgements.content = 'judgement' or marks.mark is null)
                then
                    'bedömningen ”' || coalesce(judgements.printed_text, '')
                    || '” saknas i reference_judgement_wordings'
            when judgements.content = 'goal_label' and front_goals.goal_code is null
                then
                    'framsidans mål ”' || coalesce(judgements.printed_text, '')
                    || '” är inget av förvaltningens mål i reference_goals och saknas i '
                    || 'reference_label_aliases'
            when judgements.content = 'goal_label' and front_goals.goal_code <> row_goals.goal_code
                then
                    'framsidans mål ”' || judgements.printed_text || '” är ett annat än ”'
                    || judgements.row_label || '”'
        end as fault
    from judgements
    inner join reports
        on judgements.report_id = reports.report_id
    left join goals as row_goals
        on
            judgements.report_id = row_goals.report_id
            and judgements.row_label = row_goals.goal_label
    left join goals as front_goals
        on
            judgements.report_id = front_goals.report_id
            and judgements.printed_text = front_goals.goal_label
    left join marks
        on
            upper(trim(both ' ' from {{ plain_spaces_and_dashes('judgements.printed_text') }}))
            = marks.mark
    left join wordings
        on
            reports.template = wordings.template
            and {{ plain_label('judgements.printed_text') }} = wordings.judgement_key
)

select
    figure_id,
    fault,
    {{ printed_place('judged', column=false) }} || ': ' || fault || '.' as message_sv
from judged
where fault is not null

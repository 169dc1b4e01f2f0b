-- A table: what a report calls its goals is read by rows, judgements and tests.
{{ config(materialized='table') }}

with cells as (
    select * from {{ ref('int_cells__unioned') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

goal_aliases as (
    select * from {{ ref('reference_label_aliases') }}
    where goal_code is not null
),

goals as (
    select * from {{ ref('reference_goals') }}
),

-- A goal has a row of its own, a line on the front page, or indicators below its heading.
labels as (
    select
        report_id,
        row_label as goal_label
    from cells
    where content = 'judgement' and row_label is not null
    union
    select
        report_id,
        printed_text as goal_label
    from cells
    where content = 'goal_label' and printed_text is not null
    union
    select
        report_id,
        section_label as goal_label
    from cells
    where table_role = 'indicators' and section_label is not null
),

keyed as (
    select
        labels.report_id,
        labels.goal_label,
        {{ plain_label('labels.goal_label') }} as label_key,
        reports.template,
        reports.administration_code
    from labels
    inner join reports
        on labels.report_id = reports.report_id
),

-- An alias goes before a name, the nearest template before one further off.
known as (
    select
        keyed.report_id,
        keyed.goal_label,
        goal_aliases.goal_code,
        coalesce(goal_aliases.label_sv, keyed.goal_label) as goal_label_sv,
        inherited.nearness,
        goal_aliases.row_label = keyed.goal_label as is_exact
    from keyed
    inner join inherited
        on keyed.template = inherited.template
    inner join goal_aliases
        on
            inherited.inherited = coalesce(goal_aliases.template, '')
            and keyed.label_key = {{ plain_label('goal_aliases.row_label') }}
    union all
    select
        keyed.report_id,
        keyed.goal_label,
        goals.goal_code,
        keyed.goal_label as goal_label_sv,
        9 as nearness,
        true as is_exact
    from keyed
    inner join goals
        on
            keyed.administration_code = goals.administration_code
            and keyed.label_key = {{ plain_label('goals.goal_name_sv') }}
),

ranked as (
    select
        known.*,
        row_number() over (
            partition by report_id, goal_label
            order by nearness, case when is_exact then 0 else 1 end, goal_code
        ) as choice
    from known
),

final as (
    select
        keyed.report_id,
        keyed.goal_label,
        ranked.goal_code,
        ranked.goal_label_sv
    from keyed
    left join ranked
        on
            keyed.report_id = ranked.report_id
            and keyed.goal_label = ranked.goal_label
            and ranked.choice = 1
)

select * from final

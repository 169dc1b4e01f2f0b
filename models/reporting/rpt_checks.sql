{{ incremental_by_report() }}

with reconciliations as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_reconciliations')) }}
),

rules as (
    select * from {{ ref('dim_rules') }}
),

cells as {{ not_materialized() }} (
    select
        figure_id,
        printed_text,
        lines_sv
    from {{ rows_of_this_run(ref('rpt_trail')) }}
),

issues as (
    select * from {{ ref('dim_known_issues') }}
),

classes as (
    select * from {{ ref('dim_codes') }}
    where list = 'issue_class'
),

-- A contradiction comes before a question, a figure before a judgement and a word; among figures,
-- the larger the difference in relation to the left side, the more it changes.
weighed as {{ not_materialized() }} (
    select
        reconciliations.*,
        rules.rule_name_sv,
        rules.rule_name_en,
        rules.sort_order as rule_order,
        issues.issue_class,
        case reconciliations.verdict when 'contradicts' then 1 else 2 end as verdict_order,
        coalesce(classes.sort_order, 99) as class_order,
        case
            when reconciliations.left_value <> 0
                then abs(reconciliations.difference / reconciliations.left_value)
            else 0
        end as relative_difference
    from reconciliations
    left join rules
        on reconciliations.rule = rules.rule
    left join issues
        on reconciliations.known_issue_id = issues.known_issue_id
    left join classes
        on issues.issue_class = classes.code
),

ranked as (
    select
        check_id,
        row_number() over (
            partition by report_id
            order by
                verdict_order asc,
                class_order asc,
                rule_order asc,
                coalesce(relative_difference, 0) desc,
                check_id asc
        ) as finding_rank
    from weighed
    where verdict in ('contradicts', 'questionable')
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
        weighed.{{ side }}_value,
        {%- endfor %}
        weighed.verdict,
        weighed.issue_class,
        cast(ranked.finding_rank as integer) as finding_rank,
        weighed.explanation_sv,
        weighed.explanation_en,
        weighed.known_issue_id
    from weighed
    left join ranked
        on weighed.check_id = ranked.check_id
    left join cells as left_cells
        on weighed.left_figure_id = left_cells.figure_id
    left join cells as right_cells
        on weighed.right_figure_id = right_cells.figure_id
)

select * from final

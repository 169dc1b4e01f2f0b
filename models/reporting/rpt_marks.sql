{{ incremental_by_report() }}

with findings as (
    select
        reconciliations.*,
        issues.issue_class
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as reconciliations
    left join {{ ref('dim_known_issues') }} as issues
        on reconciliations.known_issue_id = issues.known_issue_id
    where reconciliations.verdict in ('contradicts', 'questionable')
),

-- A silence or a choice of words is no doubt about the figures that it is about.
sides as (
    {%- for side in ['left', 'right'] %}
    select
        report_id,
        {{ side }}_figure_id as figure_id,
        verdict,
        known_issue_id
    from findings
    where
        {{ side }}_figure_id is not null
        and (
            verdict = 'contradicts'
            or issue_class in ('figure', 'judgement', 'restatement')
        )
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- A concept is doubted wherever it is printed, also where a check had no need of that print.
prints as {{ not_materialized() }} (
    select
        figure_id,
        report_id,
        concept_key
    from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

doubted as (
    select * from sides
    union
    select
        sides.report_id,
        elsewhere.figure_id,
        sides.verdict,
        sides.known_issue_id
    from sides
    inner join prints as own
        on sides.figure_id = own.figure_id
    inner join prints as elsewhere
        on
            own.report_id = elsewhere.report_id
            and own.concept_key = elsewhere.concept_key
),

ranked as (
    select
        doubted.*,
        row_number() over (
            partition by figure_id
            order by
                case when verdict = 'contradicts' then 1 else 2 end asc,
                known_issue_id asc
        ) as choice
    from doubted
),

final as (
    select
        report_id,
        figure_id,
        verdict,
        known_issue_id
    from ranked
    where choice = 1
)

select * from final

{{ incremental_by_report() }}

with figures as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

claims as (
    select * from {{ rows_of_this_run(ref('fct_claims')) }}
),

results as (
    select * from {{ rows_of_this_run(ref('rpt_results')) }}
),

mirrored as (
    select * from {{ rows_of_this_run(ref('rpt_printed_tables')) }}
),

investments as (
    select * from {{ rows_of_this_run(ref('rpt_investments')) }}
),

indicators as (
    select * from {{ rows_of_this_run(ref('rpt_indicators')) }}
),

-- What the pages of the annual report and of the indicators show; the reconciliation page and the
-- trail show every figure.
shown as (
    {%- for relation, columns in {
        'results': ['outcome_', 'budget_', 'deviation_', 'previous_'],
        'mirrored': [''],
        'investments': ['budget_', 'outcome_', 'deviation_'],
        'indicators': ['outcome_', 'previous_', 'earlier_', 'target_'],
    }.items() %}
    {%- set outer = loop %}
    {%- for column in columns %}
    {{ 'union all' if not (outer.first and loop.first) }}
    select {{ column }}figure_id{{ ' as figure_id' if column }}
    from {{ relation }}
    {%- endfor %}
    {%- endfor %}
),

-- Where another place prints something else, both stand on the page.
shown_beside as (
    select figure_id
    from shown
    union
    select other_prints.other_figure_id as figure_id
    from {{ rows_of_this_run(ref('rpt_other_prints')) }} as other_prints
    inner join shown
        on other_prints.figure_id = shown.figure_id
),

checked as (
    select figure_id
    from {{ rows_of_this_run(ref('fct_check_figures')) }}
    group by figure_id
),

final as (
    select
        figures.report_id,
        figures.figure_id,
        figures.source_table,
        figures.source_line_first,
        figures.value is not null or figures.missing_code is not null as is_parsed,
        figures.is_fact,
        checked.figure_id is not null as is_checked,
        shown_beside.figure_id is not null as is_shown,
        case
            when figures.is_fact or checked.figure_id is not null then null
            when claims.claim_id is not null then claims.unverifiable_code
            -- A budget of volumes, or a table that is none of the printed kinds, may stand alone.
            when
                figures.value is not null
                and (
                    (indicators.indicator_code is not null and figures.scenario <> 'outcome')
                    or printed_tables.table_role = 'other'
                )
                then 'only_here'
            else figures.missing_code
        end as reason_code
    from figures
    inner join {{ ref('dim_reports') }} as reports
        on figures.report_id = reports.report_id
    left join {{ ref('dim_printed_tables') }} as printed_tables
        on
            reports.template = printed_tables.template
            and figures.source_table = printed_tables.source_table
    left join {{ ref('dim_indicators') }} as indicators
        on figures.measure_code = indicators.indicator_code
    left join claims
        on figures.figure_id = claims.claim_id
    left join shown_beside
        on figures.figure_id = shown_beside.figure_id
    left join checked
        on figures.figure_id = checked.figure_id
)

select * from final

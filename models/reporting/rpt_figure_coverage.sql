{{ incremental_by_report() }}

with figures as {{ not_materialized() }} (
    select * from {{ ref('fct_printed_figures') }}
    where {{ is_of_this_run('report_id') }}
),

claims as (
    select * from {{ ref('fct_claims') }}
    where {{ is_of_this_run('report_id') }}
),

reconciliations as {{ not_materialized() }} (
    select * from {{ ref('fct_reconciliations') }}
    where {{ is_of_this_run('report_id') }}
),

results as (
    select * from {{ ref('rpt_results') }}
),

investments as (
    select * from {{ ref('rpt_investments') }}
),

indicators as (
    select * from {{ ref('rpt_indicators') }}
),

-- What the pages of the annual report and of the indicators show; the reconciliation page and the
-- trail show every figure.
shown as (
    {%- for relation, columns in {
        'results': ['outcome', 'budget', 'deviation', 'previous'],
        'investments': ['budget', 'outcome', 'deviation'],
        'indicators': ['outcome', 'previous', 'earlier', 'target'],
    }.items() %}
    {%- set outer = loop %}
    {%- for column in columns %}
    {{ 'union' if not (outer.first and loop.first) }}
    select {{ column }}_figure_id as figure_id
    from {{ relation }}
    where {{ is_of_this_run('report_id') }}
    {%- endfor %}
    {%- endfor %}
),

checked as (
    select left_figure_id as figure_id from reconciliations
    union
    select right_figure_id from reconciliations
    union
    select evidence_figure_id from reconciliations
),

-- The addends of a printed sum are judged together with it.
added as (
    select parts.figure_id
    from figures as parts
    inner join figures as total
        on
            parts.report_id = total.report_id
            and parts.source_table = total.source_table
            and parts.column_name = total.column_name
            and parts.part_of = total.total_of
    inner join reconciliations
        on
            total.figure_id = reconciliations.right_figure_id
            and reconciliations.rule = 'sum_of_parts'
    where coalesce(parts.missing_code, '') <> 'not_applicable'
),

final as (
    select
        figures.report_id,
        figures.figure_id,
        figures.source_table,
        figures.source_line_first,
        figures.value is not null or figures.missing_code is not null as is_parsed,
        figures.is_fact,
        checked.figure_id is not null or added.figure_id is not null as is_checked,
        shown.figure_id is not null as is_shown,
        case
            when figures.is_fact or checked.figure_id is not null or added.figure_id is not null
                then null
            when claims.claim_id is not null then claims.unverifiable_reason_sv
            when figures.missing_code = 'not_separated'
                then 'Förvaltningen har inte särskilt redovisat beloppet'
            when
                figures.missing_code is not null
                then 'Tom eller ej tillämplig cell utan eget faktum'
        end as reason_sv
    from figures
    left join claims
        on figures.figure_id = claims.claim_id
    left join shown
        on figures.figure_id = shown.figure_id
    left join checked
        on figures.figure_id = checked.figure_id
    left join added
        on figures.figure_id = added.figure_id
)

select * from final

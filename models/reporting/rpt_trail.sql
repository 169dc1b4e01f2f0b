{{ incremental_by_report() }}

with figures as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

claims as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_claims')) }}
),

assessments as (
    select * from {{ rows_of_this_run(ref('fct_goal_assessments')) }}
),

goals as (
    select * from {{ ref('dim_goals') }}
),

events as (
    select * from {{ rows_of_this_run(ref('fct_events')) }}
),

corrections as (
    select * from {{ ref('dim_corrections') }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

printed_tables as (
    select * from {{ ref('dim_printed_tables') }}
),

marks as (
    select * from {{ rows_of_this_run(ref('rpt_marks')) }}
),

kinds as (
    select
        code,
        word_sv
    from {{ ref('dim_codes') }}
    where list = 'print_kind'
),

figure_cells as (
    select
        figures.report_id,
        figures.figure_id,
        'figure' as kind,
        figures.source_table,
        figures.row_no,
        figures.column_no,
        figures.row_label,
        figures.column_label,
        figures.source_line_first,
        figures.source_line_last,
        coalesce(claims.label, figures.concept_name_sv) as name_sv,
        figures.printed_text,
        figures.read_text,
        figures.value,
        figures.missing_code,
        figures.unit_of_measure,
        figures.decimals,
        {%- for unit, digits in {'tkr': 0, 'mnkr': 3}.items() %}
        case
            when figures.decimals is null then null
            {%- set powers = {'mnkr': 3, 'mdkr': 6, 'kr': -3, 'ore': -5, 'tkr': 0} %}
            {%- for other, others in powers.items() %}
            when figures.unit_of_measure = '{{ other }}'
                then greatest(figures.decimals + {{ digits - others }}, 0)
            {%- endfor %}
            else figures.decimals
        end as decimals_{{ unit }},
        {%- endfor %}
        figures.value_operator,
        figures.is_fact,
        figures.correction_id
    from figures
    left join claims
        on figures.figure_id = claims.claim_id
),

other_cells as (
    select
        claims.report_id,
        claims.claim_id as figure_id,
        'statement' as kind,
        claims.source_line_first,
        claims.source_line_last,
        claims.label as name_sv,
        claims.printed_text,
        claims.read_text
    from claims
    left join figures
        on claims.claim_id = figures.figure_id
    where figures.figure_id is null
    union all
    select
        assessments.report_id,
        assessments.figure_id,
        'judgement' as kind,
        assessments.source_line_first,
        assessments.source_line_last,
        goals.goal_name_sv || ', ' || kinds.word_sv as name_sv,
        assessments.judgement as printed_text,
        assessments.judgement as read_text
    from assessments
    inner join goals
        on assessments.goal_code = goals.goal_code
    inner join kinds
        on kinds.code = 'judgement'
    union all
    select
        report_id,
        event_id as figure_id,
        event_type as kind,
        source_line_first,
        source_line_last,
        label as name_sv,
        null as printed_text,
        null as read_text
    from events
),

cells as (
    select * from figure_cells
    union all
    select
        report_id,
        figure_id,
        kind,
        split_part(figure_id, '.', 2) as source_table,
        cast(split_part(figure_id, '.', 3) as integer) as row_no,
        cast(null as integer) as column_no,
        null as row_label,
        null as column_label,
        source_line_first,
        source_line_last,
        name_sv,
        printed_text,
        read_text,
        cast(null as decimal(18, 6)) as value,
        null as missing_code,
        null as unit_of_measure,
        cast(null as integer) as decimals,
        cast(null as integer) as decimals_tkr,
        cast(null as integer) as decimals_mnkr,
        null as value_operator,
        kind = 'judgement' as is_fact,
        null as correction_id
    from other_cells
),

final as (
    select
        cells.report_id,
        cells.figure_id,
        cells.kind,
        cells.source_table,
        printed_tables.table_role,
        printed_tables.table_name_sv,
        cells.row_no,
        cells.column_no,
        cells.row_label,
        cells.column_label,
        cells.source_line_first,
        cells.source_line_last,
        {{ source_lines('cells.source_line_first', 'cells.source_line_last') }} as lines_sv,
        'line ' || {{ line_range('cells.source_line_first', 'cells.source_line_last') }}
            as lines_en,
        cells.name_sv,
        cells.printed_text,
        cells.read_text,
        coalesce(cells.printed_text <> cells.read_text, false) as is_read_otherwise,
        cells.value,
        cells.missing_code,
        cells.unit_of_measure,
        cells.decimals,
        cells.decimals_tkr,
        cells.decimals_mnkr,
        cells.value_operator,
        cells.is_fact,
        cells.correction_id,
        corrections.reason_sv as correction_reason_sv,
        corrections.evidence_sv as correction_evidence_sv,
        marks.verdict as mark_verdict,
        marks.known_issue_id
    from cells
    inner join reports
        on cells.report_id = reports.report_id
    left join printed_tables
        on
            reports.template = printed_tables.template
            and cells.source_table = printed_tables.source_table
    left join corrections
        on cells.correction_id = corrections.correction_id
    left join marks
        on cells.figure_id = marks.figure_id
)

select * from final

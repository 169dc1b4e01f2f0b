{{ incremental_by_report() }}

with figures as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

marks as (
    select * from {{ rows_of_this_run(ref('rpt_marks')) }}
),

printed_tables as (
    select *
    from {{ ref('dim_printed_tables') }}
    where is_mirrored
),

-- A join on equalities alone: with more in it each figure would be compared with each.
outcomes as {{ not_materialized() }} (
    select * from figures
    where scenario = 'outcome'
),

final as (
    select
        figures.report_id,
        figures.source_table,
        printed_tables.table_role,
        printed_tables.table_name_sv,
        printed_tables.table_name_en,
        figures.row_no,
        figures.column_no,
        coalesce(figures.row_label_sv, figures.row_label) as row_name_sv,
        figures.column_label,
        figures.total_of is not null as is_total,
        figures.value,
        figures.unit_of_measure,
        figures.figure_id,
        -- The change to the report year, where the row prints both years, and the mark that it
        -- inherits.
        previous.figure_id as previous_figure_id,
        cast(figures.value - previous.value as decimal(18, 6)) as change_value,
        case
            when figures.value is not null and previous.value is not null
                then coalesce(marks.verdict, previous_marks.verdict)
        end as change_mark_verdict,
        case
            when figures.value is not null and previous.value is not null
                then coalesce(marks.known_issue_id, previous_marks.known_issue_id)
        end as change_known_issue_id
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    inner join printed_tables
        on
            reports.template = printed_tables.template
            and figures.source_table = printed_tables.source_table
    left join outcomes as previous
        on
            figures.report_id = previous.report_id
            and figures.source_table = previous.source_table
            and figures.row_no = previous.row_no
            and figures.measure_code = previous.measure_code
            and figures.gender = previous.gender
            and case
                when figures.scenario = 'outcome' and figures.fiscal_year = reports.report_year
                    then reports.report_year - 1
            end
            = previous.fiscal_year
    left join marks
        on figures.figure_id = marks.figure_id
    left join marks as previous_marks
        on previous.figure_id = previous_marks.figure_id
)

select * from final

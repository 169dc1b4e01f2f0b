with figures as (
    select * from {{ ref('fct_printed_figures') }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

printed_tables as (
    select *
    from {{ ref('dim_printed_tables') }}
    where is_mirrored
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
        figures.figure_id
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    inner join printed_tables
        on
            reports.template = printed_tables.template
            and figures.source_table = printed_tables.source_table
)

select * from final

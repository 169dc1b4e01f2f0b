-- A table, since its test reads it many times.
{{ config(materialized='table') }}

with cells as (
    select * from {{ ref('int_cells__unioned') }}
),

-- The cells of one row that stand on the same lines are one print; so is each statement.
printed as (
    select
        cells.figure_id,
        cells.report_id,
        cells.source_table,
        cells.row_no,
        cells.source_line_first,
        cells.source_line_last,
        cells.printed_text,
        cells.source_table = 'pastaenden' as is_statement,
        cells.column_no,
        cells.report_id || '.' || cells.source_table
        || case when cells.source_table = 'pastaenden' then '.' || cells.row_no else '' end
        || '.' || cells.source_line_first || '.' || cells.source_line_last as print_id
    from cells
),

-- Many cells have the same print: each is taken apart once.
texts as (
    select printed_text
    from printed
    group by printed_text
),

cell_figures as (
    {{ printed_figures(
        'texts',
        ['printed_text'],
        'printed_text',
        ref('reference_missing_marks'),
        ref('reference_codes')
    ) }}
),

final as (
    select
        printed.print_id,
        printed.figure_id,
        printed.report_id,
        printed.source_table,
        printed.row_no,
        printed.source_line_first,
        printed.source_line_last,
        printed.is_statement,
        cell_figures.figure,
        cell_figures.unit_sign,
        row_number() over (
            partition by printed.print_id
            order by printed.row_no, printed.column_no, cell_figures.figure_no
        ) as place_in_print,
        count(*) over (partition by printed.print_id) as figure_count
    from cell_figures
    inner join printed
        on cell_figures.printed_text = printed.printed_text
    where cell_figures.figure is not null
)

select * from final

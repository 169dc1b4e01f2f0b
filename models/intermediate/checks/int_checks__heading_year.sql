with cells as {{ computed_once() }} (
    select * from {{ ref('int_cells__unioned') }}
    where content = 'number' and coalesce(table_role, '') <> 'text'
),

-- The years of a table's head, in the order of print, with the first row below it.
head_years as (
    select
        heads.report_id,
        heads.line_no,
        heads.figure_no,
        heads.figure,
        min(cells.source_line_first) as row_line
    from {{ ref('int_lines__figures') }} as heads
    inner join cells
        on
            heads.report_id = cells.report_id
            and heads.line_no < cells.source_line_first
    where
        heads.excuse_code = 'heading_year'
        and {{ regex_matches('heads.figure', '^(19|20)[0-9][0-9]$') }}
    group by heads.report_id, heads.line_no, heads.figure_no, heads.figure
),

-- A head is the line right above its rows, or all lines above them: a title has a year too.
head_lines as (
    select
        head_years.*,
        count(*) over (
            partition by head_years.report_id, head_years.row_line, head_years.line_no
        ) as years_of_line,
        count(*) over (partition by head_years.report_id, head_years.row_line) as years_of_all,
        max(head_years.line_no) over (
            partition by head_years.report_id, head_years.row_line
        ) as nearest_line
    from head_years
),

placed as (
    {%- for lines, years, is_head in [
        ('nearest', 'years_of_line', 'line_no = nearest_line'),
        ('all', 'years_of_all', 'years_of_line < years_of_all'),
    ] %}
    select
        report_id,
        row_line,
        line_no,
        figure,
        {{ years }} as years,
        row_number() over (
            partition by report_id, row_line
            order by line_no, figure_no
        ) as place
    from head_lines
    where {{ is_head }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- The columns of the row below that have a year in their head.
year_cells as (
    select
        cells.figure_id,
        cells.report_id,
        cells.source_table,
        cells.source_line_first,
        cells.column_label,
        cells.fiscal_year,
        row_number() over (
            partition by cells.report_id, cells.source_table, cells.row_no
            order by cells.column_no
        ) as place,
        count(*) over (
            partition by cells.report_id, cells.source_table, cells.row_no
        ) as years
    from cells
    where position(cast(cells.fiscal_year as {{ dbt.type_string() }}) in cells.column_label) > 0
),

tables as (
    select * from {{ ref('int_templates__tables') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

paired as (
    select
        year_cells.figure_id,
        year_cells.report_id,
        year_cells.column_label,
        year_cells.fiscal_year,
        year_cells.source_line_first,
        tables.table_name_sv,
        placed.line_no,
        cast(placed.figure as integer) as printed_year
    from placed
    inner join year_cells
        on
            placed.report_id = year_cells.report_id
            and placed.row_line = year_cells.source_line_first
            and placed.years = year_cells.years
            and placed.place = year_cells.place
    inner join reports
        on year_cells.report_id = reports.report_id
    inner join tables
        on
            reports.template = tables.template
            and year_cells.source_table = tables.source_table
),

final as (
    {{ check_row(
        'paired',
        'heading_year',
        key='figure_id',
        subject="table_name_sv || ', ' || column_label",
        aspect='heading_year',
        evidence_figure_id='figure_id',
        left_value='fiscal_year',
        right_value='printed_year',
        tolerance='0',
        texts={
            'right_lines': 'line_no',
            'column': 'column_label',
            'left_year': 'fiscal_year',
            'right_year': 'printed_year',
            'row_line': 'source_line_first',
        }
    ) }}
)

select * from final

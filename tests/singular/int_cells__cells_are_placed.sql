-- Every printed cell has a report, a row number of its own in an unbroken row, and lines that exist
-- in its document.
{{ config(meta={'cause': 'cells'}) }}
with cells as (
    select * from {{ ref('int_cells__unioned') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

-- What stands more than once is found among keys alone; whole cells are not sorted.
{%- for name, columns in {
    'same_cells': ['figure_id'],
    'same_places': ['report_id', 'source_table', 'row_no', 'column_name'],
}.items() %}
{{ name }} as (
    select
        {{ columns | join(', ') }},
        count(*) as cells_there
    from cells
    group by {{ columns | join(', ') }}
    having count(*) > 1
),
{% endfor %}
rows_of_tables as (
    select
        report_id,
        source_table,
        row_no,
        min(column_name) as first_column
    from cells
    group by report_id, source_table, row_no
),

rows_in_order as (
    select
        rows_of_tables.*,
        row_no - coalesce(
            lag(row_no) over (partition by report_id, source_table order by row_no), 0
        ) as rows_passed
    from rows_of_tables
),

counted as (
    select
        cells.*,
        reports.report_id is not null as is_known_report,
        reports.source_lines,
        reports.template,
        coalesce(same_cells.cells_there, 1) as columns_of_cell,
        coalesce(same_places.cells_there, 1) as cells_in_place,
        coalesce(rows_in_order.rows_passed, 0) as rows_passed
    from cells
    left join reports
        on cells.report_id = reports.report_id
    left join same_cells
        on cells.figure_id = same_cells.figure_id
    left join same_places
        on
            cells.report_id = same_places.report_id
            and cells.source_table = same_places.source_table
            and cells.row_no = same_places.row_no
            and cells.column_name = same_places.column_name
    left join rows_in_order
        on
            cells.report_id = rows_in_order.report_id
            and cells.source_table = rows_in_order.source_table
            and cells.row_no = rows_in_order.row_no
            and cells.column_name = rows_in_order.first_column
            and rows_in_order.rows_passed > 1
),

judged as (
    select
        counted.*,
        case
            when not is_known_report
                then 'report_id finns inte i reference_reports'
            when not {{ regex_matches('report_id', '^[a-z0-9][a-z0-9-]*$') }}
                then
                    'report_id är ”' || report_id || '”; väntat är små bokstäver a–z, siffror '
                    || 'och bindestreck'
            when row_no is null or row_no = 0 then 'row_no är inget radnummer'
            when source_line_first is null or source_line_last is null
                then 'source_line_first eller source_line_last är inget radnummer'
            when source_line_first > source_line_last then 'raderna står i fel ordning'
            when source_line_first < 1 or source_line_last > source_lines
                then 'dokumentet har ' || source_lines || ' rader'
            when columns_of_cell > cells_in_place
                then
                    'mallen ' || template || ' har flera kolumner med numret i tabellen '
                    || source_table || '; ge var kolumn sitt column_no i reference_printed_columns'
            when cells_in_place > 1 then 'radnumret finns på flera rader i filen'
            when rows_passed > 1
                then
                    'raden före, med row_no ' || (row_no - 1)
                    || ', saknas; trolig orsak: en rad har fallit bort'
            when content is null
                then
                    'kolumnen ' || column_name || ' i tabellen ' || source_table
                    || ' saknas i reference_printed_columns för mallen ' || template
                    || ', eller saknar content. Lägg en rad där som säger vad kolumnen innehåller'
            when column_no is null
                then
                    'kolumnen ' || column_name || ' i tabellen ' || source_table
                    || ' saknar column_no för mallen ' || template || ', som numrerar tabellens '
                    || 'andra kolumner i reference_printed_columns'
            when table_role is null
                then
                    'tabellen ' || source_table || ' saknas i reference_printed_tables för mallen '
                    || template || ', eller saknar table_role'
        end as fault
    from counted
),

rows_ as (
    select
        report_id,
        source_table,
        row_no,
        source_line_first,
        source_line_last,
        fault,
        min(figure_id) as figure_id
    from judged
    where fault is not null
    group by report_id, source_table, row_no, source_line_first, source_line_last, fault
)

select
    report_id,
    {{ printed_place('rows_', column=false) }} || ': ' || fault || '.' as message_sv
from rows_

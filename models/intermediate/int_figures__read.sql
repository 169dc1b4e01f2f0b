with cells as (
    select * from {{ ref('int_cells__unioned') }}
),

corrections as (
    select * from {{ ref('control_corrections') }}
),

claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

missing_marks as (
    select * from {{ ref('reference_missing_marks') }}
),

source_tables as (
    select source_table from {{ ref('reference_table_precedence') }}
),

-- A mark of no table is a mark of every table.
marks_by_table as (
    select
        missing_marks.mark,
        source_tables.source_table,
        missing_marks.missing_code
    from missing_marks
    inner join source_tables
        on
            missing_marks.source_table is null
            or missing_marks.source_table = source_tables.source_table
),

corrected as (
    select
        cells.*,
        corrections.correction_id,
        case
            when corrections.correction_id is not null then corrections.read_text
            when claims.figure_id is not null then claims.read_text
            else cells.printed_text
        end as read_text
    from cells
    left join corrections
        on cells.figure_id = corrections.figure_id
    left join claims
        on cells.figure_id = claims.figure_id
    where cells.content = 'number'
),

marked as (
    select
        corrected.*,
        case
            when corrected.read_text is null or trim(both ' ' from corrected.read_text) = ''
                then 'blank'
            else marks_by_table.missing_code
        end as missing_code
    from corrected
    left join marks_by_table
        on
            trim(both ' ' from {{ plain_spaces_and_dashes('corrected.read_text') }})
            = marks_by_table.mark
            and corrected.source_table = marks_by_table.source_table
),

parsed as (
    {{ parse_swedish_number('marked', 'read_text') }}
),

final as (
    select
        figure_id,
        report_id,
        source_table,
        row_no,
        column_name,
        source_line_first,
        source_line_last,
        section_label,
        group_label,
        row_label,
        column_label,
        printed_text,
        correction_id,
        read_text,
        missing_code,
        number_value as value,
        number_rounding_step as rounding_step,
        number_operator as value_operator,
        number_unit_of_measure as printed_unit_of_measure,
        column_measure_code,
        column_unit_of_measure,
        scenario,
        fiscal_year,
        missing_code is null and number_text is null as is_refused
    from parsed
)

select * from final

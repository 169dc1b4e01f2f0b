with cells as (
    select * from {{ ref('int_cells__unioned') }}
    where content = 'number'
),

claims as (
    select * from {{ ref('stg_report__pastaenden') }}
    where column_name = 'value'
),

corrections as (
    select * from {{ ref('control_corrections') }}
),

missing_marks as (
    select * from {{ ref('reference_missing_marks') }}
),

source_tables as (
    select source_table from {{ ref('reference_printed_tables') }}
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

-- What a cell of a table says follows from its column and its labels; a figure of the running text
-- comes with what was understood by it.
unread as (
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
        column_no,
        column_label,
        printed_text,
        printed_text as transcribed_text,
        column_measure_code as measure_code,
        cast(null as {{ dbt.type_string() }}) as unit_code,
        fiscal_year,
        scenario,
        cast(null as {{ dbt.type_string() }}) as gender,
        cast(null as {{ dbt.type_string() }}) as project_status,
        cast(null as {{ dbt.type_string() }}) as asset_class,
        cast(null as {{ dbt.type_string() }}) as part_of,
        cast(null as {{ dbt.type_string() }}) as total_of,
        column_unit_of_measure,
        false as is_claim
    from cells
    where source_table <> 'pastaenden'
    union all
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
        1 as column_no,
        'Text' as column_label,
        printed_text,
        read_text as transcribed_text,
        coalesce(measure_code, 'ovrigt') as measure_code,
        unit_code,
        fiscal_year,
        coalesce(scenario, 'outcome') as scenario,
        coalesce(gender, 'total') as gender,
        project_status,
        asset_class,
        case when kind = 'value' then part_of end as part_of,
        case when kind = 'value' then total_of end as total_of,
        cast(null as {{ dbt.type_string() }}) as column_unit_of_measure,
        true as is_claim
    from claims
),

corrected as (
    select
        unread.*,
        corrections.correction_id,
        case
            when corrections.correction_id is not null then corrections.read_text
            else unread.transcribed_text
        end as read_text
    from unread
    left join corrections
        on unread.figure_id = corrections.figure_id
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
        column_no,
        column_label,
        printed_text,
        correction_id,
        read_text,
        missing_code,
        number_value as value,
        cast(number_decimals as integer) as decimals,
        number_rounding_step as rounding_step,
        {{ regex_matches(
            'lower(printed_text)',
            '^(ca|cirka|drygt|knappt|omkring|ungefär|nästan|runt) .*'
        ) }} as is_approximate,
        number_operator as value_operator,
        number_unit_of_measure as printed_unit_of_measure,
        column_unit_of_measure,
        measure_code,
        unit_code,
        fiscal_year,
        scenario,
        gender,
        project_status,
        asset_class,
        part_of,
        total_of,
        is_claim,
        missing_code is null and number_text is null as is_refused
    from parsed
)

select * from final

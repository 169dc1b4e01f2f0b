with cells as {{ not_materialized() }} (
    select * from {{ ref('int_cells__unioned') }}
    where content = 'number'
),

claims as {{ not_materialized() }} (
    select * from {{ ref('stg_report__pastaenden') }}
    where column_name = 'value'
),

corrections as (
    select * from {{ ref('control_corrections') }}
),

missing_marks as (
    select * from {{ ref('reference_missing_marks') }}
),

inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

tables as (
    select * from {{ ref('int_templates__tables') }}
),

hedges as (
    select * from {{ ref('reference_number_words') }}
    where kind = 'hedge'
),

reports as (
    select * from {{ ref('reference_reports') }}
),

-- A mark of no table is a mark of every table; the nearest template's goes first, then the table's.
marks_of_tables as (
    select
        inherited.template,
        tables.source_table,
        upper(missing_marks.mark) as mark,
        missing_marks.missing_code,
        row_number() over (
            partition by inherited.template, tables.source_table, upper(missing_marks.mark)
            order by
                inherited.nearness,
                case when missing_marks.source_table is null then 1 else 0 end,
                missing_marks.mark
        ) as choice
    from missing_marks
    inner join inherited
        on coalesce(missing_marks.template, '') = inherited.inherited
    inner join tables
        on
            inherited.template = tables.template
            and coalesce(missing_marks.source_table, tables.source_table) = tables.source_table
),

-- What a cell of a table says follows from its column and its labels; a figure of the running text
-- comes with what was understood by it.
unread as {{ not_materialized() }} (
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
        column_gender as gender,
        column_age_group as age_group,
        cast(null as {{ dbt.type_string() }}) as project_code,
        cast(null as {{ dbt.type_string() }}) as project_status,
        cast(null as {{ dbt.type_string() }}) as asset_class,
        cast(null as {{ dbt.type_string() }}) as part_of,
        cast(null as {{ dbt.type_string() }}) as total_of,
        column_unit_of_measure,
        column_sign,
        false as is_claim
    from cells
    where coalesce(table_role, '') <> 'text'
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
        -- The rank of a unit is no value of what it is ranked by, and how many goals are met is not
        -- how many there are.
        case
            when kind = 'rank' and stated in ('highest', 'lowest') then 'ovrigt'
            when kind = 'unit_count' and stated is not null then 'ovrigt'
            else coalesce(measure_code, 'ovrigt')
        end as measure_code,
        unit_code,
        fiscal_year,
        coalesce(scenario, 'outcome') as scenario,
        coalesce(gender, 'total') as gender,
        cast(null as {{ dbt.type_string() }}) as age_group,
        project_code,
        project_status,
        asset_class,
        case when kind = 'value' then part_of end as part_of,
        case when kind = 'value' then total_of end as total_of,
        cast(null as {{ dbt.type_string() }}) as column_unit_of_measure,
        1 as column_sign,
        true as is_claim
    from claims
),

corrected as {{ not_materialized() }} (
    select
        unread.*,
        reports.template,
        coalesce(tables.is_minus_in_parentheses, false) as is_minus_in_parentheses,
        corrections.correction_id,
        coalesce(unread.scenario, '') = 'target' as is_target,
        case
            when corrections.correction_id is not null then corrections.read_text
            else unread.transcribed_text
        end as read_text
    from unread
    left join corrections
        on unread.figure_id = corrections.figure_id
    left join reports
        on unread.report_id = reports.report_id
    left join tables
        on
            reports.template = tables.template
            and unread.source_table = tables.source_table
),

-- Many figures are printed in the same way: each print is read once.
texts as (
    select
        read_text,
        is_minus_in_parentheses,
        is_target,
        upper(trim(both ' ' from {{ plain_spaces_and_dashes('read_text') }})) as plain_text
    from corrected
    where read_text is not null
    group by read_text, is_minus_in_parentheses, is_target
),

numbers as (
    {{ parse_swedish_number('texts', 'read_text', 'is_minus_in_parentheses', 'is_target') }}
),

parsed as (
    select
        corrected.*,
        numbers.number_value,
        numbers.number_value_to,
        numbers.number_decimals,
        numbers.number_rounding_step,
        numbers.number_hedge,
        coalesce(numbers.number_is_signed, false) as number_is_signed,
        numbers.number_operator,
        numbers.number_unit_of_measure,
        numbers.number_text,
        numbers.word_side,
        case
            when corrected.read_text is null or trim(corrected.read_text) = ''
                then 'blank'
            else marks_of_tables.missing_code
        end as missing_code
    from corrected
    left join numbers
        on
            corrected.read_text = numbers.read_text
            and corrected.is_minus_in_parentheses = numbers.is_minus_in_parentheses
            and corrected.is_target = numbers.is_target
    left join marks_of_tables
        on
            corrected.template = marks_of_tables.template
            and corrected.source_table = marks_of_tables.source_table
            and numbers.plain_text = marks_of_tables.mark
            and marks_of_tables.choice = 1
),

final as (
    select
        parsed.figure_id,
        parsed.report_id,
        parsed.source_table,
        parsed.row_no,
        parsed.column_name,
        parsed.source_line_first,
        parsed.source_line_last,
        parsed.section_label,
        parsed.group_label,
        parsed.row_label,
        parsed.column_no,
        parsed.column_label,
        parsed.printed_text,
        parsed.correction_id,
        parsed.read_text,
        parsed.missing_code,
        parsed.number_value as value,
        parsed.number_value_to as value_to,
        cast(parsed.number_decimals as integer) as decimals,
        parsed.number_rounding_step as rounding_step,
        -- "minst 90" is about 90 or more in a text, and a bound where it is a target.
        case
            when coalesce(parsed.scenario, '') <> 'target'
                then coalesce(parsed.number_hedge, hedges.code)
        end as hedge,
        parsed.number_is_signed as is_signed,
        coalesce(parsed.word_side is not null, false) as has_side_word,
        coalesce(
            parsed.number_operator,
            case
                when parsed.scenario = 'target' and parsed.number_hedge = 'above' then '>='
                when parsed.scenario = 'target' and parsed.number_hedge = 'below' then '<='
            end
        ) as value_operator,
        parsed.number_unit_of_measure as printed_unit_of_measure,
        parsed.column_unit_of_measure,
        parsed.column_sign,
        parsed.measure_code,
        parsed.unit_code,
        parsed.fiscal_year,
        parsed.scenario,
        parsed.gender,
        parsed.age_group,
        parsed.project_code,
        parsed.project_status,
        parsed.asset_class,
        parsed.part_of,
        parsed.total_of,
        parsed.is_claim,
        parsed.missing_code is null and parsed.number_text is null as is_refused
    from parsed
    -- A reading may leave out what the print says of its number.
    left join hedges
        on split_part(lower(parsed.printed_text), ' ', 1) = hedges.word
)

select * from final

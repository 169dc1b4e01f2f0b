-- A figure that is not what its cell says, or that is understood as something else than its column
-- and its label say, is wrong wherever it is used. Reading is done here once more, from the cells.
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

marks as (
    select * from {{ ref('reference_missing_marks') }}
),

tables as (
    select * from {{ ref('int_templates__tables') }}
),

inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

labelled as (
    select * from {{ ref('int_rows__labelled') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

printed as (
    select rows_of_prints.*
    from {{ rows_of_this_run(ref('fct_printed_figures')) }} as rows_of_prints
),

transcribed as (
    select
        cells.figure_id,
        cells.report_id,
        cells.source_table,
        cells.row_no,
        cells.column_no,
        cells.source_line_first,
        cells.source_line_last,
        cells.row_label,
        cells.printed_text,
        cells.printed_text as text_before_correction,
        reports.template,
        coalesce(cells.column_measure_code, labelled.measure_code) as measure_code,
        labelled.unit_code,
        coalesce(cells.column_gender, labelled.gender) as gender,
        cells.fiscal_year,
        cells.scenario,
        false as is_of_text
    from cells
    inner join reports
        on cells.report_id = reports.report_id
    inner join labelled
        on
            cells.report_id = labelled.report_id
            and cells.source_table = labelled.source_table
            and cells.row_no = labelled.row_no
    union all
    select
        claims.figure_id,
        claims.report_id,
        claims.source_table,
        claims.row_no,
        1 as column_no,
        claims.source_line_first,
        claims.source_line_last,
        claims.row_label,
        claims.printed_text,
        claims.read_text as text_before_correction,
        reports.template,
        case
            when claims.kind = 'rank' and claims.stated in ('highest', 'lowest') then 'ovrigt'
            when claims.kind = 'unit_count' and claims.stated is not null then 'ovrigt'
            else coalesce(claims.measure_code, 'ovrigt')
        end as measure_code,
        coalesce(claims.unit_code, projects.unit_code, reports.administration_code) as unit_code,
        coalesce(claims.gender, 'total') as gender,
        coalesce(claims.fiscal_year, reports.report_year) as fiscal_year,
        coalesce(claims.scenario, 'outcome') as scenario,
        true as is_of_text
    from claims
    inner join reports
        on claims.report_id = reports.report_id
    left join {{ ref('int_projects__named') }} as projects
        on claims.project_code = projects.project_code
),

corrected as (
    select
        transcribed.*,
        coalesce(tables.is_minus_in_parentheses, false) as is_minus_in_parentheses,
        coalesce(transcribed.scenario, '') = 'target' as is_target,
        corrections.correction_id,
        case
            when corrections.correction_id is null then transcribed.text_before_correction
            else corrections.read_text
        end as text_read
    from transcribed
    inner join tables
        on
            transcribed.template = tables.template
            and transcribed.source_table = tables.source_table
    left join corrections
        on transcribed.figure_id = corrections.figure_id
),

-- A text that stands in many cells is read once.
texts as (
    select
        text_read,
        is_minus_in_parentheses,
        is_target
    from corrected
    group by text_read, is_minus_in_parentheses, is_target
),

numbers as (
    {{ parse_swedish_number('texts', 'text_read', 'is_minus_in_parentheses', 'is_target') }}
),

parsed as {{ not_materialized() }} (
    select
        corrected.*,
        numbers.number_value,
        numbers.number_value_to,
        numbers.number_operator,
        numbers.number_hedge,
        numbers.number_unit_of_measure,
        numbers.number_decimals
    from corrected
    left join numbers
        on
            corrected.text_read = numbers.text_read
            and corrected.is_minus_in_parentheses = numbers.is_minus_in_parentheses
            and corrected.is_target = numbers.is_target
),

texts_of_tables as (
    select
        template,
        source_table,
        text_read
    from corrected
    group by template, source_table, text_read
),

-- The nearest template's mark, then the table's own.
marked as (
    select
        texts.template,
        texts.source_table,
        texts.text_read,
        marks.missing_code,
        row_number() over (
            partition by texts.template, texts.source_table, texts.text_read
            order by inherited.nearness asc, marks.source_table asc nulls last
        ) as choice
    from texts_of_tables as texts
    inner join inherited
        on texts.template = inherited.template
    inner join marks
        on
            inherited.inherited = coalesce(marks.template, '')
            and upper(trim(both ' ' from {{ plain_spaces_and_dashes('texts.text_read') }}))
            = upper(marks.mark)
            and coalesce(marks.source_table, texts.source_table) = texts.source_table
),

relative_changes as (
    select measure_code from {{ ref('reference_measures') }}
    where measure_role = 'relative_change'
),

amounts as (
    select measure_code
    from {{ ref('reference_measures') }}
    where unit_of_measure = 'tkr'
    union
    select indicators.indicator_code as measure_code
    from {{ ref('reference_indicators') }} as indicators
    inner join {{ ref('reference_units_of_measure') }} as units
        on indicators.unit_of_measure = units.unit_of_measure
    where units.base_unit_of_measure = 'tkr'
),

-- A word is a bound where it stands before a target.
expected as (
    select
        parsed.*,
        -- What is to be low has to come below the upper bound of an interval.
        case
            when coalesce(indicator_units.desired_direction, indicators.desired_direction) = 'lower'
                then coalesce(parsed.number_value_to, parsed.number_value)
            else parsed.number_value
        end as expected_value,
        case
            when parsed.number_operator is not null then parsed.number_operator
            when parsed.scenario = 'target' and parsed.number_hedge = 'above' then '>='
            when parsed.scenario = 'target' and parsed.number_hedge = 'below' then '<='
        end as expected_operator,
        -- A deviation in per cent of an amount is another quantity than the amount.
        case
            when
                parsed.is_of_text
                and parsed.scenario in ('deviation', 'forecast_deviation')
                and parsed.number_unit_of_measure = 'percent'
                and amounts.measure_code is not null
                then relative_changes.measure_code
            else parsed.measure_code
        end as expected_measure_code,
        case
            when parsed.text_read is null or trim(both ' ' from parsed.text_read) = '' then 'blank'
            else marked.missing_code
        end as missing_code
    from parsed
    left join {{ ref('reference_indicators') }} as indicators
        on parsed.measure_code = indicators.indicator_code
    left join {{ ref('reference_indicator_units') }} as indicator_units
        on
            parsed.measure_code = indicator_units.indicator_code
            and parsed.unit_code = indicator_units.unit_code
    cross join relative_changes
    left join amounts
        on parsed.measure_code = amounts.measure_code
    left join marked
        on
            parsed.template = marked.template
            and parsed.source_table = marked.source_table
            and parsed.text_read = marked.text_read
            and marked.choice = 1
),

judged as (
    select
        coalesce(expected.figure_id, printed.figure_id) as figure_id,
        coalesce(expected.source_line_first, printed.source_line_first) as source_line,
        case
            when printed.figure_id is null then 'saknas bland de tryckta talen'
            when expected.figure_id is null then 'finns inte i någon tabell eller text'
            {%- for mine, theirs, what in [
                ('printed_text', 'printed_text', 'har en annan tryckt text'),
                ('row_no', 'row_no', 'står på en annan tabellrad'),
                ('column_no', 'column_no', 'står i en annan kolumn'),
                ('row_label', 'row_label', 'har en annan etikett'),
                ('source_line_first', 'source_line_first', 'står på en annan rad'),
                ('source_line_last', 'source_line_last', 'står på en annan rad'),
                ('read_text', 'text_read', 'är läst på annat sätt'),
                ('correction_id', 'correction_id', 'har en annan rättelse'),
                ('value', 'expected_value', 'har ett annat värde'),
                ('value_operator', 'expected_operator', 'har ett annat jämförelsetecken'),
                ('missing_code', 'missing_code', 'har ett annat skäl för saknat värde'),
                ('decimals', 'number_decimals', 'har ett annat antal decimaler'),
                ('measure_code', 'expected_measure_code', 'mäter något annat'),
                ('unit_code', 'unit_code', 'gäller en annan verksamhet'),
                ('gender', 'gender', 'gäller ett annat kön'),
                ('fiscal_year', 'fiscal_year', 'gäller ett annat år'),
                ('scenario', 'scenario', 'är av ett annat slag'),
            ] %}
            when (printed.{{ mine }} is distinct from expected.{{ theirs }})
                then
                    '{{ what }}: '
                    || coalesce(cast(printed.{{ mine }} as {{ dbt.type_string() }}), '(inget)')
                    || '; cellen ger '
                    || coalesce(cast(expected.{{ theirs }} as {{ dbt.type_string() }}), '(inget)')
            {%- endfor %}
        end as fault
    from expected
    full outer join printed
        on expected.figure_id = printed.figure_id
)

select
    figure_id,
    'fct_printed_figures: ' || figure_id || ', rad '
    || coalesce(cast(source_line as {{ dbt.type_string() }}), '?') || ': ' || fault
    || '. Trolig orsak: en modell läser, räknar eller märker fel.' as message_sv
from judged
where fault is not null

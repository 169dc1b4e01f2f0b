-- What a reader sees is what stands on the cited line: the figures of each row and statement follow
-- each other on its lines as they do in print, and each figure of the document is in one of them or
-- excused. A report whose register has no digest of a document has no lines to compare with.
-- It runs after the reconciliations, so that what a slip breaks is shown too.
-- depends_on: {{ ref('fct_reconciliations') }}
{{ config(meta={'cause': 'lines'}) }}
with line_figures as {{ not_materialized() }} (
    select * from {{ ref('int_lines__figures') }}
),

print_figures as {{ not_materialized() }} (
    select * from {{ ref('int_prints__figures') }}
),

excuses as (
    select * from {{ ref('control_line_excuses') }}
    where {{ is_of_this_run('report_id') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
    where {{ is_of_this_run('report_id') }}
),

-- A wrapped cell has its unit on the line below.
units_apart as (
    select
        print_figures.print_id,
        print_figures.unit_sign,
        max(line_figures.line_no) as line_no
    from print_figures
    inner join line_figures
        on
            print_figures.report_id = line_figures.report_id
            and print_figures.unit_sign = line_figures.unit_sign
            and print_figures.source_line_first < line_figures.line_no
            and print_figures.source_line_last >= line_figures.line_no
            and line_figures.figure is null
    group by print_figures.print_id, print_figures.unit_sign
),

matched as (
    select
        print_figures.print_id,
        print_figures.figure_count,
        print_figures.is_statement,
        line_figures.place_in_report - print_figures.place_in_print as starts_behind
    from print_figures
    inner join line_figures
        on
            print_figures.report_id = line_figures.report_id
            and print_figures.figure = line_figures.figure
            and line_figures.line_no between print_figures.source_line_first
            and print_figures.source_line_last
            and line_figures.place_in_report is not null
    left join units_apart
        on
            print_figures.print_id = units_apart.print_id
            and print_figures.unit_sign = units_apart.unit_sign
    where
        coalesce(print_figures.unit_sign, '') = coalesce(line_figures.unit_sign, '')
        or (line_figures.unit_sign is null and units_apart.line_no > line_figures.line_no)
),

-- A row has its figures once; a statement may repeat what its line says twice.
runs as (
    select
        print_id,
        starts_behind,
        is_statement,
        row_number() over (
            partition by print_id
            order by starts_behind
        ) as run_no
    from (
        select
            print_id,
            starts_behind,
            is_statement
        from matched
        group by print_id, starts_behind, is_statement
        having count(*) = min(figure_count)
    ) as whole_prints
),

cited as (
    select
        print_figures.report_id,
        runs.starts_behind + print_figures.place_in_print as place_in_report,
        sum(case when runs.is_statement then 0 else 1 end) as row_count
    from runs
    inner join print_figures
        on runs.print_id = print_figures.print_id
    where runs.run_no = 1 or runs.is_statement
    group by print_figures.report_id, runs.starts_behind + print_figures.place_in_print
),

astray as {{ computed_once() }} (
    select print_figures.*
    from print_figures
    left join runs
        on print_figures.print_id = runs.print_id
    where
        runs.print_id is null
        and print_figures.report_id in (select line_figures.report_id from line_figures)
),

-- What stands on the lines of a print that does not, in order, and where its figures do stand.
beside as (
    select
        astray.print_id,
        line_figures.figure,
        line_figures.unit_sign,
        row_number() over (
            partition by astray.print_id
            order by line_figures.place_in_report
        ) as place_in_print
    from astray
    inner join line_figures
        on
            astray.report_id = line_figures.report_id
            and line_figures.line_no between astray.source_line_first and astray.source_line_last
            and line_figures.place_in_report is not null
    where astray.place_in_print = 1
),

first_difference as (
    select
        astray.print_id,
        min(astray.place_in_print) as place_in_print
    from astray
    left join beside
        on
            astray.print_id = beside.print_id
            and astray.place_in_print = beside.place_in_print
            and astray.figure = beside.figure
            and coalesce(astray.unit_sign, '') = coalesce(beside.unit_sign, '')
    where beside.print_id is null
    group by astray.print_id
),

elsewhere as (
    select
        print_id,
        min(line_no) as line_no
    from (
        select
            astray.print_id,
            min(line_figures.line_no) as line_no
        from astray
        inner join line_figures
            on
                astray.report_id = line_figures.report_id
                and astray.figure = line_figures.figure
                and line_figures.place_in_report is not null
        where astray.figure_count > 1 or astray.is_statement
        group by astray.print_id, line_figures.place_in_report - astray.place_in_print
        having count(*) = min(astray.figure_count)
    ) as whole_prints
    group by print_id
),

figures_astray as (
    select
        astray.report_id,
        {{ printed_place('astray', column=false) }}
        || ': avskriften har ”' || astray.figure || coalesce(' ' || astray.unit_sign, '')
        || '” som tal ' || astray.place_in_print
        || case
            when beside.figure is null then ', men så många tal trycker dokumentet inte där.'
            else
                ', men dokumentet trycker där ”' || beside.figure
                || coalesce(' ' || beside.unit_sign, '') || '”.'
        end
        || case
            when elsewhere.line_no is not null
                then
                    ' Talen står på rad ' || elsewhere.line_no
                    || '. Trolig orsak: fel radnummer.'
            else
                ' Trolig orsak: en siffra, ett tecken eller en enhet är fel avskriven, '
                || 'eller så har två celler bytt plats.'
        end as message_sv
    from astray
    inner join first_difference
        on
            astray.print_id = first_difference.print_id
            and astray.place_in_print = first_difference.place_in_print
    left join beside
        on
            astray.print_id = beside.print_id
            and astray.place_in_print = beside.place_in_print
    left join elsewhere
        on astray.print_id = elsewhere.print_id
),

not_cited as (
    select
        line_figures.report_id,
        line_figures.line_no,
        min(line_figures.figure_no) as figure_no,
        max(case when cited.row_count > 1 then 1 else 0 end) as is_doubled
    from line_figures
    left join cited
        on
            line_figures.report_id = cited.report_id
            and line_figures.place_in_report = cited.place_in_report
    left join astray
        on
            line_figures.report_id = astray.report_id
            and astray.place_in_print = 1
            and line_figures.line_no between astray.source_line_first and astray.source_line_last
    where
        line_figures.place_in_report is not null
        and (cited.place_in_report is null or cited.row_count > 1)
        and astray.print_id is null
    group by line_figures.report_id, line_figures.line_no
),

excuses_of_nothing as (
    select
        excuses.*,
        figures.figure as printed_figure,
        codes.code
    from excuses
    left join {{ ref('reference_codes') }} as codes
        on
            excuses.excuse_code = codes.code
            and codes.list = 'line_excuse'
    left join line_figures as figures
        on
            excuses.report_id = figures.report_id
            and excuses.line_no = figures.line_no
            and excuses.figure_no = figures.figure_no
    where
        (figures.excuse_code is null or codes.code is null)
        and excuses.report_id in (select line_figures.report_id from line_figures)
),

final as (
    select
        report_id,
        message_sv
    from figures_astray
    union all
    select
        not_cited.report_id,
        not_cited.report_id || ', rad ' || not_cited.line_no || ': dokumentet trycker ”'
        || line_figures.figure || coalesce(' ' || line_figures.unit_sign, '') || '” (tal '
        || line_figures.figure_no || ' på raden), '
        || case
            when not_cited.is_doubled = 1
                then
                    'som två avskrivna rader anger. Trolig orsak: en rad är dubblerad, '
                    || 'eller har fel radnummer.'
            else
                'som ingen avskriven rad och inget påstående har. Trolig orsak: en rad har '
                || 'fallit bort, en cell har tömts eller ett radnummer är fel. Är det inget '
                || 'tal att pröva (ett årtal, ett sidnummer), lägg det i '
                || 'control_line_excuses med en kod.'
        end as message_sv
    from not_cited
    inner join line_figures
        on
            not_cited.report_id = line_figures.report_id
            and not_cited.line_no = line_figures.line_no
            and not_cited.figure_no = line_figures.figure_no
            and line_figures.figure is not null
    union all
    select
        report_id,
        'control_line_excuses, ' || report_id || ', rad ' || line_no || ': '
        || case
            when code is null
                then
                    'koden ' || coalesce(excuse_code, '(tom)')
                    || ' finns inte i reference_codes, listan line_excuse.'
            else
                'tal ' || figure_no || ' är ”' || coalesce(printed_figure, 'inget tal')
                || '” i dokumentet, inte ”' || figure || '”. Rätta raden, eller ta bort den.'
        end as message_sv
    from excuses_of_nothing
    union all
    select
        reports.report_id,
        'reference_reports, ' || reports.report_id || ': rapporten har ett dokument '
        || '(source_sha256) men inga rader i printed_lines. Lägg dokumentet i documents/ och kör '
        || 'uv run bokslut lines.' as message_sv
    from reports
    where
        reports.source_sha256 is not null
        and reports.report_id not in (select line_figures.report_id from line_figures)
)

select * from final

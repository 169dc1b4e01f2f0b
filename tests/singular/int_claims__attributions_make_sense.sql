-- What a statement is said to be about is the typist's reading, which no line prints. It is asked
-- what it can be asked: a label that begins with the name of a unit or a goal is about it, a goal
-- is spoken of under its own heading, women and men are figures that the tables tell apart, another
-- year than the report's is printed there, and a reading keeps the unit of its print. A kind of
-- statement says what that kind says, and what has nothing to be compared with says why.
{{ config(meta={'cause': 'meanings'}) }}
{%- set directions -%}
    'up', 'down', 'unchanged', 'above', 'below', 'met', 'missed', 'halved', 'doubled', 'highest',
    'lowest'
{%- endset %}
with claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

units as (
    select * from {{ ref('reference_units') }}
),

goals as (
    select * from {{ ref('reference_goals') }}
),

goal_labels as (
    select * from {{ ref('int_goals__labelled') }}
),

print_figures as (
    select * from {{ ref('int_prints__figures') }}
),

-- A label that begins with the name of a unit is about it, the longer one of two; one that has
-- names of units further in is about one of them, or about the administration as a whole.
named as (
    select
        figure_id,
        max(case when choice = 1 and is_first then unit_code end) as unit_code,
        max(case when choice = 1 and is_first then unit_name_sv end) as unit_name_sv,
        max(case when unit_code = said_unit_code then 1 else 0 end) = 1 as is_among,
        max(case when choice = 1 then unit_name_sv end) as any_unit_name_sv
    from (
        select
            claims.figure_id,
            claims.unit_code as said_unit_code,
            -- The text calls a unit by a part of its name.
            case
                when position(units.unit_name_sv in said_units.unit_name_sv) > 0
                    then said_units.unit_code
                else units.unit_code
            end as unit_code,
            units.unit_name_sv,
            position(units.unit_name_sv in claims.row_label) = 1 as is_first,
            row_number() over (
                partition by claims.figure_id
                order by
                    case position(units.unit_name_sv in claims.row_label) when 1 then 0 else 1 end,
                    length(units.unit_name_sv) desc
            ) as choice
        from claims
        inner join reports
            on claims.report_id = reports.report_id
        inner join units
            on
                reports.administration_code = units.administration_code
                and position(units.unit_name_sv in claims.row_label) > 0
        left join units as said_units
            on claims.unit_code = said_units.unit_code
        where claims.unit_code is not null
    ) as fitting
    group by figure_id
),

headings as (
    select
        cells.report_id,
        cells.source_line_first,
        goal_labels.goal_code
    from {{ ref('int_cells__unioned') }} as cells
    inner join goal_labels
        on
            cells.report_id = goal_labels.report_id
            and cells.row_label = goal_labels.goal_label
    where cells.column_name = 'heading_icon' and cells.printed_text is not null
),

-- The heading right above a statement, of goals that have one.
nearest_headings as (
    select
        claims.figure_id,
        headings.goal_code,
        headings.source_line_first,
        row_number() over (
            partition by claims.figure_id
            order by headings.source_line_first desc
        ) as choice
    from claims
    inner join headings
        on
            claims.report_id = headings.report_id
            and claims.source_line_first >= headings.source_line_first
    where claims.goal_code is not null
),

gendered as (
    select
        report_id,
        measure_code,
        unit_code,
        gender
    from figures
    where not is_claim and gender in ('women', 'men')
    group by report_id, measure_code, unit_code, gender
),

-- A year is printed on the statement's lines, or the same quantity is printed elsewhere.
years_elsewhere as (
    select
        report_id,
        concept_key
    from figures
    group by report_id, concept_key
    having count(*) > 1
),

units_lost as (
    select
        print_figures.print_id,
        min(print_figures.unit_sign) as unit_sign
    from print_figures
    where print_figures.is_statement and print_figures.unit_sign is not null
    group by print_figures.print_id
),

statuses as (
    select code
    from {{ ref('reference_codes') }}
    where list = 'goal_status'
),

-- A statement that its own check can say nothing about.
unverifiable as (
    select replace(check_id, rule || ':', '') as figure_id
    from {{ rows_of_this_run(ref('fct_reconciliations')) }}
    where verdict = 'unverifiable' and rule in ('prose_direction', 'prose_wording')
),

judged as (
    select
        claims.*,
        case
            when claims.kind = 'status' and claims.goal_code is null
                then 'ett påstående om ett måls status har ingen goal_code'
            when claims.kind in ('status', 'majority') and statuses.code is null
                then 'stated är ' || coalesce(claims.stated, '(tom)') || ', som ingen status heter'
            when claims.kind in ('target_direction', 'year_direction') and claims.stated is null
                then 'ett påstående om en riktning har inget stated'
            when
                claims.kind in ('target_direction', 'year_direction')
                and claims.stated not in ({{ directions }})
                then
                    'stated är ' || claims.stated || '; väntat är '
                    || '{{ directions | replace("'", '') }}'
            when
                claims.kind <> 'status'
                and claims.goal_code is not null
                and statuses.code is not null
                then
                    'stated är ' || claims.stated || ', en status för målet '
                    || claims.goal_code || ', men kind är ' || claims.kind
                    || '; väntat är status'
            when
                claims.kind not in ('target_direction', 'year_direction')
                and claims.stated in ({{ directions }})
                -- A rank is of the highest or the lowest, and how much it fell is a number.
                and not (claims.kind = 'rank' and claims.stated in ('highest', 'lowest'))
                and not (
                    claims.kind = 'value'
                    and coalesce(claims.scenario, '') = 'change'
                    and claims.stated in ('up', 'down')
                )
                then
                    'stated är ' || claims.stated || ', en riktning, men kind är ' || claims.kind
                    || '; väntat är target_direction eller year_direction'
            when
                claims.kind = 'unit_count'
                and (
                    figures.printed_unit_of_measure is not null
                    or figures.value <> floor(figures.value)
                )
                then
                    'kind är unit_count, men läsningen ”' || claims.read_text
                    || '” är inget antal; väntat är value'
            when
                claims.kind in ('other', 'explanation')
                and claims.stated is not null
                and claims.topic is null
                and claims.unverifiable_code is null
                then
                    'kind är ' || claims.kind || ', men stated är ' || claims.stated
                    || ' och inget annat påstående har samma topic'
            when
                unverifiable.figure_id is not null
                and claims.measure_code is not null
                and claims.topic is null
                and claims.unverifiable_code is null
                then
                    'det finns inget tal för ' || claims.measure_code || ' att jämföra med, och '
                    || 'ingen unverifiable_code som säger varför'
            when claims.project_code is not null and projects.project_code is null
                then
                    'project_code är ' || claims.project_code
                    || ', som inget projekt i reference_label_aliases heter'
            when named.unit_code <> claims.unit_code
                then
                    'etiketten ”' || claims.row_label || '” börjar med ' || named.unit_name_sv
                    || ', men unit_code är ' || claims.unit_code
            when claims.unit_code <> reports.administration_code and not named.is_among
                then
                    'etiketten ”' || claims.row_label || '” nämner ' || named.any_unit_name_sv
                    || ', men unit_code är ' || claims.unit_code
            when goals.goal_code <> coalesce(claims.goal_code, '')
                then
                    'etiketten ”' || claims.row_label || '” börjar med målet ' || goals.goal_name_sv
                    || ', men goal_code är ' || coalesce(claims.goal_code, '(tom)')
            when nearest_headings.goal_code <> claims.goal_code
                then
                    'goal_code är ' || claims.goal_code || ', men rubriken närmast ovanför (rad '
                    || nearest_headings.source_line_first || ') är målet '
                    || nearest_headings.goal_code
            when claims.gender in ('women', 'men') and gendered.report_id is null
                then
                    'gender är ' || claims.gender || ', men inget tal i tabellerna är uppdelat så '
                    || 'för ' || coalesce(claims.measure_code, 'en uppgift utan measure_code')
            when
                claims.fiscal_year <> reports.report_year
                and years.line_no is null
                and years_elsewhere.report_id is null
                and reports.source_sha256 is not null
                then
                    'fiscal_year är ' || claims.fiscal_year
                    || ', ett år som raderna inte trycker'
            when
                units_lost.unit_sign is not null
                and figures.figure_id is not null
                and figures.printed_unit_of_measure is null
                and figures.missing_code is null
                then
                    'trycket har enheten ' || units_lost.unit_sign || ', men läsningen ”'
                    || claims.read_text || '” har den inte'
        end as fault
    from claims
    inner join reports
        on claims.report_id = reports.report_id
    left join named
        on claims.figure_id = named.figure_id
    left join goals
        on
            case
                when position(':' in claims.row_label) > 0
                    then split_part(claims.row_label, ':', 1)
            end
            = goals.goal_name_sv
    left join {{ ref('int_projects__named') }} as projects
        on claims.project_code = projects.project_code
    left join statuses
        on claims.stated = statuses.code
    left join unverifiable
        on claims.figure_id = unverifiable.figure_id
    left join nearest_headings
        on
            claims.figure_id = nearest_headings.figure_id
            and nearest_headings.choice = 1
    left join gendered
        on
            claims.report_id = gendered.report_id
            and claims.measure_code = gendered.measure_code
            and coalesce(claims.unit_code, reports.administration_code) = gendered.unit_code
            and claims.gender = gendered.gender
    left join figures
        on
            claims.figure_id = figures.figure_id
            and figures.is_claim
    left join years_elsewhere
        on
            claims.report_id = years_elsewhere.report_id
            and figures.concept_key = years_elsewhere.concept_key
    left join {{ ref('int_lines__figures') }} as years
        on
            claims.report_id = years.report_id
            and years.line_no between claims.source_line_first and claims.source_line_last
            and years.figure = cast(claims.fiscal_year as {{ dbt.type_string() }})
    left join units_lost
        on
            claims.report_id || '.pastaenden.' || claims.row_no || '.' || claims.source_line_first
            || '.' || claims.source_line_last = units_lost.print_id
)

select
    figure_id,
    {{ printed_place('judged', column=false) }} || ': ' || fault
    || '. Trolig orsak: påståendet är fört till fel verksamhet, mål, kön eller år.' as message_sv
from judged
where fault is not null
group by figure_id, source_table, row_no, source_line_first, source_line_last, fault

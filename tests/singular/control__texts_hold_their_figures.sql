-- What a known issue says it sees, and what a correction rests on, names figures and cites lines:
-- each figure named is on a cited line, or in the checks that the issue explains. An issue cites a
-- line of each of its checks, and a correction one of its figure.
{{ config(meta={'cause': 'issues'}) }}
with issues as (
    select * from {{ ref('control_known_issues') }}
    where {{ is_of_this_run('report_id') }}
),

corrections as (
    select * from {{ ref('control_corrections') }}
    where {{ is_of_this_run("split_part(figure_id, '.', 1)") }}
),

issue_checks as (
    select * from {{ ref('control_known_issue_checks') }}
),

checks as (
    select own.*
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as own
    where own.check_id in (select issue_checks.check_id from issue_checks)
),

figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

cells as (
    select * from {{ ref('int_cells__unioned') }}
),

line_figures as {{ not_materialized() }} (
    select * from {{ ref('int_lines__figures') }}
),

texts as (
    select
        'control_known_issues' as seed_name,
        known_issue_id as text_id,
        report_id,
        seen_sv as told
    from issues
    union all
    select
        'control_corrections' as seed_name,
        correction_id as text_id,
        split_part(figure_id, '.', 1) as report_id,
        evidence_sv as told
    from corrections
),

-- A no-break space joins the thousands of one number.
joined as (
    select
        texts.*,
        {{ plain_spaces_and_dashes("replace(told, '\u00a0', '')") }} as plain_text
    from texts
    where report_id in (select line_figures.report_id from line_figures)
),

words as (
    select
        joined.seed_name,
        joined.text_id,
        joined.report_id,
        words.place,
        words.word,
        lower(trim(both '().,;:%' from words.word)) as bare_word
    from joined
    {{ each_word('plain_text') }}
),

-- Lines are cited as `rad 35-37, 57 och 350`, to the end of a clause.
clauses as (
    select
        words.*,
        case
            when bare_word = 'rad' then 1
            when
                {{ regex_matches('bare_word', '^([0-9]+(-[0-9]+)?|och|till)$') }}
                and not {{ regex_matches(
                    "coalesce(lag(word) over in_text, '')", '^.*[).;:]$'
                ) }}
                then 0
            else 1
        end as begins_anew
    from words
    window in_text as (
        partition by seed_name, text_id
        order by place
    )
),

numbered as (
    select
        clauses.*,
        sum(begins_anew) over (
            partition by seed_name, text_id
            order by place
            rows between unbounded preceding and current row
        ) as clause_no
    from clauses
),

read as (
    select
        numbered.*,
        max(case when bare_word = 'rad' then 1 else 0 end) over (
            partition by seed_name, text_id, clause_no
        ) as is_citation
    from numbered
),

cited as (
    select
        seed_name,
        text_id,
        report_id,
        cast(split_part(bare_word, '-', 1) as integer) as line_first,
        cast(
            case
                when position('-' in bare_word) > 0 then split_part(bare_word, '-', 2)
                else bare_word
            end as integer
        ) as line_last
    from read
    where is_citation = 1 and {{ regex_matches('bare_word', '^[0-9]{1,6}(-[0-9]{1,6})?$') }}
    group by seed_name, text_id, report_id, bare_word
),

named as (
    select
        seed_name,
        text_id,
        report_id,
        bare_word as figure,
        abs(cast(replace(replace(bare_word, ',', '.'), '<', '') as decimal(18, 6))) as value
    from read
    where
        is_citation = 0
        and {{ regex_matches('bare_word', '^<?[+-]?[0-9]{1,9}(,[0-9]{1,6})?$') }}
        -- A year says when.
        and not {{ regex_matches('bare_word', '^(19|20)[0-9][0-9]$') }}
    group by seed_name, text_id, report_id, bare_word
),

-- The figures on a text's lines: as read, and as the scan prints them.
on_lines as (
    select
        cited.seed_name,
        cited.text_id,
        abs(figures.value) as value,
        figures.printed_text as figure
    from cited
    inner join figures
        on
            cited.report_id = figures.report_id
            and cited.line_last >= figures.source_line_first
            and cited.line_first <= figures.source_line_last
    union all
    select
        cited.seed_name,
        cited.text_id,
        null as value,
        line_figures.figure
    from cited
    inner join line_figures
        on
            cited.report_id = line_figures.report_id
            and line_figures.line_no between cited.line_first and cited.line_last
),

-- The sides of an issue's checks, and what they add up to where there are several.
sides as (
    select
        issue_checks.known_issue_id,
        cast(sum(checks.left_value) as decimal(18, 6)) as left_sum,
        cast(sum(checks.right_value) as decimal(18, 6)) as right_sum
    from issue_checks
    inner join checks
        on issue_checks.check_id = checks.check_id
    group by issue_checks.known_issue_id
),

explained as (
    select
        named.text_id,
        named.figure
    from named
    inner join issue_checks
        on named.text_id = issue_checks.known_issue_id
    inner join checks
        on issue_checks.check_id = checks.check_id
    where
        position(
            replace(named.figure, '-', '') in replace(checks.explanation_sv, '{{ "\u00a0" }}', '')
        ) > 0
    group by named.text_id, named.figure
    union
    select
        named.text_id,
        named.figure
    from named
    inner join sides
        on
            named.text_id = sides.known_issue_id
            and named.value in (sides.left_sum, sides.right_sum)
),

not_found as (
    select
        named.seed_name,
        named.text_id,
        'talet ' || named.figure || ' står inte på någon av de rader som texten anger' as fault
    from named
    left join on_lines
        on
            named.seed_name = on_lines.seed_name
            and named.text_id = on_lines.text_id
            and (named.value = on_lines.value or named.figure = on_lines.figure)
    left join explained
        on
            named.text_id = explained.text_id
            and named.figure = explained.figure
    where on_lines.text_id is null and explained.text_id is null
    group by named.seed_name, named.text_id, named.figure
),

-- What a check is about: the figures on its sides, and those that it rests on.
figures_of_checks as (
    {%- for side in ['left', 'right', 'evidence'] %}
    select
        check_id,
        {{ side }}_figure_id as figure_id
    from checks
    where {{ side }}_figure_id is not null
    {{ 'union' if not loop.last }}
    {%- endfor %}
),

lines_of_checks as (
    select
        issue_checks.known_issue_id,
        issue_checks.check_id,
        cells.source_line_first,
        cells.source_line_last
    from issue_checks
    inner join figures_of_checks
        on issue_checks.check_id = figures_of_checks.check_id
    inner join cells
        on figures_of_checks.figure_id = cells.figure_id
),

elsewhere as (
    select
        'control_known_issue_checks' as seed_name,
        lines_of_checks.known_issue_id as text_id,
        'texten anger ingen rad som ' || lines_of_checks.check_id || ' handlar om' as fault
    from lines_of_checks
    inner join cited
        on lines_of_checks.known_issue_id = cited.text_id
    group by lines_of_checks.known_issue_id, lines_of_checks.check_id
    having
        max(
            case
                when
                    cited.line_last >= lines_of_checks.source_line_first
                    and cited.line_first <= lines_of_checks.source_line_last
                    then 1
                else 0
            end
        ) = 0
    union all
    select
        'control_corrections' as seed_name,
        corrections.correction_id as text_id,
        'raderna ' || corrections.source_line_first || '-' || corrections.source_line_last
        || ' är inte rättade talets' as fault
    from corrections
    inner join figures
        on corrections.figure_id = figures.figure_id
    where
        corrections.source_line_last < figures.source_line_first
        or corrections.source_line_first > figures.source_line_last
        or corrections.source_line_first > corrections.source_line_last
),

faults as (
    select * from not_found
    union all
    select * from elsewhere
)

select
    seed_name,
    text_id,
    seed_name || ', ' || text_id || ': ' || fault
    || '. Trolig orsak: talet eller radnumret är fel, eller två texter har bytt plats.'
        as message_sv
from faults

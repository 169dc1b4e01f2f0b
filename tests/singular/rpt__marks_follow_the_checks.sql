-- A mark is that of the checks, a change that of its two prints; both are worked out once more.
with figures as {{ not_materialized() }} (
    select prints.* from {{ rows_of_this_run(ref('fct_printed_figures')) }} as prints
),

issues as (
    select * from {{ ref('dim_known_issues') }}
),

sides as (
    {%- for side, other in {'left': 'right', 'right': 'left'}.items() %}
    select
        checks.report_id,
        checks.check_id,
        checks.rule,
        checks.verdict,
        checks.known_issue_id,
        checks.{{ side }}_figure_id as figure_id,
        checks.{{ other }}_figure_id as other_figure_id,
        coalesce(figures.report_id || ' ' || figures.concept_key, checks.{{ side }}_figure_id)
            as said,
        case
            when checks.verdict = 'contradicts' then 1
            -- What nobody has looked into yet is no doubt about its figures.
            when issues.issue_class is null or issues.issue_class in ('wording', 'silence') then 0
            else 1
        end as is_mark
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    left join issues
        on checks.known_issue_id = issues.known_issue_id
    left join figures
        on checks.{{ side }}_figure_id = figures.figure_id
    where
        checks.verdict in ('contradicts', 'questionable')
        and checks.{{ side }}_figure_id is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- Of the two verdicts, the harder word comes first by the alphabet.
hardest as (
    select
        said,
        min(verdict) as verdict
    from sides
    where is_mark = 1
    group by said
),

-- What is said has one mark, wherever it is printed.
sayings as (
    select
        figure_id,
        said
    from sides
    union
    select
        figures.figure_id,
        hardest.said
    from figures
    inner join hardest
        on figures.report_id || ' ' || figures.concept_key = hardest.said
),

marks as (
    select
        sayings.figure_id,
        hardest.verdict,
        min(sides.known_issue_id) as known_issue_id
    from sayings
    inner join hardest
        on sayings.said = hardest.said
    inner join sides
        on
            hardest.said = sides.said
            and hardest.verdict = sides.verdict
            and sides.is_mark = 1
    group by sayings.figure_id, hardest.verdict
),

others as (
    select
        figure_id,
        other_figure_id,
        min(check_id) as check_id,
        min(verdict) as verdict,
        min(known_issue_id) as known_issue_id
    from sides
    where rule in ('same_concept', 'prose_value')
    group by figure_id, other_figure_id
),

other_values as (
    select
        others.figure_id,
        max(cast(figures.base_value / own.base_factor as decimal(18, 6))) as other_value
    from others
    inner join figures
        on others.other_figure_id = figures.figure_id
    inner join figures as own
        on others.figure_id = own.figure_id
    group by others.figure_id
),

passed_over_figures as (
    select checks.left_figure_id as figure_id
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    where checks.rule = 'silence' and checks.verdict = 'questionable'
    union
    select checks.right_figure_id as figure_id
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    where checks.rule = 'silence' and checks.verdict = 'questionable'
),

all_outcomes as {{ not_materialized() }} (
    select *
    from figures
    where scenario = 'outcome'
),

outcomes as {{ not_materialized() }} (
    select all_outcomes.*
    from all_outcomes
    left join passed_over_figures
        on all_outcomes.figure_id = passed_over_figures.figure_id
    where
        (all_outcomes.is_fact or passed_over_figures.figure_id is not null)
        and all_outcomes.value is not null
),

pairs as (
    select
        outcomes.report_id,
        outcomes.figure_id,
        outcomes.concept_key,
        outcomes.unit_code,
        previous.figure_id as previous_figure_id,
        outcomes.value,
        previous.value as previous_value,
        outcomes.value - previous.value as change_value,
        (outcomes.rounding_step + previous.rounding_step) / 2 as rounding,
        own_other.other_value,
        previous_other.other_value as previous_other_value,
        coalesce(own_mark.verdict, previous_mark.verdict) as verdict,
        coalesce(own_mark.known_issue_id, previous_mark.known_issue_id) as known_issue_id
    from outcomes
    inner join {{ ref('dim_reports') }} as reports
        on
            outcomes.report_id = reports.report_id
            and outcomes.fiscal_year = reports.report_year
    inner join outcomes as previous
        on
            outcomes.report_id = previous.report_id
            and outcomes.measure_code = previous.measure_code
            and outcomes.unit_code = previous.unit_code
            and outcomes.gender = previous.gender
            and outcomes.age_group = previous.age_group
            and outcomes.unit_of_measure = previous.unit_of_measure
            and outcomes.fiscal_year = previous.fiscal_year + 1
    left join other_values as own_other
        on outcomes.figure_id = own_other.figure_id
    left join other_values as previous_other
        on previous.figure_id = previous_other.figure_id
    left join marks as own_mark
        on outcomes.figure_id = own_mark.figure_id
    left join marks as previous_mark
        on previous.figure_id = previous_mark.figure_id
),

expected_changes as (
    select
        pairs.*,
        case
            when previous_value <> 0
                then cast(round(100 * change_value / abs(previous_value), 1) as decimal(18, 6))
        end as change_pct,
        case
            when value > 0 and previous_value < 0 then 'to_plus'
            when value < 0 and previous_value > 0 then 'to_minus'
            -- Multiplied, not divided: an engine's third of 6,9 need not be 2,3.
            when previous_value <> 0 and abs(value) > 3 * abs(previous_value) then 'tripled'
            when previous_value <> 0 and abs(value) > 2 * abs(previous_value) then 'doubled'
            when 3 * abs(value) < abs(previous_value) then 'third'
            when 2 * abs(value) < abs(previous_value) then 'halved'
            when value > previous_value then 'up'
            when value < previous_value then 'down'
            else 'same'
        end as change_size_code,
        case
            when other_value is not null or previous_other_value is not null
                then
                    coalesce(other_value, value) - coalesce(previous_other_value, previous_value)
        end as other_change_value
    from pairs
),

ranked as (
    select
        changes.figure_id,
        case when change_rank is not null then row_number() over (
            partition by report_id, change_rank is null
            order by
                case when is_important then 0 else 1 end asc,
                abs(change_pct) desc,
                figure_id asc
        ) end as expected_change_rank,
        case when passed_over_rank is not null then row_number() over (
            partition by report_id, passed_over_rank is null
            order by
                case when is_important then 0 else 1 end asc,
                case when change_rank is null then 1 else 0 end asc,
                abs(case when is_important then change_pct else change_value end) desc,
                figure_id asc
        ) end as expected_passed_over_rank
    from {{ rows_of_this_run(ref('rpt_changes')) }} as changes
),

-- Of the whole administration, on the front page, or a target missed.
important as (
    select expected_changes.figure_id
    from expected_changes
    inner join {{ ref('dim_units') }} as units
        on expected_changes.unit_code = units.unit_code
    where units.parent_unit_code is null
    union
    select expected_changes.figure_id
    from expected_changes
    inner join figures as on_front_page
        on
            expected_changes.report_id = on_front_page.report_id
            and expected_changes.concept_key = on_front_page.concept_key
    inner join {{ rows_of_this_run(ref('rpt_printed_tables')) }} as front_page
        on on_front_page.figure_id = front_page.figure_id
    union
    select indicators.figure_id
    from {{ rows_of_this_run(ref('fct_indicators')) }} as indicators
    where indicators.target_status = 'missed'
),

printed as (
    select
        rows_of_table.figure_id,
        previous.figure_id as previous_figure_id,
        own.value - previous.value as change_value,
        case
            when own.value - previous.value is not null
                then coalesce(own_mark.verdict, previous_mark.verdict)
        end as verdict,
        case
            when own.value - previous.value is not null
                then coalesce(own_mark.known_issue_id, previous_mark.known_issue_id)
        end as known_issue_id
    from {{ rows_of_this_run(ref('rpt_printed_tables')) }} as rows_of_table
    inner join figures as own
        on rows_of_table.figure_id = own.figure_id
    inner join {{ ref('dim_reports') }} as reports
        on own.report_id = reports.report_id
    left join all_outcomes as previous
        on
            own.report_id = previous.report_id
            and own.source_table = previous.source_table
            and own.row_no = previous.row_no
            and own.measure_code = previous.measure_code
            and own.gender = previous.gender
            and case
                when own.scenario = 'outcome' and own.fiscal_year = reports.report_year
                    then reports.report_year - 1
            end
            = previous.fiscal_year
    left join marks as own_mark
        on own.figure_id = own_mark.figure_id
    left join marks as previous_mark
        on previous.figure_id = previous_mark.figure_id
),

found_issues as (
    select
        known_issue_id,
        min(verdict) as verdict
    from {{ ref('fct_reconciliations') }}
    where verdict in ('contradicts', 'questionable')
    group by known_issue_id
)

select
    'rpt_marks: ' || coalesce(found.figure_id, marks.figure_id)
    || ' har fel märke.' as message_sv
from {{ rows_of_this_run(ref('rpt_marks')) }} as found
full outer join marks
    on found.figure_id = marks.figure_id
where
    found.verdict is distinct from marks.verdict
    or found.known_issue_id is distinct from marks.known_issue_id
union all
select 'rpt_trail: ' || trail.figure_id || ' har fel märke.' as message_sv
from {{ rows_of_this_run(ref('rpt_trail')) }} as trail
left join marks
    on trail.figure_id = marks.figure_id
where
    trail.mark_verdict is distinct from marks.verdict
    or trail.known_issue_id is distinct from marks.known_issue_id
union all
select
    'rpt_other_prints: ' || coalesce(found.figure_id, others.figure_id)
    || ' har fel annat tryck.' as message_sv
from {{ rows_of_this_run(ref('rpt_other_prints')) }} as found
full outer join others
    on
        found.figure_id = others.figure_id
        and found.other_figure_id = others.other_figure_id
left join figures
    on others.other_figure_id = figures.figure_id
left join figures as own
    on others.figure_id = own.figure_id
where
    found.check_id is distinct from others.check_id
    or found.verdict is distinct from others.verdict
    or found.known_issue_id is distinct from others.known_issue_id
    or found.other_value is distinct from figures.value
    or abs(found.other_value_here - figures.base_value / own.base_factor) > 0.000001
union all
select
    'rpt_changes: ' || coalesce(changes.figure_id, expected_changes.figure_id)
    || ' har en annan förändring än sina två tal.' as message_sv
from {{ rows_of_this_run(ref('rpt_changes')) }} as changes
full outer join expected_changes
    on changes.figure_id = expected_changes.figure_id
where
    changes.previous_figure_id is distinct from expected_changes.previous_figure_id
    or changes.change_value is distinct from expected_changes.change_value
    or changes.change_pct is distinct from expected_changes.change_pct
    or changes.change_size_code is distinct from expected_changes.change_size_code
    or changes.other_change_value is distinct from expected_changes.other_change_value
    or changes.mark_verdict is distinct from expected_changes.verdict
    or changes.known_issue_id is distinct from expected_changes.known_issue_id
    or (abs(changes.change_value) > expected_changes.rounding) <> changes.is_beyond_rounding
    or changes.change_code <> case
        when expected_changes.change_value > 0 then 'up'
        when expected_changes.change_value < 0 then 'down'
        else 'same'
    end
union all
select 'rpt_changes: ' || changes.figure_id || ' har fel plats.' as message_sv
from {{ rows_of_this_run(ref('rpt_changes')) }} as changes
inner join ranked
    on changes.figure_id = ranked.figure_id
where
    changes.change_rank is distinct from ranked.expected_change_rank
    or changes.passed_over_rank is distinct from ranked.expected_passed_over_rank
union all
select 'rpt_changes: ' || changes.figure_id || ' väger fel.' as message_sv
from {{ rows_of_this_run(ref('rpt_changes')) }} as changes
left join important
    on changes.figure_id = important.figure_id
where changes.is_important <> (important.figure_id is not null)
union all
select 'rpt_known_issues: ' || issues_shown.known_issue_id || ' har fel utslag.' as message_sv
from {{ ref('rpt_known_issues') }} as issues_shown
left join found_issues as found
    on issues_shown.known_issue_id = found.known_issue_id
where issues_shown.verdict is distinct from found.verdict
union all
select 'rpt_changes: ' || changes.figure_id || ' nämns i texten, eller nämns inte.' as message_sv
from {{ rows_of_this_run(ref('rpt_changes')) }} as changes
left join sides as passed_over
    on
        changes.figure_id = passed_over.figure_id
        and changes.previous_figure_id = passed_over.other_figure_id
        and passed_over.rule = 'silence'
where
    changes.is_passed_over <> (passed_over.figure_id is not null)
    or changes.silence_issue_id is distinct from passed_over.known_issue_id
union all
select 'rpt_printed_tables: ' || found.figure_id || ' har fel förändring.' as message_sv
from {{ rows_of_this_run(ref('rpt_printed_tables')) }} as found
inner join printed
    on found.figure_id = printed.figure_id
where
    found.previous_figure_id is distinct from printed.previous_figure_id
    or found.change_value is distinct from printed.change_value
    or found.change_mark_verdict is distinct from printed.verdict
    or found.change_known_issue_id is distinct from printed.known_issue_id

{{ incremental_by_report() }}

with reports as (
    select * from {{ ref('dim_reports') }}
),

units as (
    select * from {{ ref('dim_units') }}
),

figures as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

indicators as (
    select * from {{ rows_of_this_run(ref('fct_indicators')) }}
),

marks as (
    select * from {{ rows_of_this_run(ref('rpt_marks')) }}
),

other_prints as (
    select
        figure_id,
        max(other_value_here) as other_value
    from {{ rows_of_this_run(ref('rpt_other_prints')) }}
    group by figure_id
),

-- A large change that the text passes over is a finding of its own.
passed_over as (
    select
        right_figure_id as figure_id,
        left_figure_id as previous_figure_id,
        known_issue_id
    from {{ rows_of_this_run(ref('fct_reconciliations')) }}
    where rule = 'silence' and verdict = 'questionable'
),

front_page as (
    select
        figures.report_id,
        figures.concept_key
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    inner join {{ ref('dim_printed_tables') }} as printed_tables
        on
            reports.template = printed_tables.template
            and figures.source_table = printed_tables.source_table
    where printed_tables.is_mirrored
    group by figures.report_id, figures.concept_key
),

-- A table that no fact takes, such as a balance sheet, changes too.
of_other_tables as (
    select figure_id from passed_over
    union
    select previous_figure_id as figure_id from passed_over
),

outcomes as (
    select figures.*
    from figures
    left join of_other_tables
        on figures.figure_id = of_other_tables.figure_id
    where
        figures.scenario = 'outcome'
        and figures.value is not null
        and (figures.is_fact or of_other_tables.figure_id is not null)
),

paired as (
    select
        outcome.report_id,
        outcome.figure_id,
        previous.figure_id as previous_figure_id,
        outcome.concept_key,
        outcome.concept_name_sv,
        outcome.unit_code,
        outcome.gender,
        outcome.age_group,
        outcome.unit_of_measure,
        outcome.value,
        previous.value as previous_value,
        cast(outcome.value - previous.value as decimal(18, 6)) as change_value,
        {{ tolerance(['outcome.rounding_step', 'previous.rounding_step']) }} as tolerance
    from outcomes as outcome
    inner join reports
        on
            outcome.report_id = reports.report_id
            and outcome.fiscal_year = reports.report_year
    inner join outcomes as previous
        on
            outcome.report_id = previous.report_id
            and outcome.measure_code = previous.measure_code
            and outcome.unit_code = previous.unit_code
            and outcome.gender = previous.gender
            and outcome.age_group = previous.age_group
            and coalesce(outcome.project_code, '') = coalesce(previous.project_code, '')
            and coalesce(outcome.project_status, '') = coalesce(previous.project_status, '')
            and outcome.unit_of_measure = previous.unit_of_measure
            and outcome.fiscal_year = previous.fiscal_year + 1
),

weighed as (
    select
        paired.*,
        abs(paired.change_value) > paired.tolerance as is_beyond_rounding,
        case
            when paired.previous_value <> 0
                then cast(
                    round(100 * paired.change_value / abs(paired.previous_value), 1)
                    as decimal(18, 6)
                )
        end as change_pct,
        (
            indicators.figure_id is not null
            and paired.gender = 'total'
            and paired.age_group = 'all'
            and abs(paired.change_value) > paired.tolerance
        ) as is_ranked,
        coalesce(
            units.parent_unit_code is null
            or front_page.concept_key is not null
            or indicators.target_status = 'missed',
            false
        ) as is_important,
        coalesce(marks.known_issue_id, previous_marks.known_issue_id) as known_issue_id,
        coalesce(marks.verdict, previous_marks.verdict) as mark_verdict,
        case
            when own_other.other_value is not null or previous_other.other_value is not null
                then cast(
                    coalesce(own_other.other_value, paired.value)
                    - coalesce(previous_other.other_value, paired.previous_value)
                    as decimal(18, 6)
                )
        end as other_change_value,
        passed_over.figure_id is not null as is_passed_over,
        passed_over.known_issue_id as silence_issue_id
    from paired
    left join units
        on paired.unit_code = units.unit_code
    left join front_page
        on
            paired.report_id = front_page.report_id
            and paired.concept_key = front_page.concept_key
    left join indicators
        on paired.figure_id = indicators.figure_id
    left join marks
        on paired.figure_id = marks.figure_id
    left join marks as previous_marks
        on paired.previous_figure_id = previous_marks.figure_id
    left join other_prints as own_other
        on paired.figure_id = own_other.figure_id
    left join other_prints as previous_other
        on paired.previous_figure_id = previous_other.figure_id
    left join passed_over
        on paired.figure_id = passed_over.figure_id
),

final as (
    select
        report_id,
        figure_id,
        previous_figure_id,
        concept_name_sv,
        unit_of_measure,
        change_value,
        change_pct,
        case
            when change_value > 0 then 'up'
            when change_value < 0 then 'down'
            else 'same'
        end as change_code,
        case
            when value > 0 and previous_value < 0 then 'to_plus'
            when value < 0 and previous_value > 0 then 'to_minus'
            when abs(value) > 3 * abs(previous_value) and previous_value <> 0 then 'tripled'
            when abs(value) > 2 * abs(previous_value) and previous_value <> 0 then 'doubled'
            when 3 * abs(value) < abs(previous_value) then 'third'
            when 2 * abs(value) < abs(previous_value) then 'halved'
            when change_value > 0 then 'up'
            when change_value < 0 then 'down'
            else 'same'
        end as change_size_code,
        is_beyond_rounding,
        is_important,
        cast(
            case
                when is_ranked
                    then row_number() over (
                        partition by report_id, is_ranked
                        order by
                            case when is_important then 0 else 1 end asc,
                            abs(coalesce(change_pct, 0)) desc,
                            figure_id asc
                    )
            end as integer
        ) as change_rank,
        other_change_value,
        mark_verdict,
        known_issue_id,
        is_passed_over,
        silence_issue_id,
        cast(
            case
                when is_passed_over
                    then row_number() over (
                        partition by report_id, is_passed_over
                        order by
                            case when is_important then 0 else 1 end asc,
                            case when is_ranked then 0 else 1 end asc,
                            abs(
                                case
                                    when is_important then coalesce(change_pct, 0)
                                    else change_value
                                end
                            ) desc,
                            figure_id asc
                    )
            end as integer
        ) as passed_over_rank
    from weighed
)

select * from final

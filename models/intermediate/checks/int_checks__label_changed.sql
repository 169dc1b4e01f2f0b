-- The same indicator or goal under another name, or an indicator in another unit of measure, than
-- in last year's report. A row below a group may be named by either.
with indicators as {{ not_materialized() }} (
    select *
    from {{ ref('int_indicators__compared') }}
    where fiscal_year = report_year and gender = 'total' and age_group = 'all'
),

previous as (
    select * from {{ ref('int_reports__previous') }}
),

figures as {{ not_materialized() }} (
    select
        figure_id,
        group_label
    from {{ ref('int_figures__matched') }}
),

goals as (
    select * from {{ ref('int_goals__assessed') }}
),

pairs as (
    select
        later.report_id,
        later.figure_id as right_figure_id,
        earlier.figure_id as left_figure_id,
        later.concept_name_sv,
        earlier.indicator_label_sv as left_text,
        later.indicator_label_sv as right_text,
        earlier.unit_of_measure as left_unit_of_measure,
        later.unit_of_measure as right_unit_of_measure,
        {{ line_range('later.source_line_first', 'later.source_line_last') }} as right_lines,
        later.unit_of_measure <> earlier.unit_of_measure as is_measured_otherwise,
        later.indicator_label_sv <> earlier.indicator_label_sv
        and {{ plain_label('later_print.group_label') }}
        <> {{ plain_label('earlier.indicator_label_sv') }}
        and {{ plain_label('earlier_print.group_label') }}
        <> {{ plain_label('later.indicator_label_sv') }} as is_renamed
    from indicators as later
    inner join previous
        on later.report_id = previous.report_id
    inner join indicators as earlier
        on
            previous.previous_report_id = earlier.report_id
            and later.series_key = earlier.series_key
    left join figures as later_print
        on later.figure_id = later_print.figure_id
    left join figures as earlier_print
        on earlier.figure_id = earlier_print.figure_id
),

goal_pairs as (
    select
        later.report_id,
        later.figure_id,
        earlier.figure_id as left_figure_id,
        earlier.goal_label_sv as left_text,
        later.goal_label_sv as right_text,
        {{ line_range('later.source_line_first', 'later.source_line_last') }} as right_lines,
        {{ plain_label('later.goal_label_sv') }} <> {{ plain_label('earlier.goal_label_sv') }}
            as is_renamed
    from goals as later
    inner join previous
        on later.report_id = previous.report_id
    inner join goals as earlier
        on
            previous.previous_report_id = earlier.report_id
            and later.goal_code = earlier.goal_code
),

of_indicators as (
    {{ check_row(
        'pairs',
        'label_changed',
        key='right_figure_id',
        subject='concept_name_sv',
        aspect='name',
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        verdict="case when is_measured_otherwise or is_renamed then 'questionable' else 'agrees' end",
        explanation_case="case when is_measured_otherwise then 'measured_otherwise' end",
        texts={
            'left_text': 'left_text',
            'right_text': 'right_text',
            'right_lines': 'right_lines',
        },
        words={
            'left_measure': ('unit_of_measure', 'left_unit_of_measure'),
            'right_measure': ('unit_of_measure', 'right_unit_of_measure'),
        }
    ) }}
),

of_goals as (
    {{ check_row(
        'goal_pairs',
        'label_changed',
        key='figure_id',
        subject='right_text',
        aspect='name_of_goal',
        left_figure_id='left_figure_id',
        right_figure_id='figure_id',
        verdict="case when is_renamed then 'questionable' else 'agrees' end",
        explanation_case="case when is_renamed then 'goal_renamed' else 'goal_agrees' end",
        texts={
            'left_text': 'left_text',
            'right_text': 'right_text',
            'right_lines': 'right_lines',
        }
    ) }}
),

final as (
    select * from of_indicators
    union all
    select * from of_goals
)

select * from final

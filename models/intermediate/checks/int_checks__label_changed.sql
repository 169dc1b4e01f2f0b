-- The same goal or indicator under another name than in last year's report, or an indicator in
-- another unit of measure.
with indicators as {{ not_materialized() }} (
    select *
    from {{ ref('int_indicators__compared') }}
    where fiscal_year = report_year and gender = 'total' and age_group = 'all'
),

previous as (
    select * from {{ ref('int_reports__previous') }}
),

goals as (
    select * from {{ ref('int_goals__assessed') }}
),

goal_names as (
    select * from {{ ref('reference_goals') }}
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
        later.indicator_label_sv <> earlier.indicator_label_sv as is_renamed,
        false as is_goal
    from indicators as later
    inner join previous
        on later.report_id = previous.report_id
    inner join indicators as earlier
        on
            previous.previous_report_id = earlier.report_id
            and later.series_key = earlier.series_key
    union all
    select
        later.report_id,
        later.figure_id as right_figure_id,
        earlier.figure_id as left_figure_id,
        goal_names.goal_name_sv as concept_name_sv,
        earlier.goal_label_sv as left_text,
        later.goal_label_sv as right_text,
        null as left_unit_of_measure,
        null as right_unit_of_measure,
        {{ line_range('later.source_line_first', 'later.source_line_last') }} as right_lines,
        false as is_measured_otherwise,
        {{ plain_label('later.goal_label_sv') }} <> {{ plain_label('earlier.goal_label_sv') }}
            as is_renamed,
        true as is_goal
    from goals as later
    inner join goal_names
        on later.goal_code = goal_names.goal_code
    inner join previous
        on later.report_id = previous.report_id
    inner join goals as earlier
        on
            previous.previous_report_id = earlier.report_id
            and later.goal_code = earlier.goal_code
),

final as (
    {{ check_row(
        'pairs',
        'label_changed',
        key='right_figure_id',
        subject="concept_name_sv || ', benämning'",
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        verdict="case when is_measured_otherwise or is_renamed then 'questionable' else 'agrees' end",
        explanation_case="case
            when is_measured_otherwise then 'measured_otherwise'
            when is_goal and is_renamed then 'goal_renamed'
            when is_goal then 'goal_agrees'
        end",
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
)

select * from final

with goals as (
    select * from {{ ref('int_goals__assessed') }}
),

goal_names as (
    select * from {{ ref('reference_goals') }}
),

claims as (
    select *
    from {{ ref('int_claims__matched') }}
    where kind = 'status' and goal_code is not null
),

named as (
    select
        goals.*,
        goal_names.goal_name_sv,
        goals.indicators_met + goals.indicators_missed as indicators_comparable,
        goals.indicators_met + goals.indicators_missed + goals.indicators_unknown as indicators
    from goals
    inner join goal_names
        on goals.goal_code = goal_names.goal_code
),

wordings as (
    {{ judgement_wordings() }}
),

-- A mark beside a goal is compared where it can be read: most scans leave it unreadable.
marks as (
    select
        cells.report_id,
        cells.figure_id,
        cells.source_line_first,
        cells.source_line_last,
        labels.goal_code,
        wordings.declared_status as stated
    from {{ ref('int_cells__unioned') }} as cells
    inner join {{ ref('reference_reports') }} as reports
        on cells.report_id = reports.report_id
    inner join {{ ref('int_goals__labelled') }} as labels
        on
            cells.report_id = labels.report_id
            and cells.row_label = labels.goal_label
    inner join wordings
        on
            reports.template = wordings.template
            and {{ plain_label('cells.printed_text') }} = wordings.judgement_key
    where cells.content = 'unreadable'
),

-- An indicator that is judged by itself is held to its own target.
judged_indicators as (
    select
        cells.figure_id,
        cells.report_id,
        cells.source_line_first,
        cells.source_line_last,
        wordings.declared_status,
        indicators.concept_name_sv,
        indicators.value,
        indicators.target_value,
        indicators.target_status,
        indicators.figure_id as outcome_figure_id,
        indicators.target_figure_id
    from {{ ref('int_cells__unioned') }} as cells
    inner join {{ ref('reference_reports') }} as reports
        on cells.report_id = reports.report_id
    inner join wordings
        on
            reports.template = wordings.template
            and {{ plain_label('cells.printed_text') }} = wordings.judgement_key
    inner join {{ ref('int_rows__labelled') }} as labelled_rows
        on
            cells.report_id = labelled_rows.report_id
            and cells.source_table = labelled_rows.source_table
            and cells.row_no = labelled_rows.row_no
    inner join {{ ref('int_indicators__compared') }} as indicators
        on
            cells.report_id = indicators.report_id
            and labelled_rows.measure_code = indicators.indicator_code
            and labelled_rows.unit_code = indicators.unit_code
            and labelled_rows.gender = indicators.gender
            and labelled_rows.age_group = indicators.age_group
            and reports.report_year = indicators.fiscal_year
    where cells.content = 'indicator_judgement'
),

said as (
    select
        claims.report_id,
        claims.figure_id,
        claims.source_line_first,
        claims.source_line_last,
        claims.goal_code,
        claims.stated,
        'other_words' as said_by
    from claims
    union all
    select
        marks.report_id,
        marks.figure_id,
        marks.source_line_first,
        marks.source_line_last,
        marks.goal_code,
        marks.stated,
        'mark' as said_by
    from marks
),

other_words as (
    select
        said.report_id,
        said.figure_id,
        said.stated,
        said.said_by,
        said.source_line_first,
        said.source_line_last,
        named.goal_name_sv,
        named.declared_status,
        named.source_line_first as declared_line_first,
        named.source_line_last as declared_line_last
    from said
    inner join named
        on
            said.report_id = named.report_id
            and said.goal_code = named.goal_code
),

against_indicators as (
    {{ check_row(
        'named',
        'goal_status',
        key='figure_id',
        subject='goal_name_sv',
        aspect='judgement_against_indicators',
        right_figure_id='figure_id',
        left_value='indicators_met',
        right_value='indicators_comparable',
        difference='null',
        verdict="case
            when is_consistent is null then 'unverifiable'
            when is_consistent then 'agrees'
            else 'questionable'
        end",
        explanation_case="case
            when is_consistent then
                case when indicators_comparable = 1 then 'one_agrees' else 'many_agrees' end
            when not is_consistent then
                case when indicators_comparable = 1 then 'one_differs' else 'many_differs' end
        end",
        texts={
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'comparable': 'indicators_comparable',
            'indicators': 'indicators',
        },
        words={
            'declared': ('goal_status', 'declared_status'),
            'computed': ('goal_status', 'computed_status'),
            'met': ('how_many', 'indicators_met'),
        }
    ) }}
),

against_other_words as (
    {{ check_row(
        'other_words',
        'goal_status',
        key='figure_id',
        subject='goal_name_sv',
        aspect='judgement_against_wording',
        right_figure_id='figure_id',
        verdict="case
            when stated = declared_status then 'agrees'
            -- Not wholly and not at all are near each other in words.
            when stated <> 'fulfilled' and declared_status <> 'fulfilled' then 'questionable'
            else 'contradicts'
        end",
        explanation_case='said_by',
        texts={
            'left_lines': line_range('declared_line_first', 'declared_line_last'),
            'right_lines': line_range('source_line_first', 'source_line_last'),
        },
        words={
            'declared': ('goal_status', 'declared_status'),
            'stated': ('goal_status', 'stated'),
        }
    ) }}
),

-- Met in part is what a missed target may be called; a judgement may weigh in more than its target.
against_own_target as (
    {{ check_row(
        'judged_indicators',
        'goal_status',
        key='figure_id',
        subject='concept_name_sv',
        aspect='judgement_against_target',
        left_figure_id='target_figure_id',
        right_figure_id='outcome_figure_id',
        difference='null',
        verdict="case
            when declared_status = 'not_assessed' or target_status not in ('met', 'missed')
                then 'unverifiable'
            when (declared_status = 'fulfilled') = (target_status = 'met') then 'agrees'
            else 'questionable'
        end",
        explanation_case="case
            when declared_status = 'not_assessed' or target_status not in ('met', 'missed')
                then 'indicator_unverifiable'
            when (declared_status = 'fulfilled') = (target_status = 'met') then 'indicator_agrees'
            else 'indicator_differs'
        end",
        texts={'right_lines': line_range('source_line_first', 'source_line_last')},
        numbers={'outcome': 'value', 'target': 'target_value'},
        words={
            'declared': ('goal_status', 'declared_status'),
            'computed': ('target_status', 'target_status'),
        }
    ) }}
),

final as (
    select * from against_indicators
    union all
    select * from against_own_target
    union all
    select * from against_other_words
)

select * from final

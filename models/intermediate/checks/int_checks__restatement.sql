-- What a later report prints for a year that an earlier report printed too: an outcome against the
-- report of its year, or one between; a target against the plan of the year before.
with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where concept_rank = 1 and not is_claim and scenario <> 'change'
),

reports as (
    select * from {{ ref('reference_reports') }}
),

dated as (
    select
        figures.*,
        reports.municipality_code,
        reports.administration_code,
        reports.report_year
    from figures
    inner join reports
        on figures.report_id = reports.report_id
),

pairs as (
    select
        later.report_id,
        later.concept_name_sv,
        earlier.figure_id as left_figure_id,
        later.figure_id as right_figure_id,
        cast(earlier.base_value / later.base_factor as decimal(18, 6)) as left_value,
        later.value as right_value,
        {{ tolerance([
            'later.rounding_step', 'earlier.rounding_step * abs(earlier.base_factor / later.base_factor)',
        ]) }} as tolerance,
        coalesce(earlier.read_text, '–') as left_text,
        {{ line_range('earlier.source_line_first', 'earlier.source_line_last') }} as left_lines,
        earlier.report_year as earlier_report_year,
        coalesce(later.read_text, '–') as right_text,
        {{ line_range('later.source_line_first', 'later.source_line_last') }} as right_lines,
        row_number() over (
            partition by later.figure_id
            order by earlier.report_year desc
        ) as nearness
    from dated as later
    inner join dated as earlier
        on
            later.municipality_code = earlier.municipality_code
            and later.administration_code = earlier.administration_code
            and later.concept_key = earlier.concept_key
            and later.report_year > earlier.report_year
    where earlier.value is not null
),

nearest as (
    select *
    from pairs
    where nearness = 1
),

final as (
    {{ check_row(
        'nearest',
        'restatement',
        key='right_figure_id',
        subject='concept_name_sv',
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        left_value='left_value',
        right_value='right_value',
        tolerance='tolerance',
        verdict="case
            when right_value is null then 'questionable'
            when right_value = left_value then 'agrees'
            when abs(right_value - left_value) <= tolerance then 'agrees_within_rounding'
            else 'questionable'
        end",
        explanation_case="case
            when right_value is null then 'withdrawn'
            when abs(right_value - left_value) <= tolerance then 'agrees'
        end",
        texts={
            'left_text': 'left_text',
            'left_lines': 'left_lines',
            'year': 'earlier_report_year',
            'right_text': 'right_text',
            'right_lines': 'right_lines',
        },
        numbers={'difference': 'right_value - left_value'}
    ) }}
)

select * from final

-- The same indicator under another name, or in another unit of measure, than in last year's report.
with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where
        is_indicator
        and not is_claim
        and scenario = 'outcome'
        and gender = 'total'
        and concept_rank = 1
),

reports as (
    select * from {{ ref('reference_reports') }}
),

previous as (
    select * from {{ ref('int_reports__previous') }}
),

-- The printed name, in right spelling where the label's own is damaged; the report year's row
-- stands for the indicator.
named as (
    select
        figures.report_id,
        figures.measure_code,
        figures.unit_code,
        figures.figure_id,
        figures.concept_name_sv,
        figures.unit_of_measure,
        figures.source_line_first,
        figures.source_line_last,
        coalesce(figures.row_label_sv, figures.row_label) as name_sv,
        figures.row_label_sv is not null as is_spelt
    from figures
    inner join reports
        on
            figures.report_id = reports.report_id
            and figures.fiscal_year = reports.report_year
),

pairs as (
    select
        later.report_id,
        later.figure_id as right_figure_id,
        earlier.figure_id as left_figure_id,
        later.concept_name_sv,
        earlier.name_sv as left_text,
        later.name_sv as right_text,
        earlier.unit_of_measure as left_unit_of_measure,
        later.unit_of_measure as right_unit_of_measure,
        {{ line_range('later.source_line_first', 'later.source_line_last') }} as right_lines,
        later.unit_of_measure <> earlier.unit_of_measure as is_measured_otherwise,
        later.is_spelt and earlier.is_spelt and later.name_sv <> earlier.name_sv as is_renamed
    from named as later
    inner join previous
        on later.report_id = previous.report_id
    inner join named as earlier
        on
            previous.previous_report_id = earlier.report_id
            and later.measure_code = earlier.measure_code
            and later.unit_code = earlier.unit_code
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
)

select * from final

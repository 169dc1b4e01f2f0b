with indicators as {{ not_materialized() }} (
    select * from {{ ref('int_indicators__compared') }}
),

figures as (
    select * from {{ ref('int_figures__matched') }}
),

-- A history needs two years at least.
histories as (
    select
        report_id,
        series_key,
        min(value) as lowest,
        max(value) as highest
    from indicators
    group by report_id, series_key
    having count(value) > 1
),

judged as (
    select
        targets.figure_id,
        targets.report_id,
        targets.concept_name_sv,
        targets.read_text,
        targets.source_line_first,
        targets.source_line_last,
        targets.value as target_value,
        histories.lowest,
        histories.highest,
        case
            when targets.value > 2 * histories.highest then targets.value - histories.highest
            when targets.value < histories.lowest / 2 then targets.value - histories.lowest
            else 0
        end as difference
    from indicators
    inner join histories
        on
            indicators.report_id = histories.report_id
            and indicators.series_key = histories.series_key
    inner join figures as targets
        on indicators.target_figure_id = targets.figure_id
    -- A target in money is a result to reach, not a level to compare with.
    where
        targets.value is not null
        and histories.lowest > 0
        and indicators.unit_of_measure <> 'tkr'
),

final as (
    {{ check_row(
        'judged',
        'target_sanity',
        key='figure_id',
        subject='concept_name_sv',
        right_figure_id='figure_id',
        left_value='case when difference < 0 then lowest else highest end',
        right_value='target_value',
        difference='difference',
        tolerance='0',
        verdict="case when difference = 0 then 'agrees' else 'questionable' end",
        left_low='lowest / 2',
        left_high='highest * 2',
        explanation_case="case when difference > 0 then 'above' when difference < 0 then 'below' end",
        texts={
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
        },
        numbers={'lowest': 'lowest', 'highest': 'highest'}
    ) }}
)

select * from final

-- What a forecast said beside what came: shown, since a forecast is no promise.
with concepts as {{ not_materialized() }} (
    select *
    from {{ ref('int_concepts__chosen') }}
    where value is not null
),

pairs as (
    select
        forecast.report_id,
        forecast.concept_name_sv,
        forecast.figure_id as forecast_figure_id,
        outcome.figure_id as outcome_figure_id,
        forecast.value as forecast_value,
        cast(outcome.base_value / forecast.base_factor as decimal(18, 6)) as outcome_value,
        {{ tolerance([
            'forecast.rounding_step',
            'outcome.rounding_step * abs(outcome.base_factor / forecast.base_factor)',
        ]) }} as tolerance,
        {{ line_range('forecast.source_line_first', 'forecast.source_line_last') }}
            as forecast_lines,
        {{ line_range('outcome.source_line_first', 'outcome.source_line_last') }} as outcome_lines
    from concepts as forecast
    inner join concepts as outcome
        on
            forecast.report_id = outcome.report_id
            and forecast.series_key = outcome.series_key
            and forecast.fiscal_year = outcome.fiscal_year
    where forecast.scenario = 'forecast' and outcome.scenario = 'outcome'
),

final as (
    {{ check_row(
        'pairs',
        'forecast_accuracy',
        key='forecast_figure_id',
        subject='concept_name_sv',
        left_figure_id='outcome_figure_id',
        right_figure_id='forecast_figure_id',
        left_value='outcome_value',
        right_value='forecast_value',
        tolerance='tolerance',
        verdict="'unverifiable'",
        texts={'left_lines': 'outcome_lines', 'right_lines': 'forecast_lines'},
        numbers={
            'left_value': 'outcome_value',
            'right_value': 'forecast_value',
            'difference': 'forecast_value - outcome_value',
        }
    ) }}
)

select * from final

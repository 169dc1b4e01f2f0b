with figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

measures as (
    select * from {{ ref('reference_measures') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

deviations as (
    select
        deviation.figure_id,
        deviation.report_id,
        deviation.concept_name_sv,
        deviation.source_line_first,
        deviation.source_line_last,
        deviation.read_text,
        deviation.value as printed_value,
        cast((outcome.value - budget.value) * measures.deviation_sign as decimal(18, 6))
            as computed_value,
        {{ tolerance([
            'outcome.rounding_step', 'budget.rounding_step', 'deviation.rounding_step',
        ]) }} as tolerance,
        case measures.deviation_sign when 1 then outcome.read_text else budget.read_text end
            as first_text,
        case measures.deviation_sign when 1 then budget.read_text else outcome.read_text end
            as second_text,
        'deviation_' as computation,
        outcome.value is null and budget.value is null and deviation.value is null as is_empty
    from figures as deviation
    inner join measures
        on deviation.measure_code = measures.measure_code
    left join figures as outcome
        on
            deviation.report_id = outcome.report_id
            and deviation.source_table = outcome.source_table
            and deviation.row_no = outcome.row_no
            and deviation.measure_code = outcome.measure_code
            and deviation.fiscal_year = outcome.fiscal_year
            and outcome.scenario = 'outcome'
    left join figures as budget
        on
            deviation.report_id = budget.report_id
            and deviation.source_table = budget.source_table
            and deviation.row_no = budget.row_no
            and deviation.measure_code = budget.measure_code
            and deviation.fiscal_year = budget.fiscal_year
            and budget.scenario = 'budget'
    where deviation.scenario = 'deviation'
),

shares as (
    select
        share.figure_id,
        share.report_id,
        share.concept_name_sv,
        share.source_line_first,
        share.source_line_last,
        share.read_text,
        share.value as printed_value,
        cast(100 * numerator.value / nullif(denominator.value, 0) as decimal(18, 6))
            as computed_value,
        -- One division: Spark rounds every quotient to six decimals.
        cast(
            share.rounding_step / 2
            + 50 * (
                numerator.rounding_step * cast(denominator.value as decimal(38, 6))
                + numerator.value * cast(denominator.rounding_step as decimal(38, 6))
            ) / nullif(cast(denominator.value as decimal(38, 6)) * denominator.value, 0)
            as decimal(18, 6)
        ) as tolerance,
        numerator.read_text as first_text,
        denominator.read_text as second_text,
        'share_' as computation,
        share.value is null as is_empty
    from figures as share
    inner join indicators
        on
            share.measure_code = indicators.indicator_code
            and indicators.numerator_code is not null
    left join figures as numerator
        on
            share.report_id = numerator.report_id
            and indicators.numerator_code = numerator.measure_code
            and share.unit_code = numerator.unit_code
            and share.fiscal_year = numerator.fiscal_year
            and share.gender = numerator.gender
            and numerator.scenario = 'outcome'
            and numerator.concept_rank = 1
    left join figures as denominator
        on
            share.report_id = denominator.report_id
            and indicators.denominator_code = denominator.measure_code
            and share.unit_code = denominator.unit_code
            and share.fiscal_year = denominator.fiscal_year
            and share.gender = denominator.gender
            and denominator.scenario = 'outcome'
            and denominator.concept_rank = 1
    where share.scenario = 'outcome'
),

identities as (
    select * from deviations
    where not is_empty
    union all
    select * from shares
    where not is_empty
),

judged as (
    select
        identities.*,
        {{ verdict_of('printed_value - computed_value', 'tolerance') }} as verdict
    from identities
),

final as (
    {{ check_row(
        'judged',
        'identity',
        key='figure_id',
        subject='concept_name_sv',
        right_figure_id='figure_id',
        left_value='computed_value',
        right_value='printed_value',
        tolerance='tolerance',
        verdict='verdict',
        explanation_case="case when verdict <> 'unverifiable' then computation || verdict end",
        texts={
            'first': 'first_text',
            'second': 'second_text',
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
        },
        numbers={
            'left_value': 'computed_value',
            'difference': 'printed_value - computed_value',
            'tolerance': 'tolerance',
        }
    ) }}
)

select * from final

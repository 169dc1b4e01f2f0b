-- A share of people, of women or of men must be possible with whole people: among 186, there is no
-- share between 98,4 and 98,9 per cent. And a part of a count is no larger than the whole.
with concepts as {{ not_materialized() }} (
    select *
    from {{ ref('int_concepts__chosen') }}
    where scenario = 'outcome' and age_group = 'all' and value is not null
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

shares as (
    select
        share.report_id,
        share.concept_name_sv,
        share.figure_id as right_figure_id,
        whole.figure_id as left_figure_id,
        whole.value as whole_value,
        share.value as share_value,
        floor((share.value + share.rounding_step / 2) * whole.value / 100) as people_most,
        ceil((share.value - share.rounding_step / 2) * whole.value / 100) as people_least,
        share.read_text,
        {{ line_range('share.source_line_first', 'share.source_line_last') }} as share_lines,
        {{ line_range('whole.source_line_first', 'whole.source_line_last') }} as whole_lines
    from concepts as share
    inner join indicators
        on share.measure_code = indicators.indicator_code
    inner join concepts as whole
        on
            share.report_id = whole.report_id
            and indicators.population_code = whole.measure_code
            and share.unit_code = whole.unit_code
            and share.gender = whole.gender
            and share.fiscal_year = whole.fiscal_year
    where whole.value > 0
),

nearest as (
    select
        shares.*,
        cast(100 * floor(share_value * whole_value / 100) / whole_value as decimal(18, 6))
            as share_below,
        cast(100 * ceil(share_value * whole_value / 100) / whole_value as decimal(18, 6))
            as share_above
    from shares
),

parts as (
    select
        part.report_id,
        part.concept_name_sv,
        part.figure_id as right_figure_id,
        whole.figure_id as left_figure_id,
        part.value as part_value,
        whole.value as whole_value,
        {{ tolerance(['part.rounding_step', 'whole.rounding_step']) }} as tolerance,
        {{ line_range('part.source_line_first', 'part.source_line_last') }} as part_lines,
        {{ line_range('whole.source_line_first', 'whole.source_line_last') }} as whole_lines
    from indicators
    inner join concepts as part
        on indicators.numerator_code = part.measure_code
    inner join concepts as whole
        on
            part.report_id = whole.report_id
            and indicators.denominator_code = whole.measure_code
            and part.unit_code = whole.unit_code
            and part.gender = whole.gender
            and part.fiscal_year = whole.fiscal_year
),

of_shares as (
    {{ check_row(
        'nearest',
        'granularity',
        key='right_figure_id',
        subject='concept_name_sv',
        aspect='whole_people',
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        left_value='whole_value',
        right_value='share_value',
        difference='null',
        verdict="case when people_least <= people_most then 'agrees' else 'questionable' end",
        explanation_case="case when people_least <= people_most then 'possible' else 'impossible' end",
        texts={
            'right_text': 'read_text',
            'right_lines': 'share_lines',
            'left_lines': 'whole_lines',
        },
        numbers={
            'whole': 'whole_value',
            'below': 'round(share_below, 2)',
            'above': 'round(share_above, 2)',
        }
    ) }}
),

of_parts as (
    {{ check_row(
        'parts',
        'granularity',
        key='right_figure_id',
        subject='concept_name_sv',
        aspect='part_of_whole',
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        left_value='whole_value',
        right_value='part_value',
        tolerance='tolerance',
        verdict="case when part_value - whole_value > tolerance then 'contradicts' else 'agrees' end",
        explanation_case="case when part_value - whole_value > tolerance then 'part_larger'
            else 'part_smaller' end",
        texts={'right_lines': 'part_lines', 'left_lines': 'whole_lines'},
        numbers={'left_value': 'whole_value', 'right_value': 'part_value'}
    ) }}
),

final as (
    select * from of_shares
    union all
    select * from of_parts
)

select * from final

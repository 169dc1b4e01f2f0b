with figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

sums as (
    {{ sum_of_parts(
        'figures', ['report_id', 'source_table', 'column_name'], value='value * row_sign'
    ) }}
),

-- A total that is the only addend of another stands for the same amount as that other.
only_addends as (
    select
        sums.first_part_figure_id as figure_id,
        sums.total_figure_id as same_amount_figure_id
    from sums
    where sums.part_count = 1
),

same_amount_concepts as (
    select
        figures.report_id,
        figures.figure_id,
        figures.concept_key
    from figures
    where figures.total_of is not null
    union all
    select
        figures.report_id,
        only_addends.figure_id,
        figures.concept_key
    from only_addends
    inner join figures
        on only_addends.same_amount_figure_id = figures.figure_id
),

finer_prints as (
    select
        same_amount_concepts.figure_id,
        finer.figure_id as finer_figure_id,
        finer.base_value,
        finer.base_rounding_step,
        finer.read_text,
        finer.unit_of_measure,
        finer.source_line_first,
        finer.source_line_last,
        row_number() over (
            partition by same_amount_concepts.figure_id
            order by finer.base_rounding_step, finer.precedence, finer.figure_id
        ) as choice
    from same_amount_concepts
    inner join figures as finer
        on
            same_amount_concepts.report_id = finer.report_id
            and same_amount_concepts.concept_key = finer.concept_key
    inner join figures as coarse
        on same_amount_concepts.figure_id = coarse.figure_id
    where finer.base_rounding_step < coarse.base_rounding_step
),

measured as (
    select
        sums.*,
        totals.concept_name_sv,
        totals.source_line_first,
        totals.source_line_last,
        -- Half by a product: DuckDB divides into floats, which do not print as decimals.
        sums.parts_value - sums.parts_rounding_step * 0.5 as left_low,
        sums.parts_value + sums.parts_rounding_step * 0.5 as left_high,
        finer_prints.finer_figure_id as evidence_figure_id,
        finer_prints.read_text as evidence_text,
        finer_prints.unit_of_measure as evidence_unit,
        {{ line_range('finer_prints.source_line_first', 'finer_prints.source_line_last') }}
            as evidence_lines,
        abs(finer_prints.base_value - totals.base_value)
        <= (finer_prints.base_rounding_step + totals.base_rounding_step) / 2
        and abs(
            finer_prints.base_value - sums.parts_value * totals.row_sign * totals.base_factor
        )
        <= (
            finer_prints.base_rounding_step
            + sums.parts_rounding_step * abs(totals.base_factor)
        ) / 2 as is_rounding_confirmed
    from sums
    left join figures as totals
        on sums.total_figure_id = totals.figure_id
    left join finer_prints
        on
            sums.total_figure_id = finer_prints.figure_id
            and finer_prints.choice = 1
),

final as (
    {{ check_row(
        'measured',
        'sum_of_parts',
        key="coalesce(
            total_figure_id,
            report_id || '.' || source_table || '.' || sum_code || '.' || column_name
        )",
        subject="coalesce(concept_name_sv, source_table || ', ' || sum_code)",
        right_figure_id='total_figure_id',
        left_value='parts_value',
        right_value='total_value',
        difference='difference',
        tolerance='tolerance',
        verdict='verdict',
        left_low='left_low',
        left_high='left_high',
        evidence_figure_id='evidence_figure_id',
        explanation_case="case
            when total_value is null then 'total_missing'
            when part_count = 0 then 'parts_missing'
            when missing_parts > 0 then 'part_without_value'
            when verdict = 'agrees' and part_count = 1 then 'only_part'
            when verdict = 'agrees_within_rounding' and is_rounding_confirmed
                then 'rounding_confirmed'
        end",
        texts={
            'part_count': 'part_count',
            'missing_parts': 'missing_parts',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'evidence': 'evidence_text',
            'evidence_lines': 'evidence_lines',
        },
        numbers={
            'left_value': 'parts_value',
            'right_value': 'total_value',
            'left_low': 'left_low',
            'left_high': 'left_high',
        },
        words={'evidence_unit': ('unit_symbol', 'evidence_unit')}
    ) }}
)

select * from final

{{ config(materialized='table') }}

with figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

sums as (
    {{ sum_of_parts('figures', ['report_id', 'source_table', 'column_name']) }}
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
        finer.symbol_sv,
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
        totals.symbol_sv,
        totals.source_line_first,
        totals.source_line_last,
        -- Half by a product: DuckDB divides into floats, which do not print as decimals.
        sums.parts_value - sums.parts_rounding_step * 0.5 as left_low,
        sums.parts_value + sums.parts_rounding_step * 0.5 as left_high,
        finer_prints.finer_figure_id as evidence_figure_id,
        finer_prints.read_text || ' ' || finer_prints.symbol_sv
        || ' (' || {{ source_lines(
            'finer_prints.source_line_first', 'finer_prints.source_line_last'
        ) }} || ')' as evidence_text,
        abs(finer_prints.base_value - sums.total_value * totals.base_factor)
        <= (finer_prints.base_rounding_step + totals.base_rounding_step) / 2
        and abs(finer_prints.base_value - sums.parts_value * totals.base_factor)
        <= (
            finer_prints.base_rounding_step + sums.parts_rounding_step * totals.base_factor
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
    select
        'sum_of_parts:' || coalesce(
            total_figure_id,
            report_id || '.' || source_table || '.' || sum_code || '.' || column_name
        ) as check_id,
        report_id,
        'sum_of_parts' as rule,
        coalesce(concept_name_sv, source_table || ', ' || sum_code) as subject,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        total_figure_id as right_figure_id,
        parts_value as left_value,
        total_value as right_value,
        difference,
        tolerance,
        verdict,
        left_low,
        left_high,
        evidence_figure_id,
        case
            when total_value is null then 'Summan saknas, så delarna kan inte prövas.'
            when part_count = 0 then 'Delarna saknas, så summan kan inte prövas.'
            when missing_parts > 0
                then missing_parts || ' av ' || part_count || ' delar saknar värde.'
            when verdict = 'agrees' and part_count = 1
                then 'Summan har en enda del, och de är lika.'
            when verdict = 'agrees' then part_count || ' delar summerar exakt till summan.'
            else
                part_count || ' delar blir ' || {{ swedish_number('parts_value') }}
                || ', summan (' || {{ source_lines('source_line_first', 'source_line_last') }}
                || ') är ' || {{ swedish_number('total_value') }}
                || '. Delarna är avrundade och kan ligga mellan '
                || {{ swedish_number('left_low') }} || ' och ' || {{ swedish_number('left_high') }}
                || case
                    when verdict = 'contradicts'
                        then
                            ': skillnaden är större; en siffra, ett tecken eller en rad är fel.'
                    when is_rounding_confirmed
                        then
                            '. Skillnaden är avrundning: ' || evidence_text
                            || ' ligger i intervallet och avrundas till summan.'
                    else '. Skillnaden ryms i avrundningen.'
                end
        end as explanation_sv
    from measured
)

select * from final

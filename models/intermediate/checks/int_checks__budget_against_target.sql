-- A target in money and the budget for the same thing say how much is to be reached: one of them
-- may have been left from an earlier plan.
with concepts as {{ not_materialized() }} (
    select *
    from {{ ref('int_concepts__chosen') }}
    where value is not null and measure_code <> 'ovrigt'
),

pairs as (
    select
        target.report_id,
        target.concept_name_sv,
        target.figure_id as target_figure_id,
        budget.figure_id as budget_figure_id,
        target.value as target_value,
        cast(budget.base_value / target.base_factor as decimal(18, 6)) as budget_value,
        {{ tolerance([
            'target.rounding_step', 'budget.rounding_step * abs(budget.base_factor / target.base_factor)',
        ]) }} as tolerance,
        target.read_text as target_text,
        {{ line_range('target.source_line_first', 'target.source_line_last') }} as target_lines,
        budget.read_text as budget_text,
        {{ line_range('budget.source_line_first', 'budget.source_line_last') }} as budget_lines
    from concepts as target
    inner join concepts as budget
        on
            target.report_id = budget.report_id
            and target.series_key = budget.series_key
            and target.fiscal_year = budget.fiscal_year
    where target.scenario = 'target' and budget.scenario = 'budget'
),

final as (
    {{ check_row(
        'pairs',
        'budget_against_target',
        key='target_figure_id',
        subject='concept_name_sv',
        left_figure_id='budget_figure_id',
        right_figure_id='target_figure_id',
        left_value='budget_value',
        right_value='target_value',
        tolerance='tolerance',
        verdict="case
            when abs(target_value - budget_value) > tolerance then 'questionable'
            when target_value = budget_value then 'agrees'
            else 'agrees_within_rounding'
        end",
        texts={
            'left_text': 'budget_text',
            'left_lines': 'budget_lines',
            'right_text': 'target_text',
            'right_lines': 'target_lines',
        }
    ) }}
)

select * from final

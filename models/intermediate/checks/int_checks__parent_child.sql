with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where scenario = 'outcome' and gender = 'total' and age_group = 'all' and not is_claim
),

-- Counts below a row add up to it; averages and shares do not.
families as (
    select
        parent.figure_id,
        parent.report_id,
        parent.concept_name_sv,
        parent.read_text,
        parent.value,
        parent.missing_code,
        parent.rounding_step,
        parent.source_line_first,
        parent.source_line_last,
        count(*) as children,
        count(child.value) as children_with_value,
        sum(child.value) as children_value,
        sum(child.rounding_step) as children_step,
        min(child.source_line_first) as children_line_first,
        max(child.source_line_last) as children_line_last
    from figures as parent
    inner join figures as child
        on
            parent.report_id = child.report_id
            and parent.source_table = child.source_table
            and parent.column_name = child.column_name
            and coalesce(parent.section_label, '') = coalesce(child.section_label, '')
            and parent.row_label = child.group_label
    where parent.unit_of_measure = 'count' and child.unit_of_measure = 'count'
    group by
        parent.figure_id,
        parent.report_id,
        parent.concept_name_sv,
        parent.read_text,
        parent.value,
        parent.missing_code,
        parent.rounding_step,
        parent.source_line_first,
        parent.source_line_last
),

judged as (
    select
        families.*,
        case when children_with_value = children then value - children_value end as difference,
        {{ tolerance(['rounding_step', 'children_step']) }} as tolerance
    from families
),

final as (
    {{ check_row(
        'judged',
        'parent_child',
        key='figure_id',
        subject='concept_name_sv',
        right_figure_id='figure_id',
        left_value='children_value',
        right_value='value',
        difference='difference',
        tolerance='tolerance',
        verdict="case
            when value is not null then " ~ verdict_of('difference', 'tolerance') ~ "
            when children_with_value > 0 then 'questionable'
            else 'agrees'
        end",
        explanation_case="case
            when value is not null then null
            when missing_code = 'blank' and children_with_value > 0 then 'blank_above_figures'
            when missing_code = 'blank' then 'all_blank'
            when children_with_value > 0 then 'missing_above_figures'
            else 'all_missing'
        end",
        texts={
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'children': 'children_with_value',
            'children_lines': line_range('children_line_first', 'children_line_last'),
        },
        numbers={'left_value': 'children_value', 'difference': 'difference'},
        words={'right_word': ('missing_code', 'missing_code')}
    ) }}
)

select * from final

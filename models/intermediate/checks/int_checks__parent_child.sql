with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where scenario = 'outcome'
),

families as (
    select
        parent.figure_id,
        parent.report_id,
        parent.concept_name_sv,
        parent.read_text,
        parent.source_line_first,
        parent.source_line_last,
        count(child.value) as children_with_value,
        sum(child.value) as children_value,
        min(child.source_line_first) as children_line_first,
        max(child.source_line_last) as children_line_last
    from figures as parent
    inner join figures as child
        on
            parent.report_id = child.report_id
            and parent.source_table = child.source_table
            and parent.column_name = child.column_name
            and parent.section_label = child.section_label
            and parent.row_label = child.group_label
            and child.gender = 'total'
    where parent.missing_code is not null
    group by
        parent.figure_id,
        parent.report_id,
        parent.concept_name_sv,
        parent.read_text,
        parent.source_line_first,
        parent.source_line_last
),

final as (
    {{ check_row(
        'families',
        'parent_child',
        key='figure_id',
        subject='concept_name_sv',
        right_figure_id='figure_id',
        left_value='children_value',
        verdict="case when children_with_value > 0 then 'contradicts' else 'agrees' end",
        explanation_case="case
            when read_text is null and children_with_value > 0 then 'blank_contradicts'
            when read_text is null then 'blank_agrees'
        end",
        texts={
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'children': 'children_with_value',
            'children_lines': line_range('children_line_first', 'children_line_last'),
        }
    ) }}
)

select * from final

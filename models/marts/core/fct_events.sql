{{ incremental_by_report() }}

with cells as (
    select * from {{ ref('int_cells__unioned') }}
),

final as (
    select
        figure_id as event_id,
        report_id,
        section_label as event_type,
        printed_text as label,
        source_line_first,
        source_line_last
    from cells
    where content = 'label'
)

select * from final

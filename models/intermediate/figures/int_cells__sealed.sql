-- A view: only the cells of sealed reports need a digest, which nothing can compress.
with cells as (
    select * from {{ ref('int_cells__unioned') }}
),

final as (
    select
        cells.*,
        md5(
            {{ joined_text([
                'figure_id', 'source_line_first', 'source_line_last', 'section_label', 'group_label',
                'row_label', 'printed_text', 'row_context',
            ]) }}
        ) as seal
    from cells
)

select * from final

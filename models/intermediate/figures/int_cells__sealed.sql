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
        ) as seal,
        -- What a document can say of a row: its lines and its words, but for words of our own and
        -- for figures, which printed_lines has. Once for a row's labels, once for each text.
        case
            when source_table = 'pastaenden'
                then
                    md5({{ joined_text([
                        'figure_id', 'source_line_first', 'source_line_last', 'printed_text',
                    ]) }})
            when content = 'label'
                then md5({{ joined_text(['figure_id', 'source_line_first', 'source_line_last']) }})
            when content <> 'number'
                then
                    md5({{ joined_text([
                        'figure_id', 'source_line_first', 'source_line_last', 'section_label',
                        'group_label', 'row_label', 'printed_text', 'row_context',
                    ]) }})
            when column_no = 1
                then
                    md5({{ joined_text([
                        'figure_id', 'source_line_first', 'source_line_last', 'section_label',
                        'group_label', 'row_label', 'row_context',
                    ]) }})
        end as document_seal
    from cells
)

select * from final

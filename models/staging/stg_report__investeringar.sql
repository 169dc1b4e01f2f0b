with printed as (
    select * from {{ ref('printed_investeringar') }}
),

final as (
    {{ unpivot_printed_table(
        'printed',
        'investeringar',
        [
            ('approved_budget', 'accumulated_line'),
            ('accumulated_outcome', 'accumulated_line'),
            ('accumulated_deviation', 'accumulated_line'),
            ('year_budget', 'year_line'),
            ('year_outcome', 'year_line'),
            ('year_deviation', 'year_line'),
        ],
        section_label='section_label',
        row_context=['label_line_first', 'label_line_last']
    ) }}
)

select * from final

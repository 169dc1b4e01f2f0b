with printed as (
    select * from {{ ref('printed_maluppfyllelse') }}
),

final as (
    {{ unpivot_printed_table(
        'printed',
        'maluppfyllelse',
        [
            'judgement',
            ('heading_icon', 'heading_line'),
            ('front_page_label', 'front_page_line'),
            ('front_page_icon', 'front_page_line'),
        ]
    ) }}
)

select * from final

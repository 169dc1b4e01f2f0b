with printed as (
    select * from {{ ref('printed_beslut_och_handelser') }}
),

final as (
    {{ unpivot_printed_table(
        'printed',
        'beslut_och_handelser',
        ['label'],
        row_label='label',
        section_label='event_type'
    ) }}
)

select * from final

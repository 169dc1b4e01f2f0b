with printed as (
    select * from {{ ref('printed_driftsammandrag') }}
),

final as (
    {{ unpivot_printed_table(
        'printed',
        'driftsammandrag',
        ['outcome', 'budget', 'deviation', 'outcome_previous_year']
    ) }}
)

select * from final

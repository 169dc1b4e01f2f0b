with printed as (
    select * from {{ ref('printed_personal') }}
),

final as (
    {{ unpivot_printed_table(
        'printed',
        'personal',
        ['outcome', 'outcome_previous_year', 'target']
    ) }}
)

select * from final

with printed as (
    select * from {{ ref('printed_namndindikatorer') }}
),

final as (
    {{ unpivot_printed_table(
        'printed',
        'namndindikatorer',
        ['outcome_two_years_before', 'outcome_previous_year', 'outcome', 'target'],
        group_label='group_label',
        section_label='goal_label'
    ) }}
)

select * from final

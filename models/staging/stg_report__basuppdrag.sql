with printed as (
    select * from {{ ref('printed_basuppdrag') }}
),

final as (
    {{ unpivot_printed_table('printed', 'basuppdrag', ['outcome', 'outcome_previous_year']) }}
)

select * from final

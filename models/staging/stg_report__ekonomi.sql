with printed as (
    select * from {{ ref('printed_ekonomi') }}
),

final as (
    {{ unpivot_printed_table('printed', 'ekonomi', ['outcome', 'budget', 'deviation']) }}
)

select * from final

with final as (
    {{ compared_prints(ref('int_figures__matched'), 'same_concept', is_claim=false) }}
)

select * from final

with final as (
    {{ compared_prints(ref('int_figures__matched'), 'prose_value', is_claim=true) }}
)

select * from final

with codes as (
    select * from {{ ref('reference_codes') }}
),

final as (
    select
        list,
        code,
        sort_order,
        word_sv,
        word_en,
        meaning_sv,
        shape,
        colour_role
    from codes
)

select * from final

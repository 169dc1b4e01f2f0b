with units as (
    select * from {{ ref('reference_units') }}
),

final as (
    select
        unit_code,
        unit_name_sv,
        unit_name_en,
        administration_code,
        parent_unit_code
    from units
)

select * from final

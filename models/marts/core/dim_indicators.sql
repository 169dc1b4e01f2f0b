with indicators as (
    select * from {{ ref('reference_indicators') }}
),

final as (
    select
        indicator_code,
        indicator_name_sv,
        subject_sv,
        indicator_name_en,
        goal_code,
        unit_of_measure,
        desired_direction,
        definition_sv,
        source_sv,
        kolada_id
    from indicators
)

select * from final

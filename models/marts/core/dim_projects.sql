with projects as (
    select * from {{ ref('reference_projects') }}
),

final as (
    select
        project_code,
        project_name_sv,
        project_name_en,
        unit_code,
        asset_class
    from projects
)

select * from final

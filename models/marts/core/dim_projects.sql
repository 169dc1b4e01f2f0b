with projects as (
    select * from {{ ref('int_projects__named') }}
),

final as (
    select
        project_code,
        project_name_sv,
        unit_code,
        asset_class
    from projects
)

select * from final

-- A project is what the row of its label with a unit says.
with label_aliases as (
    select * from {{ ref('reference_label_aliases') }}
    where project_code <> 'total' and unit_code is not null
),

named as (
    select
        project_code,
        min(coalesce(label_sv, row_label)) as project_name_sv,
        min(unit_code) as unit_code,
        min(asset_class) as asset_class
    from label_aliases
    group by project_code
),

final as (
    select
        named.*,
        count(*) over (partition by unit_code, asset_class) = 1 as is_only_one
    from named
)

select * from final

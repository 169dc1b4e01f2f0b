with tables as (
    select * from {{ ref('int_templates__tables') }}
),

final as (
    select
        template,
        source_table,
        table_role,
        table_name_sv,
        table_name_en,
        precedence,
        reason_sv,
        is_mirrored
    from tables
)

select * from final

with printed_tables as (
    select * from {{ ref('reference_printed_tables') }}
),

final as (
    select
        source_table,
        table_name_sv,
        table_name_en,
        precedence,
        reason_sv,
        is_mirrored
    from printed_tables
)

select * from final

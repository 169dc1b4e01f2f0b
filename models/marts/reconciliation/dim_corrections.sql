with corrections as (
    select * from {{ ref('control_corrections') }}
),

final as (
    select
        correction_id,
        figure_id,
        printed_text,
        read_text,
        reason_sv,
        evidence_sv,
        source_line_first,
        source_line_last
    from corrections
)

select * from final

with printed as (
    select * from {{ ref('printed_lines') }}
),

final as (
    select
        report_id,
        {{ whole_number('line_no') }} as line_no,
        figures,
        line_sha256
    from printed
)

select * from final

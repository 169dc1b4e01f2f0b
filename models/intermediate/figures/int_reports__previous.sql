with reports as (
    select * from {{ ref('reference_reports') }}
),

final as (
    select
        later.report_id,
        later.report_year,
        earlier.report_id as previous_report_id,
        earlier.report_year as previous_report_year
    from reports as later
    inner join reports as earlier
        on
            later.municipality_code = earlier.municipality_code
            and later.administration_code = earlier.administration_code
            and later.report_year = earlier.report_year + 1
)

select * from final

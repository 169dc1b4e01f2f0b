{{ incremental_by_report() }}

with indicators as (
    select * from {{ ref('int_indicators__compared') }}
),

final as (
    select
        report_id,
        report_year,
        fiscal_year,
        indicator_code,
        unit_code,
        gender,
        value,
        missing_code,
        unit_of_measure,
        target_value,
        target_operator,
        target_status,
        is_disputed,
        figure_id,
        target_figure_id
    from indicators
)

select * from final

{{ incremental_by_report() }}

with check_figures as (
    select * from {{ rows_of_this_run(ref('fct_check_figures')) }}
),

-- A cell may be both sides of a check; it is listed once.
final as (
    select
        report_id,
        figure_id,
        check_id
    from check_figures
    group by report_id, figure_id, check_id
)

select * from final

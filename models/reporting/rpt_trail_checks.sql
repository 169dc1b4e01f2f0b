with reconciliations as {{ not_materialized() }} (
    select * from {{ ref('fct_reconciliations') }}
),

figures as {{ not_materialized() }} (
    select * from {{ ref('fct_printed_figures') }}
),

-- A cell may be both sides of a check; it is listed once.
taking_part as (
    select
        report_id,
        left_figure_id as figure_id,
        check_id
    from reconciliations
    union
    select
        report_id,
        right_figure_id as figure_id,
        check_id
    from reconciliations
    union
    select
        report_id,
        evidence_figure_id as figure_id,
        check_id
    from reconciliations
    union
    select
        parts.report_id,
        parts.figure_id,
        reconciliations.check_id
    from figures as parts
    inner join figures as total
        on
            parts.report_id = total.report_id
            and parts.source_table = total.source_table
            and parts.column_name = total.column_name
            and parts.part_of = total.total_of
    inner join reconciliations
        on
            total.figure_id = reconciliations.right_figure_id
            and reconciliations.rule = 'sum_of_parts'
),

final as (
    select
        report_id,
        figure_id,
        check_id
    from taking_part
    where figure_id is not null
)

select * from final

{{ incremental_by_report() }}

-- Prints of one concept that say different things are compared in these rules.
with findings as (
    select *
    from {{ rows_of_this_run(ref('fct_reconciliations')) }}
    where
        rule in ('same_concept', 'prose_value')
        and verdict in ('contradicts', 'questionable')
),

figures as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

sides as (
    {%- for side, other in {'left': 'right', 'right': 'left'}.items() %}
    select
        report_id,
        check_id,
        {{ side }}_figure_id as figure_id,
        {{ other }}_figure_id as other_figure_id,
        verdict,
        known_issue_id
    from findings
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        sides.report_id,
        sides.check_id,
        sides.figure_id,
        sides.other_figure_id,
        figures.concept_name_sv,
        other_figures.value as other_value,
        cast(other_figures.base_value / figures.base_factor as decimal(18, 6)) as other_value_here,
        figures.is_fact,
        figures.precedence_reason_sv,
        sides.verdict,
        sides.known_issue_id
    from sides
    inner join figures
        on sides.figure_id = figures.figure_id
    inner join figures as other_figures
        on sides.other_figure_id = other_figures.figure_id
)

select * from final

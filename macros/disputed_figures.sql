{% macro disputed_figures() -%}
    select prints.figure_id
    from {{ rows_of_this_run(ref('fct_check_figures')) }} as check_figures
    inner join {{ rows_of_this_run(ref('fct_reconciliations')) }} as reconciliations
        on check_figures.check_id = reconciliations.check_id
    inner join {{ rows_of_this_run(ref('fct_printed_figures')) }} as sides
        on check_figures.figure_id = sides.figure_id
    inner join {{ rows_of_this_run(ref('fct_printed_figures')) }} as prints
        on
            sides.report_id = prints.report_id
            and sides.concept_key = prints.concept_key
    where
        reconciliations.verdict = 'contradicts'
        and check_figures.figure_role in ('left', 'right')
    group by prints.figure_id
{%- endmacro %}

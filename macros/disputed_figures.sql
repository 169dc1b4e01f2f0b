{% macro disputed_figures() -%}
    select check_figures.figure_id
    from {{ ref('fct_check_figures') }} as check_figures
    inner join {{ ref('fct_reconciliations') }} as reconciliations
        on check_figures.check_id = reconciliations.check_id
    where
        reconciliations.verdict = 'contradicts'
        and check_figures.figure_role in ('left', 'right')
    group by check_figures.figure_id
{%- endmacro %}

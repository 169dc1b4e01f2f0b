{% macro models_made_last() -%}
    {{- return([
        'int_cells__sealed', 'int_lines__figures', 'int_prints__figures', 'rpt_changes',
        'rpt_figure_coverage', 'rpt_goals', 'rpt_reconciliation_summary', 'rpt_reports',
        'rpt_series', 'rpt_trail_checks',
    ]) -}}
{%- endmacro %}

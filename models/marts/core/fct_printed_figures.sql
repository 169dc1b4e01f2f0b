{{ incremental_by_report() }}

{%- set facts = {
    'fct_results': ['figure_id', 'budget_figure_id', 'deviation_figure_id'],
    'fct_investments': [
        'figure_id', 'approved_budget_figure_id', 'accumulated_outcome_figure_id',
        'accumulated_deviation_figure_id', 'year_budget_figure_id', 'year_deviation_figure_id',
    ],
    'fct_indicators': ['figure_id', 'target_figure_id'],
} -%}

with figures as (
    select * from {{ ref('int_figures__matched') }}
),

in_facts as (
    {%- for fact, columns in facts.items() %}
    {%- set outer = loop %}
    {%- for column in columns %}
    {{ 'union' if not (outer.first and loop.first) }}
    select {{ column }} as figure_id from {{ ref(fact) }}
    {%- endfor %}
    {%- endfor %}
),

final as (
    select
        figures.figure_id,
        figures.report_id,
        figures.source_table,
        figures.row_no,
        figures.column_name,
        figures.source_line_first,
        figures.source_line_last,
        figures.section_label,
        figures.group_label,
        figures.row_label,
        figures.row_label_sv,
        figures.column_no,
        figures.column_label,
        figures.printed_text,
        figures.read_text,
        figures.value,
        figures.missing_code,
        figures.value_operator,
        figures.unit_of_measure,
        figures.rounding_step,
        figures.concept_key,
        figures.concept_name_sv,
        figures.measure_code,
        figures.unit_code,
        figures.fiscal_year,
        figures.scenario,
        figures.gender,
        figures.project_status,
        figures.asset_class,
        figures.part_of,
        figures.total_of,
        in_facts.figure_id is not null as is_fact,
        figures.precedence_reason_sv,
        figures.correction_id
    from figures
    left join in_facts
        on figures.figure_id = in_facts.figure_id
)

select * from final

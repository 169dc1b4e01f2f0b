-- A name, a label, a unit of measure or a place in an order that a mart only carries on is the one that it
-- was given: a reader meets nothing else.
{%- set carried = [
    ('fct_printed_figures', 'int_figures__matched', ['figure_id'], [
        'section_label', 'group_label', 'row_label_sv', 'column_label', 'unit_of_measure', 'hedge',
        'rounding_step', 'base_value', 'base_factor', 'row_sign', 'series_key', 'concept_key',
        'concept_name_sv', 'age_group', 'project_status', 'project_code', 'asset_class', 'part_of',
        'total_of', 'precedence_reason_sv',
    ]),
    ('fct_goal_assessments', 'int_goals__assessed', ['report_id', 'goal_code'], [
        'goal_label_sv', 'report_year',
    ]),
    ('dim_projects', 'int_projects__named', ['project_code'], [
        'project_name_sv', 'unit_code', 'asset_class',
    ]),
    ('dim_printed_tables', 'int_templates__tables', ['template', 'source_table'], [
        'table_role', 'table_name_sv', 'table_name_en', 'precedence', 'reason_sv', 'is_mirrored',
    ]),
] %}
{%- for mart, source, key, columns in carried %}
select message_sv
from (
    {{ test_rows_follow(ref(mart), ref(source), key, columns) }}
) as {{ mart }}
{{ 'union all' if not loop.last }}
{%- endfor %}

-- A doubled row in a reference or control seed would double every figure that meets it.
{{ config(meta={'cause': 'templates'}) }}
{%- set keys = {
    'reference_templates': ['template'],
    'reference_reports': ['report_id'],
    'reference_units': ['unit_code'],
    'reference_goals': ['goal_code'],
    'reference_indicators': ['indicator_code'],
    'reference_indicator_units': ['indicator_code', 'unit_code'],
    'reference_measures': ['measure_code'],
    'reference_units_of_measure': ['unit_of_measure'],
    'reference_printed_columns': ['template', 'source_table', 'column_name'],
    'reference_identities': ['template', 'source_table', 'measure_code', 'column_name', 'term'],
    'reference_label_aliases': [
        'template', 'source_table', 'section_label', 'group_label', 'row_label',
    ],
    'reference_missing_marks': ['template', 'mark', 'source_table'],
    'reference_printed_tables': ['template', 'source_table'],
    'reference_judgement_wordings': ['template', 'judgement'],
    'reference_codes': ['list', 'code'],
    'reference_rules': ['rule'],
    'reference_explanations': ['rule', 'explanation_case'],
    'control_corrections': ['figure_id'],
    'control_known_issues': ['known_issue_id'],
    'control_known_issue_checks': ['check_id'],
} %}
{%- for seed, columns in keys.items() %}
select
    '{{ seed }}' as seed,
    '{{ seed }}: {{ columns | join(", ") }} = '
    {%- for column in columns %}
    || {{ "' / ' || " if not loop.first }}coalesce({{ column }}, '')
    {%- endfor %}
    || ' finns på ' || count(*) || ' rader; väntat är en.' as message_sv
from {{ ref(seed) }}
group by {{ columns | join(', ') }}
having count(*) > 1
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}

-- A dimension that says something else than its seed gives every fact another meaning.
{%- set dimensions = [
    ('dim_reports', 'reference_reports', ['report_id'], [
        'template', 'municipality_code', 'municipality_name', 'administration_code', 'administration_name',
        'report_year', 'source_file', 'source_sha256', 'source_lines', 'is_reviewed',
    ]),
    ('dim_units', 'reference_units', ['unit_code'], [
        'unit_name_sv', 'unit_name_en', 'administration_code', 'parent_unit_code',
    ]),
    ('dim_goals', 'reference_goals', ['goal_code'], [
        'goal_name_sv', 'goal_name_en', 'goal_area_sv', 'municipal_goal_sv', 'administration_code',
    ]),
    ('dim_indicators', 'reference_indicators', ['indicator_code'], [
        'indicator_name_sv', 'subject_sv', 'indicator_name_en', 'goal_code', 'unit_of_measure',
        'desired_direction', 'definition_sv', 'source_sv', 'kolada_id',
    ]),
    ('dim_codes', 'reference_codes', ['list', 'code'], [
        'sort_order', 'word_sv', 'word_en', 'meaning_sv', 'shape', 'colour_role',
    ]),
    ('dim_rules', 'reference_rules', ['rule'], [
        'sort_order', 'rule_name_sv', 'rule_name_en', 'question_sv',
    ]),
    ('dim_corrections', 'control_corrections', ['correction_id'], [
        'figure_id', 'printed_text', 'read_text', 'reason_sv', 'evidence_sv', 'source_line_first',
        'source_line_last',
    ]),
    ('dim_known_issues', 'control_known_issues', ['known_issue_id'], [
        'report_id', 'issue_class', 'title_sv', 'seen_sv', 'believed_sv', 'settled_by_sv', 'status',
    ]),
] %}
{%- for dimension, seed, key, columns in dimensions %}
select message_sv
from (
    {{ test_rows_follow(ref(dimension), ref(seed), key, columns) }}
) as {{ dimension }}
union all
{%- endfor %}
-- What a template says of a table holds for its own reports.
select
    'dim_printed_tables: ' || own.template || ', ' || own.source_table
    || case when made.template is null then ' saknas' else ' säger annat än sin egen rad' end
    || ' i reference_printed_tables. Trolig orsak: modellen väljer fel mall.' as message_sv
from {{ ref('reference_printed_tables') }} as own
left join {{ ref('dim_printed_tables') }} as made
    on
        own.template = made.template
        and own.source_table = made.source_table
where
    own.template is not null
    and (
        made.template is null
        {%- for column in [
            'table_name_sv', 'table_name_en', 'table_role', 'precedence', 'reason_sv', 'is_mirrored',
        ] %}
        or made.{{ column }} is distinct from coalesce(own.{{ column }}, made.{{ column }})
        {%- endfor %}
    )

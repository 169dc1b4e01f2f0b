{% macro rules() -%}
    {{- return([
        'sum_of_parts',
        'identity',
        'same_concept',
        'gender_mix',
        'parent_child',
        'goal_status',
        'target_sanity',
        'prose_value',
        'prose_count',
        'prose_direction',
        'prose_wording',
        'prose_topic',
        'silence',
    ]) -}}
{%- endmacro %}

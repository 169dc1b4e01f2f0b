{#- The rules of reconciliation, each a model `int_checks__<rule>`: what fct_reconciliations puts together. dbt
    must know which models one reads before it can ask a table, so they stand here by name; their words
    and their order are in reference_rules, and a test holds the two together. -#}
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

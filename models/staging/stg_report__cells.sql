{#- A cell whose line is not its row's own has the column of its line beside it. -#}
{%- set tables = {
    'ekonomi': {
        'cells': [
            'outcome', 'budget', 'deviation', 'income', 'cost', 'forecast', 'outcome_previous_year',
        ],
        'group_label': 'group_label',
    },
    'maluppfyllelse': {
        'cells': [
            'judgement',
            ('heading_icon', 'heading_line'),
            ('front_page_label', 'front_page_line'),
            ('front_page_icon', 'front_page_line'),
        ],
    },
    'basuppdrag': {
        'cells': [
            'outcome', 'outcome_previous_year', 'outcome_two_years_before', 'budget', 'deviation',
            'target',
        ],
        'group_label': 'group_label',
    },
    'personal': {
        'cells': ['outcome', 'outcome_previous_year', 'target', 'outcome_two_years_before'],
        'group_label': 'group_label',
    },
    'driftsammandrag': {
        'cells': [
            'outcome', 'budget', 'deviation', 'outcome_previous_year', 'income', 'cost', 'forecast',
            'outcome_two_years_before',
        ],
        'group_label': 'group_label',
        'section_label': 'section_label',
    },
    'investeringar': {
        'cells': [
            ('approved_budget', 'accumulated_line'),
            ('accumulated_outcome', 'accumulated_line'),
            ('accumulated_deviation', 'accumulated_line'),
            ('year_budget', 'year_line'),
            ('year_outcome', 'year_line'),
            ('year_deviation', 'year_line'),
            ('forecast', 'accumulated_line'),
            ('year_forecast', 'year_line'),
        ],
        'group_label': 'group_label',
        'section_label': 'section_label',
        'row_context': ['label_line_first', 'label_line_last'],
    },
    'namndindikatorer': {
        'cells': [
            'outcome_two_years_before', 'outcome_previous_year', 'outcome', 'target',
            'outcome_three_years_before', 'outcome_four_years_before',
        ],
        'group_label': 'group_label',
        'section_label': 'goal_label',
    },
    'beslut_och_handelser': {
        'cells': ['label'],
        'row_label': 'label',
        'section_label': 'event_type',
    },
} -%}

with final as (
    {%- for table, shape in tables.items() %}
    {{ unpivot_printed_table(table, **shape) }}
    union all
    {%- endfor %}
    -- Any table may have its columns by number.
    {%- for number in range(1, 13) %}
    select
        report_id || '.' || table_name || '.' || row_no || '.{{ number }}' as figure_id,
        report_id,
        table_name as source_table,
        {{ whole_number('row_no') }} as row_no,
        '{{ number }}' as column_name,
        {{ whole_number('source_line_first') }} as source_line_first,
        {{ whole_number('source_line_last') }} as source_line_last,
        section_label,
        group_label,
        row_label,
        cell_{{ number }} as printed_text,
        cast(null as {{ dbt.type_string() }}) as row_context
    from {{ ref('printed_tabeller') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final

{#- Columns of each seed that hold cells; `lines` has those whose line is not their row's own. -#}
{%- set tables = {
    'ekonomi': {
        'cells': [
            'outcome', 'budget', 'deviation', 'income', 'cost', 'forecast', 'outcome_previous_year',
        ],
        'group_label': 'group_label',
    },
    'maluppfyllelse': {
        'cells': ['judgement', 'heading_icon', 'front_page_label', 'front_page_icon'],
        'lines': {
            'heading_line': ['heading_icon'],
            'front_page_line': ['front_page_label', 'front_page_icon'],
        },
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
            'approved_budget', 'accumulated_outcome', 'accumulated_deviation', 'forecast',
            'year_budget', 'year_outcome', 'year_deviation', 'year_forecast',
        ],
        'lines': {
            'accumulated_line': [
                'approved_budget', 'accumulated_outcome', 'accumulated_deviation', 'forecast',
            ],
            'year_line': ['year_budget', 'year_outcome', 'year_deviation', 'year_forecast'],
        },
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
{%- set numbered = {
    '1': 'cell_1', '2': 'cell_2', '3': 'cell_3', '4': 'cell_4', '5': 'cell_5', '6': 'cell_6',
    '7': 'cell_7', '8': 'cell_8', '9': 'cell_9', '10': 'cell_10', '11': 'cell_11', '12': 'cell_12',
} -%}

-- Cells of reports whose rows stay as they are are not read again.
with kept as (
    select report_id
    from {{ ref('run_plan') }}
    where is_kept
),
{% for table, shape in dict(tables, by_number={'cells': numbered}).items() %}
cells_of_{{ table }} (column_name) as (
    values
    {%- for name in shape.cells %}
    ('{{ name }}'){{ '' if loop.last else ',' }}
    {%- endfor %}
),
{% endfor %}
final as (
    {%- for table, shape in tables.items() %}
    {%- set cells = dict(zip(shape.cells, shape.cells)) %}
    {%- set others = dict(shape, cells=cells) %}
    {{ unpivot_printed_table(
        'printed_' ~ table, 'cells_of_' ~ table, source_table="'" ~ table ~ "'", **others
    ) }}
    union all
    {%- endfor %}
    -- Any table may have its columns by number.
    {{ unpivot_printed_table(
        'printed_tabeller',
        'cells_of_by_number',
        numbered,
        source_table='table_name',
        group_label='group_label',
        section_label='section_label'
    ) }}
)

select * from final

-- A name, a label, a unit of measure, a text or a place in an order that a mart or a page's model
-- only carries on is the one that it was given: a reader meets nothing else.
{%- set carried = [
    {
        'model': 'fct_printed_figures', 'source': 'int_figures__matched', 'key': ['figure_id'],
        'columns': [
            'section_label', 'group_label', 'row_label_sv', 'column_label', 'unit_of_measure',
            'hedge', 'rounding_step', 'base_value', 'base_factor', 'row_sign', 'series_key',
            'concept_key', 'concept_name_sv', 'age_group', 'project_status', 'project_code',
            'asset_class', 'part_of', 'total_of',
        ],
    },
    {
        'model': 'fct_goal_assessments', 'source': 'int_goals__assessed',
        'key': ['report_id', 'goal_code'], 'columns': ['goal_label_sv', 'report_year'],
    },
    {
        'model': 'dim_projects', 'source': 'int_projects__named', 'key': ['project_code'],
        'columns': ['project_name_sv', 'unit_code', 'asset_class'],
    },
    {
        'model': 'dim_printed_tables', 'source': 'int_templates__tables',
        'key': ['template', 'source_table'],
        'columns': [
            'table_role', 'table_name_sv', 'table_name_en', 'precedence', 'reason_sv', 'is_mirrored',
        ],
    },
    {
        'model': 'rpt_other_prints', 'source': 'fct_printed_figures', 'key': ['figure_id'],
        'where': 'exists (select 1 from ' ~ rows_of_this_run(ref('rpt_other_prints')) ~ ' as prints where '
            ~ 'prints.figure_id = source.figure_id)',
        'columns': ['report_id', 'concept_name_sv', 'is_fact', 'precedence_reason_sv'],
    },
    {
        'model': 'rpt_changes', 'source': 'fct_printed_figures', 'key': ['figure_id'],
        'where': 'exists (select 1 from ' ~ rows_of_this_run(ref('rpt_changes')) ~ ' as changes where '
            ~ 'changes.figure_id = source.figure_id)',
        'columns': ['report_id', 'concept_name_sv', 'unit_of_measure'],
    },
] %}
{%- set shown = ['rpt_indicators', 'rpt_investments'] %}
{%- set years = ['outcome', 'previous', 'earlier'] %}
with tables as (
    select
        reports.report_id,
        printed_tables.*
    from {{ ref('dim_printed_tables') }} as printed_tables
    inner join {{ ref('dim_reports') }} as reports
        on printed_tables.template = reports.template
),

-- The rows of the tables that a page lists an indicator after.
orders as (
    select
        prints.report_id,
        prints.measure_code,
        prints.unit_code,
        min(case when tables.table_role = 'volumes' then prints.row_no end) as volume_order,
        min(case when tables.table_role = 'staff' then prints.row_no end) as staff_order
    from {{ rows_of_this_run(ref('fct_printed_figures')) }} as prints
    inner join tables
        on
            prints.report_id = tables.report_id
            and prints.source_table = tables.source_table
    where tables.table_role in ('volumes', 'staff')
    group by prints.report_id, prints.measure_code, prints.unit_code
)

{% for one in carried %}
select message_sv
from (
    {{ test_rows_follow(
        ref(one.model), ref(one.source), one.key, one.columns,
        where=one.get('where', '1 = 1'), model_where=one.get('model_where', '1 = 1')
    ) }}
) as carried_{{ loop.index }}
union all
{%- endfor %}
{%- for model in shown %}
select
    '{{ model }}: ' || shown.unit_code || ' heter inte ' || shown.unit_name_sv
    || '. Trolig orsak: modellen väljer fel namn.' as message_sv
from {{ rows_of_this_run(ref(model)) }} as shown
inner join {{ ref('dim_units') }} as units
    on shown.unit_code = units.unit_code
where
    shown.unit_name_sv <> units.unit_name_sv
    {%- if model == 'rpt_indicators' %}
    or shown.unit_name_en is distinct from units.unit_name_en
    or shown.is_administration <> (units.parent_unit_code is null)
    {%- endif %}
union all
{%- endfor %}
select
    'rpt_investments: ' || shown.project_code || ' heter inte ' || shown.project_name_sv || ', '
    || coalesce(shown.asset_class_sv, '(inget)') || ', ' || shown.project_status_sv
    || '. Trolig orsak: modellen väljer fel namn.' as message_sv
from {{ rows_of_this_run(ref('rpt_investments')) }} as shown
left join {{ ref('dim_projects') }} as projects
    on shown.project_code = projects.project_code
left join {{ rows_of_this_run(ref('fct_investments')) }} as facts
    on
        shown.report_id = facts.report_id
        and shown.project_status = facts.project_status
        and shown.unit_code = facts.unit_code
        and shown.project_code = facts.project_code
left join {{ ref('dim_codes') }} as classes
    on
        classes.list = 'asset_class'
        and facts.asset_class = classes.code
left join {{ ref('dim_codes') }} as statuses
    on
        statuses.list = 'project_status'
        and shown.project_status = statuses.code
where
    shown.asset_class is distinct from facts.asset_class
    or shown.asset_class_sv is distinct from classes.word_sv
    or shown.project_name_sv is distinct from coalesce(projects.project_name_sv, shown.unit_name_sv)
    or shown.project_status_sv is distinct from statuses.word_sv
union all
select
    'rpt_indicators: ' || shown.indicator_code || ', ' || shown.unit_code || ', ' || shown.gender
    || ' står på fel plats, under fel mål eller har ett annat köns tal. Trolig orsak: modellen '
    || 'räknar eller väljer fel.' as message_sv
from {{ rows_of_this_run(ref('rpt_indicators')) }} as shown
left join {{ rows_of_this_run(ref('fct_goal_assessments')) }} as assessments
    on
        shown.report_id = assessments.report_id
        and shown.goal_code = assessments.goal_code
left join {{ ref('dim_goals') }} as goals
    on shown.goal_code = goals.goal_code
left join orders
    on
        shown.report_id = orders.report_id
        and shown.indicator_code = orders.measure_code
        and shown.unit_code = orders.unit_code
{%- for year in years %}
left join {{ rows_of_this_run(ref('fct_printed_figures')) }} as {{ year }}
    on shown.{{ year }}_figure_id = {{ year }}.figure_id
left join {{ ref('reference_units_of_measure') }} as {{ year }}_unit
    on {{ year }}.unit_of_measure = {{ year }}_unit.unit_of_measure
{%- endfor %}
{%- for gender in ['women', 'men'] %}
left join {{ rows_of_this_run(ref('rpt_indicators')) }} as {{ gender }}
    on
        shown.report_id = {{ gender }}.report_id
        and shown.indicator_code = {{ gender }}.indicator_code
        and shown.unit_code = {{ gender }}.unit_code
        and shown.age_group = {{ gender }}.age_group
        and {{ gender }}.gender = '{{ gender }}'
{%- endfor %}
where
    shown.goal_name_sv is distinct from coalesce(assessments.goal_label_sv, goals.goal_name_sv)
    or shown.volume_order is distinct from orders.volume_order
    or shown.staff_order is distinct from orders.staff_order
    or mod(shown.display_order, 1000) <> greatest(
        {%- for year in years %}
        coalesce({{ year }}.row_no, 0){{ ',' if not loop.last }}
        {%- endfor %}
    )
    or shown.display_order >= 2000
    {%- for year in years %}
    or shown.unit_of_measure <> {{ year }}_unit.base_unit_of_measure
    {%- endfor %}
    or shown.women_figure_id is distinct from women.outcome_figure_id
    or shown.men_figure_id is distinct from men.outcome_figure_id
union all
select
    'fct_printed_figures: ' || prints.figure_id || ' har en annan orsak till sin tabells plats. '
    || 'Trolig orsak: modellen väljer fel.' as message_sv
from {{ rows_of_this_run(ref('fct_printed_figures')) }} as prints
left join tables
    on
        prints.report_id = tables.report_id
        and prints.source_table = tables.source_table
where prints.precedence_reason_sv is distinct from tables.reason_sv
union all
select
    'rpt_printed_tables: ' || shown.figure_id || ' har en annan tabell. Trolig orsak: '
    || 'modellen väljer fel.' as message_sv
from {{ rows_of_this_run(ref('rpt_printed_tables')) }} as shown
left join tables
    on
        shown.report_id = tables.report_id
        and shown.source_table = tables.source_table
where
    shown.table_name_sv is distinct from tables.table_name_sv
    or shown.table_role is distinct from tables.table_role
    or shown.table_name_en is distinct from tables.table_name_en

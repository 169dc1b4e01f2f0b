-- A table: each row of figures is joined with it, for its own label and for that of its group.
{{ config(materialized='table') }}

{%- set said = [
    'measure_code', 'unit_code', 'gender', 'age_group', 'project_code', 'asset_class',
    'project_status', 'unit_of_measure', 'part_of', 'total_of',
] -%}
{#- What a label means follows from these, and is found once for all reports that print it. -#}
{%- set label = [
    'template', 'administration_code', 'source_table', 'section_key', 'group_key', 'label_key',
] -%}
{%- set named = ['measure_code', 'unit_code', 'gender', 'age_group'] -%}
{%- set text = dbt.type_string() -%}

with printed_labels as {{ computed_once() }} (
    select
        report_id,
        source_table,
        {{ plain_label('section_label') }} as section_key,
        {{ plain_label('group_label') }} as group_key,
        {{ plain_label('row_label') }} as label_key
    from {{ ref('int_cells__unioned') }}
    where content = 'number' and coalesce(table_role, '') <> 'text'
    group by report_id, source_table, row_label, group_label, section_label
),

reports as (
    select * from {{ ref('reference_reports') }}
),

inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

label_aliases as (
    select * from {{ ref('reference_label_aliases') }}
    where goal_code is null
),

units as (
    select * from {{ ref('reference_units') }}
),

projects as (
    select * from {{ ref('int_projects__named') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

measures as (
    select * from {{ ref('reference_measures') }}
),

codes as (
    select * from {{ ref('reference_codes') }}
),

-- A group is a label like any other: what it says holds for the rows below it.
labels as (
    {%- for group_key, label_key in [('group_key', 'label_key'), ("''", 'group_key')] %}
    select
        reports.template,
        reports.administration_code,
        printed_labels.source_table,
        printed_labels.section_key,
        {{ group_key }} as group_key,
        {{ label_key }} as label_key
    from printed_labels
    inner join reports
        on printed_labels.report_id = reports.report_id
    where {{ label_key }} <> ''
    {{ 'union' if not loop.last }}
    {%- endfor %}
),

aliases as (
    select
        inherited.template,
        inherited.nearness,
        label_aliases.source_table,
        label_aliases.label_sv,
        {%- for column in said %}
        label_aliases.{{ column }},
        {%- endfor %}
        label_aliases.sign,
        {%- for column in ['section', 'group', 'row'] %}
        {{ plain_label('label_aliases.' ~ column ~ '_label') }} as {{ column }}_key,
        {%- endfor %}
        {{ plain_label('label_aliases.label_sv') }} as spelt_key,
        case when label_aliases.source_table is null then 0 else 4 end
        + case when label_aliases.group_label is null then 0 else 2 end
        + case when label_aliases.section_label is null then 0 else 1 end as specificity
    from label_aliases
    inner join inherited
        on coalesce(label_aliases.template, '') = inherited.inherited
),

-- A label is known as printed, and in right spelling: the next report may print it so.
spellings as (
    select
        aliases.*,
        row_key as label_key,
        0 as spelling_rank
    from aliases
    union all
    select
        aliases.*,
        spelt_key as label_key,
        1 as spelling_rank
    from aliases
    where spelt_key not in ('', row_key)
),

-- A label that is the name of a unit of the administration, of an indicator, a gender, an age group
-- or a kind of income, cost, asset or debt needs no alias.
names as (
    select
        administration_code,
        {{ plain_label('unit_name_sv') }} as label_key,
        2 as name_rank,
        cast(null as {{ text }}) as measure_code,
        unit_code,
        cast(null as {{ text }}) as gender,
        cast(null as {{ text }}) as age_group
    from units
    union all
    select
        null as administration_code,
        {{ plain_label('indicator_name_sv') }} as label_key,
        3 as name_rank,
        indicator_code as measure_code,
        null as unit_code,
        null as gender,
        null as age_group
    from indicators
    union all
    select
        null as administration_code,
        {{ plain_label('word_sv') }} as label_key,
        4 as name_rank,
        null as measure_code,
        null as unit_code,
        case list when 'gender' then code end as gender,
        case list when 'age_group' then code end as age_group
    from codes
    where list in ('gender', 'age_group')
    union all
    select
        null as administration_code,
        {{ plain_label('measure_name_sv') }} as label_key,
        5 as name_rank,
        measure_code,
        null as unit_code,
        null as gender,
        null as age_group
    from measures
    where unit_of_measure = 'tkr'
),

known as (
    select
        {%- for column in label %}
        labels.{{ column }},
        {%- endfor %}
        spellings.label_sv,
        {%- for column in said %}
        spellings.{{ column }},
        {%- endfor %}
        spellings.sign,
        spellings.nearness,
        spellings.specificity,
        spellings.spelling_rank as name_rank
    from labels
    inner join spellings
        on
            labels.template = spellings.template
            and labels.label_key = spellings.label_key
            and labels.source_table = coalesce(spellings.source_table, labels.source_table)
            and spellings.section_key in ('', labels.section_key)
            and spellings.group_key in ('', labels.group_key)
    union all
    select
        {%- for column in label %}
        labels.{{ column }},
        {%- endfor %}
        null as label_sv,
        {%- for column in said %}
        {{ 'names.' ~ column if column in named else 'null as ' ~ column }},
        {%- endfor %}
        null as sign,
        9 as nearness,
        0 as specificity,
        names.name_rank
    from labels
    inner join names
        on
            labels.label_key = names.label_key
            and labels.administration_code
            = coalesce(names.administration_code, labels.administration_code)
),

-- An alias that says of which sum its row is a part leaves to the name what the row measures.
filled as (
    select
        {%- for column in label %}
        known.{{ column }},
        {%- endfor %}
        known.label_sv,
        {%- for column in said if column != 'measure_code' %}
        known.{{ column }},
        {%- endfor %}
        known.sign,
        known.nearness,
        known.specificity,
        known.name_rank,
        coalesce(
            known.measure_code,
            case
                when known.part_of is not null or known.total_of is not null
                    then max(case when known.nearness = 9 then known.measure_code end) over (
                        partition by {{ label | join(', ') }}
                    )
            end
        ) as measure_code
    from known
),

-- An alias goes before a name, the nearest template before one further off, the more precise before
-- the less.
ranked as (
    select
        filled.*,
        row_number() over (
            partition by {{ label | join(', ') }}
            order by
                nearness asc,
                specificity desc,
                name_rank asc,
                coalesce(measure_code, '') asc,
                coalesce(unit_code, '') asc
        ) as choice
    from filled
),

final as (
    select
        {%- for column in label %}
        ranked.{{ column }},
        {%- endfor %}
        ranked.label_sv,
        {%- for column in said %}
        ranked.{{ column }},
        {%- endfor %}
        ranked.sign,
        projects.unit_code as project_unit_code,
        projects.asset_class as project_asset_class
    from ranked
    left join projects
        on ranked.project_code = projects.project_code
    where ranked.choice = 1
)

select * from final

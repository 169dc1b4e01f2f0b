-- A table: each figure of a row is joined with it.
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

with printed_rows as {{ computed_once() }} (
    select
        report_id,
        source_table,
        table_role,
        row_no,
        row_label,
        group_label,
        section_label,
        {{ plain_label('section_label') }} as section_key,
        {{ plain_label('group_label') }} as group_key,
        {{ plain_label('row_label') }} as label_key
    from {{ ref('int_cells__unioned') }}
    where content = 'number' and coalesce(table_role, '') <> 'text'
    group by report_id, source_table, table_role, row_no, row_label, group_label, section_label
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

goals as (
    select * from {{ ref('int_goals__labelled') }}
),

-- A group is a label like any other: what it says holds for the rows below it.
labels as (
    {%- for group_key, label_key in [('group_key', 'label_key'), ("''", 'group_key')] %}
    select
        reports.template,
        reports.administration_code,
        printed_rows.source_table,
        printed_rows.section_key,
        {{ group_key }} as group_key,
        {{ label_key }} as label_key
    from printed_rows
    inner join reports
        on printed_rows.report_id = reports.report_id
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

meanings as {{ computed_once() }} (
    select
        ranked.*,
        projects.unit_code as project_unit_code,
        projects.asset_class as project_asset_class
    from ranked
    left join projects
        on ranked.project_code = projects.project_code
    where ranked.choice = 1
),

-- An alias without labels of rows says what goes for the rows of a section or of a whole table.
defaults as (
    select
        aliases.*,
        row_number() over (
            partition by template, source_table, section_key
            order by nearness
        ) as choice
    from aliases
    where row_key = '' and group_key = ''
),

joined as (
    select
        printed_rows.report_id,
        printed_rows.source_table,
        printed_rows.table_role,
        printed_rows.row_no,
        printed_rows.row_label,
        printed_rows.group_label,
        printed_rows.group_key,
        printed_rows.section_key,
        reports.administration_code,
        goals.goal_code,
        printed_rows.label_key = '' or own.label_key is not null as is_known,
        own.label_sv,
        own.total_of,
        own.part_of as own_part_of,
        group_.label_sv as group_label_sv,
        coalesce(own.unit_code, own.project_unit_code) as own_unit_code,
        own.gender as own_gender,
        coalesce(own.unit_code, own.project_unit_code, group_.unit_code, group_.project_unit_code)
            as unit_code,
        coalesce(
            own.asset_class,
            own.project_asset_class,
            group_.asset_class,
            group_.project_asset_class
        ) as asset_class,
        own.measure_code is not null as is_named_by_row,
        group_.measure_code is not null as is_named_by_group
        {%- for column in ['gender', 'age_group', 'project_code', 'unit_of_measure'] %},
        coalesce(own.{{ column }}, group_.{{ column }}) as {{ column }}
        {%- endfor %}
        {%- for column in ['measure_code', 'project_status', 'sign'] %},
        coalesce(
            own.{{ column }}, group_.{{ column }}, of_section.{{ column }}, of_table.{{ column }}
        ) as {{ column }}
        {%- endfor %},
        -- A sum, and a row below another, are addends only where that is said of themselves.
        coalesce(
            own.part_of,
            case
                when own.total_of is null and printed_rows.group_key = ''
                    then coalesce(of_section.part_of, of_table.part_of)
            end
        ) as part_of
    from printed_rows
    inner join reports
        on printed_rows.report_id = reports.report_id
    left join meanings as own
        on
            reports.template = own.template
            and reports.administration_code = own.administration_code
            and printed_rows.source_table = own.source_table
            and printed_rows.section_key = own.section_key
            and printed_rows.group_key = own.group_key
            and printed_rows.label_key = own.label_key
    left join meanings as group_
        on
            reports.template = group_.template
            and reports.administration_code = group_.administration_code
            and printed_rows.source_table = group_.source_table
            and printed_rows.section_key = group_.section_key
            and group_.group_key = ''
            and printed_rows.group_key = group_.label_key
    left join defaults as of_section
        on
            reports.template = of_section.template
            and printed_rows.source_table = of_section.source_table
            and printed_rows.section_key = of_section.section_key
            and of_section.section_key <> ''
            and of_section.choice = 1
    left join defaults as of_table
        on
            reports.template = of_table.template
            and printed_rows.source_table = of_table.source_table
            and of_table.section_key = ''
            and of_table.choice = 1
    left join goals
        on
            printed_rows.report_id = goals.report_id
            and printed_rows.section_label = goals.goal_label
),

-- A unit that a table has together with units below it is their sum.
subtotals as (
    select
        joined.report_id,
        joined.source_table,
        joined.measure_code,
        units.parent_unit_code as unit_code
    from joined
    inner join units
        on joined.own_unit_code = units.unit_code
    inner join joined as sums
        on
            joined.report_id = sums.report_id
            and joined.source_table = sums.source_table
            and joined.measure_code = sums.measure_code
            and units.parent_unit_code = sums.own_unit_code
    where
        joined.table_role = 'results'
        and units.parent_unit_code <> units.administration_code
        and joined.own_part_of is null
        and sums.own_part_of is null
        and joined.part_of is not null
        and sums.part_of is not null
    group by joined.report_id, joined.source_table, joined.measure_code, units.parent_unit_code
),

-- A table of units that prints sums of units need not print the sum of them all.
printed_totals as (
    select
        report_id,
        source_table,
        total_of,
        -- A sum that each group of rows has one of is of the rows of its own group.
        count(distinct section_key || '/' || group_key) = count(*) and count(*) > 1 as is_of_groups
    from joined
    where total_of is not null
    group by report_id, source_table, total_of
),

nested as (
    select
        joined.*,
        case
            when joined.own_part_of is not null or joined.part_of is null then joined.part_of
            when above.unit_code is not null then joined.part_of || '/' || above.unit_code
            when sums.unit_code is not null and printed_totals.total_of is null then null
            else joined.part_of
        end as nested_part_of,
        coalesce(joined.total_of, joined.part_of || '/' || sums.unit_code) as nested_total_of
    from joined
    left join units
        on joined.own_unit_code = units.unit_code
    left join printed_totals
        on
            joined.report_id = printed_totals.report_id
            and joined.source_table = printed_totals.source_table
            and joined.part_of = printed_totals.total_of
    left join subtotals as above
        on
            joined.report_id = above.report_id
            and joined.source_table = above.source_table
            and joined.measure_code = above.measure_code
            and units.parent_unit_code = above.unit_code
    left join subtotals as sums
        on
            joined.report_id = sums.report_id
            and joined.source_table = sums.source_table
            and joined.measure_code = sums.measure_code
            and joined.own_unit_code = sums.unit_code
),

summed as (
    select
        nested.*,
        case
            when of_parts.is_of_groups
                then nested.nested_part_of || '/' || nested.section_key || '/' || nested.group_key
            else nested.nested_part_of
        end as summed_part_of,
        case
            when of_totals.is_of_groups
                then nested.nested_total_of || '/' || nested.section_key || '/' || nested.group_key
            else nested.nested_total_of
        end as summed_total_of
    from nested
    left join printed_totals as of_parts
        on
            nested.report_id = of_parts.report_id
            and nested.source_table = of_parts.source_table
            and nested.nested_part_of = of_parts.total_of
    left join printed_totals as of_totals
        on
            nested.report_id = of_totals.report_id
            and nested.source_table = of_totals.source_table
            and nested.nested_total_of = of_totals.total_of
),

final as (
    select
        report_id,
        source_table,
        table_role,
        row_no,
        is_known,
        row_label,
        coalesce(label_sv, row_label) as row_label_sv,
        case
            when is_named_by_row then {{ printed_name('coalesce(label_sv, row_label)') }}
            when is_named_by_group then {{ printed_name('coalesce(group_label_sv, group_label)') }}
        end as indicator_label_sv,
        goal_code,
        measure_code,
        own_unit_code,
        own_gender,
        coalesce(unit_code, administration_code) as unit_code,
        coalesce(gender, 'total') as gender,
        coalesce(age_group, 'all') as age_group,
        project_code,
        project_status,
        case when project_code = 'total' then coalesce(asset_class, 'total') else asset_class end
            as asset_class,
        unit_of_measure,
        coalesce(sign, 1) as row_sign,
        nullif(summed_part_of, '-') as part_of,
        summed_total_of as total_of
    from summed
)

select * from final

-- A table: each figure of a row is joined with it.
{{ config(materialized='table') }}

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

meanings as (
    select * from {{ ref('int_labels__matched') }}
),

units as (
    select * from {{ ref('reference_units') }}
),

goals as (
    select * from {{ ref('int_goals__labelled') }}
),

-- An alias without labels of rows says what goes for the rows of a section or of a whole table.
defaults as (
    select
        inherited.template,
        aliases.source_table,
        {{ plain_label('aliases.section_label') }} as section_key,
        aliases.measure_code,
        aliases.project_status,
        aliases.sign,
        aliases.part_of,
        row_number() over (
            partition by
                inherited.template,
                aliases.source_table,
                {{ plain_label('aliases.section_label') }}
            order by inherited.nearness
        ) as choice
    from {{ ref('reference_label_aliases') }} as aliases
    inner join {{ ref('int_templates__inherited') }} as inherited
        on coalesce(aliases.template, '') = inherited.inherited
    where
        aliases.goal_code is null
        and {{ plain_label('aliases.row_label') }} = ''
        and {{ plain_label('aliases.group_label') }} = ''
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

-- A table: a few rows that every cell is joined with.
{{ config(materialized='table') }}

with inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

printed_columns as (
    select * from {{ ref('reference_printed_columns') }}
),

tables as (
    select * from {{ ref('int_templates__tables') }}
),

codes as (
    select * from {{ ref('reference_codes') }}
),

-- What a template says of a column is what differs from the one it is based on.
columns_ as (
    select
        inherited.template,
        printed_columns.source_table,
        {%- for column in [
            'column_no', 'column_label', 'content', 'scenario', 'year_offset', 'unit_of_measure',
            'measure_code', 'sign',
        ] %}
        {{ nearest('printed_columns.' ~ column) }} as {{ column }},
        {%- endfor %}
        printed_columns.column_name,
        min(case when printed_columns.column_no is not null then inherited.nearness end)
            as numbered_by
    from inherited
    inner join printed_columns
        on inherited.inherited = coalesce(printed_columns.template, '')
    group by inherited.template, printed_columns.source_table, printed_columns.column_name
),

-- A heading that is the name of a gender or an age group is it, as the label of a row is.
headed as (
    select
        columns_.*,
        {{ plain_label("replace(columns_.column_label, '{year}', '')") }} as label_key
    from columns_
),

-- One that says it in other words has a row of reference_label_aliases, as the label of a row has.
aliases as (
    select
        inherited.template,
        label_aliases.source_table,
        {{ plain_label('label_aliases.row_label') }} as label_key,
        {{ nearest('label_aliases.gender') }} as gender,
        {{ nearest('label_aliases.age_group') }} as age_group
    from {{ ref('reference_label_aliases') }} as label_aliases
    inner join inherited
        on coalesce(label_aliases.template, '') = inherited.inherited
    where label_aliases.gender is not null or label_aliases.age_group is not null
    group by
        inherited.template,
        label_aliases.source_table,
        {{ plain_label('label_aliases.row_label') }}
),

final as (
    select
        headed.template,
        headed.source_table,
        tables.table_role,
        headed.column_name,
        -- A template that numbers columns of a table numbers all that it prints.
        case
            when
                headed.numbered_by = min(headed.numbered_by) over (
                    partition by headed.template, headed.source_table
                )
                then headed.column_no
        end as column_no,
        headed.column_label,
        headed.content,
        headed.scenario,
        headed.year_offset,
        headed.unit_of_measure,
        headed.measure_code,
        coalesce(headed.sign, 1) as sign,
        coalesce(
            case when codes.list = 'gender' then codes.code end, own.gender, general.gender
        ) as gender,
        coalesce(
            case when codes.list = 'age_group' then codes.code end,
            own.age_group,
            general.age_group
        ) as age_group
    from headed
    left join tables
        on
            headed.template = tables.template
            and headed.source_table = tables.source_table
    -- The total is whatever the row says that it is the total of.
    left join codes
        on
            codes.list in ('gender', 'age_group')
            and codes.code not in ('total', 'all')
            and headed.label_key = {{ plain_label('codes.word_sv') }}
    left join aliases as own
        on
            headed.template = own.template
            and headed.source_table = own.source_table
            and headed.label_key = own.label_key
    left join aliases as general
        on
            headed.template = general.template
            and general.source_table is null
            and headed.label_key = general.label_key
)

select * from final

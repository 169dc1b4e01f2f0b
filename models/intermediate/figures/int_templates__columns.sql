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

final as (
    select
        columns_.template,
        columns_.source_table,
        tables.table_role,
        columns_.column_name,
        -- A template that numbers columns of a table numbers all that it prints.
        case
            when
                columns_.numbered_by = min(columns_.numbered_by) over (
                    partition by columns_.template, columns_.source_table
                )
                then columns_.column_no
        end as column_no,
        columns_.column_label,
        columns_.content,
        columns_.scenario,
        columns_.year_offset,
        columns_.unit_of_measure,
        columns_.measure_code,
        coalesce(columns_.sign, 1) as sign
    from columns_
    left join tables
        on
            columns_.template = tables.template
            and columns_.source_table = tables.source_table
)

select * from final

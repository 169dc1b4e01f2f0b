-- A table: a few rows that every figure is joined with.
{{ config(materialized='table') }}

with inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

printed_tables as (
    select * from {{ ref('reference_printed_tables') }}
),

-- What a template says of a table is what differs from the one it is based on.
tables as (
    select
        inherited.template,
        printed_tables.source_table,
        {%- for column in [
            'table_name_sv', 'table_name_en', 'table_role', 'unit_of_measure', 'precedence',
            'reason_sv',
        ] %}
        {{ nearest('printed_tables.' ~ column) }} as {{ column }},
        {%- endfor %}
        {{ nearest('cast(printed_tables.is_mirrored as integer)') }} = 1 as is_mirrored
    from inherited
    inner join printed_tables
        on inherited.inherited = coalesce(printed_tables.template, '')
    group by inherited.template, printed_tables.source_table
),

final as (
    select
        tables.template,
        tables.source_table,
        tables.table_name_sv,
        tables.table_name_en,
        tables.table_role,
        coalesce(tables.unit_of_measure, itself.unit_of_measure) as unit_of_measure,
        tables.precedence,
        tables.reason_sv,
        tables.is_mirrored,
        itself.is_minus_in_parentheses
    from tables
    inner join inherited as itself
        on
            tables.template = itself.template
            and itself.nearness = 1
)

select * from final

-- A table: a few rows that every figure is joined with.
{{ config(materialized='table') }}

with inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

printed_tables as (
    select * from {{ ref('reference_printed_tables') }}
),

-- A table that has columns and no more said of it is one among others, and comes before the text.
named as (
    select
        template,
        source_table,
        table_name_sv,
        table_name_en,
        table_role,
        unit_of_measure,
        precedence,
        reason_sv,
        is_mirrored
    from printed_tables
    union all
    select
        columns_.template,
        columns_.source_table,
        upper(left(columns_.source_table, 1)) || replace(substr(columns_.source_table, 2), '_', ' ')
            as table_name_sv,
        upper(left(columns_.source_table, 1)) || replace(substr(columns_.source_table, 2), '_', ' ')
            as table_name_en,
        'other' as table_role,
        cast(null as {{ dbt.type_string() }}) as unit_of_measure,
        6 as precedence,
        'En tabell utan egen rangordning; den går före den löpande texten' as reason_sv,
        false as is_mirrored
    from {{ ref('reference_printed_columns') }} as columns_
    where columns_.source_table not in (select named_tables.source_table from printed_tables as named_tables)
    group by columns_.template, columns_.source_table
),

-- What a template says of a table is what differs from the one it is based on.
tables as (
    select
        inherited.template,
        named.source_table,
        {%- for column in [
            'table_name_sv', 'table_name_en', 'table_role', 'unit_of_measure', 'precedence',
            'reason_sv',
        ] %}
        {{ nearest('named.' ~ column) }} as {{ column }},
        {%- endfor %}
        {{ nearest('cast(named.is_mirrored as integer)') }} = 1 as is_mirrored
    from inherited
    inner join named
        on inherited.inherited = coalesce(named.template, '')
    group by inherited.template, named.source_table
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

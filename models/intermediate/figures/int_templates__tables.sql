-- A table: a few rows that every figure is joined with.
{{ config(materialized='table') }}

with inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

printed_tables as (
    select * from {{ ref('reference_printed_tables') }}
),

columns_ as (
    select
        coalesce(template, '') as of_template,
        source_table,
        upper(left(source_table, 1)) || replace(substr(source_table, 2), '_', ' ') as table_called
    from {{ ref('reference_printed_columns') }}
    group by template, source_table
),

unranked as (
    select word_sv from {{ ref('reference_codes') }}
    where list = 'table_rank' and code = 'unranked'
),

-- What a template says of a table is what differs from the one it is based on.
said as (
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

-- A table that has columns and no more said of it is one among others, and goes before the text.
tables as (
    select * from said
    union all
    select
        inherited.template,
        columns_.source_table,
        columns_.table_called as table_name_sv,
        columns_.table_called as table_name_en,
        'other' as table_role,
        cast(null as {{ dbt.type_string() }}) as unit_of_measure,
        6 as precedence,
        unranked.word_sv as reason_sv,
        false as is_mirrored
    from inherited
    inner join columns_
        on inherited.inherited = columns_.of_template
    cross join unranked
    left join said
        on
            inherited.template = said.template
            and columns_.source_table = said.source_table
    where said.source_table is null
    group by
        inherited.template, columns_.source_table, columns_.table_called, unranked.word_sv
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

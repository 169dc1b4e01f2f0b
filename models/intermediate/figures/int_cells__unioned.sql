{{ config(materialized='table') }}

with unioned as {{ computed_once(gathered=true) }} (
    {%- for model in ['stg_report__cells', 'stg_report__pastaenden'] %}
    select
        figure_id,
        coalesce(report_id, '') as report_id,
        coalesce(source_table, '') as source_table,
        row_no,
        coalesce(column_name, '') as column_key,
        source_line_first,
        source_line_last,
        section_label,
        group_label,
        row_label,
        printed_text,
        row_context
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- A column goes by its name; in a table that has no seed of its own by its number.
columns_ as (
    {%- for key in ['column_name', 'column_no'] %}
    select
        *,
        cast({{ key }} as {{ dbt.type_string() }}) as column_key
    from {{ ref('int_templates__columns') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

final as (
    select
        unioned.figure_id,
        unioned.report_id,
        unioned.source_table,
        columns_.table_role,
        unioned.row_no,
        coalesce(columns_.column_name, unioned.column_key) as column_name,
        unioned.source_line_first,
        unioned.source_line_last,
        unioned.section_label,
        unioned.group_label,
        unioned.row_label,
        columns_.column_no,
        replace(
            columns_.column_label,
            '{year}',
            coalesce(
                cast(reports.report_year + columns_.year_offset as {{ dbt.type_string() }}), ''
            )
        ) as column_label,
        unioned.printed_text,
        -- A judgement is of the goal of its row; outside a table of goals of the row's indicator.
        case
            when columns_.content = 'judgement' and columns_.table_role <> 'goals'
                then 'indicator_judgement'
            else columns_.content
        end as content, -- noqa: RF04
        columns_.measure_code as column_measure_code,
        columns_.scenario,
        reports.report_year + columns_.year_offset as fiscal_year,
        columns_.unit_of_measure as column_unit_of_measure,
        columns_.sign as column_sign,
        columns_.gender as column_gender,
        columns_.age_group as column_age_group,
        unioned.row_context
    from unioned
    left join reports
        on unioned.report_id = reports.report_id
    left join columns_
        on
            reports.template = columns_.template
            and unioned.source_table = columns_.source_table
            and unioned.column_key = columns_.column_key
)

select * from final

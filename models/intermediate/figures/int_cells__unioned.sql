{{ config(materialized='table') }}

{%- set tables = [
    'ekonomi', 'maluppfyllelse', 'basuppdrag', 'personal', 'driftsammandrag', 'investeringar',
    'namndindikatorer', 'beslut_och_handelser', 'pastaenden',
] -%}

with unioned as (
    {%- for table in tables %}
    select
        figure_id,
        report_id,
        source_table,
        row_no,
        column_name,
        source_line_first,
        source_line_last,
        section_label,
        group_label,
        row_label,
        printed_text,
        row_context
    from {{ ref('stg_report__' ~ table) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

columns_ as (
    select * from {{ ref('reference_printed_columns') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

final as (
    select
        unioned.figure_id,
        unioned.report_id,
        unioned.source_table,
        unioned.row_no,
        unioned.column_name,
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
        columns_.content,
        columns_.measure_code as column_measure_code,
        columns_.scenario,
        reports.report_year + columns_.year_offset as fiscal_year,
        columns_.unit_of_measure as column_unit_of_measure,
        unioned.row_context
    from unioned
    left join columns_
        on
            unioned.source_table = columns_.source_table
            and unioned.column_name = columns_.column_name
    left join reports
        on unioned.report_id = reports.report_id
)

select * from final

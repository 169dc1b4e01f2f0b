-- A table, since eight models read it: with many reports each would read the files anew.
{{ config(materialized='table') }}

with kept as (
    select report_id
    from {{ ref('run_plan') }}
    where is_kept
),

printed as (
    select * from {{ ref('printed_pastaenden') }}
    where coalesce(report_id, '') not in (select kept.report_id from kept)
),

-- A figure and a statement are read differently, so they stand in columns of their own.
final as (
    select
        report_id
        || '.pastaenden.'
        || row_no
        || case when kind in ('value', 'rank', 'unit_count') then '.value' else '.statement' end
            as figure_id,
        report_id,
        'pastaenden' as source_table,
        {{ whole_number('row_no') }} as row_no,
        case when kind in ('value', 'rank', 'unit_count') then 'value' else 'statement' end
            as column_name,
        {{ whole_number('source_line_first') }} as source_line_first,
        {{ whole_number('source_line_last') }} as source_line_last,
        cast(null as {{ dbt.type_string() }}) as section_label,
        cast(null as {{ dbt.type_string() }}) as group_label,
        row_label,
        printed_text,
        read_text,
        kind,
        measure_code,
        unit_code,
        {{ whole_number('fiscal_year') }} as fiscal_year,
        scenario,
        gender,
        topic,
        project_status,
        asset_class,
        goal_code,
        stated,
        part_of,
        total_of,
        unverifiable_code,
        project_code,
        {{ joined_text([
            'read_text', 'kind', 'measure_code', 'unit_code', 'fiscal_year', 'scenario', 'gender', 'topic',
            'project_status', 'asset_class', 'goal_code', 'stated', 'part_of', 'total_of',
            'unverifiable_code',
        ]) }}
        || coalesce('|' || project_code, '') as row_context
    from printed
)

select * from final

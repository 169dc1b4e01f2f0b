-- A table: each rule of the running text reads it.
{{ config(materialized='table') }}

with claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

figures as (
    select * from {{ ref('int_figures__matched') }}
),

-- A statement that names the unit and the class of asset means the project of them, if there is one
-- only.
only_projects as (
    select * from {{ ref('int_projects__named') }}
    where is_only_one
),

final as (
    select
        claims.figure_id,
        claims.report_id,
        claims.row_no,
        claims.kind,
        claims.row_label,
        claims.printed_text,
        claims.read_text,
        claims.stated,
        claims.topic,
        claims.goal_code,
        claims.measure_code,
        claims.unit_code,
        claims.fiscal_year,
        claims.scenario,
        claims.gender,
        claims.project_status,
        claims.asset_class,
        case
            when claims.asset_class = 'total' then 'total'
            else coalesce(figures.project_code, only_projects.project_code)
        end as project_code,
        claims.part_of,
        claims.total_of,
        {{ speaks_of_cost('claims.row_label', 'claims.printed_text') }} as is_of_cost,
        figures.value,
        figures.base_value as base_value_stated,
        figures.base_rounding_step,
        figures.unit_of_measure,
        figures.concept_key,
        claims.source_line_first,
        claims.source_line_last,
        claims.unverifiable_code
    from claims
    left join figures
        on claims.figure_id = figures.figure_id
    left join only_projects
        on
            claims.unit_code = only_projects.unit_code
            and claims.asset_class = only_projects.asset_class
)

select * from final

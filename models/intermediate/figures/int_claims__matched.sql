-- A table: each rule of the running text reads it.
{{ config(materialized='table') }}

with claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

figures as (
    select * from {{ ref('int_figures__matched') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

templates as (
    select * from {{ ref('int_templates__inherited') }}
    where nearness = 1
),

-- What a statement about a measure leaves out is the outcome of the year, of the whole
-- administration and of women and men together.
understood as (
    select
        claims.*,
        case
            when claims.measure_code is null then claims.unit_code
            else coalesce(claims.unit_code, said_projects.unit_code, reports.administration_code)
        end as own_unit_code,
        case
            when claims.measure_code is null then claims.gender
            else coalesce(claims.gender, 'total')
        end as own_gender,
        case
            when claims.measure_code is null then claims.scenario
            else coalesce(claims.scenario, 'outcome')
        end as own_scenario,
        coalesce(claims.fiscal_year, reports.report_year) as own_fiscal_year
    from claims
    left join reports
        on claims.report_id = reports.report_id
    left join {{ ref('int_projects__named') }} as said_projects
        on claims.project_code = said_projects.project_code
),

-- A statement that names the unit and the class of asset means the project of them, if there is one
-- only.
only_projects as (
    select * from {{ ref('int_projects__named') }}
    where is_only_one
),

final as (
    select
        understood.figure_id,
        understood.report_id,
        understood.row_no,
        understood.kind,
        understood.row_label,
        understood.printed_text,
        understood.read_text,
        understood.stated,
        understood.topic,
        understood.goal_code,
        understood.measure_code,
        understood.own_unit_code as unit_code,
        understood.own_fiscal_year as fiscal_year,
        understood.own_scenario as scenario,
        understood.own_gender as gender,
        understood.project_status,
        understood.asset_class,
        case
            when understood.asset_class = 'total' then 'total'
            else
                coalesce(
                    understood.project_code,
                    figures.project_code,
                    only_projects.project_code
                )
        end as project_code,
        understood.part_of,
        understood.total_of,
        coalesce(
            figures.is_of_cost,
            {{ speaks_of('cost', 'understood.row_label', 'understood.printed_text') }}
            or (
                coalesce(templates.result_words, '') = 'net_cost'
                and not {{ speaks_of(
                    'result', 'understood.row_label', 'understood.printed_text'
                ) }}
            )
        ) as is_of_cost,
        {%- for said, kind, code in [
            ('fall', 'fall', none), ('worse', 'worse', none), ('more', 'hedge', 'above')
        ] %}
        {{ speaks_of(kind, "''", 'understood.printed_text', code) }} as says_{{ said }},
        {%- endfor %}
        figures.value,
        figures.base_value as base_value_stated,
        figures.base_rounding_step,
        figures.unit_of_measure,
        figures.concept_key,
        understood.source_line_first,
        understood.source_line_last,
        understood.unverifiable_code
    from understood
    left join figures
        on understood.figure_id = figures.figure_id
    left join reports
        on understood.report_id = reports.report_id
    left join templates
        on reports.template = templates.template
    left join only_projects
        on
            understood.own_unit_code = only_projects.unit_code
            and understood.asset_class = only_projects.asset_class
)

select * from final

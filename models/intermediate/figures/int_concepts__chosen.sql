{{ config(materialized='table') }}

with figures as (
    select * from {{ ref('int_figures__matched') }}
),

print_checks as (
    select * from {{ ref('int_checks__same_concept') }}
    union all
    select * from {{ ref('int_checks__prose_value') }}
),

chosen as (
    select * from figures
    where concept_rank = 1
),

disputed as (
    select left_figure_id as figure_id
    from print_checks
    where verdict = 'contradicts'
    group by left_figure_id
),

final as (
    select
        chosen.figure_id,
        chosen.report_id,
        chosen.source_table,
        chosen.source_line_first,
        chosen.source_line_last,
        chosen.concept_key,
        chosen.concept_name_sv,
        chosen.measure_code,
        chosen.unit_code,
        chosen.gender,
        chosen.scenario,
        chosen.fiscal_year,
        chosen.project_status,
        chosen.asset_class,
        chosen.read_text,
        chosen.value,
        chosen.value_operator,
        chosen.missing_code,
        chosen.rounding_step,
        chosen.unit_of_measure,
        chosen.base_value,
        chosen.base_factor,
        chosen.is_claim,
        disputed.figure_id is not null as is_disputed
    from chosen
    left join disputed
        on chosen.figure_id = disputed.figure_id
)

select * from final

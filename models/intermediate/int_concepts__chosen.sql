{{ config(materialized='table') }}

with figures as (
    select * from {{ ref('int_figures__matched') }}
),

same_concept as (
    select * from {{ ref('int_reconciliations__same_concept') }}
),

chosen as (
    select * from figures
    where concept_rank = 1
),

disputed as (
    select left_figure_id as figure_id
    from same_concept
    where verdict = 'contradicts'
    group by left_figure_id
),

final as (
    select
        chosen.*,
        disputed.figure_id is not null as is_disputed
    from chosen
    left join disputed
        on chosen.figure_id = disputed.figure_id
)

select * from final

-- A table, so that PostgreSQL knows how many rows it has when gender_mix compares them.
{{ config(materialized='table') }}

with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where scenario = 'outcome' and age_group = 'all' and value is not null
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

-- Women, men and total of an indicator side by side.
genders as (
    select
        report_id,
        measure_code,
        unit_code,
        fiscal_year,
        {%- for gender in ['women', 'men'] %}
        max(case when gender = '{{ gender }}' then figure_id end) as {{ gender }}_figure_id,
        max(
            case when gender = '{{ gender }}' then {{ shown_number('read_text', 'value') }} end
        ) as {{ gender }}_text,
        max(case when gender = '{{ gender }}' then value end) as {{ gender }}_value,
        max(case when gender = '{{ gender }}' then rounding_step end) as {{ gender }}_step,
        {%- endfor %}
        max(case when gender = 'total' then figure_id end) as figure_id
    from figures
    where concept_rank = 1 and is_indicator
    group by report_id, measure_code, unit_code, fiscal_year
),

-- Each print of a total beside the chosen one.
totals as (
    select
        figure_id,
        value,
        rounding_step,
        {%- for column in ['figure_id', 'value', 'rounding_step'] %}
        max(case when concept_rank = 1 then {{ column }} end) over (
            partition by report_id, concept_key
        ) as chosen_{{ column }},
        {%- endfor %}
        concept_rank
    from figures
    where gender = 'total' and is_indicator
),

-- The total is also taken from its finest print that agrees with the chosen one.
finest_totals as (
    select
        totals.*,
        row_number() over (
            partition by chosen_figure_id
            order by rounding_step, concept_rank
        ) as choice
    from totals
    where abs(chosen_value - value) <= (chosen_rounding_step + rounding_step) / 2
),

final as (
    select
        total.figure_id,
        total.report_id,
        total.fiscal_year,
        total.concept_name_sv,
        {{ shown_number('total.read_text', 'total.value') }} as read_text,
        total.source_line_first,
        total.source_line_last,
        total.value,
        total.rounding_step,
        total.unit_of_measure,
        indicators.staff_group,
        finest_totals.figure_id as finest_figure_id,
        finest_totals.value as finest_value,
        finest_totals.rounding_step as finest_step,
        genders.women_figure_id,
        genders.women_text,
        genders.women_value,
        genders.women_step,
        genders.men_figure_id,
        genders.men_text,
        genders.men_value,
        genders.men_step
    from genders
    inner join figures as total
        on genders.figure_id = total.figure_id
    inner join finest_totals
        on
            genders.figure_id = finest_totals.chosen_figure_id
            and finest_totals.choice = 1
    left join indicators
        on genders.measure_code = indicators.indicator_code
    where genders.women_value is not null and genders.men_value is not null
)

select * from final

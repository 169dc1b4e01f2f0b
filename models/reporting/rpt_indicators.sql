{{ incremental_by_report() }}

{#- A row of women, men or an age group that has no target of its own is not judged. -#}
{%- set is_whole = "(compared.gender = 'total' and compared.age_group = 'all')" -%}
{%- set is_judged = is_whole ~ ' or compared.target_value is not null' -%}
{%- set years = {'outcome': 0, 'previous': 1, 'earlier': 2} -%}

with indicators as (
    select * from {{ rows_of_this_run(ref('fct_indicators')) }}
),

dim_indicators as (
    select * from {{ ref('dim_indicators') }}
),

goals as (
    select * from {{ ref('dim_goals') }}
),

assessments as (
    select * from {{ rows_of_this_run(ref('fct_goal_assessments')) }}
),

units as (
    select * from {{ ref('dim_units') }}
),

prints as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

roles as (
    select
        reports.report_id,
        printed_tables.source_table,
        printed_tables.table_role
    from {{ ref('dim_reports') }} as reports
    inner join {{ ref('dim_printed_tables') }} as printed_tables
        on reports.template = printed_tables.template
    where printed_tables.table_role in ('indicators', 'volumes', 'staff')
),

front_page as (
    select
        prints.report_id,
        prints.measure_code,
        prints.unit_code,
        min(case when roles.table_role = 'volumes' then prints.row_no end) as volume_order,
        min(case when roles.table_role = 'staff' then prints.row_no end) as staff_order
    from prints
    inner join roles
        on
            prints.report_id = roles.report_id
            and prints.source_table = roles.source_table
    group by prints.report_id, prints.measure_code, prints.unit_code
),

series as (
    select
        indicators.report_id,
        indicators.report_year,
        indicators.indicator_code,
        indicators.unit_code,
        indicators.gender,
        indicators.age_group,
        indicators.unit_of_measure,
        max(indicators.indicator_label_sv) as indicator_label_sv,
        max(indicators.goal_code) as goal_code,
        max(roles.table_role) as table_role,
        max(
            case
                when indicators.fiscal_year >= indicators.report_year - {{ years.values() | max }}
                    then prints.row_no
            end
        ) as row_no
        {%- for name, years_before in years.items() %}
        {%- set is_it = "indicators.fiscal_year = indicators.report_year - " ~ years_before %},
        max(case when {{ is_it }} then indicators.value end) as {{ name }}_value,
        max(case when {{ is_it }} then indicators.figure_id end) as {{ name }}_figure_id
        {%- endfor %},
        max(indicators.target_value) as target_value,
        max(
            case when indicators.target_value is not null then indicators.target_figure_id end
        ) as target_figure_id,
        max(
            case
                when indicators.fiscal_year = indicators.report_year then indicators.target_status
            end
        ) as target_status
    from indicators
    left join prints
        on indicators.figure_id = prints.figure_id
    left join roles
        on
            prints.report_id = roles.report_id
            and prints.source_table = roles.source_table
    group by
        indicators.report_id,
        indicators.report_year,
        indicators.indicator_code,
        indicators.unit_code,
        indicators.gender,
        indicators.age_group,
        indicators.unit_of_measure
),

compared as (
    select
        series.*,
        cast(outcome_value - previous_value as decimal(18, 6)) as change_value,
        case
            when previous_value <> 0
                then cast(
                    round(100 * (outcome_value - previous_value) / previous_value, 1)
                    as decimal(18, 6)
                )
        end as change_pct,
        case
            when target_value <> 0
                then cast(round(100 * outcome_value / target_value, 0) as decimal(18, 6))
        end as target_index,
        max(case when gender = 'women' then outcome_value end) over same_indicator as women_value,
        max(case when gender = 'women' then outcome_figure_id end) over same_indicator
            as women_figure_id,
        max(case when gender = 'men' then outcome_value end) over same_indicator as men_value,
        max(case when gender = 'men' then outcome_figure_id end) over same_indicator
            as men_figure_id
    from series
    window same_indicator as (partition by report_id, indicator_code, unit_code, age_group)
),

final as (
    select
        compared.report_id,
        compared.report_year,
        compared.indicator_code,
        compared.indicator_label_sv as indicator_name_sv,
        dim_indicators.subject_sv,
        dim_indicators.indicator_name_en,
        dim_indicators.definition_sv,
        dim_indicators.source_sv,
        dim_indicators.kolada_id,
        compared.goal_code,
        coalesce(assessments.goal_label_sv, goals.goal_name_sv) as goal_name_sv,
        compared.unit_code,
        units.unit_name_sv,
        units.unit_name_en,
        units.parent_unit_code is null as is_administration,
        compared.gender,
        compared.age_group,
        {{ is_whole }} as is_whole,
        cast(
            compared.row_no
            + case when compared.table_role = 'indicators' then 0 else 1000 end
            as integer
        ) as display_order,
        front_page.volume_order,
        front_page.staff_order,
        compared.unit_of_measure,
        {%- for name in years %}
        compared.report_year - {{ years[name] }} as {{ name }}_year,
        compared.{{ name }}_value,
        compared.{{ name }}_figure_id,
        {%- endfor %}
        compared.target_value,
        compared.target_figure_id,
        dim_indicators.desired_direction,
        case when {{ is_judged }} then compared.target_status end as target_status,
        compared.target_index,
        compared.change_value,
        compared.change_pct,
        case
            when compared.change_value > 0 then 'up'
            when compared.change_value < 0 then 'down'
            when compared.change_value = 0 then 'same'
        end as change_code,
        compared.women_value,
        compared.women_figure_id,
        compared.men_value,
        compared.men_figure_id,
        cast(compared.women_value - compared.men_value as decimal(18, 6)) as gender_gap,
        cast(
            case
                when
                    {{ is_whole }} and compared.women_value is not null
                    and compared.men_value is not null
                    then rank() over (
                        partition by compared.report_id, compared.gender, compared.age_group
                        order by
                            case
                                when compared.women_value is null or compared.men_value is null
                                    then 1
                                else 0
                            end asc,
                            abs(compared.women_value - compared.men_value) desc
                    )
            end as integer
        ) as gender_gap_rank
    from compared
    inner join dim_indicators
        on compared.indicator_code = dim_indicators.indicator_code
    inner join units
        on compared.unit_code = units.unit_code
    left join goals
        on compared.goal_code = goals.goal_code
    left join assessments
        on
            compared.report_id = assessments.report_id
            and compared.goal_code = assessments.goal_code
    left join front_page
        on
            compared.report_id = front_page.report_id
            and compared.indicator_code = front_page.measure_code
            and compared.unit_code = front_page.unit_code
)

select * from final

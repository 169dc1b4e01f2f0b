{{ incremental_by_report() }}

{%- set bases = {'start': ('approved', 'accumulated'), 'year': ('year', 'year')} -%}

with investments as (
    select * from {{ rows_of_this_run(ref('fct_investments')) }}
),

units as (
    select * from {{ ref('dim_units') }}
),

projects as (
    select * from {{ ref('dim_projects') }}
),

codes as (
    select * from {{ ref('dim_codes') }}
),

prints as (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

unpivoted as (
    {%- for basis, (budget, others) in bases.items() %}
    select
        report_id,
        '{{ basis }}' as basis,
        project_status,
        unit_code,
        project_code,
        asset_class,
        is_disputed,
        {{ budget }}_budget_mnkr as budget_mnkr,
        {{ budget }}_budget_figure_id as budget_figure_id,
        {{ others }}_outcome_mnkr as outcome_mnkr,
        {{ 'figure_id' if basis == 'year' else others ~ '_outcome_figure_id' }}
            as outcome_figure_id,
        {%- for column in ['forecast_mnkr', 'forecast_figure_id'] %}
        {{ ('year_' ~ column ~ ' as ' if basis == 'year') ~ column }},
        {%- endfor %}
        {{ others }}_deviation_mnkr as deviation_mnkr,
        {{ others }}_deviation_figure_id as deviation_figure_id
    from investments
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        unpivoted.report_id,
        unpivoted.basis,
        unpivoted.project_status,
        unpivoted.unit_code,
        units.unit_name_sv,
        unpivoted.project_code,
        coalesce(projects.project_name_sv, units.unit_name_sv) as project_name_sv,
        unpivoted.asset_class,
        asset_classes.word_sv as asset_class_sv,
        project_statuses.word_sv as project_status_sv,
        unpivoted.project_code = 'total' as is_total,
        cast(
            row_number() over (
                partition by unpivoted.report_id, unpivoted.basis
                order by prints.source_line_first, prints.row_no, unpivoted.unit_code
            ) as integer
        ) as display_order,
        {%- for name in ['budget', 'outcome', 'deviation', 'forecast'] %}
        unpivoted.{{ name }}_mnkr,
        unpivoted.{{ name }}_figure_id,
        {%- endfor %}
        cast(
            case
                when unpivoted.budget_mnkr > 0
                    then round(100 * unpivoted.outcome_mnkr / unpivoted.budget_mnkr, 0)
            end as decimal(18, 6)
        ) as used_pct,
        case
            when unpivoted.deviation_mnkr > 0 then 'down'
            when unpivoted.deviation_mnkr < 0 then 'up'
            when unpivoted.deviation_mnkr = 0 then 'same'
        end as deviation_code
    from unpivoted
    left join units
        on unpivoted.unit_code = units.unit_code
    left join projects
        on unpivoted.project_code = projects.project_code
    inner join prints
        on
            prints.figure_id
            = coalesce(unpivoted.outcome_figure_id, unpivoted.budget_figure_id)
    left join codes as asset_classes
        on
            asset_classes.list = 'asset_class'
            and unpivoted.asset_class = asset_classes.code
    left join codes as project_statuses
        on
            project_statuses.list = 'project_status'
            and unpivoted.project_status = project_statuses.code
)

select * from final

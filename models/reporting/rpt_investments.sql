with figures as (
    select *
    from {{ ref('fct_printed_figures') }}
    where source_table = 'investeringar'
),

units as (
    select * from {{ ref('dim_units') }}
),

printed_rows as (
    select
        report_id,
        row_no,
        measure_code,
        project_status,
        unit_code,
        asset_class,
    {%- for name in ['budget', 'outcome', 'deviation'] %}
    max(case when scenario = '{{ name }}' then value end) as {{ name }}_mnkr,
    max(case when scenario = '{{ name }}' then missing_code end) as {{ name }}_missing_code,
    max(
        case when scenario = '{{ name }}' then {{ printed_decimals('rounding_step') }} end
    ) as {{ name }}_decimals,
    max(case when scenario = '{{ name }}' then figure_id end) as {{ name }}_figure_id
    {{- "," if not loop.last }}
    {%- endfor %}
    from figures
    group by report_id, row_no, measure_code, project_status, unit_code, asset_class
),

final as (
    select
        printed_rows.report_id,
        printed_rows.row_no,
        case when printed_rows.measure_code = 'arets_investeringar' then 'year' else 'start' end
            as basis,
        printed_rows.project_status,
        {{ in_words('printed_rows.project_status', {
            'completed': 'Färdigställda projekt',
            'ongoing': 'Pågående projekt',
            'total': 'Summa investeringar',
        }) }} as project_status_sv,
        printed_rows.unit_code,
        printed_rows.asset_class,
        printed_rows.asset_class = 'total' as is_total,
        case
            when printed_rows.asset_class <> 'total'
                then units.unit_name_sv || ', ' || {{ in_words('printed_rows.asset_class', {
                    'it_utrustning': 'it-utrustning',
                    'inventarier': 'inventarier',
                }, 'printed_rows.asset_class') }}
            else {{ in_words('printed_rows.project_status', {
                'completed': 'Summa färdigställda projekt',
                'ongoing': 'Summa pågående projekt',
                'total': 'Summa investeringar',
            }) }}
        end as row_name_sv,
        {%- for name in ['budget', 'outcome', 'deviation'] %}
        printed_rows.{{ name }}_mnkr,
        {{ missing_in_words('printed_rows.' ~ name ~ '_missing_code') }} as {{ name }}_missing_sv,
        printed_rows.{{ name }}_decimals,
        printed_rows.{{ name }}_figure_id,
        {%- endfor %}
        cast(
            case
                when printed_rows.budget_mnkr > 0
                    then round(100 * printed_rows.outcome_mnkr / printed_rows.budget_mnkr, 0)
            end as decimal(18, 6)
        ) as used_pct,
        case
            when printed_rows.deviation_mnkr > 0 then 'below'
            when printed_rows.deviation_mnkr < 0 then 'above'
            when printed_rows.deviation_mnkr = 0 then 'equal'
        end as deviation_code
    from printed_rows
    left join units
        on printed_rows.unit_code = units.unit_code
)

select * from final

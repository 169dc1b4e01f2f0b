-- An indicator printed under another of the administration's goals than its own would be counted
-- for the wrong one.
{{ config(meta={'cause': 'meanings'}) }}
with figures as (
    select * from {{ ref('int_figures__matched') }}
    where not is_claim and section_label is not null and is_indicator
),

reports as (
    select * from {{ ref('reference_reports') }}
),

tables as (
    select * from {{ ref('int_templates__tables') }}
    where table_role = 'indicators'
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

goals as (
    select * from {{ ref('reference_goals') }}
)

select
    figures.report_id,
    figures.section_label,
    figures.measure_code,
    'tabellen ' || figures.source_table || ', ' || {{ source_lines(
        'min(figures.source_line_first)', 'max(figures.source_line_last)'
    ) }} || ': ' || figures.measure_code || ' står under ”' || figures.section_label || '”'
    || case
        when figures.goal_code is null
            then
                ', som inte är något av förvaltningens mål i reference_goals och saknas i '
                || 'reference_label_aliases.'
        else ' men hör enligt reference_indicators till ' || goals.goal_code || '.'
    end as message_sv
from figures
inner join reports
    on figures.report_id = reports.report_id
inner join tables
    on
        reports.template = tables.template
        and figures.source_table = tables.source_table
left join indicators
    on figures.measure_code = indicators.indicator_code
left join goals
    on
        indicators.goal_code = goals.goal_code
        and reports.administration_code = goals.administration_code
where figures.goal_code is null or goals.goal_code <> figures.goal_code
group by
    figures.report_id,
    figures.source_table,
    figures.section_label,
    figures.measure_code,
    figures.goal_code,
    goals.goal_code

-- An indicator printed under another goal than its own would be counted for the wrong one.
with figures as (
    select * from {{ ref('fct_printed_figures') }}
    where source_table = 'namndindikatorer' and {{ is_of_this_run('report_id') }}
),

goal_aliases as (
    select * from {{ ref('reference_goal_aliases') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
)

select
    figures.report_id,
    figures.section_label,
    figures.measure_code,
    'printed_namndindikatorer, ' || {{ source_lines(
        'min(figures.source_line_first)', 'max(figures.source_line_last)'
    ) }} || ': ' || figures.measure_code || ' står under ”' || coalesce(figures.section_label, '(tomt)')
    || '” men hör enligt reference_indicators till ' || coalesce(indicators.goal_code, 'inget mål')
    || '.' as message_sv
from figures
left join goal_aliases
    on figures.section_label = goal_aliases.printed_label
left join indicators
    on figures.measure_code = indicators.indicator_code
where coalesce(goal_aliases.goal_code, '') <> coalesce(indicators.goal_code, '-')
group by figures.report_id, figures.section_label, figures.measure_code, indicators.goal_code

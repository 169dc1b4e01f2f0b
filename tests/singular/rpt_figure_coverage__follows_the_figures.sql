-- The coverage of a figure is that of its print: shown where a page's model has it, checked where a
-- check rests on it, and with the reason why not. By itself, since it meets every figure.
{% set coverage = rows_of_this_run(ref('rpt_figure_coverage')) %}
with shown as (
    {%- for model, columns in {
        'rpt_results': ['outcome_', 'budget_', 'deviation_', 'previous_'],
        'rpt_printed_tables': [''],
        'rpt_investments': ['budget_', 'outcome_', 'deviation_'],
        'rpt_indicators': ['outcome_', 'previous_', 'earlier_', 'target_'],
    }.items() %}
    {%- set outer = loop %}
    {%- for column in columns %}
    {{ 'union all' if not (outer.first and loop.first) }}
    select {{ column }}figure_id{{ ' as figure_id' if column }}
    from {{ rows_of_this_run(ref(model)) }} as rows_of_{{ model }}
    {%- endfor %}
    {%- endfor %}
),

shown_beside as (
    select figure_id from shown
    union
    select prints.other_figure_id as figure_id
    from {{ rows_of_this_run(ref('rpt_other_prints')) }} as prints
    inner join shown
        on prints.figure_id = shown.figure_id
),

checked as (
    select check_figures.figure_id
    from {{ rows_of_this_run(ref('fct_check_figures')) }} as check_figures
    group by check_figures.figure_id
)

select message_sv
from (
    {{ test_rows_follow(
        ref('rpt_figure_coverage'),
        ref('fct_printed_figures'),
        ['figure_id'],
        ['report_id', 'source_table', 'source_line_first', 'is_fact'],
        {},
        '1 = 1',
        '1 = 1',
    ) }}
) as follow
union all
-- Each mark by itself: all at once, every figure would be in memory several times.
select
    'rpt_figure_coverage: ' || coverage.figure_id || ' är märkt fel som visad'
    || '. Trolig orsak: modellen läser eller väljer fel.' as message_sv
from {{ coverage }} as coverage
left join shown_beside as shown
    on coverage.figure_id = shown.figure_id
where coverage.is_shown <> (shown.figure_id is not null)
union all
select
    'rpt_figure_coverage: ' || coverage.figure_id || ' är märkt fel som prövad'
    || '. Trolig orsak: modellen läser eller väljer fel.' as message_sv
from {{ coverage }} as coverage
left join checked
    on coverage.figure_id = checked.figure_id
where coverage.is_checked <> (checked.figure_id is not null)
union all
select
    'rpt_figure_coverage: ' || coverage.figure_id || ' har fel orsak'
    || '. Trolig orsak: modellen läser eller väljer fel.' as message_sv
from {{ coverage }} as coverage
left join {{ rows_of_this_run(ref('fct_claims')) }} as claims
    on coverage.figure_id = claims.claim_id
left join {{ rows_of_this_run(ref('fct_printed_figures')) }} as figures
    on coverage.figure_id = figures.figure_id
left join {{ ref('dim_reports') }} as reports_of_figures
    on figures.report_id = reports_of_figures.report_id
left join {{ ref('dim_printed_tables') }} as printed_tables
    on
        reports_of_figures.template = printed_tables.template
        and figures.source_table = printed_tables.source_table
left join {{ ref('dim_indicators') }} as indicators
    on figures.measure_code = indicators.indicator_code
where
    coverage.reason_code is distinct from
    case
        when coverage.is_fact or coverage.is_checked then null
        when claims.claim_id is not null then claims.unverifiable_code
        when
            figures.value is not null
            and (
                (indicators.indicator_code is not null and figures.scenario <> 'outcome')
                or printed_tables.table_role = 'other'
            )
            then 'only_here'
        else figures.missing_code
    end

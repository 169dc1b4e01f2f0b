{{ incremental_by_report() }}

{%- set classes = ['figure', 'judgement', 'wording', 'silence', 'restatement'] -%}
{%- set issue_columns = [] -%}
{%- for name in classes -%}{%- do issue_columns.append('known_issues_' ~ name) -%}{%- endfor -%}

with versions as (
    select * from {{ ref('run_plan') }}
    where not is_kept
),

reports as (
    select * from {{ ref('dim_reports') }}
    where report_id in (select versions.report_id from versions)
),

units as (
    select *
    from {{ ref('dim_units') }}
    where parent_unit_code is null
),

assessments as (
    select * from {{ rows_of_this_run(ref('fct_goal_assessments')) }}
),

figures as (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

reconciliations as (
    select * from {{ rows_of_this_run(ref('fct_reconciliations')) }}
),

known_issues as (
    select * from {{ ref('rpt_known_issues') }}
),

results as (
    select * from {{ rows_of_this_run(ref('fct_results')) }}
),

goal_counts as (
    select
        report_id,
        count(*) as goals,
        {%- for status in ['fulfilled', 'partly_fulfilled', 'not_fulfilled', 'not_assessed'] %}
        sum(case when declared_status = '{{ status }}' then 1 else 0 end) as goals_{{ status }},
        {%- endfor %}
        sum(case when is_consistent then 1 else 0 end) as goals_consistent,
        sum(case when is_consistent = false then 1 else 0 end) as goals_inconsistent,
        sum(indicators_met) as indicators_met,
        sum(indicators_missed) as indicators_missed,
        sum(indicators_unknown) as indicators_unknown,
        sum(indicators_met + indicators_missed) as indicators_comparable
    from assessments
    group by report_id
),

chart_counts as (
    select
        report_id,
        sum(case when target_index is not null then 1 else 0 end) as indicators_charted
    from {{ rows_of_this_run(ref('rpt_indicators')) }}
    where target_status in ('met', 'missed')
    group by report_id
),

check_counts as (
    select
        report_id,
        {%- for verdict in [
            'agrees', 'agrees_within_rounding', 'contradicts', 'questionable', 'unverifiable',
        ] %}
        sum(case when verdict = '{{ verdict }}' then 1 else 0 end) as checks_{{ verdict }},
        {%- endfor %}
        sum(case when rule = 'silence' and verdict = 'questionable' then 1 else 0 end)
            as changes_passed_over,
        count(*) as checks
    from reconciliations
    group by report_id
),

issue_counts as (
    select
        report_id,
        {%- for issue_class in classes %}
        sum(case when issue_class = '{{ issue_class }}' then 1 else 0 end)
            as known_issues_{{ issue_class }},
        {%- endfor %}
        {%- for verdict in ['contradicts', 'questionable'] %}
        sum(case when verdict = '{{ verdict }}' then 1 else 0 end) as known_issues_{{ verdict }},
        {%- endfor %}
        sum(case when status = 'open' then 1 else 0 end) as known_issues_open,
        count(*) as known_issues
    from known_issues
    group by report_id
),

figure_counts as (
    select
        report_id,
        count(*) as figures,
        count(correction_id) as figures_corrected
    from figures
    group by report_id
),

-- A unit that lives on the budget has a surplus or a deficit against it.
judged as (
    select
        results.report_id,
        case reports.result_words
            when 'result' then results.outcome_tkr
            else results.deviation_tkr
        end as judged_tkr
    from results
    inner join reports
        on results.report_id = reports.report_id
    left join units
        on results.unit_code = units.unit_code
    where results.fiscal_year = results.report_year and units.unit_code is null
),

unit_counts as (
    select
        report_id,
        count(*) as units,
        sum(case when judged_tkr > 0 then 1 else 0 end) as units_with_surplus,
        sum(case when judged_tkr < 0 then 1 else 0 end) as units_with_deficit
    from judged
    group by report_id
),

final as (
    select
        reports.report_id,
        reports.template,
        reports.result_words,
        reports.municipality_name,
        reports.administration_name,
        units.unit_name_en as administration_name_en,
        reports.report_year,
        reports.report_year - 1 as previous_year,
        reports.report_year - 2 as earlier_year,
        reports.source_file,
        reports.source_lines,
        reports.source_sha256
        {%- for counts, columns in {
            'unit_counts': ['units', 'units_with_surplus', 'units_with_deficit'],
            'goal_counts': [
                'goals', 'goals_fulfilled', 'goals_partly_fulfilled', 'goals_not_fulfilled',
                'goals_not_assessed', 'goals_consistent', 'goals_inconsistent', 'indicators_met',
                'indicators_missed', 'indicators_unknown', 'indicators_comparable',
            ],
            'chart_counts': ['indicators_charted'],
            'figure_counts': ['figures', 'figures_corrected'],
            'check_counts': [
                'checks', 'checks_agrees', 'checks_agrees_within_rounding', 'checks_contradicts',
                'checks_questionable', 'checks_unverifiable', 'changes_passed_over',
            ],
            'issue_counts': [
                'known_issues', 'known_issues_contradicts', 'known_issues_questionable',
                'known_issues_open',
            ] + issue_columns,
        }.items() %}
        {%- for column in columns %},
        cast(coalesce({{ counts }}.{{ column }}, 0) as integer) as {{ column }}
        {%- endfor %}
        {%- endfor %}
    from reports
    left join units
        on reports.administration_code = units.administration_code
    {%- for counts in [
        'unit_counts', 'goal_counts', 'chart_counts', 'figure_counts', 'check_counts',
        'issue_counts',
    ] %}
    left join {{ counts }}
        on reports.report_id = {{ counts }}.report_id
    {%- endfor %}
)

select * from final

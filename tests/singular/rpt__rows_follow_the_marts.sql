-- What a page shows is the fact's value, or what the model computes from values of its own row:
-- each column is held against the mart it comes from, and each change, share, code and rank is
-- worked out once more.
{%- set code_of =
    "case when {0} > 0 then '{1}' when {0} < 0 then '{2}' when {0} = 0 then '{3}' end" %}
{%- set rounded = 'cast(round({0}, {1}) as decimal(18, 6))' %}
{%- set follows = [
    {
        'model': 'rpt_results',
        'source': 'fct_results',
        'key': ['report_id', 'unit_code'],
        'where': 'source.fiscal_year = source.report_year',
        'columns': {
            'report_year': 'report_year',
            'previous_year': 'source.report_year - 1',
            'outcome_tkr': 'outcome_tkr',
            'outcome_figure_id': 'figure_id',
            'budget_tkr': 'budget_tkr',
            'budget_figure_id': 'budget_figure_id',
            'deviation_tkr': 'deviation_tkr',
            'deviation_figure_id': 'deviation_figure_id',
        },
        'computed': {
            'change_tkr': 'cast(outcome_tkr - previous_tkr as decimal(18, 6))',
            'outcome_mnkr': rounded.format('outcome_tkr / 1000', 1),
            'budget_mnkr': rounded.format('budget_tkr / 1000', 1),
            'deviation_mnkr': rounded.format('deviation_tkr / 1000', 1),
            'previous_mnkr': rounded.format('previous_tkr / 1000', 1),
            'change_mnkr': rounded.format('change_tkr / 1000', 1),
            'result_code': code_of.format('outcome_tkr', 'surplus', 'deficit', 'zero'),
            'budget_result_code': code_of.format('budget_tkr', 'surplus', 'deficit', 'zero'),
            'previous_result_code': code_of.format('previous_tkr', 'surplus', 'deficit', 'zero'),
            'deviation_code': code_of.format('deviation_tkr', 'up', 'down', 'same'),
            'change_code': code_of.format('change_tkr', 'up', 'down', 'same'),
            'display_order': 'cast(row_number() over (partition by report_id order by display_order)'
                ~ ' as integer)',
            'result_rank': 'cast(case when not is_total then rank() over (partition by report_id, '
                ~ 'is_total order by outcome_tkr desc) end as integer)',
            'change_rank': 'cast(case when not is_total and change_tkr is not null then rank() over ('
                ~ 'partition by report_id, is_total, change_tkr is null '
                ~ 'order by abs(change_tkr) desc) end as integer)',
        },
    },
    {
        'model': 'rpt_results',
        'source': 'fct_results',
        'key': {'report_id': 'report_id', 'unit_code': 'unit_code', 'previous_year': 'fiscal_year'},
        'model_where': 'previous_figure_id is not null',
        'where': 'source.fiscal_year = source.report_year - 1 and exists (select 1 from '
            ~ rows_of_this_run(ref('fct_results')) ~ ' as now where now.report_id = source.report_id and '
            ~ 'now.unit_code = source.unit_code and now.fiscal_year = source.report_year)',
        'columns': {'previous_tkr': 'outcome_tkr', 'previous_figure_id': 'figure_id'},
    },
    {
        'model': 'rpt_results',
        'source': 'dim_reports',
        'key': {'report_id': 'report_id', 'unit_code': 'administration_code'},
        'model_where': 'is_total',
        'where': 'exists (select 1 from ' ~ rows_of_this_run(ref('fct_results')) ~ ' as results where '
            ~ 'results.report_id = source.report_id and results.fiscal_year = source.report_year '
            ~ 'and results.unit_code = source.administration_code)',
    },
    {
        'model': 'rpt_results',
        'source': 'dim_units',
        'key': ['unit_code'],
        'where': 'exists (select 1 from ' ~ rows_of_this_run(ref('rpt_results')) ~ ' as results where '
            ~ 'results.unit_code = source.unit_code)',
        'columns': ['unit_name_sv', 'unit_name_en'],
    },
    {
        'model': 'rpt_printed_tables',
        'source': 'fct_printed_figures',
        'key': ['figure_id'],
        'where': 'exists (select 1 from ' ~ ref('dim_printed_tables') ~ ' as mirrored inner join '
            ~ ref('dim_reports') ~ ' as reports on mirrored.template = reports.template where '
            ~ 'mirrored.is_mirrored and mirrored.source_table = source.source_table and '
            ~ 'reports.report_id = source.report_id)',
        'columns': {
            'report_id': 'report_id', 'source_table': 'source_table', 'row_no': 'row_no',
            'column_no': 'column_no', 'column_label': 'column_label', 'value': 'value',
            'unit_of_measure': 'unit_of_measure',
            'row_name_sv': 'coalesce(source.row_label_sv, source.row_label)',
            'is_total': 'source.total_of is not null',
        },
    },
    {
        'model': 'rpt_investments',
        'source': 'fct_investments',
        'key': ['report_id', 'project_status', 'unit_code', 'project_code'],
        'model_where': "basis = 'year'",
        'where': 'coalesce(source.figure_id, source.year_budget_figure_id) is not null',
        'columns': {
            'budget_mnkr': 'year_budget_mnkr', 'budget_figure_id': 'year_budget_figure_id',
            'outcome_mnkr': 'year_outcome_mnkr', 'outcome_figure_id': 'figure_id',
            'deviation_mnkr': 'year_deviation_mnkr',
            'deviation_figure_id': 'year_deviation_figure_id',
            'forecast_mnkr': 'year_forecast_mnkr', 'forecast_figure_id': 'year_forecast_figure_id',
        },
    },
    {
        'model': 'rpt_investments',
        'source': 'fct_investments',
        'key': ['report_id', 'project_status', 'unit_code', 'project_code'],
        'model_where': "basis = 'start'",
        'where': 'coalesce(source.accumulated_outcome_figure_id, '
            ~ 'source.approved_budget_figure_id) is not null',
        'columns': {
            'budget_mnkr': 'approved_budget_mnkr', 'budget_figure_id': 'approved_budget_figure_id',
            'outcome_mnkr': 'accumulated_outcome_mnkr',
            'outcome_figure_id': 'accumulated_outcome_figure_id',
            'deviation_mnkr': 'accumulated_deviation_mnkr',
            'deviation_figure_id': 'accumulated_deviation_figure_id',
            'forecast_mnkr': 'forecast_mnkr', 'forecast_figure_id': 'forecast_figure_id',
        },
        'computed': {
            'is_total': "project_code = 'total'",
            'used_pct': 'case when budget_mnkr > 0 then '
                ~ rounded.format('100 * outcome_mnkr / budget_mnkr', 0) ~ ' end',
            'deviation_code': code_of.format('deviation_mnkr', 'down', 'up', 'same'),
            'display_order': 'cast(row_number() over (partition by report_id order by display_order)'
                ~ ' as integer)',
        },
    },
    {
        'model': 'rpt_goals',
        'source': 'fct_goal_assessments',
        'key': ['report_id', 'goal_code'],
        'columns': {
            'goal_name_sv': 'goal_label_sv',
            'declared_status': 'declared_status', 'computed_status': 'computed_status',
            'is_consistent': 'is_consistent', 'indicators_met': 'indicators_met',
            'indicators_missed': 'indicators_missed', 'indicators_unknown': 'indicators_unknown',
            'indicators_comparable': 'source.indicators_met + source.indicators_missed',
            'figure_id': 'figure_id',
        },
        'computed': {
            'display_order': 'cast(row_number() over (partition by report_id order by display_order)'
                ~ ' as integer)',
        },
    },
    {
        'model': 'rpt_goals',
        'source': 'dim_goals',
        'key': ['goal_code'],
        'where': 'exists (select 1 from ' ~ rows_of_this_run(ref('rpt_goals')) ~ ' as goals where '
            ~ 'goals.goal_code = source.goal_code)',
        'columns': ['goal_name_en', 'goal_area_sv', 'municipal_goal_sv'],
    },
    {
        'model': 'rpt_known_issues',
        'source': 'dim_known_issues',
        'key': ['known_issue_id'],
        'columns': [
            'report_id', 'issue_class', 'title_sv', 'seen_sv', 'believed_sv', 'settled_by_sv', 'status',
        ],
        'computed': {
            'finding_rank': 'cast(row_number() over (partition by report_id order by finding_rank)'
                ~ ' as integer)',
            'checks': 'cast((select count(*) from ' ~ ref('fct_reconciliations') ~ ' as checks where '
                ~ "checks.known_issue_id = rows_of_model.known_issue_id and checks.verdict in "
                ~ "('contradicts', 'questionable')) as integer)",
        },
    },
    {
        'model': 'rpt_reports',
        'source': 'dim_reports',
        'key': ['report_id'],
        'columns': {
            'municipality_name': 'municipality_name',
            'administration_name': 'administration_name',
            'report_year': 'report_year',
            'template': 'template',
            'result_words': 'result_words',
            'previous_year': 'source.report_year - 1',
            'earlier_year': 'source.report_year - 2',
            'source_file': 'source_file',
            'source_lines': 'source_lines',
            'source_sha256': 'source_sha256',
        },
    },
    {
        'model': 'rpt_indicators',
        'source': 'dim_indicators',
        'key': ['indicator_code'],
        'where': 'exists (select 1 from ' ~ rows_of_this_run(ref('rpt_indicators')) ~ ' as shown where '
            ~ 'shown.indicator_code = source.indicator_code)',
        'columns': [
            'subject_sv', 'indicator_name_en', 'desired_direction', 'definition_sv', 'source_sv',
            'kolada_id',
        ],
        'computed': {
            'is_whole': "gender = 'total' and age_group = 'all'",
            'change_value': 'cast(outcome_value - previous_value as decimal(18, 6))',
            'change_pct': 'case when previous_value <> 0 then '
                ~ rounded.format('100 * (outcome_value - previous_value) / previous_value', 1) ~ ' end',
            'target_index': 'case when target_value <> 0 then '
                ~ rounded.format('100 * outcome_value / target_value', 0) ~ ' end',
            'change_code': code_of.format('change_value', 'up', 'down', 'same'),
            'gender_gap': 'cast(women_value - men_value as decimal(18, 6))',
            'women_value': "max(case when gender = 'women' then outcome_value end) over (partition by "
                ~ 'report_id, indicator_code, unit_code, age_group)',
            'men_value': "max(case when gender = 'men' then outcome_value end) over (partition by "
                ~ 'report_id, indicator_code, unit_code, age_group)',
            'gender_gap_rank': "cast(case when gender = 'total' and age_group = 'all' and gender_gap is not null then 1 + ("
                ~ 'select count(*) from ' ~ rows_of_this_run(ref('rpt_indicators')) ~ ' as others where '
                ~ "others.report_id = rows_of_model.report_id and others.gender = 'total' and "
                ~ "others.age_group = 'all' and "
                ~ 'abs(others.gender_gap) > abs(rows_of_model.gender_gap)) end as integer)',
            'outcome_year': 'report_year',
            'previous_year': 'report_year - 1',
            'earlier_year': 'report_year - 2',
        },
    },
] %}
{%- for year, years_before in {'outcome': 0, 'previous': 1, 'earlier': 2}.items() %}
{%- do follows.append({
    'model': 'rpt_indicators',
    'source': 'fct_indicators',
    'key': {
        'report_id': 'report_id', 'indicator_code': 'indicator_code', 'unit_code': 'unit_code',
        'gender': 'gender', 'age_group': 'age_group', year ~ '_year': 'fiscal_year',
    },
    'model_where': year ~ '_figure_id is not null',
    'where': 'source.fiscal_year = source.report_year - ' ~ years_before,
    'columns': dict(
        [
            ('report_year', 'report_year'), ('unit_of_measure', 'unit_of_measure'),
            ('indicator_name_sv', 'indicator_label_sv'), ('goal_code', 'goal_code'),
            (year ~ '_value', 'value'), (year ~ '_figure_id', 'figure_id'),
        ]
        + (
            [
                ('target_value', 'target_value'),
                (
                    'target_figure_id',
                    'case when source.target_value is not null then source.target_figure_id end',
                ),
                (
                    'target_status',
                    "case when (source.gender = 'total' and source.age_group = 'all') or source.target_value is not null "
                    ~ 'then source.target_status end',
                ),
            ]
            if year == 'outcome'
            else []
        )
    ),
}) %}
{%- endfor %}
{%- set counted_in = {
    'rpt_results': {
        'units': 'sum(case when not is_total then 1 else 0 end)',
        'units_with_surplus': 'sum(case when not is_total and judged_tkr > 0 then 1 else 0 end)',
        'units_with_deficit': 'sum(case when not is_total and judged_tkr < 0 then 1 else 0 end)',
    },
    'fct_goal_assessments': {
        'goals': 'count(*)',
        'goals_consistent': 'sum(case when is_consistent then 1 else 0 end)',
        'goals_inconsistent': 'sum(case when not is_consistent then 1 else 0 end)',
        'indicators_met': 'sum(indicators_met)',
        'indicators_missed': 'sum(indicators_missed)',
        'indicators_unknown': 'sum(indicators_unknown)',
        'indicators_comparable': 'sum(indicators_met) + sum(indicators_missed)',
    },
    'fct_printed_figures': {'figures': 'count(*)', 'figures_corrected': 'count(correction_id)'},
    'fct_reconciliations': {'checks': 'count(*)'},
    'rpt_changes': {'changes_passed_over': 'sum(case when is_passed_over then 1 else 0 end)'},
    'rpt_indicators': {
        'indicators_charted': "sum(case when target_status in ('met', 'missed') "
            ~ 'and target_index is not null then 1 else 0 end)',
    },
    'rpt_known_issues': {
        'known_issues_contradicts': "sum(case when verdict = 'contradicts' then 1 else 0 end)",
        'known_issues_questionable': "sum(case when verdict = 'questionable' then 1 else 0 end)",
    },
    'dim_known_issues': {
        'known_issues': 'count(*)',
        'known_issues_open': "sum(case when status = 'open' then 1 else 0 end)",
    },
} %}
{%- for list, mart, column, prefix in [
    ('goal_status', 'fct_goal_assessments', 'declared_status', 'goals_'),
    ('verdict', 'fct_reconciliations', 'verdict', 'checks_'),
    ('issue_class', 'dim_known_issues', 'issue_class', 'known_issues_'),
] %}
{%- for code in {
    'goal_status': ['fulfilled', 'partly_fulfilled', 'not_fulfilled', 'not_assessed'],
    'verdict': ['agrees', 'agrees_within_rounding', 'contradicts', 'questionable', 'unverifiable'],
    'issue_class': ['figure', 'judgement', 'wording', 'silence', 'restatement'],
}[list] %}
{%- do counted_in[mart].update({
    prefix ~ code: 'sum(case when ' ~ column ~ " = '" ~ code ~ "' then 1 else 0 end)"
}) %}
{%- endfor %}
{%- endfor %}
-- A unit that lives on the budget has a surplus or a deficit against it.
with results as (
    select
        results.report_id,
        results.is_total,
        case reports.result_words
            when 'result' then results.outcome_tkr
            else results.deviation_tkr
        end as judged_tkr
    from {{ rows_of_this_run(ref('rpt_results')) }} as results
    inner join {{ ref('dim_reports') }} as reports
        on results.report_id = reports.report_id
),

counted_checks as (
    select
        checks.report_id,
        checks.rule,
        checks.verdict,
        count(*) as checks,
        count(checks.known_issue_id) as known
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    group by checks.report_id, checks.rule, checks.verdict
)
{%- for mart, counts in counted_in.items() %},

counted_{{ mart }} as (
    select
        {%- for column, expression in counts.items() %}
        {{ expression }} as {{ column }},
        {%- endfor %}
        counted.report_id
    from {{ 'results' if mart == 'rpt_results' else rows_of_this_run(ref(mart)) }} as counted
    group by counted.report_id
)
{%- endfor %}

{% for follow in follows %}
select message_sv
from (
    {{ test_rows_follow(
        ref(follow.model),
        ref(follow.source),
        follow.key,
        follow.get('columns', []),
        follow.get('computed', {}),
        follow.get('where', '1 = 1'),
        follow.get('model_where', '1 = 1'),
    ) }}
) as follow_{{ loop.index }}
union all
{%- endfor %}
-- Counts are those of the rows they count.
select
    'rpt_reconciliation_summary: ' || coalesce(shown_counts.rule, counted.rule) || ', '
    || coalesce(shown_counts.verdict, counted.verdict) || ' räknar fel.' as message_sv
from {{ rows_of_this_run(ref('rpt_reconciliation_summary')) }} as shown_counts
full outer join counted_checks as counted
    on
        shown_counts.report_id = counted.report_id
        and shown_counts.rule = counted.rule
        and shown_counts.verdict = counted.verdict
where
    shown_counts.checks is distinct from counted.checks
    or shown_counts.checks_with_known_issue is distinct from counted.known
{%- for mart, counts in counted_in.items() %}
union all
select 'rpt_reports: ' || reports.report_id || ' räknar fel i {{ mart }}.' as message_sv
from {{ rows_of_this_run(ref('rpt_reports')) }} as reports
left join counted_{{ mart }} as counted
    on reports.report_id = counted.report_id
where
    false
    {%- for column in counts %}
    or reports.{{ column }} <> coalesce(counted.{{ column }}, 0)
    {%- endfor %}
{%- endfor %}

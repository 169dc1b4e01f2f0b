-- What the trail says of a print is what the marts say of it: its text, reading, value and lines,
-- its table and its correction, for a judgement its goal; and a check says of its two sides what
-- the trail says. Its list of checks is that of the check's figures.
{%- set follows = [
    {
        'source': 'fct_printed_figures',
        'key': ['figure_id'],
        'model_where': "kind = 'figure'",
        'columns': [
            'report_id', 'source_table', 'row_no', 'column_no', 'row_label', 'column_label',
            'source_line_first', 'printed_text', 'read_text', 'value', 'missing_code',
            'unit_of_measure', 'decimals', 'value_operator', 'is_fact', 'correction_id',
        ],
        'computed': {
            'decimals_tkr': "case when unit_of_measure = 'mnkr' and decimals < 3 then 0 "
                ~ "when unit_of_measure = 'mnkr' then decimals - 3 "
                ~ "when unit_of_measure = 'kr' then decimals + 3 "
                ~ "when unit_of_measure in ('mdkr', 'ore') then decimals_tkr else decimals end",
            'decimals_mnkr': "case when unit_of_measure = 'tkr' then decimals + 3 "
                ~ "when unit_of_measure = 'kr' then decimals + 6 "
                ~ "when unit_of_measure in ('mdkr', 'ore') then decimals_mnkr else decimals end",
        },
    },
    {
        'source': 'fct_claims',
        'key': {'figure_id': 'claim_id'},
        'model_where': "kind = 'statement'",
        'where': 'not exists (select 1 from ' ~ rows_of_this_run(ref('fct_printed_figures')) ~ ' as figures where '
            ~ 'figures.figure_id = source.claim_id)',
        'columns': {
            'report_id': 'report_id', 'name_sv': 'label', 'printed_text': 'printed_text',
            'read_text': 'read_text', 'source_line_first': 'source_line_first',
        },
    },
    {
        'source': 'fct_goal_assessments',
        'key': ['figure_id'],
        'model_where': "kind = 'judgement'",
        'columns': {
            'report_id': 'report_id', 'printed_text': 'judgement', 'read_text': 'judgement',
            'source_line_first': 'source_line_first',
        },
    },
] %}
{%- set trail = rows_of_this_run(ref('rpt_trail')) %}
with tables as (
    select
        reports.report_id,
        printed_tables.*
    from {{ ref('dim_printed_tables') }} as printed_tables
    inner join {{ ref('dim_reports') }} as reports
        on printed_tables.template = reports.template
),

cells as {{ not_materialized() }} (
    select
        trail.figure_id,
        trail.printed_text,
        trail.lines_sv
    from {{ trail }} as trail
)

{% for follow in follows %}
select message_sv
from (
    {{ test_rows_follow(
        ref('rpt_trail'), ref(follow.source), follow.key, follow.columns,
        follow.get('computed', {}), follow.get('where', '1 = 1'), follow.model_where
    ) }}
) as follow_{{ loop.index }}
union all
{%- endfor %}
select message_sv
from (
    {{ test_rows_follow(
        ref('rpt_trail_checks'), ref('fct_check_figures'), ['figure_id', 'check_id'], ['report_id']
    ) }}
) as follow_checks
union all
select
    'rpt_trail: ' || trail.figure_id || ' heter ' || trail.name_sv || '; väntat är '
    || goals.goal_name_sv || ', ' || kinds.word_sv
    || '. Trolig orsak: modellen tar ett annat ord ur reference_codes.' as message_sv
from {{ trail }} as trail
inner join {{ rows_of_this_run(ref('fct_goal_assessments')) }} as assessments
    on trail.figure_id = assessments.figure_id
inner join {{ ref('dim_goals') }} as goals
    on assessments.goal_code = goals.goal_code
inner join {{ ref('dim_codes') }} as kinds
    on trail.kind = kinds.code
where kinds.list = 'print_kind' and trail.name_sv <> goals.goal_name_sv || ', ' || kinds.word_sv
union all
select
    'rpt_trail: ' || trail.figure_id
    || ' har en annan tabell, rättelse, läsning eller andra rader. '
    || 'Trolig orsak: modellen väljer fel.' as message_sv
from {{ trail }} as trail
left join tables
    on
        trail.report_id = tables.report_id
        and trail.source_table = tables.source_table
left join {{ ref('dim_corrections') }} as corrections
    on trail.correction_id = corrections.correction_id
where
    trail.table_name_sv is distinct from tables.table_name_sv
    or trail.table_role is distinct from tables.table_role
    or trail.lines_sv <> {{ source_lines('trail.source_line_first', 'trail.source_line_last') }}
    or trail.lines_en
    <> 'line ' || {{ line_range('trail.source_line_first', 'trail.source_line_last') }}
    or trail.row_no <> cast(split_part(trail.figure_id, '.', 3) as integer)
    or trail.is_read_otherwise <> coalesce(trail.read_text <> trail.printed_text, false)
    or trail.correction_reason_sv is distinct from corrections.reason_sv
    or trail.correction_evidence_sv is distinct from corrections.evidence_sv
-- One side after the other: the texts of thousands of reports take room once.
{%- for side, word in {'left': 'vänstra', 'right': 'högra'}.items() %}
union all
select
    'rpt_checks: ' || checks.check_id
    || ' visar en annan text eller andra rader än det {{ word }} talets. '
    || 'Trolig orsak: modellen väljer fel.' as message_sv
from {{ rows_of_this_run(ref('rpt_checks')) }} as checks
left join cells
    on checks.{{ side }}_figure_id = cells.figure_id
where
    checks.{{ side }}_text is distinct from cells.printed_text
    or checks.{{ side }}_lines_sv is distinct from cells.lines_sv
{%- endfor %}

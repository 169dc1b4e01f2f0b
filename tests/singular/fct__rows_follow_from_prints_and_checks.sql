-- What a fact says beyond its print (a status, a dispute, a judgement, a claim, an event) is
-- worked out here once more from its parts.
{%- set dated = ['fct_results', 'fct_investments', 'fct_indicators', 'fct_goal_assessments'] %}
{%- set printed_again = {
    'fct_results': ['unit_code', 'fiscal_year'],
    'fct_indicators': ['indicator_code', 'unit_code', 'gender', 'age_group', 'fiscal_year'],
} %}
{%- set takes = {
    'fct_results': [
        'figure_id', 'budget_figure_id', 'deviation_figure_id', 'revenue_figure_id', 'cost_figure_id',
        'forecast_figure_id',
    ],
    'fct_investments': [
        'figure_id', 'year_budget_figure_id', 'year_deviation_figure_id', 'year_forecast_figure_id',
        'approved_budget_figure_id', 'accumulated_outcome_figure_id',
        'accumulated_deviation_figure_id', 'forecast_figure_id',
    ],
    'fct_indicators': ['figure_id', 'target_figure_id'],
} %}
with indicators as {{ not_materialized() }} (
    select rows_of_indicators.*
    from {{ rows_of_this_run(ref('fct_indicators')) }} as rows_of_indicators
),

indicator_seed as (
    select * from {{ ref('reference_indicators') }}
),

indicator_units as (
    select * from {{ ref('reference_indicator_units') }}
),

prints as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }}
),

contradictions as {{ not_materialized() }} (
    select
        left_figure_id,
        right_figure_id
    from {{ rows_of_this_run(ref('fct_reconciliations')) }}
    where verdict = 'contradicts'
),

sides as (
    select left_figure_id as figure_id from contradictions
    union
    select right_figure_id as figure_id from contradictions
),

-- A quantity is disputed wherever it is printed.
disputed as (
    select figure_id
    from prints
    where
        report_id || '|' || concept_key in (
            select own.report_id || '|' || own.concept_key
            from prints as own
            inner join sides
                on own.figure_id = sides.figure_id
        )
),

flagged as (
    {%- for fact in ['fct_results', 'fct_investments', 'fct_indicators'] %}
    select
        '{{ fact }}' as fact,
        report_id,
        {{ 'coalesce(figure_id, accumulated_outcome_figure_id)' if fact == 'fct_investments'
            else 'figure_id' }} as figure_id,
        is_disputed
    from {{ rows_of_this_run(ref(fact)) }} as rows_of_{{ fact }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

taken as (
    {%- for fact, columns in takes.items() %}
    {%- set outer = loop %}
    {%- for column in columns %}
    select {{ column }} as figure_id from {{ rows_of_this_run(ref(fact)) }} as rows_of_{{ fact }}
    where {{ column }} is not null
    {{ 'union all' if not (loop.last and outer.last) }}
    {%- endfor %}
    {%- endfor %}
),

terms as (
    {{ identity_terms(computable=true) }}
),

expected_check_figures as (
    {%- for role in ['left', 'right', 'evidence'] %}
    select
        checks.report_id,
        checks.check_id,
        checks.{{ role }}_figure_id as figure_id,
        '{{ role }}' as figure_role
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    where checks.{{ role }}_figure_id is not null
    union all
    {%- endfor %}
    select
        total.report_id,
        checks.check_id,
        parts.figure_id,
        'part' as figure_role
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    inner join prints as total
        on checks.right_figure_id = total.figure_id
    inner join prints as parts
        on
            total.report_id = parts.report_id
            and total.source_table = parts.source_table
            and total.column_name = parts.column_name
            and total.total_of = parts.part_of
    where
        checks.rule = 'sum_of_parts'
        and (parts.missing_code is null or parts.missing_code <> 'not_applicable')
    union all
    select
        checks.report_id,
        checks.check_id,
        terms.term_figure_id as figure_id,
        'part' as figure_role
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    inner join terms
        on checks.right_figure_id = terms.figure_id
    where checks.rule = 'identity' and terms.term_figure_id is not null
    union all
    select
        checks.report_id,
        checks.check_id,
        part.figure_id,
        'part' as figure_role
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    inner join prints as total
        on checks.right_figure_id = total.figure_id
    inner join prints as part
        on
            total.report_id = part.report_id
            and total.measure_code = part.measure_code
            and total.unit_code = part.unit_code
            and total.fiscal_year = part.fiscal_year
            and total.scenario = part.scenario
            and total.age_group = part.age_group
            and part.gender in ('women', 'men')
    inner join {{ ref('int_figures__matched') }} as ranked
        on
            part.figure_id = ranked.figure_id
            and ranked.concept_rank = 1
    where checks.rule = 'gender_mix'
),

-- The sign in print goes before the direction; equality meets an inclusive target only.
targets as (
    select
        indicators.*,
        prints.value_operator,
        coalesce(
            prints.value_operator,
            case coalesce(indicator_units.desired_direction, indicator_seed.desired_direction)
                when 'higher' then '>='
                when 'lower' then '<='
            end
        ) as expected_operator
    from indicators
    inner join indicator_seed
        on indicators.indicator_code = indicator_seed.indicator_code
    left join indicator_units
        on
            indicators.indicator_code = indicator_units.indicator_code
            and indicators.unit_code = indicator_units.unit_code
    left join prints
        on indicators.target_figure_id = prints.figure_id
),

statuses as (
    select
        targets.*,
        case
            when target_value is null then 'no_target'
            when value is null then 'not_reported'
            when expected_operator is null then 'undetermined'
            when value = target_value
                then case when expected_operator in ('>=', '<=') then 'met' else 'missed' end
            when (value > target_value) = (expected_operator in ('>', '>=')) then 'met'
            else 'missed'
        end as expected_status
    from targets
),

goals as (
    select rows_of_goals.*
    from {{ rows_of_this_run(ref('fct_goal_assessments')) }} as rows_of_goals
),

wordings as (
    {{ judgement_wordings() }}
),

goal_cells as (
    select
        cells.figure_id,
        cells.report_id,
        cells.printed_text,
        cells.source_line_first,
        cells.source_line_last,
        labels.goal_code,
        wordings.declared_status
    from {{ ref('int_cells__unioned') }} as cells
    inner join {{ ref('reference_reports') }} as reports
        on cells.report_id = reports.report_id
    inner join {{ ref('int_goals__labelled') }} as labels
        on
            cells.report_id = labels.report_id
            and cells.row_label = labels.goal_label
    inner join wordings
        on
            reports.template = wordings.template
            and {{ plain_label('cells.printed_text') }} = wordings.judgement_key
    where cells.content = 'judgement'
),

goal_indicators as (
    select
        indicators.report_id,
        indicators.goal_code,
        sum(case when indicators.target_status = 'met' then 1 else 0 end) as met,
        sum(case when indicators.target_status = 'missed' then 1 else 0 end) as missed,
        sum(
            case
                when indicators.target_status in ('met', 'missed') then 0
                when
                    (indicators.gender = 'total' and indicators.age_group = 'all')
                    or indicators.target_value is not null
                    then 1
                else 0
            end
        ) as unknown_
    from indicators
    where indicators.fiscal_year = indicators.report_year
    group by indicators.report_id, indicators.goal_code
),

expected_goals as (
    select
        goal_cells.*,
        coalesce(goal_indicators.met, 0) as met,
        coalesce(goal_indicators.missed, 0) as missed,
        coalesce(goal_indicators.unknown_, 0) as unknown_,
        case
            when
                coalesce(goal_indicators.met + goal_indicators.missed, 0) = 0
                or 2 * (goal_indicators.met + goal_indicators.missed)
                < goal_indicators.met + goal_indicators.missed + goal_indicators.unknown_
                then 'not_assessed'
            when goal_indicators.missed = 0 then 'fulfilled'
            when goal_indicators.met = 0 then 'not_fulfilled'
            else 'partly_fulfilled'
        end as computed_status
    from goal_cells
    left join goal_indicators
        on
            goal_cells.report_id = goal_indicators.report_id
            and goal_cells.goal_code = goal_indicators.goal_code
)
{%- for fact, columns in printed_again.items() %},

latest_{{ fact }} as (
    select
        {%- for column in columns %}
        facts.{{ column }},
        {%- endfor %}
        reports.municipality_code,
        max(reports.report_year) as last_year
    from {{ ref(fact) }} as facts
    inner join {{ ref('reference_reports') }} as reports
        on facts.report_id = reports.report_id
    -- Another administration of the municipality may have printed it later.
    where
        facts.report_id in (
            select nearby.report_id
            from {{ ref('run_plan') }} as nearby
            inner join {{ ref('run_plan') }} as made
                on nearby.municipality_code = made.municipality_code
            where not made.is_kept
        )
    group by
        {%- for column in columns %}
        facts.{{ column }},
        {%- endfor %}
        reports.municipality_code
)
{%- endfor %}

select
    flagged.fact || ': ' || flagged.figure_id || ' är märkt som '
    || case
        when flagged.is_disputed then 'omtvistad men ingen motsägelse gäller den'
        else 'ostridig men en motsägelse gäller den'
    end
    || '. Trolig orsak: modellen märker fel.' as message_sv
from flagged
left join disputed
    on flagged.figure_id = disputed.figure_id
where flagged.is_disputed <> (disputed.figure_id is not null)
union all
select
    'fct_printed_figures: ' || prints.figure_id || ' är märkt som om '
    || case
        when prints.is_fact then 'ett faktum tar den, men inget gör det'
        else 'inget faktum tar den, men ett gör det'
    end
    || '. Trolig orsak: modellen märker fel.' as message_sv
from {{ rows_of_this_run(ref('fct_printed_figures')) }} as prints
left join taken
    on prints.figure_id = taken.figure_id
where prints.is_fact <> (taken.figure_id is not null)
union all
select
    'fct_indicators: ' || figure_id || ': läget är ' || target_status || ' och tecknet '
    || coalesce(target_operator, '(inget)') || '; utfall, målvärde och riktning ger '
    || expected_status || ' och ' || coalesce(expected_operator, '(inget)') || '.' as message_sv
from statuses
where
    target_status <> expected_status
    or (target_value is not null and target_operator is distinct from expected_operator)
    or (target_value is null and target_operator is not null)
union all
select
    'fct_goal_assessments: ' || coalesce(goals.figure_id, expected_goals.figure_id)
    || case
        when goals.figure_id is null then ' saknas fast bedömningen är tryckt.'
        when expected_goals.figure_id is null then ' har ingen tryckt bedömning.'
        else
            ' säger annat än bedömningen och indikatorerna: väntat är '
            || expected_goals.declared_status || ' mot ' || expected_goals.computed_status
            || ' med ' || expected_goals.met || ' nådda, '
            || expected_goals.missed || ' missade och '
            || expected_goals.unknown_ || ' ojämförbara.'
    end as message_sv
from goals
full outer join expected_goals
    on goals.figure_id = expected_goals.figure_id
where
    goals.figure_id is null
    or expected_goals.figure_id is null
    or goals.goal_code <> expected_goals.goal_code
    or goals.judgement <> expected_goals.printed_text
    or goals.declared_status <> expected_goals.declared_status
    or goals.computed_status <> expected_goals.computed_status
    or goals.indicators_met <> expected_goals.met
    or goals.indicators_missed <> expected_goals.missed
    or goals.indicators_unknown <> expected_goals.unknown_
    or goals.source_line_first <> expected_goals.source_line_first
    or goals.source_line_last <> expected_goals.source_line_last
    or goals.is_consistent is distinct from
    case
        when expected_goals.computed_status <> 'not_assessed'
            then expected_goals.computed_status = expected_goals.declared_status
    end
{%- for fact, source, key, columns, where in [
    (
        'fct_claims',
        'stg_report__pastaenden',
        {'claim_id': 'figure_id'},
        {
            'report_id': 'report_id', 'claim_kind': 'kind', 'label': 'row_label',
            'printed_text': 'printed_text', 'read_text': 'read_text', 'stated': 'stated',
            'goal_code': 'goal_code', 'source_line_first': 'source_line_first',
            'source_line_last': 'source_line_last', 'unverifiable_code': 'unverifiable_code',
        },
        '1 = 1',
    ),
    (
        'fct_events',
        'int_cells__unioned',
        {'event_id': 'figure_id'},
        {
            'report_id': 'report_id', 'event_type': 'section_label', 'label': 'printed_text',
            'source_line_first': 'source_line_first', 'source_line_last': 'source_line_last',
        },
        "content = 'label'",
    ),
] %}
union all
select message_sv
from (
    {{ test_rows_follow(ref(fact), ref(source), key, columns, where=where) }}
) as {{ fact }}
{%- endfor %}
union all
select 'fct_claims: ' || claims.claim_id || ' har ett annat värde än sitt tryck.' as message_sv
from {{ rows_of_this_run(ref('fct_claims')) }} as claims
left join prints
    on claims.claim_id = prints.figure_id
where
    claims.value is distinct from prints.value
    or claims.unit_of_measure is distinct from prints.unit_of_measure
    or claims.concept_key is distinct from prints.concept_key
union all
select
    'fct_check_figures: ' || coalesce(found.check_id, expected.check_id) || ', '
    || coalesce(found.figure_id, expected.figure_id)
    || case when found.check_id is null then ' saknas.' else ' hör inte till avstämningen.' end
        as message_sv
from {{ rows_of_this_run(ref('fct_check_figures')) }} as found
full outer join expected_check_figures as expected
    on
        found.check_id = expected.check_id
        and found.figure_id = expected.figure_id
        and found.figure_role = expected.figure_role
where found.check_id is null or expected.check_id is null or found.report_id <> expected.report_id
{%- for fact in dated %}
union all
select
    '{{ fact }}: en rad i ' || found.report_id || ' har rapportåret ' || found.report_year
    || '; väntat ' || reports.report_year || '.' as message_sv
from {{ rows_of_this_run(ref(fact)) }} as found
inner join {{ ref('reference_reports') }} as reports
    on found.report_id = reports.report_id
where found.report_year <> reports.report_year
{%- endfor %}
{%- for fact, columns in printed_again.items() %}
union all
select
    '{{ fact }}: ' || found.figure_id
    || case
        when found.is_latest_print then ' är inte det senaste trycket.'
        else ' är det senaste trycket men inte märkt så.'
    end as message_sv
from {{ rows_of_this_run(ref(fact)) }} as found
inner join {{ ref('reference_reports') }} as reports
    on found.report_id = reports.report_id
inner join latest_{{ fact }} as latest
    on
        reports.municipality_code = latest.municipality_code
        {%- for column in columns %}
        and found.{{ column }} = latest.{{ column }}
        {%- endfor %}
where found.is_latest_print <> (reports.report_year = latest.last_year)
{%- endfor %}

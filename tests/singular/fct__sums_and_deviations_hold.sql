-- The units of a fact make up its printed total, and a deviation is what outcome and budget give,
-- within the rounding of their prints. What a reconciliation contradicts is told of there.
{{ config(meta={'cause': 'contradictions'}) }}
{%- set sums = {
    'fct_results': {
        'outcome_tkr': 'figure_id',
        'budget_tkr': 'budget_figure_id',
        'deviation_tkr': 'deviation_figure_id',
        'revenue_tkr': 'revenue_figure_id',
        'cost_tkr': 'cost_figure_id',
        'forecast_tkr': 'forecast_figure_id',
    },
    'fct_investments': {
        'approved_budget_mnkr': 'approved_budget_figure_id',
        'accumulated_outcome_mnkr': 'accumulated_outcome_figure_id',
        'accumulated_deviation_mnkr': 'accumulated_deviation_figure_id',
        'year_budget_mnkr': 'year_budget_figure_id',
        'year_outcome_mnkr': 'figure_id',
        'year_deviation_mnkr': 'year_deviation_figure_id',
        'forecast_mnkr': 'forecast_figure_id',
        'year_forecast_mnkr': 'year_forecast_figure_id',
    },
} %}
{%- set deviations = [
    ('fct_results', 'deviation_tkr', 'deviation', 'outcome', 'budget', 'outcome_tkr', 'budget_tkr'),
    (
        'fct_investments', 'year_deviation_mnkr', 'year_deviation', 'year_budget', 'year_outcome',
        'year_budget_mnkr', 'year_outcome_mnkr',
    ),
    (
        'fct_investments', 'accumulated_deviation_mnkr', 'accumulated_deviation', 'approved_budget',
        'accumulated_outcome', 'approved_budget_mnkr', 'accumulated_outcome_mnkr',
    ),
] %}
{%- set usual_terms = deviations | map(attribute=3) | list
    + deviations | map(attribute=4) | list -%}
with prints as (
    select
        prints.*,
        prints.rounding_step * units.base_factor / units.base_divisor as step_tkr
    from {{ rows_of_this_run(ref('fct_printed_figures')) }} as prints
    left join {{ ref('reference_units_of_measure') }} as units
        on prints.unit_of_measure = units.unit_of_measure
),

values_of_all_facts as (
    {%- for fact, columns in sums.items() %}
    {%- set outer = loop %}
    {%- for column, figure_id in columns.items() %}
    select
        facts.report_id,
        '{{ fact }}' as fact,
        '{{ column }}' as column_name,
        prints.source_table,
        prints.column_name as printed_column,
        facts.{{ column }} as value,
        cast(
            prints.step_tkr / {{ 1000 if column.endswith('_mnkr') else 1 }} as decimal(18, 6)
        ) as rounding_step,
        prints.part_of,
        prints.total_of,
        prints.missing_code,
        prints.figure_id
    from {{ rows_of_this_run(ref(fact)) }} as facts
    inner join prints
        on facts.{{ figure_id }} = prints.figure_id
    {{ 'union all' if not (outer.last and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

-- A sum whose parts are no facts, such as kinds of cost, is held by int_checks__sum_of_parts.
grouped_prints as (
    select
        report_id,
        source_table,
        column_name,
        figure_id,
        part_of as sum_code
    from prints
    where part_of is not null
    union all
    select
        report_id,
        source_table,
        column_name,
        figure_id,
        total_of as sum_code
    from prints
    where total_of is not null
),

outside_facts as (
    select
        grouped_prints.report_id,
        grouped_prints.source_table,
        grouped_prints.column_name,
        grouped_prints.sum_code
    from grouped_prints
    left join values_of_all_facts
        on grouped_prints.figure_id = values_of_all_facts.figure_id
    where values_of_all_facts.figure_id is null
    group by
        grouped_prints.report_id,
        grouped_prints.source_table,
        grouped_prints.column_name,
        grouped_prints.sum_code
    union
    -- A result that is the sum of income and cost has its parts in other columns of the fact.
    select
        grouped_prints.report_id,
        grouped_prints.source_table,
        grouped_prints.column_name,
        grouped_prints.sum_code
    from grouped_prints
    inner join values_of_all_facts
        on grouped_prints.figure_id = values_of_all_facts.figure_id
    group by
        grouped_prints.report_id,
        grouped_prints.source_table,
        grouped_prints.column_name,
        grouped_prints.sum_code
    having min(values_of_all_facts.column_name) <> max(values_of_all_facts.column_name)
),

values_of_facts as (
    select
        facts.report_id,
        facts.fact,
        facts.column_name,
        facts.source_table,
        facts.printed_column,
        facts.value,
        facts.rounding_step,
        case when outside_parts.sum_code is null then facts.part_of end as part_of,
        case when outside_totals.sum_code is null then facts.total_of end as total_of,
        facts.missing_code,
        facts.figure_id
    from values_of_all_facts as facts
    left join outside_facts as outside_parts
        on
            facts.report_id = outside_parts.report_id
            and facts.source_table = outside_parts.source_table
            and facts.printed_column = outside_parts.column_name
            and facts.part_of = outside_parts.sum_code
    left join outside_facts as outside_totals
        on
            facts.report_id = outside_totals.report_id
            and facts.source_table = outside_totals.source_table
            and facts.printed_column = outside_totals.column_name
            and facts.total_of = outside_totals.sum_code
),

-- What a reconciliation contradicts is told there, until it has a known issue.
excused as (
    select check_id from {{ ref('control_known_issue_checks') }}
    union
    select check_id from {{ rows_of_this_run(ref('fct_reconciliations')) }}
    where verdict = 'contradicts'
),

sums as (
    {{ sum_of_parts(
        'values_of_facts', ['report_id', 'fact', 'column_name', 'source_table', 'printed_column']
    ) }}
),

-- A template that says what a column is made of is held to that by int_checks__identity.
identity_terms as (
    {{ identity_terms() }}
),

given_otherwise as (
    select figure_id
    from identity_terms
    where term not in ({{ "'" ~ usual_terms | join("', '") ~ "'" }})
    group by figure_id
),

deviations as (
    {%- for fact, column, figure, first, second, first_column, second_column in deviations %}
    {%- set own = 'figure_id' if first == 'outcome' else first ~ '_figure_id' %}
    {%- set other = 'figure_id' if second == 'year_outcome' else second ~ '_figure_id' %}
    select
        facts.{{ figure }}_figure_id as figure_id,
        '{{ fact }}' as fact,
        '{{ column }}' as column_name,
        facts.{{ column }} as value,
        facts.{{ first_column }} - facts.{{ second_column }} as computed,
        cast(
            (first_print.step_tkr + second_print.step_tkr + own_print.step_tkr)
            / {{ 2000 if column.endswith('_mnkr') else 2 }} as decimal(18, 6)
        ) as tolerance
    from {{ rows_of_this_run(ref(fact)) }} as facts
    inner join prints as own_print
        on facts.{{ figure }}_figure_id = own_print.figure_id
    inner join prints as first_print
        on facts.{{ own }} = first_print.figure_id
    inner join prints as second_print
        on facts.{{ other }} = second_print.figure_id
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    sums.fact || ', kolumn ' || sums.column_name || ', '
    || coalesce(sums.total_figure_id, sums.sum_code)
    || case
        when sums.total_value is null
            then ': summan saknas (' || sums.part_count || ' delar finns). '
        when sums.part_count = 0 then ': delarna saknas, bara summan är tryckt. '
        when sums.missing_parts > 0
            then ': ' || sums.missing_parts || ' av ' || sums.part_count || ' delar saknar värde. '
        else
            ': delarna blir ' || {{ swedish_number('sums.parts_value') }}
            || ' men summan är ' || {{ swedish_number('sums.total_value') }}
            || '; skillnad ' || {{ swedish_number('sums.difference') }}
            || ', avrundningen tillåter ' || {{ swedish_number('sums.tolerance') }} || '. '
    end
    || 'Trolig orsak: en siffra, ett tecken eller en rad är fel avskriven eller har fallit bort.'
        as message_sv
from sums
left join excused
    on excused.check_id = 'sum_of_parts:' || sums.total_figure_id
where sums.verdict in ('contradicts', 'unverifiable') and excused.check_id is null
union all
select
    deviations.fact || ', kolumn ' || deviations.column_name || ', ' || deviations.figure_id
    || ': avvikelsen är ' || {{ swedish_number('deviations.value') }} || ' men talen ger '
    || {{ swedish_number('deviations.computed') }} || '; avrundningen tillåter '
    || {{ swedish_number('deviations.tolerance') }}
    || '. Trolig orsak: en siffra eller ett tecken är fel avskrivet.' as message_sv
from deviations
left join excused
    on excused.check_id = 'identity:' || deviations.figure_id
left join given_otherwise
    on deviations.figure_id = given_otherwise.figure_id
where
    given_otherwise.figure_id is null
    and abs(deviations.value - deviations.computed) > deviations.tolerance
    and excused.check_id is null

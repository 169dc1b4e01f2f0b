-- Counts and ranks that the running text states and no table prints, computed from the results and
-- investments of the units, the goals, and what the text itself lists. A unit is in balance where
-- its result is nil at the precision of the text (0,1 mnkr); where results are net costs, a surplus
-- is one against the budget.
with concepts as {{ not_materialized() }} (
    select * from {{ ref('int_concepts__chosen') }}
    where measured_of is null
),

units as (
    select * from {{ ref('reference_units') }}
),

claims as (
    select * from {{ ref('int_claims__matched') }}
),

goals as (
    select * from {{ ref('int_goals__assessed') }}
),

wordings as (
    {{ judgement_wordings() }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

templates as (
    select * from {{ ref('int_templates__inherited') }}
    where nearness = 1
),

-- A unit with results of its own below it is a sum of units, and none of them.
sums_of_units as (
    select
        concepts.report_id,
        units.parent_unit_code as unit_code
    from concepts
    inner join units
        on concepts.unit_code = units.unit_code
    where concepts.measure_code = 'verksamhetens_resultat'
    group by concepts.report_id, units.parent_unit_code
),

balances as (
    select
        concepts.report_id,
        concepts.fiscal_year,
        sum(case when concepts.base_value > -50 then 1 else 0 end) as in_balance,
        sum(case when concepts.base_value <= -50 then 1 else 0 end) as in_deficit
    from concepts
    inner join units
        on concepts.unit_code = units.unit_code
    inner join reports
        on concepts.report_id = reports.report_id
    left join templates
        on reports.template = templates.template
    left join sums_of_units
        on
            concepts.report_id = sums_of_units.report_id
            and concepts.unit_code = sums_of_units.unit_code
    where
        sums_of_units.unit_code is null
        and concepts.measure_code = 'verksamhetens_resultat'
        and concepts.scenario
        = case
            when coalesce(templates.result_words, '') = 'net_cost' then 'deviation' else 'outcome'
        end
        and concepts.value is not null
        and not coalesce(units.is_management, false)
    group by concepts.report_id, concepts.fiscal_year
),

unit_results as (
    select
        concepts.report_id,
        concepts.fiscal_year,
        concepts.unit_code,
        coalesce(units.is_management, false) as is_management,
        rank() over (
            partition by concepts.report_id, concepts.fiscal_year
            order by abs(concepts.base_value) desc
        ) as result_rank
    from concepts
    inner join units
        on concepts.unit_code = units.unit_code
    left join sums_of_units
        on
            concepts.report_id = sums_of_units.report_id
            and concepts.unit_code = sums_of_units.unit_code
    where
        sums_of_units.unit_code is null
        and concepts.measure_code = 'verksamhetens_resultat'
        and concepts.scenario = 'outcome'
        and concepts.value is not null
),

results_of_units as (
    select
        report_id,
        fiscal_year,
        count(*) as units
    from unit_results
    where not is_management
    group by report_id, fiscal_year
),

-- Only where it is known of each unit how it kept its budget they can be counted.
whole_balances as (
    select balances.*
    from balances
    left join results_of_units
        on
            balances.report_id = results_of_units.report_id
            and balances.fiscal_year = results_of_units.fiscal_year
    where balances.in_balance + balances.in_deficit >= coalesce(results_of_units.units, 0)
),

-- A unit that a dash says was not there the year before.
new_units as (
    select
        report_id,
        fiscal_year + 1 as fiscal_year,
        unit_code
    from concepts
    where
        measure_code = 'verksamhetens_resultat'
        and scenario = 'outcome'
        and missing_code = 'not_applicable'
),

investments as (
    select
        report_id,
        fiscal_year,
        unit_code,
        rank() over (
            partition by report_id, fiscal_year
            order by base_value desc
        ) as investment_rank
    from concepts
    where
        measure_code = 'arets_investeringar'
        and scenario = 'outcome'
        and project_code <> 'total'
        and value is not null
),

-- A unit's place among those beside it, by what the statement says that they are ranked by.
ranked_units as (
    select
        claims.figure_id,
        concepts.unit_code,
        rank() over (
            partition by claims.figure_id
            order by
                case when claims.stated = 'lowest' then 1 else -1 end
                * case
                    -- A cost is high whatever its sign; the lowest deviation is a deficit.
                    when concepts.base_unit_of_measure = 'tkr' and concepts.scenario <> 'deviation'
                        then abs(concepts.base_value)
                    else concepts.base_value
                end
        ) as unit_rank
    from claims
    inner join units as own
        on claims.unit_code = own.unit_code
    inner join units as beside
        on own.parent_unit_code = beside.parent_unit_code
    inner join concepts
        on
            claims.report_id = concepts.report_id
            and claims.measure_code = concepts.measure_code
            and claims.fiscal_year = concepts.fiscal_year
            and claims.scenario = concepts.scenario
            and claims.gender = concepts.gender
            and beside.unit_code = concepts.unit_code
    where
        claims.kind = 'rank'
        and claims.stated in ('highest', 'lowest')
        and concepts.age_group = 'all'
        and concepts.project_code is null
        and concepts.value is not null
),

computed as (
    select
        report_id,
        fiscal_year,
        'antal_verksamheter' as measure_code,
        cast(null as {{ dbt.type_string() }}) as unit_code,
        count(*) as computed_value
    from unit_results
    where not is_management
    group by report_id, fiscal_year
    union all
    select
        report_id,
        fiscal_year,
        'antal_verksamheter_med_overskott_eller_balans' as measure_code,
        cast(null as {{ dbt.type_string() }}) as unit_code,
        in_balance as computed_value
    from whole_balances
    union all
    select
        report_id,
        fiscal_year,
        'antal_verksamheter_med_underskott' as measure_code,
        cast(null as {{ dbt.type_string() }}) as unit_code,
        in_deficit as computed_value
    from whole_balances
    union all
    select
        report_id,
        fiscal_year,
        'antal_mottagna_verksamheter' as measure_code,
        cast(null as {{ dbt.type_string() }}) as unit_code,
        count(*) as computed_value
    from new_units
    group by report_id, fiscal_year
    union all
    select
        report_id,
        fiscal_year,
        'forsta_ar' as measure_code,
        unit_code,
        fiscal_year as computed_value
    from new_units
    union all
    select
        report_id,
        fiscal_year,
        'rang_resultat' as measure_code,
        unit_code,
        result_rank as computed_value
    from unit_results
    union all
    select
        report_id,
        fiscal_year,
        'rang_investeringar' as measure_code,
        unit_code,
        investment_rank as computed_value
    from investments
),

listed as (
    select
        report_id,
        part_of,
        count(*) as statements
    from claims
    where part_of is not null and kind not in ('value', 'rank', 'unit_count')
    group by report_id, part_of
),

-- Where no goal is judged, those are counted that are indicators with a judgement of their own.
judged as (
    select
        report_id,
        declared_status
    from goals
    union all
    select
        cells.report_id,
        wordings.declared_status
    from {{ ref('int_cells__unioned') }} as cells
    inner join reports
        on cells.report_id = reports.report_id
    inner join wordings
        on
            reports.template = wordings.template
            and {{ plain_label('cells.printed_text') }} = wordings.judgement_key
    where
        cells.content = 'indicator_judgement'
        and cells.report_id not in (select goals.report_id from goals)
),

goal_counts as (
    select
        report_id,
        declared_status,
        count(*) as goals,
        sum(count(*)) over (partition by report_id) as all_goals
    from judged
    group by report_id, declared_status
),

-- How many goals there are, and how many of them are said to be so; of none of them says nobody.
counts_of_goals as (
    select
        claims.figure_id,
        sum(case when claims.stated = goal_counts.declared_status then goal_counts.goals else 0 end)
            as goals,
        max(goal_counts.all_goals) as all_goals
    from claims
    inner join goal_counts
        on claims.report_id = goal_counts.report_id
    where claims.kind = 'unit_count' and claims.measure_code = 'antal_mal'
    group by claims.figure_id
),

compared as (
    select
        claims.*,
        claims.value as stated_value,
        coalesce(
            listed.statements,
            of_report.computed_value,
            of_unit.computed_value,
            ranked_units.unit_rank
        ) as computed_value,
        -- A unit without a result for the year before need not be one that was taken over.
        case
            when
                claims.value
                = coalesce(
                    listed.statements,
                    of_report.computed_value,
                    of_unit.computed_value,
                    ranked_units.unit_rank
                )
                then 'agrees'
            when claims.measure_code = 'antal_mottagna_verksamheter' then 'questionable'
            else 'contradicts'
        end as verdict,
        cast(null as {{ dbt.type_string() }}) as explanation_case
    from claims
    -- Equalities alone: with a choice in its condition a join compares each with each.
    left join computed as of_report
        on
            claims.report_id = of_report.report_id
            and claims.fiscal_year = of_report.fiscal_year
            and claims.measure_code = of_report.measure_code
            and of_report.unit_code is null
    left join computed as of_unit
        on
            claims.report_id = of_unit.report_id
            and claims.fiscal_year = of_unit.fiscal_year
            and claims.measure_code = of_unit.measure_code
            and claims.unit_code = of_unit.unit_code
    left join listed
        on
            claims.report_id = listed.report_id
            and claims.total_of = listed.part_of
    left join ranked_units
        on
            claims.figure_id = ranked_units.figure_id
            and claims.unit_code = ranked_units.unit_code
    where
        of_report.report_id is not null
        or of_unit.report_id is not null
        or listed.report_id is not null
        or ranked_units.figure_id is not null
    union all
    select
        claims.*,
        goal_counts.all_goals as stated_value,
        goal_counts.goals as computed_value,
        case when 2 * goal_counts.goals > goal_counts.all_goals then 'agrees' else 'contradicts' end
            as verdict,
        'majority' as explanation_case
    from claims
    inner join goal_counts
        on
            claims.report_id = goal_counts.report_id
            and claims.stated = goal_counts.declared_status
    where claims.kind = 'majority'
    union all
    select
        claims.*,
        claims.value as stated_value,
        case when claims.stated is null then counts.all_goals else counts.goals end
            as computed_value,
        case
            when
                claims.value
                = case when claims.stated is null then counts.all_goals else counts.goals end
                then 'agrees'
            else 'contradicts'
        end as verdict,
        cast(null as {{ dbt.type_string() }}) as explanation_case
    from claims
    inner join counts_of_goals as counts
        on claims.figure_id = counts.figure_id
    where claims.total_of is null
),

final as (
    {{ check_row(
        'compared',
        'prose_count',
        key='figure_id',
        subject='row_label',
        right_figure_id='figure_id',
        left_value='computed_value',
        right_value='stated_value',
        tolerance='0',
        verdict='verdict',
        explanation_case="case when measure_code = 'forsta_ar' then 'first_year' else explanation_case end",
        texts={
            'right_text': 'printed_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'year': 'cast(computed_value as integer)',
        },
        numbers={'left_value': 'computed_value', 'right_value': 'stated_value'}
    ) }}
)

select * from final

{{ config(materialized='table') }}

{#- What is an amount itself, and no difference between two. -#}
{%- set whole_amounts = "('outcome', 'budget', 'forecast', 'forecast_1', 'forecast_2')" -%}
{%- set differences = "('deviation', 'forecast_deviation')" -%}
{%- set in_per_cent = 'forandring_i_procent' %}

with figures as (
    select * from {{ ref('int_figures__read') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

templates as (
    select * from {{ ref('int_templates__inherited') }}
    where nearness = 1
),

tables as (
    select * from {{ ref('int_templates__tables') }}
),

labelled_rows as (
    select * from {{ ref('int_rows__labelled') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

indicator_units as (
    select * from {{ ref('reference_indicator_units') }}
),

measures as (
    select * from {{ ref('reference_measures') }}
),

row_measures as (
    select
        measure_role,
        min(measure_code) as measure_code
    from measures
    where measure_role in ('income', 'cost')
    group by measure_role
),

units as (
    select * from {{ ref('reference_units') }}
),

projects as (
    select * from {{ ref('int_projects__named') }}
),

units_of_measure as (
    select
        unit_of_measure,
        base_unit_of_measure,
        cast(cast(base_factor as decimal(18, 6)) / base_divisor as decimal(18, 6)) as base_factor
    from {{ ref('reference_units_of_measure') }}
),

codes as (
    select * from {{ ref('reference_codes') }}
),

-- A text that names the unit and the class of asset means the project of them, if there is
-- one only.
only_projects as (
    select * from projects
    where is_only_one
),

-- What the words of the running text speak of is asked once a text.
claims as (
    select
        row_label,
        printed_text
    from {{ ref('stg_report__pastaenden') }}
    where column_name = 'value' and row_label is not null and printed_text is not null
    group by row_label, printed_text
),

words_of_claims as (
    select
        row_label,
        printed_text,
        {{ speaks_of('cost', 'claims.row_label', 'claims.printed_text') }} as speaks_of_cost,
        {{ speaks_of('result', 'claims.row_label', 'claims.printed_text') }} as speaks_of_result
    from claims
),

labelled as (
    select
        figures.figure_id,
        figures.report_id,
        figures.source_table,
        figures.row_no,
        figures.column_name,
        figures.source_line_first,
        figures.source_line_last,
        figures.section_label,
        figures.group_label,
        figures.row_label,
        labelled_rows.row_label_sv,
        labelled_rows.goal_code,
        figures.column_no,
        figures.column_label,
        figures.printed_text,
        figures.correction_id,
        figures.read_text,
        figures.missing_code,
        figures.value as value_from,
        figures.value_to,
        figures.decimals,
        figures.rounding_step,
        figures.hedge,
        figures.is_signed,
        figures.has_side_word,
        figures.value_operator,
        figures.printed_unit_of_measure,
        labelled_rows.unit_of_measure as row_unit_of_measure,
        figures.column_unit_of_measure,
        tables.unit_of_measure as table_unit_of_measure,
        -- A column may have the sign of the facts on every row, whatever the sign of the row.
        coalesce(nullif(figures.column_sign, 0), 1) as column_sign,
        case when figures.column_sign = 0 then 1 else coalesce(labelled_rows.row_sign, 1) end
            as row_sign,
        figures.is_refused,
        figures.is_claim or coalesce(labelled_rows.is_known, false) as is_known,
        coalesce(figures.measure_code, labelled_rows.measure_code) as measure_code,
        -- What a column measures of a row that has a measure of its own is another quantity a row;
        -- of a result there is one a unit, and the text says it without saying of what.
        case
            when
                figures.measure_code is not null
                and not figures.is_claim
                and coalesce(measures_of_rows.measure_role, '') <> 'result'
                then labelled_rows.measure_code
        end as measured_of,
        -- A row of no unit, or a figure of the text without one, is of the whole administration.
        coalesce(
            figures.unit_code,
            said_projects.unit_code,
            labelled_rows.unit_code,
            reports.administration_code
        ) as unit_code,
        reports.administration_code,
        coalesce(figures.gender, labelled_rows.gender, 'total') as gender,
        coalesce(figures.age_group, labelled_rows.age_group, 'all') as age_group,
        coalesce(figures.fiscal_year, reports.report_year) as fiscal_year,
        figures.scenario,
        coalesce(figures.project_status, labelled_rows.project_status) as project_status,
        coalesce(figures.asset_class, labelled_rows.asset_class) as asset_class,
        coalesce(figures.project_code, labelled_rows.project_code) as project_code,
        -- Per cent of amounts, and what something costs each, do not add up as their rows do.
        {%- for column in ['part_of', 'total_of'] %}
        case
            when
                figures.is_claim
                or figures.measure_code is null
                or (
                    coalesce(figures.column_unit_of_measure, '') <> 'percent'
                    and coalesce(measures_of_columns.unit_of_measure, 'count') = 'count'
                )
                then coalesce(figures.{{ column }}, labelled_rows.{{ column }})
        end as {{ column }},
        {%- endfor %}
        figures.is_claim,
        -- Where a result is a net cost, more of it is worse, unless the words speak of a result.
        figures.is_claim
        and (
            coalesce(words_of_claims.speaks_of_cost, false)
            or (
                coalesce(templates.result_words, '') = 'net_cost'
                and (
                    (figures.has_side_word and figures.scenario <> 'change')
                    or figures.scenario in {{ whole_amounts }}
                    or (
                        figures.scenario = 'change'
                        and not coalesce(words_of_claims.speaks_of_result, false)
                    )
                )
            )
        ) as is_of_cost,
        tables.precedence,
        tables.reason_sv as precedence_reason_sv
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    left join templates
        on reports.template = templates.template
    left join tables
        on
            reports.template = tables.template
            and figures.source_table = tables.source_table
    left join labelled_rows
        on
            figures.report_id = labelled_rows.report_id
            and figures.source_table = labelled_rows.source_table
            and figures.row_no = labelled_rows.row_no
    left join measures as measures_of_rows
        on labelled_rows.measure_code = measures_of_rows.measure_code
    left join indicators as measures_of_columns
        on figures.measure_code = measures_of_columns.indicator_code
    left join projects as said_projects
        on figures.project_code = said_projects.project_code
    left join words_of_claims
        on
            figures.row_label = words_of_claims.row_label
            and figures.printed_text = words_of_claims.printed_text
),

-- An investment of no project is that of all of them.
measured as (
    select
        labelled.*,
        -- Of an interval the bound counts that the outcome has to reach.
        case
            when
                coalesce(indicator_units.desired_direction, indicators.desired_direction) = 'lower'
                then coalesce(labelled.value_to, labelled.value_from)
            else labelled.value_from
        end as value,
        case
            when measures.measure_role in ('year_investment', 'project_investment')
                then coalesce(
                    labelled.project_code,
                    case when labelled.asset_class <> 'total' then only_projects.project_code end,
                    'total'
                )
        end as of_project,
        case
            when measures.measure_role in ('year_investment', 'project_investment')
                then coalesce(labelled.project_status, 'total')
        end as of_status,
        indicators.indicator_code is not null as is_indicator,
        coalesce(
            measure_bases.base_unit_of_measure = 'tkr',
            indicator_bases.base_unit_of_measure = 'tkr',
            false
        ) as is_amount,
        coalesce(
            indicator_units.unit_of_measure, indicators.unit_of_measure, measures.unit_of_measure
        ) as usual_unit_of_measure,
        coalesce(indicator_units.unit_of_measure, indicators.unit_of_measure)
            as indicator_unit_of_measure,
        -- An indicator in kronor a place is in kronor in a table of millions too.
        case
            when
                indicator_bases.base_unit_of_measure = 'tkr'
                and indicators.unit_of_measure <> indicator_bases.base_unit_of_measure
                then indicators.unit_of_measure
        end as own_amount_unit_of_measure,
        -- Income and cost of the administration are the same in a column of its result and in a
        -- row of their own.
        coalesce(row_measures.measure_code, labelled.measure_code) as series_measure_code,
        case when row_measures.measure_code is null then labelled.scenario else 'outcome' end
            as series_scenario
    from labelled
    left join measures
        on labelled.measure_code = measures.measure_code
    left join row_measures
        on
            measures.measure_role = 'result'
            and labelled.unit_code = labelled.administration_code
            and labelled.scenario = row_measures.measure_role
    left join units_of_measure as measure_bases
        on measures.unit_of_measure = measure_bases.unit_of_measure
    left join only_projects
        on
            labelled.unit_code = only_projects.unit_code
            and labelled.asset_class = only_projects.asset_class
    left join indicators
        on labelled.measure_code = indicators.indicator_code
    left join units_of_measure as indicator_bases
        on indicators.unit_of_measure = indicator_bases.unit_of_measure
    left join indicator_units
        on
            labelled.measure_code = indicator_units.indicator_code
            and labelled.unit_code = indicator_units.unit_code
),

-- The nearest unit of measure holds. No amount has one that nobody has printed or declared.
sized as (
    select
        measured.*,
        coalesce(
            printed_unit_of_measure,
            row_unit_of_measure,
            column_unit_of_measure,
            own_amount_unit_of_measure,
            case when is_amount and not is_claim then table_unit_of_measure end,
            case when not is_amount or value is null then usual_unit_of_measure end
        ) as unit_of_measure,
        coalesce(
            row_unit_of_measure,
            column_unit_of_measure,
            own_amount_unit_of_measure,
            case when is_amount and not is_claim then table_unit_of_measure end,
            indicator_unit_of_measure
        ) as expected_unit_of_measure,
        -- The text gives in per cent of a result what a table has a column of its own for.
        is_claim
        and is_amount
        and scenario in {{ differences }}
        and coalesce(printed_unit_of_measure, '') = 'percent' as is_per_cent_of_amount
    from measured
),

-- The running text speaks of a cost as a positive number, unless it says a sign.
named as (
    select
        sized.*,
        case
            when sized.is_per_cent_of_amount
                then
                    '{{ in_per_cent }}'
                    || case
                        when coalesce(measures.measure_role, '') = 'result' then ''
                        else '/' || sized.measure_code
                    end
            else sized.series_measure_code
        end
        || case
            when not sized.is_indicator then coalesce('/' || sized.measured_of, '')
            else ''
        end
        || coalesce('/' || sized.of_status || '/' || sized.of_project, '')
        || '/' || sized.unit_code as series_start,
        '/' || sized.gender
        || case when sized.age_group = 'all' then '' else '/' || sized.age_group end as series_end,
        case
            when sized.measure_code = 'ovrigt' then sized.row_label
            else coalesce(indicators.indicator_name_sv, measures.measure_name_sv)
        end
        || ', ' || units.unit_name_sv
        || case
            when only_projects.project_code is not null
                then coalesce(', ' || asset_classes.word_sv, '')
            else coalesce(', ' || projects.project_name_sv, '')
        end
        || coalesce(', ' || project_statuses.word_sv, '')
        || coalesce(', ' || genders.word_sv, '')
        || coalesce(', ' || age_groups.word_sv, '')
        || ', ' || coalesce(scenarios.word_sv, sized.scenario)
        || ' ' || sized.fiscal_year as concept_name_sv,
        units_of_measure.base_factor
        * case
            when
                (units_of_measure.base_unit_of_measure = 'tkr' or sized.is_per_cent_of_amount)
                and sized.is_claim
                and not sized.is_signed
                and (
                    sized.scenario = 'cost'
                    or measures.measure_role = 'cost'
                    or (measures.measure_role = 'result' and sized.is_of_cost)
                )
                then -1
            -- What a project costs more than its budget is a deviation below nought.
            when
                sized.is_claim
                and sized.has_side_word
                and not sized.is_signed
                and sized.scenario = 'deviation'
                and measures.measure_role in ('year_investment', 'project_investment')
                then -1
            else sized.column_sign * sized.row_sign
        end as signed_factor,
        units_of_measure.base_unit_of_measure,
        -- An amount that is neither a result nor of a cost has the sign of its table.
        coalesce(
            sized.is_claim
            and sized.is_amount
            and not sized.is_signed
            and not sized.is_indicator
            and measures.measure_role is null
            and sized.scenario in {{ whole_amounts }},
            false
        ) as has_sign_of_table,
        -- What costs more than its budget deviates below nought where a table has costs so.
        coalesce(
            sized.is_claim
            and sized.is_amount
            and sized.has_side_word
            and not sized.is_signed
            and not sized.is_indicator
            and measures.measure_role is null
            and sized.scenario in {{ differences }},
            false
        ) as has_sign_of_series
    from sized
    left join indicators
        on sized.measure_code = indicators.indicator_code
    left join measures
        on sized.measure_code = measures.measure_code
    left join units
        on sized.unit_code = units.unit_code
    left join units_of_measure
        on sized.unit_of_measure = units_of_measure.unit_of_measure
    left join projects
        on sized.of_project = projects.project_code
    left join only_projects
        on sized.of_project = only_projects.project_code
    left join codes as scenarios
        on
            scenarios.list = 'scenario'
            and sized.scenario = scenarios.code
    -- The whole of it goes without saying.
    left join codes as asset_classes
        on
            asset_classes.list = 'asset_class'
            and sized.asset_class = asset_classes.code
            and asset_classes.code <> 'total'
    left join codes as project_statuses
        on
            project_statuses.list = 'project_status'
            and sized.of_status = project_statuses.code
            and project_statuses.code <> 'total'
    left join codes as genders
        on
            genders.list = 'gender'
            and sized.gender = genders.code
            and genders.code <> 'total'
    left join codes as age_groups
        on
            age_groups.list = 'age_group'
            and sized.age_group = age_groups.code
            and age_groups.code <> 'all'
),

keyed as (
    select
        figure_id,
        report_id,
        source_table,
        row_no,
        column_name,
        source_line_first,
        source_line_last,
        section_label,
        group_label,
        row_label,
        row_label_sv,
        goal_code,
        column_no,
        column_label,
        printed_text,
        correction_id,
        read_text,
        missing_code,
        value,
        decimals,
        rounding_step,
        case when decimals > 0 then rounding_step else {{ noughts_step('value') }} end
            as last_digit,
        hedge,
        value_operator,
        printed_unit_of_measure,
        is_refused,
        is_known,
        is_claim,
        is_indicator,
        is_amount,
        case when not is_indicator then measured_of end as measured_of,
        case when is_per_cent_of_amount then '{{ in_per_cent }}' else measure_code end
            as measure_code,
        unit_code,
        gender,
        age_group,
        fiscal_year,
        scenario,
        of_status as project_status,
        of_project as project_code,
        case when of_project is not null then coalesce(asset_class, 'total') end as asset_class,
        part_of,
        total_of,
        row_sign,
        unit_of_measure,
        expected_unit_of_measure,
        series_start || series_end
        || case when measure_code = 'ovrigt' then '/' || figure_id else '' end as series_key,
        series_start || '/' || fiscal_year || '/' || series_scenario || series_end
        || case when measure_code = 'ovrigt' then '/' || figure_id else '' end
        -- A change told in kronor and in per cent is told twice, not in two ways.
        || case
            when
                scenario = 'change'
                or (is_claim and is_amount and base_unit_of_measure = 'percent')
                then coalesce('/' || base_unit_of_measure, '')
            else ''
        end
        -- Down is said by the words of the number, or of the statement.
        || case when scenario = 'change' and is_claim and value < 0 then '/-' else '' end
            as concept_key,
        concept_name_sv,
        signed_factor,
        has_sign_of_table,
        has_sign_of_series,
        is_of_cost,
        base_unit_of_measure,
        precedence,
        precedence_reason_sv
    from named
),

-- Most quantities are printed once: only the others are ranked.
printed_again as (
    select
        report_id,
        concept_key,
        min(case when value is not null then {{ noughts_step('value') }} end) as least_noughts_step,
        min(case when not is_claim then sign(value) * sign(signed_factor) end) as least_sign
    from keyed
    group by report_id, concept_key
    having count(*) > 1
),

-- A number goes before a mark for a missing one; among numbers the table says.
ranked as (
    select
        keyed.figure_id,
        printed_again.least_noughts_step,
        printed_again.least_sign,
        row_number() over (
            partition by keyed.report_id, keyed.concept_key
            order by
                case when keyed.value is null then 1 else 0 end,
                keyed.precedence,
                keyed.source_line_first,
                keyed.figure_id
        ) as concept_rank
    from keyed
    inner join printed_again
        on
            keyed.report_id = printed_again.report_id
            and keyed.concept_key = printed_again.concept_key
),

-- Whether a table has the amounts of a kind below nought, where the text says a deviation of it.
signs_of_series as (
    select
        report_id,
        series_key,
        max(
            case
                when not is_claim and scenario in {{ whole_amounts }}
                    then sign(value) * sign(signed_factor)
            end
        ) as most_sign
    from keyed
    group by report_id, series_key
    having max(case when has_sign_of_series then 1 else 0 end) = 1
),

-- A figure is rounded to its last decimal; what the print only says about, to its last digit, and
-- in fives where that is one. A count is exact, unless it ends in noughts where another print of
-- the same is finer.
rounded as (
    select
        keyed.*,
        cast(
            keyed.signed_factor
            * case
                when keyed.has_sign_of_table and ranked.least_sign < 0 then -1
                when keyed.has_sign_of_series and signs_of_series.most_sign < 0 then -1
                else 1
            end
            as decimal(18, 6)
        ) as base_factor,
        case
            when keyed.hedge is not null
                then
                    keyed.last_digit
                    * case
                        when keyed.hedge <> 'about' then 1
                        when mod(abs(keyed.value), 10 * keyed.last_digit) = 5 * keyed.last_digit
                            then 5
                        else 2
                    end
            when keyed.unit_of_measure <> 'count' or keyed.decimals > 0 then keyed.rounding_step
            when {{ noughts_step('keyed.value') }} > ranked.least_noughts_step
                then {{ noughts_step('keyed.value') }}
            when keyed.value is not null then 0
        end as step,
        coalesce(ranked.concept_rank, 1) as concept_rank
    from keyed
    left join ranked
        on keyed.figure_id = ranked.figure_id
    left join signs_of_series
        on
            keyed.report_id = signs_of_series.report_id
            and keyed.series_key = signs_of_series.series_key
),

final as (
    select
        figure_id,
        report_id,
        source_table,
        row_no,
        column_name,
        source_line_first,
        source_line_last,
        section_label,
        group_label,
        row_label,
        row_label_sv,
        goal_code,
        column_no,
        column_label,
        printed_text,
        correction_id,
        read_text,
        missing_code,
        value,
        decimals,
        hedge,
        cast(step as decimal(18, 6)) as rounding_step,
        value_operator,
        printed_unit_of_measure,
        expected_unit_of_measure,
        unit_of_measure,
        base_unit_of_measure,
        is_refused,
        is_known,
        is_amount,
        measured_of,
        measure_code,
        unit_code,
        gender,
        age_group,
        fiscal_year,
        scenario,
        project_status,
        project_code,
        asset_class,
        part_of,
        total_of,
        row_sign,
        is_claim,
        is_indicator,
        is_of_cost,
        series_key,
        concept_key,
        concept_name_sv,
        base_factor,
        -- A billion has more digits than DuckDB gives the product of two such decimals. So wide a
        -- product is dear, and most figures are printed in their base unit.
        case base_factor
            when 1 then value
            when -1 then -value
            else cast(cast(value as decimal(28, 6)) * base_factor as decimal(18, 6))
        end as base_value,
        case abs(base_factor)
            when 1 then cast(step as decimal(18, 6))
            else cast(cast(step as decimal(28, 6)) * abs(base_factor) as decimal(18, 6))
        end as base_rounding_step,
        precedence,
        precedence_reason_sv,
        concept_rank
    from rounded
)

select * from final

{{ config(materialized='table') }}

{#- What is an amount itself, and no difference between two. -#}
{%- set whole_amounts = "('outcome', 'budget', 'forecast', 'forecast_1', 'forecast_2')" -%}
{%- set differences = "('deviation', 'forecast_deviation')" %}

with figures as (
    select * from {{ ref('int_figures__attributed') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

measures as (
    select * from {{ ref('reference_measures') }}
),

changes as (
    select min(measure_code) as measure_code
    from measures
    where measure_role = 'relative_change'
),

units as (
    select * from {{ ref('reference_units') }}
),

projects as (
    select * from {{ ref('int_projects__named') }}
),

only_projects as (
    select * from projects
    where is_only_one
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

-- The running text speaks of a cost as a positive number, unless it says a sign.
signed as (
    select
        figures.*,
        changes.measure_code as change_code,
        case
            when figures.is_per_cent_of_amount
                then
                    changes.measure_code
                    || case
                        when coalesce(measures.measure_role, '') = 'result' then ''
                        else '/' || figures.measure_code
                    end
            else figures.series_measure_code
        end
        || case
            when not figures.is_indicator then coalesce('/' || figures.measured_of, '')
            else ''
        end
        || coalesce('/' || figures.of_status || '/' || figures.of_project, '')
        || '/' || figures.unit_code as series_start,
        '/' || figures.gender
        || case when figures.age_group = 'all' then '' else '/' || figures.age_group end
            as series_end,
        units_of_measure.base_factor
        * case
            when
                (units_of_measure.base_unit_of_measure = 'tkr' or figures.is_per_cent_of_amount)
                and figures.is_claim
                and not figures.is_signed
                and (
                    figures.scenario = 'cost'
                    or measures.measure_role = 'cost'
                    or (measures.measure_role = 'result' and figures.is_of_cost)
                )
                then -1
            -- What a project costs more than its budget is a deviation below nought.
            when
                figures.is_claim
                and figures.has_side_word
                and not figures.is_signed
                and figures.scenario = 'deviation'
                and measures.measure_role in ('year_investment', 'project_investment')
                then -1
            else figures.column_sign * figures.row_sign
        end as signed_factor,
        units_of_measure.base_unit_of_measure,
        -- An amount that is neither a result nor of a cost has the sign of its table.
        coalesce(
            figures.is_claim
            and figures.is_amount
            and not figures.is_signed
            and not figures.is_indicator
            and measures.measure_role is null
            and figures.scenario in {{ whole_amounts }},
            false
        ) as has_sign_of_table,
        -- What costs more than its budget deviates below nought where a table has costs so.
        coalesce(
            figures.is_claim
            and figures.is_amount
            and figures.has_side_word
            and not figures.is_signed
            and not figures.is_indicator
            and measures.measure_role is null
            and figures.scenario in {{ differences }},
            false
        ) as has_sign_of_series
    from figures
    cross join changes
    left join measures
        on figures.measure_code = measures.measure_code
    left join units_of_measure
        on figures.unit_of_measure = units_of_measure.unit_of_measure
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
        case when is_per_cent_of_amount then change_code else measure_code end as measure_code,
        measure_code as named_measure_code,
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
        signed_factor,
        has_sign_of_table,
        has_sign_of_series,
        is_of_cost,
        base_unit_of_measure,
        precedence
    from signed
),

-- What ranks a print, without its texts: they are many times as large, and are gone through once.
keys as (
    select
        figure_id,
        report_id,
        series_key,
        concept_key,
        value,
        precedence,
        source_line_first,
        case when not is_claim then sign(value) * sign(signed_factor) end as table_sign,
        scenario in {{ whole_amounts }} as is_whole_amount,
        has_sign_of_series
    from keyed
),

-- Most quantities are printed once: only the others are ranked.
printed_again as (
    select
        report_id,
        concept_key,
        min(case when value is not null then {{ noughts_step('value') }} end) as least_noughts_step,
        min(table_sign) as least_sign
    from keys
    group by report_id, concept_key
    having count(*) > 1
),

-- A number goes before a mark for a missing one; among numbers the table says.
ranked as (
    select
        keys.figure_id,
        printed_again.least_noughts_step,
        printed_again.least_sign,
        row_number() over (
            partition by keys.report_id, keys.concept_key
            order by
                case when keys.value is null then 1 else 0 end,
                keys.precedence,
                keys.source_line_first,
                keys.figure_id
        ) as concept_rank
    from keys
    inner join printed_again
        on
            keys.report_id = printed_again.report_id
            and keys.concept_key = printed_again.concept_key
),

-- Whether a table has the amounts of a kind below nought, where the text says a deviation of it.
signed_series as (
    select
        report_id,
        series_key
    from keys
    where has_sign_of_series
    group by report_id, series_key
),

signs_of_series as (
    select
        keys.report_id,
        keys.series_key,
        max(keys.table_sign) as most_sign
    from keys
    inner join signed_series
        on
            keys.report_id = signed_series.report_id
            and keys.series_key = signed_series.series_key
    where keys.is_whole_amount
    group by keys.report_id, keys.series_key
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
        rounded.figure_id,
        rounded.report_id,
        rounded.source_table,
        rounded.row_no,
        rounded.column_name,
        rounded.source_line_first,
        rounded.source_line_last,
        rounded.section_label,
        rounded.group_label,
        rounded.row_label,
        rounded.row_label_sv,
        rounded.goal_code,
        rounded.column_no,
        rounded.column_label,
        rounded.printed_text,
        rounded.correction_id,
        rounded.read_text,
        rounded.missing_code,
        rounded.value,
        rounded.decimals,
        rounded.hedge,
        cast(rounded.step as decimal(18, 6)) as rounding_step,
        rounded.value_operator,
        rounded.printed_unit_of_measure,
        rounded.expected_unit_of_measure,
        rounded.unit_of_measure,
        rounded.base_unit_of_measure,
        rounded.is_refused,
        rounded.is_known,
        rounded.is_amount,
        rounded.measured_of,
        rounded.measure_code,
        rounded.unit_code,
        rounded.gender,
        rounded.age_group,
        rounded.fiscal_year,
        rounded.scenario,
        rounded.project_status,
        rounded.project_code,
        rounded.asset_class,
        rounded.part_of,
        rounded.total_of,
        rounded.row_sign,
        rounded.is_claim,
        rounded.is_indicator,
        rounded.is_of_cost,
        rounded.series_key,
        rounded.concept_key,
        case
            when rounded.named_measure_code = 'ovrigt' then rounded.row_label
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
        || ', ' || coalesce(scenarios.word_sv, rounded.scenario)
        || ' ' || rounded.fiscal_year as concept_name_sv,
        rounded.base_factor,
        -- A billion has more digits than DuckDB gives the product of two such decimals. So wide a
        -- product is dear, and most figures are printed in their base unit.
        case rounded.base_factor
            when 1 then rounded.value
            when -1 then -rounded.value
            else cast(cast(rounded.value as decimal(28, 6)) * rounded.base_factor as decimal(18, 6))
        end as base_value,
        case abs(rounded.base_factor)
            when 1 then cast(rounded.step as decimal(18, 6))
            else cast(
                cast(rounded.step as decimal(28, 6)) * abs(rounded.base_factor) as decimal(18, 6)
            )
        end as base_rounding_step,
        rounded.precedence,
        rounded.concept_rank
    from rounded
    left join indicators
        on rounded.named_measure_code = indicators.indicator_code
    left join measures
        on rounded.named_measure_code = measures.measure_code
    left join units
        on rounded.unit_code = units.unit_code
    left join projects
        on rounded.project_code = projects.project_code
    left join only_projects
        on rounded.project_code = only_projects.project_code
    left join codes as scenarios
        on
            scenarios.list = 'scenario'
            and rounded.scenario = scenarios.code
    -- The whole of it goes without saying.
    left join codes as asset_classes
        on
            asset_classes.list = 'asset_class'
            and rounded.asset_class = asset_classes.code
            and asset_classes.code <> 'total'
    left join codes as project_statuses
        on
            project_statuses.list = 'project_status'
            and rounded.project_status = project_statuses.code
            and project_statuses.code <> 'total'
    left join codes as genders
        on
            genders.list = 'gender'
            and rounded.gender = genders.code
            and genders.code <> 'total'
    left join codes as age_groups
        on
            age_groups.list = 'age_group'
            and rounded.age_group = age_groups.code
            and age_groups.code <> 'all'
)

select * from final

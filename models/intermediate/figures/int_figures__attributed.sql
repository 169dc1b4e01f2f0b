{#- What is an amount itself, and no difference between two. -#}
{%- set whole_amounts = "('outcome', 'budget', 'forecast', 'forecast_1', 'forecast_2')" -%}
{%- set differences = "('deviation', 'forecast_deviation')" -%}

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

projects as (
    select * from {{ ref('int_projects__named') }}
),

units_of_measure as (
    select * from {{ ref('reference_units_of_measure') }}
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
        tables.precedence
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
final as (
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
)

select * from final

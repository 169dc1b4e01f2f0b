{{ config(materialized='table') }}

with figures as (
    select * from {{ ref('int_figures__read') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

label_aliases as (
    select * from {{ ref('reference_label_aliases') }}
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

units as (
    select * from {{ ref('reference_units') }}
),

units_of_measure as (
    select * from {{ ref('reference_units_of_measure') }}
),

table_precedence as (
    select * from {{ ref('reference_printed_tables') }}
),

codes as (
    select * from {{ ref('reference_codes') }}
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
        label_aliases.label_sv as row_label_sv,
        figures.column_no,
        figures.column_label,
        figures.printed_text,
        figures.correction_id,
        figures.read_text,
        figures.missing_code,
        figures.value,
        figures.decimals,
        figures.rounding_step,
        figures.is_approximate,
        figures.value_operator,
        figures.printed_unit_of_measure,
        figures.column_unit_of_measure,
        figures.is_refused,
        coalesce(figures.measure_code, label_aliases.measure_code) as measure_code,
        -- A row of no unit, or a figure of the text without one, is of the whole administration.
        coalesce(
            figures.unit_code,
            label_aliases.unit_code,
            case
                when figures.is_claim or label_aliases.row_label is not null
                    then reports.administration_code
            end
        ) as unit_code,
        coalesce(figures.gender, label_aliases.gender) as gender,
        coalesce(figures.fiscal_year, reports.report_year) as fiscal_year,
        figures.scenario,
        coalesce(figures.project_status, label_aliases.project_status) as project_status,
        coalesce(figures.asset_class, label_aliases.asset_class) as asset_class,
        coalesce(figures.part_of, label_aliases.part_of) as part_of,
        coalesce(figures.total_of, label_aliases.total_of) as total_of,
        figures.is_claim
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    left join label_aliases
        on
            figures.source_table = label_aliases.source_table
            and figures.row_label = label_aliases.row_label
            and coalesce(figures.group_label, '') = coalesce(label_aliases.group_label, '')
            and coalesce(figures.section_label, '') = coalesce(label_aliases.section_label, '')
),

measured as (
    select
        labelled.*,
        coalesce(
            labelled.column_unit_of_measure,
            labelled.printed_unit_of_measure,
            indicator_units.unit_of_measure,
            indicators.unit_of_measure,
            measures.unit_of_measure
        ) as unit_of_measure,
        coalesce(
            labelled.column_unit_of_measure,
            indicator_units.unit_of_measure,
            indicators.unit_of_measure
        ) as expected_unit_of_measure
    from labelled
    left join indicators
        on labelled.measure_code = indicators.indicator_code
    left join indicator_units
        on
            labelled.measure_code = indicator_units.indicator_code
            and labelled.unit_code = indicator_units.unit_code
    left join measures
        on labelled.measure_code = measures.measure_code
),

named as (
    select
        measured.*,
        measured.measure_code
        || case
            when measured.project_status is null then ''
            else '/' || measured.project_status || '/' || measured.asset_class
        end
        || '/' || measured.unit_code
        || '/' || measured.fiscal_year
        || '/' || measured.scenario
        || '/' || measured.gender
        || case when measured.measure_code = 'ovrigt' then '/' || measured.figure_id else '' end
            as concept_key,
        case
            when measured.measure_code = 'ovrigt' then measured.row_label
            else coalesce(indicators.indicator_name_sv, measures.measure_name_sv)
        end
        || ', ' || units.unit_name_sv
        || coalesce(', ' || asset_classes.word_sv, '')
        || coalesce(', ' || project_statuses.word_sv, '')
        || coalesce(', ' || genders.word_sv, '')
        || ', ' || coalesce(scenarios.word_sv, measured.scenario)
        || ' ' || measured.fiscal_year as concept_name_sv,
        cast(measured.value * units_of_measure.base_factor as decimal(18, 6)) as base_value,
        indicators.indicator_code is not null as is_indicator,
        units_of_measure.base_factor,
        table_precedence.precedence,
        table_precedence.reason_sv as precedence_reason_sv
    from measured
    left join indicators
        on measured.measure_code = indicators.indicator_code
    left join measures
        on measured.measure_code = measures.measure_code
    left join units
        on measured.unit_code = units.unit_code
    left join units_of_measure
        on measured.unit_of_measure = units_of_measure.unit_of_measure
    left join table_precedence
        on measured.source_table = table_precedence.source_table
    left join codes as scenarios
        on
            scenarios.list = 'scenario'
            and measured.scenario = scenarios.code
    -- The whole of it goes without saying.
    left join codes as asset_classes
        on
            asset_classes.list = 'asset_class'
            and measured.asset_class = asset_classes.code
            and asset_classes.code <> 'total'
    left join codes as project_statuses
        on
            project_statuses.list = 'project_status'
            and measured.project_status = project_statuses.code
            and project_statuses.code <> 'total'
    left join codes as genders
        on
            genders.list = 'gender'
            and measured.gender = genders.code
            and genders.code <> 'total'
),

-- A figure is rounded to its last decimal. A count is exact, unless the print says about, or ends
-- in noughts where another print of the same is finer.
rounded as (
    select
        named.*,
        case
            when is_approximate then {{ noughts_step('value') }}
            when unit_of_measure <> 'count' then rounding_step
            when
                {{ noughts_step('value') }} > min({{ noughts_step('value') }}) over same_concept
                then {{ noughts_step('value') }}
            when value is not null then 0
        end as step,
        -- A number goes before a mark for a missing one; among numbers the table says.
        row_number() over (
            partition by report_id, concept_key
            order by
                case when value is null then 1 else 0 end, precedence, source_line_first, figure_id
        ) as concept_rank
    from named
    window same_concept as (partition by report_id, concept_key)
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
        column_no,
        column_label,
        printed_text,
        correction_id,
        read_text,
        missing_code,
        value,
        decimals,
        cast(step as decimal(18, 6)) as rounding_step,
        value_operator,
        printed_unit_of_measure,
        expected_unit_of_measure,
        unit_of_measure,
        is_refused,
        measure_code,
        unit_code,
        gender,
        fiscal_year,
        scenario,
        project_status,
        asset_class,
        part_of,
        total_of,
        is_claim,
        is_indicator,
        concept_key,
        concept_name_sv,
        base_factor,
        base_value,
        cast(step * base_factor as decimal(18, 6)) as base_rounding_step,
        precedence,
        precedence_reason_sv,
        concept_rank
    from rounded
)

select * from final

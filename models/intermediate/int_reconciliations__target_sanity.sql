{{ config(materialized='table') }}

with indicators as {{ not_materialized() }} (
    select * from {{ ref('int_indicators__compared') }}
),

figures as (
    select * from {{ ref('int_figures__matched') }}
),

-- A history needs two years at least.
histories as (
    select
        report_id,
        indicator_code,
        unit_code,
        gender,
        min(value) as lowest,
        max(value) as highest
    from indicators
    group by report_id, indicator_code, unit_code, gender
    having count(value) > 1
),

judged as (
    select
        targets.figure_id,
        targets.report_id,
        targets.concept_name_sv,
        targets.read_text,
        targets.source_line_first,
        targets.source_line_last,
        targets.value as target_value,
        histories.lowest,
        histories.highest,
        case
            when targets.value > 2 * histories.highest then targets.value - histories.highest
            when targets.value < histories.lowest / 2 then targets.value - histories.lowest
            else 0
        end as difference
    from indicators
    inner join histories
        on
            indicators.report_id = histories.report_id
            and indicators.indicator_code = histories.indicator_code
            and indicators.unit_code = histories.unit_code
            and indicators.gender = histories.gender
    inner join figures as targets
        on indicators.target_figure_id = targets.figure_id
    -- A target in money is a result to reach, not a level to compare with.
    where
        targets.value is not null
        and histories.lowest > 0
        and indicators.unit_of_measure <> 'tkr'
),

final as (
    select
        'target_sanity:' || figure_id as check_id,
        report_id,
        'target_sanity' as rule,
        concept_name_sv as subject,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        figure_id as right_figure_id,
        case when difference < 0 then lowest else highest end as left_value,
        target_value as right_value,
        difference,
        cast(0 as decimal(18, 6)) as tolerance,
        case when difference = 0 then 'agrees' else 'contradicts' end as verdict,
        cast(lowest / 2 as decimal(18, 6)) as left_low,
        cast(highest * 2 as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        'Målvärdet ' || read_text || ' ('
        || {{ source_lines('source_line_first', 'source_line_last') }} || ')'
        || case
            when difference = 0 then ' är rimligt mot utfallen, '
            when difference > 0 then ' är mer än dubbelt så högt som något utfall: de är '
            else ' är mindre än hälften av något utfall: de är '
        end
        || {{ swedish_number('lowest') }} || ' till ' || {{ swedish_number('highest') }} || '.'
            as explanation_sv
    from judged
)

select * from final

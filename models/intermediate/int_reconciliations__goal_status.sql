{{ config(materialized='table') }}

with goals as (
    select * from {{ ref('int_goals__assessed') }}
),

goal_names as (
    select * from {{ ref('reference_goals') }}
),

claims as (
    select *
    from {{ ref('stg_report__pastaenden') }}
    where kind = 'status' and goal_code is not null
),

-- The words of a status, for the explanations.
statuses as (
    select
        'fulfilled' as status,
        'uppfyllt' as status_sv
    union all
    select
        'partly_fulfilled' as status,
        'delvis uppfyllt' as status_sv
    union all
    select
        'not_fulfilled' as status,
        'inte uppfyllt' as status_sv
    union all
    select
        'not_assessed' as status,
        'inte bedömt' as status_sv
),

named as (
    select
        goals.*,
        goal_names.goal_name_sv,
        declared.status_sv as declared_sv,
        computed.status_sv as computed_sv
    from goals
    inner join goal_names
        on goals.goal_code = goal_names.goal_code
    inner join statuses as declared
        on goals.declared_status = declared.status
    inner join statuses as computed
        on goals.computed_status = computed.status
),

against_indicators as (
    select
        'goal_status:' || figure_id as check_id,
        report_id,
        figure_id as right_figure_id,
        goal_name_sv || ', bedömning mot indikatorer' as subject,
        cast(indicators_met as decimal(18, 6)) as left_value,
        cast(indicators_met + indicators_missed as decimal(18, 6)) as right_value,
        case
            when is_consistent is null then 'unverifiable'
            when is_consistent then 'agrees'
            else 'contradicts'
        end as verdict,
        'Målet bedöms som ' || declared_sv || ' ('
        || {{ source_lines('source_line_first', 'source_line_last') }} || '); av '
        || (indicators_met + indicators_missed)
        || case
            when indicators_met + indicators_missed = 1 then ' jämförbar indikator nådde '
            else ' jämförbara indikatorer nådde '
        end
        || case indicators_met
            when 0 then 'ingen' else cast(indicators_met as {{ dbt.type_string() }})
        end
        || ' sitt målvärde'
        || case when is_consistent then '.' else ', vilket motsvarar ' || computed_sv || '.' end
            as explanation_sv
    from named
),

against_other_words as (
    select
        'goal_status:' || claims.figure_id as check_id,
        named.report_id,
        claims.figure_id as right_figure_id,
        named.goal_name_sv || ', bedömning mot annan ordalydelse' as subject,
        cast(null as decimal(18, 6)) as left_value,
        cast(null as decimal(18, 6)) as right_value,
        case when claims.stated = named.declared_status then 'agrees' else 'contradicts' end
            as verdict,
        'Bedömningen är ' || named.declared_sv || ' ('
        || {{ source_lines('named.source_line_first', 'named.source_line_last') }} || '); på '
        || {{ source_lines('claims.source_line_first', 'claims.source_line_last') }}
        || ' sägs målet vara ' || statuses.status_sv || '.' as explanation_sv
    from claims
    inner join named
        on
            claims.report_id = named.report_id
            and claims.goal_code = named.goal_code
    inner join statuses
        on claims.stated = statuses.status
    where claims.source_line_first > named.source_line_last
),

checks as (
    select * from against_indicators
    union all
    select * from against_other_words
),

final as (
    select
        check_id,
        report_id,
        'goal_status' as rule,
        subject,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        right_figure_id,
        left_value,
        right_value,
        cast(null as decimal(18, 6)) as difference,
        cast(null as decimal(18, 6)) as tolerance,
        verdict,
        cast(null as decimal(18, 6)) as left_low,
        cast(null as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        explanation_sv
    from checks
)

select * from final

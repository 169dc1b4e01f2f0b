-- A figure that its own kind, its own row or its other years make all but impossible is a slip of
-- the pen until somebody has looked. It runs after the reconciliations, so that what a slip breaks
-- is shown too.
-- depends_on: {{ ref('fct_reconciliations') }}
{{ config(meta={'cause': 'meanings'}) }}
with implausible as (
    {{ implausible_figures(ref('int_figures__matched'), ref('reference_indicators')) }}
),

figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

-- Amounts of a column have as many decimals, or fewer: one more may be the mark of a footnote.
decimals_of_columns as (
    select
        report_id,
        source_table,
        column_name,
        max(decimals) as most_decimals
    from figures
    where is_amount and not is_claim and value is not null
    group by report_id, source_table, column_name, decimals
    having count(*) > 2 and max(decimals) > 0
),

with_a_decimal_more as (
    select
        figures.figure_id,
        'har ' || figures.decimals || ' decimaler, fler än kolumnens övriga tal ('
        || max(decimals_of_columns.most_decimals)
        || '). Trolig orsak: en siffra för mycket, eller en fotnots siffra' as fault
    from figures
    inner join decimals_of_columns
        on
            figures.report_id = decimals_of_columns.report_id
            and figures.source_table = decimals_of_columns.source_table
            and figures.column_name = decimals_of_columns.column_name
    where
        figures.is_amount
        and not figures.is_claim
        and figures.correction_id is null
        and figures.printed_unit_of_measure is null
    group by figures.figure_id, figures.decimals
    having max(decimals_of_columns.most_decimals) < figures.decimals
),

-- One fault a figure is enough.
found as (
    select
        figure_id,
        fault
    from implausible
    union all
    select
        with_a_decimal_more.figure_id,
        with_a_decimal_more.fault
    from with_a_decimal_more
    left join implausible
        on with_a_decimal_more.figure_id = implausible.figure_id
    where implausible.figure_id is null
)

select
    figures.figure_id,
    found.fault,
    {{ printed_place('figures') }} || ': ”' || coalesce(left(figures.read_text, 60), '') || '” '
    || found.fault
    || '. Är talet rätt avskrivet, lägg en rad i control_corrections som säger varför.'
        as message_sv
from found
inner join figures
    on found.figure_id = figures.figure_id

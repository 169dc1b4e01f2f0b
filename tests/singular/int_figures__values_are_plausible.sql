-- A figure that its own kind, its own row or its other years make all but impossible is a slip of
-- the pen until somebody has looked. It runs after the reconciliations, so that what a slip breaks
-- is shown too.
-- depends_on: {{ ref('fct_reconciliations') }}
with implausible as (
    {{ implausible_figures(ref('int_figures__matched'), ref('reference_indicators')) }}
),

figures as (
    select * from {{ ref('int_figures__matched') }}
)

select
    figures.figure_id,
    implausible.fault,
    {{ printed_place('figures') }} || ': ”' || coalesce(left(figures.read_text, 60), '') || '” '
    || implausible.fault
    || '. Är talet rätt avskrivet, lägg en rad i control_corrections som säger varför.'
        as message_sv
from implausible
inner join figures
    on implausible.figure_id = figures.figure_id

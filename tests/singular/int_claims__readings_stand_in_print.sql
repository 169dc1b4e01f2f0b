-- A reading of the running text that its print does not hold would reach the facts as something
-- nobody wrote. It runs after the reconciliations, so that what a slip breaks is shown too.
-- depends_on: {{ ref('fct_reconciliations') }}
with figures as (
    select * from {{ ref('int_figures__matched') }}
    where is_claim and correction_id is null and read_text is not null
),

claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

-- The print of a claim with its words for units as its reading has them, and a space on each side.
claim_prints as (
    select
        figures.*,
        ' ' || replace(
            replace(figures.printed_text, 'miljoner kronor', 'mnkr'), 'miljoner', 'mnkr'
        ) || ' ' as spaced_print
    from figures
),

-- A print with a number in digits, which is no year of four, holds its reading as a whole.
not_in_print as (
    select *
    from claim_prints
    where
        {{ regex_matches('spaced_print', '^(.*[ (<>=+-])?[0-9]{1,3}([ ,.:%)-].*)$') }}
        and (
            position(' ' || read_text in spaced_print) = 0
            or {{ regex_matches(
                "substr(spaced_print, position(' ' || read_text in spaced_print)"
                ~ " + length(read_text) + 1, 1)",
                '^[0-9,.]$'
            ) }}
        )
),

empty_claims as (
    select *
    from claims
    where row_label is null or printed_text is null or read_text is null
),

final as (
    select
        not_in_print.figure_id,
        not_in_print.printed_text,
        not_in_print.read_text,
        {{ printed_place('not_in_print') }} || ': läsningen ”' || left(not_in_print.read_text, 60)
        || '” står inte i den tryckta texten ”' || left(not_in_print.printed_text, 60)
        || '”. Trolig orsak: en siffra, ett tecken eller en enhet är fel avskriven i den ena. '
        || 'Läses texten med avsikt på annat sätt, lägg läsningen i control_corrections.'
            as message_sv
    from not_in_print
    union all
    select
        empty_claims.figure_id,
        empty_claims.printed_text,
        empty_claims.read_text,
        {{ printed_place('empty_claims', column=false) }} || ': '
        || case
            when empty_claims.row_label is null then 'row_label'
            when empty_claims.printed_text is null then 'printed_text'
            else 'read_text'
        end
        || ' är tom; väntat är en text. Trolig orsak: en cell har tömts.' as message_sv
    from empty_claims
)

select * from final

-- A reading of the running text that its print does not hold would reach the facts as something
-- nobody wrote. It runs after the reconciliations, so that what a slip breaks is shown too.
-- depends_on: {{ ref('fct_reconciliations') }}
{{ config(meta={'cause': 'meanings'}) }}
{%- set letters = 'abcdefghijklmnopqrstuvwxyzåäöü' %}
with figures as (
    select * from {{ ref('int_figures__matched') }}
    where is_claim and correction_id is null and read_text is not null
),

claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

number_words as (
    select * from {{ ref('reference_number_words') }}
),

units as (
    select * from number_words
    where kind = 'unit'
),

-- A print may say a sign with a word, and speaks of a cost without one.
signs_in_words as (
    select figures.figure_id
    from figures
    inner join number_words
        on position(number_words.word in lower(figures.printed_text)) > 0
    where number_words.kind in ('sign', 'sign_behind', 'cost') and number_words.code = '-'
    group by figures.figure_id
),

-- The number of a reading without the words around it, and the print with a space on each side.
claim_prints as (
    select
        figures.*,
        trim(
            trailing '{{ letters }} .%-' from
            trim(
                leading '{{ letters }} .:' from
                case
                    when signs_in_words.figure_id is null then lower(figures.read_text)
                    else trim(leading '-' from lower(figures.read_text))
                end
            )
        ) as number_read,
        ' ' || lower(figures.printed_text) || ' ' as spaced_print
    from figures
    left join signs_in_words
        on figures.figure_id = signs_in_words.figure_id
),

placed as (
    select
        claim_prints.*,
        position(' ' || number_read in spaced_print) as place,
        substr(
            spaced_print, position(' ' || number_read in spaced_print) + length(number_read) + 1
        ) as print_behind
    from claim_prints
),

with_their_unit as (
    select placed.figure_id
    from placed
    inner join units
        on
            placed.printed_unit_of_measure = units.code
            and left(trim(leading ' ' from placed.print_behind), length(units.word)) = units.word
    group by placed.figure_id
),

-- A print with a number in digits, which is no year of four, holds the number of its reading as a
-- whole, and a word for its unit behind it.
not_in_print as (
    select placed.*
    from placed
    left join with_their_unit
        on placed.figure_id = with_their_unit.figure_id
    where
        {{ regex_matches('spaced_print', '^(.*[ (<>=+-])?[0-9]{1,3}([ ,.:%)-].*)$') }}
        and (
            placed.place = 0
            or {{ regex_matches('left(print_behind, 2)', '^[0-9,.][0-9]?$') }}
            or (placed.printed_unit_of_measure is not null and with_their_unit.figure_id is null)
        )
),

-- A print that has its number in letters, and no digit, has that of the reading; the scan's letters
-- may lack their rings and dots.
letters_of_counts as (
    select
        claim_prints.figure_id,
        min(number_words.word) as word,
        max(case when number_words.code = claim_prints.read_text then 1 else 0 end) as is_read
    from claim_prints
    inner join claims
        on claim_prints.figure_id = claims.figure_id
    inner join number_words
        on
            number_words.kind = 'count'
            and position(
                ' ' || translate(number_words.word, 'åäö', 'aao') || ' ' in
                translate(claim_prints.spaced_print, 'åäöéè,.;:()', 'aaoee      ')
            ) > 0
    where
        claims.kind in ('value', 'unit_count')
        and {{ regex_matches('claim_prints.read_text', '^[0-9]+$') }}
        and not {{ regex_matches('claim_prints.printed_text', '[0-9]') }}
    group by claim_prints.figure_id
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
        claim_prints.figure_id,
        claim_prints.printed_text,
        claim_prints.read_text,
        {{ printed_place('claim_prints') }} || ': läsningen ”' || claim_prints.read_text
        || '” är inte talet ”' || letters_of_counts.word || '” i den tryckta texten ”'
        || left(claim_prints.printed_text, 60) || '”. Trolig orsak: en siffra är fel skriven.'
            as message_sv
    from claim_prints
    inner join letters_of_counts
        on claim_prints.figure_id = letters_of_counts.figure_id
    where letters_of_counts.is_read = 0
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

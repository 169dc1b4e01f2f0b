-- A figure printed in another unit than its column's (mnkr for tkr) is wrong by a factor.
select
    figure_id,
    printed_unit_of_measure,
    expected_unit_of_measure,
    {{ printed_place('figures') }} || ': ”' || read_text
    || '” är tryckt i ' || printed_unit_of_measure || '; väntat är ' || expected_unit_of_measure
    || '. Trolig orsak: en felläst enhet, eller en annan skala än i resten av kolumnen.'
        as message_sv
from {{ ref('int_figures__matched') }} as figures
where
    printed_unit_of_measure <> expected_unit_of_measure
    -- The running text gives in mnkr what its tables give in tkr.
    and not (is_claim and expected_unit_of_measure = 'tkr' and printed_unit_of_measure = 'mnkr')

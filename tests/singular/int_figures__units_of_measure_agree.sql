-- A figure printed in another unit than its column's (mnkr for tkr) is wrong by a factor.
select
    figure_id,
    printed_unit_of_measure,
    expected_unit_of_measure,
    {{ printed_place('figures') }} || ': ”' || read_text
    || '” är tryckt i ' || printed_unit_of_measure || '; väntat är ' || expected_unit_of_measure
    || '. Trolig orsak: en felläst enhet, eller en annan skala än i resten av kolumnen. Är '
    || 'enheten rätt '
    || 'läst, lägg talets egen text som läsning i control_corrections.'
        as message_sv
from {{ ref('int_figures__matched') }} as figures
where
    printed_unit_of_measure <> expected_unit_of_measure
    and correction_id is null
    -- A change is stated in per cent; the running text gives in mnkr what its tables give in tkr.
    and not (is_claim and scenario = 'change')
    and not (is_claim and is_amount and base_unit_of_measure = 'tkr')

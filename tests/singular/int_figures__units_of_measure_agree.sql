-- A figure printed in another unit than its column's (mnkr for tkr) is wrong by a factor.
-- A unit that is declared wrong makes most amounts of a report a thousand times those of the report
-- before it.
{{ config(meta={'cause': 'meanings'}) }}
with figures as (
    select * from {{ ref('int_figures__matched') }}
),

previous as (
    select * from {{ ref('int_reports__previous') }}
),

sizes as (
    select
        later.report_id,
        previous.previous_report_id,
        later.source_table,
        later.unit_of_measure,
        abs(later.base_value / earlier.base_value) as times
    from figures as later
    inner join previous
        on later.report_id = previous.report_id
    inner join figures as earlier
        on
            previous.previous_report_id = earlier.report_id
            and later.series_key = earlier.series_key
            and later.source_table = earlier.source_table
            and later.column_name = earlier.column_name
    where
        later.base_unit_of_measure = 'tkr'
        and later.scenario = 'outcome'
        and not later.is_claim
        and later.base_value <> 0
        and earlier.base_value <> 0
),

of_another_size as (
    select
        report_id,
        previous_report_id,
        source_table,
        min(unit_of_measure) as unit_of_measure,
        max(times) > 1 as is_larger
    from sizes
    group by report_id, previous_report_id, source_table
    having
        count(*) > 1
        and (
            2 * sum(case when times between 250 and 4000 then 1 else 0 end) > count(*)
            or 2 * sum(case when times between 0.00025 and 0.004 then 1 else 0 end) > count(*)
        )
)

select
    report_id,
    null as figure_id,
    unit_of_measure as printed_unit_of_measure,
    null as expected_unit_of_measure,
    'reference_templates: beloppen i tabellen ' || source_table || ' för ' || report_id
    || ' är omkring 1 000 gånger så '
    || case when is_larger then 'stora' else 'små' end || ' som i ' || previous_report_id
    || '; de läses som ' || unit_of_measure || '. Trolig orsak: fel unit_of_measure för mallen, '
    || 'här eller i reference_printed_tables eller reference_printed_columns.' as message_sv
from of_another_size
union all
select
    report_id,
    figure_id,
    printed_unit_of_measure,
    expected_unit_of_measure,
    {{ printed_place('figures') }} || ': ”' || read_text
    || '” är tryckt i ' || printed_unit_of_measure || '; väntat är ' || expected_unit_of_measure
    || '. Trolig orsak: en felläst enhet, eller en annan skala än i resten av kolumnen. Är '
    || 'enheten rätt '
    || 'läst, lägg talets egen text som läsning i control_corrections.'
        as message_sv
from figures
where
    printed_unit_of_measure <> expected_unit_of_measure
    and correction_id is null
    -- A change or a deviation is stated in per cent; the running text gives in mnkr what its tables
    -- give in tkr.
    and not (is_claim and scenario in ('change', 'deviation', 'forecast_deviation'))
    and not (is_claim and is_amount and base_unit_of_measure = 'tkr')

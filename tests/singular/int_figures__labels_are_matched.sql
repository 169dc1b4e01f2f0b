-- A label that nothing maps would leave its figures outside every fact, and an amount without a
-- unit of measure would be wrong by a thousand.
{{ config(meta={'cause': 'labels'}) }}
with figures as (
    select * from {{ ref('int_figures__matched') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

judged as (
    select
        figures.*,
        case
            when not figures.is_known
                then
                    'etiketten ”' || coalesce(figures.section_label || ' > ', '')
                    || coalesce(figures.group_label || ' > ', '')
                    || coalesce(figures.row_label, '(tom)')
                    || '” är varken namnet på en verksamhet, ett projekt eller en indikator '
                    || 'eller en rad i reference_label_aliases för mallen ' || reports.template
                    || '. Trolig orsak: en ny stavning; lägg den på en egen rad där.'
            when figures.measure_code is null
                then
                    'etiketten ”' || coalesce(figures.row_label, '(tom)')
                    || '” säger inte vad som mäts, och det gör varken raden ovanför eller '
                    || 'kolumnen. '
                    || 'Ange measure_code på etikettens rad i reference_label_aliases.'
            when figures.unit_of_measure is null and figures.is_amount
                then
                    'kolumnen ' || figures.column_name || ' har belopp utan enhet (tkr, mnkr). '
                    || 'Ange '
                    || 'unit_of_measure för mallen ' || reports.template || ' i '
                    || 'reference_templates, '
                    || 'reference_printed_tables eller reference_printed_columns.'
            when figures.precedence is null
                then
                    'tabellen saknar precedence i reference_printed_tables för mallen '
                    || reports.template || '.'
            when figures.concept_key is null or figures.concept_name_sv is null
                then
                    'måttet ' || coalesce(figures.measure_code, '(tomt)') || ' eller verksamheten '
                    || coalesce(figures.unit_code, '(tom)')
                    || ' saknas bland reference_indicators, reference_measures och '
                    || 'reference_units, '
                    || 'eller så saknar kolumnen scenario eller year_offset.'
            when figures.unit_of_measure is null or figures.base_factor is null
                then
                    'enheten ' || coalesce(figures.unit_of_measure, '(tom)')
                    || ' saknas i reference_units_of_measure.'
        end as fault
    from figures
    inner join reports
        on figures.report_id = reports.report_id
),

rows_ as (
    select
        report_id,
        source_table,
        row_no,
        fault,
        min(figure_id) as figure_id,
        min(source_line_first) as source_line_first,
        max(source_line_last) as source_line_last
    from judged
    where fault is not null
    group by report_id, source_table, row_no, fault
)

select
    report_id,
    source_table,
    row_no,
    {{ printed_place('rows_', column=false) }} || ': ' || fault as message_sv
from rows_

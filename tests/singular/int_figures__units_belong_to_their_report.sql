-- A figure of another administration's unit would be added to a stranger's result.
{{ config(meta={'cause': 'meanings'}) }}
with figures as (
    select * from {{ ref('int_figures__matched') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

units as (
    select * from {{ ref('reference_units') }}
)

select
    figures.report_id,
    figures.row_label,
    {{ printed_place('figures', column=false) }} || ': ”' || coalesce(figures.row_label, '(tom)')
    || '” är enligt reference_label_aliases eller avskriften verksamheten ' || figures.unit_code
    || ', som hör till förvaltningen ' || units.administration_code || '; rapporten '
    || figures.report_id || ' är från ' || reports.administration_code
    || '. Ge etiketten en egen rad för rapportens mall, eller lägg verksamheten i reference_units.'
        as message_sv
from figures
inner join reports
    on figures.report_id = reports.report_id
inner join units
    on figures.unit_code = units.unit_code
where units.administration_code <> reports.administration_code
group by
    figures.report_id,
    figures.source_table,
    figures.row_no,
    figures.source_line_first,
    figures.source_line_last,
    figures.row_label,
    figures.unit_code,
    units.administration_code,
    reports.administration_code

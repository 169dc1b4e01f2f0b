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
),

astray as (
    select
        figures.report_id,
        figures.source_table,
        figures.row_no,
        figures.source_line_first,
        figures.source_line_last,
        figures.row_label,
        figures.unit_code,
        units.administration_code,
        reports.administration_code as own_administration_code,
        min(figures.figure_id) as figure_id
    from figures
    inner join reports
        on figures.report_id = reports.report_id
    -- On equal codes: told apart by unequal ones, every report would meet every unit.
    left join units as own_units
        on
            figures.unit_code = own_units.unit_code
            and reports.administration_code = own_units.administration_code
    inner join units
        on figures.unit_code = units.unit_code
    where own_units.unit_code is null
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
)

select
    report_id,
    row_label,
    {{ printed_place('astray', column=false) }} || ': ”' || coalesce(row_label, '(tom)')
    || '” är enligt reference_label_aliases eller avskriften verksamheten ' || unit_code
    || ', som hör till förvaltningen ' || administration_code || '; rapporten '
    || report_id || ' är från ' || own_administration_code
    || '. Ge etiketten en egen rad för rapportens mall, eller lägg verksamheten i reference_units.'
        as message_sv
from astray

-- A correction whose print has changed reads something that is no longer there.
-- It runs beside int_figures__texts_are_read, so that both tell what they found.
-- depends_on: {{ ref('int_figures__matched') }}
{{ config(meta={'cause': 'cells'}) }}
with corrections as (
    select * from {{ ref('control_corrections') }}
),

cells as (
    select * from {{ ref('int_cells__unioned') }}
)

select
    corrections.correction_id,
    corrections.figure_id,
    corrections.printed_text as expected_text,
    cells.printed_text as found_text,
    'control_corrections ' || corrections.correction_id || ', '
    || {{ source_lines('corrections.source_line_first', 'corrections.source_line_last') }} || ': '
    || case
        when cells.figure_id is null
            then 'cellen ' || corrections.figure_id || ' finns inte. '
        else
            'rättelsen gäller texten ”' || coalesce(corrections.printed_text, '') || '” men cellen '
            || corrections.figure_id || ' har ”' || coalesce(cells.printed_text, '') || '”. '
    end
    || 'Ta bort rättelsen om den inte längre behövs, eller rätta avskriften.' as message_sv
from corrections
left join cells
    on corrections.figure_id = cells.figure_id
where
    (
        cells.figure_id is null
        or cells.content <> 'number'
        or coalesce(cells.printed_text, '') <> coalesce(corrections.printed_text, '')
    )
    and split_part(corrections.figure_id, '.', 1) not in (
        select versions.report_id
        from {{ ref('run_plan') }} as versions
        where versions.is_kept
    )

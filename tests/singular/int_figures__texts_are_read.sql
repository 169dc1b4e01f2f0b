-- A text that is neither a number nor a missing mark would reach the facts as a hole.
select
    figure_id,
    printed_text,
    read_text,
    'printed_' || source_table || ', row_no ' || row_no || ', kolumn ' || column_name || ', '
    || {{ source_lines('source_line_first', 'source_line_last') }}
    || ': ”' || left(read_text, 60) || '” är varken ett tal eller ett känt tecken för saknat värde. '
    || 'Väntat är till exempel 1 044, -1 044, 4,7, 92,8 %, 17 301 tkr, <5%, I.U. eller -. '
    || case
        when {{ regex_matches('read_text', '^[+-]?0[0-9]') }}
            then 'Trolig orsak: ett decimalkomma har fallit bort. '
        when {{ regex_matches('read_text', '^[+-]?[0-9]+([ ][0-9]+)+$') }}
            then 'Trolig orsak: två tal i samma cell, eller en siffra som fallit bort i en tusentalsgrupp. '
        when {{ regex_matches('read_text', '^[+-]?[0-9]+([,.][0-9]+)+$') }}
            then 'Trolig orsak: en punkt eller ett komma för mycket. '
        else 'Trolig orsak: ett felläst tecken. '
    end
    || 'Rätta avskriften, eller lägg en läsning i control_corrections eller reference_missing_marks.'
        as message_sv
from {{ ref('int_figures__read') }}
where is_refused

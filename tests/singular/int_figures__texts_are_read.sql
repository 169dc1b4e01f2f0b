-- A text that is neither a number nor a missing mark would reach the facts as a hole.
{{ config(meta={'cause': 'cells'}) }}
with figures as (
    select * from {{ ref('int_figures__matched') }}
),

refused as (
    select
        figures.*,
        'Väntat är till exempel 1 044, -1 044, 4,7, 92,8 %, 17 301 tkr, <5%, I.U. eller -. '
        || case
            when is_claim and {{ regex_matches('read_text', '^.* .*[0-9].*$') }}
                then
                    'Trolig orsak: ord som inte säger talets tecken. Skriv talet och dess enhet '
                    || 'ensamma i read_text; vad orden säger står i kind, scenario och stated. '
            when {{ regex_matches('read_text', '^[+-]?0[0-9]') }}
                then 'Trolig orsak: ett decimalkomma har fallit bort. '
            when {{ regex_matches('read_text', '^[+-]?[0-9]+([ ][0-9]+)+$') }}
                then 'Trolig orsak: två tal i samma cell, eller en siffra för lite i en grupp. '
            when {{ regex_matches('read_text', '^[+-]?[0-9]+([,.][0-9]+)+$') }}
                then 'Trolig orsak: en punkt eller ett komma för mycket. '
            when {{ regex_matches('read_text', '^[+-]?[0-9]+([ ,.][0-9]+)* *[^0-9 ,.]+$') }}
                then 'Trolig orsak: en okänd enhet, eller en felläst sista siffra. '
            when not {{ regex_matches('read_text', '^.*[0-9]') }}
                then 'Trolig orsak: ett okänt tecken för saknat värde. '
            else 'Trolig orsak: ett felläst tecken. '
        end
        || 'Rätta avskriften, eller lägg en läsning i control_corrections.' as advice
    from figures
    where is_refused
),

final as (
    select
        refused.figure_id,
        refused.printed_text,
        refused.read_text,
        {{ printed_place('refused') }} || ': ”' || left(refused.read_text, 60)
        || '” är varken ett tal eller ett känt tecken för saknat värde. ' || refused.advice
            as message_sv
    from refused
)

select * from final

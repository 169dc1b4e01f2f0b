{%- set sides = ['left', 'right'] -%}

with reconciliations as (
    select * from {{ ref('fct_reconciliations') }}
),

trail as (
    select * from {{ ref('rpt_trail') }}
),

final as (
    select
        reconciliations.report_id,
        reconciliations.check_id,
        reconciliations.rule,
        {{ in_words('reconciliations.rule', {
            'sum_of_parts': 'Summa mot delar',
            'identity': 'Avvikelse eller andel mot sina tal',
            'same_concept': 'Samma uppgift i två tabeller',
            'gender_mix': 'Total mot kvinnor och män',
            'parent_child': 'Rad mot underliggande rader',
            'goal_status': 'Bedömning mot indikatorer',
            'prose_value': 'Tal i text mot tabell',
            'prose_direction': 'Riktning i text mot tabell',
            'prose_wording': 'Ordval mot tal',
            'target_sanity': 'Målvärde mot tidigare utfall',
            'silence': 'Stor förändring mot text',
        }, 'reconciliations.rule') }} as rule_sv,
        case reconciliations.rule
            {%- for rule in [
                'sum_of_parts', 'identity', 'same_concept', 'gender_mix', 'parent_child',
                'goal_status', 'target_sanity', 'prose_value', 'prose_direction',
                'prose_wording', 'silence',
            ] %}
            when '{{ rule }}' then {{ loop.index }}
            {%- endfor %}
        end as rule_order,
        reconciliations.subject,
        {%- for side in sides %}
        reconciliations.{{ side }}_figure_id,
        case
            when {{ side }}_cells.figure_id is not null
                then coalesce({{ side }}_cells.printed_text, 'tomt')
            when reconciliations.{{ side }}_value is not null
                then {{ swedish_number('reconciliations.' ~ side ~ '_value') }}
        end as {{ side }}_text,
        case
            when {{ side }}_cells.figure_id is not null then {{ side }}_cells.lines_sv
            when reconciliations.{{ side }}_value is not null then 'beräknat'
        end as {{ side }}_place_sv,
        {%- endfor %}
        reconciliations.verdict,
        {{ in_words('reconciliations.verdict', {
            'agrees': 'stämmer',
            'agrees_within_rounding': 'stämmer inom avrundning',
            'contradicts': 'säger emot',
            'unverifiable': 'kan inte prövas',
        }) }} as verdict_sv,
        reconciliations.explanation_sv,
        reconciliations.known_issue_id
    from reconciliations
    left join trail as left_cells
        on reconciliations.left_figure_id = left_cells.figure_id
    left join trail as right_cells
        on reconciliations.right_figure_id = right_cells.figure_id
)

select * from final

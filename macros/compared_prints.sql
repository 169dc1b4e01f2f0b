{#- Checks of a rule: each further print of a concept in a report against the print that the facts take.

    relation    figures, as int_figures__matched has them
    rule        the name of the rule, first in the ids of its checks
    is_claim    whether the further print stands in the running text, or in a table -#}
{% macro compared_prints(relation, rule, is_claim) %}
with figures as {{ not_materialized() }} (
    select * from {{ relation }}
),

pairs as (
    select
        chosen.report_id,
        chosen.concept_name_sv,
        chosen.figure_id as left_figure_id,
        other.figure_id as right_figure_id,
        chosen.value as left_value,
        cast(other.base_value / chosen.base_factor as decimal(18, 6)) as right_value,
        cast(
            (chosen.base_rounding_step + other.base_rounding_step) / 2 / chosen.base_factor
            as decimal(18, 6)
        ) as tolerance,
        chosen.missing_code as left_missing_code,
        other.missing_code as right_missing_code,
        coalesce(chosen.read_text, 'tom cell') || ' ('
        || case when chosen.is_claim then 'text' else chosen.source_table end || ', '
        || {{ source_lines('chosen.source_line_first', 'chosen.source_line_last') }} || ')'
            as left_text,
        coalesce(other.read_text, 'tom cell') || ' ('
        || case when other.is_claim then 'text' else other.source_table end || ', '
        || {{ source_lines('other.source_line_first', 'other.source_line_last') }} || ')'
            as right_text
    from figures as chosen
    inner join figures as other
        on
            chosen.report_id = other.report_id
            and chosen.concept_key = other.concept_key
    where
        chosen.concept_rank = 1
        and other.concept_rank > 1
        and {{ 'other.is_claim' if is_claim else 'not other.is_claim' }}
),

judged as (
    select
        pairs.*,
        right_value - left_value as difference,
        case
            when left_missing_code = right_missing_code then 'agrees'
            when left_missing_code is not null or right_missing_code is not null then 'contradicts'
            else {{ verdict('right_value - left_value', 'tolerance') }}
        end as verdict
    from pairs
),

final as (
    select
        '{{ rule }}:' || right_figure_id as check_id,
        report_id,
        '{{ rule }}' as rule,
        concept_name_sv as subject,
        left_figure_id,
        right_figure_id,
        left_value,
        right_value,
        difference,
        tolerance,
        verdict,
        cast(null as decimal(18, 6)) as left_low,
        cast(null as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        left_text || ' och ' || right_text
        || case verdict
            when 'agrees' then ' är samma uppgift och lika.'
            when 'agrees_within_rounding' then ' är samma uppgift med olika avrundning.'
            when 'contradicts'
                then
                    ' är samma uppgift men säger olika'
                    || case
                        when difference is null then ': den ena har ett tal, den andra inget.'
                        else
                            '; skillnaden ' || {{ swedish_number('difference') }}
                            || ' är större än avrundningen tillåter ('
                            || {{ swedish_number('tolerance') }} || ').'
                    end
            else ' kan inte jämföras.'
        end as explanation_sv
    from judged
)

select * from final
{% endmacro %}

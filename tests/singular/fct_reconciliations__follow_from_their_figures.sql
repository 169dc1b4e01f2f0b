-- A check whose sides are not those of its figures, or whose verdict is not what its difference
-- and its tolerance give, proves nothing. Sides that are prints have the print's value; difference
-- is right minus left; within rounding is within the tolerance; the tolerance of two prints is
-- half their steps.
{%- set text = dbt.type_string() %}
{%- set of_rules = [
    'report_id', 'rule', 'subject', 'left_figure_id', 'right_figure_id', 'evidence_figure_id',
    'left_value', 'right_value', 'difference', 'tolerance', 'left_low', 'left_high', 'verdict',
    'explanation_case', 'explanation_sv', 'explanation_en',
] %}
{#- So wide a product is dear, and most parts count once. -#}
{%- set part -%}
    case check_figures.coefficient
        when 1 then figures.value
        when -1 then -figures.value
        else cast(cast(figures.value as decimal(28, 6)) * check_figures.coefficient as decimal(28, 6))
    end
{%- endset %}
with checks as {{ not_materialized() }} (
    select rows_of_checks.*
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as rows_of_checks
),

figures as {{ not_materialized() }} (
    select
        figures.*,
        -- A million has more digits than DuckDB gives the product of two such decimals.
        cast(figures.value as decimal(28, 6)) * figures.base_factor as value_in_base,
        cast(figures.rounding_step as decimal(28, 6)) * abs(figures.base_factor) as base_step
    from {{ rows_of_this_run(ref('fct_printed_figures')) }} as figures
),

rules as (
    {%- for rule in rules() %}
    select * from {{ ref('int_checks__' ~ rule) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

known as (
    select * from {{ ref('control_known_issue_checks') }}
),

parts as (
    select
        check_figures.check_id,
        sum({{ part }}) as parts_value,
        sum({{ part }} * abs(figures.base_factor)) as parts_base,
        sum(figures.rounding_step) as parts_step,
        count(*) as part_count
    from {{ rows_of_this_run(ref('fct_check_figures')) }} as check_figures
    inner join figures
        on check_figures.figure_id = figures.figure_id
    where check_figures.figure_role = 'part'
    group by check_figures.check_id
),

sides as (
    select
        checks.*,
        right_figure.value
        * case when checks.rule = 'sum_of_parts' then right_figure.row_sign else 1 end
            as right_print,
        left_figure.value_in_base / right_figure.base_factor as left_print,
        right_figure.value_in_base / left_figure.base_factor as right_converted,
        left_figure.value as left_own,
        (left_figure.base_step + right_figure.base_step) / 2 as base_tolerance,
        left_figure.base_factor as left_factor,
        right_figure.base_factor as right_factor,
        right_figure.rounding_step as right_step,
        right_figure.hedge as right_hedge,
        -- One number rounded twice alike is printed twice alike.
        checks.rule in ('same_concept', 'prose_value')
        and left_figure.base_step = right_figure.base_step
        and left_figure.hedge is null
        and right_figure.hedge is null as is_rounded_alike,
        coalesce(left_figure.missing_code, right_figure.missing_code) as missing_code,
        parts.parts_value,
        parts.parts_base,
        parts.parts_step,
        parts.part_count,
        checks.rule in (
            'sum_of_parts', 'identity', 'same_concept', 'prose_value', 'prose_count',
            'parent_child', 'budget_against_target', 'restatement'
        ) as is_numeric
    from checks
    left join figures as left_figure
        on checks.left_figure_id = left_figure.figure_id
    left join figures as right_figure
        on checks.right_figure_id = right_figure.figure_id
    left join parts
        on checks.check_id = parts.check_id
),

judged as (
    select
        sides.*,
        case
            when
                rule in ('sum_of_parts', 'identity', 'parent_child', 'target_sanity')
                and (right_value is distinct from right_print)
                then
                    'högra sidan är ' || coalesce(cast(right_value as {{ text }}), '(inget)')
                    || ' men trycket ' || coalesce(cast(right_print as {{ text }}), '(inget)')
            when
                rule in ('same_concept', 'prose_value')
                and (
                    (left_value is distinct from left_own)
                    or abs(right_value - right_converted) > 0.000001
                )
                then 'sidorna är inte de tryckta talen'
            when
                rule in ('restatement', 'budget_against_target')
                and (right_value is distinct from right_print)
                then 'högra sidan är inte det tryckta talet'
            when
                rule in ('restatement', 'budget_against_target')
                and abs(left_value - left_print) > 0.000001
                then 'vänstra sidan är inte det tryckta talet'
            when
                rule in ('prose_direction', 'silence')
                and (right_value is distinct from right_print)
                then 'högra sidan är inte det tryckta talet'
            when rule = 'silence' and (left_value is distinct from left_own)
                then 'vänstra sidan är inte det tryckta talet'
            when rule = 'prose_direction' and abs(left_value - left_print) > 0.000001
                then 'vänstra sidan är inte det tryckta talet'
            when rule = 'sum_of_parts' and verdict <> 'unverifiable' and left_value <> parts_value
                then 'delarna ger ' || parts_value
            when
                rule = 'identity'
                and part_count > 0
                and verdict <> 'unverifiable'
                and abs(left_value - parts_base / abs(right_factor)) > 0.000001
                then 'delarna ger ' || parts_base / abs(right_factor)
            when
                rule = 'sum_of_parts'
                and verdict <> 'unverifiable'
                and abs(
                    tolerance
                    - case when part_count = 1 then 0 else (parts_step + right_step) / 2 end
                ) > 0.000001
                then 'toleransen är inte den som avrundningen ger'
            when
                rule in ('same_concept', 'prose_value')
                and right_hedge is null
                and abs(tolerance - base_tolerance / abs(left_factor)) > 0.000001
                then 'toleransen är inte den som avrundningen ger'
            when
                rule in ('restatement', 'budget_against_target')
                and abs(tolerance - base_tolerance / abs(right_factor)) > 0.000001
                then 'toleransen är inte den som avrundningen ger'
            when
                (is_numeric or rule in ('prose_direction', 'silence'))
                and verdict <> 'unverifiable'
                and (difference is distinct from right_value - left_value)
                then
                    'skillnaden är ' || coalesce(cast(difference as {{ text }}), '(ingen)')
                    || ' men sidorna ger '
                    || coalesce(cast(right_value - left_value as {{ text }}), '(ingen)')
            when
                is_numeric
                and coalesce(explanation_case, '') <> 'majority'
                and difference is not null
                and tolerance is not null
                and case
                    when difference = 0 then verdict <> 'agrees'
                    when abs(difference) <= tolerance
                        then
                            verdict <> case
                                when is_rounded_alike then 'questionable'
                                else 'agrees_within_rounding'
                            end
                    else verdict not in ('contradicts', 'questionable')
                end
                then 'utslaget ' || verdict || ' följer inte av skillnad och tolerans'
            when
                rule in ('sum_of_parts', 'identity', 'same_concept', 'prose_value')
                and difference is null
                and (
                    verdict = 'agrees_within_rounding'
                    or (
                        verdict = 'questionable'
                        and (
                            rule in ('sum_of_parts', 'identity')
                            or (
                                coalesce(left_value, right_value) is not null
                                and coalesce(missing_code, '') <> 'blank'
                            )
                        )
                    )
                )
                then 'utslaget ' || verdict || ' saknar skillnad'
            when
                rule in ('same_concept', 'prose_value')
                and verdict = 'contradicts'
                and (coalesce(left_value, right_value) is null or missing_code = 'blank')
                then 'två tecken för att talet saknas, eller en tom cell, motsäger ingenting'
            when left_low > left_high then 'intervallet är omvänt'
            when
                rule = 'sum_of_parts'
                and (
                    abs(left_low - (parts_value - parts_step / 2)) > 0.000001
                    or abs(left_high - (parts_value + parts_step / 2)) > 0.000001
                )
                then 'intervallet är inte delarnas'
            when rule = 'target_sanity' and difference >= 0 and left_high <> 2 * left_value
                then 'intervallet är inte utfallens'
        end as fault
    from sides
)

select
    coalesce(checks.check_id, rules.check_id) as check_id,
    'fct_reconciliations: ' || coalesce(checks.check_id, rules.check_id)
    || case
        when checks.check_id is null then ' saknas'
        when rules.check_id is null then ' finns inte hos sin regel'
        else ' säger annat än sin regel'
    end
    || '. Trolig orsak: modellen väljer bort eller ändrar rader.' as message_sv
from checks
full outer join rules
    on checks.check_id = rules.check_id
where
    checks.check_id is null
    or rules.check_id is null
    {%- for column in of_rules %}
    or checks.{{ column }} is distinct from rules.{{ column }}
    {%- endfor %}
union all
select
    checks.check_id,
    'fct_reconciliations: ' || checks.check_id
    || ' har en annan fråga än control_known_issue_checks.' as message_sv
from checks
left join known
    on checks.check_id = known.check_id
where checks.known_issue_id is distinct from known.known_issue_id
union all
select
    check_id,
    'fct_reconciliations: ' || check_id || ': ' || fault
    || '. Trolig orsak: regelns modell räknar eller väljer fel.' as message_sv
from judged
where fault is not null

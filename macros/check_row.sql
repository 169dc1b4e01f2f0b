{% macro check_row(
    relation,
    rule,
    key,
    subject,
    aspect=none,
    left_figure_id='null',
    right_figure_id='null',
    left_value='null',
    right_value='null',
    difference=none,
    tolerance='null',
    verdict=none,
    left_low='null',
    left_high='null',
    evidence_figure_id='null',
    explanation_case='verdict',
    texts={},
    numbers={},
    words={}
) %}
    {%- set text, amount = dbt.type_string(), 'decimal(18, 6)' -%}
    {%- set difference = difference
        or 'cast(' ~ right_value ~ ' as ' ~ amount ~ ') - cast(' ~ left_value ~ ' as ' ~ amount ~ ')' -%}
    {%- set places = texts.keys() | list + numbers.keys() | list + words.keys() | list -%}
with explanations as (
    select * from {{ ref('reference_explanations') }}
    where rule = '{{ rule }}'
),
{% if words or aspect %}
codes as (
    select * from {{ ref('reference_codes') }}
),
{% endif %}
{%- if aspect %}
aspects as (
    select coalesce(min(word_sv), '{{ '{' ~ aspect ~ '}' }}') as aspect_sv
    from codes
    where list = 'aspect' and code = '{{ aspect }}'
),
{% endif %}
measured as (
    select
        '{{ rule }}:' || {{ key }} as check_id,
        report_id,
        '{{ rule }}' as rule,
        {{ subject }} as subject,
        cast({{ left_figure_id }} as {{ text }}) as left_figure_id,
        cast({{ right_figure_id }} as {{ text }}) as right_figure_id,
        cast({{ left_value }} as {{ amount }}) as left_value,
        cast({{ right_value }} as {{ amount }}) as right_value,
        cast({{ difference }} as {{ amount }}) as difference,
        cast({{ tolerance }} as {{ amount }}) as tolerance,
        cast({{ left_low }} as {{ amount }}) as left_low,
        cast({{ left_high }} as {{ amount }}) as left_high,
        cast({{ evidence_figure_id }} as {{ text }}) as evidence_figure_id,
        {{ verdict or verdict_of(difference, tolerance) }} as verdict,
        {{ explanation_case if explanation_case != 'verdict' else 'cast(null as ' ~ text ~ ')' }}
            as own_case
        {%- for place, expression in texts.items() %},
        cast({{ expression }} as {{ text }}) as place_{{ place }}
        {%- endfor %}
        {%- for place, expression in numbers.items() %},
        {{ swedish_number(expression) }} as place_{{ place }}
        {%- endfor %}
        {%- for place, (list, expression) in words.items() %},
        cast({{ expression }} as {{ text }}) as place_{{ place }}
        {%- endfor %}
    from {{ relation }}
),

explained as (
    select
        measured.*,
        explanations.explanation_case,
        {%- if aspect %}
        aspects.aspect_sv,
        {%- endif %}
        {%- for language in ['sv', 'en'] %}
        {{- 'replace(' * places | length -}}
        explanations.text_{{ language }}
        {%- for place in places %}
        {%- set filling = 'measured.place_' ~ place %}
        {%- if place in words %}
        {%- set filling = 'coalesce(' ~ place ~ '_words.word_' ~ language ~ ', ' ~ filling ~ ')' %}
        {%- elif place in numbers and language == 'en' %}
        {%- set filling = 'replace(replace(' ~ filling ~ ", ',', '.'), '\u00a0', ',')" %}
        {%- endif %}, '{{ '{' ~ place ~ '}' }}', coalesce({{ filling }}, '{{ '{' ~ place ~ '}' }}'))
        {%- endfor %} as text_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from measured
    {%- if aspect %}
    cross join aspects
    {%- endif %}
    left join explanations
        on coalesce(measured.own_case, measured.verdict) = explanations.explanation_case
    {%- for place, (list, expression) in words.items() %}
    left join codes as {{ place }}_words
        on
            {{ place }}_words.list = '{{ list }}'
            and measured.place_{{ place }} = {{ place }}_words.code
    {%- endfor %}
)

select
    check_id,
    report_id,
    rule,
    subject{{ " || ', ' || aspect_sv" if aspect }} as subject,
    left_figure_id,
    right_figure_id,
    left_value,
    right_value,
    difference,
    tolerance,
    left_low,
    left_high,
    evidence_figure_id,
    verdict,
    coalesce(own_case, verdict) as explanation_case,
    coalesce(text_sv, '{' || rule || ', ' || coalesce(own_case, verdict, '') || '}') as explanation_sv,
    coalesce(text_en, '{' || rule || ', ' || coalesce(own_case, verdict, '') || '}') as explanation_en
from explained
{% endmacro %}

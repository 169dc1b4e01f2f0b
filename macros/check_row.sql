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
    select
        explanation_case as explained_case,
        text_sv as explained_sv,
        text_en as explained_en
        {%- for place in numbers %},
        position('{{ '{' ~ place ~ '}' }}' in text_sv || text_en) > 0 as shows_{{ place }}
        {%- endfor %}
    from {{ ref('reference_explanations') }}
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
judged as (
    select
        {{ relation }}.*,
        {{ verdict or verdict_of(difference, tolerance) }} as check_verdict,
        {{ explanation_case if explanation_case != 'verdict' else 'cast(null as ' ~ text ~ ')' }}
            as check_case
    from {{ relation }}
),

-- A number is written in words only where its explanation shows it.
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
        check_verdict as verdict,
        check_case as own_case,
        explained_sv,
        explained_en
        {%- for place, expression in texts.items() %},
        cast({{ expression }} as {{ text }}) as place_{{ place }}
        {%- endfor %}
        {%- for place, expression in numbers.items() %},
        case when shows_{{ place }} then {{ swedish_number(expression) }} end as place_{{ place }}
        {%- endfor %}
        {%- for place, (list, expression) in words.items() %},
        cast({{ expression }} as {{ text }}) as place_{{ place }}
        {%- endfor %}
    from judged
    left join explanations
        on coalesce(judged.check_case, judged.check_verdict) = explanations.explained_case
),

explained as (
    select
        measured.*,
        {%- if aspect %}
        aspects.aspect_sv,
        {%- endif %}
        {%- for language in ['sv', 'en'] %}
        {{- 'replace(' * places | length -}}
        measured.explained_{{ language }}
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

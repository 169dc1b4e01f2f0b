{#- Fails for every value of a fact that is not what its print says, for every print that a fact should take
    and does not, and for every print that it takes twice. What is chosen among several prints of one
    concept is worked out here once more: a number before a missing mark, then the table's precedence.
    A fact has the sign that its column and its row give, whatever print has.

    keys      columns of the fact to those of the print (unit_code, gender, ...)
    values    a value column to `figure_id` (its column), `scenario`, `unit` (mnkr; none for the base
              unit), `measures` (codes; none for all indicators), `missing` (its column, if any) and
              `years_before` (a column whose print is of another year than the fact's) -#}
{% test equals_print(model, keys, values) %}
with facts as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(model) }} as rows_of_model
),

prints as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_printed_figures')) }} as rows_of_prints
),

units as (
    select * from {{ ref('reference_units_of_measure') }}
),

reports as (
    select * from {{ ref('dim_reports') }}
),

tables as (
    select * from {{ ref('dim_printed_tables') }}
),

columns_ as (
    select * from {{ ref('int_templates__columns') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

-- Most quantities are printed once: only the others are ranked.
printed_again as (
    select
        report_id,
        concept_key
    from prints
    group by report_id, concept_key
    having count(*) > 1
),

ranked as (
    select
        prints.figure_id,
        row_number() over (
            partition by prints.report_id, prints.concept_key
            order by
                case when prints.value is null then 1 else 0 end,
                tables.precedence,
                prints.source_line_first,
                prints.figure_id
        ) as choice
    from prints
    inner join printed_again
        on
            prints.report_id = printed_again.report_id
            and prints.concept_key = printed_again.concept_key
    inner join reports
        on prints.report_id = reports.report_id
    inner join tables
        on
            reports.template = tables.template
            and prints.source_table = tables.source_table
),

chosen as (
    select
        -- No more columns than are judged: they are kept once for all values of the fact.
        prints.report_id,
        prints.figure_id,
        prints.value,
        prints.printed_text,
        prints.missing_code,
        prints.source_line_first,
        prints.scenario,
        prints.measure_code,
        prints.fiscal_year,
        reports.report_year,
        {%- for column in keys.values() | unique if column not in ('fiscal_year', 'measure_code') %}
        prints.{{ column }},
        {%- endfor %}
        -- A fact has its own sign: that of the column and of the row; of the words in running text.
        cast(coalesce(units.base_factor, 1) as decimal(18, 6)) / coalesce(units.base_divisor, 1)
        * case
            when tables.table_role = 'text' then sign(prints.base_factor)
            else coalesce(nullif(columns_.sign, 0), 1) * prints.row_sign
        end as fact_factor,
        indicators.indicator_code is not null as is_indicator,
        coalesce(ranked.choice, 1) as choice
    from prints
    left join ranked
        on prints.figure_id = ranked.figure_id
    left join units
        on prints.unit_of_measure = units.unit_of_measure
    inner join reports
        on prints.report_id = reports.report_id
    inner join tables
        on
            reports.template = tables.template
            and prints.source_table = tables.source_table
    left join columns_
        on
            reports.template = columns_.template
            and prints.source_table = columns_.source_table
            and prints.column_name = columns_.column_name
    left join indicators
        on prints.measure_code = indicators.indicator_code
),

judged as (
    {%- for column, rule in values.items() %}
    {%- set factor = 1000 if rule.get('unit') == 'mnkr' else 1 %}
    {%- set expected = 'cast(chosen.value * chosen.fact_factor / ' ~ factor ~ ' as decimal(18, 6))' %}
    select
        '{{ column }}' as column_name,
        facts.report_id,
        facts.{{ rule.figure_id }} as figure_id,
        facts.{{ column }} as found,
        {{ expected }} as expected,
        chosen.printed_text,
        chosen.source_line_first,
        case
            when facts.{{ rule.figure_id }} is null and facts.{{ column }} is null then null
            when chosen.figure_id is null then 'har inget tryck'
            when facts.report_id <> chosen.report_id then 'hör till en annan rapport'
            when facts.{{ column }} is distinct from {{ expected }} then 'är ett annat tal än trycket'
            when chosen.scenario <> '{{ rule.scenario }}' then 'är av ett annat slag än trycket'
            when chosen.choice > 1 then 'är hämtat ur fel tabell'
            {%- if 'fiscal_year' in keys %}
            when facts.fiscal_year <> chosen.fiscal_year then 'gäller ett annat år än trycket'
            {%- endif %}
            {%- for mine, theirs in keys.items() if mine != 'fiscal_year' %}
            when facts.{{ mine }} is distinct from chosen.{{ theirs }}
                then 'har en annan kod i {{ mine }} än trycket'
            {%- endfor %}
            {%- if rule.get('missing') %}
            when facts.{{ rule.missing }} is distinct from chosen.missing_code
                then 'har ett annat skäl för saknat värde än trycket'
            {%- endif %}
        end as fault
    from facts
    left join chosen
        on facts.{{ rule.figure_id }} = chosen.figure_id
    union all
    select
        '{{ column }}' as column_name,
        chosen.report_id,
        chosen.figure_id,
        cast(null as decimal(18, 6)) as found,
        {{ expected }} as expected,
        chosen.printed_text,
        chosen.source_line_first,
        case
            when count(facts.{{ rule.figure_id }}) = 0 then 'saknas fast det är tryckt'
            else 'finns på flera rader'
        end as fault
    from chosen
    left join facts
        on chosen.figure_id = facts.{{ rule.figure_id }}
    where
        chosen.choice = 1
        and chosen.scenario = '{{ rule.scenario }}'
        {%- if rule.get('measures') %}
        and chosen.measure_code in ('{{ rule.measures | join("', '") }}')
        {%- else %}
        and chosen.is_indicator
        {%- endif %}
        {%- if 'fiscal_year' not in keys %}
        -- The fact is of the report's year; what print has of others is a printed figure only.
        and chosen.fiscal_year = chosen.report_year
        {%- endif %}
    group by
        chosen.report_id,
        chosen.figure_id,
        chosen.value,
        chosen.fact_factor,
        chosen.printed_text,
        chosen.source_line_first
    having count(facts.{{ rule.figure_id }}) <> 1
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    report_id,
    figure_id,
    '{{ model.identifier }}, kolumn ' || column_name || ': värdet '
    || coalesce(cast(found as {{ dbt.type_string() }}), '(inget)') || ' ' || fault || ': '
    || coalesce(figure_id, '(ingen figur)') || coalesce(', rad ' || source_line_first, '')
    || coalesce(', tryckt ”' || printed_text || '”', '') || ', ger '
    || coalesce(cast(expected as {{ dbt.type_string() }}), '(inget)')
    || '. Trolig orsak: modellen räknar, väljer eller märker fel.' as message_sv
from judged
where fault is not null
{% endtest %}

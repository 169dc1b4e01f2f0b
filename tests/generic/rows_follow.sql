{#- Fails for every row of a model that its source does not have, for every row of the source that the model
    lacks, and for every value that is not the source's, or not what its parts give.

    source         relation that the rows come from
    key            columns that tell the rows apart, by name in both, or a mapping model to source
    where          condition on the source's rows (alias `source`)
    columns        columns whose values are the source's: a list, or a mapping to the source's column or an
                   expression over it (alias `source`)
    computed       a column to the expression, over the model's own columns, that gives it
    model_where    condition on the model's rows -#}
{% test rows_follow(
    model, source, key, columns=[], computed={}, where='1 = 1', model_where='1 = 1'
) %}
    {%- set key = key if key is mapping else dict(zip(key, key)) %}
    {%- set columns = columns if columns is mapping else dict(zip(columns, columns)) %}
    {%- set text = dbt.type_string() %}
    {#- Where one of the two keeps the rows of reports, those of this run are compared. -#}
    {%- set of_this_run = is_of_this_run('report_id') %}
    {%- set sides = [source, model] %}
    {%- set keeps = sides | map(attribute='identifier') | select('in', tables_by_report()) | list %}
    {%- set of_reports = [] %}
    {%- for side in sides if execute and reads_folder() and keeps %}
    {%- do of_reports.extend(
        adapter.get_columns_in_relation(side) | selectattr('name', 'equalto', 'report_id') | list
    ) %}
    {%- endfor %}
    {%- set of_run = of_this_run if of_reports | length == 2 else '1 = 1' %}
with source as (
    select * from {{ rows_of_this_run(source) }} as source
    where ({{ where }}) and {{ of_run }}
),

made as (
    select
        rows_of_model.*
        {%- for column, expression in computed.items() %},
        ({{ expression }}) as expected_{{ column }}
        {%- endfor %}
    from {{ rows_of_this_run(model) }} as rows_of_model
    where ({{ model_where }}) and {{ of_run }}
),

paired as (
    select
        {%- for mine, theirs in key.items() %}
        {{ "|| ' / ' || " if not loop.first }}coalesce(
            cast(made.{{ mine }} as {{ text }}), cast(source.{{ theirs }} as {{ text }}), '(tom)'
        )
        {%- endfor %} as row_key,
        case
            when made.{{ key.keys() | first }} is null then 'raden saknas'
            when source.{{ key.values() | first }} is null then 'raden finns inte i {{ source.identifier }}'
            {%- for mine, theirs in columns.items() %}
            {%- set expected = 'source.' ~ theirs if theirs.isidentifier() else '(' ~ theirs ~ ')' %}
            when (made.{{ mine }} is distinct from {{ expected }})
                then
                    '{{ mine }} är ' || coalesce(cast(made.{{ mine }} as {{ text }}), '(inget)')
                    || '; väntat ' || coalesce(cast({{ expected }} as {{ text }}), '(inget)')
            {%- endfor %}
            {%- for column in computed %}
            when (made.{{ column }} is distinct from made.expected_{{ column }})
                then
                    '{{ column }} är ' || coalesce(cast(made.{{ column }} as {{ text }}), '(inget)')
                    || '; dess delar ger '
                    || coalesce(cast(made.expected_{{ column }} as {{ text }}), '(inget)')
            {%- endfor %}
        end as fault
    from made
    full outer join source
        on
            {%- for mine, theirs in key.items() %}
            {{ 'and ' if not loop.first }}made.{{ mine }} = source.{{ theirs }}
            {%- endfor %}
)

select
    row_key,
    '{{ model.identifier }}: ' || row_key || ': ' || fault
    || '. Trolig orsak: modellen läser, räknar eller väljer fel.' as message_sv
from paired
where fault is not null
{% endtest %}

{#- Fails for every key that more than one row has, or that is null in part. -#}
{% test key_is_unique(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as row_count,
    '{{ model.identifier }}: nyckeln '
    {%- for column in columns %}
    || {{ "' / ' || " if not loop.first }}coalesce(
        cast({{ column }} as {{ dbt.type_string() }}), '(tom)'
    )
    {%- endfor %}
    || ' finns på ' || count(*) || ' rader; väntat är en rad med ifylld nyckel. '
    || 'Trolig orsak: en rad är dubblerad i en seed.' as message_sv
from {{ model }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}

{#- Fails for every value outside its column's list: `accepted` maps each column to its codes. -#}
{% test codes_are_accepted(model, accepted) %}
    {%- for column, codes in accepted.items() %}
select
    '{{ column }}' as column_name,
    {{ column }} as code,
    '{{ model.identifier }}: ' || {{ column }} || ' i kolumnen {{ column }} är ingen känd kod. '
    || 'Väntat är någon av {{ codes | join(", ") }}.' as message_sv
from {{ model }}
where {{ column }} not in ({% for code in codes %}'{{ code }}'{{ ', ' if not loop.last }}{% endfor %})
        {%- if not loop.last %}
union all
        {%- endif %}
    {%- endfor %}
{% endtest %}

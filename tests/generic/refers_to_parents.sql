{#- Fails for every value of a column that its parent table lacks: `parents` maps each column to the
    relation `to` and its `field`. -#}
{% test refers_to_parents(model, parents) %}
    {%- for column, parent in parents.items() %}
select
    '{{ column }}' as column_name,
    child.{{ column }} as orphan,
    '{{ model.identifier }}: ' || child.{{ column }}
    || ' i kolumnen {{ column }} saknas i {{ parent.to.identifier }}. '
    || 'Trolig orsak: koden är felstavad, eller raden är inte tillagd där.' as message_sv
from {{ model }} as child
left join {{ parent.to }} as parent
    on child.{{ column }} = parent.{{ parent.field }}
where child.{{ column }} is not null and parent.{{ parent.field }} is null
        {%- if not loop.last %}
union all
        {%- endif %}
    {%- endfor %}
{% endtest %}

{#- Fails for every key that is doubled or empty, every code without its parent row, and every code
    outside its list. One test over a table, so that a table costs one node.

    key       columns of the key
    parents   a column to the relation `to` and its `field`
    codes     a column to its list in reference_codes; null is always accepted -#}
{% test rows_are_sound(model, key, parents={}, codes={}) %}
    {%- set text = dbt.type_string() %}
    {#- The parents of a run's rows are of the run; those of a seed's rows of any. -#}
    {%- set own = rows_of_this_run(model) %}
select
    '{{ model.identifier }}: nyckeln '
    {%- for column in key %}
    || {{ "' / ' || " if not loop.first }}coalesce(cast({{ column }} as {{ text }}), '(tom)')
    {%- endfor %}
    || ' finns på ' || count(*) || ' rader; väntat är en rad med ifylld nyckel. '
    || 'Trolig orsak: en rad är dubblerad i en seed.' as message_sv
from {{ own }} as rows_of_model
group by {{ key | join(', ') }}
having count(*) > 1 or {{ key | join(' is null or ') }} is null
    {%- for column, parent in parents.items() %}
union all
select
    '{{ model.identifier }}: ' || child.{{ column }}
    || ' i kolumnen {{ column }} saknas i {{ parent.to.identifier }}. '
    || 'Trolig orsak: koden är felstavad, eller raden är inte tillagd där.' as message_sv
from {{ own }} as child
left join {{ rows_of_this_run(parent.to) if own != model else parent.to }} as parent
    on child.{{ column }} = parent.{{ parent.field }}
where child.{{ column }} is not null and parent.{{ parent.field }} is null
    {%- endfor %}
    {%- for column, list in codes.items() %}
union all
select
    '{{ model.identifier }}: ' || child.{{ column }}
    || ' i kolumnen {{ column }} är ingen känd kod. Är den rätt, lägg en rad med listan {{ list }}, '
    || 'koden och dess ord i reference_codes.' as message_sv
from {{ own }} as child
left join {{ ref('dim_codes') }} as codes
    on codes.list = '{{ list }}' and child.{{ column }} = codes.code
where child.{{ column }} is not null and codes.code is null
group by child.{{ column }}
    {%- endfor %}
{% endtest %}

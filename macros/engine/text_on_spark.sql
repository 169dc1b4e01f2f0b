{#- Contracts and seeds say `varchar`, which Spark calls `string`. -#}
{% macro spark_type(type) -%}
    {{- 'string' if type == 'varchar' else type -}}
{%- endmacro %}

{% macro spark__cast(field, type) -%}
    cast({{ field }} as {{ spark_type(type) }})
{%- endmacro %}

{% macro joined_text(columns) -%}
    {%- if columns -%}
        {%- for column in columns -%}
            {{- " || '|' || " if not loop.first -}}
            coalesce(cast({{ column }} as {{ dbt.type_string() }}), '')
        {%- endfor -%}
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

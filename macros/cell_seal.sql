{#- MD5 of everything that a printed seed says of one cell: its place, its lines, labels and text. -#}
{% macro cell_seal(relation) -%}
    md5(
        {%- for column in [
            'figure_id', 'source_line_first', 'source_line_last', 'section_label', 'group_label',
            'row_label', 'printed_text',
        ] %}
        {{ "|| '|' || " if not loop.first -}}
        coalesce(cast({{ relation }}.{{ column }} as {{ dbt.type_string() }}), '')
        {%- endfor %}
    )
{%- endmacro %}

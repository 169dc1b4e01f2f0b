{#- MD5 of everything that a printed seed says of one cell: its place, its lines, labels and text. -#}
{% macro cell_seal(relation) -%}
    {%- set columns = [] -%}
    {%- for column in [
        'figure_id', 'source_line_first', 'source_line_last', 'section_label', 'group_label',
        'row_label', 'printed_text', 'row_context',
    ] -%}
        {%- do columns.append(relation ~ '.' ~ column) -%}
    {%- endfor -%}
    md5({{ joined_text(columns) }})
{%- endmacro %}

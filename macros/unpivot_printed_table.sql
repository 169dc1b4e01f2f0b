{% macro unpivot_printed_table(
    source_table, cells, row_label='row_label', group_label='null', section_label='null', row_context=[]
) %}
    {%- for cell in cells %}
    {%- set column, line = (cell, none) if cell is string else cell %}
    {%- set first = 'source_line_first' if line is none
        else 'coalesce(' ~ line ~ ', source_line_first)' %}
    {%- set last = 'source_line_last' if line is none
        else 'coalesce(' ~ line ~ ', source_line_last)' %}
select
    report_id || '.{{ source_table }}.' || row_no || '.{{ column }}' as figure_id,
    report_id,
    '{{ source_table }}' as source_table,
    {{ whole_number('row_no') }} as row_no,
    '{{ column }}' as column_name,
    {{ whole_number(first) }} as source_line_first,
    {{ whole_number(last) }} as source_line_last,
    cast({{ section_label }} as {{ dbt.type_string() }}) as section_label,
    cast({{ group_label }} as {{ dbt.type_string() }}) as group_label,
    {{ row_label }} as row_label,
    {{ column }} as printed_text,
    {{ joined_text(row_context) }} as row_context
from {{ ref('printed_' ~ source_table) }}
        {%- if not loop.last %}
union all
        {%- endif %}
    {%- endfor %}
{% endmacro %}

{% macro unpivot_printed_table(
    seed, names, cells, source_table, row_label='row_label', group_label='null', section_label='null',
    lines={}, row_context=[]
) %}
    {%- set text = dbt.type_string() -%}
select
    report_id || '.' || {{ source_table }} || '.' || row_no || '.' || column_name as figure_id,
    report_id,
    {{ source_table }} as source_table,
    {{ whole_number('row_no') }} as row_no,
    column_name,
    {%- for end in ['first', 'last'] %}
    {%- set line = 'source_line_' ~ end %}
    {%- if lines %}
    {%- set line -%}
        coalesce(
            case
                {%- for column, of_cells in lines.items() %}
                when column_name in ('{{ of_cells | join("', '") }}') then {{ column }}
                {%- endfor %}
            end,
            source_line_{{ end }}
        )
    {%- endset %}
    {%- endif %}
    {{ whole_number(line) }} as source_line_{{ end }},
    {%- endfor %}
    cast({{ section_label }} as {{ text }}) as section_label,
    cast({{ group_label }} as {{ text }}) as group_label,
    {{ row_label }} as row_label,
    case column_name
        {%- for name, column in cells.items() %}
        when '{{ name }}' then {{ column }}
        {%- endfor %}
    end as printed_text,
    {{ joined_text(row_context) }} as row_context
from (
    select
        printed.*
        {%- for name, column in cells.items() %},
        count({{ column }}) over of_table as texts_of_{{ name }}
        {%- endfor %}
    from {{ ref(seed) }} as printed
    where coalesce(report_id, '') not in (select report_id from kept)
    window of_table as (partition by report_id, {{ source_table }})
) as rows_of_table
cross join {{ names }}
where
    case column_name
        {%- for name in cells %}
        when '{{ name }}' then texts_of_{{ name }}
        {%- endfor %}
    end > 0
{% endmacro %}

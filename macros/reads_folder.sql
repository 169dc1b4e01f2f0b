{% macro reads_folder() -%}
    {{- return(var('printed_source') == 'parquet') -}}
{%- endmacro %}

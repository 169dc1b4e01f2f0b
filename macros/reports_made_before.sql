{% macro reports_made_before() -%}
    {%- set made = relation_of('run_result') if execute and reads_folder() -%}
    {%- if not made or flags.FULL_REFRESH -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set last = run_query('select max(project_digest) from ' ~ made).rows[0][0] -%}
    {%- if last and last != project_digest() -%}
        {%- do exceptions.raise_compiler_error(
            'Modellerna, testerna eller projektets egna seeds är inte de som rapporterna gjordes med. '
            ~ 'Kör om med --full-refresh, så att alla rapporter görs om'
        ) -%}
    {%- endif -%}
    {{- return(made) -}}
{%- endmacro %}

{#- The folder as `bokslut load` has copied it to PostgreSQL: a table for each subfolder and the list of
    files, in the schema `loaded`. -#}

{% macro postgres__note_files() -%}
    {%- if not adapter.get_relation(target.dbname, 'loaded', 'files') -%}
        {%- do exceptions.raise_compiler_error(
            'Ingen mapp är inläst. Läs in den först: uv run --group postgres bokslut load MAPP'
        ) -%}
    {%- endif -%}
    {%- do note('source_files', 'select * from loaded.files') -%}
    {{- return(has_files('reference_reports')) -}}
{%- endmacro %}

{#- `bokslut load` has copied no file that lacks a column. -#}
{% macro postgres__wrong_column(seeds) -%}
{%- endmacro %}

{% macro postgres__rows_of_files(seed_name, files=none) -%}
    {{- return('loaded.' ~ seed_name) -}}
{%- endmacro %}

{% macro postgres__digest_of_rows(seed_name, columns) -%}
    sum(hashtextextended(cast(row('{{ seed_name }}', {{ columns }}) as text), 0))
{%- endmacro %}

{% macro postgres__note(table, query) -%}
    {%- do run_query('drop table if exists printed.' ~ table) -%}
    {%- do run_query('create table printed.' ~ table ~ ' as ' ~ query) -%}
{%- endmacro %}

{#- dbt does not know that a transaction is open here. -#}
{% macro postgres__commit_hook() -%}
    {%- do run_query('commit') -%}
{%- endmacro %}

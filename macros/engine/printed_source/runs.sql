{#- Where the printed tables come from. With `printed_source: seeds` they are the seeds of this project.
    With `printed_source: parquet` a folder of Parquet (`printed_path`), in which each subfolder has the
    name and the columns of a seed, takes the place of those seeds, and a run reads the reports that are
    new or changed. No model knows the difference. See docs/many_reports.md. -#}
{% macro reads_folder() -%}
    {{- return(var('printed_source') == 'parquet') -}}
{%- endmacro %}

{#- A condition: the report is read in this run. Tests of what a run makes use it. -#}
{% macro is_of_this_run(report_id) -%}
    {%- if reads_folder() -%}
        {{ report_id }} in (select report_id from printed.reports_of_this_run)
    {%- else -%}
        1 = 1
    {%- endif -%}
{%- endmacro %}

{#- A condition: the cell is to have a seal. Reports of a folder may be sealed where they come from: all
    cells of a report have a seal here, or none. -#}
{% macro is_to_be_sealed(figure_id, seals) -%}
    {%- if reads_folder() -%}
        split_part({{ figure_id }}, '.', 1) in (
            select split_part(sealed.figure_id, '.', 1) from {{ seals }} as sealed
        )
        and {{ is_of_this_run("split_part(" ~ figure_id ~ ", '.', 1)") }}
    {%- else -%}
        1 = 1
    {%- endif -%}
{%- endmacro %}

{#- A fact with the rows that this run made, for its tests: the others were tested when they were made. -#}
{% macro rows_of_this_run(relation) -%}
    {%- if execute and reads_folder()
        and incremental_facts() | selectattr('alias', 'equalto', relation.identifier) | list -%}
        (select * from {{ relation }} where {{ is_of_this_run('report_id') }})
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{% macro incremental_facts() -%}
    {{- return(
        graph.nodes.values() | selectattr('config.materialized', 'equalto', 'incremental') | list
    ) -}}
{%- endmacro %}

{#- Whether every incremental fact exists, so that rows can be added to it. -#}
{% macro facts_are_there() -%}
    {%- for node in incremental_facts() -%}
        {%- set found = adapter.get_relation(node.database, node.schema, node.alias) -%}
        {%- if found is none or not found.is_table -%}
            {{- return(false) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(true) -}}
{%- endmacro %}

{#- Before the run. Stops with one message where the printed tables cannot be read. -#}
{% macro read_printed_source() -%}
    {%- if var('printed_source') not in ['seeds', 'parquet'] -%}
        {%- do exceptions.raise_compiler_error(
            'printed_source är "' ~ var('printed_source') ~ '"; väntat är seeds eller parquet.'
        ) -%}
    {%- endif -%}
    {%- if execute and flags.WHICH in ['build', 'run', 'seed'] -%}
        {%- if reads_folder() -%}
            {%- do read_printed_folder() -%}
        {%- elif noted('loaded_reports') -%}
            {#- The facts will hold the seeds: the next run on a folder starts anew. -#}
            {%- do adapter.drop_relation(noted('loaded_reports')) -%}
            {%- do commit_hook() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro read_printed_folder() -%}
    {%- do run_query('create schema if not exists printed') -%}
    {%- do note_reports(examined_folder()) -%}
    {%- do commit_hook() -%}
{%- endmacro %}

{#- After the run: what has been read counts as loaded if and only if everything succeeded, so that a
    run that failed is done again. Where the last of these is lost, the next run reads more, not less. -#}
{% macro remember_printed_source(results) -%}
    {%- if execute and reads_folder() and flags.WHICH in ['build', 'run', 'seed'] -%}
        {%- set failed = results
            | selectattr('status', 'in', ['error', 'fail', 'skipped', 'runtime error']) | list -%}
        {%- set ran = results | map(attribute='node.unique_id') | list -%}
        {%- set left_out = graph.nodes.values()
            | selectattr('resource_type', 'equalto', 'model')
            | selectattr('config.materialized', 'in', ['incremental', 'table'])
            | rejectattr('unique_id', 'in', ran) | list -%}
        {%- if not failed and not left_out -%}
            {%- do note('loaded_reports', 'select * from printed.source_reports') -%}
            {%- do note('loaded_files', 'select * from printed.source_files') -%}
        {%- endif -%}
        {%- do adapter.dispatch('close_print', 'bokslut')() -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}

{#- On DuckDB, before a fact takes the rows of this run: its rows of the same reports, and of reports that
    are gone, leave in the same transaction. -#}
{% macro drop_reports_of_this_run(relation) -%}
    {%- if execute and is_incremental() and adapter.type() == 'duckdb' -%}
        delete from {{ relation }}
        where not ({{ stays_as_it_is() }})
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}

{#- A condition: the row of a fact is of a report that is still there, and not read in this run. -#}
{% macro stays_as_it_is() -%}
    report_id not in (select report_id from printed.reports_of_this_run)
    and report_id in (select report_id from printed.source_reports)
{%- endmacro %}

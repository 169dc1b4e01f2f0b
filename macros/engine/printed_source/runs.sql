{#- Where the printed tables come from. With `printed_source: seeds` they are the seeds of this project.
    With `printed_source: parquet` a folder of Parquet (`printed_path`), in which each subfolder has the
    name and the columns of a seed, takes the place of those seeds: the relation of the seed is the same,
    so that no model knows the difference. See docs/many_reports.md. -#}

{#- Whether a run reads only the reports that are new or changed: DuckDB, on Parquet. -#}
{% macro reads_changed_reports_only() -%}
    {{- return(var('printed_source') == 'parquet' and adapter.type() == 'duckdb') -}}
{%- endmacro %}

{#- A condition: the report is read in this run. Tests of what a run makes use it. -#}
{% macro is_of_this_run(report_id) -%}
    {%- if reads_changed_reports_only() -%}
        {{ report_id }} in (select report_id from printed.reports_of_this_run)
    {%- else -%}
        1 = 1
    {%- endif -%}
{%- endmacro %}

{#- A condition: the cell is to have a seal. Reports of a folder may be sealed where they come from: all
    cells of a report have a seal here, or none. -#}
{% macro is_to_be_sealed(figure_id, seals) -%}
    {%- if var('printed_source') == 'parquet' -%}
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
    {%- if execute and reads_changed_reports_only()
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
    {%- if execute and var('printed_source') == 'parquet' and flags.WHICH in ['build', 'run', 'seed'] -%}
        {%- do adapter.dispatch('read_printed_folder', 'bokslut')() -%}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__read_printed_folder() -%}
    {%- set seeds = examined_folder() -%}
    {%- do note_reports(seeds) -%}
    {%- do adapter.commit() -%}
{%- endmacro %}

{#- After the run: what has been read counts as loaded if and only if everything succeeded, so that a
    run that failed is done again. -#}
{% macro remember_printed_source(results) -%}
    {%- if execute and reads_changed_reports_only() -%}
        {%- set failed = results
            | selectattr('status', 'in', ['error', 'fail', 'skipped', 'runtime error']) | list -%}
        {%- set ran = results | map(attribute='node.unique_id') | list -%}
        {%- set left_out = graph.nodes.values()
            | selectattr('resource_type', 'equalto', 'model')
            | selectattr('config.materialized', 'in', ['incremental', 'table'])
            | rejectattr('unique_id', 'in', ran) | list -%}
        {%- if not failed and not left_out -%}
            {%- do run_query('create or replace table printed.loaded_files as from printed.source_files') -%}
            {%- do run_query('create or replace table printed.loaded_reports as from printed.source_reports') -%}
            {%- do adapter.commit() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- Before a fact takes the rows of this run: its rows of the same reports, and of reports that are
    gone, leave in the same transaction. -#}
{% macro drop_reports_of_this_run(relation) -%}
    {%- if execute and is_incremental() -%}
        delete from {{ relation }}
        where
            report_id in (select report_id from printed.reports_of_this_run)
            or report_id not in (select report_id from printed.source_reports)
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}

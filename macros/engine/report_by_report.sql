{#- Report by report: a run on a folder makes the reports whose digest the warehouse does not have, and
    drops those that the register lacks. `run_plan` has which of them stay as they are,
    and `run_result`, made last of all, those that a whole run has left. -#}
{% macro incremental_by_report() -%}
    {%- if reads_folder() -%}
        {{- config(
            materialized='incremental',
            incremental_strategy='append',
            on_schema_change='fail',
            pre_hook="{{ drop_reports_of_this_run() }}"
        ) -}}
    {%- endif -%}
{%- endmacro %}

{#- In the transaction in which the new rows come. Spark, which cannot delete, leaves them when it writes
    the table anew. -#}
{% macro drop_reports_of_this_run() -%}
    {%- set condition = is_kept() -%}
    {%- if is_incremental() and adapter.type() != 'spark' -%}
        delete from {{ this }} where not {{ condition }}
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}

{% macro is_kept() -%}
    (report_id in (select report_id from {{ ref('run_plan') }} where is_kept))
{%- endmacro %}

{#- The relation of the reports that the last whole run left; none where all are to be made: on the seeds, at
    first, and when asked for. Models that have changed since would give other rows of every report, so
    the run stops. -#}
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

{#- The rows of each report in the tables that keep them, as they lie in the database; on the seeds nothing
    is kept. -#}
{% macro rows_by_report() -%}
    select report_id, sum(row_count) as row_count
    from (
        {%- for name in tables_by_report() %}
        {%- set relation = relation_of(name) if execute and reads_folder() %}
        {%- if relation %}
        select report_id, count(*) as row_count
        from {{ relation }}
        group by report_id
        union all
        {%- endif %}
        {%- endfor %}
        select cast(null as {{ dbt.type_string() }}) as report_id, 0 as row_count
    ) as rows_of_tables
    group by report_id
{%- endmacro %}

{#- Says how many reports a run makes. -#}
{% macro tell_reports(versions) -%}
    {%- if execute and reads_folder() -%}
        {%- set counted = run_query(
            'select sum(case when is_new then 1 else 0 end), count(*) from ' ~ versions
        ).rows[0] -%}
        {%- do log('Rapporter: ' ~ counted[0] ~ ' nya eller ändrade av ' ~ counted[1], info=true) -%}
    {%- endif -%}
{%- endmacro %}

{#- The tables that take rows report by report. -#}
{% macro tables_by_report() -%}
    {{- return([
        'fct_claims', 'fct_events', 'fct_printed_figures', 'fct_goal_assessments', 'fct_indicators',
        'fct_investments', 'fct_check_figures', 'fct_reconciliations', 'fct_results',
        'rpt_changes', 'rpt_figure_coverage', 'rpt_indicators',
    ]) -}}
{%- endmacro %}

{#- The models that no other model rests on. -#}
{% macro models_made_last() -%}
    {{- return([
        'int_cells__sealed', 'int_lines__figures', 'int_prints__figures', 'rpt_changes',
        'rpt_figure_coverage', 'rpt_goals', 'rpt_reconciliation_summary', 'rpt_reports',
        'rpt_trail_checks',
    ]) -}}
{%- endmacro %}

{#- The table of a model as it lies in the database; none where there is none. -#}
{% macro relation_of(name) -%}
    {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ name] -%}
    {%- set found = adapter.get_relation(node.database, node.schema, node.alias) -%}
    {{- return(found if found and found.is_table) -}}
{%- endmacro %}

{#- What every report rests on beside the folder, as one digest. -#}
{% macro project_digest() -%}
    {%- set parts = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type in ['model', 'seed', 'test'] -%}
        {%- do parts.append(node.unique_id ~ node.checksum.checksum) -%}
    {%- endfor -%}
    {%- for macro in context[project_name].values() -%}
        {%- do parts.append(macro.macro.unique_id ~ macro.macro.macro_sql) -%}
    {%- endfor -%}
    {{- return(local_md5(parts | sort | join(' '))) -}}
{%- endmacro %}

{#- The contract of a fact says its types. PostgreSQL makes its text `varchar`, and `text` in the table of
    the new rows, which has no contract. -#}
{% macro postgres__diff_column_data_types(source_columns, target_columns) -%}
    {{- return([]) -}}
{%- endmacro %}

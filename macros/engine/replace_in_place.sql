{#- On DuckDB a view or a table is replaced in one transaction, where dbt's own way builds it beside,
    renames twice and drops: readers never miss it, a build that fails leaves the old one, and a view
    costs a third of its time. Spark keeps dbt's own way. -#}
{% materialization view, adapter='duckdb' %}
    {%- set made = create_or_replace_view() -%}
    {%- do adapter.commit() -%}
    {{- return(made) -}}
{% endmaterialization %}

{% macro duckdb__create_view_as(relation, sql) -%}
    create or replace view {{ relation }} as (
        {{ sql }}
    );
{%- endmacro %}

{% materialization table, adapter='duckdb' %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}

    {{- run_hooks(pre_hooks, inside_transaction=False) -}}
    {{- run_hooks(pre_hooks, inside_transaction=True) -}}

    {%- if existing_relation is not none and not existing_relation.is_table -%}
        {{- adapter.drop_relation(existing_relation) -}}
    {%- endif -%}

    {%- call statement('main') -%}
        {%- if config.get('contract').enforced -%}
            {{- get_assert_columns_equivalent(sql) }}
            create or replace table {{ target_relation }}
            {{ get_table_columns_and_constraints() }};
            insert into {{ target_relation }} {{ get_column_names() }} (
                {{ get_select_subquery(sql) }}
            );
        {%- else %}
            create or replace table {{ target_relation }} as (
                {{ sql }}
            );
        {%- endif -%}
    {%- endcall -%}

    {{- run_hooks(post_hooks, inside_transaction=True) -}}
    {%- do persist_docs(target_relation, model) -%}
    {{- adapter.commit() -}}
    {{- run_hooks(post_hooks, inside_transaction=False) -}}

    {{- return({'relations': [target_relation]}) -}}
{% endmaterialization %}

{#- With many reports a fact has no index of its key: it would be larger than the fact. The tests of
    each mart prove the key. -#}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- if not reads_folder() -%}
        {{- return(table_columns_and_constraints()) -}}
    {%- endif -%}
    (
        {{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(', ') }}
    )
{%- endmacro %}

{#- On PostgreSQL a table or a view keeps its identity as long as it keeps its columns: its rows, or its
    query, are exchanged in one transaction. dbt's own way drops the old one, and with it every view
    that reads it and every right that the owner of the database has granted on it; a run that fails
    halfway would leave readers without their reports. -#}
{% materialization table, adapter='postgres' %}
    {%- set beside = make_intermediate_relation(this.incorporate(type='table')) -%}
    {%- set exchange -%}
        delete from {{ this }};
        insert into {{ this }} select * from {{ beside }};
        drop table {{ beside }};
    {%- endset -%}
    {{- return(exchanged_in_place(beside, get_create_table_as_sql, exchange, sql)) -}}
{% endmaterialization %}

{#- An incremental fact gives up only its rows of this run. -#}
{% materialization incremental, adapter='postgres' %}
    {%- set beside = make_intermediate_relation(this.incorporate(type='table')) -%}
    {%- set exchange -%}
        delete from {{ this }} where not ({{ stays_as_it_is() }});
        insert into {{ this }} select * from {{ beside }};
        drop table {{ beside }};
    {%- endset -%}
    {{- return(
        exchanged_in_place(beside, get_create_table_as_sql, exchange, sql, keeps_rows=true)
    ) -}}
{% endmaterialization %}

{#- A fact with other columns than its model cannot take rows, nor be made anew from a few reports. -#}
{% macro stop_at_other_columns(relation) -%}
    {%- do exceptions.raise_compiler_error(
        relation.identifier ~ ' har andra kolumner än modellen. Kör om med --full-refresh, '
        ~ 'så att alla rapporter läses och tabellen görs om'
    ) -%}
{%- endmacro %}

{% materialization view, adapter='postgres' %}
    {%- set beside = make_intermediate_relation(this.incorporate(type='view')) -%}
    {%- set exchange -%}
        create or replace view {{ this }} as (
            {{ sql }}
        );
        drop view {{ beside }};
    {%- endset -%}
    {{- return(exchanged_in_place(beside, get_create_view_as_sql, exchange, sql)) -}}
{% endmaterialization %}

{#- Makes the relation anew beside the one there is, and exchanges what they hold where their columns are
    the same; otherwise the new one takes the place.

    beside      the new relation, a name of its own
    create      the macro of dbt that gives the SQL to make it
    exchange    SQL that fills the old one from the new one and drops that
    sql         the model's query
    keeps_rows  the old one has rows that the new one lacks: where columns differ, the run stops -#}
{% macro exchanged_in_place(beside, create, exchange, sql, keeps_rows=false) -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set made = this.incorporate(type=beside.type) -%}
    {{- drop_relation_if_exists(load_cached_relation(beside)) -}}

    {{- run_hooks(pre_hooks, inside_transaction=False) -}}
    {{- run_hooks(pre_hooks, inside_transaction=True) -}}

    {%- call statement('main') -%}
        {{ create(False, beside, sql) if made.is_table else create(beside, sql) }}
    {%- endcall -%}

    {%- if existing is not none and existing.type == made.type and not should_full_refresh()
        and adapter.get_columns_in_relation(existing) == adapter.get_columns_in_relation(beside) -%}
        {%- call statement('exchange') -%}
            {{ exchange }}
        {%- endcall -%}
    {%- elif keeps_rows and existing is not none and existing.is_table and not should_full_refresh() -%}
        {%- do stop_at_other_columns(existing) -%}
    {%- else -%}
        {%- if existing is not none -%}
            {{- adapter.drop_relation(existing) -}}
        {%- endif -%}
        {{- adapter.rename_relation(beside, made) -}}
    {%- endif -%}

    {%- if made.is_table -%}
        {#- Without statistics a join of thousands of reports is planned as one of a few rows. -#}
        {%- call statement('statistics') -%}
            analyze {{ made }}
        {%- endcall -%}
    {%- endif -%}

    {{- run_hooks(post_hooks, inside_transaction=True) -}}
    {%- do apply_grants(made, config.get('grants'), should_revoke=true) -%}
    {%- do persist_docs(made, model) -%}
    {{- adapter.commit() -}}
    {{- run_hooks(post_hooks, inside_transaction=False) -}}

    {{- return({'relations': [made]}) -}}
{%- endmacro %}

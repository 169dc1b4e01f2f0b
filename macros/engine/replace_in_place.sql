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
    sql         the model's query -#}
{% macro exchanged_in_place(beside, create, exchange, sql) -%}
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

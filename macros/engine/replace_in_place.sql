{#- On DuckDB a view or a table is replaced in one transaction, where dbt's own way builds it beside,
    renames twice and drops: readers never miss it, a build that fails leaves the old one, and a view
    costs a third of its time. Other engines keep dbt's own way. -#}
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
    {%- if not reads_changed_reports_only() -%}
        {{- return(table_columns_and_constraints()) -}}
    {%- endif -%}
    (
        {{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(', ') }}
    )
{%- endmacro %}

{#- On PostgreSQL a table keeps its identity as long as it keeps its columns: its rows are exchanged in
    one transaction. dbt's own way drops the old table, and with it every view that reads it and every
    right that the owner of the database has granted on it; a run that fails halfway would leave
    readers without their reports. -#}
{% materialization table, adapter='postgres' %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set new_relation = make_intermediate_relation(target_relation) -%}
    {{- drop_relation_if_exists(load_cached_relation(new_relation)) -}}

    {{- run_hooks(pre_hooks, inside_transaction=False) -}}
    {{- run_hooks(pre_hooks, inside_transaction=True) -}}

    {%- call statement('main') -%}
        {{ get_create_table_as_sql(False, new_relation, sql) }}
    {%- endcall -%}

    {%- if existing_relation is not none and existing_relation.is_table
        and not should_full_refresh()
        and adapter.get_columns_in_relation(existing_relation)
            == adapter.get_columns_in_relation(new_relation) -%}
        {%- call statement('exchange') -%}
            delete from {{ existing_relation }};
            insert into {{ existing_relation }} select * from {{ new_relation }};
            drop table {{ new_relation }};
        {%- endcall -%}
    {%- else -%}
        {%- if existing_relation is not none -%}
            {{- adapter.drop_relation(existing_relation) -}}
        {%- endif -%}
        {{- adapter.rename_relation(new_relation, target_relation) -}}
        {%- do create_indexes(target_relation) -%}
    {%- endif -%}

    {{- run_hooks(post_hooks, inside_transaction=True) -}}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=true) -%}
    {%- do persist_docs(target_relation, model) -%}
    {{- adapter.commit() -}}
    {{- run_hooks(post_hooks, inside_transaction=False) -}}

    {{- return({'relations': [target_relation]}) -}}
{% endmaterialization %}

{#- So is a view, as long as it keeps its columns: dbt's own way drops the old one, and with it every
    report that reads it, which a run that fails before those reports would leave missing. -#}
{% materialization view, adapter='postgres' %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set new_relation = make_intermediate_relation(target_relation) -%}
    {{- drop_relation_if_exists(load_cached_relation(new_relation)) -}}

    {{- run_hooks(pre_hooks, inside_transaction=False) -}}
    {{- run_hooks(pre_hooks, inside_transaction=True) -}}

    {%- call statement('main') -%}
        {{ get_create_view_as_sql(new_relation, sql) }}
    {%- endcall -%}

    {%- if existing_relation is not none and existing_relation.is_view
        and not should_full_refresh()
        and adapter.get_columns_in_relation(existing_relation)
            == adapter.get_columns_in_relation(new_relation) -%}
        {%- call statement('exchange') -%}
            create or replace view {{ existing_relation }} as (
                {{ sql }}
            );
            drop view {{ new_relation }};
        {%- endcall -%}
    {%- else -%}
        {%- if existing_relation is not none -%}
            {{- adapter.drop_relation(existing_relation) -}}
        {%- endif -%}
        {{- adapter.rename_relation(new_relation, target_relation) -}}
    {%- endif -%}

    {{- run_hooks(post_hooks, inside_transaction=True) -}}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=true) -%}
    {%- do persist_docs(target_relation, model) -%}
    {{- adapter.commit() -}}
    {{- run_hooks(post_hooks, inside_transaction=False) -}}

    {{- return({'relations': [target_relation]}) -}}
{% endmaterialization %}

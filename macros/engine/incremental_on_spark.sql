{#- An incremental fact on Spark: its rows of other reports and the new ones, written beside it, take its
    place. Tables of Parquet can neither lose rows nor have them changed, and dbt-spark's own way replaces
    whole partitions. -#}
{% materialization incremental, adapter='spark' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set made = this.incorporate(type='table') -%}
    {%- set beside = made.incorporate(path={'identifier': this.identifier ~ '__beside'}) -%}
    {%- if existing is none or not existing.is_table or should_full_refresh() -%}
        {{- return(dbt.materialization_table_spark()) -}}
    {%- endif -%}
    {%- set columns = adapter.get_columns_in_relation(existing) | map(attribute='name') | list -%}
    {{- run_hooks(pre_hooks) -}}
    {%- do adapter.drop_relation(beside) -%}
    {%- set rows -%}
        select {{ columns | join(', ') }}
        from {{ existing }}
        where {{ is_kept() }}
        union all
        select {{ columns | join(', ') }}
        from (
            {{ sql }}
        )
    {%- endset -%}
    {%- call statement('main') -%}
        {{ create_table_as(False, beside, rows) }}
    {%- endcall -%}
    {%- do adapter.drop_relation(existing) -%}
    {%- do adapter.rename_relation(beside, made) -%}
    {%- do persist_docs(made, model) -%}
    {{- run_hooks(post_hooks) -}}

    {{- return({'relations': [made]}) -}}
{% endmaterialization %}

{% macro rows_of_this_run(relation) -%}
    {#- A unit test has rows of its own, and knows no other nodes. -#}
    {%- set plan = relation_of('run_plan') if execute and reads_folder() and 'nodes' in graph -%}
    {%- set name = relation.identifier | default('') -%}
    {%- set own = adapter.get_relation(plan.database, plan.schema, name) if plan -%}
    {{- return(own or relation) -}}
{%- endmacro %}

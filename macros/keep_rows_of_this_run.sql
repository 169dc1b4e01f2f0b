{% macro keep_rows_of_this_run() -%}
    {%- set plan = ref('run_plan') -%}
    {%- set own = plan.incorporate(path={'identifier': this.identifier}, type='table') -%}
    {%- set rows_of_run = 'select * from ' ~ this ~ ' where ' ~ is_of_this_run('report_id') -%}
    {%- if execute -%}
        {%- do adapter.drop_relation(own) -%}
        {%- if run_query('select 1 from ' ~ plan ~ ' where is_kept limit 1').rows -%}
            {%- call statement('rows_of_this_run') -%}
                {{ create_table_as(False, own, rows_of_run) }}
            {%- endcall -%}
            {%- do adapter.cache_added(own) -%}
        {%- endif -%}
    {%- endif -%}
    select 1
{%- endmacro %}

{% macro tell_reports(versions) -%}
    {%- if execute and reads_folder() -%}
        {%- set counted = run_query(
            'select sum(case when is_new then 1 else 0 end), count(*) from ' ~ versions
        ).rows[0] -%}
        {%- do log('Rapporter: ' ~ counted[0] ~ ' nya eller ändrade av ' ~ counted[1], info=true) -%}
    {%- endif -%}
{%- endmacro %}

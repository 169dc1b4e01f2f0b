{% macro is_of_this_run(report_id) -%}
    {{ report_id }} in (
        select versions.report_id
        from {{ ref('run_plan') }} as versions
        where not versions.is_kept
    )
{%- endmacro %}

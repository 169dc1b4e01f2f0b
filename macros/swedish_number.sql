{% macro swedish_number(expression) -%}
    {%- set text = 'cast(abs(cast(' ~ expression ~ ' as decimal(18, 6))) as '
        ~ dbt.type_string() ~ ')' -%}
    {%- set whole = "lpad(split_part(" ~ text ~ ", '.', 1), 12, '0')" -%}
    {%- set space = '\u00a0' -%}
    case when {{ expression }} < 0 then '{{ "\u2212" }}' else '' end
    || case
        when abs({{ expression }}) < 1 then '0'
        when abs({{ expression }}) < 1000 then split_part({{ text }}, '.', 1)
        else trim(
            leading '0{{ space }}' from
            substr({{ whole }}, 1, 3) || '{{ space }}' || substr({{ whole }}, 4, 3) || '{{ space }}'
            || substr({{ whole }}, 7, 3) || '{{ space }}' || substr({{ whole }}, 10, 3)
        )
    end
    || case
        when {{ expression }} = round({{ expression }}, 0) then ''
        else ',' || trim(trailing '0' from split_part({{ text }}, '.', 2))
    end
{%- endmacro %}

{% macro plain_label(expression) -%}
    {%- set plain = plain_spaces_and_dashes('coalesce(' ~ expression ~ ", '')") -%}
    trim(
        both ' :' from lower(
            replace(
                replace(replace(translate({{ plain }}, '-ÅÄÖÉ', ' åäöé'), '&', 'och'), '  ', ' '),
                '  ',
                ' '
            )
        )
    )
{%- endmacro %}

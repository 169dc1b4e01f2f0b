{% macro scale_hint(left, right) -%}
    case
        when
            {{ left }} <> 0
            and {{ right }} <> 0
            and (
                abs({{ left }}) between 950 * abs({{ right }}) and 1050 * abs({{ right }})
                or abs({{ right }}) between 950 * abs({{ left }}) and 1050 * abs({{ left }})
            )
            then
                ' Trolig orsak: det ena talet är omkring tusen gånger det andra, '
                || 'som när tkr och mnkr förväxlas.'
        else ''
    end
{%- endmacro %}

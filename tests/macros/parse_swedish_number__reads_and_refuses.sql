-- The parser: every way a number is printed, and every text that must be refused.
{%- set nbsp, narrow, thin = '\u00a0', '\u202f', '\u2009' %}
{%- set en_dash, minus = '\u2013', '\u2212' %}
{%- set reads = [
    ('0', '0', 0, none, none),
    ('7244', '7244', 0, none, none),
    ('17 301', '17301', 0, none, none),
    ('17' ~ nbsp ~ '301', '17301', 0, none, none),
    ('17' ~ narrow ~ '301', '17301', 0, none, none),
    ('17' ~ thin ~ '301', '17301', 0, none, none),
    ('1 234 567', '1234567', 0, none, none),
    ('123 456 789 012', '123456789012', 0, none, none),
    ('-1 044', '-1044', 0, none, none),
    (en_dash ~ '1 044', '-1044', 0, none, none),
    (minus ~ '1 044', '-1044', 0, none, none),
    ('-0,3', '-0.3', 1, none, none),
    ('+0,3', '0.3', 1, none, none),
    ('4,7', '4.7', 1, none, none),
    ('4.7', '4.7', 1, none, none),
    ('9,60', '9.60', 2, none, none),
    ('0,125', '0.125', 3, none, none),
    ('0.125', '0.125', 3, none, none),
    ('1 234,5', '1234.5', 1, none, none),
    ('8,88.', '8.88', 2, none, none),
    ('68.', '68', 0, none, none),
    ('  36,1  ', '36.1', 1, none, none),
    ('92,8 %', '92.8', 1, none, 'percent'),
    ('92,8' ~ nbsp ~ '%', '92.8', 1, none, 'percent'),
    ('6,5%', '6.5', 1, none, 'percent'),
    ('0%', '0', 0, none, 'percent'),
    ('17 301 tkr', '17301', 0, none, 'tkr'),
    ('6773tkr', '6773', 0, none, 'tkr'),
    ('-36,6 mnkr', '-36.6', 1, none, 'mnkr'),
    ('<5%', '5', 0, '<', 'percent'),
    ('< 5 %', '5', 0, '<', 'percent'),
    ('>=90', '90', 0, '>=', none),
    ('\u2264 2,0', '2.0', 1, '<=', none),
] %}
{%- set refuses = [
    '1 04', '12 34', '1 0444', '1234 567', '1  044', '1,2,3', '1.2.3', '1,2.3', '17.301', '1.234',
    '03', '-03', '00', '4,', ',5', '8,88..', '-', '--5', '- 5', '5-', '', ' ', '%', 'tkr', '<', '< %',
    'abc', '4,7x', 'O,3', 'l 044', '1e5', '1/2', '(5)', '5 5', '4,7 4,7', '1 234 56', 'N/A', 'I.U.',
    '1234567890123', '1,1234567', '5 kr', '5 % %', '5 tkr mnkr', '\u202e5', '\u0665', '5\u3000',
] %}

with texts (text, expected_text, expected_decimals, expected_operator, expected_unit) as (
    values
    {%- for text, number, decimals, operator, unit in reads %}
    (
        '{{ text }}',
        '{{ number }}',
        {{ decimals }},
        '{{ operator or "" }}',
        '{{ unit or "" }}'
    ),
    {%- endfor %}
    {%- for text in refuses %}
    ('{{ text }}', null, null, null, null){{ ',' if not loop.last }}
    {%- endfor %}
),

parsed as (
    {{ parse_swedish_number('texts', 'text') }}
),

judged as (
    select
        parsed.*,
        case
            when expected_text is null then number_value is null
            else
                coalesce(number_value = cast(expected_text as decimal(18, 6)), false)
                and number_decimals = expected_decimals
                and number_rounding_step * power(10, expected_decimals) = 1
                and coalesce(number_operator, '') = expected_operator
                and coalesce(number_unit_of_measure, '') = expected_unit
        end as is_as_expected
    from parsed
)

select
    text,
    '”' || text || '”: väntat ' || coalesce(expected_text, 'vägran') || ', fick '
    || coalesce(number_text, 'vägran') || ' med '
    || coalesce(cast(number_decimals as {{ dbt.type_string() }}), 'inga') || ' decimaler, ”'
    || coalesce(number_operator, '') || '” och ”' || coalesce(number_unit_of_measure, '') || '”'
        as message_sv
from judged
where not is_as_expected

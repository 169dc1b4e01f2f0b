-- The parser: every way a number is printed, and every text that must be refused. The reader of
-- documents is held to the same cases (tests/python): plain literals, which Python reads too.
{%- set reads = [
    ('0', '0', 0, '', '', ''),
    ('269', '269', 0, '', '', ''),
    ('7244', '7244', 0, '', '', ''),
    ('17 301', '17301', 0, '', '', ''),
    ('17\u00a0301', '17301', 0, '', '', ''),
    ('17\u202f301', '17301', 0, '', '', ''),
    ('17\u2009301', '17301', 0, '', '', ''),
    ('1 234 567', '1234567', 0, '', '', ''),
    ('123 456 789 012', '123456789012', 0, '', '', ''),
    ('-1 044', '-1044', 0, '', '', ''),
    ('\u20131 044', '-1044', 0, '', '', ''),
    ('\u22121 044', '-1044', 0, '', '', ''),
    ('\u20119', '-9', 0, '', '', ''),
    ('\u2013 423 231', '-423231', 0, '', '', ''),
    ('\u2212 31', '-31', 0, '', '', ''),
    ('- 41', '-41', 0, '', '', ''),
    ('-0', '0', 0, '', '', ''),
    ('-0,3', '-0.3', 1, '', '', ''),
    ('+0,3', '0.3', 1, '', '', ''),
    ('+995', '995', 0, '', '', ''),
    ('+ 63,8', '63.8', 1, '', '', ''),
    ('4,7', '4.7', 1, '', '', ''),
    ('4.7', '4.7', 1, '', '', ''),
    ('9,60', '9.60', 2, '', '', ''),
    ('19,85', '19.85', 2, '', '', ''),
    ('0,125', '0.125', 3, '', '', ''),
    ('0.125', '0.125', 3, '', '', ''),
    ('1 234,5', '1234.5', 1, '', '', ''),
    ('1 074,0', '1074.0', 1, '', '', ''),
    ('1004,4', '1004.4', 1, '', '', ''),
    ('8,88.', '8.88', 2, '', '', ''),
    ('68.', '68', 0, '', '', ''),
    ('  36,1  ', '36.1', 1, '', '', ''),
    ('minus 67', '-67', 0, '', '', ''),
    ('plus 31,2', '31.2', 1, '', '', ''),
    ('25,8 lägre', '-25.8', 1, '', '', ''),
    ('Underskott på 0,5 mnkr', '-0.5', 1, '', 'mnkr', ''),
    ('överskott på 6,8 mnkr', '6.8', 1, '', 'mnkr', ''),
    ('12,6 mnkr sämre än budget', '-12.6', 1, '', 'mnkr', ''),
    ('12,6 mnkr mer än budget', '12.6', 1, '', 'mnkr', ''),
    ('översteg budgeten med 3,7 mkr', '3.7', 1, '', 'mnkr', ''),
    ('understeg sin budget med drygt 3 mkr', '-3', 0, '', 'mnkr', 'above'),
    ('2,0 mnkr över budget', '2.0', 1, '', 'mnkr', ''),
    ('92,8 %', '92.8', 1, '', 'percent', ''),
    ('92,8\u00a0%', '92.8', 1, '', 'percent', ''),
    ('92%', '92', 0, '', 'percent', ''),
    ('0%', '0', 0, '', 'percent', ''),
    ('1,3 procent', '1.3', 1, '', 'percent', ''),
    ('0,4 procentenheter', '0.4', 1, '', 'percentage_points', ''),
    ('2 %-enheter', '2', 0, '', 'percentage_points', ''),
    ('17 301 tkr', '17301', 0, '', 'tkr', ''),
    ('6773tkr', '6773', 0, '', 'tkr', ''),
    ('-36,6 mnkr', '-36.6', 1, '', 'mnkr', ''),
    ('4,3 mkr', '4.3', 1, '', 'mnkr', ''),
    ('154 Mkr', '154', 0, '', 'mnkr', ''),
    ('104 miljoner kronor', '104', 0, '', 'mnkr', ''),
    ('2,2 mdkr', '2.2', 1, '', 'mdkr', ''),
    ('12 miljarder kronor', '12', 0, '', 'mdkr', ''),
    ('614 kr', '614', 0, '', 'kr', ''),
    ('58 öre', '58', 0, '', 'ore', ''),
    ('5,8 st', '5.8', 1, '', 'count', ''),
    ('5 st.', '5', 0, '', 'count', ''),
    ('166 personer', '166', 0, '', 'count', ''),
    ('drygt 30', '30', 0, '', '', 'above'),
    ('cirka 1,3', '1.3', 1, '', '', 'about'),
    ('knappt 0,1', '0.1', 1, '', '', 'below'),
    ('ca 350', '350', 0, '', '', 'about'),
    ('ca. 350', '350', 0, '', '', 'about'),
    ('överskred sin budget med 3,7 mkr', '-3.7', 1, '', 'mnkr', ''),
    ('underskred budgeten med 3,7 mkr', '3.7', 1, '', 'mnkr', ''),
    ('underskott på drygt 0,5 mnkr', '-0.5', 1, '', 'mnkr', 'above'),
    ('39*', '39', 0, '', '', ''),
    ('6,8 1)', '6.8', 1, '', '', ''),
    ('12\u00b2', '12', 0, '', '', ''),
    ('2015[1]', '2015', 0, '', '', ''),
    ('<5%', '5', 0, '<', 'percent', ''),
    ('< 5 %', '5', 0, '<', 'percent', ''),
    ('>=90', '90', 0, '>=', '', ''),
    ('\u2264 2,0', '2.0', 1, '<=', '', ''),
] %}
{%- set reads_in_parentheses = [
    ('(614)', '-614', 0, '', '', ''),
    ('(1 044)', '-1044', 0, '', '', ''),
    ('(0,5) mnkr', '-0.5', 1, '', 'mnkr', ''),
    ('614', '614', 0, '', '', ''),
] %}
{%- set refuses = [
    '1 04', '12 34', '1 0444', '1234 567', '1  044', '1,2,3', '1.2.3', '1,2.3', '17.301', '1.234',
    '1.044', '6,125,675,184,594,47',
    '03', '-03', '00', '4,', ',5', '8,88..', '-', '--5', '+-5', '- - 5', '5-', '1 044-', '', ' ', '%',
    'tkr', '<', '< %', 'abc', '4,7x', 'O,3', 'l 044', 'l09', '1 O44', '1e5', '1e3', '1/2', '(5)',
    '(614)', '()', '5 5', '4,7 4,7', '1 234 56', 'N/A', 'I.U.', '..',
    '462 mkr (143 mkr)', '+26,3 mkr (-7,6)',
    '1234567890123', '1,1234567', '5 % %', '5 tkr mnkr', 'minus -5', 'underskott på -0,4 mnkr',
    '10-15', '3 - 3,5', 'översteg budget med 5 över budget', 'kr 5', '5 drygt', 'tkr 5 mnkr',
    '\u202e5', '\u0665', '5\u3000', '4,3 mkr*x',
] %}
{%- set refuses_in_parentheses = ['(5', '5)', '(-5)', '((5))', '()', '(tkr)', '-(5)'] %}

with texts (
    text,
    in_parentheses,
    expected_text,
    expected_decimals,
    expected_operator,
    expected_unit,
    expected_hedge
) as (
    values
    {%- for in_parentheses, cases, refusals in [
        ('false', reads, refuses),
        ('true', reads_in_parentheses, refuses_in_parentheses),
    ] %}
    {%- set last_kind = loop.last %}
    {%- for text, number, decimals, operator, unit, hedge in cases %}
    (
        '{{ text }}',
        {{ in_parentheses }},
        '{{ number }}',
        {{ decimals }},
        '{{ operator }}',
        '{{ unit }}',
        '{{ hedge }}'
    ),
    {%- endfor %}
    {%- for text in refusals %}
    ('{{ text }}', {{ in_parentheses }}, null, null, null, null, null)
    {{- ',' if not (last_kind and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

parsed as (
    {{ parse_swedish_number('texts', 'text', 'in_parentheses') }}
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
                and coalesce(number_hedge, '') = expected_hedge
        end as is_as_expected
    from parsed
)

select
    text,
    '”' || text || '”: väntat ' || coalesce(expected_text, 'vägran') || ', fick '
    || coalesce(number_text, 'vägran') || ' med '
    || coalesce(cast(number_decimals as {{ dbt.type_string() }}), 'inga') || ' decimaler, ”'
    || coalesce(number_operator, '') || '”, ”' || coalesce(number_unit_of_measure, '') || '” och ”'
    || coalesce(number_hedge, '') || '”' as message_sv
from judged
where not is_as_expected

-- Numbers in explanations: no-break space, decimal comma, U+2212, no needless zeros. Those that are
-- quoted from a scan have its comma too; what is no number stays.
{%- set nbsp, minus = '\u00a0', '\u2212' %}
with numbers as (
    {%- for number, expected in [
        ('0', '0'),
        ('0.05', '0,05'),
        ('-0.3', minus ~ '0,3'),
        ('7', '7'),
        ('-1044', minus ~ '1' ~ nbsp ~ '044'),
        ('36.70', '36,7'),
        ('100', '100'),
        ('1000', '1' ~ nbsp ~ '000'),
        ('17301.5', '17' ~ nbsp ~ '301,5'),
        ('1000000', '1' ~ nbsp ~ '000' ~ nbsp ~ '000'),
    ] %}
    select
        cast({{ number }} as decimal(18, 6)) as number,
        '{{ expected }}' as expected
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

quoted as (
    {%- for printed, value, expected in [
        ('4.7', '4.7', '4,7'), ('8,88.', '8.88', '8,88'), ('<5', '5', '<5'), ('I.U.', 'null', 'I.U.'),
    ] %}
    select
        '{{ printed }}' as printed,
        cast({{ value }} as decimal(18, 6)) as number,
        '{{ expected }}' as expected
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

written as (
    select
        number,
        expected,
        {{ swedish_number('number') }} as got
    from numbers
    union all
    select
        number,
        expected,
        {{ shown_number('printed', 'number') }} as got
    from quoted
)

select
    number,
    'väntat ' || expected || ', fick ' || coalesce(got, '(tomt)') as message_sv
from written
where got is null or got <> expected

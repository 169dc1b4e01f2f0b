-- Numbers in explanations: no-break space, decimal comma, U+2212, no needless zeros.
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

written as (
    select
        number,
        expected,
        {{ swedish_number('number') }} as got
    from numbers
)

select
    number,
    'väntat ' || expected || ', fick ' || coalesce(got, '(tomt)') as message_sv
from written
where got is null or got <> expected

-- The tests of tables and of checks, tested: broken rows must be caught, each with its reason.
with parent as (
    select 'a' as code
),

child as (
    select
        1 as id,
        'a' as code,
        'women' as gender
    union all
    select
        2,
        'b',
        'total'
    union all
    select
        3,
        'a',
        'kvinnor'
    union all
    select
        4,
        null,
        null
    union all
    select
        4,
        'a',
        'men'
    union all
    select
        null,
        'a',
        'men'
),

checks as (
    select
        'one' as check_id,
        'identity' as rule,
        'contradicts' as verdict,
        cast(null as {{ dbt.type_string() }}) as known_issue_id
    union all
    select
        'two',
        'identity',
        'unverifiable',
        null
    union all
    select
        'three',
        'identity',
        'contradicts',
        'D01'
    union all
    select
        'four',
        'identity',
        'agrees_within_rounding',
        null
    union all
    select
        'five',
        'sum_of_parts',
        'contradicts',
        null
),

described_checks as (
    select
        checks.*,
        1 as left_value,
        2 as right_value,
        1 as difference,
        0 as tolerance,
        check_id as subject,
        'skiljer' as explanation_sv
    from checks
),

caught as (
    {{ test_rows_are_sound(
        api.Relation.create(identifier='child'),
        key=['id'],
        parents={'code': {'to': api.Relation.create(identifier='parent'), 'field': 'code'}},
        accepted={'gender': ['total', 'women', 'men']}
    ) }}
    union all
    select message_sv from (
        {{ test_checks_agree('described_checks', ['identity']) }}
    ) as caught_checks
),

expected as (
    select '%nyckeln 4 finns på 2 rader%' as pattern
    union all
    select '%nyckeln (tom) finns på 1 rader%'
    union all
    select '%: b i kolumnen code saknas i parent%'
    union all
    select '%: kvinnor i kolumnen gender är ingen känd kod%'
    union all
    select 'one: skiljer%'
    union all
    select 'two: skiljer%'
)

select
    expected.pattern,
    caught.message_sv as caught,
    case
        when caught.message_sv is null then 'fångades inte: ' || expected.pattern
        else 'fångades men är hel: ' || caught.message_sv
    end as message_sv
from expected
full outer join caught
    on caught.message_sv like expected.pattern
where expected.pattern is null or caught.message_sv is null

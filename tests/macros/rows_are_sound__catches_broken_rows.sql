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
    {%- for check_id, rule, verdict, known_issue_id in [
        ('one', 'identity', 'contradicts', none),
        ('two', 'identity', 'unverifiable', none),
        ('three', 'identity', 'contradicts', 'D01'),
        ('four', 'identity', 'agrees_within_rounding', none),
        ('five', 'silence', 'unverifiable', none),
        ('eight', 'silence', 'questionable', none),
        ('six', 'silence', 'contradicts', none),
        ('seven', 'silence', 'questionable', none),
    ] %}
    select
        '{{ check_id }}' as check_id,
        '{{ check_id }}' as subject,
        {{ "'gone through'" if check_id == 'seven' else "'new'" }} as report_id,
        'skiljer' as explanation_sv,
        '{{ rule }}' as rule,
        '{{ verdict }}' as verdict,
        cast(
            {{ "'" ~ known_issue_id ~ "'" if known_issue_id else 'null' }}
            as {{ dbt.type_string() }}
        ) as known_issue_id
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

reports as (
    select
        'gone through' as report_id,
        true as is_reviewed
    union all
    select
        'new',
        false
),

caught as (
    {{ test_rows_are_sound(
        api.Relation.create(identifier='child'),
        key=['id'],
        parents={'code': {'to': api.Relation.create(identifier='parent'), 'field': 'code'}},
        codes={'gender': 'gender'}
    ) }}
    union all
    select message_sv from (
        {{ test_contradictions_are_known('checks', 'reports') }}
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
    union all
    select 'six: skiljer%'
    union all
    select 'seven: skiljer%'
)

-- PostgreSQL has no full join on `like`, so each side is looked for in the other.
select 'fångades inte: ' || expected.pattern as message_sv
from expected
left join caught
    on caught.message_sv like expected.pattern
where caught.message_sv is null
union all
select 'fångades men är hel: ' || caught.message_sv as message_sv
from caught
left join expected
    on caught.message_sv like expected.pattern
where expected.pattern is null

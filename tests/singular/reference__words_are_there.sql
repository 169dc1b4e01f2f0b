-- A code without a word, a check without its explanation and a place in an explanation that nothing
-- fills would reach readers as a hole.
{{ config(meta={'cause': 'templates'}) }}
with codes as (
    select * from {{ ref('reference_codes') }}
),

explanations as (
    select * from {{ ref('reference_explanations') }}
),

checks as (
    select * from {{ rows_of_this_run(ref('fct_reconciliations')) }}
),

unexplained as (
    select
        checks.rule,
        checks.explanation_case,
        min(
            case
                when position('{' in checks.explanation_sv) > 0 then checks.explanation_sv
                else checks.explanation_en
            end
        ) as explanation
    from checks
    where
        position('{' in checks.explanation_sv) > 0
        or position('{' in checks.explanation_en) > 0
    group by checks.rule, checks.explanation_case
)

select
    'reference_codes: listan aspect saknar koden ' || min(substr(subject, position('{' in subject)))
    || '. Lägg en rad med koden och dess ord på svenska och engelska.' as message_sv
from checks
where position('{' in subject) > 0
group by rule
union all
select
    'reference_codes: listan ' || list || ', koden ' || code
    || ' saknar ord. Skriv det svenska i word_sv och det engelska i word_en.' as message_sv
from codes
where word_sv is null or word_en is null
union all
select
    'reference_explanations: regeln ' || rule || ', fallet ' || explanation_case
    || ' saknar text. Skriv den svenska i text_sv och den engelska i text_en.' as message_sv
from explanations
where text_sv is null or text_en is null
union all
select
    'reference_explanations: regeln ' || unexplained.rule || ', fallet '
    || coalesce(unexplained.explanation_case, '(inget)')
    || case
        when explanations.rule is null
            then ' saknas. Lägg en rad med regeln, fallet och texten på svenska och engelska.'
        else
            ' har en plats som inget fyller: ”' || unexplained.explanation
            || '”. Ge regelns modell platsen, eller ta bort den ur texten.'
    end as message_sv
from unexplained
left join explanations
    on
        unexplained.rule = explanations.rule
        and unexplained.explanation_case = explanations.explanation_case

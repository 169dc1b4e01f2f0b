"""Counts and lists of units."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from bokslut.transcription.reading import goals, words
from bokslut.transcription.reading.claims.claim import Claim, Token
from bokslut.transcription.reading.claims.lexicon import Judged
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.labels import normal


def counts_of_goals(sentence: Sentence) -> Iterator[Claim]:
    """How many of the goals or indicators are judged to be what: *tre av fem mål är uppfyllda*,
    *fem indikatorer. Tre av dem är gröna och två röda*."""
    counted = counted_in(sentence)
    whole, judged = whole_of(sentence, counted)
    if judged is None and sentence.before:
        _, judged = whole_of(sentence.before, counted_in(sentence.before))
    if judged is None:
        return
    others = [t for t in counted if t is not whole]
    if whole and not others and ALL_OF.search(sentence.text[: whole.start]):
        others = [whole]
    for token in others:
        behind = whole if whole and token.start < whole.end else token
        end = next((t.start for t in others if t.start > behind.start), len(sentence.text))
        said = re.split(r",| och ", sentence.text[behind.end : end])[0]
        before = sentence.text[: token.start]
        status = status_said(said, behind is whole)
        if not status and behind is whole and REACHES.search(before):
            status = "fulfilled"
        if not status:
            continue
        made = sentence.make(
            token.start,
            token.end,
            "unit_count",
            "count.goals",
            "antal mål",
            token.code,
            measure_code="antal_mal",
            unit_code=sentence.own,
            stated=status,
        )
        if isinstance(judged, Judged):
            made.label, made.measure_code = "antal bedömda", "antal_upprakade"
            made.total_of = f"{judged.key}_{status}"
        yield made


ALL_OF = re.compile(r"\balla (?:de |v.{1,2}ra |n.{1,2}mndens )?$", re.IGNORECASE)
"""What stands before a count that is all there are: *alla fyra mål är uppnådda*."""
ALL_JUDGED = Judged(None, {})
"""The judgements of all tables."""


def counted_in(sentence: Sentence) -> list[Token]:
    """The numbers that count in a sentence, in words or in digits."""
    return [
        replace(t, role="count", code=t.code or t.text)
        for t in sentence.tokens
        if t.role == "count" or IN_DIGITS.match(sentence.text, t.start)
    ]


IN_DIGITS = re.compile(
    r"(?<!\d )(?<![\d.,:–-])[1-9]\d? "
    r"(?:av|.{1,2}r|har|bed.{1,2}ms|uppfyll|uppn|delvis|inte|ej|helt|"
    r"[^\W\d]*m.{1,2}l(?:en)?\b|indikator|m.{1,2}tt|nyckeltal)",
    re.IGNORECASE,
)
"""A count in digits, and what can stand behind it."""


def whole_of(
    sentence: Sentence, counted: Sequence[Token]
) -> tuple[Token | None, Judged | bool | None]:
    """How many goals or indicators a sentence says there are, and which: the table that judges just
    so many, True for the goals of the document, None where neither has so many."""
    lexicon = sentence.reader.lexicon
    for token in counted:
        noun = OF_JUDGED.match(sentence.text, token.end)
        if not noun:
            continue
        if noun["goals"] and token.code == str(len(lexicon.goals)):
            return token, True
        tables = [one for one in lexicon.judged if str(len(one.statuses)) == token.code]
        if len(tables) == 1 and token.code != "1":
            return token, tables[0]
        if not tables and token.code == str(sum(len(one.statuses) for one in lexicon.judged)):
            return token, ALL_JUDGED
    return None, None


def status_said(said: str, of_whole: bool) -> str:
    """What the words behind a count say that so many are; empty where they are of other things."""
    if re.search(rf"\b(?:{'|'.join(words.listed('not_yet'))})\b", said.lower()):
        return ""
    judgement = goals.judgement_in(said)
    colours = words.mapping("colours")
    judgement = judgement or next((w for w in said.lower().split() if w.strip(".") in colours), "")
    if judgement:
        before = said.lower().partition(judgement.lower())[0].split()
        is_of_it = of_whole or all(word in words.listed("fillers") for word in before)
        status = goals.status_of(colours.get(judgement.strip("."), judgement))
        return status if status and is_of_it else ""
    found = REACHED.search(said)
    before = said[: found.start()].lower().split() if found else []
    if found and all(word in words.listed("fillers") for word in before):
        return "not_fulfilled" if found["not"] else "fulfilled"
    return ""


OF_JUDGED = re.compile(
    r" (?:(?P<goals>[^\W\d]*m.{1,2}l(?:en)?)|"
    rf"{'|'.join(map(re.escape, words.listed('judged')))})\b",
    re.IGNORECASE,
)
REACHED = re.compile(
    r" (?:(?:har|som) )?(?:upp)?n.{1,2}(?:r|dde|tt)(?P<not> (?:inte|ej))? "
    r"(?:si(?:na?|tt) )?(?:uppsatta? )?m.{1,2}l",
    re.IGNORECASE,
)
"""*nådde målvärdet*, behind a count of indicators."""
REACHES = re.compile(
    r"\b(?:upp)?n.{1,2}(?:r|dde|tt)(?: helt)? $|\buppfyll(?:er|de|t)(?: helt)? $", re.IGNORECASE
)
"""Words before a count of goals that are reached: *nämnden uppnår tre av fem mål*."""


def counts(sentence: Sentence) -> Iterator[Claim]:
    """How many units there are, or show a surplus or a deficit."""
    for token in sentence.with_role("count"):
        rest = [t for t in sentence.tokens if t.start >= token.end][:3]
        new = [t for t in rest[:2] if t.role == "received"]
        direct = next((i for i, t in enumerate(rest) if t.role == "units"), 9) <= len(new) + (
            bool(rest) and rest[0].text.lower() == "av"
        )
        alone = "units" in sentence.roles and bool(
            re.match(
                r"\s+(?:redovisar|visar|har|klarar|h.{1,2}ller|sina?|ett?)\b",
                sentence.text[token.end :],
            )
        )
        of_so_many = [t.role for t in rest if t.text.lower() != "av"][:2] == ["count", "units"]
        is_article = token.code == "1" and not (new or of_so_many or KEPT.search(sentence.text))
        if is_article or not (direct or alone or of_so_many):
            continue
        if any(
            re.fullmatch(r" av (?:de )?", sentence.text[t.end : token.start])
            for t in sentence.with_role("count")
        ):
            # What another number is a part of: *två av fem*.
            continue
        left, right = sentence.clause(token.start)
        inside = [t for t in sentence.tokens if left <= t.start < right]
        after = [t for t in inside if t.start > token.end and not (of_so_many and t in rest)]
        stop = next((t.start for t in after if t.role == "count" and t.code != "1"), right)
        years = {int(year) for year in A_YEAR.findall(sentence.text[left:right])}
        if years - {sentence.report_year} or LIMITED.search(sentence.text, token.end, right):
            continue
        # Behind a comma or *och* others have another result.
        first = next((t for t in after if t.role in ("result", "balance")), None)
        if first and (cut := NEXT.search(sentence.text, first.end)):
            stop = min(stop, cut.start())
        said = {t.code for t in after if t.role == "result" and t.start < stop}
        balance = any(t.role == "balance" and t.start < stop for t in after)
        lexicon, how = sentence.reader.lexicon, sentence.reader.concepts.orientation
        if how.is_net_cost and (said or balance or KEPT.search(sentence.text[left:right])):
            yield from of_budgets(sentence, token, said)
            continue
        if any(t.role == "received" for t in inside):
            measure = "antal_mottagna_verksamheter"
        elif any(s.endswith("-") for s in said):
            measure = "antal_verksamheter_med_underskott"
        elif said and not balance and any(abs(v) < BALANCED for v in lexicon.results.values()):
            # What is in balance may be counted with them, or not.
            continue
        elif balance or any(s.endswith("+") for s in said):
            measure = "antal_verksamheter_med_overskott_eller_balans"
        elif said or not of_all_units(sentence, token):
            continue
        else:
            measure = "antal_verksamheter"
        yield sentence.make(
            token.start,
            token.end,
            "unit_count",
            "count.units",
            "antal verksamheter",
            token.code,
            measure_code=measure,
            unit_code=sentence.own,
        )


LIMITED = re.compile(r"\b(?:mer|mindre) .{1,2}n \d|\b(?:minst|h.{1,2}gst) \d")
"""*har högre kostnader än budget med mer än 500 tkr*."""
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
NEXT = re.compile(r", |; | och (?!balans)| medan | samt ")
KEPT = re.compile(
    r"\b(?:klara|h.{1,2}ll)\w* (?:[^\W\d]+ )?(?:sin|sina|budget)|"
    r"\b(?P<over>.{1,2}ver)(?:skr(?:ed|ider|idit)|st(?:eg|iger)) (?:sin|sina|budget)"
)
"""*klarar sin budget*, *överskrider sin budget*."""
NOT = re.compile(r"\b(?:inte|ej) (?:[^\W\d]+ ){0,2}[^\W\d]+$|\binte$", re.IGNORECASE)
"""*inte klarar sin*, *klarar inte*: what stands before, or at the end of, that."""


def of_budgets(sentence: Sentence, token: Token, said: Container[str]) -> Iterator[Claim]:
    """How many of all units kept their budgets: where all of them are said, and none is so near its
    budget that it may be counted either way."""
    lexicon = sentence.reader.lexicon
    found = lexicon.results
    whole = [t for t in sentence.with_role("count") if t is not token]
    names = [normal(sentence.reader.concepts.units[unit]).split() for unit in found]
    # What lacks less than the text rounds to is a deficit, or none.
    is_clear = not any(-BALANCED < value < 0 for value in found.values())
    if not is_clear or [t.code for t in whole[:1]] != [str(len(found))]:
        return
    if any("ledning" in name for name in names):
        # What leads the others is counted with them, or not.
        return
    kept = KEPT.search(sentence.text)
    is_not = kept is not None and NOT.search(sentence.text[: kept.end()]) is not None
    is_over = "result-" in said or (kept is not None and bool(kept["over"]) != is_not)
    if not is_over and "result+" in said and not all(found.values()):
        return
    yield sentence.make(
        token.start,
        token.end,
        "unit_count",
        "count.budgets",
        "antal verksamheter",
        token.code,
        measure_code="antal_verksamheter_med_underskott"
        if is_over
        else "antal_verksamheter_med_overskott_eller_balans",
        unit_code=sentence.own,
    )


BALANCED = 50
"""Half of 0,1 mnkr, in tkr."""
OF_ALL = re.compile(
    r"(?:^|[.:] )av $|\b(?:best.{1,2}r av|omfattar|bedriver|driver|inneh.{1,2}ller|totalt|"
    r"sammanlagt|samtliga|alla|f.{1,2}rvaltningens|n.{1,2}mndens|"
    r"(?:f.{1,2}rvaltningen|n.{1,2}mnden) har)"
    r"(?: idag| nu| sina)? $",
    re.IGNORECASE,
)
"""What stands before a count of all units there are."""


def of_all_units(sentence: Sentence, token: Token) -> bool:
    """Whether a count of units is of all of them, and not of those that some words pick out."""
    return bool(OF_ALL.search(sentence.text[: token.start]))


def enumerations(sentence: Sentence) -> Iterator[Claim]:
    """A list of all units after a colon."""
    match = re.search(r"verksamheter: (.+?)\.?$", sentence.text)
    if match:
        items = re.split(r", | samt ", match[1])
        if len(items) > 2:
            yield sentence.make(
                match.start(1),
                match.end(1),
                "unit_count",
                "count.enumeration",
                "uppräkning av verksamheter",
                str(len(items)),
                measure_code="antal_verksamheter",
                unit_code=sentence.own,
            )

"""Counts and lists of units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bokslut.transcription.reading import goals
from bokslut.transcription.reading.claims.claim import Claim, Token
from bokslut.transcription.reading.claims.sentence import Sentence


def counts_of_goals(sentence: Sentence) -> Iterator[Claim]:
    """How many of the goals are judged to be what: *tre av fem mål är uppfyllda*, *av fem mål är
    tre uppfyllda och två delvis uppfyllda*."""
    counted = sentence.with_role("count")
    whole = next((t for t in counted if OF_GOALS.match(sentence.text, t.end)), None)
    if whole is None or whole.code != str(len(sentence.reader.lexicon.goals)):
        return
    others = [t for t in counted if t is not whole]
    for token in others:
        behind = token if token.start > whole.end else whole
        end = next((t.start for t in others if t.start > behind.start), len(sentence.text))
        said = re.split(r",| och ", sentence.text[behind.end : end])[0]
        judgement = goals.judgement_in(said)
        if token is behind and len(said.partition(judgement or " ")[0].split()) > 2:
            # Of something else than the goals.
            continue
        status = goals.status_of(judgement) if judgement else ""
        if not status and behind is whole and REACHES.search(sentence.text[: token.start]):
            status = "fulfilled"
        if status:
            yield sentence.make(
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


OF_GOALS = re.compile(r" (?:n.{1,2}mnd|f.{1,2}rvaltnings)?m.{1,2}l(?:en)?\b", re.IGNORECASE)
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
            re.match(r"\s+(?:redovisar|visar|har|ett?)\b", sentence.text[token.end :])
        )
        of_so_many = [t.role for t in rest if t.text.lower() != "av"][:2] == ["count", "units"]
        if (not direct and not alone and not of_so_many) or (token.code == "1" and not new):
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
        said = {t.code for t in after if t.role == "result" and t.start < stop}
        balance = any(t.role == "balance" and t.start < stop for t in after)
        how = sentence.reader.concepts.orientation
        if how.is_net_cost and (said or balance):
            # The warehouse counts results, and here are costs.
            continue
        if any(t.role == "received" for t in inside):
            measure = "antal_mottagna_verksamheter"
        elif any(s.endswith("-") for s in said):
            measure = "antal_verksamheter_med_underskott"
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

"""Shares that sentences state, in per cent and in words, and what two figures make of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import values_in
from bokslut.transcription.reading.row_amounts import Amount
from bokslut.transcription.reading.statements.relation import relation_of

FRACTION = re.compile(
    r"\b(?:(?P<half>hälften)|"
    r"(?P<times>en|två|tre|fyra) (?P<part>tredje|fjärde|fem|tion?)de(?:l|lar)|"
    r"var (?P<every>tredje|fjärde|femte|tionde)|"
    r"(?P<some>ett|en|två|tre|fyra|fem|sex|sju|åtta|nio) av (?P<all>tre|fyra|fem|tio))\b",
    re.IGNORECASE,
)
"""Shares in words."""
ORDERS = {"tredje": 3, "fjärde": 4, "fem": 5, "femte": 5, "tio": 10, "tion": 10, "tionde": 10}
NO_SHARE = re.compile(
    r"\b(?:(?:mer|mindre|fler|färre) än|över|under|minst|högst|med|till|från|på|mot|ytterligare) "
    r"(?:[^\W\d]+ )?$",
    re.IGNORECASE,
)
"""What stands before a share that is a bound or a change."""
BOUND = re.compile(r"(?:(?P<more>mer än|fler än|över)|mindre än|färre än|under) $", re.IGNORECASE)
CHANGED = re.compile(r" (?:mer|mindre|lägre|högre|fler|färre|dyrare|billigare|bättre|sämre)\b")
COMES_TO = re.compile(r"\buppg(?:ick|år|ått) till (?:[^\W\d]+ )?$")
"""What stands before a share that is a level, though it says *till*."""
IN_WORDS, LEAST_SLACK, HEDGED = Decimal(6), Decimal(3), Decimal(3)
"""How many per cent a share in words (a fifth of it, within both), or one with a hedge, may be
beside what it is."""


@dataclass(frozen=True)
class Pair:
    """Two figures of which one may be a part of the other."""

    part: Amount
    whole: Amount

    @property
    def percent(self) -> Decimal:
        """What the part is of the whole."""
        return 100 * abs(self.part.value) / abs(self.whole.value)

    @property
    def slack(self) -> Decimal:
        """What rounding may do to it."""
        steps = self.part.half_step + self.whole.half_step
        return 100 * steps / abs(self.whole.value)


@dataclass(frozen=True)
class Share:
    """A share of a sentence: where it stands, in per cent, how far beside that it may be; `bound`:
    1 where it is more, -1 where it is less."""

    start: int
    end: int
    percent: Decimal
    slack: Decimal
    text: str
    in_words: bool = False
    bound: int = 0

    def may_be(self, pair: Pair) -> bool:
        """Whether two figures make it."""
        more, slack = pair.percent - self.percent, self.slack + pair.slack
        return self.bound * more > -slack if self.bound else abs(more) <= slack


def shares_in(sentence: Sentence) -> Iterator[Share]:
    """The shares of a sentence, in per cent and in words."""
    text = sentence.text
    for value in values_in(sentence):
        if value.number.unit_of_measure == "percent" and relation_of(sentence, value) is None:
            # *knappt 60 procent* is rougher than *knappt 61*.
            hedged = HEDGED if value.number.value % 5 == 0 else Decimal(1)
            slack = hedged if value.hedge else value.number.half_step
            yield Share(value.start, value.end, abs(value.number.value), slack, value.text)
    for found in FRACTION.finditer(text):
        if found["half"]:
            percent = Decimal(50)
        elif found["some"]:
            percent = 100 * Decimal(count(found["some"])) / count(found["all"])
        else:
            order = ORDERS[(found["part"] or found["every"]).lower()]
            percent = 100 * Decimal(count(found["times"] or "en")) / order
        slack = max(LEAST_SLACK, min(IN_WORDS, percent / 5))
        yield Share(found.start(), found.end(), percent, slack, found[0], True)


def told_in(sentence: Sentence) -> Iterator[Share]:
    """The shares of a sentence that are no bounds or changes."""
    for share in shares_in(sentence):
        before = sentence.text[: share.start]
        bound = NO_SHARE.search(before) if not COMES_TO.search(before) else None
        if CHANGED.match(sentence.text, share.end):
            continue
        if not bound:
            yield share
        elif share.in_words and (way := BOUND.match(bound[0])):
            # *mer än hälften av kostnaderna*
            yield replace(
                share,
                start=share.start - len(bound[0]),
                text=bound[0] + share.text,
                slack=Decimal(1),
                bound=1 if way["more"] else -1,
            )


def count(word: str) -> int:
    """A small number in words."""
    return int(words.of_numbers("count").get(word.lower(), "1"))

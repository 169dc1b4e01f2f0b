"""What the numbers of one sentence make of each other: *238 poäng mot pojkarnas 214, ett gap på 24
poäng*, *steg med 8,1 mnkr, motsvarande 12,1 procent, till 74,9 mnkr*.

A number is wrong only where the words leave no other two that it can be of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import RESTATED, Value, values_in
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.row_amounts import kind_of
from bokslut.transcription.reading.statements.wrong import Wrong, is_within, wrong
from bokslut.transcription.reading.stream import Cell

APART = re.compile(
    r"[^,;.\d]{0,25}, (?:(?:alltså|det vill säga|dvs\.?|det är|vilket (?:är|ger|innebär)) )?"
    r"(?:ett|en) (?:gap|skillnad|glapp|differens) (?:på|om) $",
    re.IGNORECASE,
)
"""What stands between the second of two numbers and how far they are apart."""
OF_ANOTHER = re.compile(r"[^,;.]{0,15} (?:mot|från|sedan|jämfört|än)\b")
"""What stands behind a difference from something else: *en skillnad på 12 mot förra året*."""
OR = r"[^,;.\d]{0,15},? (?:eller|det vill säga|dvs\.?|motsvarande|vilket (?:är|motsvarar)) $"
BY = re.compile(r"\bmed (?:cirka |ca |drygt |knappt )?$")
TO = re.compile(r",? till (?:cirka |ca |drygt |knappt )?$")
FROM = re.compile(r"\bfrån (?:cirka |ca |drygt |knappt )?$")
ENDS = re.compile(r"[,.;)]|$")
"""What stands behind a share that is of nothing else: not *motsvarande 5 procent av budgeten*."""
A_MOVE = re.compile(
    r",? (?:(?:innebärande|motsvarande|alltså|det vill säga|dvs\.?|"
    r"vilket (?:är|innebär|motsvarar)) )?"
    r"en (?:minskning|ökning|förbättring|försämring|höjning|sänkning|uppgång|nedgång) "
    r"(?:med|på|om) $"
)
"""*från 4 310 tkr till 1 975 tkr, innebärande en minskning med 2 335 tkr*."""
UP = {"up": 1, "down": -1}


@dataclass(frozen=True)
class Within:
    """A number of a sentence that two others of it do not make.

    Attributes:
        sentence: it.
        value: the number.
        others: those that it is of.
        made: what they make, in Swedish.
    """

    sentence: Sentence
    value: Value
    others: tuple[Value, ...]
    made: str
    is_wrong = True

    def says(self, claim: Claim) -> bool:
        """Whether a claim is of the same words."""
        return is_within(claim, self.sentence, self.value.start, self.value.end)

    def wrong(self) -> Wrong:
        """The finding about it."""
        places = (
            self.sentence.passage.line_at(self.sentence.offset + v.start) for v in self.others
        )
        cells = [Cell(v.text, place, 0) for v, (_, place) in zip(self.others, places, strict=True)]
        value = self.value
        return wrong(
            self.sentence, (value.start, value.end), "Meningen", cells, self.made, "prose_change"
        )


def within(sentence: Sentence) -> Iterator[Within]:
    """The numbers of a sentence that the others that it says they are of do not make."""
    if RESTATED.search(sentence.text):
        return
    found = values_in(sentence)
    for at in range(2, len(found)):
        yield from apart(sentence, *found[at - 2 : at + 1])
        yield from moved(sentence, *found[at - 2 : at + 1])


def between(sentence: Sentence, one: Value, other: Value) -> str:
    """The words between two numbers."""
    return sentence.text[one.end : other.start]


def size(value: Value) -> tuple[Decimal, Decimal]:
    """A number, in tkr where it is money, and what it was rounded by."""
    times = IN_TKR.get(value.number.unit_of_measure or "", Decimal(1))
    return abs(value.number.value) * times, value.number.half_step * times


def is_rough(*values: Value) -> bool:
    """Whether one of some numbers is said to be about so much."""
    return any(value.hedge for value in values)


def apart(sentence: Sentence, one: Value, other: Value, gap: Value) -> Iterator[Within]:
    """How far two numbers are apart, where it is said wrongly."""
    kinds = {kind_of(v.number.unit_of_measure) for v in (one, gap)}
    if not APART.fullmatch(between(sentence, other, gap)) or len(kinds) > 1:
        return
    if OF_ANOTHER.match(sentence.text, gap.end) or is_rough(one, other, gap):
        return
    if re.search(r"[;.]", between(sentence, one, other)):
        return
    (first, step), (second, next_step), (said, half_step) = map(size, (one, other, gap))
    if abs(abs(first - second) - said) <= step + next_step + half_step:
        return
    difference = swedish_number(abs(one.number.value - other.number.value))
    made = f"{one.text} mot {other.text} är en skillnad på {difference}"
    yield Within(sentence, gap, (one, other), made)


def by_how_much(sentence: Sentence, one: Value, other: Value, gap: Value) -> Iterator[Within]:
    """By how much a number became another, where it is said wrongly."""
    units = {v.number.unit_of_measure for v in (one, other, gap)} - {None}
    is_so = (
        FROM.search(sentence.text[: one.start])
        and TO.fullmatch(between(sentence, one, other))
        and A_MOVE.fullmatch(between(sentence, other, gap))
    )
    if not is_so or len(units) > 1 or is_rough(one, other, gap):
        return
    numbers = (one.number, other.number, gap.number)
    made = abs(numbers[0].value - numbers[1].value)
    if abs(made - abs(gap.number.value)) > sum(number.half_step for number in numbers):
        told = f"{one.text} mot {other.text} är en skillnad på {swedish_number(made)}"
        yield Within(sentence, gap, (one, other), told)


def moved(sentence: Sentence, one: Value, other: Value, last: Value) -> Iterator[Within]:
    """How much something rose or fell in per cent, where its amounts make another: *steg med 8,1
    mnkr, motsvarande 12,1 procent, till 74,9 mnkr*, *från 2 860 till 3 745 timmar, eller 31
    procent*."""
    text = sentence.text
    values = (one, other, last)
    percent = [v for v in values if v.number.unit_of_measure == "percent"]
    if not percent:
        yield from by_how_much(sentence, one, other, last)
    if len(percent) != 1 or is_rough(*values):
        return
    if other is percent[0]:
        moves = [t for t in sentence.with_role("direction") if t.end <= one.start]
        way = UP.get(moves[-1].code, 0) if moves else 0
        is_so = re.fullmatch(OR, between(sentence, one, other)) and BY.search(text[: one.start])
        if not way or not is_so or not TO.fullmatch(between(sentence, other, last)):
            return
        (change, step), (now, now_step) = size(one), size(last)
        then, then_step = now - way * change, now_step + step
        amounts = (one, last)
    elif last is percent[0]:
        is_so = re.fullmatch(OR, between(sentence, other, last)) and FROM.search(text[: one.start])
        if (
            not is_so
            or not ENDS.match(text, last.end)
            or not TO.fullmatch(between(sentence, one, other))
        ):
            return
        if one.number.unit_of_measure not in (None, other.number.unit_of_measure):
            return
        times = IN_TKR.get(other.number.unit_of_measure or "", Decimal(1))
        then, then_step = abs(one.number.value) * times, one.number.half_step * times
        now, now_step = size(other)
        change, step = abs(now - then), now_step + then_step
        amounts = (one, other)
    else:
        return
    if then <= then_step or kind_of(amounts[1].number.unit_of_measure) == "percent":
        return
    made, said = 100 * change / then, abs(percent[0].number.value)
    reach = 100 * (step / then + change * then_step / then**2) + percent[0].number.half_step
    if abs(made - said) > reach:
        told = (
            f"{amounts[0].text} och {amounts[1].text} ger {swedish_number(round(made, 1))} procent"
        )
        yield Within(sentence, percent[0], amounts, told)

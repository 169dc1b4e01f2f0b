"""What sentences say of how far two rows of a table are apart: *i Norra tar det 7,0 minuter längre
än i Södra*, *skillnaden mellan Norra och Södra är 7,0 minuter*.

A number is wrong only where no column of their table makes it, and one makes nearly it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import RESTATED, Value
from bokslut.transcription.reading.nouns import Name
from bokslut.transcription.reading.statements.fields import Competition
from bokslut.transcription.reading.statements.gaps import Amount, amounts_of
from bokslut.transcription.reading.statements.judge import Judged, is_printed
from bokslut.transcription.reading.statements.levels import is_typed
from bokslut.transcription.reading.statements.ranks import row_named
from bokslut.transcription.reading.statements.relation import COMPARISONS, numbers_of

MORE = "|".join(word for word in COMPARISONS if word.endswith(("re", "mer", "ler")))
THAN = re.compile(
    rf"(?: [^\W\d]+){{0,2}}? (?:{MORE}) än "
    r"(?P<other>(?:(?:i|på|hos|vid|för|inom) )?[^,;.\d]+)"
)
THERE = re.compile(
    rf"(?: [^\W\d]+){{0,2}}? (?:{MORE}) (?:i|på|hos|vid|för|inom) (?P<one>[^,;.\d]+?) än "
    r"(?P<other>(?:(?:i|på|hos|vid|för|inom) )?[^,;.\d]+)"
)
"""*väntade man 31 dagar längre i Hamrelund än i Kvarnforsa*."""
MEAN = re.compile(
    r"\b(?:skillnaden|gapet|avståndet)(?: i [^\W\d]+)? mellan (?P<one>[^,;.\d]+?) och "
    r"(?P<other>[^,;.\d]+?) (?:är|var|blev|uppg(?:år|ick) till) (?:fortfarande |nu )?$",
    re.IGNORECASE,
)
CUT = re.compile(r"[;:()]|\. |, (?!\d)")


@dataclass(frozen=True)
class Pair:
    """Two figures of one column, of the rows that are said to be apart."""

    names: tuple[Name, Name]
    one: Amount
    other: Amount

    @property
    def gap(self) -> Amount:
        """How far they are apart."""
        value = abs(self.one.value - self.other.value)
        return replace(self.one, value=value, half_step=self.one.half_step + self.other.half_step)

    def judged(self, value: Value) -> Judged:
        """The finding where a number is not that."""
        first, second = self.one.figure, self.other.figure
        difference = swedish_number(abs(first.number.value - second.number.value))  # type: ignore[union-attr]
        made = f"{first.cell.text} mot {second.cell.text} är en skillnad på {difference}"
        return Judged(value, value.end, self.names[0], (first, second), made)


class Between:
    """Holds what sentences say of how far two rows are apart against their tables."""

    def __init__(self, tables: Sequence[Competition], year: int) -> None:
        """Takes the rows that stand beside each other, and the year of the report."""
        self.tables, self.year = tables, year

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The numbers of a sentence that no column of two rows makes, and one makes nearly."""
        text = sentence.text
        if any(p.search(text) for p in (OTHERS, JOINT, RESTATED)) or sentence.with_role("gender"):
            return
        for value in numbers_of(sentence):
            first = max((m.end() for m in CUT.finditer(text, 0, value.start)), default=0)
            than, mean = THAN.match(text, value.end), MEAN.search(text[: value.start])
            there = THERE.match(text, value.end)
            if by_names := mean or there:
                said = (by_names["one"], by_names["other"])
            elif than:
                said = (text[first : value.start], than["other"])
            else:
                continue
            found = [p for rivals in self.tables for p in pairs_of(said, rivals)]
            if any(is_apart(value, one) for one in found):
                continue
            near = [
                one
                for one in found
                if one.one.year in (None, self.year)
                and one.one.scenario in ("outcome", "")
                and is_typed(value, one.gap)
            ]
            if len(near) == 1:
                yield near[0].judged(value)


def pairs_of(said: tuple[str, str], rivals: Competition) -> Iterator[Pair]:
    """The figures of two rows that some words name, column by column."""
    one, other = (row_named(text, rivals) for text in said)
    if one is None or other is None or one is other:
        return
    ((table, line),), ((_, second),) = one.rows, other.rows
    beside = {id(a.figure.column): a for a in amounts_of(table, second)}
    for amount in amounts_of(table, line):
        if there := beside.get(id(amount.figure.column)):
            yield Pair((one, other), amount, there)


def is_apart(value: Value, pair: Pair) -> bool:
    """Whether a number is how far two figures are apart, as it is rounded; in per cent of the
    second too."""
    gap = pair.gap
    if value.number.unit_of_measure == "percent" and pair.other.value:
        percent = 100 * gap.value / abs(pair.other.value)
        reach = value.number.half_step + 100 * gap.half_step / abs(pair.other.value)
        if abs(percent - abs(value.number.value)) <= reach:
            return True
    if is_printed(value, gap, gap.kind):
        return True
    return gap.kind != "money" and abs(gap.value - abs(value.number.value)) <= (
        gap.half_step + value.number.half_step
    )

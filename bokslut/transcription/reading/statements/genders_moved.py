"""What sentences say of which way women and men of a row went since a year, and whether they came
nearer to each other: *pojkarnas ökade medan flickornas minskade*, *skillnaden har minskat*.

A statement is wrong only where no row makes it true, and one has it the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.statements.genders import Genders, is_told
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.statements.printed import Pair, is_printed
from bokslut.transcription.reading.statements.relation import relation_of

MOVED = re.compile(
    r"\b(?:skillnaden|gapet|klyftan) mellan (?:könen|kvinnor och män|män och kvinnor|"
    r"flickor och pojkar|pojkar och flickor) (?:har )?(?:(?P<more>öka|väx)|minska|krymp)[^\W\d]*",
    re.IGNORECASE,
)
"""*Skillnaden mellan könen har minskat sedan 2022*."""
CLAUSES = re.compile(r",? (?:medan|men|och) |[;.] |, (?!\d)")
TO = re.compile(r"\btill (?:[^\W\d]+ )?$")
WAYS = {"up": 1, "better": 1, "down": -1, "worse": -1}
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Move:
    """Which way the women or the men of a row went since a year.

    Attributes:
        code: who.
        way: 1 up, -1 down.
        is_judged: by a word that says whether that is better.
        value: how far; None where that is not said.
        start, end: where that is said.
    """

    code: str
    way: int
    is_judged: bool
    value: Value | None
    start: int
    end: int

    def is_of(self, pair: Pair) -> bool:
        """Whether figures of this year and of then went so."""
        more = abs(pair.one.value) - abs(pair.other.value)
        label = f"{pair.name.rows[0][0].title} {pair.name.label}".lower()
        if self.is_judged and any(word in label for word in words.listed("better_less")):
            more = -more
        is_so = more * self.way > 0
        return is_so and (self.value is None or pair.is_apart(self.value))


class GendersMoved:
    """Holds how women and men went against the rows that print both."""

    def __init__(self, genders: Genders) -> None:
        """Takes the rows from what holds their numbers."""
        self.genders = genders

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The ways that no row went."""
        if any(p.search(sentence.text) for p in (OTHERS, JOINT, RESTATED, MONTH)):
            return
        yield from self.changes(sentence)
        yield from self.reached(sentence)
        yield from self.moved(sentence)

    def changes(self, sentence: Sentence) -> Iterator[Judged]:
        """Which way women and men of a row went, and how far, where one row alone has the two the
        other way round: *pojkarnas ökade med 0,9 och flickornas minskade*."""
        said = {move.code: move for move in moves_in(sentence)}
        if said.keys() != {"women", "men"} or len(moves_in(sentence)) != 2:
            return
        women, men = said["women"], said["men"]
        years = [int(year) for year in A_YEAR.findall(sentence.text)]
        then = next((year for year in years if year < self.genders.year), self.genders.year - 1)
        found = [
            (Pair(one.name, one.one, other.one), Pair(one.name, one.other, other.other))
            for one in self.genders.now
            for other in self.genders.couples
            if is_of_one_row(one, other) and then == other.one.year
        ]
        if any(women.is_of(pair) and men.is_of(beside) for pair, beside in found):
            return
        wrong = [p for p in found if men.is_of(p[0]) and women.is_of(p[1])]
        if len(wrong) == 1:
            first = min(women, men, key=lambda move: move.start)
            pair = wrong[0][first.code == "men"]
            figures = (pair.one.figure, pair.other.figure)
            number = pair.one.figure.number
            assert number is not None
            text = sentence.text[first.start : first.end]
            value = Value(number, first.start, first.end, text, "")
            yield Judged(value, first.end, pair.name, figures, pair.made)

    def reached(self, sentence: Sentence) -> Iterator[Judged]:
        """That women or men of a row rose to what they fell to: *männens steg till 4,0 procent*."""
        cuts = [0, *(m.end() for m in CLAUSES.finditer(sentence.text)), len(sentence.text)]
        for start, end in pairwise(cuts):
            codes = {t.code for t in sentence.with_role("gender") if start <= t.start < end}
            moves = [t for t in sentence.with_role("direction") if start <= t.start < end]
            values = [v for v in values_in(sentence) if start <= v.start < end]
            if len(codes) != 1 or len(moves) != 1 or moves[0].code not in ("up", "down"):
                continue
            if len(values) != 1 or not TO.search(sentence.text[start : values[0].start]):
                continue
            (code,), value, way = codes, values[0], WAYS[moves[0].code]
            found = [
                (one.of(code), other.of(code), one.name)
                for one in self.genders.now
                for other in self.genders.couples
                if is_of_one_row(one, other) and other.one.year == self.genders.year - 1
                if is_printed(value, one.of(code), one.one.kind)
                and (is_told(sentence, one) or is_told(sentence, one, loosely=True))
            ]
            if found and all(way * (abs(a.value) - abs(b.value)) < 0 for a, b, _ in found):
                *figures_of, name = found[0]
                figures = tuple(amount.figure for amount in figures_of)
                is_now, was_then = (amount.figure.cell.text for amount in figures_of)
                made = f"{self.genders.year} är det {is_now}, året före {was_then}"
                yield Judged(value, value.end, name, figures, made, "kön", "prose_direction")

    def moved(self, sentence: Sentence) -> Iterator[Judged]:
        """That women and men have come nearer to each other, or apart, where they have not."""
        text = sentence.text
        found = MOVED.search(text)
        if not found or values_in(sentence):
            return
        years = [int(year) for year in A_YEAR.findall(text)]
        then = years[0] if years else self.genders.year - 1
        for one in now if len(now := self.genders.meant(sentence, found.span())) == 1 else ():
            before = [
                other
                for other in self.genders.couples
                if is_of_one_row(one, other) and other.one.year == then
            ]
            more = one.gap.value - before[0].gap.value if len(before) == 1 else 0
            slack = one.gap.half_step + before[0].gap.half_step if before else 0
            if more * (1 if found["more"] else -1) < -slack and len(years) < 2:
                figures = tuple(a.figure for p in (one, before[0]) for a in (p.one, p.other))
                made = f"{then}: {before[0].made}; {self.genders.year}: {one.made}"
                number = one.one.figure.number
                assert number is not None
                value = Value(number, found.start(), found.end(), found[0], "")
                yield Judged(value, found.end(), one.name, figures, made, "kön", "prose_direction")


def moves_in(sentence: Sentence) -> list[Move]:
    """Which way women and men went, clause by clause."""
    found = []
    cuts = [0, *(m.end() for m in CLAUSES.finditer(sentence.text)), len(sentence.text)]
    for start, end in pairwise(cuts):
        codes = {t.code for t in sentence.with_role("gender") if start <= t.start < end}
        moves = [t for t in sentence.with_role("direction") if start <= t.start < end]
        values = [v for v in values_in(sentence) if start <= v.start < end]
        ways = {WAYS.get(t.code, 0) for t in moves}
        if len(codes) != 1 or len(ways) != 1 or 0 in ways or len(values) > 1:
            continue
        value = values[0] if values else None
        relation = relation_of(sentence, value) if value else None
        if value and (relation is None or relation.against != "year"):
            continue
        is_judged = moves[0].code in ("better", "worse")
        last = value.end if value else moves[-1].end
        found.append(Move(codes.pop(), ways.pop(), is_judged, value, start, last))
    return found


def is_of_one_row(one: Pair, other: Pair) -> bool:
    """Whether two pairs are of one row, or of the same columns of a table with the years down its
    rows."""
    tables = [pair.name.rows[0][0] for pair in (one, other)]
    columns = [(p.one.figure.column, p.other.figure.column) for p in (one, other)]
    is_alike = (one.one.scenario, one.one.kind) == (other.one.scenario, other.one.kind)
    is_row = other.name.rows == one.name.rows or columns[0] == columns[1]
    return tables[0] is tables[1] and is_alike and is_row

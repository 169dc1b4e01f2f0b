"""What sentences say of which way women and men of a row went since a year, and whether they came
nearer to each other: *pojkarnas ökade medan flickornas minskade*, *skillnaden har minskat*.

A statement is wrong only where no row makes it true, and one has it the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.nouns import lower_words
from bokslut.transcription.reading.statements.fields import own_words
from bokslut.transcription.reading.statements.genders import Genders, is_told
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.statements.printed import Pair, is_printed
from bokslut.transcription.reading.statements.relation import relation_of
from bokslut.transcription.reading.statements.understood import telling, unknown_in

MOVED = re.compile(
    r"\b(?:skillnaden|gapet|klyftan) mellan (?:könen|kvinnor och män|män och kvinnor|"
    r"flickor och pojkar|pojkar och flickor) (?:har )?(?:(?P<more>öka|väx)|minska|krymp)[^\W\d]*",
    re.IGNORECASE,
)
"""*Skillnaden mellan könen har minskat sedan 2022*."""
CLAUSES = re.compile(r",? (?:medan|men|och) |[;.] |, (?!\d)")
BOTH = re.compile(r"\b(?:både|såväl|båda könen|bägge könen)\b", re.IGNORECASE)
MORE = re.compile(r"\b(?:(?P<more>mer|kraftigare|snabbare)|(?P<less>mindre|långsammare)) än\b")
ALIKE = re.compile(r"\blika (?:mycket|snabbt)\b")
"""*Männens sjukfrånvaro minskade mer än kvinnornas*, *har minskat lika mycket*."""
FAR = 2
"""How many times another change is at least that is not as large."""
OF_OTHERS = re.compile(
    r"\b(?:senaste|varje|flera|över tid|successivt|halvår|hösten|våren|sommaren|vintern|inte|ej|"
    r"hela|riket|landet|länet)",
    re.IGNORECASE,
)
"""Words of other times and places than those of a row's year."""
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

    def is_against(self, pair: Pair) -> bool:
        """Whether figures of this year and of then went the other way, by more than rounding."""
        is_moved = pair.gap.value > pair.gap.half_step
        return is_moved and not replace(self, value=None).is_of(pair)


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
        yield from self.gone(sentence)
        yield from self.further(sentence)
        yield from self.reached(sentence)
        yield from self.moved(sentence)

    def changes(self, sentence: Sentence) -> Iterator[Judged]:
        """Which way women and men of a row went, and how far, where one row alone has the two the
        other way round: *pojkarnas ökade med 0,9 och flickornas minskade*."""
        said = {move.code: move for move in moves_in(sentence)}
        if said.keys() != {"women", "men"} or len(moves_in(sentence)) != 2:
            return
        women, men = said["women"], said["men"]
        then = self.then(sentence)
        found = [
            (Pair(one.name, one.one, other.one), Pair(one.name, one.other, other.other))
            for one in self.genders.spoken_of(sentence)
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

    def then(self, sentence: Sentence) -> int:
        """The year that a sentence compares with; the last one where it says none."""
        years = [int(year) for year in A_YEAR.findall(sentence.text)]
        return next((year for year in years if year < self.genders.year), self.genders.year - 1)

    def since(self, sentence: Sentence, said: Sequence[tuple[int, int]]) -> list[tuple[Pair, Pair]]:
        """The rows of whose women and men a sentence speaks and of nothing else, now and then.
        `said`: the places of what is understood without their words."""
        then, found = self.then(sentence), []
        for one in self.genders.meant(sentence, said[0]):
            table, line = one.name.rows[0]
            printed = f"{table.title} {line.group} {line.label} {one.name.label}"
            known = telling(set(lower_words(printed)))
            before = [
                other
                for other in self.genders.couples
                if is_of_one_row(one, other) and other.one.year == then
            ]
            if len(before) == 1 and not any(
                unknown_in(sentence, 0, len(sentence.text), known, said)
            ):
                found.append((one, before[0]))
        return found

    def gone(self, sentence: Sentence) -> Iterator[Judged]:
        """Which way the women and men of a row went, or one of them, where each row that may be
        meant went another."""
        said = both_in(sentence) or moves_in(sentence)
        is_one = len({move.start for move in said}) == 1
        if not is_one or OF_OTHERS.search(sentence.text) or any(move.value for move in said):
            return
        spans = [(t.start, t.end) for t in sentence.with_role("direction")]
        there = [
            (move, Pair(one.name, one.of(move.code), other.of(move.code)))
            for one, other in self.since(sentence, spans)
            for move in said
        ]
        rows = {id(pair.name) for _, pair in there}
        wrong = [(move, pair) for move, pair in there if move.is_against(pair)]
        if wrong and rows == {id(pair.name) for _, pair in wrong}:
            move, pair = wrong[0]
            made = ", ".join(pair.made for _, pair in wrong)
            yield self.judged(sentence, (move.start, move.end), pair, made)

    def further(self, sentence: Sentence) -> Iterator[Judged]:
        """That women changed more than men, or as much, where no row that may be meant has it so in
        numbers or in per cent."""
        text = sentence.text
        codes = [token.code for token in sentence.with_role("gender")]
        moves = [t for t in sentence.with_role("direction") if t.code in ("up", "down")]
        found = MORE.search(text) or ALIKE.search(text)
        if sorted(codes) != ["men", "women"] or len(moves) != 1 or not found:
            return
        if OF_OTHERS.search(text) or values_in(sentence):
            return
        more = {"more": 1, "less": -1}.get(found.lastgroup or "", 0)
        there = [
            [Pair(one.name, one.of(code), other.of(code)) for code in codes]
            for one, other in self.since(sentence, [found.span(), (moves[0].start, moves[0].end)])
        ]
        if there and not any(is_as_far(*pairs, more) for pairs in there):
            first, second = there[0]
            made = f"{first.made}, {second.made}"
            yield self.judged(sentence, found.span(), first, made)

    def judged(self, sentence: Sentence, span: tuple[int, int], pair: Pair, made: str) -> Judged:
        """The statement at a place of a sentence that the figures of a row make otherwise."""
        start, end = span
        number = pair.one.figure.number
        assert number is not None
        value = Value(number, start, end, sentence.text[start:end], "")
        figures = (pair.one.figure, pair.other.figure)
        return Judged(value, end, pair.name, figures, made, "kön", "prose_direction")

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


def is_as_far(first: Pair, second: Pair, more: int) -> bool:
    """Whether the first went further than the second, or less far, or as far, in numbers or in per
    cent. `more`: 1, -1 or 0."""
    one, other = first.gap.value, second.gap.value
    slack = first.gap.half_step + second.gap.half_step
    then = [abs(pair.other.value) or Decimal(1) for pair in (first, second)]
    ways = [(one, other, slack), (one / then[0], other / then[1], Decimal(0))]
    return any(
        more * (a - b) >= -reach if more else max(a, b) <= FAR * min(a, b) + reach
        for a, b, reach in ways
    )


def both_in(sentence: Sentence) -> list[Move]:
    """Which way both women and men went: *minskade för både kvinnor och män*."""
    codes = {token.code for token in sentence.with_role("gender")}
    moves = sentence.with_role("direction")
    is_of_both = codes == {"women", "men"} or "könen" in sentence.text
    if not BOTH.search(sentence.text) or not is_of_both or len(moves) != 1:
        return []
    way, (move,) = WAYS.get(moves[0].code, 0), moves
    is_judged = move.code in ("better", "worse")
    some = [Move(code, way, is_judged, None, move.start, move.end) for code in ("women", "men")]
    return some if way and not values_in(sentence) else []


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
    of = [own_words(column) for column, _ in columns]
    is_row = (other.name.rows == one.name.rows and of[0] == of[1]) or columns[0] == columns[1]
    return tables[0] is tables[1] and is_alike and is_row

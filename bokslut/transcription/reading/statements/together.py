"""What sentences say that several rows are together of their sum: *livsmedel och avlopp svarar
tillsammans för 70 procent av alla inspektioner*.

A share is wrong only where no column of the table makes it, and its words name those rows alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.nouns import WORD, Name, Said, found_in, lower_words, same
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.row_amounts import Amount, amounts_of, kind_of
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.statements.levels import OPEN, Place, is_noun
from bokslut.transcription.reading.statements.printed import equals, is_typed
from bokslut.transcription.reading.statements.relation import CUT, relation_of
from bokslut.transcription.reading.statements.shares import (
    IS_SHARE,
    NEGATED,
    OF,
    Shares,
    is_beside,
    is_near,
    is_part,
)
from bokslut.transcription.reading.statements.shares_said import Share, told_in
from bokslut.transcription.reading.statements.understood import RESULT
from bokslut.transcription.reading.tables.table import Line

STAND = re.compile(r"\b(?:står|stod|svara(?:r|de))\b")
Named = tuple[Said, Place]


@dataclass(frozen=True)
class Several:
    """Some rows, and what they are together of another."""

    names: tuple[Name, ...]
    parts: tuple[Amount, ...]
    whole: Amount

    @property
    def percent(self) -> Decimal:
        """What the parts are of the whole."""
        return 100 * abs(sum((a.value for a in self.parts), Decimal(0))) / abs(self.whole.value)

    @property
    def slack(self) -> Decimal:
        """What rounding may do to it."""
        steps = sum((a.half_step for a in self.parts), self.whole.half_step)
        return 100 * steps / abs(self.whole.value)

    def is_of(self, year: int) -> bool:
        """Whether it is of a year's outcomes."""
        return self.whole.scenario in ("outcome", "") and self.whole.year in (None, year)

    def judged(self, share: Share) -> Judged:
        """The finding where a share is not that."""
        figures = (*(a.figure for a in self.parts), self.whole.figure)
        sum_of = " plus ".join(figure.cell.text for figure in figures[:-1])
        percent = swedish_number(round(self.percent, 1))
        made = f"{sum_of} är {percent} procent av {figures[-1].cell.text}"
        value = Value(Number(share.percent, 0, "percent"), share.start, share.end, share.text, "")
        label = " och ".join(name.label for name in self.names)
        name = Name(label, (), list(self.names[0].rows))
        return Judged(value, share.end, name, figures, made, "andel", "prose_value")


class Together:
    """Holds the shares of several rows that the sentences of a document state against their sum."""

    def __init__(self, shares: Shares) -> None:
        """Takes the rows that are sums from what holds the shares of one row."""
        self.levels, self.sums, self.year = shares.levels, shares.sums, shares.year

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The shares of a sentence that no rows make together."""
        text = sentence.text
        is_other = OTHERS.search(text) or RESTATED.search(text) or self.levels.is_scanned
        if not JOINT.search(text) or is_other or sentence.with_role("gender", "qualifier"):
            return
        for share in told_in(sentence):
            yield from self.share(sentence, share)
        found = values_in(sentence)
        for value in found if len(found) == 1 else ():
            relation = relation_of(sentence, value)
            is_amount = value.number.unit_of_measure not in ("percent", "percentage_points")
            is_off = relation is not None and relation.against == "budget"
            if is_amount and (relation is None or is_off):
                yield from self.amount(sentence, value, is_off=is_off)

    def amount(self, sentence: Sentence, value: Value, *, is_off: bool) -> Iterator[Judged]:
        """A sum of several rows that is wrong: *tillsammans ett underskott på 10,7 mnkr*."""
        text = sentence.text
        first = max((m.end() for m in CUT.finditer(text, 0, value.start)), default=0)
        own = [m.span() for kind in (JOINT, STAND) for m in kind.finditer(text, first, value.end)]
        said = [
            m
            for m in WORD.finditer(text, first, value.start)
            if not any(a <= m.start() < b for a, b in own)
        ]
        kind = kind_of(value.number.unit_of_measure)
        named = [
            some
            for some in self.named_in(said)
            if self.is_told(sentence, said, some)
            and any(a.kind == kind for _, place in some for a in place.amounts)
        ]
        if len(named) != 1 or OPEN.search(text, first, value.start):
            return
        by_column: dict[int, list[Amount]] = {}
        for one in (a for _, place in named[0] for a in place.amounts):
            if one.kind == kind:
                by_column.setdefault(id(one.figure.column), []).append(one)
        is_off = is_off or RESULT.search(text, first, value.start) is not None
        near: list[Judged] = []
        for parts in by_column.values():
            if len(parts) != len(named[0]):
                continue
            total = sum((a.value for a in parts), Decimal(0))
            slack = sum((a.half_step for a in parts), Decimal(0))
            one = replace(parts[0], value=total, half_step=slack)
            if equals(value, one):
                return
            scenarios = ("deviation",) if is_off else ("outcome", "cost", "")
            is_now = one.scenario in scenarios and one.year in (None, self.year)
            if is_now and is_typed(value, one):
                near.append(self.wrong_sum(value, named[0], parts, total))
        yield from near[:1]

    def wrong_sum(
        self, value: Value, some: Sequence[Named], parts: Sequence[Amount], total: Decimal
    ) -> Judged:
        """The finding about a sum."""
        cells = [a.figure.cell.text for a in parts]
        unit = parts[0].figure.number.half_step  # type: ignore[union-attr]
        times = Decimal(1) if not unit else parts[0].half_step / unit
        made = f"{' plus '.join(cells)} är {swedish_number(total / times)}"
        name = Name(" och ".join(p.name.label for _, p in some), (), list(some[0][1].name.rows))
        figures = tuple(a.figure for a in parts)
        return Judged(value, value.end, name, figures, made, "summa", "prose_value")

    def share(self, sentence: Sentence, share: Share) -> Iterator[Judged]:
        """A share that is wrong."""
        text = sentence.text
        of = OF.match(text, share.end)
        first = max((m.end() for m in CUT.finditer(text, 0, share.start)), default=0)
        if not of or any(p.search(text, first, of.end()) for p in (MONTH, NEGATED)):
            return
        own = [m.span() for kind in (IS_SHARE, JOINT) for m in kind.finditer(text, first, of.end())]
        said = [
            m
            for m in WORD.finditer(text, first, of.start())
            if not any(a <= m.start() < b for a, b in own)
        ]
        named = self.named_in(said)
        told = [
            made
            for some in named
            if self.is_told(sentence, said, some)
            for row in self.wholes(some[0][1], of["whole"].lower())
            for made in self.sums_said(some, row)
        ]
        if any(abs(one.percent - share.percent) <= share.slack + one.slack for one in told):
            return
        now = [one for one in told if one.is_of(self.year) and is_near(one.percent, share.percent)]
        if now and len(named) == 1:
            yield now[0].judged(share)

    def named_in(self, said: Sequence[re.Match[str]]) -> list[list[Named]]:
        """The rows that some words name in full, of each table that has several."""
        found: dict[int, list[Named]] = {}
        whole = [s for s in found_in([m[0].lower() for m in said], self.levels.names) if s.is_whole]
        for one in whole:
            # *Vård och omsorg* is not *Omsorg* too.
            if not any(one.by < other.by for other in whole):
                for place in self.levels.places[id(one.name)]:
                    for table, _ in place.name.rows:
                        found.setdefault(id(table), []).append((one, place))
        return [some for some in found.values() if len(some) > 1]

    def is_told(
        self, sentence: Sentence, said: Sequence[re.Match[str]], some: Sequence[Named]
    ) -> bool:
        """Whether the nouns of a share name some rows and no more."""
        by = frozenset().union(*(one.by for one, _ in some))
        name = some[0][1].name
        rest = [m for at, m in enumerate(said) if at not in by and is_noun(sentence, m)]
        return all(is_beside(m[0].lower(), name) for m in rest)

    def wholes(self, place: Place, whole: str) -> list[Line]:
        """The sums of a row's table that a word may be of."""
        ((table, _),) = place.name.rows
        sums = self.sums[id(table)]
        named = [row for row in sums if any(same(whole, w) for w in lower_words(row.label))]
        is_all = whole in words.listed("whole_labels") or is_beside(whole, place.name)
        return named or (sums if is_all else [])

    def sums_said(self, some: Sequence[Named], row: Line) -> Iterator[Several]:
        """What some rows of a table make of one of its sums, in each of its columns."""
        ((table, _),) = some[0][1].name.rows
        for whole in amounts_of(table, row):
            parts = [
                a
                for _, place in some
                for a in place.amounts
                if a.figure.column is whole.figure.column and is_part(a, whole)
            ]
            if len(parts) == len(some):
                yield Several(tuple(place.name for _, place in some), tuple(parts), whole)

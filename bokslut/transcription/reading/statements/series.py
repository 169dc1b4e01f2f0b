"""What sentences say of the years of a row: *det högsta antalet på fem år*, *har ökat två år i
rad*, *varje år sedan 2021*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, pairwise

from bokslut.transcription.reading.claims.sentence import OTHERS, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, RESTATED, values_in
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.nouns import (
    WORD,
    Name,
    best_of,
    found_in,
    lower_words,
    names_of,
    parts_of,
    rivals_of,
)
from bokslut.transcription.reading.row_amounts import Amount, amounts_of
from bokslut.transcription.reading.statements.gaps import OF_RESULT
from bokslut.transcription.reading.statements.named_rows import is_all
from bokslut.transcription.reading.statements.places import COUNT, SILENT
from bokslut.transcription.reading.statements.printed import is_printed
from bokslut.transcription.reading.statements.ranks import Ranked
from bokslut.transcription.reading.statements.said_of_years import (
    Said,
    comparisons,
    extremes,
    is_of_something_else,
    peaks,
    runs,
    since,
)
from bokslut.transcription.reading.tables.table import ReadTable

OF_YEARS = re.compile(rf"\bde (?:senaste )?(?:{COUNT}) åren?\b")
"""*under de fyra åren*, which are no rows."""
OF_PEAK = re.compile(
    r"(?:19|20)\d\d|perioden|[^\W\d]*årsperioden|hela|senaste|åren?|inträffade|togs|emot|hölls|kom|fanns|[^\W\d]+(?:ade|de|te)s"
)
"""Words that say nothing but when something was the most: *hanterades*."""
ELSEWHERE = re.compile(r"\bi (?:länet|landet|riket|regionen)\b")
ENDS = re.compile(r"[;:()]|\b(?:medan|men|eftersom|trots|varav|samtidigt)\b")


class Series:
    """Holds the statements of a document against the years of its rows."""

    def __init__(self, document: Document) -> None:
        """Collects the names of the rows."""
        self.names = names_of(document.tables)
        self.year = document.report_year
        self.rows = {
            id(name): [list(amounts_of(table, line)) for table, line in name.rows]
            for name in self.names
        }
        for table in document.tables:
            for name, amounts in columns_by_year(table):
                again = next((n for n in self.names if n.parts == name.parts), None)
                if again is None:
                    self.names.append(again := name)
                self.rows.setdefault(id(again), []).append(amounts)

    def statements(self, sentence: Sentence) -> Iterator[Ranked]:
        """The statements of a sentence that could be held against the years of a row."""
        if any(p.search(sentence.text) for p in (RESTATED, OTHERS, ELSEWHERE)):
            return
        for said in said_in(sentence):
            cut = max((m.end() for m in ENDS.finditer(sentence.text, 0, said.start)), default=0)
            if said.is_alone and is_of_something_else(sentence, cut, said):
                continue
            text = OF_YEARS.sub("", AT_END.sub("", sentence.text[cut : said.end]))
            whose = sentence.with_role("gender")
            if said.is_alone:
                whose = [token for token in whose if cut <= token.start < said.end]
            genders = {token.code for token in whose} or {"total"}
            if SILENT.search(text) or MONTH.search(text) or len(genders) > 1:
                continue
            (gender,) = genders
            if gender != "total" and not said.is_alone:
                continue
            name = self.row_of(sentence, cut, said, gender)
            if name and (found := self.judged(said, name, gender)):
                yield found

    def years(self, name: Name, gender: str = "total") -> list[dict[int, Amount]]:
        """The outcomes of each row of a name by their years."""
        return [years_of(amounts, gender) for amounts in self.rows[id(name)]]

    def row_of(
        self, sentence: Sentence, cut: int, said: Said, gender: str = "total"
    ) -> Name | None:
        """The row that a statement is of: named before it, with no word that names something else
        or a number that the row has for the year."""
        if said.of_before:
            if sentence.before is None:
                return None
            sentence, cut = sentence.before, 0
            found = list(WORD.finditer(sentence.text))
        else:
            end = said.end if said.peak else said.start
            found = [
                word
                for word in WORD.finditer(sentence.text, cut, end)
                if not (said.peak and (word.start() == said.start or OF_PEAK.fullmatch(word[0])))
                and not any(t.start <= word.start() < t.end for t in sentence.with_role("gender"))
            ]
        some = found_in([m[0].lower() for m in found], self.names)
        chosen = best_of(some)
        if chosen is None or any(rivals_of(chosen, some)):
            return None
        levels = [v for v in values_in(sentence) if cut <= v.start]
        now = [y[self.year] for y in self.years(chosen.name, gender) if self.year in y]
        stated = [v for v in levels if said.is_alone and v.end <= said.start]
        if stated and not any(is_printed(v, a) for v in stated for a in now):
            # *700 larm är färre än 2018*, of a row that has other figures.
            return None
        if any(is_printed(v, a) for v in levels for a in now) or is_all(sentence, found, chosen):
            return chosen.name
        return None

    def judged(self, said: Said, name: Name, gender: str = "total") -> Ranked | None:
        """A statement held against the years of a row; None where they do not tell."""
        if (said.is_alone or said.peak) and OF_RESULT.search(name.label):
            # Of two deficits the smaller is higher.
            return None
        wrong = []
        for found in self.years(name, gender):
            years = {
                y: a
                for y, a in found.items()
                if said.first <= y <= self.year
                and not (said.is_alone and said.first < y < self.year)
            }
            if (said.peak or self.year) not in years or len(years) < 2 + bool(said.peak):
                continue
            against = broken(said, years, self.year)
            if against is None:
                return Ranked(said.start, said.end, name.label)
            wrong.append(against)
        if not wrong:
            return None
        now, then = wrong[0]
        made = f"{now.year} är det {now.figure.cell.text}, {then.year} {then.figure.cell.text}"
        figures = (now.figure, then.figure)
        return Ranked(said.start, said.end, f"{name.label}: flera år", figures, made)


def said_in(sentence: Sentence) -> Iterator[Said]:
    """What a sentence says of several years, each thing once."""
    taken: list[tuple[int, int]] = []
    for said in chain(
        peaks(sentence), extremes(sentence), runs(sentence), comparisons(sentence), since(sentence)
    ):
        if not any(said.start < end and start < said.end for start, end in taken):
            taken.append((said.start, said.end))
            yield said


def years_of(amounts: Iterable[Amount], gender: str) -> dict[int, Amount]:
    """The outcomes of a gender, or of all, by their years."""
    return {
        a.year: a
        for a in amounts
        if a.year
        and a.scenario in ("outcome", "")
        and (a.figure.column.gender or "total") == gender
        and not a.figure.column.entity
    }


def columns_by_year(table: ReadTable) -> Iterator[tuple[Name, list[Amount]]]:
    """The columns of a table whose rows are years, each with its figures."""
    rows = {int(line.label): line for line in table.lines if A_YEAR.fullmatch(line.label)}
    if len(rows) < LEAST_YEARS or len(rows) * 2 < len(table.lines):
        return
    for column in table.number_columns:
        text = column.head.text
        # Of women, men and all only the title says what is so much.
        label = table.title if column.gender else text
        name = Name(label, parts_of(label), [], set(lower_words(f"{table.title} {text}")))
        if name.parts:
            yield (
                name,
                [
                    replace(one, year=year)
                    for year, line in rows.items()
                    for one in amounts_of(table, line)
                    if one.figure.column is column
                ],
            )


def is_so_many_times(times: tuple[Decimal, Decimal], now: Amount, then: Amount) -> bool:
    """Whether a figure may be so many times another, as both are rounded."""
    least, most = times
    less, more = abs(now.value) - now.half_step, abs(now.value) + now.half_step
    before = abs(then.value)
    return least * (before - then.half_step) <= more and less <= most * (before + then.half_step)


LEAST_YEARS = 3
A_YEAR = re.compile(r"(?:19|20)\d\d")


def broken(said: Said, years: dict[int, Amount], year: int) -> tuple[Amount, Amount] | None:
    """The two figures that make a statement wrong; None where there are none."""
    ordered = [years[y] for y in sorted(years, reverse=True, key=lambda y: (y == said.peak, y))]
    if said.times:
        return None if is_so_many_times(said.times, *ordered) else (ordered[0], ordered[1])
    pairs: Sequence[tuple[Amount, Amount]] = (
        [(a, b) for a, b in pairwise(ordered) if a.year - b.year == 1]  # type: ignore[operator]
        if said.is_run
        else [(ordered[0], one) for one in ordered[1:]]
    )
    for now, then in pairs:
        # Costs may be printed below nought.
        more = (
            abs(now.value) - abs(then.value)
            if now.value * then.value > 0
            else (now.value - then.value)
        )
        # What is printed as more, to the same digit, was more before it was rounded too.
        reach = 0 if now.half_step == then.half_step else now.half_step + then.half_step
        if now.kind == then.kind and said.way * more < -reach:
            return now, then
    return None

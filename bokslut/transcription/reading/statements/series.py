"""What sentences say of the years of a row: *det högsta antalet på fem år*, *har ökat två år i
rad*, *varje år sedan 2021*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bokslut.transcription.reading.claims.sentence import OTHERS, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, RESTATED, values_in
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import damaged
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
from bokslut.transcription.reading.statements.gaps import OF_RESULT, Amount, amounts_of
from bokslut.transcription.reading.statements.judge import is_all, is_printed
from bokslut.transcription.reading.statements.ranks import (
    COUNT,
    SILENT,
    SUPERLATIVE,
    WAYS,
    Ranked,
    number,
)
from bokslut.transcription.reading.tables.table import ReadTable

ORDINALS = {"andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}
EXTREME = re.compile(
    rf"{SUPERLATIVE.pattern}(?P<what>(?: [^\W\d]+){{0,4}}?) "
    r"(?:(?:på|under|för) (?:de |den )?(?:senaste )?"
    rf"(?:(?P<count>{COUNT}|\d{{1,2}})[ -]?år(?:en|sperioden)?\b|(?P<all>perioden))|"
    r"sedan (?P<since>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
RUN = re.compile(
    rf"\bför (?:det )?(?P<nth>{'|'.join(ORDINALS)}) året i (?:rad|följd)\b|"
    rf"\b(?P<count>{COUNT}) år i (?:rad|följd)\b|"
    r"\b(?:varje|vart?) år sedan (?P<since>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
SO_MANY = re.compile(
    rf"^Det (?:är|var|blev)(?: nu| därmed| alltså)? (?:det )?(?P<nth>{'|'.join(ORDINALS)}) året i "
    r"(?:rad|följd)\b",
    re.IGNORECASE,
)
"""*Det är fjärde året i rad den sjunker*, that of the sentence before."""
OF_YEARS = re.compile(rf"\bde (?:senaste )?(?:{COUNT}) åren?\b")
"""*under de fyra åren*, which are no rows."""
ENDS = re.compile(r"[;:()]|\b(?:medan|men|eftersom|trots|varav|samtidigt)\b")


@dataclass(frozen=True)
class Said:
    """A statement of several years.

    Attributes:
        start, end: of its words.
        first: the first year that it speaks of.
        way: 1 for up or the most, -1 for down or the least.
        is_run: each year is held against the one before it.
        is_alone: no year between is held against it.
        of_before: it is of what the sentence before is about.
    """

    start: int
    end: int
    first: int
    way: int
    is_run: bool
    is_alone: bool = False
    of_before: bool = False


class Series:
    """Holds the statements of a document against the years of its rows."""

    def __init__(self, document: Document) -> None:
        """Collects the names of the rows."""
        self.names = names_of(document)
        self.year = document.report_year
        self.years = {
            id(name): [years_of(amounts_of(table, line)) for table, line in name.rows]
            for name in self.names
        }
        for table in document.tables:
            for name, years in columns_by_year(table):
                self.names.append(name)
                self.years[id(name)] = [years]

    def statements(self, sentence: Sentence) -> Iterator[Ranked]:
        """The statements of a sentence that could be held against the years of a row."""
        if RESTATED.search(sentence.text) or OTHERS.search(sentence.text):
            return
        for said in (*extremes(sentence), *runs(sentence), *comparisons(sentence)):
            cut = max((m.end() for m in ENDS.finditer(sentence.text, 0, said.start)), default=0)
            if said.is_alone and is_of_something_else(sentence, cut, said):
                continue
            text = OF_YEARS.sub("", AT_END.sub("", sentence.text[cut : said.end]))
            if SILENT.search(text) or MONTH.search(text) or sentence.with_role("gender"):
                continue
            if (name := self.row_of(sentence, cut, said)) and (found := self.judged(said, name)):
                yield found

    def row_of(self, sentence: Sentence, cut: int, said: Said) -> Name | None:
        """The row that a statement is of: named before it, with no word that names something else
        or a number that the row has for the year."""
        if said.of_before:
            if sentence.before is None:
                return None
            sentence, cut = sentence.before, 0
            found = list(WORD.finditer(sentence.text))
        else:
            found = list(WORD.finditer(sentence.text, cut, said.start))
        some = found_in([m[0].lower() for m in found], self.names)
        chosen = best_of(some)
        if chosen is None or any(rivals_of(chosen, some)):
            return None
        levels = [v for v in values_in(sentence) if cut <= v.start]
        now = [y[self.year] for y in self.years[id(chosen.name)] if self.year in y]
        if any(is_printed(v, a) for v in levels for a in now) or is_all(sentence, found, chosen):
            return chosen.name
        return None

    def judged(self, said: Said, name: Name) -> Ranked | None:
        """A statement held against the years of a row; None where they do not tell."""
        if said.is_alone and OF_RESULT.search(name.label):
            # Of two deficits the smaller is higher.
            return None
        wrong = []
        for found in self.years[id(name)]:
            years = {
                y: a
                for y, a in found.items()
                if said.first <= y <= self.year
                and not (said.is_alone and said.first < y < self.year)
            }
            if self.year not in years or len(years) < 2:
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


def years_of(amounts: Iterable[Amount]) -> dict[int, Amount]:
    """The outcomes of all by their years."""
    return {
        a.year: a
        for a in amounts
        if a.year
        and a.scenario in ("outcome", "")
        and a.figure.column.gender in (None, "total")
        and not a.figure.column.entity
    }


def columns_by_year(table: ReadTable) -> Iterator[tuple[Name, dict[int, Amount]]]:
    """The columns of a table whose rows are years, each with its figures by year."""
    rows = {int(line.label): line for line in table.lines if A_YEAR.fullmatch(line.label)}
    if len(rows) < LEAST_YEARS or len(rows) * 2 < len(table.lines):
        return
    for column in table.number_columns:
        text = column.head.text
        name = Name(text, parts_of(text))
        name.beside |= set(lower_words(f"{table.title} {text}"))
        found = {}
        for year, line in rows.items():
            for one in amounts_of(table, line):
                if one.figure.column is column:
                    found[year] = replace(one, year=year)
        if name.parts:
            yield name, found


LEAST_YEARS = 3
A_YEAR = re.compile(r"(?:19|20)\d\d")


def broken(said: Said, years: dict[int, Amount], year: int) -> tuple[Amount, Amount] | None:
    """The two figures that make a statement wrong; None where there are none."""
    ordered = [years[y] for y in sorted(years, reverse=True)]
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


def extremes(sentence: Sentence) -> Iterator[Said]:
    """*den lägsta nivån på fem år*."""
    for found in EXTREME.finditer(sentence.text):
        word = found["word"].lower()
        way = next(v for w, v in WAYS.items() if damaged(w).fullmatch(word))
        count = number(found["count"]) if found["count"] else 0
        # That of the year since when it is the highest was higher.
        first = sentence.report_year - count + 1 if count else int(found["since"] or -1) + 1
        if way and not found["rank"] and (count or found["since"] or found["all"]):
            yield Said(found.start("word"), found.end(), first, way, is_run=False)


def runs(sentence: Sentence) -> Iterator[Said]:
    """*har ökat två år i rad*."""
    for found in SO_MANY.finditer(sentence.text):
        after = [t for t in sentence.with_role("direction") if t.start >= found.end()]
        way = {"up": 1, "down": -1}.get(after[0].code, 0) if after else 0
        if way and after[0].start - found.end() < NEAR:
            first = sentence.report_year - ORDINALS[found["nth"].lower()]
            yield Said(found.start(), after[0].end, first, way, is_run=True, of_before=True)
    for found in RUN.finditer(sentence.text):
        before = [t for t in sentence.with_role("direction") if t.end <= found.start()]
        way = {"up": 1, "down": -1}.get(before[-1].code, 0) if before else 0
        between = sentence.text[before[-1].end : found.start()] if before else ""
        if not way or len(between) > NEAR or AFTER.search(between):
            continue
        count = ORDINALS[found["nth"].lower()] if found["nth"] else number(found["count"])
        first = sentence.report_year - count if count else int(found["since"])
        yield Said(before[-1].start, found.end(), first, way, is_run=True)


def comparisons(sentence: Sentence) -> Iterator[Said]:
    """*något högre än 2023*, which is no number."""
    numbers = [value.end for value in values_in(sentence)]
    for found in THAN.finditer(sentence.text):
        if not any(0 <= found.start() - end < 2 for end in numbers):
            way = 1 if found["more"] else -1
            first = int(found["year"]) if found["year"] else sentence.report_year - 1
            if first < sentence.report_year and not NOT.search(sentence.text[: found.start()]):
                yield Said(found.start(), found.end(), first, way, is_run=False, is_alone=True)


def is_of_something_else(sentence: Sentence, cut: int, said: Said) -> bool:
    """Whether what is more or less than in a year is a share of a row, or no outcome: *Personalens
    andel är lägre än 2022*, *budgeten är högre än 2022*."""
    others = sentence.with_role("budget", "target", "forecast", "qualifier")
    return bool(A_SHARE.search(sentence.text[: said.start])) or any(
        cut <= token.start < said.start for token in others
    )


THAN = re.compile(
    r"\b(?:(?P<more>högre|större|fler|mer)|lägre|mindre|färre) än "
    r"(?:(?:år )?(?P<year>(?:19|20)\d\d)|föregående år|året (?:före|innan)|förra året|i fjol)\b"
)
A_SHARE = re.compile(r"\bandel", re.IGNORECASE)
NOT = re.compile(r"\b(?:inte|varken|knappast)\b")
AFTER = re.compile(r"\b(?:efter|trots|jämfört|från)\b")
"""What stands between a move and years that had another: *ökade efter två år i rad av*."""
NEAR = 25
"""How far behind a verb of moving the years stand that it is of."""

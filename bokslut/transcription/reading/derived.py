"""What sentences say that several figures of a table make together: which row is the largest.

A statement is wrong only where no figures of its rows make it true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bokslut.transcription.reading import arithmetic
from bokslut.transcription.reading.claims.claim import Mention
from bokslut.transcription.reading.claims.sentence import OTHERS, Sentence
from bokslut.transcription.reading.concepts.concept import Concepts
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable


@dataclass(frozen=True, slots=True)
class Wrong:
    """A statement that the tables make another way.

    Attributes:
        place, line: of its sentence.
        printed: its words.
        subject: what it is about.
        figures: those that it is held against.
        made: what they say, in Swedish.
        rule: of the findings that it is among.
    """

    place: str
    line: int
    printed: str
    subject: str
    figures: tuple[Figure, ...]
    made: str
    rule: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and the rows beside it."""

    table: ReadTable
    line: Line
    beside: tuple[Line, ...]


def wrong_statements(
    document: Document, concepts: Concepts, sentences: Iterable[Sentence]
) -> Iterator[Wrong]:
    """The statements of sentences that no figures of their rows make true."""
    rows = rows_of(document, concepts)
    for sentence in sentences:
        if OTHERS.search(sentence.text):
            continue
        yield from largest(sentence, rows)


Rows = dict[tuple[str, str], list[Row]]
"""The rows of the tables by measure and unit."""


def rows_of(document: Document, concepts: Concepts) -> Rows:
    """The rows of all tables that have a meaning."""
    found: Rows = {}
    for table in document.tables:
        made = {part: one for one in arithmetic.sums(table) for part in one.parts}
        for index, line in enumerate(table.lines):
            concept = concepts.of(line)
            if not concept or line.gender:
                continue
            one = made.get(index)
            beside = tuple(table.lines[i] for i in one.parts) if one else ()
            key = (concept.measure_code, concept.unit_code)
            found.setdefault(key, []).append(Row(table, line, beside))
    return found


def rows_named(mention: Mention, sentence: Sentence, rows: Rows) -> list[Row]:
    """The rows of a unit or a measure that a sentence names."""
    is_unit = mention in sentence.units
    return [
        row
        for (measure, unit), some in rows.items()
        if (unit if is_unit else measure) == mention.code
        for row in some
    ]


def named_before(sentence: Sentence, start: int, between: re.Pattern[str]) -> Mention | None:
    """The unit or measure right before a place, with nothing but some words between them."""
    found = [
        m
        for m in (*sentence.units, *sentence.measures)
        if m.code != sentence.own
        and m.end <= start
        and between.fullmatch(sentence.text[m.end : start])
        and not OF_SEVERAL.search(sentence.text[: m.start])
    ]
    return max(found, key=lambda m: m.end, default=None)


OF_SEVERAL = re.compile(
    r"\b(?:och|samt|med|inom|i|av|f.{1,2}r|exklusive|inklusive) $", re.IGNORECASE
)
"""What stands before a name that is not all that a statement is about."""
LARGEST = re.compile(
    r" (?:(?:(?:upp|redo)?visar|har|hade|fick|g.{1,2}r|l.{1,2}mna(?:r|de)|(?:st.{1,2}r|stod) "
    r"f.{1,2}r) (?:det|den) (?:klart )?st.{1,2}rsta "
    r"(?P<result>under|.{1,2}ver)skottet|"
    r"(?P<moved>[^\W\d]+) (?:allra )?mest\b|"
    r"(?:.{1,2}r|var) (?:det|den|de) (?:klart )?(?:st.{1,2}rsta|mest \w+)\b)"
)
"""*visar det största underskottet*, *ökade mest*, *är den mest besökta*."""


def largest(sentence: Sentence, rows: Rows) -> Iterator[Wrong]:
    """That a row has the largest deficit, rose most, or is the largest among those beside it."""
    directions = {t.start: t.code for t in sentence.with_role("direction")}
    for match in LARGEST.finditer(sentence.text):
        part = named_before(sentence, match.start(), re.compile(""))
        if not part or re.match(r"[^.,;]{0,30} (?:av|bland) ", sentence.text[match.end() :]):
            continue
        named = [row for row in rows_named(part, sentence, rows) if len(row.beside) > 2]
        way = directions.get(match.start("moved"), "") if match["moved"] else ""
        if match["moved"] and way not in ("up", "down"):
            continue
        tried: list[list[tuple[Decimal, Line, Figure]]] = []
        for row in named:
            if match["result"]:
                tried += column_of(
                    row, "deviation", -1 if match["result"] == "under" else 1, sentence
                )
            elif way:
                tried += moved(row, 1 if way == "up" else -1, sentence)
            else:
                tried += column_of(row, "outcome", 0, sentence)
        if not tried:
            continue
        own = {id(row.line) for row in named}
        best = [max(one, key=lambda said: said[0]) for one in tried]
        if any(
            id(line) in own and value == top[0]
            for one, top in zip(tried, best, strict=True)
            for value, line, _ in one
        ):
            continue
        top = best[0]
        mine = next((figure for _, line, figure in tried[0] if id(line) in own), None)
        if mine is None:
            continue
        yield wrong(
            sentence,
            match.start() + 1,
            match.end(),
            f"{part.name}: störst",
            (mine, top[2]),
            f"{top[1].label} har {top[2].cell.text}, {part.name} {mine.cell.text}",
            "prose_count",
        )


def column_of(
    row: Row, scenario: str, sign: int, sentence: Sentence
) -> list[list[tuple[Decimal, Line, Figure]]]:
    """What the rows beside a row have in each column of a scenario of the year, and who has it; of
    no sign its size."""
    found = []
    for column in row.table.number_columns:
        if column.scenario != scenario or column.fiscal_year not in (None, sentence.report_year):
            continue
        found.append(
            [
                (number.value * sign if sign else abs(number.value), line, figure)
                for line in row.beside
                if (figure := line.figures.get(column.index)) and (number := figure.number)
            ]
        )
    return [one for one in found if one]


def moved(row: Row, way: int, sentence: Sentence) -> list[list[tuple[Decimal, Line, Figure]]]:
    """How much the rows beside a row rose since the year before, in numbers and in per cent."""
    found: list[list[tuple[Decimal, Line, Figure]]] = [[], []]
    for line in row.beside:
        by_year = {
            f.column.fiscal_year: f
            for f in line.figures.values()
            if f.number and f.column.scenario == "outcome" and not f.column.gender
        }
        now, then = by_year.get(sentence.report_year), by_year.get(sentence.report_year - 1)
        if now and then and now.number and then.number and then.number.value:
            more = (abs(now.number.value) - abs(then.number.value)) * way
            found[0].append((more, line, now))
            found[1].append((more / abs(then.number.value), line, now))
    return [one for one in found if one]


def wrong(
    sentence: Sentence,
    start: int,
    end: int,
    subject: str,
    figures: tuple[Figure, ...],
    made: str,
    rule: str,
) -> Wrong:
    """A statement of some characters of a sentence."""
    line, place = sentence.passage.line_at(sentence.offset + start)
    return Wrong(place, line, sentence.text[start:end], subject, figures, made, rule)

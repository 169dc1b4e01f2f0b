"""cells.csv and questions.csv: every figure with its place, and how it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import THRESHOLD, alike
from bokslut.transcription.reading.numbers import Missing, Number
from bokslut.transcription.reading.tables.table import Figure, Line, Question, ReadTable

CELLS = (
    "place",
    "table",
    "row_label",
    "group_label",
    "column_label",
    "printed_text",
    "value",
    "unit_of_measure",
    "missing_code",
    "fiscal_year",
    "scenario",
    "gender",
    "how_read",
)
QUESTIONS = ("place", "printed_text", "question_sv", "candidates")


def cells(document: Document) -> Iterator[dict[str, str]]:
    """Every figure that is read, one row each."""
    for table in document.tables:
        for line, figure in table.figures():
            if figure.question is None:
                yield cell_row(table, line, figure)


def cell_row(table: ReadTable, line: Line, figure: Figure) -> dict[str, str]:
    """One figure as a row of cells.csv."""
    reading = figure.reading
    number = reading if isinstance(reading, Number) else None
    column = figure.column
    return {
        "place": figure.cell.place,
        "table": table.source_table or table.title,
        "row_label": line.label,
        "group_label": line.group or line.section,
        "column_label": column.head.text,
        "printed_text": figure.cell.text,
        "value": f"{number.value:f}" if number else "",
        "unit_of_measure": unit_of(table, line, figure) or "" if number else "",
        "missing_code": reading.code if isinstance(reading, Missing) else "",
        "fiscal_year": str(line.fiscal_year or column.fiscal_year or ""),
        "scenario": column.scenario or "",
        "gender": line.gender or column.gender or "total",
        "how_read": figure.how_read,
    }


def unit_of(table: ReadTable, line: Line, figure: Figure) -> str | None:
    """The unit of measure of a figure: the nearest that is printed, else what its label lets one
    guess."""
    if PLACE.match(figure.column.head.text):
        return "count"
    number = figure.reading
    own = number.unit_of_measure if isinstance(number, Number) else None
    if figure.column.scenario in ("change", "deviation"):
        # A difference is in the unit of measure that all other figures of its row are printed in.
        beside = {
            f.reading.unit_of_measure
            for f in line.figures.values()
            if f is not figure and isinstance(f.reading, Number)
        }
        own = own or (beside.pop() if len(beside) == 1 else None)
    near = own or figure.column.unit_of_measure or line.unit_of_measure
    if near == "count" and isinstance(number, Number) and number.decimals:
        # What its row counts is no rate beside it.
        near = heads.unit_in(figure.column.head.text, inferred=True) or near
    if near or is_of_another_kind(table, figure):
        return near
    if COUNTED.search(figure.column.head.text) or heads.counts(figure.column.head.text):
        return "count"
    return (
        table.unit_of_measure
        or heads.unit_in(line.label, inferred=True, of_row=True)
        or heads.unit_in(figure.column.head.text, inferred=True)
        or (None if OWN_UNIT.search(line.label) else unit_around(table, line, figure))
    )


OF_ANOTHER_KIND = re.compile(
    rf"poäng\b|[,(] ?(?:{'|'.join(row['word'] for row in words.table('other_units'))})\b",
    re.IGNORECASE,
)
"""What a head says of a column that is of no money, whatever its table is: *Meritpoäng*."""


def is_of_another_kind(table: ReadTable, figure: Figure) -> bool:
    """Whether a column of a table of money, or of shares, has a head of another kind."""
    unit = table.unit_of_measure or heads.unit_in(table.title)
    return unit in (*UNITS_OF_MONEY, "percent") and bool(
        OF_ANOTHER_KIND.search(figure.column.head.text)
    )


PLACE = re.compile(r"placering\b|rang\b", re.IGNORECASE)
"""The head of a column of places among others, whatever its rows are in."""
COUNTED = re.compile(r"^antal\b|[,(] ?antal\b", re.IGNORECASE)
OWN_UNIT = re.compile(r"(?:\([^\W\d]{1,8}\)|, år)$")
"""A unit of measure that is none of ours, behind a label: *medelålder (år)*."""


def unit_around(table: ReadTable, line: Line, figure: Figure) -> str | None:
    """The unit of measure that what a row stands under lets one guess; what a title names may be
    that of another column than one with words of its own: *Anställda och sjukfrånvaro*."""
    titled = heads.unit_in(table.title, inferred=True)
    own = {column.unit_of_measure for column in table.number_columns}
    has_own = any(row.unit_of_measure for row in table.lines)
    if has_own and heads.unit_in(table.title) is None:
        # *Sjukfrånvaro och övertid*: of the rows that say so themselves.
        titled = None
    if titled in own and heads.unit_in(table.title) is None and names_itself(figure):
        titled = None
    return heads.unit_in(line.group, inferred=True) or titled


def names_itself(figure: Figure) -> bool:
    """Whether the head of a column says more than a year, a scenario or a gender."""
    named = re.findall(r"[^\W\d]{4,}", figure.column.head.text)
    return any(not heads.word_role(word) and not heads.gender_in(word) for word in named)


OF_MONEY = re.compile(
    r"kostnad|int.{1,2}kt|ekonomi|invest|resultatr|balansr|drift|budget(?!avvikelse)|bidrag|anslag",
    re.IGNORECASE,
)
"""Words in the name of a table whose figures are amounts of money."""
UNITS_OF_MONEY = ("kr", "tkr", "mnkr", "mdkr")


def without_unit(document: Document) -> Iterator[tuple[ReadTable, Question]]:
    """The tables of amounts that nothing says the unit of measure of, each with the question."""
    names = {row["administration_name"] for row in document.template.reports.values()}
    is_own = any(name in p.text for p in document.prose for name in names)
    for table in document.tables:
        figures = [(line, f) for line, f in table.figures() if f.number]
        is_summed = any(line.is_total for line in table.lines)
        known = document.template.table_names.get(table.source_table, "")
        if not figures or not is_summed or not OF_MONEY.search(table.title):
            continue
        if is_own and known and alike(known, table.title) >= THRESHOLD:
            # The template says what a table of its own name is in.
            continue
        if not any(unit_of(table, line, figure) for line, figure in figures):
            _, first = figures[0]
            text = f"{table.title}: Beloppens enhet står inte här. Vilken är den?"
            yield table, Question(first.cell.place, first.cell.text, text, UNITS_OF_MONEY)


def questions(document: Document) -> Iterator[Question]:
    """Every question, those about the whole first."""
    told: set[int] = set()
    found = [*document.questions]
    for table in document.tables:
        found += table.questions
        found += [f.question for _, f in table.figures() if f.question]
    found += [question for _, question in without_unit(document)]
    for question in found:
        if id(question) not in told:
            told.add(id(question))
            yield question

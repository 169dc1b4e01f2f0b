"""What is read of a table: columns, lines, figures, and what is asked about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.heads import Head
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.numbers import Number, Reading, Refused
from bokslut.transcription.reading.stream import Cell, Row

Marks = dict[str, str]


@dataclass(slots=True)
class Column:
    """A column of a table.

    Attributes:
        index: its place in the grid, from 1.
        head: what its head says.
        kind: `label`, `number`, `note`, `unit`, `status` or `text`.
        scenario, fiscal_year, unit_of_measure, gender: of its figures; None where unknown.
        name: its name in the seed of the table, once that is known.
        entity: what stands above several heads, as in `Koncernen`.
    """

    index: int
    head: Head
    kind: str
    scenario: str | None = None
    fiscal_year: int | None = None
    unit_of_measure: str | None = None
    gender: str | None = None
    name: str = ""
    entity: str = ""


@dataclass(slots=True)
class Question:
    """What a reader must be asked about one place.

    Attributes:
        place: where.
        printed_text: what stands there.
        text: the question, in Swedish.
        candidates: what it may be.
    """

    place: str
    printed_text: str
    text: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Figure:
    """One cell of a column of figures.

    Attributes:
        cell: as printed.
        column: its column.
        reading: what it says.
        how_read: `direct`, `grouped`, `matched` or `corrected`.
        question: what must be asked about it.
        options: the numbers that it may be, where it is in question.
    """

    cell: Cell
    column: Column
    reading: Reading
    how_read: str = "direct"
    question: Question | None = None
    options: tuple[Number, ...] = ()

    @property
    def number(self) -> Number | None:
        """Its number, unless it is in question or has none."""
        return self.reading if isinstance(self.reading, Number) and not self.question else None


@dataclass(slots=True)
class Line:
    """One row of figures, or of texts where a table has no figures.

    Attributes:
        label: as printed.
        group, section: what it stands under, nearest first.
        line: its number in the stream.
        line_last: the last line that belongs to it.
        figures: by the index of their columns.
        is_total: its label says that it is a sum.
        unit_of_measure, gender, fiscal_year: what its label says of all its figures.
        texts: what stands in its columns of texts, by their index.
    """

    label: str
    group: str
    section: str
    line: int
    line_last: int
    place: str
    figures: dict[int, Figure] = field(default_factory=dict)
    is_total: bool = False
    unit_of_measure: str | None = None
    gender: str | None = None
    fiscal_year: int | None = None
    texts: dict[int, Cell] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its label without its own year: *Sjukfrånvaro (%)* of *Sjukfrånvaro 2023 (%)*."""
        bare = without_year(self.label) if self.fiscal_year else ""
        return bare or self.label


A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def without_year(label: str) -> str:
    """A label without the only year that it names; as it is where it names none or two."""
    bare, count = A_YEAR.subn("", label)
    return " ".join(bare.split()) if count == 1 else label


@dataclass(slots=True)
class ReadTable:
    """A table as understood.

    Attributes:
        place: of the table.
        title: what stands above it.
        columns: all of them, labels too.
        lines: its rows.
        unit_of_measure: of the whole table.
        head_lines: the lines of the stream that its head takes.
        source_table: the seed that it belongs to; empty while unknown.
        is_headless: it has no head of its own.
        is_scanned: it was read from a picture, or from a text that only spaces part into cells.
        questions: about the table as a whole.
    """

    place: str
    title: str
    columns: list[Column]
    lines: list[Line]
    unit_of_measure: str | None = None
    head_lines: tuple[int, ...] = ()
    source_table: str = ""
    is_headless: bool = False
    is_scanned: bool = False
    questions: list[Question] = field(default_factory=list)

    def figures(self) -> Iterator[tuple[Line, Figure]]:
        """Every figure with its row, in order."""
        for line in self.lines:
            for column in self.columns:
                if column.index in line.figures:
                    yield line, line.figures[column.index]

    @property
    def number_columns(self) -> list[Column]:
        """The columns of figures."""
        return [c for c in self.columns if c.kind == "number"]


VARAV = re.compile(r"(?:[-–] )?(?:varav|därav)|[-–] ", re.IGNORECASE)


def is_part(label: str) -> bool:
    """Whether a label says that its row is a part of the one above (*varav*)."""
    return bool(VARAV.match(label))


def place_of(row: Row) -> str:
    """The place of a row."""
    return row.cells[0].place.partition(" column ")[0]


def total(label: str) -> bool:
    """Whether a label says that its row is a sum."""
    said = normal(label).split()
    if said[-1:] in (["totalt"], ["summa"]) and "sjukfranvaro" not in said[0]:
        return True
    return bool(said) and said[0] in TOTALS and said[:2] not in (["total", "sjukfranvaro"],)


TOTALS = {normal(row["word"]) for row in words.table("totals")}


OF_WHICH = re.compile(r"\W*(?:varav|därav)\b", re.IGNORECASE)
"""How the label of a part begins that is no mean: *varav kvinnor*."""


def count_parts(table: ReadTable) -> None:
    """Gives a part (*varav*, *flickor*) the unit of measure of the row that it is a part of."""
    main = None
    for line in table.lines:
        is_of_gender = main is not None and heads.gender_word(line.label)
        if not is_part(line.label) and not is_of_gender:
            main = line
        elif main and line.unit_of_measure is None:
            line.unit_of_measure = heads.unit_in(line.label, inferred=True) or (
                main.unit_of_measure or heads.unit_in(main.label, inferred=True, of_row=True)
            )


def set_genders_apart(table: ReadTable) -> None:
    """Takes women, men and their total from the row above them where that has other figures than
    the total: the last of several groups, and then the sexes of all."""
    main: Line | None = None
    own: list[Line] = []
    for line in table.lines:
        if not main or line.group != main.label or not heads.gender_in(line.label):
            main, own = line, []
            continue
        own.append(line)
        shared = main.figures.keys() & line.figures.keys() if not line.gender else ()
        pairs = [(main.figures[c].number, line.figures[c].number) for c in shared]
        if len(own) > 2 and pairs and all(a and b and a.value != b.value for a, b in pairs):
            for one in own:
                one.group = ""


def count_by_gender(table: ReadTable) -> None:
    """Says of a row without a unit of measure that it counts, where its women and men make its
    total, or stand below it as parts of it."""
    main: Line | None = None
    for line in table.lines:
        is_whole = all(f.number is None or not f.number.decimals for f in line.figures.values())
        main = line if not line.gender and is_whole else main if line.gender else None
        if line.unit_of_measure or table.unit_of_measure:
            continue
        if main and is_whole and line.gender and OF_WHICH.match(line.label):
            main.unit_of_measure = line.unit_of_measure = main.unit_of_measure or "count"
            continue
        by_year: dict[tuple[object, ...], dict[str, Number]] = {}
        for figure in line.figures.values():
            column, number = figure.column, figure.number
            if number and not number.unit_of_measure and not number.decimals:
                key = (column.scenario, column.fiscal_year)
                by_year.setdefault(key, {})[column.gender or "total"] = number
        whole = [g for g in by_year.values() if len(g) > 2 and all(n.value for n in g.values())]
        if whole and all(g["women"].value + g["men"].value == g["total"].value for g in whole):
            line.unit_of_measure = "count"


REASONS = {
    "point_between_thousands": "Punkten kan stå mellan tusental eller vara ett decimaltecken",
    "lost_comma": "Talet börjar med noll: ett decimalkomma kan ha fallit bort",
    "lookalikes": "En bokstav står där en siffra väntas",
    "parentheses": "Parentesen kan betyda minus",
    "minus": "Ett minustecken kan vara felläst",
    "glued": "Flera tal kan ha skrivits ihop",
    "date": "Ett datum står där ett tal väntas",
    "text": "En text står där ett tal väntas",
    "picture": "Bilden går att läsa på flera sätt",
}


def asked(figure: Figure, line: Line, refused: Refused) -> Question:
    """The question about a cell that is no number."""
    what = " / ".join(part for part in (line.group, line.label, figure.column.head.text) if part)
    return Question(
        figure.cell.place,
        figure.cell.text,
        f"{what}: {REASONS.get(refused.reason, 'Cellen går inte att läsa')}. Vilket tal står här?",
        tuple(swedish(n) for n in refused.candidates),
    )


def swedish(number: Number) -> str:
    """A number as it is typed in Swedish: `-1044,5`, `≥ 90`."""
    operator = {">=": "≥ ", "<=": "≤ "}.get(number.operator or "", number.operator or "")
    return operator + f"{number.value:f}".replace(".", ",")

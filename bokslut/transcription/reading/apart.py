"""Tables whose labels and figures stand lines apart: matched by their order and their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from bokslut.transcription.reading import heads
from bokslut.transcription.reading.lines.entry import Entry
from bokslut.transcription.reading.lines.found import FoundTable
from bokslut.transcription.reading.numbers import BLANK, Number
from bokslut.transcription.reading.stream import Cell
from bokslut.transcription.reading.tables.columns import is_title
from bokslut.transcription.reading.tables.table import (
    Column,
    Figure,
    Line,
    Question,
    ReadTable,
    total,
)


@dataclass(slots=True)
class Label:
    """A label of one or several lines."""

    text: str
    first: int
    last: int


@dataclass(slots=True)
class LabelBlock:
    """The labels above tables of bare figures.

    Attributes:
        section: what they stand under.
        labels: one for each row.
        unit_of_measure: that a line among them names.
        tables: the tables of bare figures below them, one beside the other in print.
    """

    section: str
    labels: list[Label]
    unit_of_measure: str | None
    tables: list[ReadTable]


def put_together(found: Sequence[FoundTable], read: Sequence[ReadTable]) -> list[ReadTable]:
    """The tables with those of bare figures joined to the labels above them."""
    made: list[ReadTable] = []
    blocks: list[LabelBlock] = []
    for raw, table in zip(found, read, strict=True):
        if any(line.label for line in table.lines):
            made += joined(blocks)
            blocks = []
            made.append(table)
            continue
        labels = label_block(raw.before, table)
        if labels.labels:
            blocks.append(labels)
        if blocks:
            blocks[-1].tables.append(table)
        else:
            made.append(table)
    made += joined(blocks)
    return made


def label_block(before: Sequence[Entry], table: ReadTable) -> LabelBlock:
    """The labels in the lines above a table: those behind the line that names the unit of
    measure."""
    start = 0
    unit = None
    for index, entry in enumerate(before):
        if len(entry.text) > 70:
            start, unit = index + 1, None
        elif heads.unit_in(entry.text) and not is_title(entry.text):
            start, unit = index + 1, heads.unit_in(entry.text)
    labels: list[Label] = []
    for entry in before[start:]:
        # `Etapp 3` is a label, and three figures are a row.
        if entry.tail and not (entry.label and entry.tail.isdigit() and len(entry.tail) < 3):
            labels = []
        elif labels and not entry.after_blank:
            labels[-1] = Label(f"{labels[-1].text} {entry.text}", labels[-1].first, entry.line)
        else:
            labels.append(Label(entry.text, entry.line, entry.line))
    if unit is None:
        labels = labels[-len(table.lines) :]
        titles = [e for e in before if labels and e.line < labels[0].first and is_title(e.text)]
        unit = next((u for e in titles[-2:] if not e.tail and (u := heads.unit_in(e.text))), None)
    above = [e.text for e in before[: max(0, start - 1)] if len(e.text) < 70]
    section = next(
        (text for text in above if text and normal_section(text)), above[0] if above else ""
    )
    return LabelBlock(section, labels, unit, [])


def normal_section(text: str) -> bool:
    """Whether a line above the labels is the heading of a section of them: *... projekt*."""
    return (
        text.lower().rstrip().endswith(("projekt", "investeringar"))
        and " " in text.strip()
        and "/" not in text
        and not text.lower().startswith("varav")
    )


def joined(blocks: list[LabelBlock]) -> Iterator[ReadTable]:
    """One table of all blocks: their rows, with the columns of all tables below each."""
    if not blocks:
        return
    first = blocks[0].tables
    columns = [Column(0, heads.read(""), "label")]
    names: dict[tuple[int, int], int] = {}
    for position, table in enumerate(first):
        for column in table.number_columns:
            index = len(columns)
            names[position, column.index] = index
            columns.append(replace(column, index=index))
    made = ReadTable(
        first[0].place,
        blocks[0].section or first[0].title,
        columns,
        [],
        blocks[0].unit_of_measure or first[0].unit_of_measure,
        tuple(line for block in blocks for table in block.tables for line in table.head_lines),
    )
    totals: dict[int, list[Decimal]] = {}
    for block in blocks:
        lines = [
            Line(
                label.text,
                "",
                block.section,
                label.first,
                label.last,
                f"line {label.first}",
                is_total=total(label.text),
            )
            for label in block.labels
        ]
        for position, table in enumerate(block.tables):
            places = placed(lines, table, totals, position, names)
            for line_index, row in zip(places or (), table.lines, strict=False):
                for index, figure in row.figures.items():
                    column = columns[names.get((position, index), 0)]
                    how = "matched" if len(lines) != len(table.lines) else figure.how_read
                    lines[line_index].figures[column.index] = replace(
                        figure, column=column, how_read=how
                    )
            if places is None:
                made.questions += unplaced(table, lines)
        for line in lines:
            for column in columns[1:]:
                if column.index not in line.figures:
                    line.figures[column.index] = Figure(
                        Cell("", line.place, column.index), column, BLANK
                    )
        for index in range(1, len(columns)):
            sums = [
                f.value for line in lines if line.is_total and (f := line.figures[index].number)
            ]
            totals.setdefault(index, []).extend(sums[:1])
        made.lines += lines
    yield made


def placed(
    lines: list[Line],
    table: ReadTable,
    totals: dict[int, list[Decimal]],
    position: int,
    names: dict[tuple[int, int], int],
) -> tuple[int, ...] | None:
    """Which label each row of figures belongs to: in order, and so that totals are sums; None if
    unclear."""
    rows, labels = len(table.lines), len(lines)
    if rows == labels:
        return tuple(range(labels))
    if rows > labels or labels > 40:
        return None
    fitting = [
        places
        for places in combinations(range(labels), rows)
        if sums_hold(places, lines, table, totals, position, names)
    ]
    return fitting[0] if len(fitting) == 1 else None


def sums_hold(
    places: Sequence[int],
    lines: list[Line],
    table: ReadTable,
    totals: dict[int, list[Decimal]],
    position: int,
    names: dict[tuple[int, int], int],
) -> bool:
    """Whether the last total of a placing is the sum of all sections' totals, in every column."""
    if not lines[places[-1]].is_total or places[-1] != len(lines) - 1:
        return False
    held = False
    for column in table.number_columns:
        values: list[Number | None] = [row.figures[column.index].number for row in table.lines]
        whole = values[-1]
        if whole is None:
            continue
        parts = list(totals.get(names.get((position, column.index), 0), []))
        parts += [
            v.value
            for v, place in zip(values[:-1], places, strict=False)
            if v and lines[place].is_total
        ]
        if not parts or abs(sum(parts, Decimal(0)) - whole.value) > whole.half_step * (
            len(parts) + 1
        ):
            return False
        held = True
    return held


def unplaced(table: ReadTable, lines: list[Line]) -> Iterator[Question]:
    """The questions about rows of figures whose labels are not certain."""
    names = tuple(line.label for line in lines)
    for row in table.lines:
        printed = " ".join(f.cell.text for f in row.figures.values())
        yield Question(
            row.place,
            printed,
            "Talen står skilda från sina rubriker. Vilken rad hör de till?",
            names,
        )

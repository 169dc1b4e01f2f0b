"""Tables with the years down their rows, turned so that each of their columns is a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bokslut.transcription.reading import cells, heads
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.tables.table import Column, Line, ReadTable, total

FEWEST = 2
"""How many years a table has at least down its rows."""


def turned_tables(document: Document) -> Iterator[ReadTable]:
    """The tables of a document that have the years down their rows, turned."""
    for table in document.tables:
        years = [line.fiscal_year for line in table.lines if line.fiscal_year]
        is_by_year = FEWEST <= len(years) == len(set(years)) and len(years) * 2 > len(table.lines)
        if is_by_year and len({c.fiscal_year for c in table.number_columns}) == 1:
            yield turned(table)


def turned(table: ReadTable) -> ReadTable:
    """A table with a row for each of its columns, and a column for each year."""
    rows = sorted(
        ((line.fiscal_year, line) for line in table.lines if line.fiscal_year), key=lambda r: r[0]
    )
    columns = [
        Column(at, heads.read(str(year)), "number", "outcome", year)
        for at, (year, _) in enumerate(rows, 1)
    ]
    made = replace(
        table,
        columns=[Column(0, heads.read(""), "label"), *columns],
        lines=[],
        unit_of_measure=None,
        questions=[],
    )
    for column in table.number_columns:
        if (column.scenario or "outcome") != "outcome":
            continue
        there = [
            (new, line, figure)
            for new, (_, line) in zip(columns, rows, strict=True)
            if (figure := line.figures.get(column.index))
        ]
        label = column.head.text
        made.lines.append(
            Line(
                label, column.entity, "", rows[-1][1].line, rows[-1][1].line_last,
                rows[-1][1].place,
                {new.index: replace(figure, column=new) for new, _, figure in there},
                is_total=total(label),
                unit_of_measure=next(
                    (cells.unit_of(table, line, figure) for _, line, figure in there), None
                ),
                gender=column.gender if column.gender in ("women", "men") else None,
            )
        )  # fmt: skip
    return made

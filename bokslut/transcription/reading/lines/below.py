"""Columns that a scan put below the rows of their table, one figure a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bokslut.transcription.reading import heads, numbers, rows
from bokslut.transcription.reading.lines.entry import Entry
from bokslut.transcription.reading.lines.found import FoundTable
from bokslut.transcription.reading.numbers import BLANK, Refused
from bokslut.transcription.reading.stream import Cell
from bokslut.transcription.reading.tables.table import Column, Figure, Line, Question, ReadTable

FEWEST = 3
"""So many bare figures in a row are no rows whose labels stand above them."""


@dataclass(slots=True)
class Below:
    """Bare figures, one a line, and the words above them."""

    head: str
    entries: list[Entry] = field(default_factory=list)


def taken_out(found: FoundTable) -> list[Below]:
    """Takes out of a body what stands below its last row with a label, if columns may be there."""
    named = [i for i, entry in enumerate(found.body) if entry.label and entry.tail]
    if not named:
        return []
    made: list[Below] = []
    words: list[str] = []
    is_open = False
    for entry in found.body[named[-1] + 1 :]:
        if entry.label or not entry.tail or numbers.is_year(entry.tail):
            words.append(entry.text)
            is_open = False
            continue
        if not is_open:
            made.append(Below(" ".join(words)))
            words, is_open = [], True
        made[-1].entries.append(entry)
    if max((len(one.entries) for one in made), default=0) < FEWEST:
        return []
    found.below += found.body[named[-1] + 1 :]
    del found.body[named[-1] + 1 :]
    return made


def add(table: ReadTable, below: list[Below], marks: dict[str, str]) -> None:
    """Adds as columns what has a head and a figure for each row; asks about all the rest."""
    filled = [line for line in table.lines if any(f.cell.text for f in line.figures.values())]
    for one in below:
        says = heads.read(one.head)
        if len(one.entries) != len(filled) or says.role != "number":
            table.questions += [unplaced(e.line, e.tail, table.lines) for e in one.entries]
            continue
        index, unit = len(table.columns), says.unit_of_measure
        column = Column(index, says, "number", says.scenario, None, unit, says.gender)
        table.columns.append(column)
        for line in table.lines:
            blank = Cell("", line.place, index)
            line.figures[index] = Figure(blank, column, BLANK)
        for line, entry in zip(filled, one.entries, strict=True):
            row = rows.read(entry.tail, 1, marks)
            cell = Cell(entry.tail, f"line {entry.line}", column.index)
            reading = row.fitting[0].readings[0] if row.fitting else Refused("text")
            question = None if row.how else unplaced(entry.line, entry.tail, table.lines)
            line.figures[column.index] = Figure(cell, column, reading, "matched", question)


def unplaced(line: int, tail: str, lines: Sequence[Line] = ()) -> Question:
    """The question where a bare figure belongs."""
    return Question(
        f"line {line}",
        tail,
        "Talet står för sig, skilt från sin rad och sitt tabellhuvud. Vilken cell hör det till?",
        tuple(one.label for one in lines if one.label),
    )

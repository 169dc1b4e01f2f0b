"""Tables of plain text whose cells stand below each other, parted by several spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bokslut.transcription.reading.page.boxes import (
    Grid,
    GridCell,
    TextLine,
    Word,
    is_figure,
)
from bokslut.transcription.reading.page.unruled import open_grids
from bokslut.transcription.reading.stream import Cell, Row, Table

GAP = re.compile(r"\S {2,}(?=\S)")
FEWEST = 3
"""So many lines with several spaces in them make a table."""
LETTER = 0.4
"""How wide a letter is, in heights: one space parts words, and two part cells."""
PITCH = 1.4


def typed_tables(lines: Sequence[str]) -> Iterator[tuple[Table, int]]:
    """The tables in the lines of a text, each with the number of its last line."""
    numbered = enumerate(lines, 1)
    for is_empty, run in groupby(numbered, lambda one: not one[1].strip() or "|" in one[1]):
        block = [] if is_empty else list(run)
        if sum(bool(GAP.search(line.strip())) for _, line in block) < FEWEST:
            continue
        grids, _ = open_grids([TextLine(words_of(line, number)) for number, line in block], [])
        for grid in grids:
            if len(grid.rows) >= FEWEST and not any(map(is_of_several, cells_of(grid))):
                yield table_of(grid), line_at(grid.bottom - 1)


def words_of(line: str, number: int) -> list[Word]:
    """The words of a line, each letter as wide as any other."""
    top = PITCH * number
    return [
        Word(w.group(), LETTER * w.start(), LETTER * w.end(), top, top + 1)
        for w in re.finditer(r"\S+", line)
    ]


def line_at(height: float) -> int:
    """The number of the line at a height."""
    return int(height / PITCH + 0.5)


def cells_of(grid: Grid) -> Iterator[GridCell]:
    """All cells of a grid."""
    return (cell for row in grid.rows for cell in row)


def is_of_several(cell: GridCell) -> bool:
    """Whether a cell has several figures: single spaces part the cells of its table, too."""
    texts = cell.text.split()
    return len(texts) > 1 and all(map(is_figure, texts)) and not is_figure(cell.text)


def table_of(grid: Grid) -> Table:
    """A found table, whose places are the lines of its file."""
    rows = []
    for cells in grid.rows:
        last = max(line_at(word.top) for cell in cells for word in cell.words)
        rows.append(
            Row(
                tuple(
                    Cell(
                        cell.text,
                        f"line {max((line_at(w.top) for w in cell.words), default=last)}",
                        cell.column,
                        cell.span,
                    )
                    for cell in sorted(cells, key=lambda c: c.column)
                ),
                last,
            )
        )
    return Table(tuple(rows), f"line {line_at(grid.top)}")

"""What every reader gives: one stream of tables and paragraphs, each piece with its place.

Nothing after the readers knows what kind of file the document was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path


class NotRead(RuntimeError):
    """A document that cannot be read; the message says file, place and what was expected."""


BEGINNING = 60
"""How many lines a report's beginning has."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: what a reader sees, its lines joined by a space.
        place: where it stands, as in `table 2 row 7 column 6`.
        column: the first column of the grid that it covers, from 1.
        span: how many columns of the grid it covers.
        marks: footnote marks that stand raised behind the text and are not in it.
        exact: the number behind the text, where the file keeps one.
        problem: why the cell cannot be read although it is there, in Swedish; mostly empty.
        continued: it goes on from the row above (merged downwards) and repeats its text.
        others: what else it may say, where it was read from a picture more than once.
        doubtful: the reader of pictures is not sure of a digit in it.
        is_cut: its last word has no room for a letter more, and may go on on the next page.
    """

    text: str
    place: str
    column: int
    span: int = 1
    marks: tuple[str, ...] = ()
    exact: Decimal | None = None
    problem: str = ""
    continued: bool = False
    others: tuple[str, ...] = ()
    doubtful: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, headers included; `line` is its number in the stream, from 1."""

    cells: tuple[Cell, ...]
    line: int

    @property
    def text(self) -> str:
        """The row as one line of text."""
        return "\t".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells the document itself tells apart.

    Attributes:
        rows: its rows, headers included.
        place: `table 2`, `page 3, table 2`, a sheet's name, or a line.
        title: a name that the file gives it (a sheet's); empty for most.
    """

    rows: tuple[Row, ...]
    place: str
    title: str = ""

    @property
    def width(self) -> int:
        """The columns of its grid."""
        return max((c.column + c.span - 1 for r in self.rows for c in r.cells), default=0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of a text file.

    Attributes:
        text: its words, lines joined by a space; the line as it stands in a text file.
        at: `paragraph 29`, `page 3, paragraph 29`, `Sheet!A1`; empty for a line of a text file.
        line: its number in the stream, from 1.
        heading: whether the document sets it as a heading.
        marks: footnote marks that stand raised in it and are not in the text.
    """

    text: str
    at: str
    line: int
    heading: bool = False
    marks: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands. Made anew, since a long text has a million lines."""
        return self.at or f"line {self.line}"


Block = Table | Paragraph


@dataclass(frozen=True, slots=True)
class Stream:
    """A document as read.

    Attributes:
        source: the file.
        sha256: its digest.
        blocks: tables and paragraphs in reading order.
        is_text: a plain text, whose lines are the document's own.
        is_scanned: some of it was read from pictures.
        left_out: what was not read and why (hidden columns, ...), in Swedish.
    """

    source: Path
    sha256: str
    blocks: tuple[Block, ...]
    is_text: bool = False
    is_scanned: bool = False
    left_out: tuple[str, ...] = field(default=())

    @property
    def beginning(self) -> list[str]:
        """The texts of the first lines, in which a report says whose it is."""
        return [text for _, _, text in islice(self.lines(), BEGINNING)]

    def lines(self) -> Iterator[tuple[int, str, str]]:
        """Number, place and text of each line of the stream, in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.line, block.place, block.text
            else:
                for row in block.rows:
                    yield row.line, row_place(row, block), row.text


def together(streams: Sequence[Stream]) -> Stream:
    """Several files as one document: each piece's place begins with its file where there are
    several."""
    first = streams[0]
    if len(streams) == 1:
        return first
    blocks: list[Block] = []
    line = 0
    for stream in streams:
        prefix = f"{stream.source.name}, "
        last = line
        for block in stream.blocks:
            if isinstance(block, Paragraph):
                moved: Block = replace(block, at=prefix + block.place, line=line + block.line)
                last = max(last, line + block.line)
            else:
                rows = tuple(
                    Row(tuple(replace(c, place=prefix + c.place) for c in r.cells), line + r.line)
                    for r in block.rows
                )
                moved = Table(rows, prefix + block.place, block.title)
                last = max([last, *(r.line for r in rows)])
            blocks.append(moved)
        line = last
    return Stream(
        first.source,
        first.sha256,
        tuple(blocks),
        is_text=all(s.is_text for s in streams),
        is_scanned=any(s.is_scanned for s in streams),
        left_out=tuple(f"{s.source.name}: {text}" for s in streams for text in s.left_out),
    )


def row_place(row: Row, table: Table) -> str:
    """The place of a whole row: that of its first cell without the column."""
    if not row.cells:
        return table.place
    return row.cells[0].place.partition(" column ")[0]

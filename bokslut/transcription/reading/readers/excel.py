"""Excel: each sheet as a reader sees it, cut into tables and the lines between them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bokslut.swedish import MINUS, SPACE, number
from bokslut.transcription.reading.readers import Progress
from bokslut.transcription.reading.stream import Block, Cell, NotRead, Paragraph, Row, Stream, Table
from bokslut.transcription.reading.tables.columns import is_unit

MOST_CELLS = 1_000_000
BROKEN = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    SyntaxError,
    OverflowError,
    RecursionError,
    OSError,
)
ERRORS = re.compile(r"#(REF|DIV/0|VALUE|NAME|N/A|NUM|NULL)[!?]?")
QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows, and the number behind it as shown."""

    text: str
    exact: Decimal | None = None
    problem: str = ""


def read(file: Path, content: bytes, digest: str, progress: Progress) -> Stream:
    """Reads a .xlsx.

    Raises NotRead: it is broken, or has more cells than any report.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(content), data_only=True)
            formulas = load_workbook(io.BytesIO(content), data_only=False)
        links = len(getattr(formulas, "_external_links", []))
        blocks: list[Block] = []
        left_out: list[str] = []
        if links:
            left_out.append(
                f"Arbetsboken hämtar tal ur {links} andra filer; de tal som Excel sparade sist "
                "är lästa."
            )
        for done, sheet in enumerate(values.worksheets):
            progress(f"läser bladet {sheet.title}", done, len(values.worksheets))
            if sheet.sheet_state != "visible":
                left_out.append(f"Bladet {sheet.title} är dolt och inte läst.")
                continue
            reader = SheetReader(sheet, formulas[sheet.title], 1 + sum(lines_in(b) for b in blocks))
            blocks += reader.blocks()
            left_out += reader.left_out
    except NotRead:
        raise
    except BROKEN as failure:
        raise NotRead(
            f"{file.name} är skadad och går inte att läsa som Excel ({type(failure).__name__}). "
            "Öppna den i Excel och spara den på nytt."
        ) from failure
    return Stream(file, digest, tuple(blocks), left_out=tuple(left_out))


def lines_in(block: Block) -> int:
    """How many lines of the stream a block takes."""
    return len(block.rows) if isinstance(block, Table) else 1


class SheetReader:
    """One sheet: its visible cells, and what of it is not read."""

    def __init__(self, sheet: Worksheet, formulas: Worksheet, line: int) -> None:
        """Collects the cells that show something."""
        if sheet.max_row * sheet.max_column > MOST_CELLS * 4:
            sheet_cells = len(sheet._cells)
            if sheet_cells > MOST_CELLS:
                raise NotRead(
                    f"Bladet {sheet.title} har {sheet_cells} celler. Väntat: högst {MOST_CELLS}."
                )
        self.sheet, self.line = sheet, line
        self.left_out: list[str] = []
        self.cells: dict[tuple[int, int], Cell] = {}
        hidden_columns, hidden_rows = hidden(sheet)
        merged = {area.coord.split(":")[0]: area for area in sheet.merged_cells.ranges}
        skipped: set[str] = set()
        for (row, column), cell in sorted(sheet._cells.items()):
            if cell.value is None and formulas.cell(row, column).value is None:
                continue
            if row in hidden_rows or column in hidden_columns:
                where = (
                    f"kolumn {get_column_letter(column)}"
                    if column in hidden_columns
                    else f"rad {row}"
                )
                skipped.add(where)
                continue
            seen = shown(cell, formulas.cell(row, column).value)
            if not seen.text and not seen.problem:
                continue
            self.put(
                row, column, cell.coordinate, seen, merged.get(cell.coordinate), hidden_columns
            )
        if skipped:
            names = ", ".join(sorted(skipped, key=lambda s: (s[:3], len(s), s)))
            self.left_out.append(f"Bladet {sheet.title}: {names} är dolda och inte lästa.")

    def put(
        self, row: int, column: int, name: str, seen: Shown, area: object, hidden_columns: set[int]
    ) -> None:
        """Notes a cell, and its repetition in the rows below that it is merged with."""
        place = f"{self.sheet.title}!{name}"
        last_row, last_column = row, column
        if area is not None:
            last_row, last_column = area.max_row, area.max_col  # type: ignore[attr-defined]
        span = 1 + sum(c not in hidden_columns for c in range(column + 1, last_column + 1))
        for below in range(row, min(last_row, row + 500) + 1):
            self.cells[below, column] = Cell(
                seen.text, place, column, max(1, span), (), seen.exact, seen.problem, below > row
            )

    def blocks(self) -> Iterator[Block]:
        """Tables and paragraphs, from the top; what stands side by side from the left."""
        bands: list[list[int]] = []
        for row in sorted({row for row, _ in self.cells}):
            if bands and row == bands[-1][-1] + 1:
                bands[-1].append(row)
            else:
                bands.append([row])
        above: list[int] = []
        for band in bands:
            if above and len(side_by_side(self.inside(band))) < 2:
                yield from self.band(above)
                above = []
            if len(band) == 1 and self.has_titles_apart(band[0]):
                above = band
                continue
            yield from self.band([*above, *band])
            above = []
        if above:
            yield from self.band(above)

    def inside(self, rows: list[int]) -> dict[tuple[int, int], Cell]:
        """The cells from the first of some rows to the last."""
        first, last = rows[0], rows[-1]
        return {place: cell for place, cell in self.cells.items() if first <= place[0] <= last}

    def has_titles_apart(self, row: int) -> bool:
        """Whether a row holds the names of tables that stand side by side below it, with room
        between them."""
        texts = [cell for _, cell in sorted(self.inside([row]).items())]
        return (
            len(texts) > 1
            and all(is_line([cell]) for cell in texts)
            and all(b.column > a.column + a.span for a, b in pairwise(texts))
        )

    def band(self, rows: list[int]) -> Iterator[Block]:
        """The blocks of rows that follow each other without an empty one."""
        inside = self.inside(rows)
        for columns in side_by_side(inside):
            part = {p: c for p, c in inside.items() if p[1] in columns}
            yield from self.part(sorted({row for row, _ in part}), part)

    def part(self, rows: list[int], cells: dict[tuple[int, int], Cell]) -> Iterator[Block]:
        """Titles above, the table, and notes below it."""
        by_row = [[cells[p] for p in sorted(cells) if p[0] == row] for row in rows]
        first, last = 0, len(by_row)
        while first < last and (is_line(by_row[first]) or has_unit_beside(by_row[first])):
            if is_over(by_row[first], by_row[first + 1 : first + 2]):
                break
            first += 1
        if first == last:
            # A column of texts: one line each.
            yield from self.paragraphs(by_row)
            return
        while last > first and is_line(by_row[last - 1]) and len(by_row[last - 1][0].text) > 40:
            last -= 1
        yield from self.paragraphs(by_row[:first])
        left = min(cell.column for row in by_row[first:last] for cell in row)
        made = []
        for row in by_row[first:last]:
            made.append(Row(tuple(moved(cell, 1 - left) for cell in row), self.line))
            self.line += 1
        yield Table(
            tuple(made),
            f"{self.sheet.title}!{by_row[first][0].place.partition('!')[2]}",
            self.sheet.title,
        )
        yield from self.paragraphs(by_row[last:])

    def paragraphs(self, rows: list[list[Cell]]) -> Iterator[Paragraph]:
        """Rows of texts as paragraphs."""
        for cell in (cell for row in rows for cell in row):
            yield Paragraph(cell.text, cell.place, self.line, len(cell.text) < 80)
            self.line += 1


def moved(cell: Cell, by: int) -> Cell:
    """The cell in a grid that begins further to the left."""
    return Cell(
        cell.text,
        cell.place,
        cell.column + by,
        cell.span,
        cell.marks,
        cell.exact,
        cell.problem,
        cell.continued,
    )


def is_line(row: list[Cell]) -> bool:
    """Whether a row is one text: a title or a note."""
    return len(row) == 1 and row[0].exact is None and not row[0].problem and not row[0].continued


def is_over(row: list[Cell], below: list[list[Cell]]) -> bool:
    """Whether one text is merged over some of the heads in the row below it, and not over the
    first: it is one of the heads."""
    (text,) = row if len(row) == 1 else (None,)
    return bool(text and text.span > 1 and below and below[0][0].column < text.column)


def has_unit_beside(row: list[Cell]) -> bool:
    """Whether a row is a title with units of measure beside it, and no more."""
    name, *units = row
    return bool(units) and is_line([name]) and all(is_line([u]) and is_unit(u.text) for u in units)


def side_by_side(cells: dict[tuple[int, int], Cell]) -> list[set[int]]:
    """The columns of each table in a band: an empty column parts two that have labels of their
    own."""
    columns = sorted(
        {c for (_, column), cell in cells.items() for c in range(column, column + cell.span)}
    )
    groups: list[list[int]] = []
    for column in columns:
        if groups and column == groups[-1][-1] + 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    joined: list[set[int]] = []
    for group in groups:
        first = [cell for (_, column), cell in cells.items() if column == group[0]]
        texts = sum(cell.exact is None and not cell.text[:1].isdigit() for cell in first)
        if joined and (len(group) < 2 or texts * 2 <= len(first) or len(first) < 2):
            joined[-1] |= set(group)
        else:
            joined.append(set(group))
    return joined


def hidden(sheet: Worksheet) -> tuple[set[int], set[int]]:
    """The numbers of the hidden columns and rows."""
    columns: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            columns |= set(range(dimension.min, min(dimension.max or dimension.min, 16_384) + 1))
    rows = {number for number, dimension in sheet.row_dimensions.items() if dimension.hidden}
    return columns, rows


def shown(cell: SheetCell, formula: object) -> Shown:
    """What a cell shows.

    Args:
        cell: the cell with the value that Excel saved.
        formula: what stands in it: the value, or a text that begins with `=`.
    """
    value = cell.value
    if value is None:
        if isinstance(formula, str) and formula.startswith("="):
            return Shown(
                "", problem="formeln saknar sparat värde; öppna filen i Excel, räkna om och spara"
            )
        return Shown("", problem="formeln går inte att läsa") if formula is not None else Shown("")
    if isinstance(value, bool):
        return Shown("sant" if value else "falskt")
    if isinstance(value, (datetime, date)):
        return Shown(value.strftime("%Y-%m-%d"))
    if isinstance(value, (time, timedelta)):
        return Shown(str(value))
    if isinstance(value, str):
        if ERRORS.fullmatch(value):
            return Shown(value, problem=f"cellen visar felet {value}")
        return Shown(" ".join(value.split()))
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(int(value))
        if not exact.is_finite() or abs(exact) >= Decimal(10) ** 15:
            raise InvalidOperation
    except (InvalidOperation, ValueError):
        return Shown(str(value), problem=f"talet {value} är orimligt")
    return formatted(exact, cell.number_format or "General")


def general(value: Decimal) -> Shown:
    """A number without a format: at most ten digits, nothing between thousands."""
    rounded = (
        value.quantize(Decimal(1).scaleb(max(-9, value.adjusted() - 9))) if value else Decimal(0)
    )
    exact = (
        rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded.normalize()
    )
    return Shown(f"{exact:f}".replace(".", ","))


def formatted(value: Decimal, pattern: str) -> Shown:
    """A number in a number format, written in Swedish; `exact` is what is shown, not what is
    saved."""
    if is_date_format(pattern):
        return Shown(f"{value:f}", value)
    sections = pattern.split(";")
    section = sections[0]
    own_sign = value < 0 and len(sections) > 1 and sections[1] != ""
    if own_sign:
        section = sections[1]
    elif value == 0 and len(sections) > 2 and sections[2]:
        section = sections[2]
    literal = "".join(a or b for a, b in QUOTED.findall(section))
    digits = QUOTED.sub("", section)
    if digits.strip().lower() in ("general", "@", ""):
        if not digits.strip() and literal:
            return Shown(literal)
        return general(value)
    if not re.search(r"[0#?]", digits):
        return Shown(" ".join((digits + literal).split()) or "-", None)
    is_percent = "%" in digits
    if is_percent:
        value *= 100
    value = value.scaleb(
        -3 * len(re.search(r"(,*)[^,0#?]*$", re.split(r"\.", digits)[0])[1])
        if re.search(r"[0#?],+(?![0#?])", digits)
        else 0
    )
    part = digits.partition(".")[2]
    decimals = sum(c in "0?" for c in re.match(r"[0#?]*", part)[0])  # type: ignore[index]
    optional = sum(c == "#" for c in re.match(r"[0#?]*", part)[0])  # type: ignore[index]
    exact = value.quantize(Decimal(1).scaleb(-decimals - optional), rounding="ROUND_HALF_UP")
    while optional and exact == exact.quantize(Decimal(1).scaleb(-decimals - optional + 1)):
        optional -= 1
        exact = exact.quantize(Decimal(1).scaleb(-decimals - optional))
    text = number(abs(exact) if own_sign else exact, decimals + optional)
    text = text.replace(SPACE, " ").replace(MINUS, "-")
    if (own_sign and "-" in digits) or (own_sign and "(" not in digits and "-" not in literal):
        text = "-" + text if exact else text
    if own_sign and "(" in digits:
        text = f"({text})"
    text += " %" if is_percent else ""
    unit = literal.strip()
    return Shown(
        f"{text} {unit}" if unit and unit not in "-()" else text, exact if exact else abs(exact)
    )

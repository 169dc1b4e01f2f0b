"""A table in cells, cut into heads and bodies; one that goes on over pages put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bokslut.transcription.reading import heads, numbers, words
from bokslut.transcription.reading.labels import alike, normal
from bokslut.transcription.reading.numbers import BLANK, Missing, Number
from bokslut.transcription.reading.page.boxes import with_line
from bokslut.transcription.reading.stream import Cell, Row, Table
from bokslut.transcription.reading.tables.table import Marks, total

BLANK_CELL = Cell("", "", 0)
SPAN = re.compile(r"(?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d")
"""From one year to another."""


def kind_of(cell: Cell | None, marks: Marks) -> str:
    """`blank`, `number`, `year`, `mark`, `doubtful` (perhaps a number) or `word`."""
    if cell is None or (not cell.text and not cell.problem):
        return "blank"
    if cell.exact is not None:
        return "year" if numbers.is_year(cell.text) else "number"
    if cell.problem:
        return "number"
    if numbers.is_year(heads.REMARK.sub("", cell.text)) or heads.TWO_YEARS.match(cell.text):
        return "year"
    if SPAN.fullmatch(cell.text) or numbers.YEAR_WITH_UNIT.fullmatch(cell.text):
        return "year"
    reading = numbers.read(cell.text, marks)
    if isinstance(reading, Number):
        return "number"
    if isinstance(reading, Missing):
        return "blank" if reading == BLANK else "mark"
    return "word" if reading.reason in ("text", "date") else "doubtful"


def grid_of(rows: Sequence[Row]) -> list[dict[int, Cell]]:
    """Each row's cells by their first column; rows that begin late are moved to the right edge."""
    return [{cell.column: cell for cell in row.cells} for row in rows]


def is_body(kinds: dict[int, str], first: bool) -> bool:
    """Whether a row's kinds of cells are those of figures and not of a head."""
    behind = [k for column, k in kinds.items() if column > min(kinds)]
    if any(k in ("number", "mark") for k in behind):
        return True
    return not first and "doubtful" in behind


def spread(row: Row) -> dict[int, str]:
    """The text of a row of heads over every column that it covers."""
    return {
        c: cell.text
        for cell in row.cells
        for c in range(cell.column, cell.column + cell.span)
        if cell.text
    }


def segments(table: Table, marks: Marks) -> Iterator[tuple[list[Row], list[Row]]]:
    """The parts of a grid that have a head each: rows of the head, rows of the body.

    A head that comes again is left out; the first part may have no head.
    """
    head: list[Row] = []
    body: list[Row] = []
    known: set[str] = set()
    for number, row in enumerate(table.rows):
        kinds = {cell.column: kind_of(cell, marks) for cell in row.cells}
        filled = {c: k for c, k in kinds.items() if k != "blank"}
        if not filled:
            continue
        if not body:
            is_section_here = len(filled) == 1 and min(filled) == min(kinds) and has_heads(head)
            if is_section_here and is_head_below(table.rows[number + 1 : number + 2], marks):
                # The head of the labels, half way between two lines of the other heads.
                is_section_here = False
            is_rest_of_head = bool(head) and is_cut_off(head[-1], filled)
            is_rest_of_head = is_rest_of_head or (not head and is_misread_head(row, filled))
            if not is_rest_of_head and (is_body(kinds, first=not head) or is_section_here):
                body.append(row)
            else:
                head.append(row)
                known.add(normal(row.text))
            continue
        if (
            is_head_again(row, filled)
            and not are_amounts(row, head)
            and has_body(table.rows[number + 1 :], row, filled, marks)
        ):
            if normal(row.text) in known:
                continue
            yield head, body
            head, body, known = [row], [], {normal(row.text)}
            continue
        body.append(row)
    yield head, body


def is_misread_head(row: Row, filled: dict[int, str]) -> bool:
    """Whether a picture lets a row seem to have a figure, of which it is not sure, and all else
    behind its first cell is heads, two at least."""
    behind = [cell for cell in row.cells if cell.column in filled and cell.column > 1]
    figures = [cell for cell in behind if filled[cell.column] == "number"]
    said = [cell for cell in behind if filled[cell.column] != "number"]
    return (
        len(said) > 1
        and all(cell.doubtful for cell in figures)
        and all(is_head_cell(cell.text) for cell in said)
    )


def are_amounts(row: Row, head: Sequence[Row]) -> bool:
    """Whether what seem to be years of a row are none, but amounts without a space between their
    thousands: some are far from all years of the head above."""
    known = [year for one in head for cell in one.cells for year in heads.years_of(cell.text)]
    years = [int(cell.text) for cell in row.cells if numbers.is_year(cell.text)]
    far = max((min(abs(year - k) for k in known) for year in years), default=0) if known else 0
    is_row_of_years = years in (sorted(years), sorted(years, reverse=True))
    return far > (LONG_TIME if is_row_of_years else LONG_TIME / 3)


LONG_TIME = 40
"""So many years before those of its head no table goes back, if it goes back in order."""


def is_cut_off(head: Row, filled: dict[int, str]) -> bool:
    """Whether all that a row has stands below heads that were cut: `23` below `Förändring 22–`."""
    texts = {cell.column: cell.text for cell in head.cells}
    return all(texts.get(column, "").endswith(("-", "–", "/")) for column in filled)


def is_head_below(below: Sequence[Row], marks: Marks) -> bool:
    """Whether the next row is one of heads."""
    for row in below:
        kinds = {cell.column: kind_of(cell, marks) for cell in row.cells}
        return is_head_again(row, {c: k for c, k in kinds.items() if k != "blank"})
    return False


def has_heads(head: list[Row]) -> bool:
    """Whether rows are more than titles: one of them says what two columns hold."""
    return any(sum(bool(cell.text) for cell in row.cells) > 1 for row in head)


def is_head_again(row: Row, filled: dict[int, str]) -> bool:
    """Whether a row further down is a head: words of heads or years over two columns or more."""
    behind = [
        cell
        for cell in row.cells
        if cell.column in filled and cell.column > 1 and not cell.continued
    ]
    if len(behind) < 2 or any(filled[cell.column] not in ("word", "year") for cell in behind):
        return False
    return sum(is_head_cell(cell.text) for cell in behind) * 2 > len(behind)


def has_body(below: Sequence[Row], head: Row, filled: dict[int, str], marks: Marks) -> bool:
    """Whether figures stand in the next rows under most of what a head says, or texts under
    texts."""
    wanted = {
        cell.column
        for cell in head.cells
        if cell.column > 1 and cell.column in filled and heads.read(cell.text).role == "number"
    }
    for row in below[:3]:
        kinds = {c.column: kind_of(c, marks) for c in row.cells}
        there = {c for c in wanted if kinds.get(c) in ("number", "mark", "doubtful")}
        if len(there) * 2 > len(wanted) or not wanted:
            return True
    return False


def is_head_cell(text: str) -> bool:
    """Whether a text is that of a head: a scenario or a year, or just a word that heads have."""
    says = heads.read(text)
    if says.role == "number":
        return len(text) < 40
    if text.lower() in words.mapping("genders"):
        return True
    return says.role != "unknown" and heads.is_known(text)


def split_titles(head: list[Row], width: int) -> tuple[list[Row], list[Row]]:
    """Rows at the top that have one text over the whole table or alone, and the rows below them."""
    titles = []
    while len(head) > 1:
        filled = [cell for cell in head[0].cells if cell.text]
        is_alone = len(filled) == 1 and (filled[0].span >= width - 1 or filled[0].column == 1)
        if not is_alone and not is_cut_title(filled, head[1:]):
            break
        titles.append(head[0])
        head = head[1:]
    return titles, head


def is_cut_title(filled: Sequence[Cell], below: Sequence[Row]) -> bool:
    """Whether the texts of a row are pieces of one that goes on over the first columns: nothing
    stands behind them, they are no heads, and a row below has more."""
    columns = [cell.column for cell in filled]
    more = max(sum(bool(cell.text) for cell in row.cells) for row in below)
    if filled and len(columns) < more and NUMBERED.match(filled[0].text):
        return True
    return (
        columns == list(range(1, len(columns) + 1))
        and len(columns) < more
        and not any(is_head_cell(cell.text) for cell in filled)
    )


NUMBERED = re.compile(r"(?:Tabell|Diagram|Figur)\b", re.IGNORECASE)


def align_right(head: list[Row], body: list[Row]) -> None:
    """Moves heads of plain text that have fewer cells than the rows to the right, where figures
    are."""
    if not head or any(cell.span > 1 for row in head for cell in row.cells):
        return
    widest = max(
        Counter(len(row.cells) for row in body).items(), key=lambda pair: (pair[1], pair[0])
    )[0]
    for i, row in enumerate(head):
        missing = widest - len(row.cells)
        if (
            missing > 0
            and row.cells
            and row.cells[0].place.startswith("line")
            and not row.cells[0].text
        ):
            head[i] = Row(
                tuple(
                    replace(c, column=c.column + missing) if c.column > 1 else c for c in row.cells
                ),
                row.line,
            )


def goes_on(one: Table, other: Table) -> bool:
    """Whether a table goes on in the next: the same columns, and the same head or none."""
    if one.width != other.width or not one.rows or not other.rows or (one.title != other.title):
        return False
    first, again = one.rows[0], other.rows[0]
    if is_same_head(first, again) and any(cell.text for cell in first.cells):
        # Below its sum, on the same page or sheet, the head is that of another table.
        is_beside = re.match(r"page \d+,|.*!", one.place) and (
            page_of(one.place) == page_of(other.place)
        )
        return not (is_beside and total(one.rows[-1].text))
    if len(other.rows) == 1 and is_rest(again):
        return True
    if len(other.rows) > 1 and (is_rest(again) or is_section(again)):
        again = other.rows[1]
    kinds = {cell.column: kind_of(cell, {}) for cell in again.cells}
    years = sum(k == "year" for k in kinds.values())
    return is_body(kinds, first=True) and years * 2 < sum(k != "blank" for k in kinds.values())


def page_of(place: str) -> str:
    """The page or the sheet of a place."""
    return place.partition("!")[0] if "!" in place else place.partition(",")[0]


def is_same_head(one: Row, other: Row) -> bool:
    """Whether a head comes again: the same words, or nearly and with the same years."""
    if normal(one.text) == normal(other.text):
        return True
    years = [heads.years_of(row.text) for row in (one, other)]
    return bool(years[0]) and years[0] == years[1] and alike(one.text, other.text) >= LIKE_HEADS


LIKE_HEADS = 90
"""How alike, 0 to 100, two heads must be where a picture was read."""


def is_section(row: Row) -> bool:
    """Whether a row has one text, in its first column."""
    filled = [cell for cell in row.cells if cell.text]
    return len(filled) == 1 and filled[0].column == 1


def is_rest(row: Row) -> bool:
    """Whether a row on a new page holds only the rest of texts of the row before: small letters."""
    filled = [cell.text for cell in row.cells if cell.text]
    return bool(filled) and all(
        t[:1].islower() and kind_of(Cell(t, "", 1), {}) == "word" for t in filled
    )


def put_together(one: Table, other: Table) -> Table:
    """A table with the one that it goes on in; a row that was cut in its texts is one row."""
    rows, more = list(one.rows), list(other.rows)
    while len(more) > 1 and any(is_same_head(more[0], row) for row in one.rows[:3]):
        # The head again.
        more = more[1:]
    there = {cell.column: cell for cell in rows[-1].cells}
    if is_rest(more[0]) and all(
        there.get(c.column, BLANK_CELL).text for c in more[0].cells if c.text
    ):
        rest = {c.column: c.text for c in more[0].cells if c.text}
        rows[-1] = Row(
            tuple(
                replace(c, text=with_rest(c, rest[c.column])) if c.column in rest else c
                for c in rows[-1].cells
            ),
            rows[-1].line,
        )
        more = more[1:]
    return Table((*rows, *more), one.place, one.title)


def with_head_parted(one: Table, other: Table) -> Table:
    """A table whose first row is the head of another, with a label behind that of the labels, as
    two rows: the rest of the row that was cut at the end of the page before stands below its head.
    """
    if not (one.rows and other.rows and one.rows[0].cells and other.rows[0].cells):
        return other
    first, *heads_of = one.rows[0].cells
    label, *again = other.rows[0].cells
    head, rest = label.text[: len(first.text)], label.text[len(first.text) :].strip()
    is_same = head == first.text and [c.text for c in heads_of] == [c.text for c in again]
    if not (is_same and head and rest[:1].islower()):
        return other
    line = other.rows[0].line
    parted = (
        Row((replace(label, text=head), *again), line),
        Row((replace(label, text=rest), *(replace(c, text="") for c in again)), line),
    )
    return replace(other, rows=(*parted, *other.rows[1:]))


def with_rest(cell: Cell, rest: str) -> str:
    """The text of a cell with what goes on of it on the next page."""
    return cell.text + rest if cell.is_cut else with_line(cell.text, rest)


def with_rest_of_label(table: Table, rest: str) -> Table:
    """A table with the rest of its last label."""
    *rows, last = table.rows
    label, *figures = last.cells
    cells = (replace(label, text=with_rest(label, rest)), *figures)
    return replace(table, rows=(*rows, Row(cells, last.line)))

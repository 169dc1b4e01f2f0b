"""From a grid of cells to a table whose columns, rows and numbers are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from bokslut.transcription.reading import heads, numbers, words
from bokslut.transcription.reading.heads import Head
from bokslut.transcription.reading.labels import alike, normal
from bokslut.transcription.reading.numbers import BLANK, Missing, Number, Reading, Refused
from bokslut.transcription.reading.stream import Cell, Paragraph, Row, Table

Marks = dict[str, str]
BLANK_CELL = Cell("", "", 0)


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


def kind_of(cell: Cell | None, marks: Marks) -> str:
    """`blank`, `number`, `year`, `mark`, `doubtful` (perhaps a number) or `word`."""
    if cell is None or (not cell.text and not cell.problem):
        return "blank"
    if cell.exact is not None:
        return "year" if numbers.is_year(cell.text) else "number"
    if cell.problem:
        return "number"
    if numbers.is_year(heads.REMARK.sub("", cell.text)):
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
            is_section_here = len(filled) == 1 and has_heads(head)
            if is_section_here and is_head_below(table.rows[number + 1 : number + 2], marks):
                # The head of the labels, half way between two lines of the other heads.
                is_section_here = False
            if is_body(kinds, first=not head) or is_section_here:
                body.append(row)
            else:
                head.append(row)
                known.add(normal(row.text))
            continue
        if is_head_again(row, filled) and has_body(table.rows[number + 1 :], row, filled, marks):
            if normal(row.text) in known:
                continue
            yield head, body
            head, body, known = [row], [], {normal(row.text)}
            continue
        body.append(row)
    yield head, body


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
    return says.role != "unknown" and heads.is_known(text)


def read_tables(table: Table, above: Sequence[Paragraph], marks: Marks) -> list[ReadTable]:
    """The tables that a grid holds, with their structure; years and figures are read later."""
    found = []
    for number, (head, body) in enumerate(segments(table, marks)):
        made = structured(table, head, body, above if not number else (), marks)
        if made:
            found.append(made)
    return found


def structured(
    table: Table, head: list[Row], body: list[Row], above: Sequence[Paragraph], marks: Marks
) -> ReadTable | None:
    """One table with columns and rows; None where nothing is in it."""
    title_rows, head = split_titles(head, table.width)
    is_of_texts = not body
    if is_of_texts:
        # Texts only: the first row is a head if it has the words of one.
        named = head and sum(
            heads.read(cell.text).role != "unknown" for cell in head[0].cells
        ) * 2 >= len(head[0].cells)
        body, head = (head[1:], head[:1]) if named else (head, [])
    if not body:
        return None
    align_right(head, body)
    grid = grid_of(body)
    columns = columns_of(head, grid, marks)
    if is_of_texts:
        for column in columns[1:]:
            if column.head.role == "status":
                column.kind = "status"
            elif (
                any(row.get(column.index, BLANK_CELL).text for row in grid)
                or not column.head.scenario
            ):
                column.kind = "text"
    title = title_of(table, title_rows, above, columns)
    made = ReadTable(
        table.place,
        title,
        columns,
        [],
        heads.unit_in(title) or unit_above(above) or unit_of_labels(columns),
        tuple(row.line for row in (*title_rows, *head)),
        is_headless=not head,
    )
    made.lines = list(lines_of(body, made, marks))
    return made


def split_titles(head: list[Row], width: int) -> tuple[list[Row], list[Row]]:
    """Rows at the top that have one text over the whole table or alone, and the rows below them."""
    titles = []
    while len(head) > 1:
        filled = [cell for cell in head[0].cells if cell.text]
        if len(filled) == 1 and (filled[0].span >= width - 1 or filled[0].column == 1):
            titles.append(head[0])
            head = head[1:]
        else:
            break
    return titles, head


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


def columns_of(head: list[Row], grid: list[dict[int, Cell]], marks: Marks) -> list[Column]:
    """The columns by what stands in them and in their heads."""
    used = sorted({c for row in grid for c in row} | {c for row in head for c in spread(row)})
    texts: dict[int, list[str]] = {c: [] for c in used}
    above: dict[int, str] = {}
    # The head of the labels may stand on a line of its own, half way between the others.
    by_itself = [row for row in head if len(head) > 1 and set(spread(row)) == {used[0]}]
    texts[used[0]] += [spread(row)[used[0]] for row in by_itself]
    head = [row for row in head if row not in by_itself]
    for row, below in zip_longest(head, head[1:]):
        said = spread(row)
        wide = {
            c
            for cell in row.cells
            if cell.span > 1
            for c in range(cell.column, cell.column + cell.span)
        }
        named = repeated_groups(said, spread(below) if below else {}, used)
        if named:
            said |= named
            wide |= set(named)
        for column in used[1:] if not named else ():
            # What stands above several heads without being merged stands above the first of them,
            # or above the last where the first is beside the labels.
            beside = column - 1 if said.get(column - 1) and column - 1 > used[0] else column + 1
            under = spread(below) if below else {}
            is_other = under.get(column) != under.get(beside)
            if is_other and column not in said and said.get(beside) and under.get(column):
                said[column] = said[beside]
                wide |= {beside, column}
        for column, text in said.items():
            if text not in texts[column]:
                texts[column].append(text)
            if column in wide:
                above[column] = text
    columns = []
    is_leading = True
    for index in used:
        kinds = Counter(kind_of(row.get(index), marks) for row in grid)
        says = heads.read(" ".join(texts[index]))
        figures = kinds["number"] + kinds["mark"] + kinds["doubtful"] + kinds["year"]
        described = bool(columns) and says.role in ("note", "unit", "text", "status")
        years_only = kinds["year"] == figures and not columns
        if is_leading and not described and (kinds["word"] >= figures or years_only):
            kind = "label"
        elif says.role == "unknown" and kinds["word"] and kinds["year"] == figures:
            kind = "text"
        elif not figures and not kinds["word"]:
            kind = "number" if says.role == "number" else "text"
        elif says.role in ("note", "unit", "text", "status") and not (
            says.role == "status" and figures - kinds["mark"] > kinds["word"]
        ):
            kind = says.role
        elif kinds["word"] > figures:
            kind = "text" if says.role != "number" else "status"
        else:
            kind = "number"
        if kind != "label":
            is_leading = False
        columns.append(
            Column(
                index,
                says,
                kind,
                says.scenario,
                None,
                says.unit_of_measure,
                says.gender,
                entity=above.get(index, ""),
            )
        )
    identify(columns, grid, marks)
    return columns


def repeated_groups(said: dict[int, str], below: dict[int, str], used: list[int]) -> dict[int, str]:
    """The heads above names that come again (`Kvinnor Män Kvinnor Män`), over each time they come.

    Empty where the names do not come as many times as there are heads above them.
    """
    places = [column for column in sorted(said) if column > used[0]]
    above = [said[column] for column in places]
    columns = [c for c in used[1:] if below.get(c)]
    groups: list[list[int]] = []
    for column in columns:
        if not groups or normal(below[column]) in {normal(below[c]) for c in groups[-1]}:
            groups.append([])
        groups[-1].append(column)
    names = [[normal(below[c]) for c in group] for group in groups]
    if len(above) < 2 or len(groups) != len(above):
        return {}
    least = min(map(len, names))
    alike_names = least > 1 and all(group[:least] == names[0][:least] for group in names)
    stands_over = all(c in group for c, group in zip(places, groups, strict=True))
    if not alike_names and not (stands_over and all(map(numbers.is_year, above))):
        return {}
    return {c: text for text, group in zip(above, groups, strict=True) for c in group}


def identify(columns: list[Column], grid: list[dict[int, Cell]], marks: Marks) -> None:
    """A leading column of numbers before one of words is an id (of an account, a project)."""
    if not columns or columns[0].kind == "label":
        return
    first_words = next((i for i, c in enumerate(columns) if c.kind in ("text", "status")), None)
    if first_words is None or first_words > 2:
        return
    if columns[first_words].head.role not in ("unknown", "number") or columns[0].head.role not in (
        "unknown",
        "note",
    ):
        return
    for column in columns[:first_words]:
        column.kind = "text"
    columns[first_words].kind = "label"


def title_of(
    table: Table, rows: list[Row], above: Sequence[Paragraph], columns: Sequence[Column]
) -> str:
    """What a table is called: rows above its head, the line before it, its sheet, or the head of
    its labels."""
    inside = " ".join(cell.text for row in rows for cell in row.cells if cell.text)
    before = ""
    for paragraph in reversed(above):
        if is_title(paragraph.text):
            before = paragraph.text.strip()
        if before or is_running_text(paragraph.text):
            break
    labels = " ".join(c.head.text for c in columns if c.kind == "label" and c.head.text)
    if heads.unit_in(labels):
        return inside or before or labels
    return inside or before or table.title or labels


def is_running_text(text: str) -> bool:
    """Whether a paragraph is of sentences, so that what stands above it is no name of what is
    below."""
    return len(text) > 120 or (text.rstrip().endswith(".") and len(text.split()) > 4)


def unit_above(above: Sequence[Paragraph]) -> str | None:
    """The unit of measure that the lines right above a table name, down from its name."""
    for paragraph in reversed(above):
        text = paragraph.text.strip()
        if is_title(text) or len(text) > 120:
            return None
        if unit := heads.unit_in(text):
            return unit
    return None


def unit_of_labels(columns: Sequence[Column]) -> str | None:
    """The unit of measure that the heads of the labels name, as in `Verksamhet (tkr)`."""
    return next(
        (c.unit_of_measure for c in columns if c.kind == "label" and c.unit_of_measure), None
    )


NOT_A_NAME = re.compile(r"\b(belopp|alla|i|anges|redovisas|om|inte|annat|siffror)\b")


def is_title(text: str) -> bool:
    """Whether a paragraph can be a table's name: short, no sentence, more than a unit of
    measure."""
    text = text.strip()
    if not text or is_running_text(text):
        return False
    rest = plain_unit(NOT_A_NAME.sub("", text.lower()))
    return any(c.isalpha() for c in rest)


def plain_unit(text: str) -> str:
    """The text without the words for units of measure."""
    for pattern, _, is_sure in heads.unit_patterns():
        text = pattern.sub("", text) if is_sure == "yes" else text
    return text


def first_of_group(body: Sequence[Row], column: int) -> str:
    """What the first rows of a page's table stand under where a column is blank in them: the text
    half way down the rows of its group."""
    texts = [next((c.text for c in row.cells if c.column == column), "") for row in body]
    is_page = bool(body) and place_of(body[0]).startswith("page")
    return next((text for text in texts if text), "") if is_page else ""


def lines_of(body: list[Row], table: ReadTable, marks: Marks) -> Iterator[Line]:
    """The rows of a table with their labels, and what they stand under."""
    label_columns = [c.index for c in table.columns if c.kind == "label"]
    number_columns = [
        c.index for c in table.columns if c.kind in ("number", "note", "unit", "status")
    ]
    section = main = ""
    is_part_of_genders = False
    section_unit = None
    carried = {index: first_of_group(body, index) for index in label_columns}
    genders = words.mapping("genders")
    for row in body:
        cells = {cell.column: cell for cell in row.cells}
        labels, is_printed = {}, False
        for index in label_columns:
            cell = cells.get(index)
            text = cell.text if cell else ""
            if not text and index != label_columns[-1] and not is_printed:
                text = carried[index]
            is_printed = is_printed or bool(cell and cell.text)
            labels[index] = text
        filled = [
            cells[c]
            for c in cells
            if c not in label_columns and (cells[c].text or cells[c].problem)
        ]
        own = [labels[c] for c in label_columns]
        label = own[-1] if own else ""
        if len(own) > 1 and not label:
            # The row's own label stands further out, as that of a sum does.
            label = next((text for text in reversed(own) if text), "")
            own = ["" if text == label else text for text in own[:-1]] + [label]
        is_row = len(own) > 1 and bool(own[-1]) and any(own[:-1])
        if not filled and not is_row:
            if label:
                # A row without figures is a heading of those below it.
                section, main = label, ""
                section_unit = heads.unit_in(label)
                if len(own) > 1:
                    carried = dict(zip(label_columns, own, strict=True))
            continue
        carried = dict(zip(label_columns, own, strict=True)) if own else carried
        gender = gender_of_label(label, genders)
        is_total = total(label)
        made = Line(
            label,
            own[-2] if len(own) > 1 else section,
            own[-3] if len(own) > 2 else (section if len(own) > 1 else ""),
            row.line,
            row.line,
            place_of(row),
            is_total=is_total,
            unit_of_measure=heads.unit_in(label),
            gender=gender,
            fiscal_year=int(label) if numbers.is_year(label) else None,
        )
        only = gender if is_only_gender(label, genders) else None
        if only or (is_part_of_genders and genders.get(normal(label))):
            # A total belongs to the row above its genders, and only below them.
            made.group = made.group or main
        elif not VARAV.match(label):
            main = label
        is_part_of_genders = bool(only)
        if made.unit_of_measure is None and section_unit:
            made.unit_of_measure = section_unit
        for column in table.columns:
            cell = cells.get(column.index)
            if column.kind == "number":
                missing = Cell(
                    "",
                    f"{made.place} column {column.index}" if " row " in made.place else made.place,
                    column.index,
                )
                made.figures[column.index] = Figure(cell or missing, column, BLANK)
            elif cell and column.kind in ("text", "status", "unit", "note"):
                made.texts[column.index] = cell
                if column.kind == "unit":
                    made.unit_of_measure = (
                        heads.unit_in(cell.text, inferred=True) or made.unit_of_measure
                    )
        if number_columns or made.texts:
            yield made
        if is_total and normal(section) and normal(section) in normal(label):
            section, section_unit = "", None


VARAV = re.compile(r"(?:varav|därav|- )", re.IGNORECASE)


def is_part(label: str) -> bool:
    """Whether a label says that its row is a part of the one above (*varav*)."""
    return bool(VARAV.match(label))


def place_of(row: Row) -> str:
    """The place of a row."""
    return row.cells[0].place.partition(" column ")[0]


def total(label: str) -> bool:
    """Whether a label says that its row is a sum."""
    first = normal(label).split()
    return bool(first) and first[0] in TOTALS and first[:2] not in (["total", "sjukfranvaro"],)


TOTALS = {normal(row["word"]) for row in words.table("totals")}


def gender_of_label(label: str, genders: dict[str, str]) -> str | None:
    """The gender that a row's label names: women or men; None for neither or both."""
    found = {
        genders[w] for w in re.findall(r"\w+", label.lower()) if genders.get(w) in ("women", "men")
    }
    return found.pop() if len(found) == 1 else None


def is_only_gender(label: str, genders: dict[str, str]) -> bool:
    """Whether a label is the word for a gender and no more than *varav* before it."""
    said = [w for w in re.findall(r"\w+", label.lower()) if w not in ("varav", "därav", "andel")]
    return len(said) == 1 and said[0] in genders


def goes_on(one: Table, other: Table) -> bool:
    """Whether a table goes on in the next: the same columns, and the same head or none."""
    if one.width != other.width or not one.rows or not other.rows or (one.title != other.title):
        return False
    first, again = one.rows[0], other.rows[0]
    if is_same_head(first, again) and any(cell.text for cell in first.cells):
        return True
    if len(other.rows) > 1 and (is_rest(again) or is_section(again)):
        again = other.rows[1]
    kinds = {cell.column: kind_of(cell, {}) for cell in again.cells}
    years = sum(k == "year" for k in kinds.values())
    return is_body(kinds, first=True) and years * 2 < sum(k != "blank" for k in kinds.values())


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
                replace(c, text=f"{c.text} {rest[c.column]}") if c.column in rest else c
                for c in rows[-1].cells
            ),
            rows[-1].line,
        )
        more = more[1:]
    return Table((*rows, *more), one.place, one.title)


def count_parts(table: ReadTable) -> None:
    """Gives a part (*varav*) the unit of measure of the row that it is a part of."""
    main = None
    for line in table.lines:
        if not is_part(line.label):
            main = line
        elif main and line.unit_of_measure is None:
            line.unit_of_measure = heads.unit_in(line.label, inferred=True) or (
                main.unit_of_measure or heads.unit_in(main.label, inferred=True, of_row=True)
            )


def count_by_gender(table: ReadTable) -> None:
    """Says of a row without a unit of measure that it counts, where its women and men make its
    total."""
    for line in table.lines:
        if line.unit_of_measure or table.unit_of_measure:
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


def settle_columns(table: ReadTable, report_year: int) -> None:
    """Gives each column of figures its year and scenario."""
    titled = heads.years_of(table.title)
    year = titled[0] if len(set(titled)) == 1 and abs(titled[0] - report_year) < 10 else report_year
    for column in table.number_columns:
        says = column.head
        if says.years:
            column.fiscal_year = (
                max(says.years) if says.scenario in ("change", "deviation") else says.years[-1]
            )
        elif says.year_offset is not None:
            column.fiscal_year = report_year + says.year_offset
        else:
            column.fiscal_year = column.fiscal_year or year
        column.scenario = column.scenario or "outcome"


def read_figures(table: ReadTable, marks: Marks, parentheses_are_minus: bool = False) -> None:
    """Reads each cell of the columns of figures by itself."""
    for line in table.lines:
        for figure in line.figures.values():
            read_figure(figure, line, table, marks, parentheses_are_minus)


def read_figure(
    figure: Figure, line: Line, table: ReadTable, marks: Marks, parentheses_are_minus: bool
) -> None:
    """Reads one cell."""
    cell = figure.cell
    if cell.problem:
        figure.reading = Refused("problem")
        figure.question = Question(
            cell.place,
            cell.text,
            f"{cell.problem[0].upper()}{cell.problem[1:]}. Vilket tal ska stå här?",
        )
        return
    reading = numbers.read(cell.text, marks, parentheses_are_minus=parentheses_are_minus)
    is_interval = numbers.INTERVAL.fullmatch(numbers.plain(cell.text))
    if is_interval and figure.column.scenario == "target":
        reading = numbers.read(is_interval["first"], marks)
    if cell.exact is not None:
        said = reading if isinstance(reading, Number) else None
        decimals = max(0, -int(cell.exact.as_tuple().exponent))
        unit = said.unit_of_measure if said else ("percent" if cell.text.endswith("%") else None)
        reading = Number(cell.exact, decimals, unit, signed="sign" if cell.exact < 0 else "")
    figure.reading = reading
    if isinstance(reading, Refused):
        figure.question, figure.options = asked(figure, line, reading), reading.candidates
    elif cell.doubtful:
        said = (reading, *(numbers.read(text, marks) for text in cell.others))
        figure.options = tuple(n for n in said if isinstance(n, Number))
        figure.question = asked(figure, line, Refused("picture", figure.options))


REASONS = {
    "point_between_thousands": "Punkten kan stå mellan tusental eller vara ett decimaltecken",
    "lost_comma": "Talet börjar med noll: ett decimalkomma kan ha fallit bort",
    "lookalikes": "En bokstav står där en siffra väntas",
    "parentheses": "Parentesen kan betyda minus",
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
    """A number as it is typed in Swedish: `-1044,5`."""
    return f"{number.value:f}".replace(".", ",")

"""From a grid of cells to a table whose columns, rows and numbers are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bokslut.transcription.reading import heads, numbers, words
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.numbers import BLANK, Number, Refused
from bokslut.transcription.reading.stream import Cell, Paragraph, Row, Table
from bokslut.transcription.reading.tables.columns import (
    columns_of,
    title_of,
    unit_above,
    unit_of_labels,
)
from bokslut.transcription.reading.tables.segments import (
    BLANK_CELL,
    align_right,
    grid_of,
    kind_of,
    segments,
    split_titles,
)
from bokslut.transcription.reading.tables.table import (
    VARAV,
    Figure,
    Line,
    Marks,
    Question,
    ReadTable,
    asked,
    place_of,
    total,
)


def read_tables(table: Table, above: Sequence[Paragraph], marks: Marks) -> list[ReadTable]:
    """The tables that a grid holds, with their structure; years and figures are read later."""
    found = []
    for number, (head, body) in enumerate(segments(turned(table), marks)):
        made = structured(table, head, body, above if not number else (), marks)
        if made:
            found.append(made)
    return found


def turned(table: Table) -> Table:
    """A table with its rows as columns, where its rows are a budget, an outcome and the like, and
    its columns are what they are of; else the table as it is."""
    head, *body = table.rows or (Row((), 0),)
    said = [heads.read(row.cells[0].text) if row.cells else heads.read("") for row in body]
    columns = [cell.column for cell in head.cells]
    is_grid = all(
        [c.column for c in row.cells] == columns and all(c.span == 1 for c in row.cells)
        for row in table.rows
    )
    is_of_scenarios = {"budget", "outcome"} <= {one.scenario for one in said} and all(
        one.scenario or heads.years_of(one.text) for one in said
    )
    others = [heads.read(cell.text) for cell in head.cells[1:]]
    if not is_grid or not is_of_scenarios or len(others) < FEWEST_TURNED:
        return table
    if any(o.role != "unknown" or heads.years_of(o.text) or o.unit_of_measure for o in others):
        return table
    rows = []
    for cells in zip(*(row.cells for row in table.rows), strict=True):
        rows.append(Row(tuple(replace(c, column=i) for i, c in enumerate(cells, 1)), head.line))
    return replace(table, rows=tuple(rows))


FEWEST_TURNED = 2
"""How many columns of units a table has at least whose rows are scenarios."""


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
    head, body = with_marks_beside(head, body, marks)
    grid = grid_of(body)
    columns = columns_of(head, grid, marks)
    if is_of_texts:
        # Behind a number of its own the label is the second column.
        is_numbered = [c.kind for c in columns[:2]] == ["text", "label"]
        for column in columns[1 + is_numbered :]:
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
        heads.unit_in(title)
        or unit_above(above)
        or unit_of_labels(columns)
        or heads.unit_in(table.title),
        tuple(row.line for row in (*title_rows, *head)),
        is_headless=not head,
    )
    set_per_cent_of_last(made)
    made.lines = list(lines_of(body, made, marks))
    return made


def set_per_cent_of_last(table: ReadTable) -> None:
    """Says per cent of the columns that are called as the last of what a title names with it, where
    other columns are not: *Årsarbetare och sjukfrånvaro (%)*."""
    said = OF_LAST.search(table.title)
    named = [c for c in table.number_columns if said and normal(said[1]) in normal(c.head.text)]
    if table.unit_of_measure != "percent" or len(named) in (0, len(table.number_columns)):
        return
    table.unit_of_measure = None
    for column in named:
        column.unit_of_measure = column.unit_of_measure or "percent"


OF_LAST = re.compile(r"\boch ([^\W\d]+),? ?(?:\(%\)|%|\(?(?:i )?procent\b)", re.IGNORECASE)


def with_marks_beside(
    head: list[Row], body: list[Row], marks: Marks
) -> tuple[list[Row], list[Row]]:
    """The head and the rows of a table without columns that only hold the marks of missing figures
    of the column beside them, set at its other side."""
    rows = list(body)
    kinds = [{c.column: kind_of(c, marks) for c in row.cells} for row in rows]
    headed = {cell.column for row in head for cell in row.cells if cell.text}
    for column in sorted({c for row in kinds for c in row})[1:]:
        for marked, other in ((column - 1, column), (column, column - 1)):
            own = {row.get(marked, "blank") for row in kinds} - {"blank"}
            is_apart = all(
                "blank" in (r.get(marked, "blank"), r.get(other, "blank")) for r in kinds
            )
            has_figures = any(row.get(other) == "number" for row in kinds)
            if own == {"mark"} and is_apart and has_figures and not {marked, other} <= headed:
                home, away = (marked, other) if marked in headed else (other, marked)
                rows = [moved(row, away, home) for row in rows]
                head = [narrowed(row, away) for row in head]
                kinds = [{c.column: kind_of(c, marks) for c in row.cells} for row in rows]
                break
    return head, rows


def narrowed(row: Row, away: int) -> Row:
    """A row of heads without a column."""
    cells = []
    for cell in row.cells:
        left = [c for c in range(cell.column, cell.column + cell.span) if c != away]
        cells += [replace(cell, column=left[0], span=len(left))] if left else []
    return Row(tuple(cells), row.line)


def moved(row: Row, away: int, home: int) -> Row:
    """A row whose text in one column stands in another, if there is one."""
    there = next((cell for cell in row.cells if cell.column == away and cell.text), None)
    kept = tuple(cell for cell in row.cells if cell.column != away)
    if there is None:
        return Row(kept, row.line)
    kept = tuple(cell for cell in kept if cell.column != home)
    return Row(
        tuple(sorted((*kept, replace(there, column=home)), key=lambda c: c.column)), row.line
    )


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


def gender_of_label(label: str, genders: dict[str, str]) -> str | None:
    """The gender that a row's label names: women or men; None for neither or both."""
    found = {
        genders[w]
        for w in re.findall(r"\w+", heads.without_offices(heads.without_shares(label.lower())))
        if genders.get(w) in ("women", "men")
    }
    return found.pop() if len(found) == 1 else None


def is_only_gender(label: str, genders: dict[str, str]) -> bool:
    """Whether a label is the word for a gender and no more than *varav* before it."""
    said = [w for w in re.findall(r"\w+", label.lower()) if w not in ("varav", "därav", "andel")]
    return len(said) == 1 and said[0] in genders


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

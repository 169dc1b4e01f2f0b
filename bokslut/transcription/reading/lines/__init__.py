"""Tables of plain text whose cells only spaces part, as a scan leaves them: heads, labels, rows.

A line has its figures at its end. Which of them make one cell is settled by the row as a whole
(`rows`); which lines of words belong to which figures is settled by how they begin, and by the
names of units, goals and genders that the document itself prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bokslut.transcription.reading import arithmetic, heads, numbers, rows, words
from bokslut.transcription.reading.lines import below
from bokslut.transcription.reading.lines.entry import is_figure
from bokslut.transcription.reading.lines.found import (
    FIGURES,
    FoundTable,
    names_of_labels,
    note_columns,
    title_of,
)
from bokslut.transcription.reading.lines.pieces import Names, Piece, gender_of, pieces_of
from bokslut.transcription.reading.numbers import BLANK, Number
from bokslut.transcription.reading.stream import Cell
from bokslut.transcription.reading.tables import gender_of_label
from bokslut.transcription.reading.tables.columns import settle_columns
from bokslut.transcription.reading.tables.table import (
    Column,
    Figure,
    Line,
    Question,
    ReadTable,
    total,
)
from bokslut.transcription.reading.template import Template


def read(found: FoundTable, names: Names, template: Template, report_year: int) -> ReadTable:
    """Reads the rows of a table of lines."""
    marks = template.marks_of()
    title = title_of(found)
    named = names_of_labels(found)
    columns = [Column(0, replace(heads.read(named), role="unknown", text=named), "label")]
    for index, label in enumerate(found.labels, 1):
        says = heads.read(label)
        kind = "note" if says.role == "note" else "number"
        columns.append(
            Column(index, says, kind, says.scenario, None, says.unit_of_measure, says.gender)
        )
    for column, known in zip(columns[1:], found.template_columns, strict=False):
        year = report_year + (known.year_offset or 0)
        column.head = heads.read(known.label.replace("{year}", str(year)))
        column.scenario, column.fiscal_year = known.scenario, year
    table = ReadTable(
        f"line {found.head[0].line}",
        title,
        columns,
        [],
        heads.unit_in(title)
        or heads.unit_in(named)
        or next((c.unit_of_measure for c in found.template_columns if c.unit_of_measure), None),
        tuple(entry.line for entry in (*found.head, *found.below)),
    )
    columns_below = below.taken_out(found)
    relations = relations_of(columns[1:])
    # A target is of the same size as what it is a target of.
    alike = [i for i, c in enumerate(columns[1:]) if c.scenario in (None, "outcome", "target")]
    notes = note_columns(found.labels)
    above: Line | None = None
    short_rows: list[tuple[Line, Piece, rows.Row]] = []
    open_rows: list[tuple[Line, Piece, rows.Row]] = []
    for piece in pieces_of(found, names, marks):
        unit = ""
        if found.has_units and " " in piece.label:
            piece.label, _, unit = piece.label.rpartition(" ")
        *outer, piece.label = (part.strip() for part in piece.label.rstrip(" |").split(" | "))
        if outer:
            piece.heading = outer[-1]
        line = line_of(piece)
        line.unit_of_measure = heads.unit_in(unit, inferred=True) or line.unit_of_measure
        blank = blank_for(line, above, columns[1:])
        row = rows.read(piece.tail, found.width, marks, relations, alike, blank, notes)
        fill(line, piece, row, columns[1:], found.width)
        if piece.tail and not row.how and len(row.fitting) > 1 and not row.may_have_lost:
            open_rows.append((line, piece, row))
        if row.how and row.may_have_lost:
            short_rows.append((line, piece, row))
        table.lines.append(line)
        if line.gender is None:
            above = line
    settle_columns(table, report_year)
    settle_rows(table, open_rows, columns[1:], found.width)
    broken = {i for s in arithmetic.sums(table) if s.broken for i in (*s.parts, s.total)}
    for line, piece, row in short_rows:
        if any(table.lines[i] is line for i in broken):
            # It fits by itself, and breaks the sum that it is a part of.
            fill(line, piece, rows.Row(row.fitting), columns[1:], found.width)
    if columns_below:
        below.add(table, columns_below, marks)
        settle_columns(table, report_year)
    table.questions += list(without_cells(found, marks))
    part_goals(table)
    for line in table.lines:
        # `Andel flickor i föreningslivet` is no part of a row above it, and of one gender.
        line.gender = line.gender or gender_of_label(line.label, words.mapping("genders"))
    return table


def without_cells(found: FoundTable, marks: dict[str, str]) -> Iterator[Question]:
    """The questions about lines that have several figures and no cell: a scan damaged what stands
    behind each."""
    known = frozenset(marks)
    for entry in found.body:
        figures = [
            token
            for token in entry.text.split()
            if token[-1:].isdigit() and is_figure(token, known) and not numbers.is_year(token)
        ]
        if not entry.tail and len(figures) > 1:
            yield Question(
                f"line {entry.line}",
                entry.text,
                f"Radens tal går inte att dela i tabellens {found.width} kolumner. Vilka är dess "
                "celler?",
            )


GOAL_AND_INDICATOR = re.compile(r"([A-ZÅÄÖ][^A-ZÅÄÖ()]*) ([A-ZÅÄÖ][a-zåäöé].*)")


def part_goals(table: ReadTable) -> None:
    """Parts the name of a goal from the first indicator below it, where the head has a column for
    each: the indicator begins with the next capital."""
    goal_head, _, rest = table.columns[0].head.text.partition(" ")
    parts = [GOAL_AND_INDICATOR.fullmatch(line.label) for line in table.lines]
    is_named = bool(parts) and bool(parts[0] or table.lines[0].group)
    is_named = is_named and not any(line.section for line in table.lines)
    if not (heads.is_goal_word(goal_head) and rest[:1].isupper() and is_named):
        return
    goal = ""
    for line, part in zip(table.lines, parts, strict=True):
        if line.group:
            goal = line.group
        elif part:
            goal, line.label = part[1], part[2]
            line.unit_of_measure = heads.unit_in(line.label) or line.unit_of_measure
        if not line.group and not line.is_total:
            line.group = goal


MOST_WAYS = 80


def settle_rows(
    table: ReadTable,
    open_rows: list[tuple[Line, Piece, rows.Row]],
    columns: Sequence[Column],
    width: int,
) -> None:
    """Takes of several ways to cut a row the one with which the table adds up best, if one does."""
    relations = arithmetic.relations(table)
    places = [i for i, column in enumerate(columns) if column.kind == "number"]
    for line, piece, row in open_rows:
        ways, how = holding(row.fitting, relations, places), "grouped"
        if not ways:
            signed = [one for way in row.fitting for one in with_minus(way, places)]
            ways, how = holding(signed, relations, places), "corrected"
        if relations and len(ways) == 1:
            fill(line, piece, rows.Row(ways, how), columns, width)
            continue
        if len(row.fitting) > MOST_WAYS:
            continue
        scores = []
        for way in row.fitting:
            fill(line, piece, rows.Row([way], "grouped"), columns, width)
            scores.append(added_up(table) + next_note(table, line))
        best = max(range(len(scores)), key=lambda i: scores[i])
        if scores.count(scores[best]) == 1 and scores[best] > 0:
            fill(line, piece, rows.Row([row.fitting[best]], "grouped"), columns, width)
        else:
            fill(line, piece, row, columns, width)


def holding(
    ways: Iterable[rows.Grouping], relations: Sequence[rows.Relation], places: Sequence[int]
) -> list[rows.Grouping]:
    """The ways to cut a row with which all relations of its columns of numbers hold."""
    return [
        way
        for way in ways
        if all(r.check([way.values[i] for i in places]) is True for r in relations)
    ]


def with_minus(way: rows.Grouping, places: Sequence[int]) -> Iterator[rows.Grouping]:
    """A way to cut a row with a minus before one of its figures, where others have one: a scan
    loses it."""
    if not any(number and number.value < 0 for number in way.values):
        return
    for i in places:
        number = way.values[i]
        if number and number.value > 0 and not number.signed:
            signed = replace(number, value=-number.value, signed="sign")
            yield replace(way, readings=(*way.readings[:i], signed, *way.readings[i + 1 :]))


def added_up(table: ReadTable) -> int:
    """How many sums of a table hold, less those that do not."""
    return sum(len(s.held) - len(s.broken) for s in arithmetic.sums(table))


def next_note(table: ReadTable, line: Line) -> int:
    """1 where a row's note is the one after the last above it, for notes count upwards."""
    notes = [c.index for c in table.columns if c.kind == "note"]
    said = [
        n
        for one in table.lines
        for i in notes
        for n in re.findall(r"\d+", one.figures[i].cell.text)
    ]
    own = [n for i in notes for n in re.findall(r"\d+", line.figures[i].cell.text)]
    return int(
        bool(own) and said == [str(n) for n in range(int(said[0]), int(said[0]) + len(said))]
    )


def line_of(piece: Piece) -> Line:
    """A row with its label."""
    return Line(
        piece.label,
        piece.group,
        piece.section,
        min(piece.first, piece.tail_line),
        max(piece.last, piece.tail_line),
        f"line {piece.tail_line}",
        is_total=total(piece.label),
        unit_of_measure=heads.unit_in(piece.label),
        gender=gender_of(piece.label),
        fiscal_year=int(piece.label) if numbers.is_year(piece.label) else None,
    )


def relations_of(columns: Sequence[Column]) -> list[rows.Relation]:
    """What the heads say of a row: a deviation is a budget less an outcome, or the other way."""
    found = []
    for position, column in enumerate(columns):
        if column.scenario != "deviation":
            continue
        before = list(enumerate(columns[:position]))
        budgets = [i for i, c in before if c.scenario == "budget"]
        outcomes = [i for i, c in before if c.scenario in (None, "outcome")]
        if not budgets or not outcomes:
            continue
        budget = budgets[-1]
        year = columns[budget].head.years[-1:]
        if year and column.head.years and column.head.years[-1:] != year:
            # How another year was is no difference between this year's.
            continue
        same = [i for i in outcomes if columns[i].head.years[-1:] == year] or outcomes
        outcome = min(same, key=lambda i: abs(i - budget))
        found.append(rows.Relation(position, ((outcome, 1), (budget, -1)), True, "deviation"))
    return found


def blank_for(line: Line, above: Line | None, columns: Sequence[Column]) -> list[list[int]]:
    """The columns that a row of one gender leaves blank: those where the whole has no number, and
    targets; or targets alone."""
    if not line.gender:
        return []
    whole = above.figures if above else {}
    targets = [i for i, column in enumerate(columns) if column.scenario == "target"]
    without = [
        i
        for i, column in enumerate(columns)
        if whole and not isinstance(whole[column.index].reading, (Number, numbers.Refused))
    ]
    ways = (sorted({*targets, *without}), targets)
    return [way for way in ways if 0 < len(way) < len(columns)]


def fill(line: Line, piece: Piece, row: rows.Row, columns: Sequence[Column], width: int) -> None:
    """Puts the cells of a row into their columns, or the question about them."""
    place = f"line {piece.tail_line}"
    grouping = row.chosen or (row.fitting[0] if row.fitting else None)
    texts = list(grouping.texts) if grouping else [""] * width
    readings = list(grouping.readings) if grouping else [BLANK] * width
    if piece.units:
        bare = [
            i for i, r in enumerate(readings) if isinstance(r, Number) and not r.unit_of_measure
        ]
        if len(bare) == len(piece.units):
            for i, unit in zip(bare, piece.units, strict=True):
                texts[i] = f"{texts[i]} {unit}"
                readings[i] = numbers.read(texts[i], {})
        else:
            # They stood under no figures: they are the end of the label.
            line.label = " ".join([line.label, *piece.units]).strip()
            line.unit_of_measure = line.unit_of_measure or heads.unit_in(line.label)
            piece.units = ()
    question = None
    bare = heads.REMARK.sub("", piece.label)
    has_noise = piece.first == piece.last and NOISE_AT_END.search(bare)
    is_cut_off = bool(FIGURES.search(bare) or has_noise)
    if piece.tail and (not row.how or is_cut_off):
        ways = tuple(" | ".join(g.texts) for g in row.fitting[:6])
        what = " / ".join(p for p in (piece.group, piece.label) if p)
        question = Question(
            place,
            piece.tail,
            f"{what}: raden går att dela på flera sätt. Vilka är dess {width} celler?",
            ways,
        )
    if width == 1 and not piece.label:
        question = below.unplaced(piece.tail_line, piece.tail)
    for i, column in enumerate(columns):
        cell = Cell(texts[i], place, column.index)
        figure = Figure(cell, column, readings[i], row.how or "direct", question)
        if any(map(numbers.is_damaged, texts[i].split())):
            figure.how_read = "corrected"
        if piece.remark and column is remark_column(columns):
            figure.cell = Cell(f"{texts[i]} {piece.remark}", place, column.index)
            figure.how_read = "matched"
        if isinstance(readings[i], numbers.Refused) and question is None:
            lost = readings[i].candidates
            figure.question = Question(
                place,
                texts[i],
                f"{piece.label} / {column.head.text}: ett decimalkomma kan ha fallit bort. "
                "Vilket tal står här?",
                tuple(f"{n.value:f}".replace(".", ",") for n in lost),
            )
        line.figures[column.index] = figure


NOISE_AT_END = re.compile(r" (?:[^\w\s%)]|[a-zåäö])$")
"""What is no end of a label: a scan made it of a figure, or of a line beside one."""


def remark_column(columns: Sequence[Column]) -> Column | None:
    """The column that a remark beside the figures of a row is about: the latest outcome."""
    outcomes = [c for c in columns if c.scenario in (None, "outcome")]
    return max(outcomes, key=lambda c: (c.head.years[-1:] or (0,), -c.index), default=None)

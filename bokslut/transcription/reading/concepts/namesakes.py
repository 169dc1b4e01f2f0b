"""Rows of one name in several tables that are not of one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bokslut.transcription.reading import cells
from bokslut.transcription.reading.arithmetic import adds_up
from bokslut.transcription.reading.concepts.concept import Concepts
from bokslut.transcription.reading.concepts.kinds import IN_TKR, is_of_projects, is_of_units
from bokslut.transcription.reading.concepts.names import IN_PARENTHESES
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import code, normal, scanned
from bokslut.transcription.reading.sections import Sections
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable


def set_apart(document: Document, concepts: Concepts) -> None:
    """Gives rows measures of their own where a table before theirs has rows of the same names in
    another unit of measure, or several with other figures in all of them: children and days, what
    the water costs and what the waste does; and where their own table has one in another group."""
    before: dict[tuple[str, str, str], tuple[ReadTable, Line]] = {}
    for table in document.tables:
        if is_of_units(table) or is_of_projects(table):
            continue
        own = {
            id(line): (concept.measure_code, concept.unit_code, concept.gender)
            for line in table.lines
            if (concept := concepts.of(line)) and concept.measure_code and not concept.project
        }
        for line in of_other_groups(table, own):
            name = f"{line.group} {concepts.lines[id(line)].name or line.label}"
            apart(line, code(name), name, concepts)
            del own[id(line)]
        for line in of_other_units(table, own):
            apart(line, code(line.label), line.label, concepts)
            del own[id(line)]
        shared = [
            (line, *before[key]) for line in table.lines if (key := own.get(id(line))) in before
        ]  # type: ignore[misc]
        are_others = have_other_figures(table, shared, concepts.sections)
        for line, there, again in shared:
            concept = concepts.lines[id(line)]
            name = name_apart(table, line, there, again, concepts.sections)
            is_other = are_others and bool(name or not concept.is_known)
            if not is_other and not differ(units_of(table, line), units_of(there, again)):
                continue
            del own[id(line)]
            # Where nothing says of what it is, it is held against nothing.
            label = concept.name or line.label
            measure, name = (f"{code(label)}_{code(name)}", f"{name} {label}") if name else ("", "")
            apart(line, measure, name, concepts)
            if name and table.source_table == there.source_table:
                # A seed of its own has no second row of one name.
                table.source_table = ""
        for line in table.lines:
            if id(line) in own:
                before.setdefault(own[id(line)], (table, line))


def of_other_groups(table: ReadTable, own: Mapping[int, tuple[str, str, str]]) -> list[Line]:
    """The rows of a table that have the name of one before them in another group, and not one
    figure in common with it."""
    first: dict[tuple[str, str, str], Line] = {}
    found = []
    for line in table.lines:
        if (key := own.get(id(line))) is None:
            continue
        before = first.setdefault(key, line)
        if not line.group or normal(before.group) == normal(line.group):
            continue
        alike = alike_in(table, line, table, before)
        if len(alike) > 1 and not any(alike):
            found.append(line)
    return found


def of_other_units(table: ReadTable, own: Mapping[int, tuple[str, str, str]]) -> list[Line]:
    """The rows of a table that are of what one before them is of, in another unit of measure:
    *Andel ej debiterat, %* below *Ej debiterat*."""
    first: dict[tuple[str, str, str], Line] = {}
    return [
        line
        for line in table.lines
        if (key := own.get(id(line)))
        and normal(first.setdefault(key, line).label) != normal(line.label)
        and is_share(table, line) != is_share(table, first[key])
    ]


def is_share(table: ReadTable, line: Line) -> bool:
    """Whether a row is printed in per cent."""
    return units_of(table, line) == {"percent"}


def apart(line: Line, measure: str, name: str, concepts: Concepts) -> None:
    """Gives a row a measure of its own; none where it has no name."""
    concept = concepts.lines[id(line)]
    if name:
        concepts.measures.setdefault(measure, name)
        concepts.new_measures.add(measure)
    concepts.namesakes.setdefault(concept.measure_code, set()).add(measure)
    concepts.lines[id(line)] = replace(
        concept, measure_code=measure, name=name or concept.name, is_known=False
    )


def name_apart(
    table: ReadTable, line: Line, there: ReadTable, again: Line, sections: Sections
) -> str:
    """What tells a row from one of its name in another table: the name of the table, or the heading
    that it stands under; empty where neither does."""
    title = IN_PARENTHESES.sub("", table.title).partition(",")[0].strip()
    if title and scanned(table.title) != scanned(there.title):
        return title
    heading = sections.heading_at(line.line)
    return heading if heading != sections.heading_at(again.line) else ""


def have_other_figures(
    table: ReadTable, shared: Sequence[tuple[Line, ReadTable, Line]], sections: Sections
) -> bool:
    """Whether several rows, or one in a table of another name or of the same in another section,
    have the names of rows of a table before theirs, and of several figures of the same year and
    scenario not one in common."""
    alike = [same for line, there, again in shared for same in alike_in(table, line, there, again)]
    is_elsewhere = any(
        scanned(table.title) != scanned(there.title)
        or sections.heading_at(line.line) != sections.heading_at(again.line)
        for line, there, again in shared
    )
    names = {normal(line.label) for line, _, _ in shared}
    return (len(names) > 1 or is_elsewhere) and len(alike) > 1 and not any(alike)


def alike_in(table: ReadTable, line: Line, there: ReadTable, again: Line) -> list[bool]:
    """For each figure of a row that another row has one of, of the same year, scenario and unit of
    measure, whether the two are alike but for rounding and sign."""
    return [
        adds_up([replace(number, value=abs(number.value))], replace(other, value=abs(other.value)))
        for figure in line.figures.values()
        for beside in again.figures.values()
        if (number := figure.number)
        and (other := beside.number)
        and (number.value or other.value)
        and said_of(line, figure) == said_of(again, beside)
        and len({cells.unit_of(table, line, figure), cells.unit_of(there, again, beside)} - {None})
        < 2
    ]


def units_of(table: ReadTable, line: Line) -> set[str | None]:
    """The units of measure of a row, those of money as one; none where one is not printed."""
    units = {cells.unit_of(table, line, f) for f in line.figures.values() if f.number}
    return set() if None in units else {"tkr" if unit in IN_TKR else unit for unit in units}


def differ(some: set[str | None], others: set[str | None]) -> bool:
    """Whether rows are printed in units of measure that cannot be held against each other."""
    return bool(some and others) and some.isdisjoint(others)


def said_of(line: Line, figure: Figure) -> tuple[object, ...]:
    """What a figure says besides its row."""
    column = figure.column
    gender = line.gender or column.gender or "total"
    return column.scenario, line.fiscal_year or column.fiscal_year, gender, column.entity

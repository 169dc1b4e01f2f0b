"""What results and net costs mean in a document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bokslut.transcription.reading import cells
from bokslut.transcription.reading.concepts.concept import RESULT, Concept, Concepts, Orientation
from bokslut.transcription.reading.concepts.kinds import IN_TKR, is_of_units, last_total
from bokslut.transcription.reading.concepts.names import canonical
from bokslut.transcription.reading.concepts.subjects import unit_of
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.row_amounts import amounts_of
from bokslut.transcription.reading.tables.table import Line, ReadTable, total

NET_COSTS = {"nettokostnad", "nettokostnader", "verksamhetens nettokostnader"}


def net_costs_of_all(document: Document, concepts: Concepts) -> None:
    """Takes a row called *nettokostnad* for the administration's result, where the sum of the units
    has the same figure of some year and scenario: the others are then of the same, too."""
    own = concepts.administration_code
    whole: set[tuple[object, ...]] = set()
    rows: list[tuple[Line, set[tuple[object, ...]]]] = []
    for table in document.tables:
        for line in table.lines:
            concept = concepts.of(line)
            if not concept or concept.unit_code != own:
                continue
            said = {
                (f.column.scenario, line.fiscal_year or f.column.fiscal_year, step)
                for f in line.figures.values()
                if f.number and f.number.value
                for unit in [cells.unit_of(table, line, f)]
                if unit in IN_TKR
                # As millions with one decimal, which every table has at least.
                for step in [round(abs(f.number.value) * IN_TKR[unit] / 1000, 1)]
            }
            if concept.measure_code == RESULT:
                whole |= said
            elif canonical(line.label) in NET_COSTS:
                rows.append((line, said))
    for line, said in rows:
        if said & whole:
            concepts.lines[id(line)] = Concept(RESULT, own, line.gender or "total", line.label)
    for table in document.tables if concepts.orientation.is_net_cost else ():
        for line in table.lines:
            concept = concepts.of(line)
            is_result = concept and concept.measure_code == RESULT and not is_of_units(table)
            if is_result and canonical(line.label).endswith("resultat"):
                # A result beside a net cost is what is left of the budget.
                concepts.has_result = True
                concepts.lines[id(line)] = Concept("", own, line.gender or "total", line.label)
    printed = {concept.measure_code for concept in concepts.lines.values()}
    for measure in concepts.new_measures - printed:
        # What no row is of any more is no name to look for in the text.
        concepts.measures.pop(measure, None)


def of_some_units(document: Document, concepts: Concepts) -> Iterator[int]:
    """The tables of units, by their identity, whose units are some of those of another, or parts of
    one of them: their sum is not the administration's."""
    units = {
        id(table): {unit_of(line.label, concepts) for line in table.lines if not total(line.label)}
        for table in document.tables
        if is_of_units(table)
    }
    for key, own in units.items():
        if any(own < other for other in units.values()):
            yield key
    tables = [table for table in document.tables if id(table) in units]
    for table in tables:
        whole = last_total(table)
        said = money_of(table, whole) if whole else {}
        rows = ((t, line) for t in tables if t is not table for line in t.lines)
        if len(said) > 1 and any(
            not total(line.label) and said.items() <= money_of(other, line).items()
            for other, line in rows
        ):
            yield id(table)


def money_of(table: ReadTable, line: Line) -> dict[tuple[str, int | None], Decimal]:
    """The budget and the outcome of a row by their years, in tkr."""
    return {
        (one.scenario, one.year): abs(one.value)
        for one in amounts_of(table, line)
        if one.kind == "money" and one.scenario in ("budget", "outcome")
    }


MIXED = 4
"""A table of results has more than one in so many of them on the other side of nought."""


def orientation_of(document: Document) -> Orientation | None:
    """What the words of results mean, by the table of the units' results; None
    where there is none with a budget."""
    for table in document.tables:
        if not is_of_units(table):
            continue
        columns = table.number_columns
        whole = next(
            (
                line
                for line in reversed(table.lines)
                if line.is_total or canonical(line.label) in NET_COSTS
            ),
            None,
        )
        if whole is None and "nettokostnad" in normal(table.title):
            # Its sum is called otherwise, and may stand first.
            whole = table.lines[0]
        if whole is None:
            continue
        now = {
            c.scenario: whole.figures[c.index].number
            for c in reversed(columns)
            if c.fiscal_year == document.report_year
        }
        budget, outcome = now.get("budget"), now.get("outcome")
        if not budget or not outcome:
            continue
        if not budget.value:
            return Orientation()
        cost = now.get("cost")
        of_units = [
            number.value < 0
            for line in table.lines
            for figure in line.figures.values()
            if not line.is_total
            and figure.column.scenario == "outcome"
            and (number := figure.number)
            and number.value
            and cells.unit_of(table, line, figure) != "percent"
        ]
        below = sum(of_units)
        if MIXED * min(below, len(of_units) - below) > len(of_units):
            # Of net costs all but one or two are on the same side of nought.
            return Orientation()
        is_below = below * 2 > len(of_units) if of_units else outcome.value < 0
        return Orientation(True, -1 if is_below else 1, -1 if cost and cost.value < 0 else 1)
    return None


def of_net_cost_alone(document: Document, concepts: Concepts) -> Orientation:
    """What the words of results mean where no table is of units, and the only result that one
    prints is a net cost with its budget."""
    for table in document.tables:
        for line in table.lines:
            concept = concepts.of(line)
            if not concept or concept.measure_code != RESULT:
                continue
            now = {
                f.column.scenario: f.number.value
                for f in line.figures.values()
                if f.number and f.column.fiscal_year == document.report_year
            }
            if canonical(line.label) in NET_COSTS and now.get("budget") and now.get("outcome"):
                return Orientation(True, -1 if now["outcome"] < 0 else 1)
    return Orientation()

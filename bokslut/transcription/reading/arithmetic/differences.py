"""Columns that are the difference of two others in per cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bokslut.transcription.reading.arithmetic.relations import FEWEST_SHARES, differences, value_of
from bokslut.transcription.reading.rows import Relation
from bokslut.transcription.reading.tables.table import (
    Column,
    Line,
    ReadTable,
)


def no_differences(table: ReadTable) -> list[int]:
    """The columns that are called deviations or changes, and of whose figures none is the
    difference of two others in its row, nor that in per cent, counted from 0."""
    columns = table.number_columns
    held: dict[int, list[bool]] = {}
    for relation in differences(columns):
        found = [share_of(line, relation, columns) for line in table.lines]
        held.setdefault(relation.result, []).extend(
            share.holds or share.is_difference or share.is_opposite_difference
            for share in found
            if share
        )
    return [i for i, checks in held.items() if len(checks) >= FEWEST_SHARES and not any(checks)]


def mark_percent(table: ReadTable) -> None:
    """Says per cent of a column of changes or deviations whose head does not, where its figures are
    the other columns' in per cent of each other in nearly all rows, and their differences in none
    but few."""
    columns = table.number_columns
    for relation in differences(columns):
        column = columns[relation.result]
        if column.unit_of_measure:
            continue
        checks = [share for line in table.lines if (share := share_of(line, relation, columns))]
        shares = sum(share.holds for share in checks if not share.is_marked)
        apart = sum(share.is_difference for share in checks)
        if shares >= FEWEST_SHARES and shares * 5 >= len(checks) * 4 and apart * 2 < shares:
            column.unit_of_measure = "percent"


@dataclass(frozen=True, slots=True)
class Share:
    """A figure that may be the difference of two others in per cent of the second.

    Attributes:
        line: its row.
        relation: which columns.
        percent: what the two make.
        holds: the figure says so, whatever its sign.
        is_opposite: it says so with the other sign alone.
        is_difference, is_opposite_difference: it is the difference itself, or that the other way.
        is_marked: per cent is printed in the cell.
    """

    line: Line
    relation: Relation
    percent: Decimal
    holds: bool
    is_opposite: bool
    is_difference: bool
    is_opposite_difference: bool
    is_marked: bool


def share_of(line: Line, relation: Relation, columns: Sequence[Column]) -> Share | None:
    """What a row says of a relation in per cent; None where a figure is missing or nought."""
    values = [value_of(line, c.index) for c in columns]
    result, (now, then) = values[relation.result], [values[i] for i, _ in relation.terms]
    if not result or not now or not then or not then.value:
        return None
    step = result.half_step + 100 * (now.half_step + then.half_step) / abs(then.value)
    percent = 100 * (now.value - then.value) / abs(then.value)
    is_same, is_opposite = (abs(result.value - k * percent) <= step for k in (1, -1))
    return Share(
        line,
        relation,
        percent,
        is_same or is_opposite,
        is_opposite and not is_same,
        relation.check(values) is True,
        replace(relation, either_sign=True).check(values) is True,
        result.unit_of_measure is not None,
    )


def wrong_shares(table: ReadTable) -> Iterator[Share]:
    """The figures of columns in per cent that are not what their row's others make, where nearly
    all others of the column are."""
    columns = table.number_columns
    for relation in differences(columns):
        is_of_column = columns[relation.result].unit_of_measure == "percent"
        checks = [
            share
            for line in table.lines
            if (share := share_of(line, relation, columns)) and (is_of_column or share.is_marked)
        ]
        held = sum(share.holds for share in checks)
        # Deviations of costs and of incomes have signs of their own; changes have one.
        opposite = [share for share in checks if share.is_opposite]
        is_signed = relation.name == "change" and len(opposite) * 4 <= held
        if held >= FEWEST_SHARES and held * 3 >= len(checks) * 2:
            yield from (s for s in checks if not s.holds or (is_signed and s.is_opposite))

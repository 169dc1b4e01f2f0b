"""Columns of shares: what part in per cent one figure is of another, or of the sum below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bokslut.transcription.reading import cells
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable

FEWEST = 3
"""In how many rows a column must be a share at least to be taken for one."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """A figure in per cent, the figure that it is a share of, and the one that is shared.

    Attributes:
        line: its row.
        share, part, whole: the figures.
        percent: what the two make.
        holds: the share says so, or one step beside it, as where shares were made to add up.
    """

    line: Line
    share: Figure
    part: Figure
    whole: Figure
    percent: Decimal
    holds: bool


def wrong_quotients(table: ReadTable) -> Iterator[Quotient]:
    """The shares that are not what their row's figures make, where those of most rows are."""
    columns = [c.index for c in table.number_columns]
    last = next((line for line in reversed(table.lines) if line.is_total), None)
    for shared in columns:
        tried: list[list[Quotient]] = []
        for part in columns:
            wholes = [("row", other) for other in columns if other not in (part, shared)]
            for kind, whole in [*wholes, *([("sum", part)] if last else [])]:
                found = []
                for line in table.lines:
                    below = last if kind == "sum" and last else line
                    if kind == "row" or line is not last:
                        found += quotient(line, below, (shared, part, whole), table)
                tried.append(found)
        best = max(tried, key=lambda some: sum(q.holds for q in some), default=[])
        held = sum(q.holds for q in best)
        if held >= FEWEST and held * 3 >= len(best) * 2:
            yield from (q for q in best if not q.holds)


def quotient(
    line: Line, below: Line, at: tuple[int, int, int], table: ReadTable
) -> Iterator[Quotient]:
    """What a row says of a share, where all three figures are printed and the share in per cent."""
    share, part, whole = line.figures.get(at[0]), line.figures.get(at[1]), below.figures.get(at[2])
    if not share or not part or not whole:
        return
    of, some, all_of = share.number, part.number, whole.number
    units = [cells.unit_of(table, line, figure) for figure in (share, part, whole)]
    if not of or not some or not all_of or not some.value or not all_of.value:
        return
    if units[0] != "percent" or "percent" in units[1:]:
        return
    percent = 100 * some.value / all_of.value
    rounding = some.half_step + abs(percent) / 100 * all_of.half_step
    slack = 3 * of.half_step + 100 * rounding / abs(all_of.value)
    yield Quotient(line, share, part, whole, percent, abs(of.value - percent) <= slack)

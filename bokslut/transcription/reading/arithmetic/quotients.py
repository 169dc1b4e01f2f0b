"""Columns of quotients: what part in per cent one figure is of another, or of the sum below it, and
what one of what is counted costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bokslut.transcription.reading import cells
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.row_amounts import kind_of
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable

FEWEST = 3
"""In how many rows a column must be a quotient at least to be taken for one."""
PER = re.compile(r"\bper\b|/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A figure, and the two that it is the quotient of.

    Attributes:
        line: its row.
        share, part, whole: the figures.
        value: what the two make, in the unit of the share.
        is_percent: whether that is per cent.
        holds: the share says so, or one step beside it, as where shares were made to add up.
        decimals: of the share.
        units: of the share and of the part, where they are not the same amounts of money.
    """

    line: Line
    share: Figure
    part: Figure
    whole: Figure
    value: Decimal
    is_percent: bool
    holds: bool
    decimals: int
    units: tuple[str, str] = ("", "")


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
    """What a row says of a quotient, where all three figures are printed."""
    share, part, whole = line.figures.get(at[0]), line.figures.get(at[1]), below.figures.get(at[2])
    if not share or not part or not whole:
        return
    of, some, all_of = share.number, part.number, whole.number
    if not of or not some or not all_of or not some.value or not all_of.value:
        return
    units = [cells.unit_of(table, line, figure) for figure in (share, part, whole)]
    times = scale(share.column.head.text, *units)
    if times is None:
        return
    value = times * some.value / all_of.value
    rounding = times * some.half_step + abs(value) * all_of.half_step
    slack = 3 * of.half_step + rounding / abs(all_of.value)
    holds = abs(of.value - value) <= slack
    of_money = (units[0] or "", units[1] or "") if units[1] in IN_TKR else ("", "")
    told = of_money if len(set(of_money)) > 1 else ("", "")
    is_percent = units[0] == "percent"
    yield Quotient(line, share, part, whole, value, is_percent, holds, of.decimals, told)


def scale(head: str, share: str | None, part: str | None, whole: str | None) -> Decimal | None:
    """How many times the quotient of two figures a third may be, by their units of measure; None
    where it cannot be one."""
    if "percent" in (kind_of(part), kind_of(whole)):
        return None
    if share == "percent":
        return Decimal(100)
    if not PER.search(head) or kind_of(whole) == "money" or kind_of(share) != kind_of(part):
        return None
    return IN_TKR.get(part or "", Decimal(1)) / IN_TKR.get(share or "", Decimal(1))

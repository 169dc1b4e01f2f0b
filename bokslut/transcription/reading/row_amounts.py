"""The figures of a row, in tkr where they are money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bokslut.transcription.reading import cells
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable


@dataclass(frozen=True)
class Amount:
    """A figure of a row, in tkr where it is money."""

    figure: Figure
    scenario: str
    year: int | None
    value: Decimal
    half_step: Decimal
    kind: str


OF_DIFFERENCES = ("deviation", "change", "forecast_deviation")
"""The columns of differences."""
PLANNED = re.compile(r"(?:antal )?(?:planera|budgetera|beställ)", re.IGNORECASE)
"""The head of a column that others are held against."""


def kind_of(unit: str | None) -> str:
    """Whether a unit of measure is of money, of shares, or of what is counted."""
    if unit in IN_TKR:
        return "money"
    return "percent" if unit in ("percent", "percentage_points") else "count"


def amounts_of(table: ReadTable, line: Line) -> Iterator[Amount]:
    """The figures of a row."""
    for figure in line.figures.values():
        number, column = figure.number, figure.column
        if number is None:
            continue
        unit = cells.unit_of(table, line, figure)
        times = IN_TKR.get(unit or "", Decimal(1))
        yield Amount(
            figure,
            "budget" if PLANNED.match(column.head.text) else column.scenario or "",
            line.fiscal_year or column.fiscal_year,
            number.value * times,
            number.half_step * times,
            kind_of(unit),
        )


def gender_of(amount: Amount) -> str:
    """Whose a figure is, by its column."""
    return amount.figure.column.gender or "total"

"""How far apart the figures of a row are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading.claims.value import Value
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.row_amounts import (
    OF_DIFFERENCES,
    Amount,
    amounts_of,
    gender_of,
    kind_of,
)
from bokslut.transcription.reading.statements.printed import reach_of
from bokslut.transcription.reading.statements.relation import Relation
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable


@dataclass(frozen=True)
class Gap:
    """How far a figure of a row is from another, or what a column of differences prints.

    Attributes:
        against: what the other is.
        year: of the other.
        size: now less then, in tkr where they are money.
        percent: the same in per cent of the other.
        slack, percent_slack: what rounding may do to them.
        figures: both, or the one that prints the difference.
        kind: `money`, `percent` or `count`.
        sign: 1 where more is printed as more, -1 as less, 0 where that is not known.
        cost_sign: 1 where its table prints costs above nought, -1 below, 0 where that is not known.
    """

    against: str
    year: int | None
    size: Decimal
    percent: Decimal | None
    slack: Decimal
    percent_slack: Decimal
    figures: tuple[Figure, ...]
    kind: str
    sign: int = 0
    cost_sign: int = 0

    @property
    def now(self) -> Figure:
        """The first of its figures."""
        return self.figures[0]


HELD_AGAINST = ("budget", "target", "forecast")
INCOME = re.compile(r"intäkt|avgift|bidrag|hyr(?:a|or)\b|ersättning|försälj", re.IGNORECASE)
"""What more of is better."""
OF_COSTS = re.compile(r"kostnad", re.IGNORECASE)
"""A table whose rows are costs, whatever else it prints."""
OF_RESULT = re.compile(r"resultat|netto", re.IGNORECASE)
"""What may be below nought without being a cost."""
PLANS = {"plan": ("budget", "target")}
"""What a plan may be printed as."""


def gaps_of(table: ReadTable, line: Line, report_year: int) -> Iterator[Gap]:
    """How far apart the figures of a row are, and what its own columns of differences print."""
    found, costs = list(amounts_of(table, line)), cost_sign(table, report_year)
    for one in found:
        if one.scenario in OF_DIFFERENCES:
            is_change = one.scenario == "change"
            percent = one.value if is_change and one.kind == "percent" else None
            yield Gap(
                "year" if is_change else "budget",
                None,
                one.value,
                percent,
                one.half_step,
                one.half_step,
                (one.figure,),
                one.kind,
            )
    for pair in combinations([a for a in found if a.scenario not in OF_DIFFERENCES], 2):
        now, then = sorted(pair, key=lambda a: order_of(a, report_year))
        if now.kind == then.kind and (now.year == then.year or gender_of(now) == gender_of(then)):
            yield between(now, then, line, costs)


def order_of(amount: Amount, report_year: int) -> tuple[bool, int]:
    """This year's outcome first, then what it is held against."""
    return amount.scenario in HELD_AGAINST, abs(report_year - (amount.year or report_year))


def cost_sign(table: ReadTable, report_year: int) -> int:
    """1 where a table prints costs above nought, -1 below: it says so, or its deviations are above
    nought where less was spent; 0 where that is not known."""
    rows = [list(amounts_of(table, line)) for line in table.lines]
    signs = [a.value > 0 for row in rows for a in row if a.scenario == "outcome" and a.value]
    above = sum(signs) * 5 >= len(signs) * 4
    if not signs or not (above or sum(signs) * 5 <= len(signs)):
        return 0
    sign = 1 if above else -1
    ways = []
    for row in rows:
        by = {a.scenario: a.value for a in row if a.year in (None, report_year)}
        if {"outcome", "budget", "deviation"} <= by.keys():
            ways.append((by["budget"] - by["outcome"]) * by["deviation"] * sign)
    held = sum(way > 0 for way in ways) > sum(way < 0 for way in ways)
    return sign if held or (not ways and OF_COSTS.search(table.title)) else 0


def between(now: Amount, then: Amount, line: Line, costs: int) -> Gap:
    """How far one figure of a row is from another."""
    size = now.value - then.value
    of = abs(then.value)
    moved = now.half_step * of + then.half_step * abs(now.value)
    sign = 1 if min(now.value, then.value) > 0 else -1 if max(now.value, then.value) < 0 else 0
    return Gap(
        then.scenario if then.scenario in HELD_AGAINST else "year",
        then.year,
        size,
        100 * size / of if of else None,
        Decimal(0) if is_exact(now, then, line) else now.half_step + then.half_step,
        100 * moved / of**2 if of else Decimal(0),
        (now.figure, then.figure),
        now.kind,
        0 if sign < 0 and OF_RESULT.search(line.label) else sign,
        costs,
    )


ROUNDED = re.compile(
    r"index|betyg|medel|snitt|median|nöjd|andel|grad|tid|poäng|\bper\b|m³|ton|mwh|tusen",
    re.IGNORECASE,
)
"""What is measured or reckoned, and not counted one by one."""


def is_exact(now: Amount, then: Amount, line: Line) -> bool:
    """Whether two figures are counts that nothing was rounded in."""
    numbers = [one.figure.number for one in (now, then)]
    is_whole = all(number and not number.decimals for number in numbers)
    return now.kind == "count" and is_whole and not ROUNDED.search(f"{line.label} {line.group}")


def may_be_of(value: Value, gap: Gap) -> bool:
    """Whether a number is in a unit of measure that a gap can be told in."""
    unit = value.number.unit_of_measure
    if unit == "percent":
        return gap.percent is not None
    return kind_of(unit) == gap.kind or (unit is None and gap.kind == "percent")


def fits(value: Value, gap: Gap, *, closely: bool = False) -> bool:
    """Whether a gap is of the size that a number says, as far as both are rounded, or as far as the
    number is."""
    number, unit = value.number, value.number.unit_of_measure
    reach = reach_of(value)
    if unit == "percent" and gap.percent is not None:
        slack = Decimal(0) if closely else gap.percent_slack
        if abs(abs(gap.percent) - abs(number.value)) <= reach + slack:
            return True
        if gap.kind != "percent":
            return False
    times = IN_TKR.get(unit or "", Decimal(1))
    if gap.kind == "money":
        # It may be the difference of two amounts that were rounded as it is: *17,7 mnkr*.
        reach *= 3
    slack = reach * times + (Decimal(0) if closely else gap.slack)
    return abs(abs(gap.size) - abs(number.value) * times) <= slack


def is_against(relation: Relation, gap: Gap, report_year: int) -> bool:
    """Whether a gap is between this year's outcome and what the words say."""
    if gap.against not in PLANS.get(relation.against, (relation.against,)):
        return False
    if len(gap.figures) == 1:
        return gap.against != "year" or relation.year in (None, report_year - 1)
    if gap.now.column.scenario != "outcome" or not is_of_now(gap, report_year):
        return False
    if gap.against != "year":
        return gap.year in (None, report_year)
    return gap.year == relation.year if relation.year else (gap.year or report_year) < report_year


def is_of_now(gap: Gap, report_year: int) -> bool:
    """Whether a gap is of a figure of the report's year."""
    return gap.now.column.fiscal_year in (None, report_year)


def way_of(relation: Relation, gap: Gap, label: str) -> int:
    """1 where a gap goes the way that the words say, -1 where it goes the other way, 0 where that
    is not known."""
    # A surplus is less of a cost; of income it is more.
    cost = 0 if INCOME.search(label) else -gap.cost_sign
    sign = cost if relation.is_result else gap.sign
    way = relation.way * sign * gap.size if len(gap.figures) > 1 else Decimal(0)
    return int(way > 0) - int(way < 0)


def made_of(value: Value, gap: Gap) -> str:
    """What the figures of a gap make, in Swedish."""
    unit = value.number.unit_of_measure
    if len(gap.figures) == 1:
        return f"avvikelsen är {gap.now.cell.text}"
    is_share = unit == "percent" and gap.kind != "percent" and gap.percent is not None
    size = round(gap.percent, 1) if is_share else gap.size / IN_TKR.get(unit or "", Decimal(1))  # type: ignore[arg-type]
    return (
        f"{gap.now.cell.text} mot {gap.figures[1].cell.text} är en skillnad på "
        f"{swedish_number(size)}{' procent' if is_share else ''}"
    )

"""Rows that are the sum of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile

from bokslut.transcription.reading import words
from bokslut.transcription.reading.arithmetic.relations import Value, value_of
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.tables.table import (
    Line,
    ReadTable,
    is_part,
    total,
)

MOST_PARTS = 30
"""How many rows make one sum at most where only arithmetic says that they do."""


@dataclass(slots=True)
class Sum:
    """A row that is the sum of others.

    Attributes:
        total: its index.
        parts: theirs, in order.
        held, broken: the columns, by index, in which it holds, and in which it does not.
        means: those in which the row can be the mean of the others.
    """

    total: int
    parts: list[int]
    held: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    means: list[int] = field(default_factory=list)


def adds_up(parts: Sequence[Number], total: Number) -> bool:
    """Whether parts make their total within rounding."""
    difference = abs(sum((p.value for p in parts), Decimal(0)) - total.value)
    return difference <= slack(parts, total)


def slack(parts: Sequence[Number], total: Number) -> Decimal:
    """How far rounding may bring parts from their total."""
    return sum((p.half_step for p in parts), total.half_step)


def by_chance(one: Sum, lines: Sequence[Line], value: Value) -> bool:
    """Whether a sum holds only for figures so small that rounding would let many others hold."""
    for column in one.held:
        total = value(lines[one.total], column)
        parts = [n for i in one.parts if (n := value(lines[i], column))]
        if total and abs(total.value) > 4 * slack(parts, total):
            return False
    return True


def tried(
    lines: Sequence[Line], total: int, parts: Sequence[int], columns: Sequence[int], value: Value
) -> Sum:
    """A sum with the columns in which it holds and in which it does not."""
    made = Sum(total, list(parts))
    for column in columns:
        whole = value(lines[total], column)
        numbers = [value(lines[i], column) for i in parts]
        known = [n for n in numbers if n]
        if whole is None or len(known) < len(parts) - blanks(lines, parts, column) or not known:
            continue
        if not any(n.value for n in (*known, whole)):
            continue
        if is_mean(known, whole):
            made.means.append(column)
            continue
        (made.held if adds_up(known, whole) else made.broken).append(column)
    return made


def is_mean(parts: Sequence[Number], whole: Number) -> bool:
    """Whether a figure lies among parts of one sign, as the mean of rates does and no sum."""
    values = [abs(n.value) for n in parts if n.value]
    is_of_one_sign = len({n.value > 0 for n in (*parts, whole) if n.value}) == 1
    return len(values) > 1 and is_of_one_sign and min(values) <= abs(whole.value) < max(values)


def blanks(lines: Sequence[Line], parts: Sequence[int], column: int) -> int:
    """How many of the rows say with a mark, or by being blank, that they have no figure."""
    count = 0
    for i in parts:
        figure = lines[i].figures.get(column)
        count += figure is not None and figure.question is None and figure.number is None
    return count


def sums(table: ReadTable, value: Value = value_of) -> list[Sum]:
    """The sums of a table: where labels say so, and where the figures do."""
    lines, last = table.lines, len(table.lines) - 1
    wholes = [line.is_total or is_of_all(line.label) for line in lines]
    if last < 2 or not wholes[0] or wholes[last]:
        return [*sums_below(lines, table, value), *sums_of_parts(table, value)]
    # The sum comes first: the same from the bottom.
    found = [one for one in sums_below(lines[::-1], table, value) if one.held]
    return [
        replace(one, total=last - one.total, parts=[last - i for i in reversed(one.parts)])
        for one in found
    ]


def sums_below(lines: Sequence[Line], table: ReadTable, value: Value) -> Iterator[Sum]:
    """The sums of rows above them, from the top."""
    columns = summed_columns(table)
    stack: list[int] = []
    for index, line in enumerate(lines):
        if is_part(line.label) or line.gender:
            continue
        # A rate is no sum of what is counted.
        alike = [i for i in stack if is_percent(lines[i]) == is_percent(line)]
        best = best_sum(lines, index, alike, columns, value)
        if best and not best.held and "percent" in (table.unit_of_measure, line.unit_of_measure):
            # A share of all is no sum of those of the parts.
            best = None
        if best and not best.held and not best.broken:
            best = None
        if best:
            yield best
            stack = [i for i in stack if i not in best.parts]
        stack.append(index)


def sums_of_parts(table: ReadTable, value: Value) -> Iterator[Sum]:
    """The rows whose parts, called so below them (*varav*), are all of it in most columns."""
    lines = table.lines
    for index, line in enumerate(lines):
        parts = list(takewhile(lambda i: is_part(lines[i].label), range(index + 1, len(lines))))
        if is_part(line.label) or len(parts) < 2 or any(lines[i].gender for i in parts):
            continue
        made = tried(lines, index, parts, summed_columns(table), value)
        is_whole = len(made.held) >= max(2, 2 * len(made.broken))
        if is_whole and not made.means and not by_chance(made, lines, value):
            yield made


def summed_columns(table: ReadTable) -> list[int]:
    """The columns of what can be added."""
    return [c.index for c in table.number_columns if c.unit_of_measure != "percent"]


def is_percent(line: Line) -> bool:
    """Whether a row says that it is in per cent."""
    return line.unit_of_measure == "percent"


def best_sum(
    lines: Sequence[Line], index: int, stack: Sequence[int], columns: Sequence[int], value: Value
) -> Sum | None:
    """The rows right above that a row is the sum of; None where it is none's."""
    line = lines[index]
    ways = []
    for count in range(1 if line.is_total else 2, min(len(stack), MOST_PARTS) + 1):
        way = tried(lines, index, stack[-count:], columns, value)
        if way.held:
            ways.append(way)
    own = section_of(lines, index, stack)
    if ways:
        best = max(ways, key=lambda w: (len(w.held) - len(w.broken), w.parts == own, -len(w.parts)))
        is_computed = is_made_by_others(line.label) and not by_chance(best, lines, value)
        enough = len(best.held) > len(best.broken) or (
            (line.is_total or is_computed) and len(best.held) >= len(best.broken)
        )
        # Where only figures say so, two columns must, or all that there are.
        proven = (line.is_total or is_computed) or (
            len(best.held) >= min(2, len(columns)) and not by_chance(best, lines, value)
        )
        if enough and proven:
            return best
    is_last = index == len(lines) - 1
    if is_last and is_of_all(line.label):
        way = tried(lines, index, stack, columns, value)
        if way.held and is_nearly_whole(way, lines, value):
            return way
    if line.is_total and own and (is_last or total(normal(line.label).split()[0])):
        return tried(lines, index, own, columns, value)
    return None


OF_ALL = frozenset(normal(word) for word in words.listed("whole_words"))


def is_of_all(label: str) -> bool:
    """Whether a label says that its row is of all others, though it calls itself no sum: *Samtliga
    lokaler*, *Röster sammanlagt*."""
    said = normal(label).split()
    return bool(said) and not OF_ALL.isdisjoint((said[0], said[-1]))


def is_nearly_whole(one: Sum, lines: Sequence[Line], value: Value) -> bool:
    """Whether rows make a sum in a column beyond chance, and nearly so in the columns where they
    do not."""
    is_sure = False
    for column in (*one.held, *one.broken):
        whole, parts = value(lines[one.total], column), parts_in(one, lines, column, value)
        if whole is None:
            return False
        off = abs(sum(p.value for p in parts) - whole.value)
        if column in one.broken and off > NEARLY * abs(whole.value):
            return False
        is_large = abs(whole.value) > SURE * slack(parts, whole)
        is_sure = is_sure or (column in one.held and is_large)
    return is_sure


def parts_in(one: Sum, lines: Sequence[Line], column: int, value: Value) -> list[Number]:
    """The numbers of a sum's parts in a column."""
    return [number for i in one.parts if (number := value(lines[i], column))]


SURE = 100
"""How many times what rounding may do a sum is at least that is none by chance."""

NEARLY = Decimal("0.02")
"""How far, of itself, a sum may be from its parts where no label calls it one."""

COMPUTED = {normal(row["word"]) for row in words.table("computed_rows")}


def is_made_by_others(label: str) -> bool:
    """Whether a label is of a row that others make, though it does not call itself a sum: *årets
    kassaflöde*, *utgående fond*."""
    said = normal(label)
    return said in COMPUTED or said.startswith("utgaende ")


def section_of(lines: Sequence[Line], index: int, stack: Sequence[int]) -> list[int]:
    """The rows that a sum's label speaks for: those of its own section, else all that are left."""
    line = lines[index]
    own = [i for i in stack if line.group and normal(lines[i].group) == normal(line.group)]
    if own and line.group and normal(line.group) in normal(line.label):
        return own
    totals = [i for i in stack if lines[i].is_total]
    return totals if len(totals) > 1 and totals == list(stack)[-len(totals) :] else list(stack)

"""Rows and columns that are the mean of others, and columns that are of all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bokslut.transcription.reading import heads
from bokslut.transcription.reading.arithmetic.relations import FEWEST_SHARES, whole
from bokslut.transcription.reading.arithmetic.sums import is_mean, slack
from bokslut.transcription.reading.tables.table import (
    Column,
    Figure,
    Line,
    ReadTable,
)


@dataclass(frozen=True, slots=True)
class Mean:
    """A figure that is called the mean of others, and is not.

    Attributes:
        line: its row.
        figure: it.
        parts: those above or before it.
        value: what they make.
        is_exact: other rows have the mean of theirs, so that it need not lie outside them all.
    """

    line: Line
    figure: Figure
    parts: tuple[Figure, ...]
    value: Decimal
    is_exact: bool = False


MEAN = re.compile(r"(?:genomsnitt|medel(?:värde|tal)?|snitt)(?:et)?\b", re.IGNORECASE)


def wrong_means(table: ReadTable) -> Iterator[Mean]:
    """The figures of a last row of means that lie outside all above them, where those of another
    column are their means."""
    line = table.lines[-1] if table.lines else None
    if line is None or not MEAN.match(line.label):
        return
    outside, held = [], 0
    for column in table.number_columns:
        figure = line.figures.get(column.index)
        above = [row.figures.get(column.index) for row in table.lines[:-1]]
        parts = [f for f in above if f and f.number]
        numbers = [f.number for f in parts if f.number]
        if figure is None or not figure.number or len(numbers) < FEWEST_SHARES:
            continue
        mean = sum(n.value for n in numbers) / len(numbers)
        held += abs(mean - figure.number.value) <= figure.number.half_step + numbers[0].half_step
        reach = figure.number.half_step + max(n.half_step for n in numbers)
        least, most = min(n.value for n in numbers), max(n.value for n in numbers)
        if not least - reach <= figure.number.value <= most + reach:
            outside.append(Mean(line, figure, tuple(parts), mean))
    if held:
        yield from outside


OF_YEARS = re.compile(rf"{MEAN.pattern}[^\W\d]*|\bmedel[^\W\d]*", re.IGNORECASE)


def wrong_means_of_years(table: ReadTable) -> Iterator[Mean]:
    """The figures of a column of means of the years beside it that are not, where those of nearly
    all other rows are: *Snitt 2022–2024*."""
    columns = table.number_columns
    for column in columns:
        if not OF_YEARS.match(column.head.text):
            continue
        years = column.head.years
        beside = [
            c
            for c in columns
            if c is not column
            and len(set(c.head.years)) == 1
            and (c.scenario, c.entity, whole(c)) == (column.scenario, column.entity, whole(column))
            and (len(set(years)) < 2 or min(years) <= c.head.years[0] <= max(years))
        ]
        found = []
        for line in table.lines:
            figure, parts = line.figures.get(column.index), figures_of(line, beside)
            numbers = [f.number for f in parts if f.number]
            if figure is None or not figure.number or not 1 < len(numbers) == len(beside):
                continue
            mean = sum(n.value for n in numbers) / len(numbers)
            reach = figure.number.half_step + max(n.half_step for n in numbers)
            holds = abs(mean - figure.number.value) <= reach
            found.append((holds, Mean(line, figure, tuple(parts), mean, is_exact=True)))
        held = sum(holds for holds, _ in found)
        if held >= FEWEST_SHARES and held >= 3 * (len(found) - held):
            yield from (mean for holds, mean in found if not holds)


WHOLE = re.compile(
    r"hel[aåt]|[åa]ret|tot|summ?a|samtliga|sammanlagt|alla\b|(?:19|20)\d\d$", re.IGNORECASE
)


def wrong_wholes(table: ReadTable) -> Iterator[Mean]:
    """The figures of a column of all that are no sum of those of the columns beside it, where they
    are in nearly all other rows: of areas, of schools, of a year's quarters. What lies among its
    parts is a mean, or the last."""
    columns = table.number_columns
    for at, column in enumerate(columns):
        if column.unit_of_measure == "percent" or not WHOLE.match(column.head.text):
            continue
        before = [columns[i:at] for i in range(at - 1)]
        behind = [columns[at + 1 : i] for i in range(at + 3, len(columns) + 1)]
        tried = [
            made_whole(table, column, parts)
            for parts in (*before, *behind)
            if len({(c.scenario, c.unit_of_measure) for c in (column, *parts)}) == 1
            # Women and men make their total by a relation.
            and not any(c.gender in ("women", "men") for c in parts)
        ]
        held, wrong = max(tried, key=lambda one: one[0], default=(0, []))
        of_year = [heads.PART_OF_YEAR.match(c.head.text) for c in columns[:at]]
        least = 1 if sum(map(bool, of_year)) >= FEWEST_SHARES else FEWEST_SHARES
        if held >= least * max(1, len(wrong)):
            yield from wrong


def made_whole(table: ReadTable, column: Column, parts: Sequence[Column]) -> tuple[int, list[Mean]]:
    """In how many rows columns make one beyond chance, and the figures that they do not make."""
    held, wrong = 0, []
    for line in table.lines:
        figure, made_of = line.figures.get(column.index), figures_of(line, parts)
        numbers = [f.number for f in made_of if f.number]
        if figure is None or not figure.number or len(numbers) < len(parts):
            continue
        total, reach = sum(n.value for n in numbers), slack(numbers, figure.number)
        if abs(total - figure.number.value) <= reach:
            held += abs(total) > 2 * reach
        elif not is_mean(numbers, figure.number):
            wrong.append(Mean(line, figure, tuple(made_of), total))
    return held, wrong


def figures_of(line: Line, columns: Sequence[Column]) -> list[Figure]:
    """The figures of a row in some columns."""
    return [f for c in columns if (f := line.figures.get(c.index)) and f.number]

"""Rows that are what some rows above are less others: a net cost, a result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

from bokslut.transcription.reading.arithmetic.sums import slack, sums
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.row_amounts import OF_DIFFERENCES
from bokslut.transcription.reading.tables.table import Column, Figure, Line, ReadTable, is_part

NET = re.compile(r"(?:\w+ )?(?:netto|resultat|over-?/?underskott|differens|skillnad|saldo)")
INCOME = re.compile(r"(?:summa |totala |verksamhetens |ovriga )?\w*(?:intakt|inkomst)")
COST = re.compile(r"(?:summa |totala |verksamhetens |ovriga )?\w*(?:kostnad|utgift)")
FARTHEST = 6
"""How many rows above at most a row is made of two of."""
BY_CHANCE, SURE = 4, 100
"""How many times what rounding may do a difference is that is none by chance, and a term of one of
the two rows right above."""

Terms = tuple[tuple[int, int], ...]
"""The rows that make another, by index, each with its sign."""


@dataclass(frozen=True, slots=True)
class Net:
    """A figure that those it is made of do not make.

    Attributes:
        line: its row.
        figure: it.
        terms: the figures that should make it, each with its sign.
    """

    line: Line
    figure: Figure
    terms: tuple[tuple[Figure, int], ...]


def wrong_nets(table: ReadTable) -> Iterator[Net]:
    """The figures of rows called net costs or results that are not the difference of the rows that
    make them in the table's other columns."""
    lines = table.lines
    summed = [one for one in sums(table) if one.held]
    parts = {i for one in summed for i in one.parts}
    nets = [
        i
        for i, line in enumerate(lines)
        if NET.match(normal(line.label))
        and not is_part(line.label)
        and not line.gender
        and i not in {one.total for one in summed}
    ]
    columns = [
        column
        for column in table.number_columns
        if column.unit_of_measure != "percent" and column.scenario not in OF_DIFFERENCES
    ]
    told: set[int] = set()
    for at, index in enumerate(nets):
        above = range(nets[at - 1] + 1 if at else 0, index)
        made = [tried(lines, index, terms, columns) for terms in ways(lines, index, above, parts)]
        if sound := [way for way in made if way.is_proven]:
            held = {column for way in sound for column in way.held}
            best = max(sound, key=lambda way: len(way.held))
            for net in best.broken:
                # What a wrong figure makes is wrong with it.
                is_told = any(id(figure) in told for figure, _ in net.terms)
                if net.figure.column.index not in held and not is_told:
                    told.add(id(net.figure))
                    yield net


def ways(lines: Sequence[Line], index: int, above: range, parts: set[int]) -> Iterator[Terms]:
    """What may make a row: one row near above less another, or its incomes less all its costs."""
    for one, other in permutations(range(max(0, index - FARTHEST), index), 2):
        yield ((one, 1), (other, -1))
    rows = [i for i in above if i not in parts and lines[i].figures]
    whole = [i for i in rows if not is_part(lines[i].label)]
    incomes = [i for i in whole if INCOME.match(normal(lines[i].label))]
    if incomes and len(whole) > 2:
        for sign in (1, -1):
            yield tuple((i, sign if i in incomes else -sign) for i in whole)


@dataclass(slots=True)
class Way:
    """Rows that may make another.

    Attributes:
        is_named: they are an income and a cost by their names.
        held: the columns, by index, in which they make it beyond chance.
        broken: the figures that they do not make, whatever signs they are given.
    """

    is_named: bool
    held: list[int] = field(default_factory=list)
    broken: list[Net] = field(default_factory=list)

    @property
    def is_proven(self) -> bool:
        """Whether two columns hold for each that does not, or one where the names say it too."""
        least = 1 if self.is_named else 2
        return len(self.held) >= least * max(1, len(self.broken))


def tried(lines: Sequence[Line], index: int, terms: Terms, columns: Sequence[Column]) -> Way:
    """Rows that may make another, held against it in each column."""
    labels = [normal(lines[i].label) for i, _ in terms]
    way = Way(any(map(INCOME.match, labels)) and any(map(COST.match, labels)))
    are_next = {i for i, _ in terms} == {index - 1, index - 2}
    for column in columns:
        figure = lines[index].figures.get(column.index)
        made = [(lines[i].figures.get(column.index), sign) for i, sign in terms]
        known = tuple((f, sign) for f, sign in made if f and f.number)
        if figure is None or figure.number is None or len(known) < len(terms):
            continue
        net, numbers = figure.number, [f.number for f, _ in known if f.number]
        reach = slack(numbers, net)
        made_by = {
            signs: abs(sum(n.value * k for n, k in zip(numbers, signs, strict=True)) - net.value)
            <= reach
            for signs in product((1, -1), repeat=len(numbers))
        }
        if made_by[tuple(sign for _, sign in known)]:
            # Of small figures many differences are within rounding, if not of large ones.
            largest = max(abs(n.value) for n in numbers)
            if abs(net.value) > BY_CHANCE * reach or (are_next and largest > SURE * reach):
                way.held.append(column.index)
        elif not any(made_by.values()):
            way.broken.append(Net(lines[index], figure, known))
    return way

"""The rows of a table that can be put in an order, and what they are put in order by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from bokslut.transcription.reading import arithmetic, cells, heads, words
from bokslut.transcription.reading.claims.value import Value
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.nouns import Name, lower_words, parts_of, rests, same
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.row_amounts import kind_of
from bokslut.transcription.reading.statements.gaps import INCOME, OF_COSTS
from bokslut.transcription.reading.tables.table import (
    Column,
    Figure,
    Line,
    ReadTable,
    is_part,
    total,
)


@dataclass(frozen=True)
class Entry:
    """A row, and the figures that give it its place.

    Attributes:
        name: of the row.
        line: it.
        figures: those that it is put in order by.
        value: what they make, in tkr where they are money.
        slack: what rounding may do to that.
    """

    name: Name
    line: Line
    figures: tuple[Figure, ...]
    value: Decimal
    slack: Decimal


@dataclass(frozen=True)
class Field:
    """The rows of a table in one order.

    Attributes:
        by: `level`, `result`, `change` or `rate`.
        entries: the rows that have it.
        kind: `money`, `percent` or `count`.
        column: of a level.
    """

    by: str
    entries: tuple[Entry, ...]
    kind: str
    column: Column | None = None


@dataclass
class Competition:
    """Rows of a table that stand beside each other.

    Attributes:
        table: theirs.
        names: of the rows, each with its row.
        known: words that its table prints around them.
    """

    table: ReadTable
    names: list[Name]
    known: set[str] = field(default_factory=set)


OF_OTHERS = re.compile(
    r"(?<!, )\b(?:genomsnitt(?:et)?|medel(?:värde)?|snitt(?:et)?)\b|"
    r"^(?:netto|samtliga|alla|hela|resultat|sammanlagt)",
    re.IGNORECASE,
)
"""What the label of a row has that is none of those beside it."""


@lru_cache
def others() -> frozenset[str]:
    """The words for whom a figure is held against: *riket*."""
    return frozenset(w for w, role in words.mapping("head_words").items() if role == "comparison")


def competitions(tables: Iterable[ReadTable]) -> list[Competition]:
    """The rows of each table that stand beside each other."""
    return [one for one in map(competition, tables) if len(one.names) > 1]


def competition(table: ReadTable) -> Competition:
    """The rows of a table that are no sums, no parts of others, and nobody else's."""
    sums = {one.total for one in arithmetic.sums(table)}
    labels = [normal(line.label) for line in table.lines]
    groups = [line.group for line in table.lines if line.group]
    # *Sundhult | Heltid*: the group is the name.
    is_grouped = len(set(groups)) == len(groups) > len(table.lines) / 2
    found = []
    for index, line in enumerate(table.lines):
        is_sum = line.is_total or index in sums or arithmetic.is_made_by_others(line.label)
        is_other = OF_OTHERS.search(line.label) or others() & set(lower_words(line.label))
        if is_sum or is_other or is_part(line.label) or line.gender:
            continue
        is_told = labels.count(labels[index]) > 1 or is_grouped
        label = f"{line.group} {line.label}" if is_told else line.label
        name = Name(label.strip(), parts_of(label) or spans_of(label), [(table, line)])
        name.beside |= {*lower_words(f"{table.title} {line.group} {line.label}")}
        found.append(name)
    around = " ".join([table.title, *(c.head.text for c in table.columns), *groups])
    # *händelsen*, of *Händelsetyp*.
    of_kinds = [OF_KIND.sub("", word) for word in lower_words(around)]
    return Competition(table, found, {*lower_words(around), *of_kinds})


def wholes(tables: Iterable[ReadTable]) -> list[Competition]:
    """The sums of each table, by a name of their own, else by what their table is of: *Summa
    intäkter*, *Nettokostnad*, *Totalt* of *Besök vid anläggningarna*."""
    found = []
    for table in tables:
        sums = {one.total for one in arithmetic.sums(table)}
        names = [
            Name(line.label, parts, [(table, line)])
            for index, line in enumerate(table.lines)
            if line.is_total or index in sums or arithmetic.is_made_by_others(line.label)
            if (parts := own_parts(line.label) or own_parts(OF_PLACE.split(table.title)[0]))
        ]
        around = " ".join([table.title, *(c.head.text for c in table.columns)])
        found.append(Competition(table, names, {*lower_words(around)}))
    return [one for one in found if one.names]


OF_PLACE = re.compile(r"[,(]|(?<=[^\W\d]) (?:i|per|vid|på|inom|efter|för|hos|av|till)\b")
"""Where a title goes on with where and how what it is of is counted."""


def own_parts(label: str) -> tuple[str, ...]:
    """The words that say what a sum is of."""
    return tuple(part for part in parts_of(label) if not total(part) and part != "tabell")


OF_KIND = re.compile(r"(?:typ|slag|kategori|grupp)(?:er|en|et)?$")
SPAN = re.compile(r"\d+(?: ?(?:[-–−‑]|och|till) ?\d+)?")


def spans_of(text: str) -> tuple[str, ...]:
    """The span that a label is of: *30–39 år*."""
    return tuple(re.sub(r"[^\d]+", "-", found) for found in SPAN.findall(text))[:1]


def value_of(
    table: ReadTable, line: Line, figure: Figure, number: Number
) -> tuple[Decimal, Decimal, str]:
    """A figure in tkr where it is money, what it was rounded by, and its kind."""
    times = IN_TKR.get(unit := cells.unit_of(table, line, figure) or "", Decimal(1))
    return number.value * times, number.half_step * times, kind_of(unit)


def is_of_all(column: Column, gender: str) -> bool:
    """Whether a column is of a gender, or of all."""
    return (column.gender or "total") == gender


def columns_of(table: ReadTable, year: int, gender: str, *scenarios: str) -> list[Column]:
    """The columns of some scenarios of a year, of nobody else."""
    return [
        c
        for c in table.number_columns
        if (c.scenario or "outcome") in scenarios
        and c.fiscal_year in (None, year)
        and is_of_all(c, gender)
        and not others() & set(lower_words(c.head.text))
    ]


def made(by: str, rivals: Competition, columns: Sequence[Column]) -> Iterator[Field]:
    """The rows by what two columns make, or one has; a field for each kind of figure."""
    found: dict[str, list[Entry]] = {}
    for name in rivals.names:
        ((table, line),) = name.rows
        figures = tuple(f for c in columns if (f := line.figures.get(c.index)))
        read = [value_of(table, line, f, f.number) for f in figures if f.number]
        if len(read) < len(columns):
            continue
        value, slack, kind = read[0]
        if len(read) > 1:
            then, more, other = read[1]
            if kind != other:
                continue
            if by == "rate":
                if not then or kind == "percent":
                    continue
                slack = 100 * (slack * abs(then) + more * abs(value)) / then**2
                value, kind = 100 * (abs(value) - abs(then)) / abs(then), "percent"
            elif by == "change":
                value, slack = abs(value) - abs(then), slack + more
            else:
                value, slack = value - then, slack + more
        found.setdefault(kind, []).append(Entry(name, line, figures, value, slack))
    for kind, entries in found.items():
        yield Field(by, tuple(entries), kind, columns[0])


def levels(rivals: Competition, year: int, gender: str) -> Iterator[Field]:
    """The rows by each figure of a year's outcomes, or by all that there are where none is so."""
    own = columns_of(rivals.table, year, gender, "outcome", "cost", "income", "accumulated")
    for column in own or [c for c in rivals.table.number_columns if is_of_all(c, gender)]:
        yield from sized(made("level", rivals, [column]))


def in_columns(fields: Sequence[Field], lower: Sequence[str]) -> list[Field]:
    """The fields of the columns whose heads some words name best; all where they name none."""
    said = [word for word in lower if len(word) >= FEWEST]
    named = [
        sum(any(same(one, word) or rests(one, word) for one in said) for word in head_words(field))
        for field in fields
    ]
    return [one for one, count in zip(fields, named, strict=True) if count == max(named)]


FEWEST = 4
"""How many letters a word has at least that names a column."""


def head_words(one: Field) -> set[str]:
    """The words of a column's head that tell it from others of its year."""
    found = lower_words(one.column.head.text) if one.column else []
    return {w for w in found if len(w) >= FEWEST and heads.word_role(w) not in SCENARIOS}


def own_words(column: Column) -> set[str]:
    """The words of a column's head that say what it is of, and not which year or scenario."""
    return {w for w in lower_words(column.head.text) if len(w) >= FEWEST and not heads.word_role(w)}


SCENARIOS = ("budget", "forecast", "target", "deviation", "modifier", "change")


def sized(fields: Iterator[Field]) -> Iterator[Field]:
    """Fields by the size of their figures too where some are printed below nought, as costs are."""
    for one in fields:
        if not all(entry.value < 0 for entry in one.entries):
            yield one
        if any(entry.value < 0 for entry in one.entries):
            yield replace(one, entries=tuple(replace(e, value=abs(e.value)) for e in one.entries))


def changes(rivals: Competition, year: int, then: int, gender: str) -> Iterator[Field]:
    """The rows by how much they rose since a year, in numbers and in per cent."""
    columns = columns_of(rivals.table, year, gender, "outcome", "cost", "income")
    heads_now = [own_words(column) for column in columns]
    for now in columns:
        for before in columns_of(rivals.table, then, gender, now.scenario or "outcome"):
            said = own_words(before)
            # *Ärenden per 1 000 invånare 2022* is no later *2021* where a *2022* stands beside it.
            is_other = own_words(now) != said and (said or said in heads_now)
            is_alike = now.unit_of_measure == before.unit_of_measure and not is_other
            if before.fiscal_year == then and is_alike:
                yield from made("change", rivals, [now, before])
                yield from made("rate", rivals, [now, before])
    for column in columns_of(rivals.table, year, gender, "change"):
        by = "rate" if column.unit_of_measure == "percent" else "change"
        yield from made(by, rivals, [column])


def results(
    rivals: Competition,
    year: int,
    *,
    widely: bool = False,
    expected: bool = False,
    off: bool = False,
) -> Iterator[Field]:
    """The rows by their surplus: what a column of deviations prints, or how far the outcome, or
    what is expected, is from the budget; both where it may be `widely` understood. `off`: only by
    how far they are from the budget."""
    printed = "forecast_deviation" if expected else "deviation"
    columns = columns_of(rivals.table, year, "total", printed)
    for column in columns:
        for one in made("result", rivals, [column]):
            for way in ways_of(rivals, year):
                yield turned(one, way)
    if OF_RESULTS.search(rivals.table.title) and not off:
        for column in columns_of(rivals.table, year, "total", "outcome"):
            yield from made("result", rivals, [column])
    if columns and not widely:
        return
    outcomes = ("forecast",) if expected else ("outcome", "forecast", "accumulated")
    for now in columns_of(rivals.table, year, "total", *outcomes):
        for plan in columns_of(rivals.table, year, "total", "budget"):
            for one in made("result", rivals, [now, plan]):
                if one.kind == "money":
                    costs = [e for e in one.entries if is_above(e)]
                    yield turned(one, -1 if len(costs) * 2 > len(one.entries) else 1)


def is_above(entry: Entry) -> bool:
    """Whether the first figure of a row is above nought."""
    return any(f.number is not None and f.number.value > 0 for f in entry.figures[:1])


OF_RESULTS = re.compile(r"resultat|över- och underskott|överskott", re.IGNORECASE)
"""The title of a table whose outcomes are surpluses themselves."""


def turned(one: Field, way: int) -> Field:
    """A field with its signs turned where the way is -1."""
    return replace(one, entries=tuple(replace(e, value=e.value * way) for e in one.entries))


def ways_of(rivals: Competition, year: int) -> tuple[int, ...]:
    """1 where a deviation above nought is a surplus, -1 where one below is; both where that is not
    known."""
    table = rivals.table
    columns = [columns_of(table, year, "total", s) for s in ("outcome", "budget", "deviation")]
    if not all(columns):
        return (1,)
    less = more = above = seen = 0
    for name in rivals.names:
        ((_, line),) = name.rows
        figures = [line.figures.get(some[0].index) for some in columns]
        if any(f is None or f.number is None for f in figures):
            continue
        out, plan, off = (f.number.value for f in figures if f and f.number)
        seen, above = seen + 1, above + (out > 0)
        less += out != plan and off == plan - out
        more += out != plan and off == out - plan
    if above * 2 < seen:
        return (1,) if more >= less else (-1,)
    if less >= more:
        return (1,)
    is_income = INCOME.search(table.title) and not OF_COSTS.search(table.title)
    return (1,) if is_income else (1, -1)


def is_printed(value: Value, one: Field) -> bool:
    """Whether a number of the text is what a row of a field is put in order by, as far as it is
    rounded."""
    number, unit = value.number, value.number.unit_of_measure
    if unit in UNITS and kind_of(unit) != one.kind:
        return False
    times = IN_TKR.get(unit or "", Decimal(1))
    stated, reach = abs(number.value) * times, number.half_step * times
    reach += stated * NEAR if value.hedge else 0
    return any(abs(abs(e.value) - stated) <= reach + e.slack for e in one.entries)


UNITS = {*IN_TKR, "percent", "percentage_points"}
"""The units of measure of amounts and shares, which are no counts."""
NEAR = Decimal("0.03")
"""How far a number with a hedge may be beside what it is, of itself."""

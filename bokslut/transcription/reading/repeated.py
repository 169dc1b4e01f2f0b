"""Rows of two tables that print the same figure of one year, and others of another, or figures of
one year that differ in a digit."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, takewhile

from bokslut.transcription.reading.arithmetic import is_of_all
from bokslut.transcription.reading.concepts.concept import Concepts
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.heads import PART_OF_YEAR
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.nouns import ends_in, is_bare, lower_words, parts_of, rests, same
from bokslut.transcription.reading.row_amounts import OF_DIFFERENCES, Amount, amounts_of
from bokslut.transcription.reading.statements.fields import own_words
from bokslut.transcription.reading.statements.printed import is_slip
from bokslut.transcription.reading.tables.table import Line, ReadTable, is_part, total

DIGITS = 3
"""How many digits a figure has at least that two rows do not share by chance."""
FEW, MANY = 2, 3
"""How many digits have so many figures that two rows do not share by chance."""
SAYS_WHEN = re.compile(
    r"(?:\W|\d|(?:utfall|bokslut|budget|redovisat|resultat|hela|helår|år|året|totalt|prognos)\b)*",
    re.IGNORECASE,
)
"""A head that says which year and scenario, and not what a column is of."""
Key = tuple[str, int | None, str]


@dataclass(frozen=True, eq=False)
class Printed:
    """What a table prints of one thing: a row, or a column where the rows are years.

    Attributes:
        table: its table.
        label: its name, as printed.
        parts: the words that say what it is.
        around: those that its table prints around it.
        amounts: its figures by scenario, year and gender; none where two are of the same.
        line: its row; None for a column.
    """

    table: ReadTable
    label: str
    parts: tuple[str, ...]
    around: frozenset[str]
    amounts: dict[Key, Amount]
    line: Line | None = None


@dataclass(frozen=True)
class Twice:
    """Two figures that cannot both be true, and two that are the same; None where all that says
    that they are of one thing is their names and digits."""

    one: Printed
    other: Printed
    figures: tuple[Amount, Amount]
    alike: tuple[Amount, Amount] | None


def printed_twice(document: Document, concepts: Concepts) -> Iterator[Twice]:
    """The pairs of rows of two tables whose names say one thing in two ways, and that have one
    figure of another year in common, and not that of this."""
    found = [one for table in document.tables for one in printed_in(table)]
    by_value: dict[tuple[object, ...], list[tuple[Printed, Amount]]] = {}
    for one in found:
        for key, amount in one.amounts.items():
            if digits_in(amount) >= FEW:
                by_value.setdefault((*key, amount.kind, amount.value), []).append((one, amount))
    seen: set[tuple[int, int]] = set()
    for there in by_value.values():
        for at, (other, alike) in enumerate(there):
            for one, first in there[:at]:
                pair = (id(one), id(other))
                if pair in seen or one.table is other.table:
                    continue
                if digits_in(first) < DIGITS and len(list(alike_in(one, other))) < MANY:
                    continue
                seen.add(pair)
                if is_one_thing(one, other, alike, concepts):
                    figures = list(unlike(one, other))
                    if len(figures) <= len(one.amounts.keys() & other.amounts.keys()) / 2:
                        yield from (Twice(one, other, f, (first, alike)) for f in figures)
    yield from mistyped(found, concepts, seen)


def mistyped(
    found: Sequence[Printed], concepts: Concepts, seen: Container[tuple[int, int]]
) -> Iterator[Twice]:
    """The figures of one name in two tables, of the same scenario, year and gender, that differ in
    a digit, or in the order of two."""
    by_key: dict[tuple[object, ...], list[tuple[Printed, Amount]]] = {}
    for one in found:
        for key, amount in one.amounts.items():
            if digits_in(amount) > DIGITS:
                length = sum(c.isdigit() for c in amount.figure.cell.text)
                by_key.setdefault((*key, amount.kind, length), []).append((one, amount))
    for there in by_key.values():
        for (one, first), (other, second) in combinations(there, 2):
            if one.table is other.table or (id(one), id(other)) in seen:
                continue
            is_named_so = is_in(one, other) and is_in(other, one)
            if not is_named_so or not is_mistyped(first, second):
                continue
            if len(list(unlike(one, other))) == 1 and is_one_thing(one, other, first, concepts):
                yield Twice(one, other, (first, second), None)


def is_mistyped(one: Amount, other: Amount) -> bool:
    """Whether two figures differ by more than rounding, and only in a digit or in their order."""
    is_other = abs(abs(one.value) - abs(other.value)) > one.half_step + other.half_step
    digits = (re.sub(r"\D", "", amount.figure.cell.text) for amount in (one, other))
    return is_other and is_slip(*digits)


def printed_in(table: ReadTable) -> Iterator[Printed]:
    """What a table prints: its rows, or its columns where its rows are years."""
    rows = {id(line): list(amounts_of(table, line)) for line in table.lines}
    title = lower_words(table.title)
    if len(table.lines) > 1 and all(line.fiscal_year for line in table.lines):
        main = ""
        for column in table.number_columns:
            amounts = [
                # What the column is of says its head.
                replace(a, scenario="outcome") if a.scenario in ("income", "cost") else a
                for some in rows.values()
                for a in some
                if a.figure.column is column
            ]
            label = column.head.text
            around = frozenset(lower_words(f"{main} {' '.join(title)}"))
            main = main if is_part(label) else label
            yield Printed(table, label, parts_of(label), around, keyed(amounts, None))
        return
    main = ""
    for at, line in enumerate(table.lines):
        around = frozenset(
            (*title, *lower_words(f"{line.group} {main if is_part(line.label) else ''}"))
        )
        main = main if is_part(line.label) else line.label
        amounts = keyed(rows[id(line)], line)
        yield Printed(table, line.label, parts_of(line.label), around, amounts, line)
        if line.is_total or is_of_all(line.label):
            below = takewhile(lambda row: row.gender, table.lines[at + 1 :])
            yield from of_all(table, line, rows[id(line)], [(row, rows[id(row)]) for row in below])


def of_all(
    table: ReadTable,
    line: Line,
    amounts: Sequence[Amount],
    below: Sequence[tuple[Line, list[Amount]]],
) -> Iterator[Printed]:
    """What a row of all prints, and those of women and men below it, by what its columns are of:
    *Portioner* of a row *Samtliga*."""
    title = frozenset(lower_words(table.title))
    named = (part for part in parts_of(line.label) if not total(part) and not is_of_all(part))
    of = " ".join(named)
    by_head: dict[str, list[Amount]] = {}
    for one in amounts:
        column = one.figure.column
        if PART_OF_YEAR.match(column.head.text):
            continue
        by_head.setdefault(column.entity or " ".join(sorted(own_words(column))), []).append(one)
    for head, own in by_head.items():
        if not head and not all(SAYS_WHEN.fullmatch(a.figure.column.head.text) for a in own):
            # *Kommunbidrag* beside *Nettokostnad*: what they are of differs.
            continue
        label = f"{of} {head}".strip() if head else table.title
        columns = {id(one.figure.column) for one in own}
        figures = keyed(own, None)
        for row, some in below:
            figures |= keyed([a for a in some if id(a.figure.column) in columns], row)
        yield Printed(table, label, parts_of(label), title, figures)


def keyed(amounts: Sequence[Amount], line: Line | None) -> dict[Key, Amount]:
    """Figures by scenario, year and gender, without those of which there are several."""
    found: dict[Key, list[Amount]] = {}
    for one in amounts:
        gender = (line.gender if line else None) or one.figure.column.gender or "total"
        is_part_of_year = PART_OF_YEAR.match(one.figure.column.head.text)
        if one.scenario not in OF_DIFFERENCES and not is_part_of_year:
            found.setdefault((one.scenario or "outcome", one.year, gender), []).append(one)
    return {key: some[0] for key, some in found.items() if len(some) == 1}


def digits_in(amount: Amount) -> int:
    """How many digits a figure has, without noughts at its ends."""
    number = amount.figure.number
    return len(f"{abs(number.value):f}".replace(".", "").strip("0")) if number else 0


def alike_in(one: Printed, other: Printed) -> Iterator[Key]:
    """Of which scenarios, years and genders two rows print the same figure."""
    for key, amount in one.amounts.items():
        beside = other.amounts.get(key)
        if beside and (beside.kind, beside.value) == (amount.kind, amount.value):
            yield key


def digits_of(amount: Amount) -> int:
    """How many digits a figure is printed with."""
    return sum(c.isdigit() for c in amount.figure.cell.text)


def is_one_thing(one: Printed, other: Printed, alike: Amount, concepts: Concepts) -> bool:
    """Whether two rows are of one thing that the warehouse does not know to be one: their names say
    so, and they are not those of two units, of which each has a row of that name."""
    is_named_so = is_one_name(one, other) or (
        digits_of(alike) > DIGITS and is_one_bare_name(one, other)
    )
    if is_one_concept(one, other, concepts) or not is_named_so:
        return False
    lines = [printed.table.lines[0].line for printed in (one, other)]
    units = {concepts.sections.unit_at(line) for line in lines} - {""}
    headings = {concepts.sections.heading_at(line) for line in lines}
    is_again = normal(one.label) == normal(other.label) and len(headings) > 1
    is_sure = digits_of(alike) > DIGITS or len(list(alike_in(one, other))) > 1
    return len(units) < 2 and (not is_again or is_sure)


def is_one_concept(one: Printed, other: Printed, concepts: Concepts) -> bool:
    """Whether the warehouse holds two rows against each other anyway."""
    said = [concepts.of(p.line) for p in (one, other) if p.line]
    first, *others = [(c.measure_code, c.unit_code) if c else None for c in said] or [None]
    return len(said) == 2 and first is not None and others == [first]


def is_one_name(one: Printed, other: Printed) -> bool:
    """Whether two names have a word in common that says what they are of, and all of one stands in
    or around the other."""
    shared = [
        (p, q)
        for p in one.parts
        for q in other.parts
        # *Badhusbesök*, and *Besök* of *Badhus*.
        if same(p, q) or rests(p, q) or rests(q, p)
    ]
    return any(not is_bare(p) and not is_bare(q) for p, q in shared) and (
        is_in(one, other) or is_in(other, one)
    )


def is_one_bare_name(one: Printed, other: Printed) -> bool:
    """Whether two names say no more than how something is measured, and the same of it: *Intäkter*
    and *Summa intäkter*."""
    own = [[part for part in p.parts if not total(part)] for p in (one, other)]
    return bool(own[0]) and len(own[0]) == len(own[1]) and all(map(same, *own))


def is_in(one: Printed, other: Printed) -> bool:
    """Whether all words of a name stand in or around another."""
    there = (*other.parts, *other.around)
    return all(is_said(part, there) for part in one.parts)


def is_said(part: str, there: Sequence[str]) -> bool:
    """Whether a word is one of some, the first or the last of one, or two of them in one."""
    if any(same(part, word) or ends_in(word, part) or rests(word, part) for word in there):
        return True
    behind = [rest for word in there for rest in rests(part, word)]
    return any(same(rest, word) for rest in behind for word in there)


def unlike(one: Printed, other: Printed) -> Iterator[tuple[Amount, Amount]]:
    """The figures of the same scenario, year and gender that differ by more than rounding."""
    for key, amount in one.amounts.items():
        beside = other.amounts.get(key)
        if beside is None or beside.kind != amount.kind:
            continue
        if abs(amount.value - beside.value) > amount.half_step + beside.half_step:
            yield amount, beside

"""Columns that others of the same row make: deviations, changes, net costs, women and men."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bokslut.transcription.reading import heads
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.rows import Relation
from bokslut.transcription.reading.tables.table import (
    Column,
    Line,
    ReadTable,
)

Value = Callable[[Line, int], Number | None]


def value_of(line: Line, column: int) -> Number | None:
    """The number of a row in a column; None where there is none or it is in question."""
    figure = line.figures.get(column)
    return figure.number if figure else None


def possible_relations(columns: Sequence[Column]) -> Iterator[list[Relation]]:
    """What the heads say of each row, as the forms that it can have: one of them is the table's."""
    at = list(enumerate(columns))
    for position, column in at:
        same = [
            (i, c)
            for i, c in at
            if i != position and c.entity == column.entity and whole(c) == whole(column)
        ]
        if column.scenario == "deviation":
            for minuend in ("outcome", "forecast"):
                budgets = [i for i, c in same if c.scenario == "budget" and near_year(c, column)]
                others = [i for i, c in same if c.scenario == minuend and near_year(c, column)]
                if not budgets or not others:
                    continue
                budget, other = nearest(budgets, position), nearest(others, position)
                yield [
                    Relation(position, ((other, 1), (budget, -1)), False, "deviation"),
                    Relation(position, ((budget, 1), (other, -1)), False, "deviation"),
                    Relation(position, ((other, 1), (budget, -1)), True, "deviation"),
                ]
            spent = [i for i, c in same if c.scenario == "outcome"]
            whole_budget = [i for i, c in same if c.scenario == "budget"][:1]
            if whole_budget and len({columns[i].fiscal_year for i in spent}) == len(spent) == 2:
                # What is left of a project's budget behind two years' outcomes.
                terms = ((whole_budget[0], 1), *((i, -1) for i in spent))
                yield [Relation(position, terms, False, "deviation")]
        elif column.scenario == "change" and column.unit_of_measure != "percent":
            years = sorted(
                {c.fiscal_year for _, c in same if c.scenario == "outcome" and c.fiscal_year},
                reverse=True,
            )
            if len(years) > 1:
                now = [i for i, c in same if c.scenario == "outcome" and c.fiscal_year == years[0]]
                then = [i for i, c in same if c.scenario == "outcome" and c.fiscal_year == years[1]]
                yield [
                    Relation(position, ((now[0], 1), (then[0], -1)), False, "change"),
                    Relation(position, ((then[0], 1), (now[0], -1)), False, "change"),
                ]
        elif column.scenario == "outcome" and column.gender in (None, "total"):
            income = [
                i for i, c in same if c.scenario == "income" and c.fiscal_year == column.fiscal_year
            ]
            cost = [
                i for i, c in same if c.scenario == "cost" and c.fiscal_year == column.fiscal_year
            ]
            if income and cost:
                yield [
                    Relation(position, ((income[0], 1), (cost[0], 1)), False, "net"),
                    Relation(position, ((income[0], 1), (cost[0], -1)), False, "net"),
                    Relation(position, ((cost[0], 1), (income[0], -1)), False, "net"),
                ]
    for position, column in at:
        if whole(column) != "total":
            continue
        alike = [
            (i, c)
            for i, c in at
            if c.scenario == column.scenario and c.fiscal_year == column.fiscal_year
        ]
        women = [i for i, c in alike if c.gender == "women"]
        men = [i for i, c in alike if c.gender == "men"]
        if women and men and column.unit_of_measure != "percent":
            yield [Relation(position, ((women[0], 1), (men[0], 1)), False, "genders")]


def whole(column: Column) -> str:
    """The gender of a column's figures."""
    return column.gender or "total"


def near_year(one: Column, other: Column) -> bool:
    """Whether two columns are of the same year, as far as they say."""
    return one.fiscal_year == other.fiscal_year


def nearest(places: Sequence[int], to: int) -> int:
    """The place that is nearest, those before it first."""
    return min(places, key=lambda i: (i > to, abs(i - to)))


def relations(table: ReadTable) -> list[Relation]:
    """The relations of a table's columns of figures that hold in most of its rows.

    Columns are counted from 0 among those of figures.
    """
    columns = table.number_columns
    found: dict[int, tuple[int, int, Relation]] = {}
    by_gender: list[tuple[int, int, Relation]] = []
    for forms in possible_relations(columns):
        tried = []
        for form in forms:
            checks = [
                form.check([value_of(line, c.index) for c in columns])
                for line in table.lines
                if concerns(form, line, table)
            ]
            held, broken = checks.count(True), checks.count(False)
            tried.append((held, -broken, -forms.index(form), form))
        fixed = [t for t in tried if not t[3].either_sign]
        # Either sign is a way out for tables whose rows differ, not for a row that is wrong.
        sound = [t for t in fixed if t[0] >= 2 and t[0] >= -2 * t[1]]
        held, broken, _, form = max(sound or tried, key=lambda t: t[:3])
        if form.name == "genders":
            by_gender.append((held, broken, form))
            continue
        # Zero less zero proves nothing of the form; half of the rows must prove it.
        if held >= 1 and held >= -broken and held + broken >= found.get(form.result, (0,))[0]:
            # Of several for one column the one that holds most.
            found[form.result] = (held + broken, broken, form)
    # Of two totals of the same women and men the one that they make.
    most: dict[tuple[tuple[int, int], ...], int] = {}
    for held, _, form in by_gender:
        most[form.terms] = max(held, most.get(form.terms, 0))
    by_gender = [one for one in by_gender if one[0] == most[one[2].terms]]
    # Women and men make the total of every year, or of none.
    held, broken = sum(h for h, _, _ in by_gender), -sum(b for _, b, _ in by_gender)
    genders = [form for _, _, form in by_gender] if held >= max(1, broken) else []
    # Of two deviations from the same budget the one that always holds is it.
    whole = {frozenset(form.terms) for _, broken, form in found.values() if not broken}
    kept = [
        form
        for _, broken, form in found.values()
        if not broken or frozenset(form.terms) not in whole
    ]
    return [*kept, *genders]


FEWEST_SHARES = 3


def mark_deviations(table: ReadTable) -> None:
    """Says of a column of results, or of differences, beside an outcome and its budget that it is
    how far these are apart, where it is so in most rows and no years are so far apart."""
    columns = table.number_columns
    for index, column in enumerate(columns):
        is_result = column.scenario == "outcome" and normal(column.head.text).startswith("resultat")
        if not is_result and column.scenario != "change":
            continue
        if any(
            most_hold(form, table)
            for forms in possible_relations(columns)
            for form in forms
            if form.result == index
        ):
            continue
        tried = [*columns[:index], replace(column, scenario="deviation"), *columns[index + 1 :]]
        forms = [
            form
            for forms in possible_relations(tried)
            for form in forms
            if form.result == index and form.name == "deviation" and not form.either_sign
        ]
        if any(most_hold(form, table) for form in forms):
            column.scenario = "deviation"


def most_hold(relation: Relation, table: ReadTable) -> bool:
    """Whether a relation holds in most rows of a table."""
    columns = table.number_columns
    checks = [relation.check([value_of(line, c.index) for c in columns]) for line in table.lines]
    held, broken = checks.count(True), checks.count(False)
    return held >= FEWEST_SHARES and held >= 2 * broken


def differences(columns: Sequence[Column]) -> Iterator[Relation]:
    """Which columns may be how far apart two others are, in any unit of measure."""
    bare = [replace(column, unit_of_measure=None) for column in columns]
    for forms in possible_relations(bare):
        if forms[0].name in ("change", "deviation") and len(forms[0].terms) == 2:
            yield forms[0]


def concerns(relation: Relation, line: Line, table: ReadTable) -> bool:
    """Whether a relation can be asked of a row: women and men make a total of what is counted; of
    what no unit of measure is known of where they do in other rows, and it is more than either."""
    if relation.name != "genders":
        return True
    if unit := counted_in(line, table):
        return unit == "count"
    columns = table.number_columns
    read = [[value_of(row, c.index) for c in columns] for row in (line, *table.lines)]
    checks = [relation.check(values) for values in read[1:]]
    terms = [read[0][i] for i, _ in relation.terms]
    result = read[0][relation.result]
    is_more = result and all(one and result.value > one.value for one in terms)
    return bool(is_more) and checks.count(True) >= FEWEST_SHARES


def counted_in(line: Line, table: ReadTable) -> str | None:
    """The unit of measure of a row, as far as its label or its table lets one guess it."""
    unit = line.unit_of_measure or heads.unit_in(line.label, inferred=True, of_row=True)
    return unit or table.unit_of_measure or heads.unit_in(table.title, inferred=True)

"""What adds up in a table: columns within a row, rows within a column.

A relation is taken for the table's own where it holds in most of the places in which it can be
tried. The places where it does not hold are then the document's, or the reading's, to explain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.rows import Relation
from bokslut.transcription.reading.tables.table import (
    Column,
    Figure,
    Line,
    ReadTable,
    is_part,
    total,
)

MOST_PARTS = 30
"""How many rows make one sum at most where only arithmetic says that they do."""

Value = Callable[[Line, int], Number | None]


def value_of(line: Line, column: int) -> Number | None:
    """The number of a row in a column; None where there is none or it is in question."""
    figure = line.figures.get(column)
    return figure.number if figure else None


# Within a row


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


def no_differences(table: ReadTable) -> list[int]:
    """The columns that are called deviations or changes, and of whose figures none is the
    difference of two others in its row, nor that in per cent, counted from 0."""
    columns = table.number_columns
    held: dict[int, list[bool]] = {}
    for relation in differences(columns):
        found = [share_of(line, relation, columns) for line in table.lines]
        held.setdefault(relation.result, []).extend(
            share.holds or share.is_difference or share.is_opposite_difference
            for share in found
            if share
        )
    return [i for i, checks in held.items() if len(checks) >= FEWEST_SHARES and not any(checks)]


FEWEST_SHARES = 3


def mark_deviations(table: ReadTable) -> None:
    """Says of a column of results beside a net cost and its budget that it is how far these are
    apart, where it is so in most rows."""
    columns = table.number_columns
    for index, column in enumerate(columns):
        if column.scenario != "outcome" or normal(column.head.text).split()[:1] != ["resultat"]:
            continue
        tried = [*columns[:index], replace(column, scenario="deviation"), *columns[index + 1 :]]
        forms = [
            form
            for forms in possible_relations(tried)
            for form in forms
            if form.result == index and form.name == "deviation" and not form.either_sign
        ]
        for form in forms:
            checks = [
                form.check([value_of(line, c.index) for c in columns]) for line in table.lines
            ]
            held, broken = checks.count(True), checks.count(False)
            if held >= FEWEST_SHARES and held >= 2 * broken:
                column.scenario = "deviation"


def mark_percent(table: ReadTable) -> None:
    """Says per cent of a column of changes or deviations whose head does not, where its figures are
    the other columns' in per cent of each other in nearly all rows, and their differences in none
    but few."""
    columns = table.number_columns
    for relation in differences(columns):
        column = columns[relation.result]
        if column.unit_of_measure:
            continue
        checks = [share for line in table.lines if (share := share_of(line, relation, columns))]
        shares = sum(share.holds for share in checks if not share.is_marked)
        apart = sum(share.is_difference for share in checks)
        if shares >= FEWEST_SHARES and shares * 5 >= len(checks) * 4 and apart * 2 < shares:
            column.unit_of_measure = "percent"


@dataclass(frozen=True, slots=True)
class Share:
    """A figure that may be the difference of two others in per cent of the second.

    Attributes:
        line: its row.
        relation: which columns.
        percent: what the two make.
        holds: the figure says so, whatever its sign.
        is_opposite: it says so with the other sign alone.
        is_difference, is_opposite_difference: it is the difference itself, or that the other way.
        is_marked: per cent is printed in the cell.
    """

    line: Line
    relation: Relation
    percent: Decimal
    holds: bool
    is_opposite: bool
    is_difference: bool
    is_opposite_difference: bool
    is_marked: bool


def differences(columns: Sequence[Column]) -> Iterator[Relation]:
    """Which columns may be how far apart two others are, in any unit of measure."""
    bare = [replace(column, unit_of_measure=None) for column in columns]
    for forms in possible_relations(bare):
        if forms[0].name in ("change", "deviation") and len(forms[0].terms) == 2:
            yield forms[0]


def share_of(line: Line, relation: Relation, columns: Sequence[Column]) -> Share | None:
    """What a row says of a relation in per cent; None where a figure is missing or nought."""
    values = [value_of(line, c.index) for c in columns]
    result, (now, then) = values[relation.result], [values[i] for i, _ in relation.terms]
    if not result or not now or not then or not then.value:
        return None
    step = result.half_step + 100 * (now.half_step + then.half_step) / abs(then.value)
    percent = 100 * (now.value - then.value) / abs(then.value)
    is_same, is_opposite = (abs(result.value - k * percent) <= step for k in (1, -1))
    return Share(
        line,
        relation,
        percent,
        is_same or is_opposite,
        is_opposite and not is_same,
        relation.check(values) is True,
        replace(relation, either_sign=True).check(values) is True,
        result.unit_of_measure is not None,
    )


def wrong_shares(table: ReadTable) -> Iterator[Share]:
    """The figures of columns in per cent that are not what their row's others make, where nearly
    all others of the column are."""
    columns = table.number_columns
    for relation in differences(columns):
        is_of_column = columns[relation.result].unit_of_measure == "percent"
        checks = [
            share
            for line in table.lines
            if (share := share_of(line, relation, columns)) and (is_of_column or share.is_marked)
        ]
        held = sum(share.holds for share in checks)
        # Deviations of costs and of incomes have signs of their own; changes have one.
        opposite = [share for share in checks if share.is_opposite]
        is_signed = relation.name == "change" and len(opposite) * 4 <= held
        if held >= FEWEST_SHARES and held * 3 >= len(checks) * 2:
            yield from (s for s in checks if not s.holds or (is_signed and s.is_opposite))


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


# Within a column


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
    """The sums of a table, from the top: where labels say so, and where the figures do."""
    lines = table.lines
    columns = [c.index for c in table.number_columns if c.unit_of_measure != "percent"]
    found: list[Sum] = []
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
            found.append(best)
            stack = [i for i in stack if i not in best.parts]
        stack.append(index)
    return found


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


ALL_YEAR = re.compile(r"hel[aåt]|[åa]ret|tot|summ?a|samtliga|(?:19|20)\d\d$", re.IGNORECASE)


def wrong_years(table: ReadTable) -> Iterator[Mean]:
    """The figures of a year that are no sum of its parts in the columns before, and lie outside
    them all, where those of other rows do neither: of what is counted a year is the sum, of what
    is measured a mean or the last."""
    columns = table.number_columns
    at = [i for i, c in enumerate(columns) if heads.PART_OF_YEAR.match(c.head.text)]
    if len(at) < FEWEST_SHARES or at[-1] - at[0] != len(at) - 1 or at[-1] + 1 >= len(columns):
        return
    of_parts, column = columns[at[0] : at[-1] + 1], columns[at[-1] + 1]
    if not ALL_YEAR.match(column.head.text):
        return
    wrong, held = [], 0
    for line in table.lines:
        figure, parts = line.figures.get(column.index), figures_of(line, of_parts)
        numbers = [f.number for f in parts if f.number]
        if figure is None or not figure.number or len(numbers) < len(at):
            continue
        total, reach = sum(n.value for n in numbers), slack(numbers, figure.number)
        if abs(total - figure.number.value) <= reach:
            held += 1
        elif (
            not min(n.value for n in numbers)
            <= figure.number.value
            <= max(n.value for n in numbers)
        ):
            wrong.append(Mean(line, figure, tuple(parts), total))
    if held >= max(1, len(wrong)):
        yield from wrong


def figures_of(line: Line, columns: Sequence[Column]) -> list[Figure]:
    """The figures of a row in some columns."""
    return [f for c in columns if (f := line.figures.get(c.index)) and f.number]


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

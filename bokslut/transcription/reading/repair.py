"""What a table as a whole says of cells that are not clear by themselves.

Two columns that were set as one are parted; a cell with several readings gets the one with which
its row and its column add up, if there is just one; a decimal too many is a footnote or a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bokslut.transcription.reading import arithmetic, heads, linehead, numbers, rows
from bokslut.transcription.reading.numbers import BLANK, Number, Reading, Refused
from bokslut.transcription.reading.tables.columns import VARAV
from bokslut.transcription.reading.tables.table import (
    Column,
    Figure,
    Line,
    Question,
    ReadTable,
    swedish,
)

ONE_READING = ("change", "deviation")
HOMOGENEOUS = 6
"""From how many figures with the same decimals on a table has decimals of its own."""


def part_columns(table: ReadTable, marks: dict[str, str]) -> None:
    """Parts columns whose head has several years: their cells hold a figure of each."""
    for column in list(table.columns):
        years = list(dict.fromkeys(column.head.years))
        is_span = re.search(r"\d{4} ?[-–/] ?\d{4}", column.head.text)
        if column.kind == "label" or len(years) < 2 or column.scenario in ONE_READING or is_span:
            continue
        texts = [
            line.figures[column.index].cell.text
            for line in table.lines
            if column.index in line.figures
        ]
        texts = texts or [
            line.texts[column.index].text for line in table.lines if column.index in line.texts
        ]
        count = len(years)
        cut = [rows.read(text, count, marks, same_measure=range(count)) for text in texts if text]
        if not cut or sum(bool(row.fitting) for row in cut) * 2 < len(cut):
            continue
        part_column(table, column, years, marks)


def part_column(
    table: ReadTable, column: Column, years: Sequence[int], marks: dict[str, str]
) -> None:
    """Puts columns of one year each in the place of one of several."""
    word = re.sub(r"\s+", " ", heads.YEAR.sub("", column.head.text)).strip()
    top = max(c.index for c in table.columns)
    new = [
        replace(column, index=top + 1 + i, head=heads.read(f"{word} {year}".strip()), kind="number")
        for i, year in enumerate(years)
    ]
    for one in new:
        one.scenario = one.head.scenario
    at = table.columns.index(column)
    table.columns[at : at + 1] = new
    for line in table.lines:
        old = line.figures.pop(column.index, None)
        cell = old.cell if old else line.texts.pop(column.index, None)
        if cell is None:
            continue
        row = rows.read(cell.text, len(years), marks, same_measure=range(len(years)))
        chosen = row.chosen or (row.fitting[0] if row.fitting else None)
        for i, one in enumerate(new):
            text = chosen.texts[i] if chosen else (cell.text if not i else "")
            line.figures[one.index] = Figure(replace(cell, text=text), one, BLANK, "grouped")
            if cell.text and not row.how:
                ways = tuple(" | ".join(g.texts) for g in row.fitting[:6])
                line.figures[one.index].question = Question(
                    cell.place,
                    cell.text,
                    f"{line.label}: cellen rymmer flera tal. Vilka {len(years)} celler är det?",
                    ways,
                )


def minus_in_parentheses(tables: Sequence[ReadTable]) -> None:
    """Takes the numbers in parentheses of a document for minus where nearly all rows of a table add
    up so, and more of them do not otherwise; in its other tables where no rows say the opposite."""
    broken = [(table, *rows_broken(table)) for table in tables if in_parentheses(table)]
    minus = [
        2 * signed < without and 6 * signed < rows_of for _, without, signed, rows_of in broken
    ]
    is_of_all = any(minus) and all(signed <= without for _, without, signed, _ in broken)
    for (table, *_), is_minus in zip(broken, minus, strict=True):
        for figure in in_parentheses(table) if is_minus or is_of_all else ():
            figure.reading, figure.question = figure.options[0], None


WITH_COMMAS = 3
"""So many decimals behind commas are how a document prints them."""


def points_between_thousands(tables: Sequence[ReadTable]) -> bool:
    """Takes the points of a document for those between thousands where a number of it has two, or
    where its decimals stand behind commas and behind each point are three digits; whether it does.
    """
    figures = [figure for table in tables for _, figure in table.figures()]
    found = [
        figure
        for figure in figures
        if isinstance(figure.reading, Refused)
        and figure.reading.reason == "point_between_thousands"
        and not figure.cell.doubtful
    ]
    decimals = [f.cell.text for f in figures if f.number and f.number.decimals]
    is_comma = len(decimals) >= WITH_COMMAS and not any("." in text for text in decimals)
    if not is_comma and not any(figure.cell.text.count(".") > 1 for figure in found):
        return False
    for figure in found:
        figure.reading, figure.question = figure.options[0], None
        figure.how_read = "corrected"
    return bool(found)


def in_parentheses(table: ReadTable) -> list[Figure]:
    """The figures of a table whose parentheses may be a minus."""
    return [
        f
        for _, f in table.figures()
        if isinstance(f.reading, Refused) and f.reading.reason == "parentheses"
    ]


def rows_broken(table: ReadTable) -> tuple[int, int, int]:
    """How many rows of a table do not add up without a minus for its parentheses, how many with
    it, and of how many."""
    inside = in_parentheses(table)
    before = [(figure.reading, figure.question) for figure in inside]
    counts = []
    for way in (1, 0):
        for figure in inside:
            figure.reading, figure.question = figure.options[way], None
        checks = adding_up(table)
        counts.append(checks.count(False))
    for figure, (reading, question) in zip(inside, before, strict=True):
        figure.reading, figure.question = reading, question
    without, signed = counts
    return without, signed, len(checks)


def adding_up(table: ReadTable) -> list[bool]:
    """For each row and each net or deviation in it whether it adds up, in the form that fits
    most."""
    columns = [c.index for c in table.number_columns]
    lines = [[arithmetic.value_of(line, c) for c in columns] for line in table.lines]
    forms_of: dict[int, list[rows.Relation]] = {}
    for forms in arithmetic.possible_relations(table.number_columns):
        if forms[0].name in ("net", "deviation"):
            forms_of.setdefault(forms[0].result, []).extend(forms)
    made: list[bool] = []
    for forms in forms_of.values():
        ways = [[form.check(line) for line in lines] for form in forms if not form.either_sign]
        best = min(ways, key=lambda way: way.count(False))
        made += [held for held in best if held is not None]
    return made


def resolve(table: ReadTable) -> None:
    """Takes of a cell's readings the one with which its row and column add up, if one alone
    does."""
    extra_decimals(table)
    open_ones = [(line, f) for line, f in table.figures() if f.question and candidates_of(f)]
    if not open_ones or len(open_ones) > 60:
        return
    relations = arithmetic.relations(table)
    columns = table.number_columns
    usual = usual_decimals(table)
    for line, figure in open_ones:
        question, reading = figure.question, figure.reading
        scores: list[int] = []
        options = candidates_of(figure)
        beside = {f.number.decimals for f in line.figures.values() if f.number}
        least = usual if usual is not None else min(beside, default=0)
        if figure.cell.doubtful:
            # A coarser reading adds up more easily.
            options = [option for option in options if option.decimals >= least]
            if not options:
                continue
        figure.question = None
        for option in options:
            figure.reading = option
            scores.append(support(table, line, figure, relations, columns))
        best = max(range(len(scores)), key=lambda i: scores[i])
        if scores[best] > 0 and scores.count(scores[best]) == 1:
            figure.reading = options[best]
            figure.how_read = "direct" if same_text(figure, options[best]) else "corrected"
        else:
            figure.question, figure.reading = question, reading


def candidates_of(figure: Figure) -> list[Number]:
    """The numbers that a cell in question may be."""
    return list(figure.options)


def same_text(figure: Figure, number: Number) -> bool:
    """Whether a number is what the cell's own text says."""
    return isinstance(figure.reading, Number) and swedish(number) == figure.cell.text.replace(
        " ", ""
    )


def support(
    table: ReadTable,
    line: Line,
    figure: Figure,
    relations: Sequence[rows.Relation],
    columns: Sequence[Column],
) -> int:
    """How many relations and sums that a figure is part of hold, less those that do not."""
    position = columns.index(figure.column)
    values = [arithmetic.value_of(line, c.index) for c in columns]
    score = 0
    for relation in relations:
        if not arithmetic.concerns(relation, line, table):
            continue
        if position == relation.result or any(position == i for i, _ in relation.terms):
            held = relation.check(values)
            score += 0 if held is None else 1 if held else -1
    index = table.lines.index(line)
    for one in arithmetic.sums(table):
        if index == one.total or index in one.parts:
            score += (figure.column.index in one.held) - (figure.column.index in one.broken)
    return score


def usual_decimals(table: ReadTable) -> int | None:
    """The decimals that nearly all figures of a table have; None where they differ or are few."""
    numbers = (f.number for _, f in table.figures() if f.cell.exact is None)
    decimals = Counter(n.decimals for n in numbers if n and n.unit_of_measure is None)
    usual, times = decimals.most_common(1)[0] if decimals else (0, 0)
    return usual if times >= max(HOMOGENEOUS, 0.85 * sum(decimals.values())) else None


def extra_decimals(table: ReadTable) -> None:
    """Asks about a figure with more decimals than all others of its table: a footnote may stand
    behind it."""
    known = [
        (line, f, f.number) for line, f in table.figures() if f.number and f.cell.exact is None
    ]
    usual = usual_decimals(table)
    if not usual:
        return
    for line, figure, number in known:
        alone = not any(
            f is not figure and f.number and f.number.decimals == number.decimals
            for f in line.figures.values()
        )
        if number.decimals != usual + 1 or figure.cell.marks or not alone:
            continue
        text = figure.cell.text
        whole = Decimal(int(number.value.scaleb(usual))).scaleb(-usual)
        shorter = Number(whole, usual, signed=number.signed, mark=text[-1])
        figure.options = (number, shorter)
        what = " / ".join(p for p in (line.group, line.label, figure.column.head.text) if p)
        figure.question = Question(
            figure.cell.place,
            text,
            f"{what}: talet har fler decimaler än de andra i tabellen. Är den sista siffran en "
            "fotnot?",
            (swedish(number), swedish(shorter)),
        )


def ask_about_blanks(table: ReadTable) -> None:
    """Asks about a cell in which a reader of pictures saw nothing, where nearly all others of its
    row and its column have a figure."""
    for column in table.number_columns:
        figures = [line.figures[column.index] for line in table.lines]
        blank = [figure for figure in figures if figure.reading == BLANK]
        if not blank or len(blank) * 4 > len(figures):
            continue
        for line in table.lines:
            others = [f for f in line.figures.values() if f.reading != BLANK]
            if line.figures[column.index].reading == BLANK and others:
                ask(line, line.figures[column.index], "Bilden är tom där andra rader har tal")


def lost_spaces(table: ReadTable) -> None:
    """Puts in question a figure with three decimals where no other of its table has as many: a
    space between thousands may be read as a comma."""
    known = [(line, f, f.number) for line, f in table.figures() if f.number]
    thousands = [(line, f, n) for line, f, n in known if n.decimals == THOUSANDS]
    if len(thousands) * 5 > len(known):
        return
    for line, figure, number in thousands:
        whole = replace(number, value=number.value.scaleb(THOUSANDS), decimals=0)
        figure.options = (number, whole)
        ask(line, figure, "Ett mellanrum mellan tusental kan ha lästs som ett komma")


THOUSANDS = 3
MOST_TIMES = 300
"""How many times as large as all others of its row a figure of a scan may be."""


def glued_cells(table: ReadTable) -> None:
    """Asks about a figure that is far larger than all others of its row and parts into two like
    them: two cells may be read as one, and those behind it stand in the wrong columns then."""
    for line in table.lines:
        known = [(f, f.number) for f in line.figures.values() if f.number and f.number.value]
        for figure, number in known:
            others = [abs(n.value) for f, n in known if f is not figure]
            is_large = len(others) > 1 and abs(number.value) > MOST_TIMES * max(others)
            if is_large and not is_usual(number, figure.column, table):
                for index, behind in line.figures.items():
                    if index >= figure.column.index and behind.number:
                        ask(line, behind, "Två celler kan ha lästs som en")


def is_usual(number: Number, column: Column, table: ReadTable) -> bool:
    """Whether most figures of a column, two others at least, are about as large as one of them."""
    figures = [f for line in table.lines if (f := line.figures.get(column.index))]
    known = [abs(n.value) for f in figures if (n := f.number) and n is not number and n.value]
    alike = sum(abs(number.value) / FAR < value < abs(number.value) * FAR for value in known)
    return alike > 1 and 2 * alike > len(known)


def is_proven(table: ReadTable, line: Line, figure: Figure) -> bool:
    """Whether sums or other columns of a row prove a figure, which is too large to be one of those
    that rounding would let hold."""
    number, columns = figure.number, table.number_columns
    if number is None or abs(number.value) < 2 * len(table.lines) * number.half_step:
        return False
    return support(table, line, figure, arithmetic.relations(table), columns) > 0


def false_signs(table: ReadTable) -> None:
    """Asks about the few figures with a minus in a column of at least five in which all others
    have none and their row has none: a scan makes one of a speck."""
    for column in table.number_columns:
        if column.scenario in ("deviation", "change"):
            continue
        known = [
            (line, figure, figure.number)
            for line in table.lines
            if (figure := line.figures.get(column.index)) and figure.number and figure.number.value
        ]
        signed = [(line, f) for line, f, n in known if n.value < 0]
        for line, figure in signed if len(signed) == 1 else ():
            # A dash with a space behind it is what a scan makes of a line between columns too.
            beside = [n.value for f in line.figures.values() if f is not figure and (n := f.number)]
            if DASH.match(figure.cell.text) and len(beside) > 1 and min(beside) >= 0:
                ask_unproven(table, line, figure, FALSE_SIGN)
        if len(known) < FEWEST_SIGNED or len(signed) * 10 > 3 * len(known):
            continue
        for line, figure in signed:
            beside = [
                n.value
                for f in line.figures.values()
                if f is not figure and f.column.scenario == column.scenario and (n := f.number)
            ]
            if beside and all(value > 0 for value in beside):
                ask_unproven(table, line, figure, FALSE_SIGN)


DASH = re.compile("[-–—−] ")
FALSE_SIGN = "Alla andra i raden är positiva: minustecknet kan vara felläst"


def doubt(table: ReadTable) -> None:
    """Asks about figures of a scan that their row speaks against: a lost comma, a broken sum."""
    false_operators(table)
    commas_that_add_up(table)
    lost_commas(table)
    false_signs(table)
    glued_cells(table)
    lost_signs_of_sums(table)
    lost_signs(table)
    lost_signs_of_rows(table)
    misread_digits(table)
    fewer_decimals(table)
    lone_decimals(table)
    longer_decimals(table)
    relations = arithmetic.relations(table)
    columns = table.number_columns
    broken = {
        (row, column)
        for one in arithmetic.sums(table)
        for row in (one.total, *one.parts)
        for column in one.broken
    }
    for index, line in enumerate(table.lines):
        values = [arithmetic.value_of(line, c.index) for c in columns]
        for relation in relations:
            if not arithmetic.concerns(relation, line, table) or (
                relation.check(values) is not False or is_turned(relation, values, table)
            ):
                continue
            taking_part = [columns[relation.result], *(columns[i] for i, _ in relation.terms)]
            suspects = [c for c in taking_part if (index, c.index) in broken]
            for column in suspects if len(suspects) == 1 else taking_part:
                ask(line, line.figures[column.index], "Raden går inte ihop: talet kan vara felläst")


def is_turned(relation: rows.Relation, values: Sequence[Number | None], table: ReadTable) -> bool:
    """Whether a row holds what its relation says with the other sign, being printed with other
    signs than the table's other rows: investments below net costs."""
    columns = [table.number_columns[i].index for i, _ in relation.terms]
    own = [values[i] for i, _ in relation.terms]
    is_above = all(number and number.value >= 0 for number in own)
    others = [f.number for c in columns for o in table.lines if (f := o.figures.get(c))]
    signs = [number.value > 0 for number in others if number and number.value]
    is_other = is_above and sum(signs) * 2 < len(signs)
    return is_other and replace(relation, either_sign=True).check(values) is True


def lost_signs_of_sums(table: ReadTable) -> None:
    """Gives a row its minus again, where a sum holds in several columns with the figures of that
    row below nought, and in none of them without: a scan loses them all alike."""
    start = 0
    for index, line in enumerate(table.lines):
        if not line.is_total:
            continue
        own = [o for o in table.lines[start : index + 1] if not o.gender and o.figures]
        start = index + 1
        broken = 0
        turned: dict[int, list[Figure]] = {}
        for column in table.number_columns:
            figures = [o.figures.get(column.index) for o in own]
            values = [f.number if f else None for f in figures]
            *parts, total = values
            if len(parts) < FEWEST_PARTS or None in values or arithmetic.adds_up(parts, total):
                continue
            broken += 1
            for i, number in enumerate(values):
                signed = replace(number, value=-number.value, signed="sign")
                *parts, total = [*values[:i], signed, *values[i + 1 :]]
                if number.value > 0 and arithmetic.adds_up(parts, total):
                    turned.setdefault(i, []).append(figures[i])
        rows_of_all = [found for found in turned.values() if len(found) == broken]
        for figure in rows_of_all[0] if broken > 1 and len(rows_of_all) == 1 else ():
            number = figure.number
            figure.reading = replace(number, value=-number.value, signed="sign")
            figure.how_read, figure.question = "corrected", None


FEWEST_PARTS = 3
"""So many parts of a sum do not add up by chance."""


def lost_signs(table: ReadTable) -> None:
    """Asks about the few figures without a minus of a column of at least five in which most
    others have one, as others of their row do: a scan loses it."""
    signed = [c for c in table.number_columns if c.scenario not in ("deviation", "change")]
    for column in signed:
        known = [
            (line, figure)
            for line in table.lines
            if (figure := line.figures.get(column.index)) and figure.number and figure.number.value
        ]
        bare = [(line, f) for line, f in known if f.number and f.number.value > 0]
        if len(known) < FEWEST_SIGNED or len(bare) * 10 > 3 * len(known):
            continue
        for line, figure in bare:
            beside = [line.figures[c.index].number for c in signed]
            if any(number and number.value < 0 for number in beside):
                ask(line, figure, "Alla andra i kolumnen är negativa: ett minus kan ha fallit bort")


def lost_signs_of_rows(table: ReadTable) -> None:
    """Asks about a figure without a minus where all others of its row, two at least, have one or
    what a scan makes of one, as others of its column have."""
    signed = [
        c.index
        for c in table.number_columns
        if c.scenario not in ("deviation", "change")
        and any(is_below_nought(f.reading) for o in table.lines if (f := o.figures.get(c.index)))
    ]
    for line in table.lines:
        figures = [f for i in signed if (f := line.figures.get(i)) and f.reading != BLANK]
        bare = [f for f in figures if f.number and f.number.value > 0]
        minus = [f for f in figures if is_below_nought(f.reading)]
        if len(minus) > 1 and len(minus) + len(bare) == len(figures) and len(bare) == 1:
            ask(line, bare[0], "Alla andra i raden är negativa: ett minus kan ha fallit bort")


def is_below_nought(reading: Reading) -> bool:
    """Whether a cell has a minus, or what a scan makes of one."""
    if isinstance(reading, Refused):
        return reading.reason == "minus"
    return isinstance(reading, Number) and reading.value < 0


FAR_OFF = "De andra i raden är mycket större eller mindre"
TAKEN_FOR_EACH_OTHER = ("17", "38", "56", "06", "08")
"""Digits that a scan takes for each other."""


def misread_digits(table: ReadTable) -> None:
    """Asks about a figure that lies far from all others of its row, which are alike, and among them
    with its first digit read as one that looks like it: three others at least, or a sum that does
    not hold."""
    broken = {(i, c) for one in arithmetic.sums(table) for i in one.parts for c in one.broken}
    for index, line in enumerate(table.lines):
        known = [
            (f, number)
            for f in line.figures.values()
            if (number := f.number) and f.column.scenario not in ("deviation", "change")
        ]
        for figure, number in known:
            others = [abs(n.value) for f, n in known if f is not figure]
            least = 2 if (index, figure.column.index) in broken else 3
            is_series = len({bare_head(f.column) for f, _ in known}) == 1
            if len(others) < 2 or not number.value or max(others) > ALIKE * min(others):
                continue
            if is_series and abs(number.value) > FAR * max(others):
                ask_unproven(table, line, figure, FAR_OFF)
            if len(others) < least:
                continue
            has_lost = table.is_scanned and abs(number.value) * FAR < min(others)
            if len(others) > 2 and has_lost:
                # Pictures are read several times; of a text a digit may be lost.
                ask_unproven(table, line, figure, FAR_OFF)
            first = next(c for c in str(abs(number.value)) if c not in "0.")
            for pair in TAKEN_FOR_EACH_OTHER:
                if first not in pair:
                    continue
                other = pair.replace(first, "")
                mended = abs(Decimal(str(number.value).replace(first, other, 1)))
                is_apart = not min(others) / 3 < abs(number.value) < 3 * max(others)
                if is_apart and min(others) / ALIKE < mended < max(others) * ALIKE:
                    ask_unproven(table, line, figure, FAR_OFF)


def bare_head(column: Column) -> tuple[str, str | None]:
    """What a head says besides its year."""
    return heads.YEAR.sub("", column.head.text), column.scenario


FAR = 6
"""How many times as large as a figure of their row are three that are alike, at most."""
ALIKE = Decimal("1.5")
"""How many times as large as another a figure may be that is like it."""
FEWEST_SIGNED = 5


def false_operators(table: ReadTable) -> None:
    """Asks about targets that lie far above all outcomes of their row, and among them without the
    digit before them: a scan makes one of *at least*."""
    for line in table.lines:
        outcomes = [
            abs(f.number.value)
            for f in line.figures.values()
            if f.number and f.column.scenario == "outcome"
        ]
        for figure in line.figures.values():
            number, text = figure.number, figure.cell.text
            if not number or figure.column.scenario != "target" or not LIKE_AT_LEAST.match(text):
                continue
            without = numbers.read(text[1:], {})
            if (
                isinstance(without, Number)
                and outcomes
                and number.value > FAR * max(outcomes) / 2
                and min(outcomes) / 2 < without.value < 2 * max(outcomes)
            ):
                figure.options = (number, replace(without, operator=">="))
                ask(line, figure, "Tecknet ≥ kan ha lästs som en siffra")


LIKE_AT_LEAST = re.compile(r"2 ?\d")


def commas_that_add_up(table: ReadTable) -> None:
    """Takes a whole number of a row with decimals for one that lost its comma, where its row and
    column do not add up with it and do with the comma."""
    relations, columns = arithmetic.relations(table), table.number_columns
    for line, figure in table.figures():
        number = figure.number
        beside = [n.decimals for f in line.figures.values() if (n := f.number) and f is not figure]
        least = min((decimals for decimals in beside if decimals), default=0)
        if not number or number.decimals or not number.value or not least or figure.cell.exact:
            continue
        if support(table, line, figure, relations, columns) >= 0:
            continue
        shorter = replace(number, value=number.value.scaleb(-least), decimals=least)
        figure.reading, figure.how_read = shorter, "corrected"
        if support(table, line, figure, relations, columns) <= 0:
            figure.reading, figure.how_read = number, "direct"


def lost_commas(table: ReadTable) -> None:
    """Asks about whole numbers that are some ten times as large as all others of their row, which
    have decimals."""
    whole, parted = whole_and_parted(table)
    for line in table.lines:
        known = [(f, f.number) for f in line.figures.values() if f.number]
        if len({number.unit_of_measure for _, number in known}) > 1:
            known = [(f, n) for f, n in known if not n.unit_of_measure]
        for figure, number in known:
            apart = parted if figure.column.index in whole else set()
            others = [n for f, n in known if n.decimals and n.value and f.column.index not in apart]
            decimals = [n.decimals for n in others]
            if number.decimals or number.value < 10 or len(others) * 3 < len(known):
                continue
            middle = sorted(abs(n.value) for n in others)[len(others) // 2]
            shorter = number.value.scaleb(-min(decimals))
            if number.value > 5 * middle and middle / 4 < shorter < 4 * middle:
                figure.options = (number, replace(number, value=shorter, decimals=min(decimals)))
                ask(line, figure, "Ett decimalkomma kan ha fallit bort")
    for index in parted:
        column = [(line, f) for line in table.lines if (f := line.figures.get(index)) and f.number]
        decimals = [n.decimals for _, f in column if (n := f.number) and n.decimals]
        largest = max(abs(n.value) for _, f in column if (n := f.number) and n.decimals)
        for line, figure in column:
            number = figure.number
            beside = [abs(n.value) for f in line.figures.values() if (n := f.number) and n.decimals]
            # A row of whole numbers is of something else than the others.
            is_apart = beside and not any(n / 2 < abs(number.value) < 2 * n for n in beside)
            if not number.decimals and abs(number.value) > max(9, 2 * largest) and is_apart:
                shorter = number.value.scaleb(-min(decimals))
                figure.options = (number, replace(number, value=shorter, decimals=min(decimals)))
                ask_unproven(table, line, figure, "Ett decimalkomma kan ha fallit bort")


def whole_and_parted(table: ReadTable) -> tuple[set[int], set[int]]:
    """The columns of several figures of which none has decimals, and those of which all have but
    one at most: no scan loses all commas of a column."""
    whole, parted = set(), set()
    for column in table.number_columns:
        figures = [f for line in table.lines if (f := line.figures.get(column.index))]
        decimals = [bool(n.decimals) for f in figures if (n := f.number) and n.value]
        if len(decimals) >= FEWEST_PARTS and not any(decimals):
            whole.add(column.index)
        elif len(decimals) >= FEWEST_PARTS and decimals.count(False) < 2:
            parted.add(column.index)
    return whole, parted


def fewer_decimals(table: ReadTable) -> None:
    """Asks about figures with fewer decimals than nearly all others of their table: a comma may be
    lost, or taken for a digit."""
    usual = usual_decimals(table)
    relations, columns = arithmetic.relations(table), table.number_columns
    whole, _ = whole_and_parted(table)
    for line, figure in table.figures() if usual else ():
        number = figure.number
        if not number or not number.value or number.decimals >= (usual or 0):
            continue
        if figure.column.index in whole:
            continue
        beside = [n.value for f in line.figures.values() if (n := f.number) and n.decimals]
        is_alike = any(number.value / 2 < value < 2 * number.value for value in map(abs, beside))
        if not is_alike and support(table, line, figure, relations, columns) < 1:
            ask(line, figure, "Ett decimalkomma kan ha fallit bort")


LIKE_PER_CENT = re.compile(
    r"\((?:[279]|2[60])\)$|(?<=, )(?:(?![AÅÄ]r$)[A-ZÅÄÖ]\w?|[^\w%]{1,2}|2\d)$|,(?: \W)?$"
)
"""What may be a per cent sign at the end of a scanned label, and may be a footnote's number."""


def percent_of_labels(table: ReadTable) -> None:
    """Says per cent of rows whose label ends with what a scan makes of its sign, where no figure is
    above a hundred; asks where it may be something else."""
    for line in table.lines:
        values = [abs(f.number.value) for f in line.figures.values() if f.number]
        is_of_gender = line.gender is not None and heads.gender_word(line.label) is not None
        label = line.group if is_of_gender else line.label
        is_too_large = not values or (max(values) > 100 and not is_of_gender)
        if is_too_large or line.unit_of_measure:
            continue
        if linehead.PER_CENT.search(label):
            line.unit_of_measure = "percent"
        elif LIKE_PER_CENT.search(label) and not heads.unit_in(label, inferred=True):
            for figure in line.figures.values():
                ask(line, figure, "Radens enhet kan vara procent")


def undated(table: ReadTable) -> list[Column]:
    """The columns of outcomes that print no year, where more of them do: a scan loses a line of a
    head."""
    outcomes = [c for c in table.number_columns if c.scenario == "outcome"]
    without = [c for c in outcomes if not c.head.years and c.head.year_offset is None]
    # How much of a budget is used is of the year of the report, and a part of its total's.
    known = [
        c
        for c in without
        if re.search(r"\b(?:ack|total)", c.head.text, re.IGNORECASE)
        or ("%" in c.head.text and heads.USED.search(c.head.text))
        or is_part_of_one(c, table.number_columns)
    ]
    dated = len(outcomes) - len(without)
    return [c for c in without if c not in known] if dated > len(without) else []


def is_part_of_one(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column is of a part of the last one before it that is of no part, and that has its
    year."""
    before = [c for c in columns[: columns.index(column)] if not VARAV.match(c.head.text)]
    is_dated = bool(before and before[-1].head.years)
    is_part = is_dated and bool(VARAV.match(column.head.text))
    return is_part and before[-1].fiscal_year == column.fiscal_year


def longer_decimals(table: ReadTable) -> None:
    """Asks about a figure of a picture with a decimal more than all others of its row, two at
    least, which have as many as each other, and than all others of its column: a sign beside it may
    be read as a digit."""
    for line in table.lines if table.place.startswith("page") else ():
        known = [(f, n) for f in line.figures.values() if (n := f.number) and n.value]
        for figure, number in known:
            beside = {n.decimals for f, n in known if f is not figure}
            index = figure.column.index
            below = [
                f.number for o in table.lines if (f := o.figures.get(index)) is not figure and f
            ]
            is_lone = all(n.decimals < number.decimals for n in below if n)
            if len(known) > 2 and beside == {number.decimals - 1} != {0} and is_lone:
                ask(line, figure, "Talet har fler decimaler än de andra i raden")


def lone_decimals(table: ReadTable) -> None:
    """Asks about a small figure with decimals where no other of its row or column has any: a space
    between thousands may be read as a point, or, where the row was cut by its digits, cells of
    others be here."""
    for line in table.lines:
        known = [(f, f.number) for f in line.figures.values() if f.number]
        for figure, number in known:
            index = figure.column.index
            below = [o.figures[index].number for o in table.lines if index in o.figures]
            others = [*(n for f, n in known if f is not figure), *(n for n in below if n)]
            others = [n for n in others if n.unit_of_measure == number.unit_of_measure]
            middle = (
                sorted(abs(n.value) for n in others)[len(others) // 2] if others else Decimal(0)
            )
            is_lone = number.decimals and sum(bool(n.decimals) for n in others) == 1
            if is_lone and len(others) > 3 and abs(number.value) * 5 < middle:
                grouped = [f for f, _ in known if f.how_read == "grouped"]
                for one in (figure, *grouped):
                    ask(line, one, "Ett tal med decimal står där inga andra har någon")


def ask_unproven(table: ReadTable, line: Line, figure: Figure, why: str) -> None:
    """Puts a figure in question that nothing proves."""
    if not is_proven(table, line, figure):
        ask(line, figure, why)


def ask(line: Line, figure: Figure, why: str) -> None:
    """Puts a figure in question."""
    if figure.question:
        return
    what = " / ".join(p for p in (line.group, line.label, figure.column.head.text) if p)
    figure.question = Question(
        figure.cell.place,
        figure.cell.text,
        f"{what}: {why[0].lower()}{why[1:]}. Vilket tal står här?",
        tuple(swedish(n) for n in figure.options),
    )

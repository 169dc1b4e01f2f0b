"""What the columns of a head say: years, units of measure, titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bokslut.transcription.reading import heads, numbers, words
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.rows import Relation
from bokslut.transcription.reading.stream import Cell, Paragraph, Row, Table
from bokslut.transcription.reading.tables.segments import kind_of, spread
from bokslut.transcription.reading.tables.table import (
    A_YEAR,
    Column,
    Marks,
    ReadTable,
    without_year,
)


def columns_of(head: list[Row], grid: list[dict[int, Cell]], marks: Marks) -> list[Column]:
    """The columns by what stands in them and in their heads."""
    used = sorted({c for row in grid for c in row} | {c for row in head for c in spread(row)})
    texts: dict[int, list[str]] = {c: [] for c in used}
    above: dict[int, str] = {}
    # The head of the labels may stand on a line of its own, half way between the others; so may
    # that of the notes.
    by_itself = [
        row
        for number, row in enumerate(head)
        if (len(head) > 1 and set(spread(row)) == {used[0]})
        or (0 < number < len(head) - 1 and is_between(row, head[number - 1], head[number + 1]))
    ]
    for column, text in (pair for row in by_itself for pair in spread(row).items()):
        texts[column].append(text)
    head = joined_heads([row for row in head if row not in by_itself])
    for number, row in enumerate(head):
        said = spread(row)
        # What stands next below a text, in the next row or, where a head has fewer lines, further.
        under = {
            c: text for below in reversed(head[number + 1 :]) for c, text in spread(below).items()
        }
        wide = {
            c
            for cell in row.cells
            if cell.span > 1
            for c in range(cell.column, cell.column + cell.span)
        }
        # What is merged says itself where it ends.
        merged = frozenset(wide)
        named = repeated_groups(said, under, used)
        if merged:
            named = as_often(named, under, {*range(max(merged) + 1), *said})
        if named:
            said |= named
            wide |= set(named)
        for column in used[1:] if not named else ():
            # Income, cost and net are of one year, whichever of them its head stands over.
            trio = [column, column + 1, column + 2]
            own = {said[c] for c in trio if c in said}
            if [heads.read(under.get(c, "")).scenario for c in trio] == TRIO and (
                len(own) == 1 and said.get(column + 2)
            ):
                said |= dict.fromkeys(trio, said[column + 2])
                wide |= set(trio)
        for column in used[1:] if not named else ():
            # What stands above several heads without being merged stands above the first of them,
            # or above the last where the first is beside the labels.
            beside = column - 1 if said.get(column - 1) and column - 1 > used[0] else column + 1
            if is_like(under, column, column + 1) and not is_like(under, column, column - 1):
                beside = column + 1
            if is_unit(under.get(column, "")) and is_unit(under.get(column + 1, "")):
                # A difference in two units of measure is called that over the last of them.
                beside = column + 1
            is_other = under.get(column) != under.get(beside)
            is_bare = column not in said and not texts[column] and bool(under.get(column))
            # A word of heads alone is the first line of its own head, if no years are below it.
            both = [under.get(column, ""), under.get(beside, "")]
            # A year below a word of heads is of that word, and words with a year are whole.
            is_whole = heads.is_known(said.get(beside, "")) and numbers.is_year(both[1])
            is_whole = is_whole and heads.read(both[0]).scenario is not None
            is_over = bool(said.get(beside)) and beside not in merged
            is_over = is_over and (
                (all(map(heads.years_of, both)) and not is_whole)
                or all(map(heads.gender_in, both))
                or all(map(is_unit, both))
                or is_like(under, column, beside)
                or not heads.is_known(said[beside])
            )
            if is_other and is_bare and is_over and under.get(beside):
                said[column] = said[beside]
                wide |= {beside, column}
        for column, text in said.items():
            if text not in texts[column]:
                texts[column].append(text)
            bare = numbers.without_years(text)
            if column in wide and bare and heads.read(bare).role == "unknown":
                # A scenario or a year over several columns names no one.
                above[column] = bare
    for before, column in pairwise(used):
        # A year alone behind one with words is of them: `Sjukfrånvaro % 2024` and `2025`.
        one, year = heads.read(" ".join(texts[before])), " ".join(texts[column])
        is_level = one.unit_of_measure and one.scenario in (None, "outcome")
        if is_level and len(one.years) == 1 and numbers.is_year(year):
            texts[column] = [one.text.replace(str(one.years[0]), year)]
    columns = []
    is_leading = True
    for index in used:
        kinds = Counter(kind_of(row.get(index), marks) for row in grid)
        says = heads.read(" ".join(texts[index]))
        figures = kinds["number"] + kinds["mark"] + kinds["doubtful"] + kinds["year"]
        described = bool(columns) and says.role in ("note", "unit", "text", "status")
        years_only = kinds["year"] == figures and not columns
        if is_leading and not described and (kinds["word"] >= figures or years_only):
            kind = "label"
        elif (
            says.role == "unknown"
            and kinds["year"] == figures
            and (
                kinds["word"] or figures >= FEWEST_YEARS or (figures and YEAR_OF.search(says.text))
            )
        ):
            kind = "text"
        elif not figures and not kinds["word"]:
            kind = "number" if says.role == "number" else "text"
        elif says.role in ("note", "unit", "text", "status") and not (
            says.role in ("status", "unit") and figures - kinds["mark"] > kinds["word"]
        ):
            kind = says.role
        elif kinds["word"] > figures:
            kind = "text" if says.role != "number" else "status"
        else:
            kind = "number"
        if kind != "label":
            is_leading = False
        columns.append(
            Column(
                index,
                says,
                kind,
                "outcome" if says.scenario == "comparison" else says.scenario,
                None,
                says.unit_of_measure,
                says.gender,
                entity=says.text
                if says.scenario == "comparison"
                else of_whom(above.get(index, "")),
            )
        )
    set_described_apart(columns, grid)
    identify(columns, grid, marks)
    if "income" not in {c.scenario for c in columns}:
        # Without an income beside it, what something costs is all that there is of it.
        is_net = any(
            c.kind == "number" and c.scenario in (None, "outcome") and not c.head.years
            for c in columns
        )
        for column in columns:
            if column.scenario == "cost" and (SPENT.search(column.head.text) or not is_net):
                column.scenario = "budget" if DECIDED.search(column.head.text) else "outcome"
    for column in columns:
        if DECISIONS.search(column.head.text) and "outcome" not in {c.scenario for c in columns}:
            # Beside what was spent a decision is a budget; beside what came in it is counted.
            column.scenario = None
        if (
            column.gender is None
            and MEN.search(column.head.text)
            and any(c.gender == "women" or WOMEN.search(c.head.text) for c in columns)
        ):
            column.gender = "men"
        elif (
            column.gender is None
            and WOMEN.search(column.head.text)
            and any(MEN.search(c.head.text) for c in columns)
        ):
            column.gender = "women"
    return columns


DECISIONS = re.compile(r"\bbeslut\b", re.IGNORECASE)
SPENT = re.compile(r"\butgift", re.IGNORECASE)
DECIDED = re.compile(r"\b(?:besluta|bevilja|anvisa)", re.IGNORECASE)
TRIO = ["income", "cost", "outcome"]
MONTHS = re.compile(
    r"(?:jan|feb|mars|april?|maj|juni|juli|aug|sept|okt|nov|dec|delår|tertial|kvartal)",
    re.IGNORECASE,
)


def is_like(under: dict[int, str], one: int, other: int) -> bool:
    """Whether the heads of two columns are months or parts of a year, both of them."""
    return all(MONTHS.match(under.get(column, "")) for column in (one, other))


WOMEN, MEN = re.compile(r"(?:^|\s)K$"), re.compile(r"(?:^|\s)M$")
"""Women and men by their first letters, which mean that beside each other."""


def is_between(row: Row, above: Row, below: Row) -> bool:
    """Whether a row of a head has one text, and its neighbours none in that column."""
    own = set(spread(row))
    return len(own) == 1 and not own & (set(spread(above)) | set(spread(below)))


YEAR_OF = re.compile(r"år\b|klar|färdig|start|slut", re.IGNORECASE)
"""A head of years in which something is done: *Slutår*, *Klart*."""
FEWEST_YEARS = 3
"""How many cells at least make a column of nothing but years one of years, whatever its head."""


def joined_heads(head: Sequence[Row]) -> list[Row]:
    """The rows of a head, those that hold only the first line of one head put to the row below."""
    made: list[Row] = []
    for row in reversed(head):
        filled = [cell for cell in row.cells if cell.text]
        below = spread(made[-1]) if made else {}
        first = filled[0] if len(filled) == 1 else None
        if first is None or first.column not in below or not heads.is_known(first.text):
            made.append(row)
            continue
        made[-1] = replace(
            made[-1],
            cells=tuple(
                replace(c, text=f"{first.text} {c.text}") if c.column == first.column else c
                for c in made[-1].cells
            ),
        )
    return made[::-1]


def repeated_groups(said: dict[int, str], below: dict[int, str], used: list[int]) -> dict[int, str]:
    """The heads above names that come again (`Kvinnor Män Kvinnor Män`), over each time they come.

    Empty where the names do not come as many times as there are heads above them.
    """
    behind = [column for column in sorted(said) if column > used[0]]
    places = [c for c in behind if said.get(c - 1) != said[c] or c - 1 == used[0]]
    above = [said[column] for column in places]
    columns = [c for c in used[1:] if below.get(c)]
    groups: list[list[int]] = []
    for column in columns:
        if not groups or name_of(below[column]) in {name_of(below[c]) for c in groups[-1]}:
            groups.append([])
        groups[-1].append(column)
    if len(above) < 2 or len(groups) != len(above):
        return over_groups(said, below, groups)
    if all(map(numbers.is_year, above)) and (aligned := by_side(places, columns, below)):
        return {c: text for text, group in zip(above, aligned, strict=True) for c in group}
    names = [[name_of(below[c]) for c in group] for group in groups]
    least = min(map(len, names))
    alike_names = least > 1 and all(group[:least] == names[0][:least] for group in names)
    stands_over = all(c in group for c, group in zip(places, groups, strict=True))
    if not alike_names and not (stands_over and all(map(numbers.is_year, above))):
        return over_groups(said, below, groups)
    return {c: text for text, group in zip(above, groups, strict=True) for c in group}


def as_often(named: dict[int, str], below: dict[int, str], merged: set[int]) -> dict[int, str]:
    """Of columns below heads those that are merged, and the others whose names come again as they
    do below the first head."""
    groups = {text: [c for c in sorted(named) if named[c] == text] for text in named.values()}
    names = {text: [name_of(below[c]) for c in group] for text, group in groups.items()}
    first = next(iter(names.values()), [])
    return {
        c: text
        for text, group in groups.items()
        for n, c in enumerate(group, 1)
        if c in merged or names[text][:n] == first[:n]
    }


def by_side(
    places: Sequence[int], columns: Sequence[int], below: dict[int, str]
) -> list[list[int]] | None:
    """The groups of columns that heads stand over the last of, or else over the first of, if no
    name comes twice in a group; None where both are possible or neither."""
    found = []
    for ends in (True, False):
        groups = [
            [c for c in columns if (last < c <= at if ends else at <= c < last)]
            for at, last in zip(
                places,
                [0, *places[:-1]] if ends else [*places[1:], max(columns) + 1],
                strict=True,
            )
        ]
        names = [[name_of(below[c]) for c in group] for group in groups]
        is_whole = sum(map(len, groups)) == len(columns)
        if is_whole and all(len(set(own)) == len(own) for own in names):
            found.append(groups)
    return found[0] if len(found) == 1 else None


def over_groups(
    said: dict[int, str], below: dict[int, str], groups: Sequence[Sequence[int]]
) -> dict[int, str]:
    """The heads that stand anywhere over a group of names, over the whole of it, where the other
    columns have a head each; empty where the groups are not of the same names, or of genders."""
    # What stands behind names that come again, before they come once more, is of no group.
    first = len(groups[0]) if groups else 0
    groups = [part for group in groups for part in (group[:first], group[first:]) if part]
    texts = [list(dict.fromkeys(said[c] for c in group if c in said)) for group in groups]
    pairs = list(zip(groups, texts, strict=True))
    shared = [(group, own[0]) for group, own in pairs if len(group) > 1 and len(own) == 1]
    names = {tuple(name_of(below[c]) for c in group) for group, _ in shared}
    genders = {heads.gender_word(name) for group in names for name in group}
    is_sure = len(shared) > 1 or {"women", "men"} <= genders
    rest = all(len(own) in (1, len(group)) for group, own in pairs)
    if len(names) != 1 or not is_sure or not rest:
        return {}
    return {c: text for group, text in shared for c in group}


def name_of(text: str) -> str:
    """A head in normal form, without the single letters that a scan makes of lines."""
    return " ".join(word for word in normal(text).split() if len(word) > 1) or normal(text)


def of_whom(text: str) -> str:
    """The head over a group of columns where it names somebody; empty where it says year, scenario
    or gender."""
    said = re.findall(r"[^\W_]+", text)
    genders = words.mapping("genders")
    names = [
        w
        for w in said
        if not numbers.is_year(w) and normal(w) not in genders and not heads.gender_word(w)
    ]
    return text if names and not all(map(heads.is_known, names)) else ""


def set_described_apart(columns: Sequence[Column], grid: Sequence[dict[int, Cell]]) -> None:
    """Of two leading columns of words the first alone is of labels, where it says something else in
    each row and the second comes again: it describes them."""
    labels = [column for column in columns if column.kind == "label"]
    if len(labels) != 2:
        return
    first, second = (
        [cell.text for row in grid if (cell := row.get(column.index)) and cell.text]
        for column in labels
    )
    if len(set(first)) == len(first) == len(grid) > len(set(second)):
        labels[1].kind = "text"


def identify(columns: list[Column], grid: list[dict[int, Cell]], marks: Marks) -> None:
    """A leading column of numbers before one of words is an id (of an account, a project)."""
    if not columns or columns[0].kind == "label":
        return
    first_words = next((i for i, c in enumerate(columns) if c.kind in ("text", "status")), None)
    if first_words is None or first_words > 2:
        return
    if columns[first_words].head.role not in ("unknown", "number") or columns[0].head.role not in (
        "unknown",
        "note",
    ):
        return
    for column in columns[:first_words]:
        column.kind = "text"
    columns[first_words].kind = "label"


def title_of(
    table: Table, rows: list[Row], above: Sequence[Paragraph], columns: Sequence[Column]
) -> str:
    """What a table is called: rows above its head, the line before it, its sheet, or the head of
    its labels."""
    inside = " ".join(cell.text for row in rows for cell in row.cells if cell.text)
    before = ""
    for paragraph in reversed(above):
        if is_title(paragraph.text):
            before = paragraph.text.strip()
        if before or is_running_text(paragraph.text):
            break
    labels = " ".join(c.head.text for c in columns if c.kind == "label" and c.head.text)
    if heads.unit_in(labels):
        return inside or before or labels
    return inside or before or table.title or labels


def is_running_text(text: str) -> bool:
    """Whether a paragraph is of sentences, so that what stands above it is no name of what is
    below."""
    return len(text) > 120 or (text.rstrip().endswith(".") and len(text.split()) > 4)


def unit_above(above: Sequence[Paragraph]) -> str | None:
    """The unit of measure that the lines right above a table name, down from its name."""
    is_named = False
    for paragraph in reversed(above):
        text = paragraph.text.strip()
        if is_title(text) and not is_named:
            # A line of units of measure alone may stand above the name, too.
            if heads.unit_in(text, inferred=True):
                return heads.unit_in(text)
            is_named = True
            continue
        is_sentence = len(text) > 120 or (
            is_named and text.endswith(".") and not OF_AMOUNTS.search(text)
        )
        if is_title(text) or is_sentence or re.search(r"\d", heads.YEAR.sub("", text)):
            # A sentence with figures says their unit of measure and not the table's.
            return None
        if unit := heads.unit_in(text):
            return unit
    return None


def unit_of_note(text: str) -> str | None:
    """The unit of measure that a note right below a table says its amounts are in; a note with a
    figure says that of the figure."""
    note = NOTE.match(text.strip())
    has_figure = note and re.search(r"\d", THOUSAND.sub("", heads.YEAR.sub("", note[0])))
    return heads.unit_in(note[0]) if note and not has_figure else None


THOUSAND = re.compile(r"\b1\s?000\b")
NOTE = re.compile(r"(?:alla |samtliga )?belopp(?:en)? [^.;]*", re.IGNORECASE)
OF_AMOUNTS = re.compile(r"\bbelopp(?:en)?\b.*\b(?:i|anges|redovisas)\b", re.IGNORECASE)
"""How a sentence begins that says in which unit of measure the amounts of a table are."""
OF_ALL = re.compile(r"^(?!.*\btabell).*\b(?:alla|samtliga) belopp\b", re.IGNORECASE)
"""Words for all amounts of a document, and not of one table."""


def unit_of_all(paragraphs: Sequence[Paragraph]) -> str | None:
    """The unit of measure in which a document says that all its amounts are."""
    said = {
        heads.unit_in(p.text) for p in paragraphs if len(p.text) < 200 and OF_ALL.search(p.text)
    }
    return said.pop() if len(said) == 1 else None


def unit_of_labels(columns: Sequence[Column]) -> str | None:
    """The unit of measure that the heads of the labels name, as in `Verksamhet (tkr)`."""
    return next(
        (c.unit_of_measure for c in columns if c.kind == "label" and c.unit_of_measure), None
    )


NOT_A_NAME = re.compile(r"\b(belopp|alla|i|anges|redovisas|om|inte|annat|siffror)\b")


def is_title(text: str) -> bool:
    """Whether a paragraph can be a table's name: short, no sentence, more than a unit of
    measure."""
    text = text.strip()
    if not text or is_running_text(text):
        return False
    rest = heads.without_units(NOT_A_NAME.sub("", text.lower()))
    return any(c.isalpha() for c in rest)


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure and no more."""
    return heads.unit_in(text) is not None and not any(
        map(str.isalpha, heads.without_units(text.lower()))
    )


FROM_YEAR = re.compile(
    r"\b(?:mot|jmf|sedan|fr.{1,2}n|j.{1,2}mf.{1,2}rt med)(?: med)? (?:19|20)\d\d"
    r"(?:,? ?\(?%\)?)?$",
    re.IGNORECASE,
)
"""*Förändring mot 2021*: the year that a difference is from."""


def settle_columns(table: ReadTable, report_year: int) -> None:
    """Gives each column of figures its year and scenario."""
    foretell(table)
    titled = heads.years_of(COHORT.sub("", table.title))
    year = titled[0] if len(set(titled)) == 1 and abs(titled[0] - report_year) < 10 else report_year
    of_group = years_of_genders(table.number_columns)
    for column in table.number_columns:
        says = column.head
        if column.index in of_group:
            column.fiscal_year = of_group[column.index]
        elif says.scenario in ("change", "deviation") and FROM_YEAR.search(says.text):
            column.fiscal_year = year
        elif says.years:
            column.fiscal_year = (
                max(says.years) if says.scenario in ("change", "deviation") else says.years[-1]
            )
        elif says.year_offset is not None:
            column.fiscal_year = report_year + says.year_offset
        else:
            column.fiscal_year = column.fiscal_year or year
        is_to_come = column.fiscal_year > report_year
        to_come = "budget" if heads.read(table.title).scenario == "budget" else "forecast"
        column.scenario = column.scenario or (to_come if is_to_come else "outcome")
    outcomes = {c.fiscal_year for c in table.number_columns if c.scenario == "outcome"}
    budgets = {c.fiscal_year for c in table.number_columns if c.scenario == "budget"}
    for column in table.number_columns:
        # *Skillnad* beside one year's plan and outcome is from the plan.
        is_bare = column.scenario == "change" and not column.head.years
        if is_bare and outcomes == budgets == {column.fiscal_year}:
            column.scenario = "deviation"
    # A difference is in the unit of measure of the amounts that it is between.
    named = {
        column.unit_of_measure
        for column in table.number_columns
        if column.scenario in ("deviation", "change")
    } - {None, "percent", "percentage_points"}
    if len(named) == 1 and {c.unit_of_measure for c in table.number_columns} <= (
        named | {None, "percent", "percentage_points"}
    ):
        table.unit_of_measure = table.unit_of_measure or next(iter(named))


def foretell(table: ReadTable) -> None:
    """Makes forecasts of the columns, or of the rows, of months in a table that is titled so, and
    deviations of what such a table of deviations has at the end of the year."""
    said = heads.read(table.title).scenario
    if said not in ("forecast", "forecast_deviation"):
        return
    labels = [line.label for line in table.lines if line.label]
    are_rows = bool(labels) and all(map(heads.PART_OF_YEAR.search, labels))
    told = [
        c
        for c in table.number_columns
        if not c.head.scenario
        and not c.head.years
        and (are_rows or heads.PART_OF_YEAR.search(c.head.text))
    ]
    for column in told:
        column.scenario = said
    for column in table.number_columns if told and said == "forecast_deviation" else ():
        column.scenario = "deviation" if column.head.scenario == "outcome" else column.scenario


COHORT = re.compile(
    r"\b(?:b.{1,2}rjade?|startade?|anta(?:gna|gits|gs)|f.{1,2}dda)(?: \w+){0,2}? (?:19|20)\d\d",
    re.IGNORECASE,
)
"""The year that those whom a table is of began in, which is not its year."""


def date_rows(table: ReadTable) -> None:
    """Gives rows that their years alone tell apart those years, where no head has one."""
    if any(column.head.years for column in table.number_columns):
        return
    again = Counter(normal(without_year(line.label)) for line in table.lines)
    for line in table.lines:
        bare = without_year(line.label)
        if bare not in ("", line.label) and again[normal(bare)] > 1:
            line.fiscal_year = int(A_YEAR.findall(line.label)[0])


def date_budgets(table: ReadTable) -> None:
    """Gives the only budget of a table the year of a deviation that nearly all rows have from it
    and an outcome of that year, or a deviation that of both: a year may stand over the middle of
    its columns."""
    columns = table.number_columns
    budgets = [i for i, c in enumerate(columns) if c.scenario == "budget"]
    outcomes = [i for i, c in enumerate(columns) if c.scenario == "outcome"]
    values = [
        [f.number if (f := line.figures.get(c.index)) else None for c in columns]
        for line in table.lines
    ]
    for position, column in enumerate(columns):
        if column.scenario != "deviation" or len(budgets) != 1:
            continue
        (budget,) = budgets
        held = [i for i in outcomes if holds(position, i, budget, values)]
        years = {columns[i].fiscal_year for i in held}
        if column.fiscal_year in years:
            columns[budget].fiscal_year = column.fiscal_year
        elif years == {columns[budget].fiscal_year}:
            # It stands between two years.
            column.fiscal_year = columns[budget].fiscal_year


def holds(
    position: int, outcome: int, budget: int, values: Sequence[Sequence[numbers.Number | None]]
) -> bool:
    """Whether a column is the difference between two others in nearly all rows."""
    relation = Relation(position, ((outcome, 1), (budget, -1)), True, "deviation")
    checks = [relation.check(row) for row in values if row[position]]
    held, broken = checks.count(True), checks.count(False)
    return held >= FEWEST_HELD and 4 * broken < held


FEWEST_HELD = 4
"""So many rows do not add up by chance."""


VARAV = re.compile(r"(?:varav|d.{1,2}rav)\b", re.IGNORECASE)


def years_of_genders(columns: Sequence[Column]) -> dict[int, int]:
    """The years of women's and men's columns that print none, where the totals behind them print
    different ones."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    years = []
    before: int | None = None
    for column in columns:
        if before and VARAV.match(column.head.text) and not column.head.years:
            # A part is of the total that stands before it.
            found[column.index] = before
            continue
        before = column.head.years[-1] if column.head.years else None
        if column.gender in ("women", "men"):
            waiting.append(column.index)
            if column.head.years:
                return {}
        elif column.head.years and column.gender == "total":
            years.append(column.head.years[-1])
            found |= dict.fromkeys(waiting, years[-1])
            waiting = []
    return found if len(set(years)) == len(years) > 1 and not waiting else {}

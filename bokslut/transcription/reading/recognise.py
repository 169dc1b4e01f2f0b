"""Which printed table of a template a table is, and which of its columns each column is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from bokslut.transcription.reading import arithmetic, heads, words
from bokslut.transcription.reading.labels import normal, scanned
from bokslut.transcription.reading.tables.table import Column, ReadTable, total
from bokslut.transcription.reading.template import Template, TemplateColumn

NAMED = 3.0
"""What a table's name in its title counts; each column that fits counts 1, each known row 0.5."""


def blocks(template: Template) -> list[tuple[TemplateColumn, ...]]:
    """The columns of figures of each printed table that stand side by side: of one measure, or all.

    Those that the template numbers go first.
    """
    if "blocks" in template.cache:
        return template.cache["blocks"]
    found = template.cache.setdefault("blocks", [])
    for table, columns in template.columns.items():
        if table == "pastaenden":
            continue
        groups: dict[str, list[TemplateColumn]] = {}
        for column in columns:
            if column.content == "number":
                groups.setdefault(column.measure_code, []).append(column)
        found += [tuple(group) for group in groups.values()]
        if len(groups) > 1:
            found.append(tuple(column for group in groups.values() for column in group))
    return found


def of_every_report(block: Sequence[TemplateColumn]) -> tuple[TemplateColumn, ...]:
    """The columns of a block that every report of the template prints."""
    return tuple(c for c in block if c.is_printed)


def recognise(table: ReadTable, template: Template, report_year: int) -> None:
    """Gives a table its name and its columns theirs, where a template has one that fits."""
    printed = table.number_columns
    printed = [c for c in printed if c.head.scenario != "comparison"] or printed
    # How far another year was from its budget has no column of its own in any template.
    printed = [c for c in printed if not is_of_another_year(c, report_year)] or printed
    if table.unit_of_measure in MONEY:
        # Nor have shares among amounts.
        printed = [c for c in printed if c.unit_of_measure != "percent"] or printed
    without_changes = [c for c in printed if c.scenario != "change"] or printed
    best: tuple[float, tuple[TemplateColumn, ...], list[TemplateColumn], Sequence[Column]] = (
        0.0,
        (),
        [],
        [],
    )
    names_projects = is_of_projects(table, template)
    has_kinds = known_rows(table, template, "ekonomi") > 1 + known_rows(table, template, RESULTS)
    has_kinds = has_kinds or is_of_kinds(table)
    one_of_each = without_rivals(printed, table)
    for block in blocks(template):
        if block[0].source_table == PROJECTS and not names_projects:
            # Results have the same columns.
            continue
        if block[0].source_table == RESULTS and has_kinds:
            # What is earned and spent is of all units.
            continue
        has_changes = any(known.scenario == "change" for known in block)
        columns = printed if has_changes else without_changes
        matched = match(columns, block, report_year)
        if not matched and block[0].source_table == RESULTS:
            columns = [c for c in one_of_each if has_changes or c.scenario != "change"]
            matched = match(columns, block, report_year)
        if not matched:
            continue
        score = (
            len(matched)
            - 0.5 * len(set(of_every_report(block)) - set(matched))
            + NAMED * named(table, block[0].source_table)
            + 0.5 * known_rows(table, template, block[0].source_table)
            + likeness(columns, matched, report_year)
        )
        if score > best[0]:
            best = (score, block, matched, columns)
    score, block, matched, columns = best
    if not block:
        return
    name = block[0].source_table
    if (
        named(table, name)
        or known_rows(table, template, name) >= 2
        or (likeness(columns, matched, report_year) > 0.9 and can_be(table, name))
        or (name == RESULTS and names_units(table) and can_be(table, name))
    ):
        table.source_table = name
        for column, known in zip(columns, matched, strict=True):
            column.name = known.name


def is_of_kinds(table: ReadTable) -> bool:
    """Whether a table sums up what is earned and what is spent, so that its rows are no units."""
    sums = [normal(line.label) for line in table.lines if total(line.label)]
    return all(any(word in label for label in sums) for word in ("intakt", "kostnad"))


def without_rivals(columns: list[Column], table: ReadTable) -> list[Column]:
    """Of columns that say the same of year and scenario the one that the deviation is from, and of
    several forecasts the last; all of them where nothing tells."""
    terms = {
        table.number_columns[i].index
        for relation in arithmetic.relations(table)
        if relation.name == "deviation"
        for i, _ in relation.terms
    }

    def is_kept(column: Column) -> bool:
        rivals = [
            c
            for c in columns
            if (c.scenario, c.fiscal_year) == (column.scenario, column.fiscal_year)
        ]
        named = [c for c in rivals if c.index in terms] or (
            rivals[-1:] if column.scenario == "forecast" else rivals
        )
        return column in named

    return [column for column in columns if is_kept(column)]


UNITS = re.compile(r"verksamhet|\benhet|avdelning|f.{1,2}rvaltning|\bomr.{1,2}de\b")


PER_UNIT = re.compile(
    r"^(?!.*invest).*(?:netto|drift|resultat|utfall|budget)[^.]*\bper (?:verksamhet|enhet|"
    r"avdelning|ansvar|f.{1,2}rvaltning|omr.{1,2}de)",
    re.IGNORECASE,
)
"""A title of results by unit: *Nettokostnader per ansvarsområde*."""


def label_heads(table: ReadTable) -> str:
    """What the heads above a table's labels say, in lower case."""
    return " ".join(c.head.text for c in table.columns if c.kind == "label").lower()


def is_beside_budget(table: ReadTable) -> bool:
    """Whether a table has outcomes beside their budget, and a sum of its rows."""
    scenarios = {c.scenario for c in table.number_columns}
    return {"outcome", "budget"} <= scenarios and any(total(line.label) for line in table.lines)


def names_units(table: ReadTable) -> bool:
    """Whether the head of a table's labels, or its title, says that they are units, which have a
    budget."""
    return is_beside_budget(table) and (
        UNITS.search(label_heads(table)) is not None or PER_UNIT.search(table.title) is not None
    )


def is_of_another_year(column: Column, report_year: int) -> bool:
    """Whether a column says how far an earlier year was from its budget."""
    return column.scenario == "deviation" and (column.fiscal_year or report_year) < report_year


OF_MONEY = ("driftsammandrag", "ekonomi", "investeringar", "balansrakning")
"""Tables of amounts of money."""


def can_be(table: ReadTable, name: str) -> bool:
    """Whether a table that no word calls so can be one of a template's: what counts persons or tons
    has no results."""
    unit = table.unit_of_measure or heads.unit_in(table.title, inferred=True)
    years_only = {c.scenario for c in table.number_columns} == {"outcome"}
    is_of_money = unit in MONEY or (unit is None and not years_only)
    if name == INDICATORS:
        # Amounts in years alone are no indicators.
        return table.unit_of_measure not in ("tkr", "mnkr", "mdkr")
    return name not in OF_MONEY or is_of_money


MONEY = ("tkr", "mnkr", "kr", "mdkr")


PROJECTS, RESULTS, INDICATORS = "investeringar", "driftsammandrag", "namndindikatorer"
OF_PROJECTS = ("projekt", "objekt", "investering", "anlaggning")
"""Words, in normal form, of which a table of investments has one in its title or its heads."""


def is_of_projects(table: ReadTable, template: Template) -> bool:
    """Whether the words of a table, or rows that the template knows, say that it is of projects."""
    said = normal(" ".join([table.title, *(c.head.text for c in table.columns)]))
    return any(w in said for w in OF_PROJECTS) or known_rows(table, template, PROJECTS) >= 2


def recognise_headless(table: ReadTable, template: Template, report_year: int) -> bool:
    """Gives a table without a head the columns of the one that its title names, if the figures
    agree.

    Of the blocks of columns of that table the one whose measure the title names best.
    """
    wanted = stems(table.title)
    ways = []
    for block in map(of_every_report, blocks(template)):
        if len(block) != len(table.number_columns) or not named(table, block[0].source_table):
            continue
        measure = template.measures.get(block[0].measure_code, {}).get("measure_name_sv", "")
        ways.append((len(wanted & stems(measure)), -len(ways), block))
    if not ways:
        return False
    block = max(ways, key=lambda way: way[:2])[2]
    before = [(c.head, c.scenario, c.fiscal_year, c.unit_of_measure) for c in table.number_columns]
    for column, known in zip(table.number_columns, block, strict=True):
        year = report_year + (known.year_offset or 0)
        column.head = heads.read(known.label.replace("{year}", str(year)))
        column.scenario, column.fiscal_year, column.name = known.scenario, year, known.name
    if not arithmetic.relations(table):
        for column, (head, scenario, year, unit) in zip(table.number_columns, before, strict=True):
            column.head, column.scenario, column.fiscal_year, column.unit_of_measure = (
                head,
                scenario,
                year,
                unit,
            )
            column.name = ""
        return False
    table.source_table = block[0].source_table
    for _, figure in table.figures():
        figure.how_read = "matched"
    return True


@lru_cache(maxsize=5_000)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text."""
    return frozenset(word[:4] for word in normal(text).split() if len(word) > 3)


def match(
    columns: Sequence[Column], block: Sequence[TemplateColumn], report_year: int
) -> list[TemplateColumn]:
    """For each column the one of a block that says the same, the most alike first; empty where
    some has none."""
    pairs = []
    measures = {known.measure_code for known in block}
    for i, column in enumerate(columns):
        offset = (column.fiscal_year or report_year) - report_year
        head = normal(called(column.head.text).replace("{year}", str(report_year)))
        for j, known in enumerate(block):
            # A head that is the template's own says what the template says of it.
            label = normal(
                known.label.replace("{year}", str(report_year + (known.year_offset or 0)))
            )
            is_the_same = known.scenario == column.scenario and known.year_offset == offset
            # A deviation and the same in per cent are two columns.
            in_percent = column.unit_of_measure == "percent"
            is_other = known.scenario == "deviation" and in_percent != (
                known.unit_of_measure == "percent"
            )
            # What has a measure of its own beside those of the row is called so.
            is_of_row = not known.measure_code or "" not in measures
            is_called = is_of_row or bool(stems(head) & stems(label))
            if (is_the_same and is_called and not is_other) or head == label:
                pairs.append((-fuzz.ratio(head, label), i, j))
    found: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in found and j not in found.values():
            found[i] = j
    return [block[found[i]] for i in sorted(found)] if len(found) == len(columns) else []


def called(head: str) -> str:
    """What a template calls a column that a report has another word for: *årsbudget*."""
    names = {normal(word): label for word, label in words.mapping("column_words").items()}
    return names.get(normal(head), head)


def likeness(columns: Sequence[Column], block: Sequence[TemplateColumn], report_year: int) -> float:
    """How alike the printed heads and a template's are, 0 to 1, their years as printed or not."""
    printed = "".join(sorted(scanned(" ".join(c.head.text for c in columns))))

    def alike(*years: str) -> float:
        labels = (c.label.replace("{year}", y) for c, y in zip(block, years, strict=True))
        return fuzz.ratio(printed, "".join(sorted(scanned(" ".join(labels))))) / 100

    return max(
        alike(*("" for _ in block)),
        alike(*(str(report_year + (c.year_offset or 0)) for c in block)),
    )


@lru_cache(maxsize=10_000)
def name_in(title: str) -> frozenset[str]:
    """The tables that a title names, damaged spellings too."""
    wanted = normal(title)
    tokens = wanted.split()
    found = set()
    for word, table in words.mapping("table_names").items():
        name = normal(word)
        parts = name.split()
        for start in range(len(tokens) - len(parts) + 1):
            piece = " ".join(tokens[start : start + len(parts)])
            if piece == name or (len(name) > 6 and fuzz.ratio(piece, name) >= 86):
                found.add(table)
    return frozenset(found)


def named(table: ReadTable, source_table: str) -> bool:
    """Whether a table's title, or the head of its labels, names a printed table."""
    said = " ".join([table.title, *(c.head.text for c in table.columns if c.kind == "label")])
    return source_table in name_in(said)


def known_rows(table: ReadTable, template: Template, source_table: str) -> int:
    """How many labels of rows the template knows in that table."""
    return sum(
        any(a.source_table == source_table for a in template.aliases_of(label))
        for label in {line.label for line in table.lines if line.label}
    )

"""What a kind of report looks like, as the seeds say: the only place of reading that reads
seeds."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from bokslut.transcription.reading.labels import scanned
from bokslut.transcription.reading.numbers import plain
from bokslut.transcription.reading.stream import NotRead
from bokslut.transcription.reading.words import of_marks

Record = dict[str, str]


@dataclass(frozen=True)
class TemplateColumn:
    """A column of a printed table of a template (`reference_printed_columns`).

    Attributes:
        number: its place; None for a column that the template has from another and does not number.
        is_printed: every report of the template has it, in this place; the template that others are
            based on only says what may be there.
    """

    source_table: str
    name: str
    number: int | None
    label: str
    content: str
    scenario: str
    year_offset: int | None
    unit_of_measure: str | None
    measure_code: str
    is_printed: bool = False


@dataclass(frozen=True)
class Alias:
    """What a printed row label says (`reference_label_aliases`); blank labels hold for all.

    Attributes:
        nearness: how many steps from the template to the one that says it.
    """

    source_table: str = ""
    section_label: str = ""
    group_label: str = ""
    row_label: str = ""
    label_sv: str = ""
    goal_code: str = ""
    measure_code: str = ""
    unit_code: str = ""
    gender: str = ""
    age_group: str = ""
    project_code: str = ""
    asset_class: str = ""
    project_status: str = ""
    unit_of_measure: str = ""
    sign: str = ""
    part_of: str = ""
    total_of: str = ""
    nearness: int = 0

    def holds(self, table: str, section: str, group: str) -> bool:
        """Whether it holds in a table, a section and a group."""
        return (
            self.source_table in ("", table)
            and scanned(self.section_label) in ("", scanned(section))
            and scanned(self.group_label) in ("", scanned(group))
        )

    def order(self) -> tuple[int, int]:
        """The nearer template first, then the more precise."""
        precise = (
            4 * bool(self.source_table) + 2 * bool(self.group_label) + bool(self.section_label)
        )
        return (self.nearness, -precise)


OF_SECTIONS = ("measure_code", "project_status", "sign")
"""What an alias of a section or of a whole table says of its rows."""
OF_ONE_ROW = (
    "row_label",
    "group_label",
    "section_label",
    "label_sv",
    "part_of",
    "total_of",
    "nearness",
)
"""What the alias of a group says of itself and not of the rows below it."""


@dataclass(frozen=True)
class Template:
    """A template with what is known by name in the reports that use it.

    Attributes:
        name: of the template.
        columns: of each printed table, in their order.
        aliases: of printed row labels.
        marks: of missing values in plain form, and their codes; `table_marks` where a table has
            its own.
        units, indicators, goals, measures: names by code.
        indicator_units: units of measure by indicator and unit, where an indicator has several.
        table_names: what each printed table is called, in Swedish.
        reports: the register of documents.
        is_minus_in_parentheses: whether `(614)` is -614.
    """

    name: str
    columns: dict[str, tuple[TemplateColumn, ...]]
    aliases: tuple[Alias, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)
    table_marks: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, Record] = field(default_factory=dict)
    indicators: dict[str, Record] = field(default_factory=dict)
    goals: dict[str, Record] = field(default_factory=dict)
    measures: dict[str, Record] = field(default_factory=dict)
    indicator_units: dict[tuple[str, str], str] = field(default_factory=dict)
    table_names: dict[str, str] = field(default_factory=dict)
    reports: dict[str, Record] = field(default_factory=dict)
    is_minus_in_parentheses: bool = False
    cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def marks_of(self, source_table: str = "") -> dict[str, str]:
        """The marks of missing values that hold in a table."""
        return self.marks | self.table_marks.get(source_table, {})

    def aliases_of(self, label: str) -> list[Alias]:
        """The aliases of a label, as printed or well spelt, however a scan has left it."""
        if "rows" not in self.cache:
            made = self.cache.setdefault("rows", {})
            for alias in self.aliases:
                for spelt in {scanned(alias.row_label), scanned(alias.label_sv or alias.row_label)}:
                    made.setdefault(spelt, []).append(alias)
        return self.cache["rows"].get(scanned(label), [])

    def alias(self, table: str, section: str, group: str, label: str) -> Alias | None:
        """What a printed row says: its own label, its group's, its section's and its table's; None
        for nothing.

        The nearest template goes first, then the most precise alias, as in `int_labels__matched`.
        """

        def best(label: str, group: str) -> Alias | None:
            fitting = [
                a
                for a in self.aliases_of(label)
                if not a.goal_code and a.holds(table, section, group)
            ]
            return min(fitting, key=Alias.order, default=None)

        own = best(label, group) if scanned(label) else None
        of_group = best(group, "") if scanned(group) else None
        of_rows = sorted(
            (
                a
                for a in self.aliases_of("")
                if not a.group_label and a.source_table == table and a.holds(table, section, "")
            ),
            key=lambda a: (a.section_label == "", a.nearness),
        )
        if not (own or of_group or of_rows):
            return None
        made = asdict(own or Alias())
        of_others = [key for key in made if key not in OF_ONE_ROW]
        for other, keys in ((of_group, of_others), *((one, OF_SECTIONS) for one in of_rows)):
            made |= {key: getattr(other, key) for key in keys if other and not made[key]}
        if not made["part_of"] and not made["total_of"] and not group:
            made["part_of"] = next((a.part_of for a in of_rows if a.part_of), "")
        return Alias(**made)

    def goal_of(self, label: str) -> str:
        """The code of the goal that a printed label names; empty where none is known."""
        named = [a.goal_code for a in self.aliases_of(label) if a.goal_code]
        return next(
            iter(
                named
                + [c for c, g in self.goals.items() if scanned(g["goal_name_sv"]) == scanned(label)]
            ),
            "",
        )

    @property
    def goal_labels(self) -> list[str]:
        """Every label of a goal that is known."""
        return [
            *(a.row_label for a in self.aliases if a.goal_code),
            *(g["goal_name_sv"] for g in self.goals.values()),
        ]


def load(project: Path, name: str = "") -> Template:
    """The template of that name from the seeds of a project; blank for what common tables have.

    Raises NotRead: there is no such template.
    """

    def seed(file: str) -> list[Record]:
        return rows_of(project / f"seeds/reference/{file}.csv")

    templates = {row["template"]: row for row in seed("reference_templates")}
    name = name or next(t for t, row in templates.items() if not row["based_on"])
    if name not in templates:
        raise NotRead(f"Mallen {name} finns inte. Väntat: en av {', '.join(sorted(templates))}.")
    family = [name]
    while parent := templates[family[-1]]["based_on"]:
        family.append(parent)
    family.append("")

    def ours(file: str) -> list[Record]:
        """The rows that hold for the template, the nearest first."""
        rows = (row for row in seed(file) if row["template"] in family)
        return sorted(rows, key=lambda row: family.index(row["template"]))

    def merged(rows: list[Record], *keys: str) -> list[Record]:
        """Rows of one key made one: what a template says is what differs from the one it is based
        on."""
        made: dict[tuple[str, ...], Record] = {}
        for row in rows:
            there = made.setdefault(tuple(row[key] for key in keys), dict(row))
            there |= {key: value for key, value in row.items() if not there[key]}
        return list(made.values())

    marks = dict(of_marks())
    table_marks: dict[str, dict[str, str]] = {}
    for row in reversed(ours("reference_missing_marks")):
        into = table_marks.setdefault(row["source_table"], {}) if row["source_table"] else marks
        into[plain(row["mark"]).upper()] = row["missing_code"]
    tables = merged(ours("reference_printed_tables"), "source_table")
    settings = merged([templates[t] | {"all": ""} for t in family[:-1]], "all")[0]
    return Template(
        name,
        columns_of(ours("reference_printed_columns"), merged, family[-2]),
        tuple(
            Alias(
                **{key: row[key] for key in Alias.__dataclass_fields__ if key in row},
                nearness=family.index(row["template"]),
            )
            for row in ours("reference_label_aliases")
        ),
        marks,
        table_marks,
        {row["unit_code"]: row for row in seed("reference_units")},
        {row["indicator_code"]: row for row in seed("reference_indicators")},
        {row["goal_code"]: row for row in seed("reference_goals")},
        {row["measure_code"]: row for row in seed("reference_measures")},
        {
            (row["indicator_code"], row["unit_code"]): row["unit_of_measure"]
            for row in seed("reference_indicator_units")
        },
        {row["source_table"]: row["table_name_sv"] for row in tables},
        {row["report_id"]: row for row in seed("reference_reports")},
        settings["is_minus_in_parentheses"] == "true",
    )


def columns_of(
    rows: list[Record], merged: Callable[..., list[Record]], root: str
) -> dict[str, tuple[TemplateColumn, ...]]:
    """The columns of each table, those that the nearest template numbers first and in their
    order."""
    numbered_by: dict[str, str] = {}
    for row in rows:
        if row["column_no"]:
            numbered_by.setdefault(row["source_table"], row["template"])
    made: dict[str, list[TemplateColumn]] = {}
    for row in merged(rows, "source_table", "column_name"):
        is_numbered = row["template"] == numbered_by.get(row["source_table"])
        made.setdefault(row["source_table"], []).append(
            TemplateColumn(
                row["source_table"],
                row["column_name"],
                int(row["column_no"]) if is_numbered and row["column_no"] else None,
                row["column_label"],
                row["content"],
                row["scenario"],
                int(row["year_offset"]) if row["year_offset"] else None,
                row["unit_of_measure"] or None,
                row["measure_code"],
                is_numbered and row["template"] not in ("", root),
            )
        )
    return {
        table: tuple(sorted(columns, key=lambda c: c.number or 99))
        for table, columns in made.items()
    }


def of_text(project: Path, lines: Iterable[str]) -> Template:
    """The template that the administration's earlier reports have, if the beginning of a text
    names it."""
    register = {r["administration_name"]: r["template"] for r in load(project).reports.values()}
    return load(project, register.get(administration_in(lines, register), ""))


def administration_in(lines: Iterable[str], names: Iterable[str]) -> str:
    """The first of some names of administrations that a line has, damaged spellings too; empty for
    none."""
    wanted = {name: scanned(name) for name in names}
    for line in lines:
        text = scanned(line)
        for name, spelt in wanted.items():
            is_there = len(name) > 5 and spelt in text
            if is_there or (len(text) >= len(spelt) and fuzz.partial_ratio(spelt, text) >= 92):
                return name
    return ""


def rows_of(file: Path) -> list[Record]:
    """The rows of a seed; none where there is no such seed."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def printed_rows(project: Path, report_id: str, table: str) -> list[Record]:
    """The rows of a report's printed table, cells as they were corrected."""
    corrected = {
        row["figure_id"]: row["read_text"]
        for row in rows_of(project / "seeds/control/control_corrections.csv")
    }
    found = []
    for row in rows_of(project / f"seeds/printed/printed_{table}.csv"):
        if row["report_id"] == report_id:
            place = f"{report_id}.{table}.{row['row_no']}"
            found.append({k: corrected.get(f"{place}.{k}", v) for k, v in row.items()})
    return found


@lru_cache
def printed_header(project: Path, table: str) -> tuple[str, ...]:
    """The columns of the seed of a printed table."""
    with (project / f"seeds/printed/printed_{table}.csv").open(
        encoding="utf-8", newline=""
    ) as handle:
        return tuple(next(csv.reader(handle)))

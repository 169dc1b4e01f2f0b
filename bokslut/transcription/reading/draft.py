"""A draft as seeds: its rows, and the reference rows that nobody has typed for it yet.

What the project's seeds know by name is used; a unit, an indicator, a goal or a project that they
do not know becomes a row of its own, so that a draft is judged without anything being prepared.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from bokslut.transcription.reading import arithmetic, cells, goals, seeds, words
from bokslut.transcription.reading.concepts import (
    INVESTMENTS,
    NET_COSTS,
    RESULT,
    RESULT_OF_UNIT,
    Concept,
    canonical,
)
from bokslut.transcription.reading.labels import code, normal, scanned
from bokslut.transcription.reading.numbers import Missing, Number, plain
from bokslut.transcription.reading.output import PRINTED, Read
from bokslut.transcription.reading.tables.table import Column, Figure, Line, ReadTable
from bokslut.transcription.reading.template import Alias

Record = dict[str, str]
TEMPLATE = "utkast"
"""The draft's own template: what differs from the one that the administration's reports have."""
WITH_SECTIONS = ("driftsammandrag", "investeringar", "namndindikatorer")
"""Tables whose rows can stand in sections."""
UNITS_IN_SEEDS = {"percent": "%", "tkr": " tkr", "mnkr": " mnkr", "kr": " kr"}
"""Units of measure that the parser of committed cells reads behind a number."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure of the draft stands, and what is printed there."""

    place: str
    printed_text: str
    line: int


@dataclass
class Draft:
    """A draft written into seeds.

    Attributes:
        report_id: the id that it has there.
        spots: of each figure, by its id.
        lines: place of each line of the stream.
    """

    report_id: str
    spots: dict[str, Spot] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)


class SeedFolder:
    """The seeds of a project that rows are added to and taken from."""

    def __init__(self, project: Path) -> None:
        """Knows where each seed lies."""
        self.files = {file.stem: file for file in (project / "seeds").rglob("*.csv")}
        self.rows: dict[str, list[Record]] = {}
        self.headers: dict[str, list[str]] = {}

    def load(self, name: str) -> list[Record]:
        """The rows of a seed."""
        if name not in self.rows:
            with self.files[name].open(encoding="utf-8", newline="") as handle:
                reader = csv.DictReader(handle)
                self.rows[name] = list(reader)
                self.headers[name] = list(reader.fieldnames or [])
        return self.rows[name]

    def has(self, name: str) -> bool:
        """Whether the project has a seed."""
        return name in self.files

    def add(self, name: str, rows: Iterable[Record]) -> None:
        """Adds rows; columns that the seed does not have are left out, others are blank."""
        if not self.has(name):
            return
        there = self.load(name)
        header = self.headers[name]
        there += [{column: row.get(column, "") for column in header} for row in rows]

    def add_new(self, name: str, rows: Iterable[Record], *keys: str) -> None:
        """Adds the rows whose key the seed does not have."""
        if not self.has(name):
            return
        there = self.load(name)
        known = {tuple(row[k] for k in keys) for row in there}
        for row in rows:
            key = tuple(row.get(k, "") for k in keys)
            if key not in known:
                known.add(key)
                self.add(name, [row])

    def remove(self, name: str, *, where: dict[str, str]) -> None:
        """Takes away the rows that have certain texts."""
        if self.has(name):
            self.rows[name] = [
                row for row in self.load(name) if any(row.get(k) != v for k, v in where.items())
            ]

    def write(self) -> None:
        """Writes the seeds that were touched."""
        for name, rows in self.rows.items():
            self.files[name].write_text(
                seeds.written(rows, self.headers[name]), encoding="utf-8", newline=""
            )


def write(report: Read, project: Path) -> Draft:
    """Writes a draft into the seeds of a copy of the project."""
    folder = SeedFolder(project)
    document = report.document
    draft = Draft(f"utkast-{document.report_year}")
    draft.lines = {number: place for number, place, _ in document.stream.lines()}
    replaced = [
        row["report_id"]
        for row in folder.load("reference_reports")
        if row["administration_code"] == report.concepts.administration_code
        and row["report_year"] == str(document.report_year)
    ]
    for report_id in replaced:
        remove_report(folder, report_id)
    folder.add("reference_reports", [register_row(report, draft, folder)])
    folder.add(
        "reference_templates",
        [
            {
                "template": TEMPLATE,
                "based_on": document.template.name,
                "result_words": result_words(report),
            }
        ],
    )
    set_repeated_apart(report)
    add_identities(folder, report)
    add_units(folder, report)
    add_goals(folder, report)
    headers = {name: folder_header(folder, f"printed_{name}") for name in PRINTED}
    as_read = seeds.records(document, draft.report_id, headers, seeds.as_read)
    for name, rows in as_read.items():
        folder.add(f"printed_{name}", rows)
    note_spots(report, draft, headers)
    add_aliases(folder, report)
    add_signs(folder, report)
    add_marks(folder, report)
    add_claims(folder, report, draft)
    for name in folder.files:
        if name.startswith("printed_") and not folder.load(name):
            # dbt's run refuses a seed without rows; a row without cells says nothing.
            lines = dict.fromkeys(("source_line_first", "source_line_last", "line_no"), "1")
            folder.add(name, [{"report_id": draft.report_id, "row_no": "1"} | lines])
    folder.write()
    return draft


def folder_header(folder: SeedFolder, name: str) -> list[str]:
    """The columns of a seed."""
    folder.load(name)
    return folder.headers[name]


def remove_report(folder: SeedFolder, report_id: str) -> None:
    """Takes a report out of all seeds, for the draft takes its place."""
    for name in list(folder.files):
        if "report_id" in folder_header(folder, name):
            folder.remove(name, where={"report_id": report_id})
    prefix = f"{report_id}."
    for name, column in (
        ("control_corrections", "figure_id"),
        ("control_printed_cell_seals", "figure_id"),
    ):
        if folder.has(name):
            folder.rows[name] = [r for r in folder.load(name) if not r[column].startswith(prefix)]
    if folder.has("control_known_issue_checks"):
        folder.rows["control_known_issue_checks"] = [
            r
            for r in folder.load("control_known_issue_checks")
            if f":{prefix}" not in r["check_id"]
        ]


def result_words(report: Read) -> str:
    """`result` where the units have results and no net costs; empty for what the template says."""
    measures = {concept.measure_code for concept in report.concepts.lines.values()}
    is_result = RESULT_OF_UNIT in measures and not report.concepts.orientation.is_net_cost
    return "result" if is_result else ""


def register_row(report: Read, draft: Draft, folder: SeedFolder) -> Record:
    """The draft's row in the register of documents."""
    own = [
        r
        for r in folder.load("reference_reports")
        if r["administration_code"] == report.concepts.administration_code
    ]
    municipality = (
        own[0] if own else {"municipality_code": "0000", "municipality_name": "Okänd kommun"}
    )
    stream = report.document.stream
    return {
        "report_id": draft.report_id,
        "municipality_code": municipality["municipality_code"],
        "municipality_name": municipality["municipality_name"],
        "administration_code": report.concepts.administration_code,
        "administration_name": report.concepts.administration_name,
        "report_year": str(report.document.report_year),
        "source_file": stream.source.name,
        "source_sha256": stream.sha256,
        "source_lines": str(sum(1 for _ in stream.lines()) or 1),
        "template": TEMPLATE,
    }


def add_units(folder: SeedFolder, report: Read) -> None:
    """The units that the draft names, and its administration."""
    own = report.concepts.administration_code
    rows = [
        {
            "unit_code": key,
            "unit_name_sv": name,
            "unit_name_en": name,
            "administration_code": own,
            "parent_unit_code": "" if key == own else own,
            "is_management": "true" if "ledning" in normal(name).split() else "false",
        }
        for key, name in report.concepts.units.items()
    ]
    folder.add_new("reference_units", rows, "unit_code")


def goal_code(label: str, report: Read, folder: SeedFolder) -> str:
    """The code of a goal: a known alias's, a known name's, else its own."""
    if known := report.document.template.goal_of(label):
        return known
    same = (
        r for r in folder.load("reference_goals") if scanned(r["goal_name_sv"]) == scanned(label)
    )
    return next((row["goal_code"] for row in same), code(label))


def add_goals(folder: SeedFolder, report: Read) -> None:
    """The goals that the draft names, their printed labels and the words that judge them."""
    labels: list[str] = []
    for goal in report.document.goals:
        labels += [p.label for p in (goal.front, goal.heading) if p]
    for table in report.document.tables:
        if table.source_table == "namndindikatorer":
            labels += [line.section for line in table.lines if line.section]
    for label in dict.fromkeys(labels):
        key = goal_code(label, report, folder)
        folder.add_new(
            "reference_goals",
            [
                {
                    "goal_code": key,
                    "goal_name_sv": label,
                    "goal_name_en": label,
                    "goal_area_sv": "Mål",
                    "municipal_goal_sv": "Mål",
                    "administration_code": report.concepts.administration_code,
                }
            ],
            "goal_code",
        )
        folder.add(
            "reference_label_aliases",
            [{"template": TEMPLATE, "row_label": label, "label_sv": label, "goal_code": key}],
        )
    for goal in report.document.goals:
        status = goals.status_of(goal.judgement) if goal.judgement else None
        if status:
            folder.add_new(
                "reference_judgement_wordings",
                [{"template": TEMPLATE, "judgement": goal.judgement, "declared_status": status}],
                "template",
                "judgement",
            )


def note_spots(report: Read, draft: Draft, headers: dict[str, Sequence[str]]) -> None:
    """Where each figure of the printed seeds stands."""
    rows: dict[str, dict[tuple[str, str], int]] = {}
    for name, records in seeds.records(report.document, draft.report_id, headers).items():
        rows[name] = {
            (r["row_label"], r.get("group_label", "")): int(r["row_no"])
            for r in records
            if "row_label" in r
        }
        for record in records:
            row = f"{draft.report_id}.{name}.{record['row_no']}"
            line = int(record["source_line_first"])
            if name == "maluppfyllelse":
                draft.spots[f"{row}.judgement"] = Spot(
                    draft.lines.get(line, ""), record["judgement"], line
                )
    counters: dict[str, int] = {}
    for table in report.document.tables:
        name = table.source_table
        if name not in headers:
            continue
        for line in table.lines:
            counters[name] = counters.get(name, 0) + 1
            group = line.group if "group_label" in headers[name] else ""
            number = rows[name].get((line.label, group), counters[name])
            for figure in line.figures.values():
                if figure.column.name:
                    draft.spots[f"{draft.report_id}.{name}.{number}.{figure.column.name}"] = Spot(
                        figure.cell.place, figure.cell.text, line.line
                    )


def sum_keys(table: ReadTable) -> dict[int, tuple[str, str]]:
    """For each row the sum that it is a part of and the one that it is, by the row's identity."""
    # Two tables of one sheet can have its name both.
    name = table.source_table or code(f"{table.title} {table.place}")
    part_of: dict[int, str] = {}
    total_of: dict[int, str] = {}
    for number, one in enumerate(arithmetic.sums(table), 1):
        if len(one.parts) < 2:
            continue
        key = f"{name}_{code(table.lines[one.total].label)}_{number}"
        total_of[id(table.lines[one.total])] = key
        for part in one.parts:
            part_of[id(table.lines[part])] = key
    return {
        id(line): (part_of.get(id(line), ""), total_of.get(id(line), "")) for line in table.lines
    }


def set_repeated_apart(report: Read) -> None:
    """Takes a table that prints most figures of one before it again, as an appendix does, for one
    of its own: its figures are held against the first's, its sums are not of the rows of both."""
    before: dict[str, list[dict[tuple[str, ...], Decimal]]] = {}
    says: dict[tuple[str, ...], tuple[object, ...]] = {}
    for table in report.document.tables:
        keys = sum_keys(table)
        meant = {
            (table.source_table, *seeds.placed(line, table), line.label): (
                concept and (concept.measure_code, concept.unit_code),
                *map(bool, keys[id(line)]),
            )
            for line in table.lines
            for concept in [report.concepts.of(line)]
        }
        is_of_some = table.source_table in PRINTED and id(table) in report.concepts.of_some_units
        if is_of_some or any(says.get(key, one) != one for key, one in meant.items()):
            # A seed has one meaning for rows of one name, and one sum of all units.
            table.source_table = ""
        elif table.source_table in PRINTED:
            says |= meant
        figures = {
            (*seeds.placed(line, table), line.label, figure.column.name): figure.number.value
            for line, figure in table.figures()
            if figure.number and figure.column.name
        }
        there = before.setdefault(table.source_table, [])
        if table.source_table in PRINTED and any(
            sum(one.get(key) == value for key, value in figures.items()) * 2 > len(figures)
            for one in there
        ):
            table.source_table = ""
        else:
            there.append(figures)


def add_identities(folder: SeedFolder, report: Read) -> None:
    """Which columns of the printed tables give another, as most rows of the draft have it.

    Of several tables of one kind, such as a summary and its appendix, the first that has it counts.
    """
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for table in report.document.tables:
        if table.source_table not in PRINTED:
            continue
        columns = table.number_columns
        held = {r.result: r for r in arithmetic.relations(table) if not r.either_sign}
        tried = {forms[0].result for forms in arithmetic.possible_relations(columns)}
        for result in sorted(tried):
            # A column without a name is one that the seed does not have.
            if name := columns[result].name:
                terms = held[result].terms if result in held else ()
                named = [(columns[i].name, k) for i, k in terms]
                found[table.source_table, name] = found.get((table.source_table, name)) or named
    for (source_table, name), named in found.items():
        # No column is called `none`: what does not hold in most rows is not asked of any.
        folder.add(
            "reference_identities",
            [
                {
                    "template": TEMPLATE,
                    "source_table": source_table,
                    "column_name": name,
                    "term": term,
                    "coefficient": str(sign),
                }
                for term, sign in named or [("none", 1)]
            ],
        )


def add_aliases(folder: SeedFolder, report: Read) -> None:
    """What each row label of the printed tables says: by the seeds, however it is spelt, else by
    itself."""
    template = report.document.template
    for table in report.document.tables:
        if table.source_table not in PRINTED or not table.number_columns:
            continue
        is_investments = table.source_table == "investeringar"
        sections = seeds.sections_of(table) if is_investments else {}
        said: dict[int, tuple[str, Alias | None]] = {}
        for line in table.lines:
            section, group = seeds.placed(line, table)
            if table.source_table not in WITH_SECTIONS:
                section = ""
            section = section or sections.get(id(line), "")
            said[id(line)] = (
                section,
                template.alias(table.source_table, section, group, line.label),
            )
        keys = consistent_keys(table, sum_keys(table), said)
        for line in table.lines:
            concept = report.concepts.of(line)
            if concept is None:
                continue
            section, alias = said[id(line)]
            part_of, total_of = keys[id(line)]
            group = seeds.placed(line, table)[1]
            of_group = template.alias(table.source_table, section, "", group) if group else None
            measure = "" if is_investments else concept.measure_code
            common = {
                "template": TEMPLATE,
                "source_table": table.source_table,
                "section_label": section,
            }
            if of_group and of_group.row_label and of_group.measure_code == measure != "":
                # What is measured is said by the group, and what the row adds by the row.
                named = {"row_label": group, "label_sv": of_group.label_sv, "measure_code": measure}
                folder.add_new("reference_label_aliases", [common | named], *common, *named)
                measure = ""
            row = common | {
                "group_label": group,
                "row_label": line.label,
                "label_sv": (alias and alias.row_label and alias.label_sv) or line.label,
                "measure_code": measure,
                "unit_code": concept.unit_code,
                "gender": concept.gender,
                "age_group": alias.age_group if alias else "",
                "unit_of_measure": (alias and alias.unit_of_measure) or printed_unit(table, line),
                "sign": (alias and alias.sign) or sign_of(line, concept, report),
                "part_of": part_of,
                "total_of": total_of,
            }
            if is_investments:
                row |= project_of(line, section, concept, report, alias)
            folder.add("reference_label_aliases", [row])
            add_measure(folder, concept, line, table, report)


FROM = {
    "deviation": ("outcome", "budget", 0),
    "forecast_deviation": ("outcome", "forecast", 0),
    "change": ("outcome", "outcome", -1),
}
"""What a difference is of, what it is from, and how many years after the former."""


def add_signs(folder: SeedFolder, report: Read) -> None:
    """The signs of columns of differences, whatever their rows have: the facts have what is better
    above nought, and so do most tables of net costs, whose rows are turned."""
    found: dict[tuple[str, str], str] = {}
    for table in report.document.tables:
        if table.source_table not in PRINTED:
            continue
        turned = {
            id(line): sign_of(line, concept, report) == "-1"
            for line in table.lines
            for concept in [report.concepts.of(line)]
            if concept and concept.measure_code in (RESULT, RESULT_OF_UNIT)
        }
        for column in table.number_columns if turned else ():
            opposite = [
                turned[id(line)]
                for line in table.lines
                if id(line) in turned and is_opposite(line, column, table, report)
            ]
            if column.name and len(opposite) * 2 > len(turned):
                sign = "0" if all(opposite) else "-1"
                found.setdefault((table.source_table, column.name), sign)
    folder.add(
        "reference_printed_columns",
        [
            {"template": TEMPLATE, "source_table": name, "column_name": column, "sign": sign}
            for (name, column), sign in found.items()
        ],
    )


def is_opposite(line: Line, column: Column, table: ReadTable, report: Read) -> bool:
    """Whether a figure of a column of differences is above nought where the outcome is below what
    it is held against, and the other way round."""
    if column.scenario not in FROM:
        return False
    of, against, years = FROM[column.scenario]
    year = column.fiscal_year or report.document.report_year
    values = {
        (c.scenario, c.fiscal_year or report.document.report_year): figure.number.value
        for c in table.number_columns
        if c.unit_of_measure == column.unit_of_measure
        and (figure := line.figures.get(c.index))
        and figure.number
    }
    figure = line.figures.get(column.index)
    outcome, other = values.get((of, year)), values.get((against, year + years))
    if not figure or not figure.number or outcome is None or other is None:
        return False
    return figure.number.value * (outcome - other) < 0


def sign_of(line: Line, concept: Concept, report: Read) -> str:
    """-1 for a row of net costs that are printed above nought, as the facts do not have them."""
    how = report.concepts.orientation
    now = [f.number for f in line.figures.values() if f.column.scenario == "outcome" and f.number]
    is_above = bool(now) and all(number.value >= 0 for number in now)
    of_costs = how.is_net_cost and how.cost_sign > 0
    if concept.measure_code == RESULT_OF_UNIT:
        return "-1" if of_costs else ""
    is_named = of_costs or canonical(line.label) in NET_COSTS
    return "-1" if is_above and is_named and concept.measure_code == RESULT else ""


def printed_unit(table: ReadTable, line: Line) -> str:
    """The unit of measure that is printed for all figures of a row; empty where none is, or
    several are. Columns of per cent among others have their own."""
    figures = [f for f in line.figures.values() if isinstance(f.reading, Number)]
    common = [f for f in figures if not f.column.unit_of_measure] or figures
    units = {cells.unit_of(table, line, f) for f in common}
    return (units.pop() or "") if len(units) == 1 else ""


def consistent_keys(
    table: ReadTable,
    keys: dict[int, tuple[str, str]],
    said: dict[int, tuple[str, Alias | None]],
) -> dict[int, tuple[str, str]]:
    """The keys of a table's sums: the seeds' own where they know the rows, else by what adds up."""
    known = {key for key, (_, alias) in said.items() if alias and alias.total_of}
    if known and known >= {key for key, (_, total_of) in keys.items() if total_of}:
        return {
            key: (alias.part_of, alias.total_of) if alias else ("", "")
            for key, (_, alias) in said.items()
        }
    return keys


PROJECT = ("project_status", "project_code", "asset_class")
"""What a row says of its project."""


def project_of(
    line: Line, section: str, concept: Concept, report: Read, alias: Alias | None
) -> Record:
    """What a row of investments says of its project: as the seeds know it, else by its own
    words."""
    kind = (alias and alias.asset_class) or asset_class(line, concept, report)
    status = (alias and alias.row_label and alias.project_status) or project_status(line, section)
    return {
        "project_status": status,
        "project_code": (alias and alias.project_code)
        or ("total" if line.is_total else code(line.label)),
        "asset_class": kind,
    }


def project_status(line: Line, section: str) -> str:
    """Completed or ongoing, by the section that a project stands in; all of them for the last
    sum."""
    said = normal(f"{section if not line.is_total else ''} {line.label if line.is_total else ''}")
    if "fardig" in said or "avslut" in said:
        return "completed"
    if "pagaende" in said or "pag ende" in said:
        return "ongoing"
    return "total" if line.is_total else "ongoing"


def asset_class(line: Line, concept: Concept, report: Read) -> str:
    """What a project is, as a code: its label without the unit's name."""
    if line.is_total:
        return "total"
    name = normal(report.concepts.units.get(concept.unit_code, ""))
    rest = normal(line.label)
    if name and concept.unit_code != report.concepts.administration_code and rest.startswith(name):
        rest = rest[len(name) :].strip() or rest
    return code(rest)


def add_measure(
    folder: SeedFolder, concept: Concept, line: Line, table: ReadTable, report: Read
) -> None:
    """A measure that no seed knows: as an indicator where the table is one of indicators."""
    measure = concept.measure_code
    if not measure:
        return
    if measure in {r["indicator_code"] for r in folder.load("reference_indicators")} | {
        r["measure_code"] for r in folder.load("reference_measures")
    }:
        return
    name = report.concepts.measures.get(measure, concept.name) or measure
    figures = [f for f in line.figures.values() if isinstance(f.reading, Number)]
    unit = next((u for f in figures if (u := cells.unit_of(table, line, f))), "index")
    is_indicator = table.source_table in ("namndindikatorer", "personal", "basuppdrag") or unit in (
        "percent",
        "index",
    )
    if is_indicator:
        folder.add(
            "reference_indicators",
            [
                {
                    "indicator_code": measure,
                    "indicator_name_sv": name,
                    "indicator_name_en": name,
                    "goal_code": goal_code(line.section, report, folder)
                    if line.section and table.source_table == "namndindikatorer"
                    else "",
                    "unit_of_measure": unit
                    if unit in ("tkr", "percent", "count", "index", "ratio")
                    else "index",
                    "desired_direction": desired(name, unit),
                }
            ],
        )
    else:
        folder.add(
            "reference_measures",
            [
                {
                    "measure_code": measure,
                    "measure_name_sv": name,
                    "measure_name_en": name,
                    "unit_of_measure": unit,
                }
            ],
        )


def desired(name: str, unit: str) -> str:
    """Which way an indicator should go, by the words of its name."""
    wanted = normal(name)
    for word, direction in words.mapping("desired_directions").items():
        if normal(word) in wanted:
            return direction
    return "higher" if unit in ("percent", "index") else "none"


def add_marks(folder: SeedFolder, report: Read) -> None:
    """The marks of missing values that the draft prints and the seeds do not know."""
    known = {(plain(r["mark"]), r["source_table"]) for r in folder.load("reference_missing_marks")}
    for table in report.document.tables:
        if table.source_table not in PRINTED:
            continue
        for _, figure in table.figures():
            mark = plain(figure.cell.text)
            is_mark = mark and isinstance(figure.reading, Missing)
            if not is_mark or figure.column.kind != "number":
                continue
            if not known & {(mark, ""), (mark, table.source_table)}:
                known.add((mark, table.source_table))
                row = {
                    "template": TEMPLATE,
                    "mark": mark,
                    "source_table": table.source_table,
                    "missing_code": figure.reading.code,
                }
                folder.add("reference_missing_marks", [row])


def add_claims(folder: SeedFolder, report: Read, draft: Draft) -> None:
    """The claims of the text, and the cells of tables that have no seed of their own, as figures
    with their meaning."""
    header = folder_header(folder, "printed_pastaenden")
    said = [c for c in report.claims if c.is_comparable]
    records = list(seeds.claim_records(said, report.document, draft.report_id, header))
    for claim, record in zip(said, records, strict=True):
        if claim.measure_code in (INVESTMENTS, report.concepts.investments):
            place_investment(record, report, folder)
        if claim.goal_code:
            record["goal_code"] = goal_code(claim.goal_code, report, folder)
        kind = "value" if claim.kind in ("value", "rank", "unit_count") else "statement"
        figure = f"{draft.report_id}.pastaenden.{record['row_no']}.{kind}"
        draft.spots[figure] = Spot(claim.place, claim.printed_text, claim.line_first)
    number = len(records)
    projects = {
        row["row_label"]: {key: row[key] for key in PROJECT}
        for row in folder.load("reference_label_aliases")
        if (row["template"], row["source_table"]) == (TEMPLATE, "investeringar")
    }
    for table in report.document.tables:
        if table.source_table in PRINTED or not table.number_columns:
            continue
        bare = sum(not column.head.text for column in table.number_columns)
        if bare * 2 > len(table.number_columns):
            # The marks of an axis, or a table that nobody can tell the columns of.
            continue
        keys = sum_keys(table)
        summed = {index for one in arithmetic.sums(table) for index in one.held}
        says = Counter(map(said_by, table.number_columns))
        dated = Counter(said_by(c) for c in table.number_columns if c.head.years)
        entities = {c.entity for c in table.number_columns if c.head.scenario != "comparison"}
        for line in table.lines:
            concept = report.concepts.of(line)
            if concept is None or not concept.measure_code or not (line.label or line.group):
                continue
            for figure in line.figures.values():
                column = figure.column
                if figure.number is None or column.kind != "number":
                    # What is asked about is held against nothing.
                    continue
                of_others = column.head.scenario == "comparison"
                if column.scenario in FROM or (of_others and not any(keys[id(line)])):
                    # Its own columns are what it is held against, or it is of others.
                    continue
                own = concept
                of_year = bool(column.head.years) and dated[said_by(column)] == 1
                if of_others or (says[said_by(column)] > 1 and not of_year):
                    # Two columns that say the same of year and scenario are of two measures; the
                    # only one with its year is the row's own.
                    own = of_column(concept, column, report)
                elif len(entities) > 1 and column.entity:
                    own = of_column(concept, column, report, column.entity)
                add_measure(folder, own, line, table, report)
                number += 1
                records.append(
                    cell_record(
                        figure,
                        line,
                        table,
                        own,
                        # Per cent of several are no parts of that of all, unless they add up.
                        keys[id(line)]
                        if cells.unit_of(table, line, figure) != "percent" or column.index in summed
                        else ("", ""),
                        draft.report_id,
                        number,
                        header,
                        is_signed=report.concepts.orientation.cost_sign < 0,
                    )
                )
                if own.measure_code in (INVESTMENTS, report.concepts.investments):
                    unknown = {"measure_code": ""} if own.project else {}
                    records[-1] |= projects.get(line.label, unknown)
                draft.spots[f"{draft.report_id}.pastaenden.{number}.value"] = Spot(
                    figure.cell.place, figure.cell.text, line.line
                )
    measures = {r["measure_code"] for r in folder.load("reference_measures")} | {
        r["indicator_code"] for r in folder.load("reference_indicators")
    }
    for record in records:
        if record["measure_code"] and record["measure_code"] not in measures:
            record["measure_code"] = ""
    folder.add("printed_pastaenden", records)


def said_by(column: Column) -> tuple[object, ...]:
    """What a column says of its figures besides its words."""
    return (column.scenario, column.fiscal_year, column.gender or "total", column.entity)


def of_column(concept: Concept, column: Column, report: Read, of: str = "") -> Concept:
    """The concept of a row in one of several columns that only their words tell apart, or `of`
    whom they are."""
    measure = f"{concept.measure_code}_{code(of or column.head.text)}"
    report.concepts.measures.setdefault(measure, f"{concept.name}, {of or column.head.text}")
    return replace(concept, measure_code=measure)


def place_investment(record: Record, report: Read, folder: SeedFolder) -> None:
    """Status and class of an amount of investments in the text: of all, or of a unit's only
    project."""
    if record["unit_code"] == report.concepts.administration_code:
        record |= {"project_status": "total", "asset_class": "total"}
        return
    aliases = [
        r
        for r in folder.load("reference_label_aliases")
        if r["source_table"] == "investeringar" and r["unit_code"] == record["unit_code"]
    ]
    printed = {
        line.label
        for t in report.document.tables
        if t.source_table == "investeringar"
        for line in t.lines
    }
    own = [r for r in aliases if r["row_label"] in printed]
    if len(own) == 1:
        record |= {"project_status": own[0]["project_status"], "asset_class": own[0]["asset_class"]}
    else:
        record["measure_code"] = ""


AMOUNTS = ("outcome", "budget", "forecast")
"""What a result is printed of that has a sign of its own."""


def cell_record(
    figure: Figure,
    line: Line,
    table: ReadTable,
    concept: Concept,
    keys: tuple[str, str],
    report_id: str,
    number: int,
    header: Sequence[str],
    *,
    is_signed: bool,
) -> Record:
    """A cell as a figure with its meaning; `is_signed`: net costs are printed below nought."""
    reading = figure.reading
    assert isinstance(reading, Number)
    unit = cells.unit_of(table, line, figure)
    column = figure.column
    is_result = concept.measure_code in (RESULT, RESULT_OF_UNIT)
    sign = (
        "+" if is_signed and is_result and column.scenario in AMOUNTS and reading.value > 0 else ""
    )
    suffix = f"_{column.index}"
    made = dict.fromkeys(header, "")
    values = {
        "report_id": report_id,
        "row_no": str(number),
        "source_line_first": str(line.line),
        "source_line_last": str(line.line_last),
        "row_label": " / ".join(p for p in (line.group, line.label, column.head.text) if p),
        "printed_text": figure.cell.text or "-",
        "read_text": sign
        + f"{reading.value:f}".replace(".", ",")
        + UNITS_IN_SEEDS.get(unit or "", ""),
        "kind": "value",
        "measure_code": concept.measure_code,
        "unit_code": concept.unit_code,
        "fiscal_year": str(line.fiscal_year or column.fiscal_year or ""),
        "scenario": column.scenario or "outcome",
        "gender": line.gender or column.gender or concept.gender,
        "part_of": keys[0] + suffix if keys[0] else "",
        "total_of": keys[1] + suffix if keys[1] else "",
    }
    return made | {key: value for key, value in values.items() if key in made}

"""Judges the damages of bench/mutation.py by the SQL that `dbt build` ran.

Models and tests work on many reports at once, so some hundred damages are judged in one pass: each
is in a copy of the report under an id of its own, with its corrections, known issues and seals.
Models and what all reports share (reference seeds) are damaged one at a time, in the one report.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from build import literal, read_json, seed_sql
from mutants import ModelMutant, Mutant, Rows, damaged_sql, model_mutants

SEAL = "int_cells__match_their_seal"
ROW_SEAL = "control_row_seals__match_their_rows"
DOCUMENT_SEAL = "int_cells__words_stand_in_the_document"
DOCUMENT = "(the document)"
# Slots have no seals of rows, and are all of one administration and year.
OF_REAL_REPORTS = (
    ROW_SEAL,
    "reference_reports__have_their_template",
    "rpt_series__rows_are_those_of_the_facts",
)
# A series is of all reports of an administration.
OF_ALL_REPORTS = "rpt_series"
CELLS = "int_cells__sealed"
SQL_ERROR = "(SQL error)"
SLOT = re.compile(r"mut(\d{5})", re.IGNORECASE)
# Control seeds, and the column that names the cell that a row is about.
CONTROLS = {"control_corrections": "figure_id", "control_known_issue_checks": "check_id"}


@dataclass(frozen=True)
class Verdict:
    """A damage with the names of the tests and contracts that fail on it.

    Attributes:
        has_effect: whether a row of a mart or of a report model is another than before.
    """

    mutant: Mutant | ModelMutant
    failing: frozenset[str]
    has_effect: bool = True


class SoundReportFails(RuntimeError):
    """A test fails on the report that is not damaged: a fault of this benchmark."""


def slot_id(slot: int) -> str:
    """The report id of a slot, as long as a real one, so that texts are as long."""
    return f"mut{slot:05}"


class Judge:
    """The project's SQL over a number of slots, each a copy of the report; one connection.

    Slot 0 is never damaged: a test that fails on it is a fault of this benchmark. With no slots the
    seeds are as they are, and damages are to what all reports share.
    """

    def __init__(self, folder: Path, slots: int) -> None:
        """Loads the seeds of a built copy of the project, `slots` times, and seals them."""
        self.slots = slots
        self.project = folder
        self.nodes: dict[str, dict[str, Any]] = read_json(folder / "target/manifest.json")["nodes"]
        results = read_json(folder / "target/run_results.json")["results"]
        code = {r["unique_id"]: r["compiled_code"] for r in results if r["unique_id"] in self.nodes}
        # A test of a macro alone reads no seed.
        self.tests = {
            name: sql
            for name, sql in code.items()
            if name.startswith("test.")
            and self.nodes[name]["depends_on"]["nodes"]
            and not (slots and self.nodes[name]["name"] in OF_REAL_REPORTS)
        }
        self.models = {n: sql for n, sql in code.items() if n.startswith("model.")}
        self.seeds = {n: self.nodes[n] for n in code if n.startswith("seed.")}
        self.report_id = next(read_rows(folder / "seeds/reference/reference_reports.csv"))[
            "report_id"
        ]
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute("set enable_progress_bar = false")
        self.con.execute("attach ':memory:' as bokslut; use bokslut; create schema clean")
        for schema in {node["schema"] for node in self.nodes.values()}:
            self.con.execute(f'create schema if not exists "{schema}"')
        self.rows: dict[str, Rows] = {}
        for seed in self.seeds.values():
            self.con.execute(seed_sql(seed, folder))
            if slots:
                self.clone(seed["relation_name"], f"clean.{seed['name']}")
            self.rows[seed["name"]] = list(read_rows(folder / seed["original_file_path"]))
        self.damaged: set[str] = set()
        self.run_models()
        if slots:
            self.con.execute(
                "create or replace table control.control_printed_cell_seals as "
                f"select figure_id, seal from intermediate.{CELLS}"
            )
            self.con.execute(
                "create or replace table control.control_document_seals as "
                f"select figure_id, document_seal as seal from intermediate.{CELLS} "
                "where document_seal is not null"
            )

    def clone(self, seed: str, clean: str) -> None:
        """Copies the rows that name the report once for each slot, under the slot's id."""
        columns = self.con.execute(f"describe {seed}").fetchall()
        texts = [name for name, kind, *_ in columns if kind == "VARCHAR"]
        named = " or ".join(
            f"contains({name}, {literal(form)})"
            for name in texts
            for form in (self.report_id, self.report_id.upper())
        )
        changed = ", ".join(
            f"replace(replace({name}, {literal(self.report_id)}, slot), "
            f"{literal(self.report_id.upper())}, upper(slot)) as {name}"
            if name in texts
            else name
            for name, *_ in columns
        )
        self.con.execute(
            f"create table {clean} as "
            f"select {changed} from {seed}, "
            f"(select 'mut' || lpad(range::varchar, 5, '0') as slot from range({self.slots})) "
            f"where coalesce({named}, false) "
            f"union all select * from {seed} where not coalesce({named}, false)"
        )
        self.con.execute(f"create or replace table {seed} as select * from {clean}")

    def run_models(self, damage: ModelMutant | None = None, only: set[str] | None = None) -> None:
        """Makes every model as a table, in the order of the build, one of them damaged."""
        for name, sql in self.models.items():
            if only is not None and name not in only:
                continue
            node = self.nodes[name]
            if damage and node["name"] == damage.table:
                sql = damaged_sql(sql, [c for c, _ in self.columns(node)], damage)
            self.con.execute(f"create or replace table {node['relation_name']} as {sql}")

    def columns(self, node: dict[str, Any]) -> list[tuple[str, str]]:
        """The columns of a model that has been made, with DuckDB's types."""
        found = self.con.execute(f"describe {node['relation_name']}").fetchall()
        return [(name, kind) for name, kind, *_ in found]

    # --- Printed seeds --------------------------------------------------------------------------

    def figures(self) -> pd.DataFrame:
        """One row per cell of numbers, with what it stands for."""
        return self.con.execute(
            "select source_table, row_no, column_name, unit_of_measure, scenario, gender, "
            "value is not null as is_number "
            "from marts.fct_printed_figures where report_id = ? "
            "order by source_table, row_no, column_name",
            [slot_id(0)],
        ).df()

    def load(self, mutants: list[Mutant]) -> None:
        """Puts each mutant in a slot of its own, from slot 1; the other slots are sound."""
        changed: dict[str, dict[str, Rows]] = defaultdict(dict)
        for slot, mutant in enumerate(mutants, start=1):
            report = slot_id(slot)
            changed[mutant.table][report] = [
                row | {"report_id": report} for row in mutant.applied(self.rows[mutant.table])
            ]
            if mutant.is_renumbered:
                for table, rows in self.renumbered_controls(mutant, report).items():
                    changed[table][report] = rows
        for table in self.damaged | changed.keys():
            self.replace(table, changed.get(table, {}))
        self.damaged = set(changed)

    def renumbered_controls(self, mutant: Mutant, report: str) -> dict[str, Rows]:
        """The control rows of a slot whose row has been left out from the start."""
        found: dict[str, Rows] = {}
        for table, column in CONTROLS.items():
            found[table] = []
            for row in self.rows[table]:
                named = mutant.renamed(row[column])
                if named is not None:
                    found[table].append(self.of_report(row | {column: named}, report))
        checked = {row["known_issue_id"] for row in found["control_known_issue_checks"]}
        found["control_known_issues"] = [
            row
            for row in (self.of_report(row, report) for row in self.rows["control_known_issues"])
            if row["known_issue_id"] in checked
        ]
        return found

    def of_report(self, row: dict[str, str], report: str) -> dict[str, str]:
        """A control row that names another report."""
        upper = self.report_id.upper()
        return {
            column: text.replace(self.report_id, report).replace(upper, report.upper())
            for column, text in row.items()
        }

    def replace(self, table: str, by_report: dict[str, Rows]) -> None:
        """Makes a seed its clean rows, but for some reports those given."""
        rows = [row for found in by_report.values() for row in found]
        columns = list(self.rows[table][0])
        frame = pd.DataFrame(rows, columns=columns, dtype=str).replace({"": None})
        self.con.register("changed", frame)
        relation = next(n["relation_name"] for n in self.seeds.values() if n["name"] == table)
        kinds = {c: k for c, k, *_ in self.con.execute(f"describe clean.{table}").fetchall()}
        casts = ", ".join(f"cast({c} as {kinds[c]}) as {c}" for c in columns)
        named = "upper(report_id)"
        if "report_id" not in columns:
            texts = " || ' ' || ".join(f"coalesce({c}::varchar, '')" for c in columns)
            named = f"upper(regexp_extract({texts}, '(?i)mut[0-9]{{5}}'))"
        reports = ", ".join(literal(report.upper()) for report in by_report) or "''"
        self.con.execute(
            f"create or replace table {relation} as select * from clean.{table} "
            f"where {named} not in ({reports}) union all select {casts} from changed"
        )

    def judge(self, mutants: list[Mutant]) -> list[Verdict]:
        """The verdict on each mutant. A batch that SQL cannot finish is halved until it can."""
        try:
            self.load(mutants)
            self.run_models()
            failing = self.failing()
        except duckdb.Error:
            if len(mutants) == 1:
                return [Verdict(mutants[0], frozenset({SQL_ERROR}))]
            half = len(mutants) // 2
            return self.judge(mutants[:half]) + self.judge(mutants[half:])
        published = self.published()
        return [
            Verdict(v.mutant, v.failing, published[slot_id(slot)] != published[slot_id(0)])
            for slot, v in enumerate(self.verdicts(mutants, failing), start=1)
        ]

    def published(self) -> dict[str, list[tuple[str, str]]]:
        """What readers get of each report: a digest of its rows in each mart and report model."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for node in (self.nodes[name] for name in self.models):
            if node["name"] == OF_ALL_REPORTS:
                continue
            if node["schema"] in ("marts", "reporting") and "report_id" in dict(self.columns(node)):
                rows = self.con.execute(
                    "select report_id, sum(hash(replace(replace(cast(shown as varchar), report_id, "
                    f"''), upper(report_id), ''))) from {node['relation_name']} as shown "
                    "where report_id is not null group by report_id"
                ).fetchall()
                for report, digest in rows:
                    found[report].append((node["name"], str(digest)))
        return found

    def verdicts(self, mutants: list, failing: dict[int, set[str]]) -> list[Verdict]:
        """Each mutant with what fails in its slot. Raises SoundReportFails where slot 0 does."""
        if failing[0]:
            raise SoundReportFails(str(failing[0]))
        return [Verdict(m, frozenset(failing[slot])) for slot, m in enumerate(mutants, start=1)]

    # --- Models ---------------------------------------------------------------------------------

    def model_mutants(self, layers: Iterable[str]) -> list[ModelMutant]:
        """The damages to the models of some layers that change a row of the report."""
        found = []
        for node in (self.nodes[name] for name in self.models):
            if node["schema"] in layers:
                columns = self.columns(node)
                found += [
                    m
                    for m in model_mutants(node["name"], columns)
                    if self.changes_something(node, m)
                ]
        return found

    def changes_something(self, node: dict[str, Any], mutant: ModelMutant) -> bool:
        """Whether a damage changes a row: a column of noughts times ten does not."""
        what = {
            "values x 10": f'count(*) filter (where "{mutant.cell}" <> 0) > 0',
            "largest value + 1": f'count("{mutant.cell}") > 0',
            "two codes swapped": f'count(distinct "{mutant.cell}") > 1',
            "flag turned": f'count("{mutant.cell}") > 0',
        }.get(mutant.kind, "count(*) > 0")
        found = self.con.execute(f"select {what} from {node['relation_name']}").fetchone()
        return bool(found and found[0])

    # --- What all reports share ------------------------------------------------------------------

    def judge_shared(self, mutant: Mutant | ModelMutant) -> Verdict:
        """The verdict on one damage to a model or to what all reports share."""
        (name,) = (n for n in (*self.seeds, *self.models) if self.nodes[n]["name"] == mutant.table)
        touched = descendants(self.nodes, name)
        self.con.execute("begin")
        try:
            if isinstance(mutant, ModelMutant):
                self.run_models(mutant, touched)
            else:
                self.fill(self.nodes[name], mutant.applied(self.rows[mutant.table]))
                self.run_models(only=touched)
            failing = {name for names in self.failing(touched).values() for name in names}
        except duckdb.Error:
            failing = {SQL_ERROR}
        self.con.execute("rollback")
        return Verdict(mutant, frozenset(failing))

    def fill(self, node: dict[str, Any], rows: Rows) -> None:
        """Makes a seed these rows, with its types."""
        frame = pd.DataFrame(rows, dtype=str).replace({"": None})
        self.con.register("changed", frame)
        casts = ", ".join(f"cast({c} as {k}) as {c}" for c, k in self.columns(node))
        self.con.execute(
            f"create or replace table {node['relation_name']} as select {casts} from changed"
        )

    # --- Tests -----------------------------------------------------------------------------------

    def failing(self, touched: set[str] | None = None) -> dict[int, set[str]]:
        """The slots and what fails on each: tests by name, and contracts as `contract:MODEL`.

        Without slots all is slot 0. With slots, a row that names no report counts for none: that
        damage is noticed by more than is counted here.
        """
        found: dict[int, set[str]] = defaultdict(set)
        queries = {
            self.nodes[n]["name"]: sql
            for n, sql in self.tests.items()
            if touched is None or n in touched
        }
        queries |= {
            f"contract:{self.nodes[n]['name']}": sql
            for n in self.models
            if (touched is None or n in touched) and (sql := contract_query(self.nodes[n]))
        }
        for name, sql in queries.items():
            for row in self.con.execute(sql).fetchall():
                slots = {int(slot) for slot in SLOT.findall(" ".join(map(str, row)))}
                if not self.slots:
                    slots = {0}
                for slot in slots:
                    found[slot].add(name)
        return found


def contract_query(node: dict[str, Any]) -> str | None:
    """The rows that break a model's not-null columns or its key; None where it has no contract."""
    if not node["config"]["contract"]["enforced"]:
        return None
    relation = node["relation_name"]
    filled = [
        name
        for name, column in node["columns"].items()
        if any(c["type"] == "not_null" for c in column["constraints"])
    ]
    queries = []
    if filled:
        missing = " or ".join(f"{c} is null" for c in filled)
        queries.append(f"select * from {relation} where {missing}")
    for constraint in node["constraints"]:
        if constraint["type"] == "primary_key":
            key = ", ".join(constraint["columns"])
            queries.append(
                f"select * from {relation} qualify count(*) over (partition by {key}) > 1"
            )
    return " union all ".join(f"({query})" for query in queries) or None


def descendants(nodes: dict[str, dict[str, Any]], of: str) -> set[str]:
    """All models and tests that rest on a node, and it itself."""
    found = {of}
    grown = True
    while grown:
        more = {
            name
            for name, node in nodes.items()
            if name not in found and found & set(node["depends_on"].get("nodes", []))
        }
        grown = bool(more)
        found |= more
    return found


def read_rows(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a seed."""
    with file.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)

"""Damages every numeric cell of the printed seeds, one damage at a time, and counts what is caught.

Run as `uv run python bench/mutation.py`; see `bench/README.md`. A damaged report is a mutant. Since
every model and test works on many reports at once, some hundred mutants are judged in one pass:
each is a copy of the report under an id of its own, with its corrections, known issues and seals,
and the SQL that `dbt build` ran is run once over all of them, in memory. `--check N` proves on N
random mutants that a real `dbt build` of the damaged seeds fails by the same tests.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import duckdb
import pandas as pd
import typer
from build import dbt, literal, machine, read_json, seed_sql
from rich.console import Console
from rich.table import Table
from timing import copy_project, run

SEAL = "int_cells__match_their_seal"
# Tests that compare a cell with a reviewed copy of it; all others know what figures mean.
RECORDS = frozenset({SEAL, "control_corrections__match_print"})
CELLS = "int_cells__sealed"
NUMBER = re.compile(r"[+-]?\d[\d ]*(?:[,.]\d+)*")
UNITS = ("%", "tkr", "mnkr")
KEYS = ("report_id", "row_no", "source_line_first", "source_line_last")
GOAL_SECONDS = 600

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Mutant:
    """One damage to one printed seed.

    Attributes:
        table: name of the seed.
        kind: what was done.
        cell: the damaged place, `row_no.column` or `row_no`.
        edits: (row_no, column, new text); a column of None drops the row.
    """

    table: str
    kind: str
    cell: str
    edits: tuple[tuple[str, str | None, str], ...]

    def applied(self, rows: Rows) -> Rows:
        """The rows of the seed with the damage."""
        by_row: dict[str, dict[str | None, str]] = defaultdict(dict)
        for row_no, column, text in self.edits:
            by_row[row_no][column] = text
        return [
            row | {c: t for c, t in by_row[row["row_no"]].items() if c}
            if row["row_no"] in by_row
            else row
            for row in rows
            if None not in by_row.get(row["row_no"], {})
        ]


@dataclass(frozen=True)
class Verdict:
    """A mutant with the names of the tests and contracts that fail on it."""

    mutant: Mutant
    failing: frozenset[str]

    @property
    def by_meaning(self) -> bool:
        """True where something else than a reviewed copy of the cell caught it."""
        return bool(self.failing - RECORDS)


# --- Mutants -------------------------------------------------------------------------------------


def damaged_texts(text: str, unit: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Each damage to the text of one figure, as (kind, new text).

    `unit` is the unit of measure that the figure stands in: tkr, mnkr, percent, count, ...
    """
    found = NUMBER.search(text)
    yield "emptied", ""
    if not found:
        return
    before, number, after = text[: found.start()], found[0].rstrip(), text[found.end() :]
    after = found[0][len(number) :] + after
    for place, character in enumerate(text):
        if character.isdigit():
            other = dice.choice([d for d in "0123456789" if d != character])
            yield "digit", text[:place] + other + text[place + 1 :]
    flipped = number[1:] if number[0] in "+-" else "-" + number
    yield "sign", before + flipped + after
    whole, comma, decimals = (
        re.fullmatch(r"(.*?)([,.]?)(\d*)", number).groups()
        if ("," in number or "." in number)
        else (number, "", "")
    )
    if comma:
        yield "comma", before + whole + decimals + after
        yield "comma", before + whole + decimals[0] + comma + decimals[1:] + after
        if whole[-2:-1].isdigit():
            yield "comma", before + whole[:-1] + comma + whole[-1] + decimals + after
    elif number[-2:-1].isdigit():
        yield "comma", before + number[:-1] + "," + number[-1] + after
    printed = next((name for name in UNITS if after.strip().startswith(name)), None)
    for name in UNITS:
        if printed and name != printed:
            yield "unit", before + number + after.replace(printed, name, 1)
    if not printed and unit in ("tkr", "mnkr"):
        yield "unit", text + (" mnkr" if unit == "tkr" else " tkr")
    if unit == "mnkr":
        yield "thousandfold", before + number.replace(",", "") + " 000" + after
    if unit == "tkr":
        value = int(re.sub(r"\D", "", number)) / 1000
        yield (
            "thousandfold",
            before + number[: number[0] in "+-"] + f"{value:.1f}".replace(".", ",") + after,
        )


def all_mutants(rows: dict[str, Rows], figures: pd.DataFrame, seed: int) -> list[Mutant]:
    """Every single damage: to each numeric cell, to each row and between each row and the next.

    `figures` has one row per numeric cell: source_table, row_no, column_name, unit_of_measure.
    """
    mutants = []
    numeric: dict[str, list[str]] = defaultdict(list)
    for figure in figures.itertuples():
        table = f"printed_{figure.source_table}"
        (row,) = (row for row in rows[table] if row["row_no"] == str(figure.row_no))
        claim = figure.source_table == "pastaenden"
        for column in ("read_text", "printed_text") if claim else (figure.column_name,):
            numeric[table] += [] if column in numeric[table] else [column]
            dice = random.Random(f"{seed} {table} {row['row_no']} {column}")
            text = row[column]
            if not text or (column == "printed_text" and not re.search(r"\d", text)):
                continue
            cell = f"{row['row_no']}.{column}"
            for kind, damaged in damaged_texts(text, figure.unit_of_measure, dice):
                if damaged != text:
                    edit = (row["row_no"], column, damaged)
                    mutants.append(Mutant(table, kind, cell, (edit,)))
    for table, columns in numeric.items():
        for row in rows[table]:
            edit = (row["row_no"], None, "")
            mutants.append(Mutant(table, "row dropped", row["row_no"], (edit,)))
        for row, below in zip(rows[table], rows[table][1:], strict=False):
            mutants += swapped(table, row, below, [c for c in row if c not in KEYS], "rows swapped")
            for column in columns if table != "printed_pastaenden" else ():
                mutants += swapped(table, row, below, [column], "cells swapped")
    return mutants


def swapped(
    table: str, row: dict[str, str], below: dict[str, str], columns: list[str], kind: str
) -> list[Mutant]:
    """The mutant in which two neighbouring rows have changed some of their cells; none if alike."""
    edits = tuple(
        (to["row_no"], column, other[column])
        for to, other in ((row, below), (below, row))
        for column in columns
        if row[column] != below[column]
    )
    cell = row["row_no"] + (f".{columns[0]}" if len(columns) == 1 else "")
    return [Mutant(table, kind, cell, edits)] if edits else []


# --- Judging many mutants in one pass ------------------------------------------------------------


def slot_id(slot: int) -> str:
    """The report id of a slot, as long as a real one, so that texts are as long."""
    return f"mut{slot:05}"


SLOT = re.compile(r"mut(\d{5})", re.IGNORECASE)


class Judge:
    """The project's SQL over a number of slots, each a copy of the report; one connection.

    Slot 0 is never damaged: a test that fails on it is a fault of this benchmark.
    """

    def __init__(self, folder: Path, slots: int) -> None:
        """Loads the seeds of a built copy of the project, `slots` times, and seals them."""
        self.slots = slots
        self.nodes: dict[str, dict[str, Any]] = read_json(folder / "target/manifest.json")["nodes"]
        results = read_json(folder / "target/run_results.json")["results"]
        code = {r["unique_id"]: r["compiled_code"] for r in results if r["unique_id"] in self.nodes}
        # A test of a macro alone reads no seed.
        self.tests = {
            name: sql
            for name, sql in code.items()
            if name.startswith("test.") and self.nodes[name]["depends_on"]["nodes"]
        }
        needed = ancestors(self.nodes, self.tests)
        self.models = {n: sql for n, sql in code.items() if n.startswith("model.") and n in needed}
        self.report_id = next(read_rows(folder / "seeds/reference/reference_reports.csv"))[
            "report_id"
        ]
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute("set enable_progress_bar = false")
        self.con.execute("attach ':memory:' as bokslut; use bokslut; create schema clean")
        for schema in {node["schema"] for node in self.nodes.values()}:
            self.con.execute(f'create schema if not exists "{schema}"')
        self.rows: dict[str, Rows] = {}
        for name in (n for n in code if n.startswith("seed.")):
            seed = self.nodes[name]
            self.con.execute(seed_sql(seed, folder))
            self.clone(seed["relation_name"], f"clean.{seed['name']}")
            if seed["name"].startswith("printed_"):
                self.rows[seed["name"]] = list(read_rows(folder / seed["original_file_path"]))
        self.damaged: set[str] = set()
        self.run_models()
        self.con.execute(
            "create or replace table control.control_printed_cell_seals as "
            f"select figure_id, seal from intermediate.{CELLS}"
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

    def run_models(self) -> None:
        """Makes every model as a table, in the order of the build."""
        for name, sql in self.models.items():
            self.con.execute(
                f"create or replace table {self.nodes[name]['relation_name']} as {sql}"
            )

    def numeric_cells(self) -> pd.DataFrame:
        """One row per figure that is a number, with the unit of measure it stands in."""
        return self.con.execute(
            "select source_table, row_no, column_name, unit_of_measure "
            "from marts.fct_printed_figures where value is not null and report_id = ? "
            "order by source_table, row_no, column_name",
            [slot_id(0)],
        ).df()

    def load(self, mutants: list[Mutant]) -> None:
        """Puts each mutant in a slot of its own, from slot 1; the other slots are sound."""
        by_table: dict[str, list[tuple[str, Mutant]]] = defaultdict(list)
        for slot, mutant in enumerate(mutants, start=1):
            by_table[mutant.table].append((slot_id(slot), mutant))
        for table in self.damaged | by_table.keys():
            changed = pd.DataFrame(
                [
                    row | {"report_id": slot}
                    for slot, mutant in by_table[table]
                    for row in mutant.applied(self.rows[table])
                ],
                columns=list(self.rows[table][0]),
                dtype=str,
            ).replace({"": None})
            slots = pd.DataFrame({"slot": [slot for slot, _ in by_table[table]]}, dtype=str)
            self.con.register("changed", changed)
            self.con.register("slots", slots)
            self.con.execute(
                f"create or replace table printed.{table} as select * from clean.{table} "
                "where report_id not in (select slot from slots) "
                "union all select * from changed"
            )
        self.damaged = set(by_table)

    def judge(self, mutants: list[Mutant]) -> list[Verdict]:
        """The verdict on each mutant. A batch that SQL cannot finish is halved until it can."""
        try:
            self.load(mutants)
            self.run_models()
            failing = self.failing()
        except duckdb.Error:
            if len(mutants) == 1:
                return [Verdict(mutants[0], frozenset({"(SQL error)"}))]
            half = len(mutants) // 2
            return self.judge(mutants[:half]) + self.judge(mutants[half:])
        if failing[0]:
            raise SystemExit(f"The sound report fails: {failing[0]}")
        return [Verdict(m, frozenset(failing[slot])) for slot, m in enumerate(mutants, start=1)]

    def failing(self) -> dict[int, set[str]]:
        """The slots and what fails on each: tests by name, and contracts as `contract:MODEL`.

        Raises SystemExit where a failing row does not say which report it is about.
        """
        found: dict[int, set[str]] = defaultdict(set)
        queries = {self.nodes[n]["name"]: sql for n, sql in self.tests.items()}
        queries |= {
            f"contract:{self.nodes[n]['name']}": sql
            for n in self.models
            if (sql := contract_query(self.nodes[n]))
        }
        for name, sql in queries.items():
            for row in self.con.execute(sql).fetchall():
                slots = {int(slot) for slot in SLOT.findall(" ".join(map(str, row)))}
                if not slots:
                    raise SystemExit(f"{name} does not say which report fails: {row}")
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
    queries = [f"select * from {relation} where {' or '.join(f'{c} is null' for c in filled)}"]
    for constraint in node["constraints"]:
        if constraint["type"] == "primary_key":
            key = ", ".join(constraint["columns"])
            queries.append(
                f"select * from {relation} qualify count(*) over (partition by {key}) > 1"
            )
    return " union all ".join(f"({query})" for query in queries)


def ancestors(nodes: dict[str, dict[str, Any]], of: Iterable[str]) -> set[str]:
    """All nodes that the given ones rest on, and they themselves."""
    found: set[str] = set()
    left = list(of)
    while left:
        node = left.pop()
        if node not in found:
            found.add(node)
            left += (
                nodes[node]["depends_on"]["nodes"] if node.startswith(("model.", "test.")) else []
            )
    return found


def read_rows(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a seed."""
    with file.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def judge_share(folder: Path, slots: int, mutants: list[Mutant]) -> list[Verdict]:
    """One process's share of the work."""
    judge = Judge(folder, slots + 1)
    verdicts = []
    for start in range(0, len(mutants), slots):
        verdicts += judge.judge(mutants[start : start + slots])
    return verdicts


# --- Against a real build ------------------------------------------------------------------------


def real_verdict(folder: Path, mutant: Mutant) -> tuple[set[str], set[str]]:
    """What fails in a real `dbt build` of a damaged copy, and what it skips, by name."""
    with tempfile.TemporaryDirectory(prefix="bokslut-mutant-") as place:
        copy = Path(place) / "project"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.duckdb", ".venv"))
        (file,) = copy.glob(f"seeds/printed/{mutant.table}.csv")
        rows = list(read_rows(file))
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(mutant.applied(rows))
        (copy / "target/run_results.json").unlink()
        done = run([str(Path(sys.executable).with_name("dbt")), "build"], copy)
        try:
            results = read_json(copy / "target/run_results.json")["results"]
        except FileNotFoundError:
            return {f"(refused) {done.output[-400:]}"}, set()
        nodes = read_json(copy / "target/manifest.json")["nodes"]
    failing, skipped = set(), set()
    for result in results:
        name = nodes.get(result["unique_id"], {}).get("name", "")
        if result["status"] == "fail":
            failing.add(name)
        elif result["status"] == "error":
            failing.add(f"contract:{name}")
        elif result["status"] == "skipped":
            skipped |= {name, f"contract:{name}"}
    return failing, skipped


def check(folder: Path, verdicts: list[Verdict], console: Console) -> int:
    """Compares verdicts with real builds; gives the number that differ."""
    differing = 0
    for verdict in verdicts:
        failing, skipped = real_verdict(folder, verdict.mutant)
        same = failing == verdict.failing - skipped
        differing += not same
        told = "same" if same else f"DIFFERS: real {failing}, here {set(verdict.failing - skipped)}"
        console.print(f"{verdict.mutant}\n   {len(failing)} failing: {told}", soft_wrap=True)
    return differing


# --- Figures -------------------------------------------------------------------------------------


def counted(verdicts: list[Verdict], by: str) -> dict[str, dict[str, int]]:
    """Mutants, those caught, by meaning and by record only, for each table or kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        how = "meaning" if verdict.by_meaning else "record only" if verdict.failing else "survives"
        for group in (getattr(verdict.mutant, by), "all"):
            counts[group].update(["mutants", how])
    return {group: dict(counts[group]) for group in sorted(counts, key=lambda g: (g == "all", g))}


def show(title: str, counts: dict[str, dict[str, int]], console: Console) -> None:
    """Prints counts as a table."""
    table = Table(title=title)
    for name in ("", "mutants", "caught", "by meaning", "by record only", "survive"):
        table.add_column(name, justify="right" if name else "left")
    for group, count in counts.items():
        total, lost = count["mutants"], count.get("survives", 0)
        table.add_row(
            group.removeprefix("printed_"),
            str(total),
            f"{100 * (total - lost) / total:.1f} %",
            f"{100 * count.get('meaning', 0) / total:.1f} %",
            str(count.get("record only", 0)),
            str(lost),
        )
    console.print(table)


def show_uncaught(verdicts: list[Verdict], caught: bool, console: Console) -> None:
    """Lists the mutants that nothing caught, or that only a record caught, by table."""
    by_cell: dict[tuple[str, str], list[str]] = defaultdict(list)
    for verdict in verdicts:
        if bool(verdict.failing) == caught and not verdict.by_meaning:
            mutant = verdict.mutant
            text = mutant.edits[0][2] if len(mutant.edits) == 1 else ""
            by_cell[mutant.table, mutant.cell].append(f"{mutant.kind} {text}".strip())
    for (table, cell), damages in sorted(by_cell.items()):
        console.print(f"{table}.{cell}: {'; '.join(damages)}", soft_wrap=True)


def main(
    slots: Annotated[int, typer.Option(min=1, help="Mutants judged in one pass.")] = 200,
    processes: Annotated[int, typer.Option(min=1, help="Passes at the same time.")] = 2,
    seed: Annotated[int, typer.Option(help="Chooses the digit that replaces each digit.")] = 2020,
    check_count: Annotated[
        int, typer.Option("--check", help="Also compare so many mutants with real builds.")
    ] = 0,
    record_only: Annotated[
        bool, typer.Option(help="List what only the seals and other records catch.")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the figures to this file.")
    ] = None,
) -> None:
    """Counts the single-cell damages of the printed seeds that a build catches."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="bokslut-mutation-") as place:
        folder = copy_project(Path(place) / "project")
        console.print("A real build, whose SQL is used ...")
        dbt(folder, "build")
        start = time.perf_counter()
        first = Judge(folder, 1)
        mutants = all_mutants(first.rows, first.numeric_cells(), seed)
        cells = len({(mutant.table, mutant.cell) for mutant in mutants})
        console.print(f"{len(mutants)} mutants of {cells} cells and rows ...")
        # Each process takes every so-manyth, so that the tables are spread evenly.
        shares = [(folder, slots, mutants[part::processes]) for part in range(processes)]
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            verdicts = [v for share in pool.starmap(judge_share, shares) for v in share]
        seconds = time.perf_counter() - start
        by_table, by_kind = counted(verdicts, "table"), counted(verdicts, "kind")
        show("By table", by_table, console)
        show("By kind of damage", by_kind, console)
        tests = Counter(test for verdict in verdicts for test in verdict.failing)
        for test, count in tests.most_common():
            console.print(f"{count:6} {test}")
        console.print("Survivors:")
        show_uncaught(verdicts, False, console)
        if record_only:
            console.print("Caught by a record only:")
            show_uncaught(verdicts, True, console)
        told = ", ".join(f"{name} {value}" for name, value in machine().items())
        console.print(f"{seconds:.0f} s with {processes} processes, goal {GOAL_SECONDS}; {told}")
        if json_file:
            found = {
                "machine": machine(),
                "seconds": seconds,
                "tables": by_table,
                "kinds": by_kind,
                "tests": tests,
            }
            json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        if check_count:
            sample = random.Random(seed).sample(verdicts, check_count)
            if differing := check(folder, sample, console):
                raise SystemExit(f"{differing} of {check_count} verdicts differ from a real build.")
            console.print(f"{check_count} of {check_count} verdicts are those of a real build.")


if __name__ == "__main__":
    typer.run(main)

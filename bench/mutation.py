"""Damages what a report is published from, one damage at a time, and counts what is noticed.

Run as `uv run python bench/mutation.py`; see `bench/README.md`. As the guarantee goes: printed
cells and rows with their seals kept; the same with new seals made, as if typed wrongly from the
start; models whose SQL gives wrong rows; cells of reference and control seeds that have changed
places. The SQL that `dbt build` ran judges them, in memory. `--check N` proves on N random damages
that a real `dbt build` fails by the same tests.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from build import dbt, machine, read_json
from judge import DOCUMENT, DOCUMENT_SEAL, ROW_SEAL, SEAL, Judge, Verdict, read_rows
from mutants import Mutant, cell_mutants, reference_mutants, row_mutants
from rich.console import Console
from rich.table import Table
from timing import ROOT, copy_project, run

from bokslut.transcription import document
from bokslut.transcription.lines import document_of, signs

# A damage that only this catches makes a known issue agree: the build asks whether it is solved.
KNOWN_ISSUE = "control_known_issues__cover_contradictions"
LAYERS = ("marts", "reporting")
GOAL_SECONDS = 600
GOAL_SHARE = 0.95
T = TypeVar("T")


def drawn(mutants: list[T], count: int, seed: int) -> list[T]:
    """So many of the mutants, in their order; all of them where `count` is nought."""
    if not count or count >= len(mutants):
        return mutants
    chosen = sorted(random.Random(seed).sample(range(len(mutants)), count))
    return [mutants[n] for n in chosen]


# --- Judging in several processes ----------------------------------------------------------------


def judge_cells(folder: Path, slots: int, mutants: list[Mutant], root: Path) -> list[Verdict]:
    """One process's share of the damages to printed seeds, and what the document says of them."""
    judge = Judge(folder, slots + 1)
    verdicts = []
    for start in range(0, len(mutants), slots):
        verdicts += judge.judge(mutants[start : start + slots])
    paper = document_of(root, judge.report_id)
    if paper is None:
        return verdicts
    printed = {n: rows for n, rows in judge.rows.items() if n.startswith("printed_")}
    (report,) = (r for r in judge.rows["reference_reports"] if r["report_id"] == judge.report_id)
    known = signs(folder)
    told = []
    for verdict in verdicts:
        rows = verdict.mutant.applied(printed[verdict.mutant.table])
        found = document.findings(report, printed | {verdict.mutant.table: rows}, paper, known)
        failing = verdict.failing | ({DOCUMENT} if found else set())
        told.append(replace(verdict, failing=frozenset(failing)))
    return told


def judge_shared(folder: Path, mutants: list) -> list[Verdict]:
    """One process's share of the damages to what all reports share."""
    judge = Judge(folder, 0)
    return [judge.judge_shared(mutant) for mutant in mutants]


# --- Against a real build ------------------------------------------------------------------------


def real_verdict(folder: Path, mutant: Mutant) -> tuple[set[str], set[str]]:
    """What fails in a real `dbt build` of a damaged copy, and what it skips, by name."""
    with tempfile.TemporaryDirectory(prefix="bokslut-mutant-") as place:
        copy = Path(place) / "project"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.duckdb", ".venv"))
        (file,) = copy.glob(f"seeds/*/{mutant.table}.csv")
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


def counted(verdicts: list[Verdict], by: str, without: set[str]) -> dict[str, dict[str, int]]:
    """Damages by table or kind: how many there are, and how each was noticed.

    `without` are tests that do not count: the seals, where new ones have been made. A damage that
    nothing notices and that changes no row that readers get is counted apart.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        failing = verdict.failing - without
        how = "noticed" if failing - {KNOWN_ISSUE} else "known issue" if failing else "survives"
        if not failing and not verdict.has_effect:
            how = "no effect"
        for group in (getattr(verdict.mutant, by), "all"):
            counts[group].update(["damages", how])
    return {group: dict(counts[group]) for group in sorted(counts, key=lambda g: (g == "all", g))}


def show(title: str, counts: dict[str, dict[str, int]], console: Console) -> None:
    """Prints counts as a table."""
    table = Table(title=title)
    for name in ("", "damages", "noticed", "by a known issue only", "survive", "no effect"):
        table.add_column(name, justify="right" if name else "left")
    for group, count in counts.items():
        table.add_row(
            group.removeprefix("printed_"),
            str(count["damages"]),
            f"{100 * share(count):.1f} %",
            str(count.get("known issue", 0)),
            str(count.get("survives", 0)),
            str(count.get("no effect", 0)),
        )
    console.print(table)


def share(count: dict[str, int]) -> float:
    """The share noticed of the damages that have an effect."""
    total = count["damages"] - count.get("no effect", 0)
    return 1 - count.get("survives", 0) / total if total else 1.0


def show_survivors(verdicts: list[Verdict], without: set[str], console: Console) -> None:
    """Lists the damages that nothing noticed, by table and place."""
    by_cell: dict[tuple[str, str], list[str]] = defaultdict(list)
    for verdict in verdicts:
        if not verdict.failing - without and verdict.has_effect:
            mutant = verdict.mutant
            edits = getattr(mutant, "edits", ())
            text = edits[0][2] if len(edits) == 1 else ""
            by_cell[mutant.table, mutant.cell].append(f"{mutant.kind} {text}".strip())
    for (table, cell), damages in sorted(by_cell.items()):
        console.print(f"   {table}.{cell}: {'; '.join(damages)}", soft_wrap=True, markup=False)


def main(
    slots: Annotated[int, typer.Option(min=1, help="Damages judged in one pass.")] = 200,
    processes: Annotated[int, typer.Option(min=1, help="Passes at the same time.")] = 2,
    seed: Annotated[int, typer.Option(help="Draws digits and pairs.")] = 2020,
    count: Annotated[
        int, typer.Option("--sample", min=0, help="Draws so many damages of each group; 0: all.")
    ] = 0,
    per_column: Annotated[
        int, typer.Option(min=1, help="Pairs of cells drawn from each column of a reference seed.")
    ] = 3,
    groups: Annotated[
        str, typer.Option(help="Which groups: cells, models, references.")
    ] = "cells,models,references",
    check_count: Annotated[
        int, typer.Option("--check", help="Also compare so many damages with real builds.")
    ] = 0,
    survivors: Annotated[bool, typer.Option(help="List what nothing notices.")] = True,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the figures to this file.")
    ] = None,
) -> None:
    """Counts the damages to a report that a build notices."""
    console = Console(width=100)
    chosen = groups.split(",")
    with tempfile.TemporaryDirectory(prefix="bokslut-mutation-") as place:
        folder = copy_project(Path(place) / "project")
        console.print("A real build, whose SQL is used ...")
        dbt(folder, "build")
        start = time.perf_counter()
        first = Judge(folder, 1)
        printed = {n: r for n, r in first.rows.items() if n.startswith("printed_")}
        shared = {n: r for n, r in first.rows.items() if not n.endswith("_seals")}
        shared = {n: r for n, r in shared.items() if n not in printed or n == "printed_lines"}
        cells = [*cell_mutants(printed, first.figures(), seed), *row_mutants(printed, seed)]
        cells = [
            mutant
            for group in ("cells", "attribution")
            for mutant in drawn([m for m in cells if m.group == group], count, seed)
        ]
        shared_groups = {
            "models": drawn(Judge(folder, 0).model_mutants(LAYERS), count, seed),
            "references": drawn(reference_mutants(shared, per_column, seed), count, seed),
        }
        found: dict[str, list[Verdict]] = {"cells": [], "models": [], "references": []}
        # Each process takes every so-manyth, so that the tables are spread evenly.
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            if "cells" in chosen:
                shares = [(folder, slots, cells[p::processes], ROOT) for p in range(processes)]
                found["cells"] = [v for share in pool.starmap(judge_cells, shares) for v in share]
            for group, mutants in shared_groups.items():
                if group in chosen:
                    shares = [(folder, mutants[part::processes]) for part in range(processes)]
                    found[group] = [
                        v for share in pool.starmap(judge_shared, shares) for v in share
                    ]
        seconds = time.perf_counter() - start
        typed = "typed wrongly from the start"
        views: dict[str, tuple[str, set[str]]] = {
            "printed cells and rows, seals kept": ("cells", {DOCUMENT}),
            f"printed cells and rows, {typed}": ("cells", {SEAL, DOCUMENT}),
            f"what statements are about, {typed}": ("attribution", {SEAL, DOCUMENT}),
            "models": ("models", set()),
            "references and controls, seals kept": ("references", set()),
            "references and controls, new seals made": ("references", {ROW_SEAL}),
        }
        if document_of(ROOT, first.report_id):
            title = f"printed cells and rows, {typed} with the document at hand"
            views[title] = ("cells", {SEAL, DOCUMENT_SEAL})
        figures = {}
        for title, (group, without) in views.items():
            verdicts = [v for all_ in found.values() for v in all_ if v.mutant.group == group]
            if verdicts:
                figures[title] = counted(verdicts, "kind", without)
                show(title, figures[title], console)
                if group != "references":
                    show(f"{title}, by table", counted(verdicts, "table", without), console)
                if survivors:
                    console.print(f"Survivors: {title}")
                    show_survivors(verdicts, without, console)
        everything = [v for verdicts in found.values() for v in verdicts]
        for test, count in Counter(t for v in everything for t in v.failing).most_common():
            console.print(f"{count:6} {test}")
        told = ", ".join(f"{name} {value}" for name, value in machine().items())
        console.print(f"{seconds:.0f} s with {processes} processes, goal {GOAL_SECONDS}; {told}")
        for title, counts in figures.items():
            noticed = share(counts["all"])
            reached = "reached" if noticed >= GOAL_SHARE else "NOT REACHED"
            goal = f"goal {100 * GOAL_SHARE:.0f} %: {reached}"
            console.print(f"{title}: {100 * noticed:.1f} %, {goal}")
        if json_file:
            told_figures = {"machine": machine(), "seconds": seconds, "shares": figures}
            json_file.write_text(json.dumps(told_figures, indent=2) + "\n", encoding="utf-8")
        if check_count:
            real = [v for v in everything if isinstance(v.mutant, Mutant)]
            real = [v for v in real if not v.mutant.is_renumbered]
            sample = random.Random(seed).sample(real, check_count)
            if differing := check(folder, sample, console):
                raise SystemExit(f"{differing} of {check_count} verdicts differ from a real build.")
            console.print(f"{check_count} of {check_count} verdicts are those of a real build.")


if __name__ == "__main__":
    typer.run(main)

"""Times `bokslut render`: all documents in all formats, with the embedded renderer.

Run as `uv run python bench/render.py`; see `bench/README.md` for what the rows mean. It works in
a copy of the project in a temporary folder, builds its database first, and asserts no time.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Annotated

import psutil
import typer
from rich.console import Console
from rich.table import Table
from timing import clean_environment, copy_project, run

GOAL_SECONDS = 25
GOAL_PEAK_MIB = 1024
GOAL_PAGE_MB = 1.5
EVERY_SECONDS = 0.2


def main(
    runs: Annotated[int, typer.Option(min=1, help="Renderings after an uncounted one.")] = 5,
) -> None:
    """Renders the reports several times and prints time, memory and the heaviest page."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        built = run(["uv", "run", "dbt", "build"], project)
        if built.code:
            raise SystemExit(built.output)
        rendered(project)
        figures = [rendered(project) for _ in range(runs)]
        pages = sorted(
            (project / "reports/_output").glob("*/*.html"), key=lambda p: p.stat().st_size
        )
        heaviest = pages[-1].name, pages[-1].stat().st_size / 1e6
    table = Table("what", "median", "spread", "goal")
    seconds, processor, peaks = zip(*figures, strict=True)
    for name, values, unit, goal in (
        (f"{len(pages)} documents, all formats", seconds, "s", GOAL_SECONDS),
        ("processor time of it", processor, "s", None),
        ("peak memory, all processes together", peaks, "MiB", GOAL_PEAK_MIB),
    ):
        spread = f"{min(values):.1f} to {max(values):.1f}"
        table.add_row(name, f"{median(values):.1f} {unit}", spread, verdict(median(values), goal))
    name, size = heaviest
    table.add_row(f"heaviest page, {name}", f"{size:.2f} MB", "", verdict(size, GOAL_PAGE_MB))
    Console(width=110).print(table)


def verdict(value: float, goal: float | None) -> str:
    """The goal, and whether the value keeps under it."""
    return f"under {goal}: {'reached' if value < goal else 'not reached'}" if goal else ""


def rendered(project: Path) -> tuple[float, float, float]:
    """Seconds and processor seconds of one rendering, and the most memory it held, in MiB."""
    start, before = time.perf_counter(), os.times()
    process = psutil.Popen(
        ["uv", "run", "bokslut", "render"],
        cwd=project,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, held(process))
        time.sleep(EVERY_SECONDS)
    if process.returncode:
        raise SystemExit("the rendering failed")
    seconds, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return seconds, used, peak / 2**20


def held(process: psutil.Process) -> int:
    """Bytes that the process and its descendants hold; what several share is counted once."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        # A process that has just ended holds nothing.
        with contextlib.suppress(psutil.Error):
            total += one.memory_full_info().pss
    return total


if __name__ == "__main__":
    typer.run(main)

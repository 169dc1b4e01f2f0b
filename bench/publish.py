"""What publishing costs: `bokslut build` beside `dbt build`, and publishing by size.

    uv run python bench/publish.py                 # five pairs, about three minutes
    uv run python bench/publish.py --pairs 3

No time is asserted; bench/README.md says what is timed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from timing import copy_project, run

from bokslut.publishing import edition, publish

ROWS = (100_000, 200_000, 400_000, 800_000)


def pairs(count: int) -> list[tuple[float, float]]:
    """Seconds of `dbt build` and of `bokslut build`, in turns, after one uncounted run of each."""
    programs = Path(sys.executable).parent
    commands = ([str(programs / "dbt"), "build"], [str(programs / "bokslut"), "build"])
    found = []
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        for number in range(count + 1):
            done = [run(command, project) for command in commands]
            for timed in done:
                if timed.code:
                    raise SystemExit(timed.output)
            if number:
                dbt, build = (timed.seconds for timed in done)
                print(f"| {dbt:.2f} | {build:.2f} | {build / dbt:.2f} |", flush=True)
                found.append((dbt, build))
    return found


def publishing(rows: int) -> tuple[float, int]:
    """Seconds to publish a database whose one mart has so many rows, and bytes of the edition."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "bokslut.duckdb"
        with duckdb.connect(str(database)) as connection:
            connection.execute(
                "create schema marts; create table marts.fct_synthetic as"
                " select md5(i::varchar) as figure_id, i % 290 as unit, 2000 + i % 21 as year,"
                f" (hash(i) % 1000000 / 100)::decimal(18, 6) as value from range({rows}) as r(i)"
            )
        root = publish.made(folder / "published")
        start = time.perf_counter()
        with publish.fresh_work(root):
            made = publish.publish(root, database, [], {}, folder, 1, print)
        seconds = time.perf_counter() - start
        assert edition.damages(root / made.edition) == []
    return seconds, made.bytes


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    wanted = parser.parse_args().pairs
    publishing(1000)
    print("| rows | edition, MiB | publishing, s | MiB/s |\n| --- | --- | --- | --- |")
    for rows in ROWS:
        measured = [publishing(rows) for _ in range(3)]
        seconds = statistics.median(seconds for seconds, _ in measured)
        size = measured[0][1] / 2**20
        print(f"| {rows} | {size:.1f} | {seconds:.2f} | {size / seconds:.1f} |", flush=True)
    print("\n| dbt build, s | bokslut build, s | ratio |\n| --- | --- | --- |")
    ratios = sorted(build / dbt for dbt, build in pairs(wanted))
    print(f"\nmedian ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()

"""Runs the SQL of a build by DuckDB alone.

`bench/bare_sql.py PROJECT BUILT.duckdb FOLDER NEW.duckdb [FACT ...]`

PROJECT holds the artefacts of the build that made BUILT.duckdb from a folder of Parquet. The tables
of the seeds are read from that folder or, where it has none, taken from that build; every model is
made anew as a view or a table, and every test runs. NEW.duckdb must have the file name of
BUILT.duckdb, since compiled SQL names it. No dbt, no hooks, no contracts. Where facts are named,
only they and what they rest on are made, and no test runs. Prints the seconds in which the tables
of the seeds were read, and those from open to close.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
from build import read_json, statements

# What the profile of the project sets.
STORAGE = {"storage_compatibility_version": "v1.3.0"}
SETTINGS = (
    "threads = 2",
    "memory_limit = '1400MB'",
    "preserve_insertion_order = false",
    "checkpoint_threshold = '1GB'",
)


def seeds(built: Path, folder: Path) -> list[str]:
    """Statements that make the tables of the seeds."""
    with duckdb.connect(built, read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name, table_name from information_schema.tables"
            " where table_schema in ('reference', 'control', 'printed')"
        ).fetchall()
    return [
        f"create table {table} as from read_parquet('{folder}/{name}/**/*.parquet',"
        " hive_partitioning = false)"
        if (folder / name).is_dir()
        else f"create table {table} as from built.{table}"
        for table, name in tables
    ]


def resting_on(project: Path, facts: list[str]) -> set[str]:
    """The nodes of these models and of all that they rest on."""
    manifest = read_json(project / "target/manifest.json")
    found = {key for key, node in manifest["nodes"].items() if node["name"] in facts}
    while more := {parent for key in found for parent in manifest["parent_map"][key]} - found:
        found |= more
    return found


def main(
    project: Path, built: Path, folder: Path, new: Path, facts: list[str]
) -> tuple[float, float]:
    """Runs everything, or what some facts need, in its order; seconds of reading, and of all.

    Raises SystemExit where a test finds rows: the SQL is then not what dbt ran.
    """
    work = [s for s in statements(project) if s[0] != "seed"]
    if facts:
        needed = resting_on(project, facts)
        work = [s for s in work if s[0] == "schema" or (s[0] == "model" and s[1] in needed)]
    before = seeds(built, folder)
    start = time.perf_counter()
    with duckdb.connect(new, config=STORAGE) as connection:
        for setting in SETTINGS:
            connection.execute(f"set {setting}")
        for kind, _, sql in work:
            if kind == "schema":
                connection.execute(sql)
        # A file of the same name can only be attached under another one.
        connection.execute(f"attach '{built}' as built (read_only)")
        opened = time.perf_counter()
        for sql in before:
            connection.execute(sql)
        reading = time.perf_counter() - opened
        connection.execute("detach built")
        for kind, name, sql in work:
            if kind == "model":
                sql = sql.replace("create incremental", "create table", 1)
            rows = connection.execute(sql).fetchall() if kind != "schema" else []
            if kind == "test" and rows != [(0,)]:
                raise SystemExit(f"DuckDB alone: {name} finds {rows[0][0]} failing rows.")
    return reading, time.perf_counter() - start


if __name__ == "__main__":
    print(*(f"{seconds:.3f}" for seconds in main(*map(Path, sys.argv[1:5]), sys.argv[5:])))

"""Runs the SQL of a build by DuckDB alone: `bench/bare_sql.py PROJECT BUILT.duckdb NEW.duckdb`.

PROJECT holds the artefacts of the build that made BUILT.duckdb from a folder of Parquet. The
relations of the seeds are those of that build; every model is made anew as a view or a table, and
every test runs. NEW.duckdb must have the file name of BUILT.duckdb, since compiled SQL names it. No
dbt, no hooks, no contracts. Prints the seconds from open to close.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
from build import statements

# What the profile of the project sets.
SETTINGS = ("threads = 2", "memory_limit = '2GB'", "preserve_insertion_order = false")


def seeds(built: Path) -> list[str]:
    """Statements that make the relations of the seeds as the build had them."""
    with duckdb.connect(built, read_only=True) as connection:
        views = connection.execute(
            "select sql from duckdb_views()"
            " where schema_name in ('printed', 'reference', 'control')"
        ).fetchall()
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where schema_name in ('reference', 'control')"
            " or table_name = 'reports_of_this_run'"
        ).fetchall()
    made = [f"create table {name} as from built.{name}" for (name,) in tables]
    return made + [sql for (sql,) in views]


def main(project: Path, built: Path, new: Path) -> float:
    """Runs everything in its order and gives the seconds.

    Raises SystemExit where a test finds rows: the SQL is then not what dbt ran.
    """
    work = [s for s in statements(project) if s[0] != "seed"]
    before = seeds(built)
    start = time.perf_counter()
    with duckdb.connect(new) as connection:
        for setting in SETTINGS:
            connection.execute(f"set {setting}")
        for kind, _, sql in work:
            if kind == "schema":
                connection.execute(sql)
        # A file of the same name can only be attached under another one.
        connection.execute(f"attach '{built}' as built (read_only)")
        for sql in before:
            connection.execute(sql)
        connection.execute("detach built")
        for kind, name, sql in work:
            if kind == "model":
                sql = sql.replace("create incremental", "create table", 1)
            rows = connection.execute(sql).fetchall() if kind != "schema" else []
            if kind == "test" and rows != [(0,)]:
                raise SystemExit(f"DuckDB alone: {name} finds {rows[0][0]} failing rows.")
    return time.perf_counter() - start


if __name__ == "__main__":
    print(f"{main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])):.3f}")

"""Compares two databases: every mart and every report-ready model, row by row, value by value."""

from __future__ import annotations

from pathlib import Path

import duckdb

LISTED = """
    select schema_name || '.' || table_name as name from duckdb_tables()
    where database_name = 'bokslut' and schema_name in ('marts', 'reporting')
    union
    select schema_name || '.' || view_name from duckdb_views()
    where database_name = 'bokslut' and schema_name in ('marts', 'reporting')
"""


def differences(left: Path, right: Path) -> dict[str, tuple[int, int]]:
    """What two databases disagree on in the public schemas.

    Returns, by relation, the number of rows that only the left and only the right has (doubled rows
    count as often as they stand there). Empty where they hold the same.

    Raises AssertionError where one has a relation that the other lacks, or neither has any.
    """
    with duckdb.connect() as connection:
        names = []
        for side, file in (("a", left), ("b", right)):
            # The views name their database, so that each file is attached under that name in turn.
            connection.execute(f"attach '{file}' as bokslut (read_only)")
            connection.execute(f"create schema {side}")
            names.append({name for (name,) in connection.execute(LISTED).fetchall()})
            for name in names[-1]:
                copy = f'{side}."{name}"'
                connection.execute(f"create table {copy} as select * from bokslut.{name}")
            connection.execute("detach bokslut")
        assert names[0] == names[1] != set(), names[0] ^ names[1]
        found = {}
        for name in sorted(names[0]):
            counts = tuple(
                connection.execute(
                    f'select count(*) from (select * from {one}."{name}"'
                    f' except all select * from {other}."{name}")'
                ).fetchone()[0]
                for one, other in (("a", "b"), ("b", "a"))
            )
            if any(counts):
                found[name] = counts
        return found

"""Where the dev database is, and how it is opened for reading."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

DEFAULT = "bokslut.duckdb"


class DatabaseNotBuilt(FileNotFoundError):
    """There is no database to read; the message says which command makes it."""


def path(database: str | os.PathLike[str] | None = None) -> Path:
    """The database's file: the argument, else `BOKSLUT_DATABASE`, else `bokslut.duckdb` here."""
    return Path(database or os.environ.get("BOKSLUT_DATABASE") or DEFAULT)


def connect(database: str | os.PathLike[str] | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection.

    Raises:
        DatabaseNotBuilt: the file does not exist.
        duckdb.IOException: another process is writing to it.
    """
    file = path(database)
    if not file.is_file():
        raise DatabaseNotBuilt(f"Databasen {file} finns inte. Skapa den med: uv run dbt build")
    return duckdb.connect(str(file), read_only=True)

"""A folder of Parquet in PostgreSQL: the tables that `printed_source: parquet` reads there."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from bokslut.transcription import printed_folder
from bokslut.transcription.printed_parquet import REGISTER, TYPES, schemas

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

SCHEMA = "loaded"
FILES = "files"
SQL_TYPES = {TYPES["varchar"]: "text", TYPES["integer"]: "integer", TYPES["boolean"]: "boolean"}


class Loaded(NamedTuple):
    """What lies in PostgreSQL after a load, and how many files it had to read for it."""

    reports: int
    printed_rows: int
    files: int
    new_files: int


def load(project: Path, folder: Path, connection: Connection) -> Loaded:
    """Looks a folder through, and makes the tables of the schema `loaded` its, in one transaction.

    Files that are there as they were are left alone. The table `files` is the folder's list of
    files; a seed without files gets no table.

    Args:
        project: the project, whose seeds say which tables and columns there are.
        folder: a subfolder for each seed, as docs/many_reports.md has it.
        connection: to PostgreSQL, with the right to create schemas; committed, left open.

    Raises:
        FolderRefused: the first fault of the folder, or another load is under way; nothing is
            changed in the database.
    """
    folder = folder.absolute()
    printed_folder.digest(project, folder)
    listed = printed_folder.check(project, folder)
    known = schemas(project)
    wanted = {name: known[name] for name in {rows.seed_name for rows in listed}}
    digests = {rows.file: (rows.seed_name, rows.digest) for rows in listed}
    with connection, connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext(%s))", [SCHEMA])
        if cursor.fetchone() != (True,):
            raise printed_folder.refused(
                folder, "En annan inläsning pågår i samma databas. Kör om när den är klar"
            )
        cursor.execute(f"create schema if not exists {SCHEMA}")
        make_tables(cursor, {**wanted, FILES: printed_folder.LIST_SCHEMA})
        cursor.execute(f"select distinct file, seed_name, digest from {SCHEMA}.{FILES}")
        before = {file: (seed, digest) for file, seed, digest in cursor.fetchall()}
        for seed in wanted:
            outdated = [f for f in before if before[f][0] == seed and before[f] != digests.get(f)]
            cursor.execute(f"delete from {SCHEMA}.{seed} where file = any(%s)", [outdated])
        new = [file for file in digests if before.get(file) != digests[file]]
        for file in new:
            seed = digests[file][0]
            copy(cursor, seed, rows_of(folder, file, wanted[seed]))
        cursor.execute(f"delete from {SCHEMA}.{FILES}")
        columns = zip(*listed, strict=True)
        listing = [
            pa.array(c, f.type) for c, f in zip(columns, printed_folder.LIST_SCHEMA, strict=True)
        ]
        copy(cursor, FILES, pa.table(listing, printed_folder.LIST_SCHEMA))
        printed = [name for name in wanted if name.startswith("printed_")]
        return Loaded(
            reports=count(cursor, REGISTER),
            printed_rows=sum(count(cursor, name) for name in printed),
            files=len(digests),
            new_files=len(new),
        )


def count(cursor: Cursor, name: str) -> int:
    """The number of rows of a loaded table."""
    cursor.execute(f"select count(*) from {SCHEMA}.{name}")
    return cursor.fetchone()[0]


def make_tables(cursor: Cursor, wanted: dict[str, pa.Schema]) -> None:
    """Makes the tables that are not there with their columns, and drops the others.

    Where one is made, the list of files is emptied, so that every file is copied.
    """
    cursor.execute(
        "select table_name, array_agg(column_name::text order by ordinal_position)"
        " from information_schema.columns where table_schema = %s group by table_name",
        [SCHEMA],
    )
    there = dict(cursor.fetchall())
    right = {
        name: schema.names if name == FILES else [*schema.names, "file"]
        for name, schema in wanted.items()
    }
    if there != right:
        for name in there:
            cursor.execute(f"drop table {SCHEMA}.{name} cascade")
        for name, schema in wanted.items():
            columns = ", ".join(f"{column.name} {SQL_TYPES[column.type]}" for column in schema)
            file = "" if name == FILES else ", file text"
            cursor.execute(f"create table {SCHEMA}.{name} ({columns}{file})")


def rows_of(folder: Path, file: str, schema: pa.Schema) -> pa.Table:
    """The rows of a file, with the columns of the seed in their order, and the file's path."""
    rows = pq.read_table(folder / file, columns=schema.names, partitioning=None).cast(schema)
    return rows.append_column("file", pa.repeat(file, len(rows)))


def copy(cursor: Cursor, table: str, rows: pa.Table) -> None:
    """Copies rows into a table with the same columns."""
    # Text is quoted and null is not, so that an empty text stays one.
    text = io.BytesIO()
    pyarrow.csv.write_csv(rows, text, pyarrow.csv.WriteOptions(include_header=False))
    text.seek(0)
    cursor.copy_expert(f"copy {SCHEMA}.{table} from stdin with (format csv)", text)

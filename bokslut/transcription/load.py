"""A folder of Parquet in PostgreSQL: the tables that `printed_source: parquet` reads there."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from bokslut.transcription.printed_parquet import LAYERS, REGISTER, TYPES, schemas

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

SCHEMA = "loaded"
SQL_TYPES = {TYPES["varchar"]: "text", TYPES["integer"]: "integer", TYPES["boolean"]: "boolean"}
IN_WORDS = {
    TYPES["varchar"]: "text",
    TYPES["integer"]: "heltal (int32)",
    TYPES["boolean"]: "sant eller falskt (boolean)",
}
# The list of files has what the engines that read the folder themselves note about it.
LIST_OF_FILES = f"""
create table if not exists {SCHEMA}.files (
    seed_name text, filename text primary key, digest text, municipality_code text,
    report_year integer
)
"""


class FolderNotLoaded(RuntimeError):
    """The folder cannot be used; the message says what is wrong with it, in Swedish."""


class Loaded(NamedTuple):
    """What lies in PostgreSQL after a load, and how many files it had to read for it."""

    reports: int
    printed_rows: int
    files: int
    new_files: int


def load(project: Path, folder: Path, connection: Connection) -> Loaded:
    """Makes the tables of the schema `loaded` those of a folder, in one transaction.

    Files that are there as they were are left alone. A printed or control table without files
    becomes an empty table; a reference table without files is not made, and the project's own seed
    is read. What the rows say is looked through by the build.

    Args:
        project: the project, whose seeds say which tables and columns there are.
        folder: a subfolder for each seed, as docs/many_reports.md has it.
        connection: to PostgreSQL, with the right to create schemas; committed, left open.

    Raises:
        FolderNotLoaded: the first fault of the folder; nothing is changed.
    """
    folder = folder.resolve()
    known = schemas(project)
    files = {name: sorted((folder / name).rglob("*.parquet")) for name in known}
    check_subfolders(folder, known, files)
    of_reports = {file.stem for layer in LAYERS for file in project.glob(f"seeds/{layer}/*.csv")}
    wanted = {name: known[name] for name in known if files[name] or name in of_reports}
    with connection, connection.cursor() as cursor:
        cursor.execute(f"create schema if not exists {SCHEMA}")
        cursor.execute(LIST_OF_FILES)
        make_tables(cursor, wanted)
        new = sum(
            bring_up_to_date(cursor, folder, name, schema, files[name])
            for name, schema in wanted.items()
        )
        printed = [name for name in wanted if name.startswith("printed_")]
        return Loaded(
            reports=count(cursor, REGISTER),
            printed_rows=sum(count(cursor, name) for name in printed),
            files=sum(map(len, files.values())),
            new_files=new,
        )


def bring_up_to_date(
    cursor: Cursor, folder: Path, name: str, schema: pa.Schema, files: list[Path]
) -> int:
    """Copies the files of a seed that are new or changed; returns their number."""
    digests = {
        str(f): hashlib.md5(f.read_bytes(), usedforsecurity=False).hexdigest() for f in files
    }
    cursor.execute(f"select filename, digest from {SCHEMA}.files where seed_name = %s", [name])
    before = dict(cursor.fetchall())
    if outdated := [f for f in before if before[f] != digests.get(f)]:
        for table in (name, "files"):
            cursor.execute(f"delete from {SCHEMA}.{table} where filename = any(%s)", [outdated])
    new = [file for file in files if before.get(str(file)) != digests[str(file)]]
    for file in new:
        copy(cursor, folder, file, name, schema)
        cursor.execute(
            f"insert into {SCHEMA}.files values (%s, %s, %s, %s, %s)",
            [name, str(file), digests[str(file)], *partition_of(file)],
        )
    return len(new)


def count(cursor: Cursor, name: str) -> int:
    """The number of rows of a loaded table."""
    cursor.execute(f"select count(*) from {SCHEMA}.{name}")
    return cursor.fetchone()[0]


def partition_of(file: Path) -> tuple[str, int]:
    """Municipality and report year as the file's folders name them; "" and 0 where they do not."""
    named = dict(part.split("=", 1) for part in file.parts if "=" in part)
    year = named.get("report_year", "")
    return named.get("municipality_code", ""), int(year) if year.isdecimal() else 0


def check_subfolders(folder: Path, known: dict[str, pa.Schema], files: dict[str, list]) -> None:
    """Raises FolderNotLoaded where a subfolder is missing, or is no seed's."""
    if not files[REGISTER]:
        raise fault(
            folder, f"Mappen finns inte, eller har ingen undermapp {REGISTER} med rapporterna"
        )
    for place in sorted(p for p in folder.iterdir() if p.is_dir()):
        if place.name not in known:
            raise fault(
                folder,
                f"Undermappen {place.name} har inte namnet på någon seed; väntat "
                "är till exempel printed_ekonomi",
            )
    for name in known:
        if name.startswith("printed_") and not files[name]:
            raise fault(folder, f"Undermappen {name} saknas: alla tryckta tabeller måste finnas")


def make_tables(cursor: Cursor, wanted: dict[str, pa.Schema]) -> None:
    """Makes the tables that are not there with their columns, and drops those of no seed."""
    cursor.execute(
        "select table_name, array_agg(column_name::text order by ordinal_position)"
        " from information_schema.columns where table_schema = %s and table_name <> 'files'"
        " group by table_name",
        [SCHEMA],
    )
    there = {name: columns for name, columns in cursor.fetchall()}
    right = {name: [*schema.names, "filename"] for name, schema in wanted.items()}
    for name in there:
        if there[name] != right.get(name):
            cursor.execute(f"drop table {SCHEMA}.{name}")
            cursor.execute(f"delete from {SCHEMA}.files where seed_name = %s", [name])
    for name, schema in wanted.items():
        columns = ", ".join(f"{column.name} {SQL_TYPES[column.type]}" for column in schema)
        cursor.execute(f"create table if not exists {SCHEMA}.{name} ({columns}, filename text)")


def copy(cursor: Cursor, folder: Path, file: Path, name: str, schema: pa.Schema) -> None:
    """Copies the rows of a file, with the columns of the seed in their order."""
    try:
        has = pq.read_schema(file)
    except pa.ArrowInvalid as failure:
        raise fault(folder, f"Filen {file} är ingen hel Parquetfil. Skriv om filen") from failure
    for column in schema:
        place = has.get_field_index(column.name)
        if place < 0 or has.field(place).type != column.type:
            told = (
                f" saknar kolumnen {column.name}"
                if place < 0
                else f": kolumnen {column.name} har typen {has.field(place).type}"
            )
            raise fault(
                folder,
                f"Filen {file}{told}; väntat är {IN_WORDS[column.type]}. "
                f"Skriv om filen med kolumnerna i seeds/*/{name}.csv",
            )
    rows = pq.read_table(file, columns=schema.names, partitioning=None).cast(schema)
    rows = rows.append_column("filename", pa.repeat(str(file), len(rows)))
    # Text is quoted and null is not, so that an empty text stays one.
    text = io.BytesIO()
    pyarrow.csv.write_csv(rows, text, pyarrow.csv.WriteOptions(include_header=False))
    text.seek(0)
    cursor.copy_expert(f"copy {SCHEMA}.{name} from stdin with (format csv)", text)


def fault(folder: Path, message: str) -> FolderNotLoaded:
    """A message with the folder that it is about."""
    return FolderNotLoaded(f"{message} ({folder})")

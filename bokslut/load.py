"""A folder of Parquet in PostgreSQL: the tables that `printed_source: parquet` reads there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from bokslut.printed_parquet import LAYERS, REGISTER, TYPES, partition, schemas

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

SCHEMA = "loaded"
SQL_TYPES = {TYPES["varchar"]: "varchar", TYPES["integer"]: "integer"}
IN_WORDS = {TYPES["varchar"]: "text", TYPES["integer"]: "heltal (int32)"}


class FolderNotLoaded(RuntimeError):
    """The folder cannot be used; the message says what is wrong with it, in Swedish."""


def load(project: Path, folder: Path, connection: Connection) -> dict[str, int]:
    """Replaces what was loaded before by the tables of a folder, in one transaction.

    A printed or control table without files becomes an empty table; a reference table without
    files is not made, and the project's own seed is read.

    Args:
        project: the project, whose seeds say which tables and columns there are.
        folder: a subfolder for each seed, as docs/many_reports.md has it.
        connection: to PostgreSQL, with the right to create schemas; committed, left open.

    Returns:
        The number of rows by seed.

    Raises:
        FolderNotLoaded: the first fault of the folder; nothing is changed.
    """
    known = schemas(project)
    files = {name: sorted((folder / name).rglob("*.parquet")) for name in known}
    check_subfolders(folder, known, files)
    places = registered(folder, files[REGISTER], known[REGISTER])
    of_reports = {file.stem for layer in LAYERS for file in project.glob(f"seeds/{layer}/*.csv")}
    with connection, connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        return {
            name: copy(cursor, name, schema, checked(folder, name, files[name], schema, places))
            for name, schema in known.items()
            if files[name] or name in of_reports
        }


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


def registered(folder: Path, files: list[Path], schema: pa.Schema) -> dict[str, tuple[str, int]]:
    """Municipality and year of each report in the register, which has each report once."""
    places: dict[str, tuple[str, int]] = {}
    for rows in read(folder, REGISTER, files, schema):
        for report in rows.to_pylist():
            name, code, year = (
                report[c] for c in ("report_id", "municipality_code", "report_year")
            )
            if None in (name, code, year):
                raise fault(
                    folder,
                    f"{REGISTER}: rapporten {name} saknar report_id, "
                    "municipality_code eller report_year",
                )
            if name in places:
                raise fault(
                    folder, f"{REGISTER}: rapporten {name} finns på flera rader; väntat är en"
                )
            places[name] = (code, year)
    return places


def read(folder: Path, name: str, files: list[Path], schema: pa.Schema) -> Iterator[pa.Table]:
    """Each file's rows, with the columns of the seed in their order."""
    for file in files:
        has = pq.read_schema(file)
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
        yield pq.read_table(file, columns=schema.names, partitioning=None).cast(schema)


def checked(
    folder: Path,
    name: str,
    files: list[Path],
    schema: pa.Schema,
    places: dict[str, tuple[str, int]],
) -> Iterator[pa.Table]:
    """Each file's rows; a printed table's stand in the partition that the register says."""
    for file, rows in zip(files, read(folder, name, files, schema), strict=True):
        of_file = pc.unique(rows["report_id"]).to_pylist() if name.startswith("printed_") else []
        for report in of_file:
            if report not in places:
                raise fault(
                    folder,
                    f"{file} har rapporten {report}, som inte finns i {REGISTER}. "
                    "Lägg till den där, eller ta bort filen",
                )
            right = partition(folder, name, *places[report])
            if not file.is_relative_to(right):
                raise fault(
                    folder,
                    f"{file} har rapporten {report}, som enligt {REGISTER} "
                    f"hör till {right}. Flytta filen dit, eller rätta registret",
                )
        yield rows


def copy(cursor: Cursor, name: str, schema: pa.Schema, tables: Iterator[pa.Table]) -> int:
    """Makes a table and copies rows into it; returns their number."""
    columns = ", ".join(f"{column.name} {SQL_TYPES[column.type]}" for column in schema)
    cursor.execute(f"create table {SCHEMA}.{name} ({columns})")
    count = 0
    for rows in tables:
        # Text is quoted and null is not, so that an empty text stays one.
        text = io.BytesIO()
        pyarrow.csv.write_csv(rows, text, pyarrow.csv.WriteOptions(include_header=False))
        text.seek(0)
        cursor.copy_expert(f"copy {SCHEMA}.{name} from stdin with (format csv)", text)
        count += len(rows)
    return count


def fault(folder: Path, message: str) -> FolderNotLoaded:
    """A message with the folder that it is about."""
    return FolderNotLoaded(f"{message} ({folder})")

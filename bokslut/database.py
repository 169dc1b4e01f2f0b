"""Which database is read, and how it is opened for reading.

A reader takes the current edition if there is one, otherwise the dev database that
`uv run dbt build` makes; an argument or `BOKSLUT_DATABASE` goes before both.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

DEFAULT = "bokslut.duckdb"
CURRENT = "current"
MANIFEST = "edition.json"

SCHEMAS = ("printed", "reference", "control", "staging", "intermediate", "marts", "reporting")
"""The schemas of the warehouse."""

FORMAT = 2
"""The format of editions that this code writes and reads."""

REBUILD = "Bygg om med: uv run bokslut build"


class DatabaseNotBuilt(FileNotFoundError):
    """There is no database that can be read; the message says which command makes one."""


class DatabaseMisnamed(DatabaseNotBuilt):
    """The file has the name of a schema, so that DuckDB cannot tell which of them is meant."""


class EditionDamaged(DatabaseNotBuilt):
    """The edition lacks what a reader needs."""


class EditionOfOtherVersion(DatabaseNotBuilt):
    """The edition has a format that this code does not read."""


@dataclass(frozen=True)
class Source:
    """The database that is read.

    Attributes:
        path: the file; for the current edition the edition's own, so that a reader stays with it.
        edition: the edition's id; None for a database that is not an edition's.
        name_sv: what to call it: `utgåva 0123456789ab` or `utvecklingsdatabasen bokslut.duckdb`.
    """

    path: Path
    edition: str | None
    name_sv: str


def project() -> Path:
    """The nearest folder from here upwards with a dbt_project.yml, else the folder here."""
    here = Path.cwd()
    folders = (here, *here.parents)
    return next((folder for folder in folders if (folder / "dbt_project.yml").is_file()), here)


def published() -> Path:
    """The folder of the editions: `BOKSLUT_PUBLISHED`, else `published` in the project."""
    return Path(os.environ.get("BOKSLUT_PUBLISHED") or project() / "published")


def path(database: str | os.PathLike[str] | None = None) -> Path:
    """The dev database's file: the argument, else `BOKSLUT_DATABASE`, else `bokslut.duckdb`."""
    return Path(database or os.environ.get("BOKSLUT_DATABASE") or project() / DEFAULT)


def source(database: str | os.PathLike[str] | None = None) -> Source:
    """What a reader reads: the argument, `BOKSLUT_DATABASE`, the current edition, `bokslut.duckdb`.

    Raises:
        EditionDamaged: `published/current` leads nowhere, or its manifest cannot be read.
        EditionOfOtherVersion: the edition has another format.
    """
    current = published() / CURRENT
    if database or os.environ.get("BOKSLUT_DATABASE") or not os.path.lexists(current):
        file = path(database)
        edition = edition_beside(file)
    else:
        file = Path(os.path.realpath(current)) / DEFAULT
        inside = file.is_relative_to(os.path.realpath(current.parent))
        edition = edition_beside(file) if inside else None
        if not edition or not file.is_file():
            raise EditionDamaged(f"{shown(current)} leder inte till en hel utgåva. {REBUILD}")
    name = f"utgåva {edition}" if edition else f"utvecklingsdatabasen {shown(file)}"
    return Source(file, edition, name)


def check_name(file: Path) -> None:
    """Raises DatabaseMisnamed where a database's file has the name of one of its schemas."""
    name = file.name.partition(".")[0].lower()  # the database's own, to DuckDB
    if name in (*SCHEMAS, "main"):
        raise DatabaseMisnamed(
            f"Databasen {shown(file)} heter som schemat {name}, och DuckDB kan inte skilja dem åt."
            f" Bygg den under ett annat namn, t.ex. BOKSLUT_DATABASE={DEFAULT}."
        )


def shown(file: Path) -> str:
    """The path as a person writes it: relative where it lies under the folder here."""
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


def edition_beside(file: Path) -> str | None:
    """The id of the edition that a database file belongs to; None where it belongs to none.

    Raises:
        EditionDamaged: the manifest beside the file cannot be read.
        EditionOfOtherVersion: the edition has another format.
    """
    manifest = file.parent / MANIFEST
    if not manifest.is_file():
        return None
    try:
        read = json.loads(manifest.read_text(encoding="utf-8"))
        edition, edition_format = str(read["edition"]), read["format"]
    except (OSError, ValueError, KeyError, TypeError) as damage:
        raise EditionDamaged(f"{shown(manifest)} går inte att läsa. {REBUILD}") from damage
    if edition_format != FORMAT:
        raise EditionOfOtherVersion(
            f"Utgåva {edition} har format {edition_format} (gjord av bokslut"
            f" {read.get('bokslut', '?')}); den här versionen läser"
            f" format {FORMAT}. {REBUILD}"
        )
    return edition


def connect(database: str | os.PathLike[str] | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection to `source(database)`.

    Raises:
        DatabaseNotBuilt: the file does not exist, or is of an edition that cannot be read.
        DatabaseMisnamed: the file has the name of a schema.
        duckdb.IOException: another process is writing to it.
    """
    file = source(database).path
    check_name(file)
    if not file.is_file():
        raise DatabaseNotBuilt(f"Databasen {shown(file)} finns inte. Skapa den: uv run dbt build")
    return duckdb.connect(str(file), read_only=True)


def unreadable(failure: duckdb.Error) -> str:
    """Why the database that readers take cannot be read, and the command that puts it right."""
    of = source()
    command = REBUILD if of.edition else "Kör: uv run dbt build"
    if isinstance(failure, duckdb.IOException) and "lock" in str(failure).lower():
        return (
            f"Databasen {shown(of.path)} används av ett annat program. Trolig orsak: ett bygge"
            " pågår. Vänta tills det är klart, och kör kommandot igen."
        )
    if isinstance(failure, duckdb.IOException):
        return (
            f"Filen {shown(of.path)} är ingen hel DuckDB-databas. Trolig orsak: en avbruten"
            f" kopiering eller en annan fil. Flytta undan den. {command}"
        )
    if isinstance(failure, duckdb.CatalogException | duckdb.BinderException):
        return (
            f"Databasen {shown(of.path)} är tom eller bara delvis byggd. Trolig orsak: ett bygge"
            f" som stannade, eller en äldre version av projektet. {command}"
        )
    return str(failure)


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A text as an SQL literal, for statements that take no parameters."""
    return "'" + str(value).replace("'", "''") + "'"

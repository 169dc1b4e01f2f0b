"""A folder of printed tables as Parquet: looked through, and refused by the name of what is wrong.

Who writes the folder leaves in it a digest of each report, in the register, and a list of its
files, from which a build sees what is new, and that nothing else has been changed.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from bokslut.transcription import seed_files
from bokslut.transcription.printed_parquet import (
    LAYERS,
    REGISTER,
    TYPES,
    partition,
    read_seed,
    schemas,
    write,
)
from bokslut.transcription.seed_files import MAY_BE_EMPTY, REPORT_ID

LIST = "files.parquet"
DIGEST = "content_digest"
AGAIN = "Gå igenom mappen på nytt: uv run bokslut digest MAPP"
# How many files are read at once, which bounds the memory that it takes.
FILES_AT_ONCE = 2_000
LIST_SCHEMA = pa.schema(
    [
        ("seed_name", pa.string()),
        ("file", pa.string()),
        ("digest", pa.string()),
        ("municipality_code", pa.string()),
        ("report_year", pa.int32()),
        ("report_id", pa.string()),
        ("rows_digest", pa.string()),
    ]
)
IN_WORDS = {
    TYPES["varchar"]: "text",
    TYPES["integer"]: "heltal (int32)",
    TYPES["boolean"]: "sant eller falskt (boolean)",
}


class FolderRefused(RuntimeError):
    """The folder cannot be used; the message says what is wrong with it, in Swedish."""


class Rows(NamedTuple):
    """The rows of one report in one file; of no report where the table belongs to none.

    Attributes:
        seed_name: the seed whose columns the file has.
        file: its path in the folder, with `/` between.
        digest: MD5 of its bytes.
        municipality_code, report_year: as its folders name them; None where they do not.
        report_id: the report; None in a table that belongs to none, and in a file without rows.
        rows_digest: MD5 of the rows, whatever their order; None where there are none.
    """

    seed_name: str
    file: str
    digest: str
    municipality_code: str | None
    report_year: int | None
    report_id: str | None
    rows_digest: str | None


class Digested(NamedTuple):
    """What a look through a folder has found."""

    reports: int
    files: int
    new_files: int


def digest(project: Path, folder: Path) -> Digested:
    """Looks the folder through, and leaves digests and the list of files in it.

    A file whose bytes are those of the list is not read again. Nothing is written before all has
    been looked through.

    Args:
        project: the project, whose seeds say which tables and columns there are.
        folder: a subfolder for each seed, as docs/many_reports.md has it.

    Raises:
        FolderRefused: the first fault of the folder.
    """
    known = schemas(project)
    folder = folder.absolute()
    files = files_of(folder, known)
    before = listed(folder, known)
    digests = {file: md5(folder, file) for of_seed in files.values() for file in of_seed}
    found: list[Rows] = []
    new_files = 0
    for seed, of_seed in files.items():
        new = [file for file in of_seed if digests[file] not in before.get(file, {})]
        new_files += len(new)
        found += (
            rows for file in of_seed if file not in set(new) for rows in before[file][digests[file]]
        )
        for start in range(0, len(new), FILES_AT_ONCE):
            some = new[start : start + FILES_AT_ONCE]
            found += read(folder, seed, known[seed], some, digests)
    register = registered(folder, known, files[REGISTER])
    check_places(folder, found, register)
    content = content_digests(found)
    for file in files[REGISTER]:
        if write_digests(folder / file, known[REGISTER], content):
            changed = md5(folder, file)
            found = [r._replace(digest=changed) if r.file == file else r for r in found]
    write_list(folder, known, found)
    return Digested(len(register), len(digests), new_files)


def export_seeds(project: Path, folder: Path) -> int:
    """Writes the seeds that belong to reports as a folder that `printed_source: parquet` reads.

    Printed tables are partitioned by municipality and year; the register and the control tables are
    one file each. Returns the number of files, the list of them included.

    Raises SeedFilesDamaged where a seed file is, so that no id is a path out of the folder.
    """
    seed_files.check(project)
    known = schemas(project)
    register = read_seed(project / f"seeds/reference/{REGISTER}.csv", known[REGISTER])
    tables = {REGISTER: register}
    for layer in LAYERS:
        for file in sorted(project.glob(f"seeds/{layer}/*.csv")):
            tables[file.stem] = read_seed(file, known[file.stem])
    written = 0
    for name, table in tables.items():
        if name.startswith("printed_"):
            for report in register.to_pylist():
                place = partition(folder, name, report["municipality_code"], report["report_year"])
                rows = table.filter(pc.equal(table["report_id"], report["report_id"]))
                written += write(rows, place / f"{report['report_id']}.parquet")
        else:
            written += write(table, folder / name / "all.parquet")
    digest(project, folder)
    return written + 1


def check(project: Path, folder: Path) -> list[Rows]:
    """The list of a folder that is as `digest` left it, and whose digests are of its files.

    Raises:
        FolderRefused: the first fault of the folder.
    """
    known = schemas(project)
    folder = folder.absolute()
    files = files_of(folder, known)
    before = listed(folder, known)
    register = registered(folder, known, files[REGISTER])
    if not before or any(row[DIGEST] is None for row in register.values()):
        raise refused(
            folder,
            f"Registret saknar kontrollsummor ({DIGEST}), eller mappen sin fillista. {AGAIN}",
        )
    there = {file for of_seed in files.values() for file in of_seed}
    for file in sorted(there ^ set(before)):
        told = "är ny" if file in there else "är borta"
        raise refused(folder, f"Filen {file} {told} sedan mappen gicks igenom. {AGAIN}")
    for file in sorted(there):
        if md5(folder, file) not in before[file]:
            raise refused(folder, f"Filen {file} är ändrad sedan mappen gicks igenom. {AGAIN}")
    found = [rows for by_digest in before.values() for rows in chain(*by_digest.values())]
    check_places(folder, found, register)
    content = content_digests(found)
    for report_id, row in register.items():
        if row[DIGEST] != content[report_id]:
            raise refused(
                folder,
                f"Rapporten {report_id} har en kontrollsumma ({DIGEST}) i registret som inte är "
                f"dess filers. {AGAIN}",
            )
    return found


def files_of(folder: Path, known: dict[str, pa.Schema]) -> dict[str, list[str]]:
    """The files of each seed that the folder has, by their paths in it.

    Raises FolderRefused where the folder, a subfolder or a file is not what it should be.
    """
    if not (folder / REGISTER).is_dir():
        raise refused(
            folder, f"Mappen finns inte, eller har ingen undermapp {REGISTER} med rapporterna"
        )
    found: dict[str, list[str]] = {}
    for place in sorted(p for p in folder.iterdir() if p.is_dir()):
        if place.name not in known:
            raise refused(
                folder,
                f"Undermappen {place.name} har inte namnet på någon seed; väntat är till exempel "
                "printed_ekonomi",
            )
        if files := list(parquet_files(folder, place.name)):
            found[place.name] = files
    for name in known:
        optional = not name.startswith("printed_") or f"{name}.csv" in MAY_BE_EMPTY
        if name not in found and (name == REGISTER or not optional):
            raise refused(folder, f"Undermappen {name} saknas: alla tryckta tabeller måste finnas")
    return found


def parquet_files(folder: Path, name: str) -> Iterator[str]:
    """The files of Parquet below a subfolder, by their paths in the folder, in their order.

    There are tens of thousands of them: a Path for each takes as long as reading it.
    Raises FolderRefused where one is no regular file.
    """
    above_all = len(f"{folder}/")
    for above, folders, names in os.walk(f"{folder}/{name}"):
        folders.sort()
        for file in sorted(f"{above}/{name}" for name in names if name.endswith(".parquet")):
            if not os.path.isfile(file):
                raise refused(folder, f"{file} är ingen vanlig fil. Ta bort den")
            yield file[above_all:].replace(os.sep, "/")


def md5(folder: Path, file: str) -> str:
    """The digest of a file's bytes."""
    with open(f"{folder}/{file}", "rb") as handle:
        return hashlib.md5(handle.read(), usedforsecurity=False).hexdigest()


def digest_of(texts: Iterable[str]) -> str:
    """The digest of some texts, whatever their order."""
    return hashlib.md5("\n".join(sorted(texts)).encode(), usedforsecurity=False).hexdigest()


def columns_digest(known: dict[str, pa.Schema]) -> bytes:
    """A digest of the columns of all seeds: a list made with others is made anew."""
    return digest_of(f"{name} {schema}" for name, schema in known.items()).encode()


def listed(folder: Path, known: dict[str, pa.Schema]) -> dict[str, dict[str, list[Rows]]]:
    """The list of files as it was left: rows by file and digest. None of it with other columns."""
    file = folder / LIST
    if not file.is_file():
        return {}
    try:
        table = pq.read_table(file, partitioning=None)
    except pa.ArrowInvalid:
        return {}
    if (table.schema.metadata or {}).get(b"columns") != columns_digest(known):
        return {}
    found: dict[str, dict[str, list[Rows]]] = {}
    for values in zip(*(column.to_pylist() for column in table.columns), strict=True):
        rows = Rows(*values)
        found.setdefault(rows.file, {}).setdefault(rows.digest, []).append(rows)
    return found


def as_table(found: list[Rows]) -> pa.Table:
    """The list of files as a table."""
    columns = zip(*found, strict=True)
    return pa.table(
        [pa.array(c, f.type) for c, f in zip(columns, LIST_SCHEMA, strict=True)], LIST_SCHEMA
    )


def write_list(folder: Path, known: dict[str, pa.Schema], found: list[Rows]) -> None:
    """Writes the list of files, in the place of the one there is."""
    table = as_table(sorted(found, key=lambda rows: (rows.file, rows.report_id or "")))
    write(table.replace_schema_metadata({b"columns": columns_digest(known)}), folder / LIST)


def read(
    folder: Path, seed: str, schema: pa.Schema, files: list[str], digests: dict[str, str]
) -> Iterator[Rows]:
    """The rows of some files of a seed, by report.

    Raises FolderRefused where a file is no Parquet, or has not the columns of its seed.
    """
    for file in files:
        check_columns(folder, seed, schema, file)
    dataset = ds.dataset([str(folder / file) for file in files], schema=schema, format="parquet")
    names = [name for name in schema.names if (seed, name) != (REGISTER, DIGEST)]
    table = dataset.to_table(columns=[*names, "__filename"], use_threads=True)
    report_ids = reports_of(folder, seed, table)
    texts = [pc.cast(table[name], pa.string()) for name in names]
    as_text = pc.binary_join_element_wise(
        *texts, "\x1f", null_handling="replace", null_replacement="\x00"
    )
    rows_of: defaultdict[tuple[str, str | None], list[str]] = defaultdict(list)
    for key, text in zip(
        zip(table["__filename"].to_pylist(), report_ids, strict=True),
        as_text.to_pylist(),
        strict=True,
    ):
        rows_of[key].append(text)
    by_file: defaultdict[str, list[tuple[str | None, list[str]]]] = defaultdict(list)
    for (path, report_id), rows in rows_of.items():
        by_file[path].append((report_id, rows))
    for file in files:
        code, year = partition_of(file)
        for report_id, rows in by_file[str(folder / file)] or [(None, None)]:
            yield Rows(
                seed, file, digests[file], code, year, report_id, digest_of(rows) if rows else None
            )


def check_columns(folder: Path, seed: str, schema: pa.Schema, file: str) -> None:
    """Raises FolderRefused where a file is no Parquet, or has not the columns of its seed."""
    try:
        has = pq.read_schema(folder / file)
    except pa.ArrowInvalid as failure:
        raise refused(folder, f"Filen {file} är ingen hel Parquetfil. Skriv om filen") from failure
    for column in schema:
        place = has.get_field_index(column.name)
        if place >= 0 and has.field(place).type == column.type:
            continue
        if place < 0 and (seed, column.name) == (REGISTER, DIGEST):
            continue
        told = (
            f" saknar kolumnen {column.name}"
            if place < 0
            else f": kolumnen {column.name} har typen {has.field(place).type}"
        )
        raise refused(
            folder,
            f"Filen {file}{told}; väntat är {IN_WORDS[column.type]}. "
            f"Skriv om filen med kolumnerna i seeds/*/{seed}.csv",
        )


def reports_of(folder: Path, seed: str, table: pa.Table) -> list[str | None]:
    """The report of each row; None in a table that belongs to no report.

    A figure's id begins with its report's and a full stop; a known issue says whose it is.
    """
    if not seed.startswith(tuple(f"{layer}_" for layer in LAYERS)) and seed != REGISTER:
        return [None] * len(table)
    if "report_id" in table.column_names:
        return table["report_id"].to_pylist()
    if "figure_id" in table.column_names:
        return [(figure or "").split(".")[0] for figure in table["figure_id"].to_pylist()]
    if "known_issue_id" not in table.column_names:
        return [None] * len(table)
    issues = ds.dataset(folder / "control_known_issues", format="parquet").to_table(
        columns=["known_issue_id", "report_id"]
    )
    report_of = dict(zip(*(column.to_pylist() for column in issues.columns), strict=True))
    return [report_of.get(issue) for issue in table["known_issue_id"].to_pylist()]


def partition_of(file: str) -> tuple[str | None, int | None]:
    """Municipality and report year as the two folders of the file name them."""
    parts = file.split("/")
    named = dict(part.split("=", 1) for part in parts if "=" in part and len(parts) == 4)
    year = named.get("report_year", "")
    return named.get("municipality_code"), int(year) if year.isdecimal() else None


def registered(folder: Path, known: dict[str, pa.Schema], files: list[str]) -> dict[str, dict]:
    """The rows of the register by report.

    Raises FolderRefused where a report stands there twice, or has no id that one can use.
    """
    found: dict[str, dict] = {}
    for file in files:
        check_columns(folder, REGISTER, known[REGISTER], file)
        dataset = ds.dataset(folder / file, schema=known[REGISTER], format="parquet")
        for row in dataset.to_table().to_pylist():
            report_id = row["report_id"]
            if not REPORT_ID.fullmatch(report_id or ""):
                raise refused(
                    folder,
                    f"Rapporten ”{report_id or ''}” i {file} har inget id som kan användas; väntat "
                    "är små bokstäver a till z, siffror och bindestreck",
                )
            if report_id in found:
                raise refused(
                    folder, f"Rapporten {report_id} finns på 2 rader i {REGISTER}; väntat är en"
                )
            found[report_id] = row
    return found


def check_places(folder: Path, found: list[Rows], register: dict[str, dict]) -> None:
    """Raises FolderRefused where printed rows lie elsewhere than where the register has them."""
    for rows in found:
        if not rows.seed_name.startswith("printed_") or rows.rows_digest is None:
            continue
        row = register.get(rows.report_id or "")
        if row is None:
            raise refused(
                folder,
                f"Filen {rows.file} har rapporten {rows.report_id}, som inte finns i {REGISTER}. "
                "Lägg till den där, eller ta bort filens rader",
            )
        if (row["municipality_code"], row["report_year"]) != rows[3:5]:
            raise refused(
                folder,
                f"Filen {rows.file} har rapporten {rows.report_id}, som enligt {REGISTER} ligger i "
                f"municipality_code={row['municipality_code']}, report_year={row['report_year']}. "
                "Flytta filen dit, eller rätta registret",
            )


def content_digests(found: list[Rows]) -> dict[str, str]:
    """A digest for each report, of its own rows and of those that all reports share."""
    shared = digest_of(
        f"{rows.seed_name} {rows.rows_digest}" for rows in found if rows.report_id is None
    )
    parts: defaultdict[str, list[str]] = defaultdict(lambda: [shared])
    for rows in found:
        if rows.report_id is not None:
            parts[rows.report_id].append(f"{rows.seed_name} {rows.rows_digest}")
    return {report_id: digest_of(texts) for report_id, texts in parts.items()}


def write_digests(file: Path, schema: pa.Schema, content: dict[str, str]) -> bool:
    """Writes the digests into a file of the register; whether it had others."""
    rows = pq.read_table(file, partitioning=None)
    digests = pa.array([content[report] for report in rows["report_id"].to_pylist()], pa.string())
    if DIGEST in rows.column_names and rows[DIGEST].combine_chunks().equals(digests):
        return False
    if DIGEST in rows.column_names:
        rows = rows.drop_columns([DIGEST])
    write(rows.append_column(schema.field(DIGEST), digests), file)
    return True


def refused(folder: Path, message: str) -> FolderRefused:
    """A message with the folder that it is about."""
    return FolderRefused(f"{message} ({folder})")

"""An edition: one tested build as an immutable folder that readers use.

    <edition>/bokslut.duckdb    the schemas marts and reporting, as tables
    <edition>/marts/*.parquet   the marts again; the same rows give the same bytes
    <edition>/checks.json       every check of the build: name, kind, verdict, failing rows
    <edition>/edition.json      id, format, versions, digest of each seed and of each file

The id is a digest of what went in (seeds, models, macros, tests) and what came out (marts,
checks), never of a time, a path or a machine. `edition.json` carries a digest of itself, so that
damage to any byte of the folder can be named. It guards against accident: it is no signature.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import stat
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from bokslut import database as db

ID = re.compile(r"[0-9a-f]{12}")
CHECKS = "checks.json"
MARTS = "marts"
SCHEMAS = ("marts", "reporting")
ROWS_PER_GROUP = 122_880
# The lowest version that opens an edition, which is written in its format.
LOWEST_DUCKDB = "1.0.0"
PACKAGES = ("bokslut", "dbt-core", "dbt-duckdb", "duckdb")
INPUTS = {"seeds": {".csv", ".yml"}, "models": {".sql", ".yml", ".md"}, "macros": {".sql", ".yml"}}
INPUTS |= {f"tests/{kind}": {".sql", ".yml"} for kind in ("generic", "singular", "macros")}


class EditionError(RuntimeError):
    """What was asked of an edition cannot be done; the message says why, in Swedish."""


@dataclass(frozen=True)
class Check:
    """One check of a build.

    Attributes:
        name: a claim, e.g. `fct_results__rows_are_sound`.
        kind: `test` (of the data) or `unit_test` (of a model).
        verdict: dbt's word; `pass` in an edition.
        rows: failing rows.
    """

    name: str
    kind: str
    verdict: str
    rows: int


@dataclass(frozen=True)
class Edition:
    """The manifest of an edition, as `edition.json` has it.

    Attributes:
        edition: the id, twelve hexadecimal digits.
        format: what this layout is called; readers refuse a format that they do not know.
        bokslut: the version of this package.
        versions: of Python and of the packages that made the edition.
        git: commit (None outside git) and whether files differed from it.
        seeds: SHA-256 of each seed, by its path in the project.
        models: SHA-256 of each other file that dbt built from.
        files: size in bytes and SHA-256 of each file of the edition but the manifest.
    """

    edition: str
    format: int
    bokslut: str
    versions: dict[str, str]
    git: dict[str, object]
    seeds: dict[str, str]
    models: dict[str, str]
    files: dict[str, dict[str, object]]


def digest(file: Path) -> str:
    """SHA-256 of a regular file, in hexadecimal. A link is not followed (OSError)."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def canonical(document: object) -> str:
    """The one way in which a document is written as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def inputs(project: Path) -> dict[str, str]:
    """SHA-256 of each file that dbt builds from, by its path in the project."""
    files = [project / "dbt_project.yml"]
    for folder, suffixes in INPUTS.items():
        files += [file for file in (project / folder).rglob("*") if file.suffix in suffixes]
    return {
        file.relative_to(project).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(files)
    }


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that make an edition, and the lowest that reads
    it.
    """
    found = {"python": platform.python_version(), "lowest duckdb": LOWEST_DUCKDB}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "okänd"
    return found


def git_state(project: Path) -> dict[str, object]:
    """The commit of the project and whether its files differ from it; None where git cannot say."""

    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(
                ["git", *arguments], cwd=project, capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            return None
        return done.stdout.strip()

    commit, changed = git("rev-parse", "HEAD"), git("status", "--porcelain")
    return {"commit": commit, "is_changed": None if commit is None else bool(changed)}


def identity(manifest: Mapping[str, object]) -> str:
    """The id: a digest of the format, of what went in, and of marts and checks that came out."""
    files = manifest["files"]
    assert isinstance(files, dict)
    content = {name: entry["sha256"] for name, entry in files.items() if name != db.DEFAULT}
    covered = [manifest["format"], manifest["seeds"], manifest["models"], content]
    return text_digest(canonical(covered))[:12]


def write(
    database: Path, folder: Path, checks: list[Check], went_in: dict[str, str], project: Path
) -> Edition:
    """Writes the edition of a built database into a new folder, every byte of it on the disk.

    Args:
        database: what dbt built; its views are read under the catalogue name `bokslut`.
        folder: does not exist yet; its parent does.
        checks: all checks of the build.
        went_in: `inputs(project)` as they were built.
        project: for the state of git.

    Raises:
        OSError, duckdb.Error: the disk is full, or a folder cannot be written.
    """
    folder.mkdir()
    (folder / MARTS).mkdir()
    write_tables(database, folder)
    listed = [asdict(check) for check in sorted(checks, key=lambda check: (check.name, check.kind))]
    (folder / CHECKS).write_text(canonical(listed), encoding="utf-8")
    found = versions()
    manifest: dict[str, object] = {
        "format": db.FORMAT,
        "bokslut": found["bokslut"],
        "versions": found,
        "git": git_state(project),
        "seeds": {name: sha for name, sha in went_in.items() if name.endswith(".csv")},
        "models": {name: sha for name, sha in went_in.items() if not name.endswith(".csv")},
        "files": {
            name: {"bytes": os.lstat(folder / name).st_size, "sha256": digest(folder / name)}
            for name in sorted(names(folder))
        },
    }
    manifest["edition"] = identity(manifest)
    sealed = manifest | {"digest": text_digest(canonical(manifest))}
    (folder / db.MANIFEST).write_text(canonical(sealed), encoding="utf-8")
    settle(folder)
    return Edition(**manifest)  # type: ignore[arg-type]


def write_tables(database: Path, folder: Path) -> None:
    """Copies marts and reporting into the edition's database, and the marts into Parquet.

    Reporting views become tables, so that the edition does not depend on the name under which it is
    attached. One thread and a total order make the same rows the same bytes. The database itself is
    only read: others may be reading it.
    """
    with duckdb.connect(str(database), read_only=True, config={"threads": 1}) as connection:
        built = connection.execute("select current_database()").fetchone()[0]
        file = db.literal(folder / db.DEFAULT)
        connection.execute(
            f"attach {file} as edition (read_write, storage_version 'v{LOWEST_DUCKDB}')"
        )
        for schema in SCHEMAS:
            connection.execute(f"create schema edition.{schema}")
        # Literals, not parameters: these make DuckDB import pandas, a second of every build.
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            f" where table_catalog = {db.literal(built)}"
            " and table_schema in ('marts', 'reporting') order by all"
        ).fetchall()
        for schema, name in tables:
            copied = f"edition.{schema}.{db.quoted(name)}"
            source = f"{db.quoted(built)}.{schema}.{db.quoted(name)}"
            connection.execute(f"create table {copied} as select * from {source} order by all")
            if schema == MARTS:
                file = db.literal(folder / MARTS / f"{name}.parquet")
                connection.execute(
                    f"copy {copied} to {file} (format parquet, codec zstd,"
                    f" row_group_size {ROWS_PER_GROUP})"
                )
        connection.execute("detach edition")
    if not tables:
        raise EditionError(f"{database.name} har inga marts att ge ut.")


def settle(folder: Path) -> None:
    """Makes the files of a folder read-only and waits until they are on the disk."""
    for name in names(folder):
        os.chmod(folder / name, os.lstat(folder / name).st_mode & ~0o222)
        sync(folder / name)
    for inner in {(folder / name).parent for name in names(folder)} | {folder}:
        sync(inner)


def sync(place: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def names(folder: Path) -> Iterator[str]:
    """The path in the folder of everything that is not a folder; no link is followed."""
    for inner, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(inner) / name).is_symlink()]
        for name in files + links:
            yield (Path(inner) / name).relative_to(folder).as_posix()


def read(folder: Path) -> Edition:
    """The manifest of an edition.

    Raises:
        bokslut.database.EditionDamaged: it is missing, cut, changed or not of this folder.
        bokslut.database.EditionOfOtherVersion: it has another format.
    """
    file = folder / db.MANIFEST
    if not os.path.lexists(file):
        raise db.EditionDamaged(f"{db.MANIFEST}: saknas")
    if not stat.S_ISREG(os.lstat(file).st_mode):
        raise db.EditionDamaged(f"{db.MANIFEST}: är ingen vanlig fil")
    try:
        text = file.read_text(encoding="utf-8")
        manifest = json.loads(text)
        edition_format = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as damage:
        raise db.EditionDamaged(f"{db.MANIFEST}: går inte att läsa") from damage
    claimed = manifest.pop("digest", None)
    whole = canonical(manifest | {"digest": claimed}) == text
    if not whole or claimed != text_digest(canonical(manifest)):
        raise db.EditionDamaged(f"{db.MANIFEST}: innehållet är ändrat")
    if edition_format != db.FORMAT:
        db.edition_beside(folder / db.DEFAULT)
    try:
        edition = Edition(**manifest)
        same = edition.edition == identity(manifest)
    except (TypeError, KeyError, AssertionError) as other:
        raise db.EditionDamaged(f"{db.MANIFEST}: går inte att läsa") from other
    if not same or (ID.fullmatch(folder.name) and folder.name != edition.edition):
        raise db.EditionDamaged(f"{db.MANIFEST}: hör till utgåva {edition.edition}")
    return edition


def damages(folder: Path) -> list[str]:
    """What is wrong with an edition, one line per file; nothing for a whole one.

    Raises bokslut.database.EditionOfOtherVersion: it has another format.
    """
    try:
        edition = read(folder)
    except db.EditionDamaged as damage:
        return [str(damage)]
    there = set(names(folder))
    found = [f"{name}: saknas" for name in edition.files.keys() - there]
    found += [
        f"{name}: hör inte till utgåvan" for name in there - edition.files.keys() - {db.MANIFEST}
    ]
    for name in there & edition.files.keys():
        try:
            damage = damage_of(folder / name, edition.files[name])
        except OSError as unreadable:
            damage = f"går inte att läsa ({unreadable.strerror})"
        found += [f"{name}: {damage}"] if damage else []
    return sorted(found)


def damage_of(file: Path, expected: dict[str, object]) -> str | None:
    """What is wrong with one file of an edition; None for a whole one."""
    state = os.lstat(file)
    if not stat.S_ISREG(state.st_mode):
        return "är ingen vanlig fil"
    if state.st_size != expected["bytes"]:
        return f"är {state.st_size} byte; väntat {expected['bytes']}"
    return None if digest(file) == expected["sha256"] else "innehållet är ändrat"


def find(root: Path, name: str) -> Path:
    """The folder of an edition: its id, a prefix that no other id has, or `current`.

    A path is taken too, if it is that of a folder directly in `root`: nothing outside is opened.

    Raises EditionError: no edition, or more than one, has the name.
    """
    wanted = Path(name)
    if len(wanted.parts) > 1 and Path(os.path.realpath(wanted.parent)) == root:
        name = wanted.name
    if name == db.CURRENT:
        folder = current(root)
        if not folder:
            raise EditionError("Det finns ingen gällande utgåva. Bygg en: uv run bokslut build")
        return folder
    if not re.fullmatch(r"[0-9a-f]{1,12}", name):
        raise EditionError(f"”{name}” är ingen utgåva. Visa dem som finns: uv run bokslut editions")
    hits = [folder for folder in folders(root) if folder.name.startswith(name)]
    if len(hits) != 1:
        known = ", ".join(folder.name for folder in hits) or "ingen"
        raise EditionError(f"”{name}” ska passa en utgåva; den passar {known}.")
    return hits[0]


def current(root: Path) -> Path | None:
    """The folder inside `root` that `current` leads to; None where it leads to none."""
    link = root / db.CURRENT
    folder = Path(os.path.realpath(link))
    inside = folder != root and folder.is_relative_to(root)
    return folder if link.is_symlink() and inside and folder.is_dir() else None


def folders(root: Path) -> list[Path]:
    """The folders of editions, by id. A link is not one."""
    if not root.is_dir():
        return []
    with os.scandir(root) as entries:
        return sorted(
            root / entry.name
            for entry in entries
            if ID.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
        )

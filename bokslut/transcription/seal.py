"""The reviewed state of the seeds: a digest of each printed cell and of each other row.

A printed cell is sealed with its lines and labels, as the build knows them. A row of a reference or
control seed, or of the document's lines, is sealed as a whole: two cells that change places break
it. What has been compared with the document itself has a seal of its own, which only a run with the
document at hand renews. Before new seals are written, what they accept is told row by row, with the
text that stood there when the seals were last committed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bokslut import database as db
from bokslut.transcription import document

CELLS = "int_cells__sealed"
SEALS = Path("seeds/control/control_printed_cell_seals.csv")
ROW_SEALS = Path("seeds/control/control_row_seals.csv")
DOCUMENT_SEALS = Path("seeds/control/control_document_seals.csv")
SEALED_ROWS = ("seeds/reference/*.csv", "seeds/control/*.csv", "seeds/printed/printed_lines.csv")
# More changes of a seed than this are told by their number.
SHOWN = 20

Row = dict[str, str]


class SealFailed(RuntimeError):
    """The printed seeds could not be loaded; dbt has said why."""


@dataclass(frozen=True)
class Seals:
    """The seals that the seeds have as they stand, and what writing them accepts.

    Attributes:
        cells: figure id and digest of each printed cell, in the order of the seed.
        rows: seed and digest of each other row.
        documents: figure id and digest of what has been compared with a document.
        not_compared: how many texts of such reports have not been, since it is not at hand.
        accepted: what is new, gone or changed since the seals on record, in words.
        changed: how many cells and rows that is.
    """

    cells: list[tuple[str, str]]
    rows: list[tuple[str, str]]
    documents: list[tuple[str, str]]
    not_compared: int
    accepted: list[str]
    changed: int

    def write(self, project: Path) -> None:
        """Writes the seals to the control seeds."""
        for file, header, rows in (
            (SEALS, ("figure_id", "seal"), self.cells),
            (ROW_SEALS, ("seed_name", "seal"), self.rows),
            (DOCUMENT_SEALS, ("figure_id", "seal"), self.documents),
        ):
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows([header, *rows])
            (project / file).write_text(text.getvalue(), encoding="utf-8", newline="")


def seals(project: Path) -> Seals:
    """The seals of a project's seeds, without writing them.

    Raises:
        SealFailed: the printed seeds do not load.
        DocumentContradicts: they do not say what their document says.
    """
    missing = document.check(project)
    sealed = cell_seals(project)
    cells = [(figure_id, seal) for figure_id, seal, _ in sealed]
    documents, not_compared = document_seals(project, sealed, missing)
    files = sealed_files(project)
    now = {file: read(file.read_text(encoding="utf-8")) for file in files}
    rows = [(file.stem, digest(row)) for file in files for row in now[file]]
    cells_before = {row["figure_id"]: row["seal"] for row in rows_of(project / SEALS)}
    rows_before = Counter((r["seed_name"], r["seal"]) for r in rows_of(project / ROW_SEALS))
    changed_cells = [f for f, s in cells if cells_before.get(f) != s] + sorted(
        cells_before.keys() - {figure_id for figure_id, _ in cells}
    )
    new_rows, gone_rows = Counter(rows) - rows_before, rows_before - Counter(rows)
    accepted = [
        *told_cells(project, changed_cells),
        *(
            line
            for file in files
            for line in told_rows(
                file.stem,
                [
                    r
                    for r in at_last_seal(project, file, ROW_SEALS) or []
                    if in_(gone_rows, file, r)
                ],
                [row for row in now[file] if in_(new_rows, file, row)],
            )
        ),
    ]
    changed = len(changed_cells) + max(new_rows.total(), gone_rows.total())
    return Seals(cells, rows, documents, not_compared, accepted, changed)


def document_seals(
    project: Path, sealed: list[tuple[str, str, str | None]], missing: list[str]
) -> tuple[list[tuple[str, str]], int]:
    """The seals of what has been compared with the documents, and how many texts have not been.

    The texts of a report whose document is at hand have just been compared. Another keeps its seals
    as they were: a text that is changed, new or gone is told by the build until the document is
    there. A report that never was compared has none.
    """
    before = {row["figure_id"]: row["seal"] for row in rows_of(project / DOCUMENT_SEALS)}
    known_reports = {report_of(figure_id) for figure_id in before}
    now = {figure_id: seal for figure_id, _, seal in sealed if seal is not None}
    kept: dict[str, str] = {}
    for figure_id in dict.fromkeys([*now, *before]):
        if report_of(figure_id) not in missing:
            kept |= {figure_id: now[figure_id]} if figure_id in now else {}
        elif figure_id in before:
            kept[figure_id] = before[figure_id]
    not_compared = sum(
        kept.get(figure_id) != now.get(figure_id)
        for figure_id in now.keys() | kept.keys()
        if report_of(figure_id) in known_reports
    )
    return list(kept.items()), not_compared


def report_of(figure_id: str) -> str:
    """The report that a figure id begins with."""
    return figure_id.partition(".")[0]


def cell_seals(project: Path) -> list[tuple[str, str, str | None]]:
    """Loads the printed seeds with dbt; id, digest and digest of the words of each printed cell."""
    dbt = Path(sys.executable).with_name("dbt")
    select = ["--select", f"+{CELLS}", "--exclude", "resource_type:test"]
    if subprocess.run([dbt, "--quiet", "build", *select], cwd=project, check=False).returncode:
        raise SealFailed("Avskrifterna gick inte att läsa in; felet står ovan.")
    with db.connect(db.path()) as connection:
        return connection.execute(
            f"select figure_id, seal, document_seal from intermediate.{CELLS}"
            " order by source_table, row_no, column_name"
        ).fetchall()


def sealed_files(project: Path) -> list[Path]:
    """The seeds whose rows are sealed as a whole: all but the printed tables and the seals."""
    found = {file for pattern in SEALED_ROWS for file in project.glob(pattern)}
    return sorted(file for file in found if not file.stem.endswith("_seals"))


def digest(row: Row) -> str:
    """MD5 of a row's texts with a bar between them, as the build computes it.

    The digest of a report is worked out, and no one's word.
    """
    texts = [text for column, text in row.items() if column != "content_digest"]
    return hashlib.md5("|".join(texts).encode(), usedforsecurity=False).hexdigest()


def read(text: str) -> list[Row]:
    """The rows of a seed's text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def rows_of(file: Path) -> list[Row]:
    """The rows of a seed; none where there is no file yet."""
    return read(file.read_text(encoding="utf-8")) if file.exists() else []


def in_(counted: Counter[tuple[str, str]], file: Path, row: Row) -> bool:
    """Whether a row of a file is among those counted by seed and digest."""
    return (file.stem, digest(row)) in counted


def at_last_seal(project: Path, file: Path, seals_file: Path) -> list[Row] | None:
    """The rows of a seed when the seals were last committed; None where git does not know."""
    commit = git(project, "log", "-1", "--format=%H", "--", str(seals_file))
    name = file.relative_to(project).as_posix()
    text = git(project, "show", f"{commit.strip()}:./{name}") if commit and commit.strip() else None
    return None if text is None else read(text)


def git(project: Path, *arguments: str) -> str | None:
    """What git answers in the project; None where it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=project, capture_output=True, encoding="utf-8", check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


# --- What is accepted, in words ---------------------------------------------------------------


def told_cells(project: Path, figure_ids: Iterable[str]) -> Iterator[str]:
    """What has changed in the rows of some printed cells, a line for each row and column."""
    tables: dict[str, set[tuple[str, str]]] = {}
    for figure_id in figure_ids:
        report_id, table, row_no, _ = figure_id.split(".")
        tables.setdefault(f"printed_{table}", set()).add((report_id, row_no))
    for table, keys in tables.items():
        file = project / f"seeds/printed/{table}.csv"
        before = at_last_seal(project, file, SEALS) or []
        old = [row for row in before if (row["report_id"], row["row_no"]) in keys]
        new = [row for row in rows_of(file) if (row["report_id"], row["row_no"]) in keys]
        yield from told_rows(table, old, new)


def told_rows(seed: str, old: list[Row], new: list[Row]) -> Iterator[str]:
    """Some rows of a seed before and now, each in words: what is changed, new or gone.

    A row now is the row before that has most of its texts. Old rows may be unknown: then all rows
    are new.
    """
    left = list(old)
    lines = []
    for row in new:
        nearest = max(left, key=lambda other: likeness(row, other), default=None)
        if nearest is None or likeness(row, nearest) * 2 < len(row):
            lines.append(f"{seed}, {named(row)}: ny rad: {texts(row)}")
            continue
        left.remove(nearest)
        lines += [
            f"{seed}, {named(row)}, {column}: ”{nearest.get(column, '')}” blir ”{row[column]}”"
            for column in row
            if row[column] != nearest.get(column, "")
        ]
    lines += [f"{seed}, {named(row)}: raden är borttagen: {texts(row)}" for row in left]
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"{seed}: ... och {len(lines) - SHOWN} till; se git diff seeds/"


def likeness(row: Row, other: Row) -> int:
    """In how many columns two rows have the same text."""
    return sum(text == other.get(column) for column, text in row.items())


def named(row: Row) -> str:
    """A row by the first columns that are filled, which tell which one it is: `vss-2020 8`."""
    return " ".join([text for text in row.values() if text][:2])[:80]


def texts(row: Row) -> str:
    """The filled cells of a row, a bar between them."""
    return " | ".join(text for text in row.values() if text)

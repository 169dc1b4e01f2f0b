"""The words of a transcription against its document, where the document is at hand.

Labels, marks, judgements and statements stand on the lines that their rows cite; the document is
the one of the register, and its lines those of `printed_lines`. What a row says in words of its own
(what a statement is about, what happened) is not compared.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bokslut.transcription.lines import (
    PLAIN,
    REGISTER,
    SEED,
    TEXT_SUFFIXES,
    Document,
    DocumentUnreadable,
    Signs,
    file_of,
    folder,
    read_document,
    read_seed,
    rows_of,
    signs,
)

Row = dict[str, str]
Tables = dict[str, list[Row]]

STATEMENTS = "printed_pastaenden"
# Tables whose labels are words of our own.
IN_OWN_WORDS = (STATEMENTS, "printed_beslut_och_handelser")
# Labels that stand once above the rows that they are about.
ABOVE = ("section_label", "group_label", "goal_label")
# A wrapped label goes on for so many lines at most.
LABEL_LINES = 10
NO_PRINT = ("report_id", "row_no", "table_name", "row_label", "event_type", "label", *ABOVE)
SHOWN = 10


class DocumentContradicts(RuntimeError):
    """The transcription and its document differ; the text says where, in Swedish."""


@dataclass(frozen=True)
class Place:
    """Some lines of a document, from 1, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        """In words: `rad 160` or `rad 580–583`."""
        return f"rad {self.first}" + (f"\u2013{self.last}" if self.last > self.first else "")


def check(project: Path) -> list[str]:
    """Compares each report with its document; returns the reports whose words are not compared.

    Raises:
        DocumentContradicts: they differ; the text names the first ten places.
    """
    missing, found = compared(project)
    if found:
        shown = [f"  - {finding}" for finding in found[:SHOWN]]
        if len(found) > SHOWN:
            shown.append(f"  ... och {len(found) - SHOWN} till")
        raise DocumentContradicts(
            "Avskriften och dokumentet säger olika; inget har byggts:\n" + "\n".join(shown)
        )
    return missing


def compared(project: Path) -> tuple[list[str], list[str]]:
    """The reports whose words are not compared with a document, and where the others differ.

    Of a document that is not lines of text only the digest is compared.
    """
    tables = {
        file.stem: read_seed(file) for file in sorted((project / "seeds/printed").glob("*.csv"))
    }
    known, missing, found = signs(project), [], []
    for report in read_seed(project / REGISTER):
        report_id = report["report_id"]
        try:
            file = file_of(project, report_id)
            if file is None or file.suffix.lower() not in TEXT_SUFFIXES:
                missing.append(report_id)
                found += other_document(report, file) if file else []
                continue
            document = read_document(file)
        except DocumentUnreadable as failure:
            found.append(str(failure))
            continue
        of_report = {
            name: [row for row in rows if row["report_id"] == report_id]
            for name, rows in tables.items()
        }
        found += findings(report, of_report, document, known)
    return missing, found


def told(project: Path, missing: Iterable[str]) -> str:
    """One line on the reports whose words are not compared; empty where all are."""
    reports = ", ".join(missing)
    if not reports:
        return ""
    return (
        f"Dokumentet finns inte som text i {folder(project).name}/ för {reports}: talen prövas mot "
        "printed_lines, men orden i avskriften prövas inte."
    )


def other_document(report: Row, file: Path) -> list[str]:
    """That a document is another than the register's, as a list; empty where it is the same."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return [] if digest == report["source_sha256"] else [not_the_registers(report, file, digest)]


def not_the_registers(report: Row, file: Path, digest: str) -> str:
    """A document that is another than the one that was transcribed, or that nobody registered."""
    if not report["source_sha256"]:
        return (
            f"{file.name}: {report['report_id']} har inget source_sha256 i reference_reports. "
            f"Skriv {digest} där, så prövas varje tal mot sin rad; eller ta dokumentet ur mappen."
        )
    return (
        f"{file.name}: dokumentet är ett annat än registrets; SHA-256 är {digest}, väntat är "
        f"{report['source_sha256'] or 'inget'} (reference_reports, {report['report_id']})."
    )


def findings(report: Row, tables: Tables, document: Document, known: Signs) -> list[str]:
    """What differs between a report's rows and its document.

    A document that is another than the register's gives one finding: the rest means nothing.
    """
    name = document.path.name
    if document.sha256 != report["source_sha256"]:
        return [not_the_registers(report, document.path, document.sha256)]
    found = []
    if report["source_lines"] != str(len(document.lines)):
        found.append(
            f"{name}: dokumentet har {len(document.lines)} rader; reference_reports säger "
            f"{report['source_lines'] or 'inget'}."
        )
    if tables.get(SEED.stem, []) != rows_of(report["report_id"], document, known):
        found.append(f"{SEED.name}: raderna är inte dokumentets. Kör: uv run bokslut lines")
    for table, rows in tables.items():
        if table == STATEMENTS:
            found += statement_findings(rows, document)
        elif table != SEED.stem:
            found += row_findings(table, rows, document)
    return found


# --- Statements in the text -------------------------------------------------------------------


def statement_findings(rows: list[Row], document: Document) -> Iterator[str]:
    """Each statement whose text does not stand on its lines."""
    for row in rows:
        place = place_of(row, "source_line_first", "source_line_last")
        text = row["printed_text"]
        if place and inside(place, document) and plain(text) not in printed_on(place, document):
            yield told_text(STATEMENTS, row, "printed_text", place, text, document)


# --- Rows of tables -----------------------------------------------------------------------------


def row_findings(table: str, rows: list[Row], document: Document) -> Iterator[str]:
    """What the rows of a table say that their lines do not."""
    for row in rows:
        own = place_of(row, "source_line_first", "source_line_last")
        if own is None or not inside(own, document):
            continue
        label = label_place(row) or own
        found: list[str] = []
        if table not in IN_OWN_WORDS:
            if not stands(row["row_label"], label, document):
                found.append(told_text(table, row, "row_label", label, row["row_label"], document))
            for column, text in row.items():
                place = cell_place(row, column) or own
                if is_print(column) and text and not stands(text, place, document):
                    found.append(told_text(table, row, column, place, text, document))
            if not found and not fills(row, own, document):
                found.append(
                    f"{table}, row_no {row['row_no']}, {own}: den första eller den sista raden "
                    "har inget av det som raden säger. Trolig orsak: fel radnummer."
                )
        yield from found
    for column in ABOVE:
        if rows and column in rows[0]:
            yield from above_findings(table, rows, column, document)


def above_findings(table: str, rows: list[Row], column: str, document: Document) -> Iterator[str]:
    """Each row whose label of a section, group or goal is not the nearest one above it."""
    labels = {row[column] for row in rows} - {""}
    starts = {label: occurrences(label, document) for label in labels}
    for row in rows:
        place = label_place(row) or place_of(row, "source_line_first", "source_line_last")
        if not row[column] or place is None:
            continue
        above = {
            label: max((at for at in found if at <= place.last), default=0)
            for label, found in starts.items()
        }
        nearest = max(above, key=lambda label: above[label])
        if above[row[column]] < above[nearest]:
            yield (
                f"{table}, row_no {row['row_no']}, kolumn {column}, {place}: ”{row[column]}” är "
                f"inte rubriken närmast ovanför; där står ”{nearest}” (rad {above[nearest]})."
            )
        elif not above[nearest] and not in_its_sum(row[column], rows, column, document):
            yield (
                f"{table}, row_no {row['row_no']}, kolumn {column}, {place}: ”{row[column]}” står "
                "inte ovanför raden i dokumentet."
            )


def in_its_sum(label: str, rows: list[Row], column: str, document: Document) -> bool:
    """Whether a section that has no heading has its name in the sum that ends it."""
    own = (
        place_of(row, "source_line_first", "source_line_last")
        for row in rows
        if row[column] == label
    )
    return any(
        plain(label).lower() in printed_on(place, document).lower()
        for place in own
        if place and inside(place, document)
    )


def occurrences(label: str, document: Document) -> list[int]:
    """The lines that a label begins on: its words follow in order within a few lines."""
    wanted = words(label)
    return [
        at
        for at, line in enumerate(document.lines, start=1)
        if wanted[0] in words(line)
        and stands(label, Place(at, min(at + LABEL_LINES - 1, len(document.lines))), document)
    ]


def is_print(column: str) -> bool:
    """Whether a column of a printed table holds print, and not a place or a label."""
    return column not in NO_PRINT and "line" not in column.split("_")


def label_place(row: Row) -> Place | None:
    """The lines of a row's label, where they are given apart from the row's."""
    return place_of(row, "label_line_first", "label_line_last") or place_of(
        row, "heading_line", "heading_line"
    )


def cell_place(row: Row, column: str) -> Place | None:
    """The line of a cell, where its row gives it one: `heading_icon` has `heading_line`."""
    parts = column.split("_")
    for length in range(len(parts) - 1, 0, -1):
        name = "_".join([*parts[:length], "line"])
        if place := place_of(row, name, name):
            return place
    return None


def place_of(row: Row, first: str, last: str) -> Place | None:
    """The lines that two columns give; None where either has none."""
    if not (row.get(first, "").isdecimal() and row.get(last, "").isdecimal()):
        return None
    return Place(int(row[first]), int(row[last]))


def inside(place: Place, document: Document) -> bool:
    """Whether the lines are the document's. Others are told by the build itself."""
    return 1 <= place.first <= place.last <= len(document.lines)


def words(text: str) -> list[str]:
    """The words of a text, spaces and dashes made plain."""
    return text.translate(PLAIN).split()


def plain(text: str) -> str:
    """A text with its spaces and dashes plain."""
    return " ".join(words(text))


def printed_on(place: Place, document: Document) -> str:
    """The text of some lines as one."""
    return plain(" ".join(document.lines[place.first - 1 : place.last]))


def stands(text: str, place: Place, document: Document) -> bool:
    """Whether a text stands on some lines, as a whole or with other words between its words."""
    if not inside(place, document):
        return False
    printed = printed_on(place, document)
    left = iter(printed.split())
    return plain(text) in printed or all(word in left for word in words(text))


def fills(row: Row, place: Place, document: Document) -> bool:
    """Whether the first and the last line both have a word of the row, longer than a letter."""
    said = {
        word
        for column, text in row.items()
        if is_print(column) or column == "row_label"
        for word in words(text)
        if len(word) > 1
    }
    ends = [plain(document.lines[at - 1]) for at in (place.first, place.last)]
    return all(any(word in line for word in said) for line in ends)


def told_text(
    table: str, row: Row, column: str, place: Place, text: str, document: Document
) -> str:
    """A text that does not stand on its lines, with where it stands or what stands there."""
    message = (
        f"{table}, row_no {row['row_no']}, kolumn {column}, {place}: ”{short(text)}” står inte där"
    )
    elsewhere = [
        at for at, line in enumerate(document.lines, start=1) if text and plain(text) in plain(line)
    ]
    if elsewhere:
        near = min(elsewhere, key=lambda at: abs(at - place.first))
        return f"{message}, men på rad {near}. Trolig orsak: fel radnummer."
    if not inside(place, document):
        return f"{message}; dokumentet har {len(document.lines)} rader."
    printed = printed_on(place, document).split()
    missing = [word for word in words(text) if word not in printed]
    nearest = difflib.get_close_matches(missing[0], printed, n=1) if missing else []
    hint = f"; där står ”{nearest[0]}” i stället för ”{missing[0]}”" if nearest else ""
    return f"{message}{hint}. Trolig orsak: fel avskrivet, eller fel radnummer."


def short(text: str) -> str:
    """At most 60 characters of a text, for a message."""
    return text if len(text) <= 60 else text[:57] + "..."

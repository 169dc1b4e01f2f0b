"""The figures on each line of a document, with which the transcription is compared.

`seeds/printed/printed_lines.csv` has no words of the document: numbers, marks for missing values
and signs of units, in the order in which a line prints them, and the line's SHA-256. The macro
`printed_figures` finds the figures of a cell in the same way.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bokslut.faults import reason

FOLDER_SETTING = "BOKSLUT_DOCUMENTS"
FOLDER = "documents"
SEED = Path("seeds/printed/printed_lines.csv")
COLUMNS = ("report_id", "line_no", "figures", "line_sha256")
EXCUSES = Path("seeds/control/control_line_excuses.csv")
EXCUSE_COLUMNS = ("report_id", "line_no", "figure_no", "figure", "excuse_code")
SEALS = Path("seeds/control/control_printed_cell_seals.csv")
YEAR = re.compile(r"(19|20)[0-9]{2}")
HEAD_LINES = 3
"""A head stands so many lines above its first row at most."""
REGISTER = Path("seeds/reference/reference_reports.csv")
MARKS = Path("seeds/reference/reference_missing_marks.csv")
CODES = Path("seeds/reference/reference_codes.csv")
# Documents that are lines of text; others have places of another kind.
TEXT_SUFFIXES = (".txt", ".md")

PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2009|\f\r\t", " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
AROUND = "().,;:!?\"'\u201d\u201c\u2019[]*\u2022"
# On a line a full stop that stands alone ends a sentence, whatever it means in a cell.
FULL_STOP = "."
NUMBER = re.compile(r"([<>]=?|[\u2264\u2265])?[+-]?[0-9]([0-9.,/-]*[0-9])?")
# `62:a`, `10-årig`: a number with an ending, whatever a scan makes of it.
WITH_ENDING = re.compile(r"([0-9]+)[:-][^0-9]+")


class DocumentUnreadable(RuntimeError):
    """A document cannot be read as lines; the text says why, in Swedish."""


@dataclass(frozen=True)
class Signs:
    """What is a figure, or a part of one, without being a number.

    Attributes:
        marks: marks for missing values, as printed.
        units: signs of units of measure.
    """

    marks: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True)
class Document:
    """A document as lines.

    Attributes:
        path: its file.
        sha256: of its bytes, in hexadecimal.
        lines: the lines without their ends; line 1 is the first.
    """

    path: Path
    sha256: str
    lines: list[str]


def read_seed(file: Path) -> list[dict[str, str]]:
    """The rows of a seed."""
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def signs(project: Path) -> Signs:
    """The marks and units that the reference seeds have."""
    return Signs(
        frozenset(row["mark"] for row in read_seed(project / MARKS)) - {FULL_STOP},
        frozenset(
            row["word_sv"] for row in read_seed(project / CODES) if row["list"] == "unit_symbol"
        ),
    )


def figures_in(text: str, known: Signs) -> list[str]:
    """The figures of one line of text: `260 000 (92,8 %)` has `260`, `000`, `92,8` and `%`.

    A unit that stands apart from numbers comes first: it belongs to a cell that goes on from the
    line before. A lone dash is a mark unless a word comes after it.
    """
    text = text.translate(PLAIN).replace("%", " % ")
    for operator in "<>\u2264\u2265":
        text = text.replace(f"{operator} ", operator)
    found: list[str] = []
    apart: list[str] = []
    was_figure = False
    for word in text.split():
        bare = word.strip(AROUND)
        ending = WITH_ENDING.fullmatch(bare)
        is_mark = word in known.marks or bare in known.marks
        is_figure = is_mark or NUMBER.fullmatch(bare) or ending
        if is_mark:
            found.append(word if word in known.marks else bare)
        elif is_figure:
            found.append(ending[1] if ending else bare)
        elif bare in known.units:
            (found if was_figure else apart).append(bare)
        elif bare:
            found = [figure for figure in found if figure != "-"]
        else:
            continue
        was_figure = bool(is_figure)
    return apart + found


def folder(project: Path) -> Path:
    """Where the documents lie: `documents/`, or what BOKSLUT_DOCUMENTS says."""
    return Path(os.environ.get(FOLDER_SETTING) or project / FOLDER)


def file_of(project: Path, report_id: str) -> Path | None:
    """The document of a report; None where it is not at hand.

    Raises:
        DocumentUnreadable: there are several.
    """
    there = sorted(f for f in folder(project).glob("*") if f.stem == report_id and f.is_file())
    if not there:
        return None
    if len(there) > 1:
        names = ", ".join(f.name for f in there)
        raise DocumentUnreadable(
            f"{folder(project)}: rapporten {report_id} har flera dokument ({names}); "
            "väntat är ett. Trolig orsak: en kopia."
        )
    return there[0]


def document_of(project: Path, report_id: str) -> Document | None:
    """The document of a report as lines; None where it is not at hand.

    Raises:
        DocumentUnreadable: there are several, or one that is not text in UTF-8.
    """
    file = file_of(project, report_id)
    return None if file is None else read_document(file)


def read_document(path: Path) -> Document:
    """A text file as lines. A form feed ends a page and no line.

    Raises:
        DocumentUnreadable: it is not text in UTF-8, or cannot be opened.
    """
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise DocumentUnreadable(
            f"{path.name}: rader läses bara ur textfiler ({', '.join(TEXT_SUFFIXES)})."
        )
    try:
        content = path.read_bytes()
        lines = content.decode("utf-8").split("\n")
    except OSError as failure:
        raise DocumentUnreadable(f"Dokumentet går inte att läsa: {reason(failure)}.") from failure
    except UnicodeDecodeError as failure:
        line = content[: failure.start].count(b"\n") + 1
        raise DocumentUnreadable(
            f"{path.name}, rad {line}: byten 0x{content[failure.start]:02X} hör inte till UTF-8. "
            "Trolig orsak: filen är sparad i Latin-1 eller Windows-1252."
        ) from failure
    if not lines[-1].strip():
        lines.pop()
    return Document(path, hashlib.sha256(content).hexdigest(), lines)


def rows_of(report_id: str, document: Document, known: Signs) -> list[dict[str, str]]:
    """The rows of `printed_lines` for one report: its lines with figures."""
    found = []
    for number, line in enumerate(document.lines, start=1):
        if figures := figures_in(line, known):
            found.append(
                {
                    "report_id": report_id,
                    "line_no": str(number),
                    "figures": " ".join(figures),
                    "line_sha256": hashlib.sha256(line.encode()).hexdigest(),
                }
            )
    return found


def write(project: Path) -> dict[str, int | None]:
    """Writes the lines of every report whose document is at hand; others keep what they have.

    Returns each report of the register with its number of lines with figures, None where the
    document is not at hand.

    Raises:
        DocumentUnreadable: a document cannot be read; nothing is written.
    """
    known = signs(project)
    reports = [row["report_id"] for row in read_seed(project / REGISTER)]
    documents = {report_id: document_of(project, report_id) for report_id in reports}
    file = project / SEED
    before = read_seed(file) if file.exists() else []
    rows: list[dict[str, str]] = []
    for report_id, document in documents.items():
        rows += (
            rows_of(report_id, document, known)
            if document
            else [row for row in before if row["report_id"] == report_id]
        )
    write_seed(file, rows)
    return {
        report_id: sum(row["report_id"] == report_id for row in rows) if document else None
        for report_id, document in documents.items()
    }


def write_excuses(project: Path) -> dict[str, int]:
    """Adds to the excuses what lines of new documents show by themselves: years and labels.

    A line that no row cites and that has years only is the head of a table, or text; a number in a
    label is no figure. A report whose cells are sealed has been gone through, and gets none.

    Returns the reports that got some, with their number.
    """
    known = signs(project)
    reviewed = {row["figure_id"].split(".")[0] for row in read_seed(project / SEALS)}
    before = read_seed(project / EXCUSES)
    there = {(row["report_id"], row["line_no"], row["figure_no"]) for row in before}
    tables = {
        file.stem: read_seed(file)
        for file in sorted((project / SEED.parent).glob("*.csv"))
        if file.stem != SEED.stem
    }
    added: dict[str, int] = {}
    for report in read_seed(project / REGISTER):
        report_id = report["report_id"]
        document = None if report_id in reviewed else document_of(project, report_id)
        rows = [
            row
            for name, of_table in tables.items()
            for row in of_table
            if row["report_id"] == report_id and row["source_line_first"].isdecimal()
        ]
        if document is None or not rows:
            continue
        found = [
            row
            for row in excuses_of(report_id, document, rows, known)
            if (row["report_id"], row["line_no"], row["figure_no"]) not in there
        ]
        before += found
        added |= {report_id: len(found)} if found else {}
    if added:
        write_seed(project / EXCUSES, before, EXCUSE_COLUMNS)
    return added


def excuses_of(
    report_id: str, document: Document, rows: Iterable[dict[str, str]], known: Signs
) -> list[dict[str, str]]:
    """The years of heads and text, and the numbers of labels, on the lines of a document."""
    labels: dict[int, list[str]] = {}
    cited: set[int] = set()
    tabled: set[int] = set()
    for row in rows:
        own = range(int(row["source_line_first"]), int(row["source_line_last"] or 0) + 1)
        cited.update(own)
        if "printed_text" not in row:
            tabled.update(own)
            labels.setdefault(own.start, []).extend(figures_in(row.get("row_label", ""), known))
    found = []
    for number, line in enumerate(document.lines, start=1):
        figures = [figure for figure in figures_in(line, known) if figure not in known.units]
        is_years = all(YEAR.fullmatch(figure) for figure in figures) and number not in cited
        is_head = any(below in tabled for below in range(number + 1, number + 1 + HEAD_LINES))
        left = labels.get(number, [])
        for place, figure in enumerate(figures, start=1):
            code = ("heading_year" if is_head else "year") if is_years else ""
            if figure in left:
                left.remove(figure)
                code = "label"
            if code:
                values = (report_id, str(number), str(place), figure, code)
                found.append(dict(zip(EXCUSE_COLUMNS, values, strict=True)))
    return found


def write_seed(
    file: Path, rows: Iterable[dict[str, str]], columns: tuple[str, ...] = COLUMNS
) -> None:
    """Writes the seed whole, or leaves it as it was."""
    part = file.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)

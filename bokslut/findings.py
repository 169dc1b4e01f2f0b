"""All that is wrong or to be asked about in the seeds, as one working list, first cause first.

A build stops at the first test that fails, and skips what rests on it. Here all models are made
first, in a database that is thrown away, and then all tests are asked for their rows.
"""

from __future__ import annotations

import contextlib
import csv
import difflib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from bokslut.swedish import number
from bokslut.transcription import document, seed_files
from bokslut.transcription.lines import read_seed

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

COLUMNS = ("Orsak", "Rapport", "Vad som är fel", "Prov")
MESSAGE = "message_sv"
QUESTIONS = "rpt_checks"
"""Questions that no known issue answers, of reports that are not reviewed; no test does."""

PARSE = Path("target/partial_parse.msgpack")

Told = Callable[[str, int, int], None]
Row = tuple[str, str, str, str]
"""Cause, report, message and test."""
Test = tuple[str, str, str]
"""Name, cause and SQL of a test."""


@dataclass(frozen=True)
class Finding:
    """One row of the list.

    Attributes:
        cause: its heading, in Swedish.
        report_id: the report that it stands in; empty for what concerns all.
        message: file, row, what stands there, what is expected.
        test: the test that says so.
    """

    cause: str
    report_id: str
    message: str
    test: str


class NotMade(RuntimeError):
    """The models could not be made; the message says why."""


def find(project: Path, told: Told = lambda step, done, total: None) -> list[Finding]:
    """All findings of the project's seeds, in the order in which they are best put right.

    Raises:
        NotMade: dbt could not make the models, for another reason than a row of a seed.
    """
    words = causes(project)
    try:
        seed_files.check(project)
    except seed_files.SeedFilesDamaged as damaged:
        return [Finding(words["files"], "", str(damaged), "seed_files")]
    found: list[Row] = [
        ("document", "", text, "document") for text in document.compared(project)[1]
    ]
    with tempfile.TemporaryDirectory(prefix="bokslut-findings-") as folder:
        file = Path(folder) / "findings.duckdb"
        broken, tests = made(project, file, told)
        told("frågar alla prov", 0, 1)
        with duckdb.connect(str(file), read_only=True) as connection:
            failing = [row for test in tests for row in rows_of(connection, test)]
            found += [with_nearest(connection, row) for row in failing]
            found += [*broken, *questions(connection)]
    order = {cause: place for place, cause in enumerate(words)}
    found.sort(key=lambda row: (order[row[0]], row[1], row[3]))
    return [Finding(words[cause], *rest) for cause, *rest in found]


def causes(project: Path) -> dict[str, str]:
    """The causes and their words, in order."""
    rows = read_seed(project / "seeds/reference/reference_codes.csv")
    own = [row for row in rows if row["list"] == "cause"]
    return {
        row["code"]: row["word_sv"] for row in sorted(own, key=lambda row: int(row["sort_order"]))
    }


def made(project: Path, file: Path, told: Told) -> tuple[list[Row], list[Test]]:
    """Makes all models in a database file; the models that could not be made, and all tests.

    Raises NotMade.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    target = file.parent / "target"
    if (project / PARSE).is_file():
        target.mkdir()
        shutil.copyfile(project / PARSE, target / PARSE.name)
    places = {
        "--project-dir": project,
        "--profiles-dir": project,
        "--target-path": target,
        "--log-path": file.parent,
    }
    common = [str(part) for pair in places.items() for part in pair]
    common += ["--quiet", "--no-use-colors", "--log-level-file", "none"]
    heard = io.StringIO()

    def dbt(step: int, *command: str) -> dbtRunnerResult:
        told("bygger allt", step, 4)
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
            done = dbtRunner(manifest).invoke([*command, *common])
        if done.result is None:
            raise NotMade(f"{done.exception or heard.getvalue()}".strip())
        return done

    manifest = None
    before = os.environ.get("BOKSLUT_DATABASE")
    os.environ["BOKSLUT_DATABASE"] = str(file)
    try:
        manifest = dbt(0, "parse").result
        seeds = dbt(1, "seed").result
        models = dbt(2, "run").result
        tests = dbt(3, "compile", "--select", "resource_type:test").result
    finally:
        DuckDBConnectionManager.close_all_connections()
        if before is None:
            del os.environ["BOKSLUT_DATABASE"]
        else:
            os.environ["BOKSLUT_DATABASE"] = before
    broken = [
        ("warehouse", "", f"{done.node.name}: {' '.join(done.message.split())}", done.node.name)
        for done in (*seeds.results, *models.results)
        if done.status == "error"
    ]
    return broken, [
        (done.node.name, done.node.config.meta.get("cause", "warehouse"), done.node.compiled_code)
        for done in tests.results
    ]


def rows_of(connection: duckdb.DuckDBPyConnection, test: Test) -> Iterator[Row]:
    """The rows of a test; none where a model that it reads could not be made, and one that says why
    where the test itself cannot be run on what is there."""
    name, cause, sql = test
    try:
        found = connection.execute(sql)
        names = [column[0] for column in found.description or ()]
        for values in found.fetchall():
            row = dict(zip(names, values, strict=True))
            message = row.get(MESSAGE) or json.dumps(row, ensure_ascii=False, default=str)
            yield (cause, row.get("report_id") or "", message, name)
    except duckdb.CatalogException:
        return
    except duckdb.Error as failure:
        yield ("warehouse", "", f"{name}: {' '.join(str(failure).split())}", name)


def with_nearest(connection: duckdb.DuckDBPyConnection, row: Row) -> Row:
    """A row about an unknown label, with the known label that is nearest to it."""
    cause, report_id, message, test = row
    if cause != "labels":
        return row
    labels = known_labels(connection)
    said = message.partition("\u201d")[2].partition("\u201d")[0].split(" > ")[-1]
    nearest = difflib.get_close_matches(said, labels, n=1, cutoff=0.75)
    if not nearest:
        return row
    return (cause, report_id, f"{message} N\u00e4rmast liknar den \u201d{nearest[0]}\u201d.", test)


def known_labels(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The labels and names that rows may have."""
    rows = connection.execute(
        "select unit_name_sv from reference.reference_units"
        " union select indicator_name_sv from reference.reference_indicators"
        " union select row_label from reference.reference_label_aliases"
        " union select label_sv from reference.reference_label_aliases"
    ).fetchall()
    return sorted(label for (label,) in rows if label)


def questions(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """What the rules ask of reports that are not reviewed, and no known issue answers."""
    with contextlib.suppress(duckdb.CatalogException):
        yield from (
            ("questions", *row, QUESTIONS)
            for row in connection.execute(
                "select c.report_id,"
                " c.subject || ': ' || c.explanation_sv || ' [' || c.check_id || ']'"
                " from reporting.rpt_checks as c join reference.reference_reports as r"
                " on c.report_id = r.report_id"
                " where c.verdict = 'questionable' and c.known_issue_id is null"
                " and not coalesce(r.is_reviewed, false) order by c.finding_rank, c.check_id"
            ).fetchall()
        )


def lines_of(found: Sequence[Finding], limit: int) -> Iterator[str]:
    """The list as lines of text: at most so many rows of each cause."""
    for cause, group in groupby(found, key=lambda finding: finding.cause):
        rows = list(group)
        yield f"{cause}: {number(len(rows))}"
        yield from (f"  - {row.message}" for row in rows[:limit])
        if len(rows) > limit:
            yield f"  ... och {number(len(rows) - limit)} till"


def write(found: Sequence[Finding], file: Path) -> None:
    """Writes all rows as CSV, or as a workbook where the file is named `.xlsx`."""
    rows = [COLUMNS, *(astuple(finding) for finding in found)]
    if file.suffix.lower() != ".xlsx":
        with file.open("w", encoding="utf-8-sig", newline="") as handle:
            csv.writer(handle, delimiter=";").writerows(rows)
        return
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    for at, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            # A text that a spreadsheet would take for a formula stays a text.
            cell.value, cell.data_type = text, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=at == 1)
    for column, width in zip("ABCD", (32, 18, 110, 40), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(file)

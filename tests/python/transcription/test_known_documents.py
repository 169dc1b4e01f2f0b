"""The documents that were transcribed by hand, where they lie on this machine: read again, they
give the same seeds."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from parts import require

from bokslut.transcription.reading import cells, document, output, seeds, template
from bokslut.transcription.reading.readers import read
from bokslut.transcription.reading.template import Template

DOCUMENTS = Path(os.environ.get("BOKSLUT_DOCUMENTS") or ROOT / "documents")
KNOWN = template.load(ROOT)
REPORTS = sorted(KNOWN.reports)
IN_OWN_WORDS = "beslut_och_handelser"
"""Decisions and events are told in few words of our own, so that reading can only propose them."""


def source(report_id: str) -> Path:
    """The document of a report; the test is left out where it is not here."""
    register = KNOWN.reports[report_id]
    named = [DOCUMENTS / f"{report_id}.txt", DOCUMENTS / register["source_file"]]
    found = next((file for file in named if file.is_file()), None)
    require(
        f"the document of {report_id}",
        found,
        "put it into documents/ or BOKSLUT_DOCUMENTS",
        is_installable=False,
    )
    assert found
    assert hashlib.sha256(found.read_bytes()).hexdigest() == register["source_sha256"]
    return found


def template_of(report_id: str, *, has_names: bool = True) -> Template:
    """The template of a report, if wanted without any name that the seeds know: as a new
    administration's."""
    full = template.load(ROOT, KNOWN.reports[report_id]["template"])
    if has_names:
        return full
    return replace(full, aliases=(), units={}, goals={}, indicators={}, measures={}, cache={})


@pytest.mark.parametrize("report_id", REPORTS)
@pytest.mark.parametrize("has_names", [True, False], ids=["known names", "no known name"])
def test_reading_gives_the_committed_tables_byte_for_byte(has_names: bool, report_id: str) -> None:
    known = template_of(report_id, has_names=has_names)
    understood = document.understand(read(source(report_id)), known)
    names = [name for name in output.PRINTED if name != IN_OWN_WORDS]
    headers = {name: template.printed_header(ROOT, name) for name in names}
    for name, rows in seeds.records(understood, report_id, headers).items():
        committed = (ROOT / f"seeds/printed/printed_{name}.csv").read_text(encoding="utf-8")
        ours = [line for line in committed.splitlines() if line.startswith(f"{report_id},")]
        assert seeds.written(rows, headers[name]).splitlines()[1:] == ours, name


@pytest.mark.parametrize("report_id", REPORTS)
def test_the_digits_that_people_had_to_correct_are_asked_and_no_others(report_id: str) -> None:
    understood = document.understand(read(source(report_id)), template_of(report_id))
    corrected = {
        (f"line {row['source_line_first']}", row["printed_text"])
        for row in template.rows_of(ROOT / "seeds/control/control_corrections.csv")
        if row["figure_id"].startswith(f"{report_id}.") and row["printed_text"].isdigit()
    }
    assert {(q.place, q.printed_text) for q in cells.questions(understood)} == corrected


@pytest.mark.parametrize("report_id", REPORTS)
def test_every_line_with_a_figure_is_in_a_table_a_claim_or_the_list_of_lines_left(
    report_id: str,
) -> None:
    read_report = output.understand(source(report_id), ROOT)
    made = output.files(read_report, report_id, ROOT)
    lines = source(report_id).read_text(encoding="utf-8").splitlines()
    taken: set[int] = set()
    for table in read_report.document.tables:
        taken |= set(table.head_lines)
        for line in table.lines:
            taken |= set(range(line.line, line.line_last + 1))
            for figure in line.figures.values():
                taken |= {int(n) for n in re.findall(r"line (\d+)", figure.cell.place)}
    for claim in read_report.claims:
        taken |= set(range(claim.line_first, claim.line_last + 1))
    taken |= {int(n) for n in re.findall(r"lines? (\d+)", made["left_over.csv"])}
    lost = [n for n, text in enumerate(lines, 1) if re.search(r"\d", text) and n not in taken]
    assert lost == []

"""The page of the document, and the trail that the command tells."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from conftest import Project

from bokslut import trail
from bokslut.cli import told
from bokslut.pages import Report, document, open_report, safe_id
from bokslut.transcription import lines


@pytest.fixture
def report(built: Project) -> Report:
    """The report of 2020."""
    return open_report("vss-2020", database=built.database)


@pytest.fixture
def invented(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The report with a document of its own prints, each on its first line."""
    written = [f"Rad {number} <script>" for number in range(1, report.about["source_lines"] + 1)]
    for cell in sorted(report.trail.values(), key=lambda row: row["column_no"] or 0):
        written[cell["source_line_first"] - 1] += f" {cell['printed_text'] or ''}"
    content = "\n".join(written).encode()
    (tmp_path / "vss-2020.txt").write_bytes(content)
    monkeypatch.setenv(lines.FOLDER_SETTING, str(tmp_path))
    digest = hashlib.sha256(content).hexdigest()
    return replace(report, about=report.about | {"source_sha256": digest})


def test_every_print_has_one_place_in_the_document(invented: Report) -> None:
    written = document.page(invented)
    assert written.count("<li id=") == invented.about["source_lines"]
    for figure_id, cell in invented.trail.items():
        assert written.count(f'id="{safe_id(figure_id)}"') == 1
        line = re.search(rf'<li id="rad-(\d+)"(?:(?!</li>).)*id="{safe_id(figure_id)}"', written)
        assert line
        assert cell["source_line_first"] <= int(line[1]) <= cell["source_line_last"]
    assert "<script" not in written
    cells = re.findall(r'<a class="cell[^"]*" id="([^"]*)"[^>]*>([^<]*)<', written)
    by_anchor = {safe_id(cell["figure_id"]): cell for cell in invented.trail.values()}
    assert all(" ".join(by_anchor[anchor]["printed_text"].split()) for anchor, _ in cells)


def test_without_the_document_the_printed_rows_stand(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(lines.FOLDER_SETTING, str(tmp_path))
    written = document.page(report)
    assert "documents/vss-2020.txt" in written.replace("\\", "")
    for figure_id in report.trail:
        assert written.count(f'id="{safe_id(figure_id)}"') == 1


def test_another_document_is_refused_with_both_digests(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vss-2020.txt").write_text("annat", encoding="utf-8")
    monkeypatch.setenv(lines.FOLDER_SETTING, str(tmp_path))
    shown, why_not = document.lines_of(report)
    assert shown == []
    assert report.about["source_sha256"] in why_not
    assert hashlib.sha256(b"annat").hexdigest() in why_not


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("206 583", ["värde      206\u00a0583", "LU.", "inget tal", "D03"]),
        ("8,4 %", ["”8,4” personal, rad 102", "”53” namndindikatorer", "ett annat tal"]),
        ("D03", ["Känd fråga om tal", "206\u00a0583|206 583"]),
        ("vss-2020-d01", ["61 500"]),
        ("rad 39", None),
    ],
)
def test_why_finds_values_lines_and_issues(
    built: Project, words: str, expected: list[str] | None
) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        if expected is None:
            with pytest.raises(trail.NotFound, match="rad 39 har"):
                trail.find(connection, words)
            return
        try:
            found = trail.find(connection, words)
        except trail.NotFound as several:
            # Another report prints it too, and the reader chooses.
            (chosen, *_) = (key for key, _ in several.candidates if "vss-2020" in key.lower())
            found = trail.find(connection, chosen)
        shown = "\n".join(told(found))
    for part in expected:
        assert re.search(part, shown), part


def test_why_says_when_it_cuts_a_list(built: Project) -> None:
    with (
        duckdb.connect(str(built.database), read_only=True) as connection,
        pytest.raises(trail.NotFound) as found,
    ):
        trail.find(connection, "0")
    assert len(found.value.candidates) == trail.LISTED
    assert found.value.left_out > 0


def test_why_shows_the_lines_around(built: Project, invented: Report) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        found = trail.find(connection, "vss-2020.basuppdrag.1.outcome")
    # The database knows another digest than that of the invented document.
    assert "annat dokument" in found.why_not
    assert found.around[0][0] == 93

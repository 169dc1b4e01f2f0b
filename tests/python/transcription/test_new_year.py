"""The frame of next year's report: what carries over, and a form that reading takes without a
question."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import ROOT
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from bokslut.cli import app
from bokslut.transcription.reading import frame, template
from bokslut.transcription.reading.stream import NotRead

REPORTS = sorted(template.load(ROOT).reports)
YEARS = {r: int(template.load(ROOT).reports[r]["report_year"]) for r in REPORTS}


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def fill(file: Path) -> int:
    """Fills each waiting cell of a form; the number of cells filled."""
    book = load_workbook(file)
    filled = 0
    for sheet in book:
        assert isinstance(sheet, Worksheet)
        heads = {cell.column: str(cell.value or "") for cell in sheet[3]}
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                if cell.fill.fgColor.rgb[2:] == frame.WAITING.fgColor.rgb[2:]:
                    is_judgement = heads[cell.column] == "Bedömning"
                    cell.value = "Uppnås helt" if is_judgement else 10 + filled % 80
                    filled += 1
    book.save(file)
    return filled


@pytest.mark.parametrize("report_id", REPORTS)
def test_a_form_that_is_filled_in_is_read_without_a_question(
    report_id: str, tmp_path: Path
) -> None:
    year = YEARS[report_id] + 1
    frame.write(ROOT, report_id, year, tmp_path / "frame")
    waiting = rows(tmp_path / "frame/cells_to_fill.csv")
    assert fill(tmp_path / "frame" / frame.FORM) == len(waiting)
    new_id = frame.id_of(report_id, year)
    done = CliRunner().invoke(
        app,
        [
            "ingest",
            str(tmp_path / "frame" / frame.FORM),
            "--report-id",
            new_id,
            "--output-dir",
            str(tmp_path / "read"),
        ],
    )
    assert done.exit_code == 0, done.output
    assert rows(tmp_path / "read/questions.csv") == []
    for printed in (tmp_path / "frame").glob("printed_*.csv"):
        given = {
            c["column_name"] for c in waiting if printed.name == f"printed_{c['source_table']}.csv"
        }
        read_back = rows(tmp_path / "read" / printed.name)
        framed = rows(printed)
        names = [
            name for name in framed[0] if name.endswith("label") and name != "front_page_label"
        ]
        assert sorted([r[n] for n in names] for r in read_back) == sorted(
            [r[n] for n in names] for r in framed
        )
        assert all(row[column] for row in read_back for column in given)


@pytest.mark.parametrize("report_id", REPORTS)
def test_outcomes_move_one_year_and_plans_stay(report_id: str, tmp_path: Path) -> None:
    frame.write(ROOT, report_id, YEARS[report_id] + 1, tmp_path / "frame")
    last = template.printed_rows(ROOT, report_id, "namndindikatorer")
    framed = rows(tmp_path / "frame/printed_namndindikatorer.csv")
    moved = [(row["outcome"], row["outcome_previous_year"], row["target"]) for row in last]
    assert [
        (row["outcome_previous_year"], row["outcome_two_years_before"], row["target"])
        for row in framed
    ] == moved
    assert {row["outcome"] for row in framed} == {""}


def test_a_frame_of_an_unknown_report_or_an_earlier_year_is_refused(tmp_path: Path) -> None:
    for report_id, year in (("okand-2020", 2021), (REPORTS[0], YEARS[REPORTS[0]])):
        with pytest.raises(NotRead, match="Väntat"):
            frame.write(ROOT, report_id, year, tmp_path / "frame")
    assert list(tmp_path.iterdir()) == []

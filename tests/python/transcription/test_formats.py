"""Invented reports in every format that reports come in: each figure is right, with its year and
unit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import docx
import pytest
from conftest import ROOT
from openpyxl import Workbook
from parts import require

from bokslut.transcription.reading import cells, document, template
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.readers import read
from bokslut.transcription.reading.stream import Paragraph
from bokslut.transcription.reading.tables.columns import unit_above, unit_of_note
from transcription import scoring, writers
from transcription.invented import (
    ALVSTAD,
    HALLEBO,
    HAVSTA,
    NORDVIK,
    SUNDBY,
    VASTERANG,
    Report,
    Table,
)
from transcription.scoring import Score

REPORTS = {
    "nordvik": NORDVIK,
    "sundby": SUNDBY,
    "vasterang": VASTERANG,
    "alvstad": ALVSTAD,
    "havsta": HAVSTA,
}
DIGITAL = REPORTS | {"hallebo": HALLEBO}
WRITERS: dict[str, Callable[[Report, Path], None]] = {
    "report.txt": writers.text,
    "typed.txt": partial(writers.text, by_spaces=True),
    "report.docx": writers.word,
    "in_two.docx": partial(writers.word, cut_after=3),
    "report.xlsx": writers.excel,
    "texts.xlsx": partial(writers.excel, as_text=True),
    "grid.pdf": partial(writers.pdf, rules="grid"),
    "lines.pdf": partial(writers.pdf, rules="lines"),
    "open.pdf": partial(writers.pdf, rules="none"),
}
TEMPLATE = template.load(ROOT)


def understood(file: Path) -> Document:
    """A document with everything that it says."""
    return document.understand(read(file), TEMPLATE)


def scored(file: Path, report: Report) -> Score:
    """How well a file was read, against the key of its report."""
    found = understood(file)
    return scoring.score(cells.cells(found), cells.questions(found), report.key())


@pytest.mark.parametrize("name", DIGITAL)
@pytest.mark.parametrize("file", WRITERS)
def test_every_figure_of_a_digital_report_is_right(name: str, file: str, tmp_path: Path) -> None:
    report = DIGITAL[name]
    WRITERS[file](report, tmp_path / file)
    score = scored(tmp_path / file, report)
    assert (score.right, score.extra) == (score.total, 0), "\n".join([str(score), *score.told])


@pytest.mark.parametrize("name", REPORTS)
def test_of_a_text_that_a_scan_left_no_figure_is_wrong(name: str, tmp_path: Path) -> None:
    # One space between cells, letters damaged, nothing merged: most is read, and what is not is
    # asked.
    for bars in (False, True):
        writers.scanned_text(REPORTS[name], tmp_path / "scan.txt", bars=bars)
        score = scored(tmp_path / "scan.txt", REPORTS[name])
        assert score.wrong == 0, "\n".join([str(score), *score.told])
        assert score.right >= 0.85 * score.total, "\n".join([str(score), *score.told])


@pytest.mark.parametrize("rules", ["grid", "open"])
def test_of_pictures_of_pages_no_figure_is_wrong(rules: str, tmp_path: Path) -> None:
    require(
        "Tesseract", shutil.which("tesseract"), "apt-get install tesseract-ocr tesseract-ocr-swe"
    )
    report = replace(VASTERANG, blocks=VASTERANG.blocks[:6])
    WRITERS[f"{rules}.pdf"](report, tmp_path / "report.pdf")
    writers.scanned(tmp_path / "report.pdf", tmp_path / "scan.pdf")
    score = scored(tmp_path / "scan.pdf", report)
    assert score.wrong == 0, "\n".join([str(score), *score.told])
    assert score.right >= 0.85 * score.total, "\n".join([str(score), *score.told])


@pytest.mark.parametrize("file", WRITERS)
def test_no_figure_of_a_document_is_lost(file: str, tmp_path: Path) -> None:
    # Every cell of every table stands in what was understood, whatever its role is.
    report = NORDVIK
    WRITERS[file](report, tmp_path / file)
    found = understood(tmp_path / file)
    kept = {cell["printed_text"] for cell in cells.cells(found)}
    kept |= {q.printed_text for q in cells.questions(found)}
    for table in found.tables:
        kept |= {line.label for line in table.lines}
        kept |= {cell.text for line in table.lines for cell in line.texts.values()}
    prose = " ".join(p.text for p in found.prose)
    for block in report.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for text in row:
                    if any(c.isdigit() for c in text):
                        as_read = {text, text.replace("−", "-"), text.replace(" ", "\u00a0")}
                        assert kept & as_read or text in prose, (block.title, row, text)
        elif any(c.isdigit() for c in block):
            assert block.removeprefix("# ")[:30] in prose


def test_a_short_line_alone_is_a_heading_of_a_text_with_tables(tmp_path: Path) -> None:
    lines = "Gymnasiet\n\nNyckeltal\n{row}\n\nElever som\n\ngår i skolan.\n\nKlart.\n"
    for row, expected in (("Elever\t12\t13", {"Gymnasiet", "Elever som"}), ("Elever 12 13", set())):
        (tmp_path / "x.txt").write_text(lines.format(row=row), encoding="utf-8")
        found = read(tmp_path / "x.txt").blocks
        assert {b.text for b in found if isinstance(b, Paragraph) and b.heading} == expected


def test_a_unit_of_measure_that_stands_apart_is_that_of_its_table(tmp_path: Path) -> None:
    # In a workbook beside the title, or on another sheet; in Word above a frame with a name of its
    # own in it.
    rows = [["Projekt", "Budget 2023", "Utfall 2023"], ["Bro", 400, 388], ["Torg", 310, 325]]
    book = Workbook()
    book.active.append(["Bokslut 2023: Alla belopp i tkr om inget annat anges."])
    for name, above in (("Drift", ["Driftredovisning", None, "mnkr"]), ("Plan", ["Investeringar"])):
        sheet = book.create_sheet(name)
        for row in (above, [], *rows):
            sheet.append(row)
    book.save(tmp_path / "units.xlsx")
    found = understood(tmp_path / "units.xlsx")
    assert [(t.title, t.unit_of_measure) for t in found.tables] == [
        ("Driftredovisning", "mnkr"),
        ("Investeringar", "tkr"),
    ]
    # The names of two tables stand above them, side by side as they do.
    sheet = (book := Workbook()).active
    sheet.append(["Resultat (tkr)", None, None, None, "Fonder (mnkr)"])
    sheet.append([])
    for row in (["", 2022, 2023], ["Skola", 41, 38], ["Hem", 8, 9]):
        sheet.append([*row, None, *row])
    book.save(tmp_path / "beside.xlsx")
    found = understood(tmp_path / "beside.xlsx")
    assert [(t.title, t.unit_of_measure) for t in found.tables] == [
        ("Resultat (tkr)", "tkr"),
        ("Fonder (mnkr)", "mnkr"),
    ]
    written = docx.Document()
    for text in ("Bokslut 2023", "Kostnaden ökade med 4 tkr.", "Nettokostnad per insats, mnkr"):
        written.add_paragraph(text)
    frame = written.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].text = "Fakta"
    for texts, cells_of in zip(rows, frame.add_table(3, 3).rows, strict=True):
        for text, cell in zip(texts, cells_of.cells, strict=True):
            cell.text = str(text)
    written.save(str(tmp_path / "frame.docx"))
    found = understood(tmp_path / "frame.docx")
    assert [(t.title, t.unit_of_measure) for t in found.tables] == [("Fakta", "mnkr")]
    # In a note below a table, too.
    written = docx.Document()
    written.add_paragraph("Bokslut 2023")
    for texts, row in zip(rows, written.add_table(3, 3).rows, strict=True):
        for text, cell in zip(texts, row.cells, strict=True):
            cell.text = str(text)
    written.add_paragraph("Belopp i kronor. Överskott är positiva tal.")
    written.save(str(tmp_path / "note.docx"))
    assert [t.unit_of_measure for t in understood(tmp_path / "note.docx").tables] == ["kr"]
    assert unit_of_note("Alla belopp anges i 1 000 kr.") == "tkr"
    assert unit_of_note("Beloppet 3,2 mnkr avser bidrag från staten.") is None
    # A title inside the lines of a table leaves its unit to the line above.
    above = [Paragraph("Kostnaden ökade.", "", 1), Paragraph("Nettokostnad, mnkr", "", 2)]
    assert unit_above(above) == "mnkr"

"""What we render is read back: the same values in every table of the Word file, the PDF and the
workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from lxml import html
from openpyxl.utils import get_column_letter
from test_site import REPORT, site  # noqa: F401

from bokslut.transcription.reading import cells, document, numbers, template
from bokslut.transcription.reading.numbers import Number, Refused
from bokslut.transcription.reading.readers import read
from bokslut.transcription.reading.stream import Table
from bokslut.transcription.reading.words import of_marks

PAGES = ("ekonomi", "mal", "personal")
"""The pages that have the same tables as the whole report."""
SHEETS = ("resultat", "investeringar-start", "investeringar-ar", "indikatorer", "mal")
"""The sheets of the workbook that are tables of figures; the others are lists of texts."""
Rows = list[tuple[str, list[Decimal]]]


def letters(text: str) -> str:
    """A text without what lines and formats differ in."""
    return re.sub(r"\W", "", text)


def values(texts: list[str]) -> list[Decimal]:
    """The numbers among some texts."""
    read_as = (numbers.read(text, of_marks()) for text in texts)
    return [reading.value for reading in read_as if isinstance(reading, Number)]


def shown(pages: Path) -> dict[str, Rows]:
    """The rows of each table of the pages, by its name without its number."""
    found: dict[str, Rows] = {}
    for page in PAGES:
        for table in html.parse(str(pages / f"{page}.html")).getroot().iter("table"):
            name = table.findtext(".//caption") or "".join(table.xpath(".//caption//text()"))
            rows = [
                [" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
                for row in table.iter("tr")
                if row.find("td") is not None
            ]
            found.setdefault(
                letters(name.partition(": ")[2]), [(letters(r[0]), values(r[1:])) for r in rows]
            )
    return {name: rows for name, rows in found.items() if name}


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_every_table_of_the_rendered_report_is_read_back(
    kind: str,
    site: Path,  # noqa: F811
) -> None:
    stream = read(site / f"{REPORT}.{kind}")
    found = document.understand(stream, template.of_text(ROOT, stream.beginning))
    tables: dict[str, Rows] = {}
    for table in found.tables:
        rows = tables.setdefault(letters(table.title.partition(": ")[2]), [])
        for line in table.lines:
            figures = [f.number.value for f in line.figures.values() if f.number]
            rows.append((letters(line.label), figures))
    expected = {name: [row for row in rows if row[1]] for name, rows in shown(site).items()}
    assert sum(map(len, expected.values())) > 20
    for name, rows in expected.items():
        assert [row for row in tables[name] if row[1]] == rows, name


def handed_out(file: Path) -> Iterator[tuple[str, Decimal | str]]:
    """What stands in a CSV file's columns of numbers, by the places of the sheet of its name: the
    number, or which kind of none."""
    with file.open(encoding="utf-8", newline="") as handle:
        columns = list(zip(*list(csv.reader(handle))[1:], strict=True))
    for at, column in enumerate(columns, start=1):
        said = [numbers.read(text.replace(".", ","), of_marks()) for text in column]
        if any(isinstance(reading, Refused) for reading in said):
            continue
        for row, (text, reading) in enumerate(zip(column, said, strict=True), start=2):
            if text:
                what = reading.value if isinstance(reading, Number) else reading.code
                yield f"{file.stem}!{get_column_letter(at)}{row}", what


def test_every_number_of_the_workbook_is_read_back(site: Path) -> None:  # noqa: F811
    (workbook,) = (site / "data").glob("*.xlsx")
    stream = read(workbook)
    found = document.understand(stream, template.of_text(ROOT, stream.beginning))
    there = [
        cell
        for block in stream.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    ]
    said: dict[str, Decimal | str | None] = {
        cell.place: cell.exact for cell in there if sheet_of(cell.place) not in SHEETS
    }
    for cell in cells.cells(found):
        if sheet_of(cell["place"]) in SHEETS:
            said[cell["place"]] = cell["missing_code"] or Decimal(cell["value"])
    expected = {
        place: what
        for sheet in {sheet_of(cell.place) for cell in there}
        if (file := site / f"data/{sheet}.csv").is_file()
        for place, what in handed_out(file)
        if sheet in SHEETS or isinstance(what, Decimal)
    }
    assert set(SHEETS) < set(map(sheet_of, expected))
    assert {place: said.get(place) for place in expected} == expected
    asked = [question.place for question in cells.questions(found)]
    assert not [place for place in asked if sheet_of(place) in SHEETS]


def sheet_of(place: str) -> str:
    """The sheet of a place in a workbook."""
    return place.partition("!")[0]

"""What we render is read back: the same values in every table of the Word file and the PDF."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from lxml import html
from test_site import REPORT, site  # noqa: F401

from bokslut.transcription.reading import document, numbers, template
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.readers import read
from bokslut.transcription.reading.words import of_marks

PAGES = ("ekonomi", "mal", "personal")
"""The pages that have the same tables as the whole report."""
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

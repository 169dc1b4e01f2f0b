"""Findings for people: in the terminal, as a workbook, and as a page of the document with its
margin."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bokslut.transcription.reading.findings import Finding, in_swedish
from bokslut.transcription.reading.output import Read
from bokslut.transcription.reading.stream import Paragraph, Table

HEADINGS = {"contradicts": "Säger emot", "questionable": "Bör frågas om"}
SHOWN_QUESTIONS = 20
SHOWN_PLACES = 6


def told(found: Sequence[Finding], read: Read) -> Iterator[str]:
    """The findings as lines of Swedish text: contradictions, questions, a summary, what was not
    read."""
    for verdict, heading in HEADINGS.items():
        some = [f for f in found if f.verdict == verdict]
        if some:
            yield f"{heading} ({len(some)})"
            yield ""
        for number, finding in enumerate(some, 1):
            if finding.is_silence:
                yield f"{number}. {finding.subject}: {finding.explanation_sv}"
                continue
            yield f"{number}. {finding.subject}"
            yield f"   {finding.explanation_sv}"
            places = [place_in_swedish(p) for p in finding.places]
            yield from (f"   – {place}" for place in places[:SHOWN_PLACES])
            if len(places) > SHOWN_PLACES:
                yield f"   – och {len(places) - SHOWN_PLACES} till"
            yield ""
    yield from summary(found, read)


def place_in_swedish(place: str) -> str:
    """A place with its printed text, in Swedish: `tabell 2 rad 7 kolumn 6: 5,4`."""
    where, _, printed = place.partition(": ")
    return f"{in_swedish(where)}: {printed}"


def summary(found: Sequence[Finding], read: Read) -> Iterator[str]:
    """How much was read and judged, and what was not."""
    document = read.document
    counted = Counter(f.verdict for f in found)
    figures = [f for t in document.tables for _, f in t.figures() if f.column.kind == "number"]
    asked = sum(f.question is not None for f in figures)
    values = sum(c.is_comparable for c in read.claims)
    yield (
        f"{read.concepts.administration_name} {document.report_year}: {len(document.tables)} "
        "tabeller med "
        f"{len(figures)} celler och {values} påståenden i texten prövade. "
        f"{counted['contradicts']} säger emot, {counted['questionable']} bör frågas om."
    )
    for text in document.stream.left_out:
        yield f"Inte läst: {text}"
    if read.questions:
        yield f"Osäkert läst ({asked} celler, {len(read.questions)} frågor):"
        for question in read.questions[:SHOWN_QUESTIONS]:
            yield f"   – {in_swedish(question.place)}: ”{question.printed_text}”. {question.text}"
        if len(read.questions) > SHOWN_QUESTIONS:
            yield f"   – och {len(read.questions) - SHOWN_QUESTIONS} till"


def write_workbook(found: Sequence[Finding], read: Read, file: Path) -> None:
    """The findings as a list for colleagues, one row each, and the questions on a sheet of their
    own."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Fynd"
    rows: list[list[str]] = [["Fynd", "Om", "Vad som står", "Platser", "Svar"]]
    rows += [
        [
            HEADINGS.get(f.verdict, f.verdict),
            f.subject,
            f.explanation_sv,
            "\n".join(map(place_in_swedish, f.places)),
            "",
        ]
        for f in found
    ]
    fill(sheet, rows, (14, 40, 70, 40, 30))
    asked = book.create_sheet("Osäkert läst")
    rows = [["Plats", "Tryckt", "Fråga", "Kan vara", "Svar"]]
    rows += [
        [in_swedish(q.place), q.printed_text, q.text, "; ".join(q.candidates), ""]
        for q in read.questions
    ]
    fill(asked, rows, (30, 20, 70, 30, 30))
    for one in (sheet, asked):
        for cell in one[1]:
            cell.font = Font(bold=True)
        for row in one.iter_rows():
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        one.freeze_panes = "A2"
    book.save(file)


def fill(sheet: object, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """Writes rows of texts; a text that a spreadsheet would take for a formula stays a text."""
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            cell = sheet.cell(r, c)  # type: ignore[attr-defined]
            cell.value = text
            cell.data_type = "s"
    for c, width in enumerate(widths):
        sheet.column_dimensions["ABCDE"[c]].width = width  # type: ignore[attr-defined]


STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 78rem; padding: 1rem;
color: #1b1b1b; background: #fff; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: 1.5rem;
border-top: 1px solid #e4e4e4; padding: .35rem 0; }
.row > .text { overflow-x: auto; }
.finding { border-left: .4rem solid #b3261e; background: #fdf1f0; padding: .5rem .75rem;
margin: 0 0 .5rem; }
.finding.questionable { border-color: #8a6100; background: #fdf6e6; }
.finding h3 { font-size: 1rem; margin: 0 0 .25rem; }
.finding p { margin: .25rem 0; }
table { border-collapse: collapse; }
td, th { border: 1px solid #bbb; padding: .15rem .5rem; text-align: left; vertical-align: top; }
mark { background: #ffd9d5; padding: 0 .15rem; outline: 2px solid #b3261e; }
@media (max-width: 60rem) { .row { grid-template-columns: 1fr; } }
@media print { .row { break-inside: avoid; } }
"""


def page(found: Sequence[Finding], read: Read) -> str:
    """The document with its findings in the margin, as one HTML file that needs no other."""
    by_line: dict[int, list[Finding]] = {}
    for finding in found:
        by_line.setdefault(min(finding.lines, default=0), []).append(finding)
    marked = {p.partition(": ")[0] for f in found for p in f.places}
    title = f"{read.concepts.administration_name} {read.document.report_year}: fynd i utkastet"
    parts = [
        "<!doctype html>",
        '<html lang="sv"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src '
        "'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{html.escape(title)}</h1>",
        *(f"<p>{html.escape(line)}</p>" for line in summary(found, read)),
        "<main>",
    ]
    if 0 in by_line:
        parts.append(row_of("", by_line.pop(0)))
    for block in read.document.stream.blocks:
        if isinstance(block, Paragraph):
            if not block.text.strip():
                continue
            text = (
                f"<mark>{html.escape(block.text)}</mark>"
                if block.place in marked
                else html.escape(block.text)
            )
            tag = "h2" if block.heading else "p"
            parts.append(row_of(f"<{tag}>{text}</{tag}>", by_line.get(block.line, [])))
        else:
            beside = [f for row in block.rows for f in by_line.get(row.line, [])]
            parts.append(row_of(table_of(block, marked), beside))
    parts.append("</main></body></html>\n")
    return "\n".join(parts)


def section_of(finding: Finding) -> str:
    """A finding as a piece of the margin."""
    heading = f"{HEADINGS.get(finding.verdict, '')}: {finding.subject}"
    places = [html.escape(place_in_swedish(p)) for p in finding.places[:SHOWN_PLACES]]
    return (
        f'<section class="finding {html.escape(finding.verdict)}"><h3>{html.escape(heading)}</h3>'
        f"<p>{html.escape(finding.explanation_sv)}</p><p>{'<br>'.join(places)}</p></section>"
    )


def row_of(text: str, found: Sequence[Finding]) -> str:
    """A piece of the document with its findings beside it."""
    margin = "".join(map(section_of, found))
    return (
        f'<div class="row"><div class="text">{text}</div><div class="margin">{margin}</div></div>'
    )


def table_of(table: Table, marked: set[str]) -> str:
    """A table of the document; cells that a finding names are marked."""
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            text = html.escape(cell.text)
            if cell.place in marked and cell.text:
                text = f"<mark>{text}</mark>"
            span = f' colspan="{cell.span}"' if cell.span > 1 else ""
            cells.append(f"<td{span}>{text}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"

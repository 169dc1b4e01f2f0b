"""Word: paragraphs and tables in their order, merged cells, raised footnote marks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from bokslut.transcription.reading.readers import Progress
from bokslut.transcription.reading.stream import Block, Cell, NotRead, Paragraph, Row, Stream, Table

RAISED_MARK = re.compile(r"\d{1,2}\)?|\*{1,3}|[a-e]\)?")
# What a reader does not see: deleted text, instructions of fields, the other form of a drawing.
UNSEEN = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    qn("w:pPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
WHITE = {qn("w:tab"): "\t", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
TEXT_BOX = qn("w:txbxContent")


def read(file: Path, content: bytes, digest: str, progress: Progress) -> Stream:
    """Reads a .docx.

    Raises NotRead: it is broken.
    """
    try:
        document = Document(io.BytesIO(content))
        styles = heading_styles(document)
        reader = Reader(styles)
        found = [*reader.blocks(document.element.body), *reader.footnotes(document)]
    except (
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        etree.LxmlError,
        RecursionError,
    ) as failure:
        raise NotRead(
            f"{file.name} är skadad och går inte att läsa som Word ({type(failure).__name__}). "
            "Öppna den i Word och spara den på nytt."
        ) from failure
    return Stream(file, digest, tuple(found))


def heading_styles(document: object) -> set[str]:
    """The ids of the styles that are headings, in any language."""
    return {
        style.style_id
        for style in document.styles  # type: ignore[attr-defined]
        if (style.name or "")
        .lower()
        .startswith(("heading", "title", "rubrik", "caption", "beskrivning"))
    }


class Reader:
    """Counts tables, paragraphs and lines while it goes through a document."""

    def __init__(self, heading_styles: set[str]) -> None:
        """Starts before the first block."""
        self.heading_styles = heading_styles
        self.tables = self.paragraphs = self.line = 0
        self.above = ""

    def blocks(self, parent: etree._Element, place: str = "") -> Iterator[Block]:
        """The blocks below an element, in their order."""
        for element in parent:
            if element.tag == qn("w:p"):
                self.paragraphs += 1
                yield from self.paragraph(element, f"paragraph {self.paragraphs}")
            elif element.tag == qn("w:tbl"):
                self.tables += 1
                yield from self.table(element, f"table {self.tables}")
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self.blocks(element)

    def paragraph(self, element: etree._Element, place: str) -> Iterator[Block]:
        """A paragraph, and after it what stands in its text boxes."""
        text, marks = text_of(element)
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        heading = style is not None and style.get(qn("w:val")) in self.heading_styles
        bold = bool(text.strip()) and not heading and len(text) < 120 and all_bold(element)
        if text.strip():
            self.line += 1
            self.above = text.strip()
            if "\t" in text.strip():
                cells = tuple(Cell(t.strip(), place, i) for i, t in enumerate(text.split("\t"), 1))
                yield Table((Row(cells, self.line),), place)
            else:
                yield Paragraph(text.strip(), place, self.line, heading or bold, marks)
        for box in element.iter(TEXT_BOX):
            if not any(a.tag in UNSEEN for a in box.iterancestors()):
                yield from self.blocks(box)

    def table(self, element: etree._Element, place: str, title: str = "") -> Iterator[Block]:
        """A table, and after it those that stand in its cells; of a frame, those alone."""
        rows: list[Row] = []
        inner: list[tuple[str, etree._Element]] = []
        above: dict[int, Cell] = {}
        for number, row in enumerate(table_rows(element), 1):
            self.line += 1
            column, cells = 1 + skipped(row, "w:gridBefore"), []
            for cell in row_cells(row):
                properties = cell.find(qn("w:tcPr"))
                span = merged = None
                if properties is not None:
                    span, merged = (
                        properties.find(qn("w:gridSpan")),
                        properties.find(qn("w:vMerge")),
                    )
                width = max(1, whole(span)) if span is not None else 1
                text, marks = text_of(cell)
                text = " ".join(text.split())
                continued = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
                if continued and not text and column in above:
                    text, marks = above[column].text, above[column].marks
                made = Cell(
                    text,
                    f"{place} row {number} column {column}",
                    column,
                    width,
                    marks,
                    continued=continued,
                )
                cells.append(made)
                above[column] = made
                inner += [(made.place, table) for table in cell.findall(qn("w:tbl"))]
                column += width
            rows.append(Row(tuple(cells), self.line))
        is_frame = bool(inner) and sum(len(row.cells) for row in rows) == 1
        if not is_frame:
            yield Table(tuple(rows), place, title)
        for number, (at, table) in enumerate(inner, 1):
            before = table.getprevious()
            name = text_of(before)[0] if before is not None and before.tag == qn("w:p") else ""
            if name := " ".join(name.split()):
                # What is right above it in its cell is its name.
                self.line += 1
                yield Paragraph(name, at, self.line)
            # What is right above a frame is the name of all that stands in it.
            outer = self.above if is_frame else ""
            yield from self.table(table, f"{place} inner {number}", outer)

    def footnotes(self, document: object) -> Iterator[Block]:
        """The texts of the footnotes, after everything else."""
        part = document.part  # type: ignore[attr-defined]
        for relation in part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(qn("w:footnote")):
                    text = " ".join(text_of(note)[0].split())
                    if text and note.get(qn("w:type")) is None:
                        self.line += 1
                        yield Paragraph(text, f"footnote {note.get(qn('w:id'))}", self.line)


def table_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are not deleted."""
    for row in table.iter(qn("w:tr")):
        if nearest(row, qn("w:tbl")) is table and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def row_cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row."""
    for cell in row.iter(qn("w:tc")):
        if nearest(cell, qn("w:tr")) is row:
            yield cell


def nearest(element: etree._Element, tag: str) -> etree._Element | None:
    """The nearest element above with a tag."""
    return next(element.iterancestors(tag), None)


def skipped(row: etree._Element, name: str) -> int:
    """How many columns of the grid a row leaves out before its first cell."""
    found = row.find(f"{qn('w:trPr')}/{qn(name)}")
    return whole(found) if found is not None else 0


def whole(element: etree._Element) -> int:
    """The value of an element, between 0 and 200."""
    text = element.get(qn("w:val"), "0")
    return min(int(text), 200) if text.isdigit() else 0


def text_of(element: etree._Element) -> tuple[str, tuple[str, ...]]:
    """What a reader sees of an element, and the footnote marks that stand raised in it."""
    pieces: list[str] = []
    marks: list[str] = []

    def walk(node: etree._Element) -> None:
        for child in node:
            if child.tag in UNSEEN or child.tag == TEXT_BOX or child.tag == qn("w:tbl"):
                continue
            if child.tag == qn("w:r"):
                run(child)
            elif child.tag == qn("w:p"):
                if pieces and pieces[-1] != " ":
                    pieces.append(" ")
                walk(child)
            else:
                walk(child)

    def run(node: etree._Element) -> None:
        properties = node.find(qn("w:rPr"))
        raised = False
        if properties is not None:
            if is_on(properties.find(qn("w:vanish"))):
                return
            align = properties.find(qn("w:vertAlign"))
            raised = align is not None and align.get(qn("w:val")) == "superscript"
        written: list[str] = []
        for child in node:
            if child.tag == qn("w:t"):
                written.append(child.text or "")
            elif child.tag in WHITE:
                written.append(WHITE[child.tag])
            elif child.tag == qn("w:footnoteReference"):
                marks.append(child.get(qn("w:id"), ""))
            elif child.tag not in UNSEEN and child.tag not in (qn("w:rPr"), TEXT_BOX):
                walk(child)
        text = "".join(written)
        if raised and RAISED_MARK.fullmatch(text.strip()):
            marks.append(text.strip().rstrip(")"))
        else:
            pieces.append(text)

    walk(element)
    return "".join(pieces), tuple(marks)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and element.get(qn("w:val"), "true") not in ("0", "false", "off")


def all_bold(paragraph: etree._Element) -> bool:
    """Whether every run of a paragraph that has text is bold."""
    runs = [
        r
        for r in paragraph.iter(qn("w:r"))
        if "".join(t.text or "" for t in r.iter(qn("w:t"))).strip()
    ]
    return bool(runs) and all(is_on(r.find(f"{qn('w:rPr')}/{qn('w:b')}")) for r in runs)

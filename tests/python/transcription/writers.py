"""Writes invented reports in the formats that reports come in."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import typst
from docx import Document
from openpyxl import Workbook
from PIL import Image

from transcription.invented import Report, Table, number


def word(report: Report, file: Path, cut_after: int | None = None) -> None:
    """A .docx; `cut_after` breaks longer tables in two with a repeated head."""
    document = Document()
    for block in report.blocks:
        if isinstance(block, Table):
            document.add_paragraph(block.title)
            rows = block.rows
            parts = (
                [rows[:cut_after], rows[cut_after:]]
                if cut_after and len(rows) > cut_after + 1
                else [rows]
            )
            for part in parts:
                word_table(document, block, part)
                document.add_paragraph("")
            for note in block.notes:
                document.add_paragraph(note)
        elif block.startswith("# "):
            document.add_heading(block[2:], 1)
        else:
            document.add_paragraph(block)
    document.save(str(file))


def word_table(document: object, table: Table, rows: list[list[str]]) -> None:
    """One table with merged heads and merged labels."""
    width = len(table.columns)
    grid = document.add_table(len(table.head) + len(rows), width)  # type: ignore[attr-defined]
    grid.style = "Table Grid"
    for r, row in enumerate([*table.head, *rows]):
        if len(row) == 1:
            grid.cell(r, 0).merge(grid.cell(r, width - 1)).text = row[0]
            continue
        for c, text in enumerate(row):
            if text == "<":
                grid.cell(r, c - 1).merge(grid.cell(r, c))
            elif text == "^" and r != len(table.head):
                grid.cell(r - 1, c).merge(grid.cell(r, c))
            elif text != "^":
                grid.cell(r, c).text = text


def excel(report: Report, file: Path, as_text: bool = False) -> None:
    """A .xlsx with a sheet for each table; numbers are numbers with formats, or texts."""
    book = Workbook()
    book.remove(book.active)
    texts = book.create_sheet("Text")
    for block in report.blocks:
        if isinstance(block, Table):
            excel_sheet(book, block, as_text)
        else:
            texts.append([block.removeprefix("# ")])
    book.save(file)


def excel_sheet(book: Workbook, table: Table, as_text: bool) -> None:
    """One sheet: title, an empty row, the table."""
    sheet = book.create_sheet(table.title.split(",")[0][:28].replace("/", " ").replace(":", " "))
    sheet.cell(1, 1, table.title)
    top = 3
    for r, row in enumerate([*table.head, *table.rows], top):
        if len(row) == 1:
            sheet.cell(r, 1, row[0])
            continue
        for c, text in enumerate(row, 1):
            if text == "<":
                continue
            if text == "^":
                continue
            cell = sheet.cell(r, c)
            kind = table.columns[c - 1].split()[0]
            if (
                r >= top + len(table.head)
                and kind not in ("label", "note", "text", "unit")
                and not as_text
            ):
                value, unit = number(text)
                if value is None:
                    cell.value = text
                    continue
                decimals = max(0, -value.as_tuple().exponent)
                pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
                cell.value = float(value / 100 if unit == "percent" else value)
                cell.number_format = pattern + ("%" if unit == "percent" else "")
            elif text:
                cell.value = (
                    int(text)
                    if text.isdigit() and len(text) == 4 and r < top + len(table.head)
                    else text
                )
        merge(sheet, r, row, top)


def merge(sheet: object, r: int, row: list[str], top: int) -> None:
    """Merges the cells that a row says are one with that to the left or above."""
    c = 0
    while c < len(row):
        end = c
        while end + 1 < len(row) and row[end + 1] == "<":
            end += 1
        if end > c:
            sheet.merge_cells(start_row=r, end_row=r, start_column=c + 1, end_column=end + 1)  # type: ignore[attr-defined]
        if row[c] == "^":
            first = r - 1
            for area in list(sheet.merged_cells.ranges):  # type: ignore[attr-defined]
                if area.min_col == c + 1 and area.max_row == r - 1:
                    first = area.min_row
                    sheet.unmerge_cells(str(area))  # type: ignore[attr-defined]
            sheet.merge_cells(start_row=first, end_row=r, start_column=c + 1, end_column=c + 1)  # type: ignore[attr-defined]
        c = end + 1


PAGE = """#set page(paper: "a4", margin: 2cm, flipped: true)
#set text(lang: "sv", size: 10pt, font: "DejaVu Sans")
"""
RULES = {
    "grid": "0.5pt",
    "lines": "(x, y) => (top: if y == 0 { 1pt } else { 0.3pt }, bottom: 0.3pt)",
    "none": "none",
}


def pdf(report: Report, file: Path, rules: str = "grid", size: str = "10pt") -> None:
    """A PDF with text; `rules` says which lines its tables have."""
    parts = [PAGE.replace("10pt", size)]
    for block in report.blocks:
        if isinstance(block, Table):
            parts.append(typst_table(block, rules))
        elif block.startswith("# "):
            parts.append(f"= {escaped(block[2:])}\n")
        else:
            parts.append(escaped(block) + "\n")
    source = file.with_suffix(".typ")
    source.write_text("\n".join(parts), encoding="utf-8")
    typst.compile(str(source), output=str(file))


def escaped(text: str) -> str:
    """A text that Typst takes literally."""
    return "#" + typst_string(text)


def typst_string(text: str) -> str:
    """A text as a string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_table(table: Table, rules: str) -> str:
    """A table of Typst with merged cells."""
    width = len(table.columns)
    aligned = [
        "left" if c.split()[0] in ("label", "text", "unit") else "right" for c in table.columns
    ]
    sizes = ["1fr" if c == "label" else "auto" for c in table.columns]
    rows = [*table.head, *table.rows]
    cells = []
    for r, row in enumerate(rows):
        if len(row) == 1:
            cells.append(f"table.cell(colspan: {width}, [*#{typst_string(row[0])}*])")
            continue
        for c, text in enumerate(row):
            if text in "<^" and text:
                continue
            across = 1
            while c + across < width and len(row) > 1 and row[c + across] == "<":
                across += 1
            down = 1
            while r + down < len(rows) and len(rows[r + down]) > 1 and rows[r + down][c] == "^":
                down += 1
            cells.append(f"table.cell(colspan: {across}, rowspan: {down}, {typst_string(text)})")
    head_count = len(table.head)
    head = sum(len([t for t in row if t not in ("<", "^")]) for row in table.head)
    return (
        f'#block(above: 1.5em, text(weight: "bold", {typst_string(table.title)}))\n'
        f"#table(columns: ({', '.join(sizes)},), align: ({', '.join(aligned)},), stroke: "
        f"{RULES[rules]},\n"
        f"table.header({', '.join(cells[:head])}),\n{', '.join(cells[head:])})\n"
        + "".join(f"{escaped(note)}\n\n" for note in table.notes)
        + f"// {head_count}\n"
    )


def scanned(source: Path, file: Path, dpi: int = 200) -> None:
    """A PDF of pictures of the pages of another."""
    document = pypdfium2.PdfDocument(str(source))
    pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    pages[0].save(file, save_all=True, append_images=pages[1:], resolution=dpi)


def picture(source: Path, dpi: int = 200) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(str(source))]


def text(report: Report, file: Path, by_spaces: bool = False) -> None:
    """A text with tabs between cells, or with cells that spaces set below each other."""
    out = io.StringIO()
    for block in report.blocks:
        if isinstance(block, Table):
            out.write(f"\n{block.title}\n")
            previous = [""] * len(block.columns)
            rows = []
            for row in [*block.head, *block.rows]:
                if len(row) > 1:
                    row = [
                        "" if t == "<" else previous[i] if t == "^" else t
                        for i, t in enumerate(row)
                    ]
                    previous = row
                rows.append(row)
            out.writelines(typed(rows) if by_spaces else ["\t".join(row) + "\n" for row in rows])
            out.write("\n")
        else:
            out.write(block.removeprefix("# ") + "\n")
    file.write_text(out.getvalue(), encoding="utf-8")


def typed(rows: list[list[str]]) -> list[str]:
    """The lines of a table: labels from the left, figures to the right, two spaces between."""
    whole = [row for row in rows if len(row) > 1]
    widths = [max(map(len, column)) for column in zip(*whole, strict=True)]

    def cell(text: str, column: int) -> str:
        is_figure = column and any(any(map(str.isdigit, row[column])) for row in whole)
        return text.rjust(widths[column]) if is_figure else text.ljust(widths[column])

    return ["  ".join(map(cell, row, range(len(row)))).rstrip() + "\n" for row in rows]


DAMAGE = {"å": "aéa", "ä": "aié", "ö": "o6d", "Å": "A", "Ä": "A", "Ö": "O"}


def damaged(word: str, seed: int) -> str:
    """A word as a scan leaves it: its diacritics lost or taken for other letters."""
    return "".join(
        DAMAGE[c][(seed + i) % len(DAMAGE[c])] if c in DAMAGE else c for i, c in enumerate(word)
    )


def scanned_text(report: Report, file: Path, bars: bool = False) -> None:
    """A text as a scan leaves it: one space between cells, damaged letters, dashes as hyphens."""
    lines: list[str] = []

    def put(text: str) -> None:
        words = text.replace("−", "-").replace("–", "-").split()
        lines.append(" ".join(damaged(w, len(lines) + i) for i, w in enumerate(words)))

    for block in report.blocks:
        if isinstance(block, Table):
            lines.append("")
            put(block.title)
            previous = [""] * len(block.columns)
            for row in block.head:
                put(" ".join(t for t in row if t not in ("<", "^")))
            for number, row in enumerate(block.rows):
                if len(row) == 1:
                    put(row[0])
                    continue
                row = [previous[i] if t == "^" else t for i, t in enumerate(row)]
                shown = [t for i, t in enumerate(row) if t and not (i == 0 and t == previous[0])]
                previous = row
                put((" | " if bars and number % 3 == 0 else " ").join(shown))
            lines.append("")
        else:
            words = block.removeprefix("# ").split()
            for start in range(0, len(words), 14):
                put(" ".join(words[start : start + 14]))
            lines.append("")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

"""The document itself, with every printed cell marked on its line.

The document lies outside the project: `documents/<report_id>.txt`, or the folder that
`BOKSLUT_DOCUMENTS` names. Without it, the page has the printed rows with their heads.
"""

from __future__ import annotations

import re

from bokslut import documents
from bokslut.pages.data import Report, Row
from bokslut.pages.text import html_text, safe_id, text


def lines_of(report: Report) -> tuple[list[str], str]:
    """The lines of the document, or none of them and in Swedish why."""
    about = report.about
    try:
        found = documents.lines_of(report.report_id, about["source_sha256"])
    except documents.DocumentMissing as missing:
        return [], (f"{text(missing)} Sidan visar i stället varje tryckt rad med sina rubriker.")
    return found[: about["source_lines"]], ""


def page(report: Report) -> str:
    """All of the document, line by line, or its printed rows."""
    lines, why_not = lines_of(report)
    cells = sorted(
        report.trail.values(),
        key=lambda row: (row["source_line_first"], row["row_no"], row["column_no"] or 0),
    )
    body = document(report, lines, cells) if lines else rows(report, cells)
    told = f"::: {{.notice}}\n{why_not}\n:::\n\n" if why_not else ""
    return f"{told}```{{=html}}\n{body}\n```\n"


def document(report: Report, lines: list[str], cells: list[Row]) -> str:
    """Each line with its number, the cells on it as links to their trails, its questions beside."""
    here: dict[int, list[tuple[int, int, Row]]] = {}
    whole: dict[int, list[Row]] = {}
    for cell in cells:
        place = find(lines, cell, here)
        if place:
            here.setdefault(place[0], []).append((place[1], place[2], cell))
        else:
            whole.setdefault(cell["source_line_first"], []).append(cell)
    written = [
        line(report, number, printed, here.get(number, []), whole.get(number, []))
        for number, printed in enumerate(lines, 1)
    ]
    return f'<ol class="document">\n{"".join(written)}</ol>'


def find(
    lines: list[str], cell: Row, taken: dict[int, list[tuple[int, int, Row]]]
) -> tuple[int, int, int] | None:
    """Line, start and end of the first place of a cell's print that no other cell has.

    Cells are asked for from left to right, so the second of two equal prints gets its own place.
    None where the print is broken over lines, or is only described.
    """
    printed = (cell["printed_text"] or "").split()
    if not printed:
        return None
    words = r"\s+".join(map(re.escape, printed))
    wanted = re.compile(rf"(?<![\w,.]){words}(?!\w|[,.]\d)")
    for number in range(cell["source_line_first"], cell["source_line_last"] + 1):
        if number > len(lines):
            return None
        for found in wanted.finditer(lines[number - 1]):
            spans = [(start, end) for start, end, _ in taken.get(number, [])]
            if all(found.end() <= start or end <= found.start() for start, end in spans):
                return number, found.start(), found.end()
    return None


def line(
    report: Report,
    number: int,
    printed: str,
    placed: list[tuple[int, int, Row]],
    whole: list[Row],
) -> str:
    """One line of the document as an item of a list."""
    written, at = "", 0
    for start, end, cell in sorted(placed, key=lambda place: place[0]):
        written += html_text(printed[at:start]) + cell_link(cell, printed[start:end])
        at = end
    written += html_text(printed[at:])
    anchors = "".join(f'<span id="{safe_id(cell["figure_id"])}"></span>' for cell in whole)
    written += "".join(f" {trail_link(cell)}" for cell in whole)
    asked = beside(report, [cell for _, _, cell in placed] + whole)
    return f'<li id="rad-{number}" value="{number}"><span>{anchors}{written}</span>{asked}</li>\n'


def cell_link(cell: Row, printed: str) -> str:
    """A cell of print, which leads on to its trail."""
    anchor = safe_id(cell["figure_id"])
    mark = f" {cell['mark_verdict']}" if cell["mark_verdict"] else ""
    return (
        f'<a class="cell{mark}" id="{anchor}" href="spar.html#{anchor}" '
        f'title="{html_text(cell["name_sv"])}">{html_text(printed)}</a>'
    )


def trail_link(cell: Row) -> str:
    """A link to the trail of what is a whole line or more."""
    anchor = safe_id(cell["figure_id"])
    name = html_text(f"Spår: {cell['name_sv']}")
    return f'<a class="whole" href="spar.html#{anchor}" aria-label="{name}">spår</a>'


def beside(report: Report, cells: list[Row]) -> str:
    """The known issues of the cells of a line, once each."""
    issues = {
        cell["known_issue_id"]: cell["mark_verdict"] for cell in cells if cell["known_issue_id"]
    }
    if not issues:
        return ""
    links = []
    for issue_id, verdict in sorted(issues.items()):
        issue = report.issues.get(issue_id)
        title = issue["title_sv"] if issue else ""
        shape = report.codes["verdict", verdict]["shape"]
        links.append(
            f'<a href="avstamning.html#{safe_id(issue_id)}">'
            f'<span aria-hidden="true">{shape}</span> '
            f"{html_text(issue_id.rpartition('-')[2])} {html_text(title)}</a>"
        )
    return f'<span class="margin">{" ".join(links)}</span>'


def rows(report: Report, cells: list[Row]) -> str:
    """The printed rows, each cell with the head of its column."""
    by_row: dict[tuple[int, str, int], list[Row]] = {}
    for cell in cells:
        key = (cell["source_line_first"], cell["source_table"], cell["row_no"])
        by_row.setdefault(key, []).append(cell)
    written, lines = [], set[int]()
    for (first, _, _), found in sorted(by_row.items()):
        label = found[0]["row_label"] or found[0]["name_sv"]
        parts = []
        for cell in found:
            head = f"{html_text(cell['column_label'])}: " if cell["column_label"] else ""
            printed = cell["printed_text"] or cell["name_sv"]
            parts.append(head + cell_link(cell, printed))
        anchor = "" if first in lines else f' id="rad-{first}"'
        lines.add(first)
        told = f"{html_text(label)} – {' · '.join(parts)}"
        written.append(
            f'<li{anchor} value="{first}"><span>{told}</span>{beside(report, found)}</li>\n'
        )
    return f'<ol class="document">\n{"".join(written)}</ol>'

"""The printed seeds of a document: one CSV for each printed table, as `seeds/printed` has them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import fuzz

from bokslut.transcription.reading import numbers
from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import code, normal
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable
from bokslut.transcription.seed_files import FORMULA_SIGNS

Record = dict[str, str]


def printed(figure: Figure) -> str:
    """A figure as it is printed."""
    return figure.cell.text


def as_read(figure: Figure) -> str:
    """A figure as it is read where the parser of committed cells knows no such print.

    Footnote marks, remarks in parentheses, and signs that only the template knows are left out.
    """
    text, reading = figure.cell.text, figure.reading
    if not isinstance(reading, Number) or figure.cell.exact is not None:
        return text
    plain = numbers.CELL.fullmatch(numbers.plain(text))
    if plain and not (plain["mark"] or plain["late_mark"]) and figure.how_read == "direct":
        return text
    unit = {"percent": " %"}.get(reading.unit_of_measure or "", "")
    return f"{reading.operator or ''}{reading.value:f}{unit}".replace(".", ",")


def line_number(place: str) -> int | None:
    """The line of a place in a plain text."""
    found = re.search(r"\bline (\d+)", place)
    return int(found[1]) if found else None


def records(
    document: Document,
    report_id: str,
    headers: dict[str, Sequence[str]],
    text_of: Callable[[Figure], str] = printed,
) -> dict[str, list[Record]]:
    """The rows of each printed seed, by the name of its table.

    Two tables with the same rows and other columns are one: the second adds its cells to the rows.
    `text_of` gives what stands in the seed for a figure.
    """
    made: dict[str, list[Record]] = {name: [] for name in headers}
    for table in document.tables:
        name = table.source_table
        if name not in headers:
            continue
        sections = sections_of(table) if "section_label" in headers[name] else {}
        there = {(row["row_label"], row.get("group_label", "")): row for row in made[name]}
        names = [c.name for c in table.number_columns]
        beside = bool(there) and all(
            not row[column] for row in made[name] for column in names if column in row
        )
        for line in table.lines:
            row = record(line, table, report_id, len(made[name]) + 1, headers[name], text_of)
            if "section_label" in row:
                row["section_label"] = row["section_label"] or sections.get(id(line), "")
            other = there.get((line.label, row.get("group_label", ""))) if beside else None
            if other is None:
                made[name].append(row)
                continue
            other |= {
                key: row[key] for key in (*names, "year_line", "accumulated_line") if row.get(key)
            }
            other["source_line_last"] = str(
                max(int(other["source_line_last"]), int(row["source_line_last"]))
            )
    if "maluppfyllelse" in headers:
        made["maluppfyllelse"] = list(goal_records(document, report_id))
    if "beslut_och_handelser" in headers:
        made["beslut_och_handelser"] = list(event_records(document, report_id))
    return made


def sections_of(table: ReadTable) -> dict[int, str]:
    """The section of each row by the sum that closes it: `Summa färdigställda projekt` closes
    them."""
    found: dict[int, str] = {}
    waiting: list[Line] = []
    named = ""
    for line in table.lines:
        waiting.append(line)
        words = line.label.split()
        if line.is_total and len(words) > 2:
            named = " ".join(words[1:])
            named = named[:1].upper() + named[1:]
            found |= {id(one): named for one in waiting}
            waiting = []
    return found | {id(one): named for one in waiting}


def placed(line: Line, table: ReadTable) -> tuple[str, str]:
    """The section and the group that a row stands in.

    Projects stand in sections: one project is no part of another.
    """
    if table.source_table == "investeringar" and not line.section:
        return line.group, ""
    return line.section, line.group


def record(
    line: Line,
    table: ReadTable,
    report_id: str,
    row_no: int,
    header: Sequence[str],
    text_of: Callable[[Figure], str],
) -> Record:
    """One row of a printed seed."""
    places = [line.line, line.line_last]
    own: dict[str, int] = {}
    for figure in line.figures.values():
        at = line_number(figure.cell.place) if figure.cell.text else None
        if at:
            places.append(at)
            own[figure.column.name] = at
    made = dict.fromkeys(header, "")
    made |= {
        "report_id": report_id,
        "row_no": str(row_no),
        "source_line_first": str(min(places)),
        "source_line_last": str(max(places)),
        "row_label": line.label,
    }
    section, group = placed(line, table)
    said = {"section_label": section, "goal_label": section, "group_label": group}
    made |= {key: text for key, text in said.items() if key in header}
    if "label_line_first" in header:
        made["label_line_first"], made["label_line_last"] = str(line.line), str(line.line_last)
        made["accumulated_line"] = str(own.get("accumulated_outcome", ""))
        made["year_line"] = str(own.get("year_outcome", ""))
    for figure in line.figures.values():
        if figure.column.name in header:
            made[figure.column.name] = text_of(figure)
    return made


def goal_records(document: Document, report_id: str) -> Iterator[Record]:
    """The rows of the seed of goals and judgements."""
    for number, goal in enumerate(document.goals, 1):
        line = str(
            goal.judgement_line
            or (goal.heading.line if goal.heading else goal.front.line if goal.front else "")
        )
        yield {
            "report_id": report_id,
            "row_no": str(number),
            "source_line_first": line,
            "source_line_last": line,
            "row_label": goal.label,
            "judgement": goal.judgement,
            "heading_line": str(goal.heading.line) if goal.heading else "",
            "heading_icon": goal.heading.icon if goal.heading else "",
            "front_page_line": str(goal.front.line) if goal.front else "",
            "front_page_label": goal.front.label if goal.front else "",
            "front_page_icon": goal.front.icon if goal.front else "",
        }


def event_records(document: Document, report_id: str) -> Iterator[Record]:
    """The rows of the seed of decisions and events, in the document's words."""
    for number, event in enumerate(document.events, 1):
        yield {
            "report_id": report_id,
            "row_no": str(number),
            "source_line_first": str(event.first),
            "source_line_last": str(event.last),
            "event_type": event.kind,
            "label": event.text,
        }


def claim_records(
    claims: Sequence[Claim], document: Document, report_id: str, header: Sequence[str]
) -> Iterator[Record]:
    """The rows of the seed of claims: proposals, each with its lines."""
    for number, claim in enumerate(claims, 1):
        made = dict.fromkeys(header, "")
        is_status = claim.kind == "status"
        values = {
            "report_id": report_id,
            "row_no": str(number),
            "source_line_first": str(claim.line_first),
            "source_line_last": str(claim.line_last),
            "row_label": claim.label,
            "printed_text": claim.printed_text,
            "read_text": claim.read_text,
            "kind": claim.kind,
            "measure_code": claim.measure_code,
            "unit_code": "" if is_status else claim.unit_code,
            "fiscal_year": str(claim.fiscal_year or ""),
            "scenario": claim.scenario,
            "gender": "" if is_status else claim.gender,
            "goal_code": document.template.goal_of(claim.goal_code) or code(claim.goal_code)
            if claim.goal_code
            else "",
            "stated": claim.stated,
            "total_of": claim.total_of,
        }
        yield made | {key: value for key, value in values.items() if key in made}


OTHER_COLUMNS = (
    "template",
    "source_table",
    "column_name",
    "column_no",
    "column_label",
    "content",
    "scenario",
    "year_offset",
    "unit_of_measure",
    "measure_code",
    "sign",
)
MOST_CELLS = 12
"""How many cells a row of the seed of any table holds."""


def judgement_of(document: Document, table: str) -> tuple[str, int] | None:
    """The column of a table that judges its rows, and its number; None where it has none."""
    for column in document.template.columns.get(table, ()):
        if column.content == "judgement" and column.number:
            return column.name, column.number
    return None


def beyond_their_seed(document: Document, headers: dict[str, Sequence[str]]) -> set[str]:
    """The tables that print a column of their template for which their seed has no place."""
    found = set()
    for table in document.tables:
        name, names = table.source_table, {column.name for column in table.number_columns} - {""}
        judged = judgement_of(document, name)
        if judged and any(column.kind == "status" for column in table.columns):
            names.add(judged[0])
        if name in headers and not names <= set(headers[name]):
            found.add(name)
    return found


def others(document: Document, named: Sequence[str]) -> Iterator[tuple[str, ReadTable]]:
    """The tables of figures that have no seed of their own, each with its name."""
    for table in document.tables:
        if table.source_table not in named and table.number_columns:
            yield table.source_table or code(table.title or table.place), table


def other_tables(document: Document, report_id: str, named: Sequence[str]) -> Iterator[Record]:
    """The rows of the tables that have no seed of their own, their cells by number."""
    rows: dict[str, int] = {}
    for name, table in others(document, named):
        numbers = cell_numbers(table, document)
        texts = text_numbers(table, document)
        for line in table.lines:
            rows[name] = rows.get(name, 0) + 1
            section, group = placed(line, table)
            if not section and document.template.goal_of(group):
                # A goal stands above its indicators.
                section, group = group, ""
            yield {
                "report_id": report_id,
                "row_no": str(rows[name]),
                "source_line_first": str(line.line),
                "source_line_last": str(line.line_last),
                "table_name": name,
                "section_label": section,
                "group_label": group,
                "row_label": line.label,
                **{
                    f"cell_{numbers[index]}": figure.cell.text
                    for index, figure in line.figures.items()
                    if numbers.get(index, MOST_CELLS + 1) <= MOST_CELLS
                },
                **{
                    f"cell_{number}": line.texts[index].text
                    for index, number in texts.items()
                    if index in line.texts
                },
            }


def text_numbers(table: ReadTable, document: Document) -> dict[int, int]:
    """The number of each column of words that the template numbers, as its judgement or a note: the
    one whose heading is most alike."""
    known = document.template.columns.get(table.source_table, ())
    free = [c for c in known if c.content in ("judgement", "note") and c.number]
    words = [c for c in table.columns if c.kind == "status"]
    pairs = sorted(
        (-fuzz.ratio(normal(column.head.text), normal(one.label)), column.index, one.number or 0)
        for column in words
        for one in free
    )
    found: dict[int, int] = {}
    for _, index, number in pairs:
        if index not in found and number not in found.values():
            found[index] = number
    return found


def cell_numbers(table: ReadTable, document: Document) -> dict[int, int]:
    """The number of each column of figures: the template's for a table of its, else in order."""
    known = {c.name: c.number for c in document.template.columns.get(table.source_table, ())}
    return {
        column.index: known.get(column.name) or number
        for number, column in enumerate(table.number_columns, 1)
    }


def other_columns(document: Document, named: Sequence[str]) -> Iterator[Record]:
    """What the columns of unknown tables say, as rows that a template may take."""
    for name, table in others(document, named):
        if table.source_table:
            continue
        for number, column in enumerate(table.number_columns[:MOST_CELLS], 1):
            year = column.fiscal_year or document.report_year
            yield {
                "template": document.template.name,
                "source_table": name,
                "column_name": f"column_{number}",
                "column_no": str(number),
                "column_label": re.sub(r"\b(19|20)\d\d\b", "{year}", column.head.text),
                "content": "number",
                "scenario": column.scenario or "outcome",
                "year_offset": str(year - document.report_year),
                "unit_of_measure": column.unit_of_measure or table.unit_of_measure or "",
                "sign": "1",
            }


def written(rows: Sequence[Record], header: Sequence[str]) -> str:
    """Rows as the text of a seed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {c: harmless(row.get(c, "")) if is_label(c) else row.get(c, "") for c in header}
        )
    return out.getvalue()


def is_label(column: str) -> bool:
    """Whether a column is of labels and names, and not of what is printed or read."""
    return column in ("row_label", "group_label", "section_label") or column.endswith("_sv")


def harmless(label: str) -> str:
    """A label that no spreadsheet takes for a formula: its hyphen is a dash, *– kvinnor*."""
    if not label.lstrip().startswith(FORMULA_SIGNS):
        return label
    bare = label.lstrip()
    return f"–{bare[1:]}" if bare[0] in "-－" else f"’{bare}"

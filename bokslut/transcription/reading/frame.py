"""The frame of next year's report: last year's rows, the figures that carry over, and a form to
fill in.

The form is a workbook that `ingest` reads back; each cell that waits for a figure is named with its
unit of measure.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bokslut.transcription.reading import numbers, output, seeds, template, words
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.stream import NotRead
from bokslut.transcription.reading.template import Alias, Template, TemplateColumn

Record = dict[str, str]
FORM = "formular.xlsx"
TO_FILL = (
    "source_table",
    "row_label",
    "group_label",
    "column_name",
    "column_label",
    "fiscal_year",
    "scenario",
    "unit_of_measure",
)
LABELS = {"goal_label": "Mål", "section_label": "Avsnitt", "group_label": "Grupp"}
"""What the columns of labels left of the row's own are called in the form."""
CARRIED = ("target",)
"""Scenarios whose figures next year's report has from the start, as last year's plan."""
WAITING = PatternFill("solid", fgColor="FFF6D5")
GIVEN = PatternFill("solid", fgColor="F2F2F2")


@dataclass
class FrameTable:
    """A printed table of next year's report.

    Attributes:
        name: of the table.
        title: in Swedish.
        columns: of figures or judgements, as the template has them.
        rows: of the printed seed, with what carries over.
        units: the unit of measure of each row; empty where the column has one.
    """

    name: str
    title: str
    columns: tuple[TemplateColumn, ...]
    rows: list[Record] = field(default_factory=list)
    units: list[str] = field(default_factory=list)


def id_of(from_report: str, year: int) -> str:
    """The id of next year's report: the same with the other year."""
    stem, _, last = from_report.rpartition("-")
    return f"{stem if stem and numbers.is_year(last) else from_report}-{year}"


def write(project: Path, from_report: str, year: int, folder: Path) -> list[str]:
    """Writes the frame of next year's report into a folder, whole or not at all.

    Returns:
        What was written, in Swedish, a line each.

    Raises NotRead: the report is not in the register, or the year is not a later one.
    Raises OSError: the folder cannot be written.
    """
    register = template.load(project).reports
    report = register.get(from_report)
    if report is None:
        raise NotRead(
            f"{from_report} finns inte i registret. Väntat: en av {', '.join(sorted(register))}."
        )
    known = template.load(project, report.get("template", ""))
    if year <= int(report["report_year"]):
        raise NotRead(
            f"{from_report} gäller {report['report_year']}. Väntat: ett senare år, inte {year}."
        )
    report_id = id_of(from_report, year)
    tables = [
        made
        for name in output.PRINTED
        if name in known.columns and (made := table_of(project, known, report, name, year))
    ]
    files: dict[str, str | bytes] = {}
    waiting: list[Record] = []
    for table in tables:
        header = template.printed_header(project, table.name)
        rows = [{"report_id": report_id, **row} for row in table.rows]
        files[f"printed_{table.name}.csv"] = seeds.written(rows, header)
        waiting += cells_to_fill(table, year)
    files["cells_to_fill.csv"] = seeds.written(waiting, TO_FILL)
    files[FORM] = form(tables, report, year)
    output.write(files, folder)
    return [
        f"Ram för {report_id}: {len(tables)} tabeller, {len(waiting)} celler att fylla i.",
        f"Skrivet i {folder}: {', '.join(sorted(files))}",
    ]


def table_of(
    project: Path, known: Template, report: Record, name: str, year: int
) -> FrameTable | None:
    """A table with last year's rows and what carries over; None where last year had none."""
    last = template.printed_rows(project, report["report_id"], name)
    columns = tuple(c for c in known.columns[name] if c.content in ("number", "judgement"))
    columns = tuple(c for c in columns if any(row.get(c.name) for row in last))
    if not last or not columns:
        return None
    made = FrameTable(name, known.table_names.get(name, name), columns)
    between = year - int(report["report_year"])
    taken: set[tuple[str, ...]] = set()
    for row in last:
        section = row.get("section_label") or row.get("goal_label", "")
        alias = known.alias(name, section, row.get("group_label", ""), row.get("row_label", ""))
        if alias and alias.project_status == "completed":
            continue
        labels = clean_labels(known, name, row)
        if tuple(labels.values()) in taken:
            # Two rows that the seeds name alike are told apart by their print.
            labels = {key: row.get(key, "") for key in labels}
        taken.add(tuple(labels.values()))
        kept = {key: text for key, text in labels.items() if key in row}
        for column in columns:
            kept[column.name] = carried(row, column, columns, between)
        kept["row_no"] = str(len(made.rows) + 1)
        made.rows.append(kept)
        made.units.append(
            unit_of(known, alias) if any(not c.unit_of_measure for c in columns) else ""
        )
    return made


def clean_labels(known: Template, name: str, row: Record) -> dict[str, str]:
    """The labels of a row as the seeds spell them; what no seed spells keeps its print."""
    made = {key: row.get(key, "") for key in ("row_label", *LABELS)}
    section = made["section_label"] or made["goal_label"]

    def spelt(label: str, group: str) -> str:
        alias = known.alias(name, section, group, label)
        is_own = alias is not None and alias.row_label != ""
        return (alias.label_sv if alias and is_own else "") or label

    clean = {
        "row_label": spelt(made["row_label"], made["group_label"]),
        "group_label": spelt(made["group_label"], "") if made["group_label"] else "",
    }
    for key in ("goal_label", "row_label"):
        if goal := known.goals.get(known.goal_of(made[key])):
            clean[key] = goal["goal_name_sv"]
    return made | clean


def unit_of(known: Template, alias: Alias | None) -> str:
    """The unit of measure of a row; empty where nothing says it."""
    if alias is None:
        return ""
    if alias.unit_of_measure:
        return alias.unit_of_measure
    own = known.indicator_units.get((alias.measure_code, alias.unit_code))
    said = own or known.indicators.get(alias.measure_code, {}).get("unit_of_measure", "")
    return "" if said == "varies" else said


def carried(
    row: Record, column: TemplateColumn, columns: Sequence[TemplateColumn], between: int
) -> str:
    """What a cell of next year's table has from last year's: an earlier outcome, or the plan."""
    if column.content != "number" or column.year_offset is None:
        return ""
    if column.scenario in CARRIED:
        return row.get(column.name, "")
    before = column.year_offset + between
    if column.scenario != "outcome" or before > 0 or column.year_offset == 0:
        return ""
    same = [
        c
        for c in columns
        if c.scenario == "outcome"
        and c.year_offset == before
        and c.measure_code == column.measure_code
    ]
    return row.get(same[0].name, "") if same else ""


def cells_to_fill(table: FrameTable, year: int) -> Iterator[Record]:
    """The cells that wait for a figure, each with its unit of measure."""
    for row, unit in zip(table.rows, table.units, strict=True):
        for column in table.columns:
            if not row[column.name]:
                yield {
                    "source_table": table.name,
                    "row_label": row["row_label"],
                    "group_label": row.get("group_label", ""),
                    "column_name": column.name,
                    "column_label": head_of(column, year),
                    "fiscal_year": str(year + (column.year_offset or 0)),
                    "scenario": column.scenario,
                    "unit_of_measure": column.unit_of_measure or unit,
                }


def head_of(column: TemplateColumn, year: int) -> str:
    """The printed head of a column in a report of that year."""
    return column.label.replace("{year}", str(year + (column.year_offset or 0)))


# The form


def form(tables: Sequence[FrameTable], report: Record, year: int) -> bytes:
    """The workbook to fill in: a sheet for each table."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for table in tables:
        sheet = book.create_sheet(sheet_name(table.title))
        fill_sheet(sheet, table, report, year)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(title: str) -> str:
    """A name that a sheet may have."""
    return "".join(c for c in title if c not in "[]:*?/\\")[:31]


def fill_sheet(sheet: Worksheet, table: FrameTable, report: Record, year: int) -> None:
    """A table as a sheet: its name, its head, its rows; yellow cells wait for a figure."""
    outer = [key for key in LABELS if any(row.get(key) for row in table.rows)]
    units = {c.unit_of_measure for c in table.columns if c.content == "number"}
    one_unit = units.pop() if len(units) == 1 else None
    title = table.title + (f", {one_unit}" if one_unit else "")
    sheet.append([f"{report['administration_name']}, verksamhetsberättelse {year}"])
    sheet.append([title])
    has_units = any(table.units)
    named = "Mål" if table.name == "maluppfyllelse" else "Benämning"
    sheet.append(
        [
            *(LABELS[key] for key in outer),
            named,
            *(["Enhet"] if has_units else []),
            *(head_of(c, year) for c in table.columns),
        ]
    )
    for row, unit in zip(table.rows, table.units, strict=True):
        sheet.append(
            [*(row[key] for key in (*outer, "row_label")), *([words_of(unit)] if has_units else [])]
        )
        at = sheet.max_row
        first = len(outer) + 1 + int(has_units)
        for number, column in enumerate(table.columns, first + 1):
            put(sheet, at, number, row[column.name])
    for cell in (sheet["A1"], sheet["A2"], *sheet[3]):
        cell.font = Font(bold=True)
    for index, column_cells in enumerate(sheet.iter_cols(min_row=3), 1):
        widest = max(len(str(c.value or "")) for c in column_cells)
        sheet.column_dimensions[get_column_letter(index)].width = min(60, max(12, widest + 2))
    sheet.freeze_panes = sheet.cell(4, first + 1)


def put(sheet: Worksheet, row: int, at: int, printed: str) -> None:
    """One cell of the form: a figure of last year, or one that waits."""
    cell = sheet.cell(row, at)
    cell.fill = GIVEN if printed else WAITING
    if not printed:
        return
    reading = numbers.read(printed, {})
    if not isinstance(reading, Number):
        cell.value = printed
        cell.alignment = Alignment(horizontal="right")
        return
    decimals = f".{'0' * reading.decimals}" if reading.decimals else ""
    is_percent = reading.unit_of_measure == "percent"
    cell.value = reading.value / 100 if is_percent else reading.value
    cell.number_format = f"0{decimals}%" if is_percent else f"#,##0{decimals}"


def words_of(unit: str) -> str:
    """A unit of measure as the form has it, so that reading it gives the unit again."""
    said = (row["word"] for row in words.table("label_units") if row["unit_of_measure"] == unit)
    return next(said, unit)

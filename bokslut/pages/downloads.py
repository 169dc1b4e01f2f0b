"""What a reader takes home: a workbook, tables as CSV, a Data Package of the marts, DCAT-AP-SE.

Everything is written into `data/` beside the pages. The tables are rows of `rpt_` models with
Swedish heads; the package has the marts as they are, with types, keys and descriptions as dbt has
them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bokslut import database as db
from bokslut.pages.data import Report, Row, marts
from bokslut.pages.tables import Column, project_name, result_name, table
from bokslut.pages.text import text

FOLDER = Path("data")
PACKAGE = "datapackage.json"
CATALOGUE = "dcat.jsonld"
MARTS = "marts"
MANIFEST = Path("target/manifest.json")
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
TYPES = {"BIGINT": "integer", "INTEGER": "integer", "BOOLEAN": "boolean", "DATE": "date"}
# What a spreadsheet would run as a formula.
LINE = 16  # points
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value = Decimal | int | str | None


@dataclass(frozen=True)
class Field:
    """One column: its head, its unit, where its values come from, and how a row gives one."""

    head: str
    unit: str
    source: str
    value: Callable[[Row], Value]


@dataclass(frozen=True)
class Table:
    """One table: the name of its sheet and files, its title, its columns and its rows."""

    name: str
    title: str
    fields: list[Field]
    rows: list[Row]

    def values(self) -> list[list[Value]]:
        """Each row as the values of its columns."""
        return [[field.value(row) for field in self.fields] for row in self.rows]


def tables_of(report: Report) -> list[Table]:
    """The tables of a report that are handed out."""
    about = report.about
    year, before, earlier = (about[f"{n}_year"] for n in ("report", "previous", "earlier"))

    def told(head: str, column: str, model: str, unit: str = "") -> Field:
        return Field(head, unit, f"{model}.{column}", lambda row: row[column])

    def amount(head: str, name: str, model: str, unit: str, column: str = "") -> Field:
        column = column or f"{name}_{unit}"

        def value(row: Row) -> Value:
            if row[column] is not None:
                return row[column]
            missing = report.trail.get(row[f"{name}_figure_id"] or "", {}).get("missing_code")
            return f"[{report.word('missing_code', missing)}]" if missing else None

        return Field(head, unit, f"{model}.{column}", value)

    def word(head: str, code_list: str, column: str, model: str) -> Field:
        return Field(
            head, "", f"{model}.{column}", lambda row: report.word(code_list, row[column]) or None
        )

    def bound(head: str, name: str) -> Field:
        def value(row: Row) -> Value:
            printed = report.trail.get(row[f"{name}_figure_id"] or "", {}).get("value_operator")
            return report.word("target_operator", printed) if printed else None

        return Field(head, "", "rpt_trail.value_operator", value)

    def marks(*names: str) -> Field:
        def value(row: Row) -> Value:
            cells = [report.trail.get(row[name] or "", {}) for name in names]
            found = {
                cell["known_issue_id"]: report.word("mark", cell["mark_verdict"])
                for cell in cells
                if cell.get("known_issue_id")
            }
            return "; ".join(f"{issue}: {what}" for issue, what in sorted(found.items())) or None

        return Field("Fråga om raden", "", "rpt_marks", value)

    def lines(name: str) -> Field:
        def value(row: Row) -> Value:
            return report.trail.get(row[name] or "", {}).get("lines_sv")

        return Field("Plats i dokumentet", "", "rpt_trail.lines_sv", value)

    def ordered(model: str, key: str, **wanted: object) -> list[Row]:
        return sorted(report.rows(model, **wanted), key=lambda row: (row[key] is None, row[key]))

    results, invested, measured, checked = (
        "rpt_results",
        "rpt_investments",
        "rpt_indicators",
        "rpt_checks",
    )
    return [
        Table(
            "resultat",
            f"Resultat per verksamhet {year}",
            [
                Field(
                    "Verksamhet", "", f"{results}.unit_name_sv", lambda r: result_name(report, r)
                ),
                amount(f"Bokslut {year}", "outcome", results, "tkr"),
                amount(f"Budget {year}", "budget", results, "tkr"),
                amount("Avvikelse mot budget", "deviation", results, "tkr"),
                amount(f"Bokslut {before}", "previous", results, "tkr"),
                told(f"Förändring från {before}", "change_tkr", results, "tkr"),
                marks("outcome_figure_id", "budget_figure_id", "previous_figure_id"),
                lines("outcome_figure_id"),
            ],
            ordered(results, "display_order"),
        ),
        *(
            Table(
                f"investeringar-{name}",
                f"Investeringar {title}",
                [
                    Field("Projekt", "", f"{invested}.project_name_sv", project_name),
                    told("Status", "project_status_sv", invested),
                    told("Tillgångsslag", "asset_class_sv", invested),
                    amount("Budget", "budget", invested, "mnkr"),
                    amount("Utfall", "outcome", invested, "mnkr"),
                    amount("Avvikelse", "deviation", invested, "mnkr"),
                    told("Andel av budget", "used_pct", invested, "procent"),
                    marks("outcome_figure_id", "budget_figure_id", "deviation_figure_id"),
                    lines("outcome_figure_id"),
                ],
                ordered(invested, "display_order", basis=basis),
            )
            for name, title, basis in (
                ("start", "sedan projektens start", "start"),
                ("ar", f"under {year}", "year"),
            )
        ),
        Table(
            "indikatorer",
            f"Indikatorer {earlier}–{year} mot målvärde",
            [
                told("Indikator", "indicator_name_sv", measured),
                told("Verksamhet", "unit_name_sv", measured),
                Field("Grupp", "", f"{measured}.gender", lambda row: report.group(row) or "alla"),
                told("Mål", "goal_name_sv", measured),
                word("Enhet", "unit_of_measure", "unit_of_measure", measured),
                *(
                    amount(str(shown), name, measured, "enligt Enhet", f"{name}_value")
                    for name, shown in (
                        ("earlier", earlier),
                        ("previous", before),
                        ("outcome", year),
                    )
                ),
                amount("Målvärde", "target", measured, "enligt Enhet", "target_value"),
                bound("Målvärdets gräns", "target"),
                word("Läge", "target_status", "target_status", measured),
                told("Definition", "definition_sv", measured),
                told("Källa", "source_sv", measured),
                told("Kolada-id", "kolada_id", measured),
                marks(*(f"{n}_figure_id" for n in ("earlier", "previous", "outcome", "target"))),
                lines("outcome_figure_id"),
            ],
            ordered(measured, "display_order"),
        ),
        Table(
            "mal",
            f"Mål {year}: bedömning och indikatorer",
            [
                told("Mål", "goal_name_sv", "rpt_goals"),
                told("Målområde", "goal_area_sv", "rpt_goals"),
                word("Förvaltningens bedömning", "goal_status", "declared_status", "rpt_goals"),
                word("Enligt indikatorerna", "goal_status", "computed_status", "rpt_goals"),
                told("Nådda", "indicators_met", "rpt_goals", "antal"),
                told("Missade", "indicators_missed", "rpt_goals", "antal"),
                told("Ej jämförbara", "indicators_unknown", "rpt_goals", "antal"),
                marks("figure_id"),
                lines("figure_id"),
            ],
            ordered("rpt_goals", "display_order"),
        ),
        Table(
            "fragor",
            "Frågor om dokumentet",
            [
                told("Fråga", "known_issue_id", "rpt_known_issues"),
                word("Slag", "issue_class", "issue_class", "rpt_known_issues"),
                word("Utslag", "verdict", "verdict", "rpt_known_issues"),
                told("Rubrik", "title_sv", "rpt_known_issues"),
                told("Vad som syns", "seen_sv", "rpt_known_issues"),
                told("Vad vi tror", "believed_sv", "rpt_known_issues"),
                told("Vad som avgör", "settled_by_sv", "rpt_known_issues"),
            ],
            ordered("rpt_known_issues", "finding_rank"),
        ),
        Table(
            "avstamningar",
            "Avstämningar",
            [
                told("Slag", "rule_name_sv", checked),
                told("Vad som prövas", "subject", checked),
                told("Ena sidan", "left_text", checked),
                told("Plats, ena sidan", "left_lines_sv", checked),
                told("Andra sidan", "right_text", checked),
                told("Plats, andra sidan", "right_lines_sv", checked),
                word("Utslag", "verdict", "verdict", checked),
                told("Förklaring", "explanation_sv", checked),
                told("Fråga", "known_issue_id", checked),
            ],
            sorted(report.rows(checked), key=lambda row: (row["rule_order"], str(row["check_id"]))),
        ),
        Table(
            "tryckta-tal",
            "Tryckta tal och uppgifter",
            [
                told("Uppgift", "name_sv", "rpt_trail"),
                told("Plats i dokumentet", "lines_sv", "rpt_trail"),
                told("Tryckt text", "printed_text", "rpt_trail"),
                told("Läst som", "read_text", "rpt_trail"),
                told("Värde", "value", "rpt_trail", "enligt Enhet"),
                word("Enhet", "unit_of_measure", "unit_of_measure", "rpt_trail"),
                word("Saknas", "missing_code", "missing_code", "rpt_trail"),
                told("Rättelse", "correction_reason_sv", "rpt_trail"),
                marks("figure_id"),
                told("Figur-id", "figure_id", "rpt_trail"),
            ],
            ordered("rpt_trail", "source_line_first"),
        ),
    ]


def write(report: Report) -> str:
    """Writes everything into `data/`; a list of it as Markdown."""
    FOLDER.mkdir(exist_ok=True)
    tables = tables_of(report)
    book = f"{report.report_id}.xlsx"
    workbook(report, tables).save(FOLDER / book)
    for one in tables:
        (FOLDER / f"{one.name}.csv").write_bytes(plain_csv(one))
        (FOLDER / f"{one.name}-excel.csv").write_bytes(swedish_csv(one))
    resources = package(report)
    catalogue(report, [book, PACKAGE])
    rows = [
        [
            text(one.title),
            f"[CSV för Excel](data/{one.name}-excel.csv)",
            f"[CSV](data/{one.name}.csv)",
        ]
        for one in tables
    ]
    columns = [
        Column("Tabell", 40, False),
        Column("Semikolon och decimalkomma", 25, False),
        Column("Komma och decimalpunkt", 25, False),
    ]
    files = [
        f"[Arbetsboken](data/{book}) (Excel): alla tabeller, var och en på sitt blad.",
        f"[Datapaketet](data/{PACKAGE}) (Frictionless Data Package): tabellerna "
        "i datalagret med typer, nycklar och beskrivningar på engelska.",
        f"[Metadata](data/{CATALOGUE}) (DCAT-AP-SE som JSON-LD), för en datakatalog.",
    ]
    links = "\n".join(f"- {line}" for line in files)
    listed = "\n".join(
        f"- [{one['name']}](data/{one['path']}): [{text(one['title'])}]{{lang=en}}"
        for one in resources
    )
    return (
        f"{links}\n\n{table(columns, rows, 'Tabellerna som filer', 'filer')}\n"
        f"## Datapaketets tabeller\n\n{listed}\n"
    )


def plain_csv(one: Table) -> bytes:
    """Comma, decimal point, UTF-8, exact values."""
    return lines(one, ",", lambda value: "" if value is None else str(value)).encode()


def swedish_csv(one: Table) -> bytes:
    """Semicolon, decimal comma and a byte order mark, as a Swedish Excel opens it.

    A text that a spreadsheet would run begins with an apostrophe.
    """

    def written(value: Value) -> str:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        shown = "" if value is None else str(value)
        is_text = isinstance(value, str) and shown.startswith(FORMULA) and len(shown) > 1
        return f"'{shown}" if is_text else shown

    return lines(one, ";", written).encode("utf-8-sig")


def lines(one: Table, delimiter: str, written: Callable[[Value], str]) -> str:
    """The table as lines, its heads first."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([head(field) for field in one.fields])
    writer.writerows([[written(value) for value in row] for row in one.values()])
    return file.getvalue()


def head(field: Field) -> str:
    """The head of a column with its unit: `Budget 2020 (tkr)`."""
    return f"{field.head} ({field.unit})" if field.unit else field.head


def workbook(report: Report, tables: list[Table]) -> Workbook:
    """A cover, notes, contents, then a table a sheet with its heads in the first row."""
    about = report.about
    whose = f"{about['administration_name']}, {about['municipality_name']}"
    book = Workbook()
    book.properties.title = f"Tabeller ur verksamhetsberättelsen {about['report_year']}"
    book.properties.creator = whose
    book.properties.language = "sv-SE"
    cover = book.active
    cover.title = "Om"
    edition = f"Utgåva {report.edition}" if report.edition else "Inte utgiven"
    for line in (
        book.properties.title,
        whose,
        "Det här är inte förvaltningens egen berättelse. Talen är hämtade ur den tryckta; urvalet "
        "och frågorna är gjorda ur dem med Bokslut.",
        f"{edition}. Källa: {about['source_file']}, SHA-256 {about['source_sha256']}.",
        "Bladet Anteckningar förklarar tecken, bladet Innehåll listar tabellerna och var varje "
        "kolumn kommer ifrån.",
    ):
        put(cover, [line])
    cover["A1"].font = Font(bold=True, size=16)
    wrapped(cover, 100)
    notes = book.create_sheet("Anteckningar")
    put(notes, ["Tecken", "Betydelse"])
    for code in report.codes_of("missing_code"):
        put(notes, [f"[{report.word('missing_code', code)}]", meaning(report, code)])
    for verdict in ("contradicts", "questionable"):
        put(notes, [report.word("mark", verdict), report.codes["verdict", verdict]["meaning_sv"]])
    put(notes, ["Tom cell", "Dokumentet har ingen sådan uppgift."])
    wrapped(notes, 80, from_column=2)
    contents = book.create_sheet("Innehåll")
    put(contents, ["Blad", "Tabell", "Kolumn", "Enhet", "Källa"])
    for one in tables:
        for field in one.fields:
            put(contents, [one.name, one.title, field.head, field.unit or None, field.source])
            link = contents.cell(contents.max_row, 1)
            link.hyperlink = f"#'{one.name}'!A1"
            link.font = Font(underline="single", color="0B4F80")
    fit(contents)
    for one in tables:
        sheet = book.create_sheet(one.name)
        put(sheet, [head(field) for field in one.fields])
        for row in one.values():
            put(sheet, row)
        fit(sheet)
    for sheet in (notes, contents, *(book[one.name] for one in tables)):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "B2"
        sheet.print_title_rows = "1:1"
    # On paper as wide as a page that lies down, and as many pages as it takes.
    for sheet in book:
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book


def meaning(report: Report, code: str) -> str:
    """What a word for a missing value means."""
    return report.codes["missing_code", code]["meaning_sv"] or report.word("missing_code", code)


def put(sheet: Worksheet, values: list[Any]) -> None:
    """A row below the others; a text stays a text, whatever it begins with."""
    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for column, value in enumerate(values, 1):
        if value is None:
            continue
        cell = sheet.cell(number, column)
        if isinstance(value, Decimal):
            cell.value = value
            places = max(0, -int(value.normalize().as_tuple().exponent))
            cell.number_format = "#,##0" + ("." + "0" * places if places else "")
        elif isinstance(value, int):
            cell.value = value
        else:
            cell.value = str(value)
            cell.data_type = "s"


def fit(sheet: Worksheet) -> None:
    """Columns as wide as what stands in them, within reason; a filter on the heads."""
    for column in range(1, sheet.max_column + 1):
        widest = max(
            len(str(sheet.cell(row, column).value or "")) for row in range(1, sheet.max_row + 1)
        )
        sheet.column_dimensions[get_column_letter(column)].width = min(max(widest + 2, 10), 60)
    sheet.auto_filter.ref = sheet.dimensions


def wrapped(sheet: Worksheet, width: int, from_column: int = 1) -> None:
    """Long texts on several lines, in rows as high as that takes: LibreOffice measures none."""
    sheet.column_dimensions["A"].width = width if from_column == 1 else 30
    sheet.column_dimensions[get_column_letter(from_column)].width = width
    for number, row in enumerate(sheet.iter_rows(), 1):
        longest = max(len(str(cell.value or "")) for cell in row)
        rows = max(2 if number == 1 else 1, -(-longest // width))
        sheet.row_dimensions[number].height = LINE * rows
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def package(report: Report) -> list[dict[str, Any]]:
    """Writes the marts of the report as CSV with `datapackage.json`; its resources."""
    about = report.about
    manifest = db.project() / MANIFEST
    nodes: dict[str, Any] = {}
    if manifest.is_file():
        nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    resources = []
    for name, (described, rows) in marts(report.report_id).items():
        file = FOLDER / f"{MARTS}-{name}.csv"
        file.write_bytes(mart_csv([column["column_name"] for column in described], rows))
        resources.append(resource(name, file, described, nodes.get(f"model.bokslut.{name}")))
    add_parents(resources, nodes)
    written = {
        "profile": "tabular-data-package",
        "name": report.report_id,
        "title": f"{about['administration_name']} {about['report_year']}: datalagrets tabeller",
        "version": report.edition or "0",
        "licenses": [{"name": "CC0-1.0", "path": LICENCE}],
        "sources": [{"title": about["source_file"]}],
        "resources": resources,
    }
    content = json.dumps(written, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / PACKAGE).write_text(content, encoding="utf-8")
    return resources


def add_parents(resources: list[dict[str, Any]], nodes: dict[str, Any]) -> None:
    """Adds the parents of each table, as its test of soundness has them."""
    there = {one["name"]: one["schema"] for one in resources}
    for node in nodes.values():
        tested = node.get("test_metadata") or {}
        name = (node.get("attached_node") or "").rpartition(".")[2]
        if tested.get("name") != "rows_are_sound" or name not in there:
            continue
        for column, parent in tested["kwargs"].get("parents", {}).items():
            reference = parent["to"].removeprefix("ref('").removesuffix("')")
            if reference in there:
                there[name].setdefault("foreignKeys", []).append(
                    {
                        "fields": [column],
                        "reference": {"resource": reference, "fields": [parent["field"]]},
                    }
                )


def mart_csv(columns: list[str], rows: list[Row]) -> bytes:
    """The rows of a mart with decimal points, `true` and `false`."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            str(value).lower() if isinstance(value, bool) else value for value in row.values()
        )
    return file.getvalue().encode()


def resource(
    name: str, file: Path, described: list[Row], node: dict[str, Any] | None
) -> dict[str, Any]:
    """A mart as a resource of the package: its fields, key and description."""
    columns = (node or {}).get("columns", {})
    fields = []
    for column in described:
        kind = TYPES.get(column["column_type"].split("(")[0])
        kind = kind or ("number" if column["column_type"].startswith("DECIMAL") else "string")
        field = {"name": column["column_name"], "type": kind}
        if told := columns.get(column["column_name"], {}).get("description"):
            field["description"] = told
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    for constraint in (node or {}).get("constraints", []):
        if constraint["type"] == "primary_key":
            schema["primaryKey"] = constraint["columns"]
    # Plain text: a catalogue shows no marks of Markdown.
    description = re.sub(r"[*`]", "", (node or {}).get("description", ""))
    content = file.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": file.name,
        "title": description.partition(":")[0].partition(". ")[0].rstrip(".") or name,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def catalogue(report: Report, files: list[str]) -> None:
    """Writes the metadata of the data set as DCAT-AP-SE in JSON-LD; its addresses are relative."""
    about = report.about
    kinds = {
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".json": "application/json",
    }
    written = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcterms": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": "#katalog",
        "@type": "dcat:Catalog",
        "dcterms:title": sv(f"Data ur verksamhetsberättelsen {about['report_year']}"),
        "dcterms:description": sv("Tryckta tal ur en verksamhetsberättelse, prövade mot varandra."),
        "dcterms:publisher": {"@id": "#utgivare"},
        "dcterms:language": {
            "@id": "http://publications.europa.eu/resource/authority/language/SWE"
        },
        "dcterms:license": {"@id": LICENCE},
        "dcat:dataset": {
            "@id": f"#{report.report_id}",
            "@type": "dcat:Dataset",
            "dcterms:title": sv(f"{about['administration_name']} {about['report_year']}"),
            "dcterms:description": sv(
                "Resultat, investeringar, indikatorer och mål med varje tals rad i dokumentet, och "
                "avstämningarna mellan talen."
            ),
            "dcterms:publisher": {
                "@id": "#utgivare",
                "@type": "foaf:Agent",
                "foaf:name": sv(f"{about['administration_name']}, {about['municipality_name']}"),
            },
            "dcterms:accessRights": {
                "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
            },
            "dcat:theme": {
                "@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE"
            },
            "dcat:keyword": sv("verksamhetsberättelse"),
            "dcterms:temporal": {
                "@type": "dcterms:PeriodOfTime",
                "dcat:startDate": dated(f"{about['report_year']}-01-01"),
                "dcat:endDate": dated(f"{about['report_year']}-12-31"),
            },
            "dcat:distribution": [
                {
                    "@id": f"#{Path(file).suffix[1:]}",
                    "@type": "dcat:Distribution",
                    "dcat:accessURL": {"@id": file},
                    "dcat:downloadURL": {"@id": file},
                    "dcat:mediaType": {
                        "@id": "http://www.iana.org/assignments/media-types/"
                        + kinds[Path(file).suffix]
                    },
                    "dcterms:license": {"@id": LICENCE},
                }
                for file in files
            ],
        },
    }
    content = json.dumps(written, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / CATALOGUE).write_text(content, encoding="utf-8")


def sv(words: str) -> dict[str, str]:
    """A text in Swedish."""
    return {"@value": words, "@language": "sv"}


def dated(day: str) -> dict[str, str]:
    """A day."""
    return {"@value": day, "@type": "xsd:date"}

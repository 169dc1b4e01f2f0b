"""A draft as seeds: its rows, and the reference rows that nobody has typed for it yet.

What the project's seeds know by name is used; a unit, an indicator, a goal or a project that they
do not know becomes a row of its own, so that a draft is judged without anything being prepared.
"""

from __future__ import annotations

from pathlib import Path

from bokslut.transcription.reading import seeds
from bokslut.transcription.reading.concepts.concept import (
    RESULT_OF_UNIT,
)
from bokslut.transcription.reading.draft.aliases import add_aliases
from bokslut.transcription.reading.draft.figures import add_claims
from bokslut.transcription.reading.draft.folder import TEMPLATE, Record, SeedFolder, folder_header
from bokslut.transcription.reading.draft.goals import add_goals
from bokslut.transcription.reading.draft.signs import add_signs
from bokslut.transcription.reading.draft.spots import Draft, note_spots
from bokslut.transcription.reading.draft.sums import add_identities, set_repeated_apart
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.numbers import Missing, plain
from bokslut.transcription.reading.output import PRINTED, Read


def write(report: Read, project: Path) -> Draft:
    """Writes a draft into the seeds of a copy of the project."""
    folder = SeedFolder(project)
    document = report.document
    draft = Draft(f"utkast-{document.report_year}")
    draft.lines = {number: place for number, place, _ in document.stream.lines()}
    replaced = [
        row["report_id"]
        for row in folder.load("reference_reports")
        if row["administration_code"] == report.concepts.administration_code
        and row["report_year"] == str(document.report_year)
    ]
    for report_id in replaced:
        remove_report(folder, report_id)
    folder.add("reference_reports", [register_row(report, draft, folder)])
    folder.add(
        "reference_templates",
        [
            {
                "template": TEMPLATE,
                "based_on": document.template.name,
                "result_words": result_words(report),
            }
        ],
    )
    set_repeated_apart(report)
    add_identities(folder, report)
    add_units(folder, report)
    add_goals(folder, report)
    headers = {name: folder_header(folder, f"printed_{name}") for name in PRINTED}
    as_read = seeds.records(document, draft.report_id, headers, seeds.as_read)
    for name, rows in as_read.items():
        folder.add(f"printed_{name}", rows)
    note_spots(report, draft, headers)
    add_aliases(folder, report)
    add_signs(folder, report)
    add_marks(folder, report)
    add_claims(folder, report, draft)
    for name in folder.files:
        if name.startswith("printed_") and not folder.load(name):
            # dbt's run refuses a seed without rows; a row without cells says nothing.
            lines = dict.fromkeys(("source_line_first", "source_line_last", "line_no"), "1")
            folder.add(name, [{"report_id": draft.report_id, "row_no": "1"} | lines])
    folder.write()
    return draft


def remove_report(folder: SeedFolder, report_id: str) -> None:
    """Takes a report out of all seeds, for the draft takes its place."""
    for name in list(folder.files):
        if "report_id" in folder_header(folder, name):
            folder.remove(name, where={"report_id": report_id})
    prefix = f"{report_id}."
    for name, column in (
        ("control_corrections", "figure_id"),
        ("control_printed_cell_seals", "figure_id"),
    ):
        if folder.has(name):
            folder.rows[name] = [r for r in folder.load(name) if not r[column].startswith(prefix)]
    if folder.has("control_known_issue_checks"):
        folder.rows["control_known_issue_checks"] = [
            r
            for r in folder.load("control_known_issue_checks")
            if f":{prefix}" not in r["check_id"]
        ]


def result_words(report: Read) -> str:
    """`result` where the units have results and no net costs; empty for what the template says."""
    measures = {concept.measure_code for concept in report.concepts.lines.values()}
    is_result = RESULT_OF_UNIT in measures and not report.concepts.orientation.is_net_cost
    return "result" if is_result else ""


def register_row(report: Read, draft: Draft, folder: SeedFolder) -> Record:
    """The draft's row in the register of documents."""
    own = [
        r
        for r in folder.load("reference_reports")
        if r["administration_code"] == report.concepts.administration_code
    ]
    municipality = (
        own[0] if own else {"municipality_code": "0000", "municipality_name": "Okänd kommun"}
    )
    stream = report.document.stream
    return {
        "report_id": draft.report_id,
        "municipality_code": municipality["municipality_code"],
        "municipality_name": municipality["municipality_name"],
        "administration_code": report.concepts.administration_code,
        "administration_name": report.concepts.administration_name,
        "report_year": str(report.document.report_year),
        "source_file": stream.source.name,
        "source_sha256": stream.sha256,
        "source_lines": str(sum(1 for _ in stream.lines()) or 1),
        "template": TEMPLATE,
    }


def add_units(folder: SeedFolder, report: Read) -> None:
    """The units that the draft names, and its administration."""
    own = report.concepts.administration_code
    rows = [
        {
            "unit_code": key,
            "unit_name_sv": name,
            "unit_name_en": name,
            "administration_code": own,
            "parent_unit_code": "" if key == own else own,
            "is_management": "true" if "ledning" in normal(name).split() else "false",
        }
        for key, name in report.concepts.units.items()
    ]
    folder.add_new("reference_units", rows, "unit_code")


def add_marks(folder: SeedFolder, report: Read) -> None:
    """The marks of missing values that the draft prints and the seeds do not know."""
    known = {(plain(r["mark"]), r["source_table"]) for r in folder.load("reference_missing_marks")}
    for table in report.document.tables:
        if table.source_table not in PRINTED:
            continue
        for _, figure in table.figures():
            mark = plain(figure.cell.text)
            is_mark = mark and isinstance(figure.reading, Missing)
            if not is_mark or figure.column.kind != "number":
                continue
            if not known & {(mark, ""), (mark, table.source_table)}:
                known.add((mark, table.source_table))
                row = {
                    "template": TEMPLATE,
                    "mark": mark,
                    "source_table": table.source_table,
                    "missing_code": figure.reading.code,
                }
                folder.add("reference_missing_marks", [row])

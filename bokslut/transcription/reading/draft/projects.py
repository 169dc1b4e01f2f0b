"""What the rows of investments say of their projects."""

from __future__ import annotations

from bokslut.transcription.reading.concepts.concept import Concept
from bokslut.transcription.reading.concepts.kinds import OF_STATUS, last_total
from bokslut.transcription.reading.draft.folder import Record, SeedFolder
from bokslut.transcription.reading.labels import code, normal, scanned
from bokslut.transcription.reading.output import Read
from bokslut.transcription.reading.tables.table import Line, ReadTable
from bokslut.transcription.reading.template import Alias

PROJECT = ("project_status", "project_code", "asset_class")
"""What a row says of its project."""


def project_of(
    line: Line,
    table: ReadTable,
    section: str,
    concept: Concept,
    report: Read,
    alias: Alias | None,
) -> Record:
    """What a row of investments says of its project: as the seeds know it, else by its own
    words."""
    is_named = OF_STATUS.search(scanned(line.label)) or (alias and alias.row_label)
    if line.is_total and line is not last_total(table) and not is_named:
        # A sum of some of the projects is none of all of them.
        own = code(line.label)
        return {"project_status": "total", "project_code": own, "asset_class": own}
    kind = (alias and alias.asset_class) or asset_class(line, concept, report)
    status = (alias and alias.row_label and alias.project_status) or project_status(line, section)
    return {
        "project_status": status,
        "project_code": (alias and alias.project_code)
        or ("total" if line.is_total else code(line.label)),
        "asset_class": kind,
    }


def project_status(line: Line, section: str) -> str:
    """Completed or ongoing, by the section that a project stands in; all of them for the last
    sum."""
    said = normal(f"{section if not line.is_total else ''} {line.label if line.is_total else ''}")
    if "fardig" in said or "avslut" in said:
        return "completed"
    if "pagaende" in said or "pag ende" in said:
        return "ongoing"
    return "total" if line.is_total else "ongoing"


def asset_class(line: Line, concept: Concept, report: Read) -> str:
    """What a project is, as a code: its label without the unit's name."""
    if line.is_total:
        return "total"
    name = normal(report.concepts.units.get(concept.unit_code, ""))
    rest = normal(line.label)
    if name and concept.unit_code != report.concepts.administration_code and rest.startswith(name):
        rest = rest[len(name) :].strip() or rest
    return code(rest)


def place_investment(record: Record, report: Read, folder: SeedFolder) -> None:
    """Status and class of an amount of investments in the text: of all, or of a unit's only
    project."""
    if record["unit_code"] == report.concepts.administration_code:
        record |= {"project_status": "total", "asset_class": "total"}
        return
    aliases = [
        r
        for r in folder.load("reference_label_aliases")
        if r["source_table"] == "investeringar" and r["unit_code"] == record["unit_code"]
    ]
    printed = {
        line.label
        for t in report.document.tables
        if t.source_table == "investeringar"
        for line in t.lines
    }
    own = [r for r in aliases if r["row_label"] in printed]
    if len(own) == 1:
        record |= {"project_status": own[0]["project_status"], "asset_class": own[0]["asset_class"]}
    else:
        record["measure_code"] = ""

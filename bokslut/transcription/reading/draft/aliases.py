"""What each row label of a draft says, as rows of seeds."""

from __future__ import annotations

from bokslut.transcription.reading import cells, seeds
from bokslut.transcription.reading.draft.folder import TEMPLATE, SeedFolder
from bokslut.transcription.reading.draft.measures import add_measure
from bokslut.transcription.reading.draft.projects import project_of
from bokslut.transcription.reading.draft.signs import sign_of
from bokslut.transcription.reading.draft.sums import consistent_keys, sum_keys
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.output import PRINTED, Read
from bokslut.transcription.reading.tables.table import Line, ReadTable
from bokslut.transcription.reading.template import Alias

WITH_SECTIONS = ("driftsammandrag", "investeringar", "namndindikatorer")
"""Tables whose rows can stand in sections."""


def add_aliases(folder: SeedFolder, report: Read) -> None:
    """What each row label of the printed tables says: by the seeds, however it is spelt, else by
    itself."""
    template = report.document.template
    for table in report.document.tables:
        if table.source_table not in PRINTED or not table.number_columns:
            continue
        is_investments = table.source_table == "investeringar"
        sections = seeds.sections_of(table) if is_investments else {}
        said: dict[int, tuple[str, Alias | None]] = {}
        for line in table.lines:
            section, group = seeds.placed(line, table)
            if table.source_table not in WITH_SECTIONS:
                section = ""
            section = section or sections.get(id(line), "")
            said[id(line)] = (
                section,
                template.alias(table.source_table, section, group, line.label),
            )
        keys = consistent_keys(table, sum_keys(table), said)
        for line in table.lines:
            concept = report.concepts.of(line)
            if concept is None:
                continue
            section, alias = said[id(line)]
            part_of, total_of = keys[id(line)]
            group = seeds.placed(line, table)[1]
            of_group = template.alias(table.source_table, section, "", group) if group else None
            measure = "" if is_investments else concept.measure_code
            common = {
                "template": TEMPLATE,
                "source_table": table.source_table,
                "section_label": section,
            }
            if of_group and of_group.row_label and of_group.measure_code == measure != "":
                # What is measured is said by the group, and what the row adds by the row.
                named = {"row_label": group, "label_sv": of_group.label_sv, "measure_code": measure}
                folder.add_new("reference_label_aliases", [common | named], *common, *named)
                measure = ""
            row = common | {
                "group_label": group,
                "row_label": line.label,
                "label_sv": (alias and alias.row_label and alias.label_sv) or line.label,
                "measure_code": measure,
                "unit_code": concept.unit_code,
                "gender": concept.gender,
                "age_group": alias.age_group if alias else "",
                "unit_of_measure": (alias and alias.unit_of_measure) or printed_unit(table, line),
                "sign": (alias and alias.sign) or sign_of(line, concept, table, report),
                "part_of": part_of,
                "total_of": total_of,
            }
            if is_investments:
                row |= project_of(line, table, section, concept, report, alias)
            folder.add("reference_label_aliases", [row])
            add_measure(folder, concept, line, table, report)


def printed_unit(table: ReadTable, line: Line) -> str:
    """The unit of measure that is printed for all figures of a row; empty where none is, or
    several are. Columns of per cent among others have their own."""
    figures = [f for f in line.figures.values() if isinstance(f.reading, Number)]
    common = [f for f in figures if not f.column.unit_of_measure] or figures
    units = {cells.unit_of(table, line, f) for f in common}
    return (units.pop() or "") if len(units) == 1 else ""

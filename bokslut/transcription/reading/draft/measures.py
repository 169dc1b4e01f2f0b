"""The measures that no seed knows, as rows of seeds."""

from __future__ import annotations

from bokslut.transcription.reading import cells, words
from bokslut.transcription.reading.concepts.concept import Concept
from bokslut.transcription.reading.draft.folder import SeedFolder
from bokslut.transcription.reading.draft.goals import goal_code
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.output import Read
from bokslut.transcription.reading.tables.table import Line, ReadTable


def add_measure(
    folder: SeedFolder, concept: Concept, line: Line, table: ReadTable, report: Read
) -> None:
    """A measure that no seed knows: as an indicator where the table is one of indicators."""
    measure = concept.measure_code
    if not measure:
        return
    if measure in {r["indicator_code"] for r in folder.load("reference_indicators")} | {
        r["measure_code"] for r in folder.load("reference_measures")
    }:
        return
    name = report.concepts.measures.get(measure, concept.name) or measure
    figures = [f for f in line.figures.values() if isinstance(f.reading, Number)]
    unit = next((u for f in figures if (u := cells.unit_of(table, line, f))), "index")
    is_indicator = table.source_table in ("namndindikatorer", "personal", "basuppdrag") or unit in (
        "percent",
        "index",
    )
    if is_indicator:
        folder.add(
            "reference_indicators",
            [
                {
                    "indicator_code": measure,
                    "indicator_name_sv": name,
                    "indicator_name_en": name,
                    "goal_code": goal_code(line.section, report, folder)
                    if line.section and table.source_table == "namndindikatorer"
                    else "",
                    "unit_of_measure": unit
                    if unit in ("tkr", "percent", "count", "index", "ratio")
                    else "index",
                    "desired_direction": desired(name, unit),
                }
            ],
        )
    else:
        folder.add(
            "reference_measures",
            [
                {
                    "measure_code": measure,
                    "measure_name_sv": name,
                    "measure_name_en": name,
                    "unit_of_measure": unit,
                }
            ],
        )


def desired(name: str, unit: str) -> str:
    """Which way an indicator should go, by the words of its name."""
    wanted = normal(name)
    for word, direction in words.mapping("desired_directions").items():
        if normal(word) in wanted:
            return direction
    return "higher" if unit in ("percent", "index") else "none"

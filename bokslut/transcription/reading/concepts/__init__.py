"""What the rows of a document are about: units, measures, goals, by the names that are known or
new.

A label that no seed knows is a name of its own. Two prints of one label are one concept; two labels
that differ in more than spelling are two, for they may be defined differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from bokslut.transcription.reading.concepts.concept import (
    ALL_PROJECTS,
    RESULT,
    RESULT_OF_UNIT,
    Concept,
    Concepts,
)
from bokslut.transcription.reading.concepts.kinds import investments_of, is_of_projects, is_of_units
from bokslut.transcription.reading.concepts.namesakes import set_apart
from bokslut.transcription.reading.concepts.results import (
    net_costs_of_all,
    of_net_cost_alone,
    of_some_units,
    orientation_of,
)
from bokslut.transcription.reading.concepts.subjects import concept_of, unit_of
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.recognise import (
    UNITS,
    label_heads,
)
from bokslut.transcription.reading.sections import headings_of, sections_of
from bokslut.transcription.reading.tables.table import Line, ReadTable, total


def build(document: Document, administration_code: str, administration_name: str) -> Concepts:
    """The names of a document, known ones first."""
    template = document.template
    made = Concepts(administration_code, administration_name)
    for unit in template.units.values():
        if unit["administration_code"] == administration_code:
            made.units[unit["unit_code"]] = unit["unit_name_sv"]
    made.units.setdefault(administration_code, administration_name)
    knows = administration_code in {u["administration_code"] for u in template.units.values()}
    for indicator in template.indicators.values() if knows else ():
        made.measures[indicator["indicator_code"]] = indicator["indicator_name_sv"]
    for table in document.tables:
        if is_of_units(table):
            beside = {line.label for line in table.lines}
            for line in table.lines:
                if not total(line.label) and line.label:
                    unit_of(line.label, made, add=True, beside=beside)
    for heading in headed_units(document):
        unit_of(heading, made, add=True)
    made.of_some_units = set(of_some_units(document, made))
    if any(is_of_projects(t) for t in document.tables):
        made.investments = ALL_PROJECTS
    elif only := investments_of(document):
        made.investments = only
    made.sections = sections_of(document, partial(section_unit, made))
    for table in document.tables:
        for line in table.lines if table.number_columns else ():
            made.lines[id(line)] = of_section(
                concept_of(line, table, made, template), line, table, made
            )
    made.orientation = orientation_of(document) or of_net_cost_alone(document, made)
    set_apart(document, made)
    net_costs_of_all(document, made)
    return made


def headed_units(document: Document) -> Iterator[str]:
    """The units that have a section each: what the rows of a table are, whose head says so."""
    rows = {
        normal(line.label): line.label
        for table in document.tables
        if UNITS.search(label_heads(table))
        for line in table.lines
        if not total(line.label)
    }
    for _, heading in headings_of(document):
        if label := rows.get(normal(heading)):
            yield label


def section_unit(concepts: Concepts, heading: str) -> str:
    """The code of the unit that a heading names; empty for none and for all of them."""
    unit = unit_of(heading, concepts)
    return "" if unit == concepts.administration_code else unit


def of_section(
    concept: Concept | None, line: Line, table: ReadTable, concepts: Concepts
) -> Concept | None:
    """What a row is about in the section of a unit, where it names nobody's own: the unit's."""
    unit = concepts.sections.unit_at(line.line)
    if not concept or not unit or concept.unit_code != concepts.administration_code:
        return concept
    if concept.project or is_of_projects(table):
        return concept
    measure = RESULT_OF_UNIT if concept.measure_code == RESULT else concept.measure_code
    return replace(concept, unit_code=unit, measure_code=measure)

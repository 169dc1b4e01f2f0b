"""What a row measures, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.concepts.concept import (
    ALL_PROJECTS,
    INVESTMENTS,
    OTHER,
    RESULT,
    RESULT_OF_UNIT,
    Concept,
    Concepts,
)
from bokslut.transcription.reading.concepts.kinds import (
    OF_STATUS,
    is_of_projects,
    is_of_units,
    last_total,
)
from bokslut.transcription.reading.concepts.names import SCENARIOS, canonical, without_name
from bokslut.transcription.reading.labels import THRESHOLD, code, nearest, normal, scanned
from bokslut.transcription.reading.tables.table import Line, ReadTable, total
from bokslut.transcription.reading.template import Template


def by_alias(
    line: Line, table: ReadTable, concepts: Concepts, template: Template
) -> Concept | None:
    """What the template's aliases say that a row is about; None where they do not say all of it."""
    alias = template.alias(table.source_table, line.section, line.group, line.label)
    if alias is None or alias.unit_code not in ("", *concepts.units):
        return None
    gender = alias.gender or line.gender or "total"
    unit = alias.unit_code
    if not alias.row_label:
        if is_of_units(table) and total(line.label):
            # The sum of the units is the administration's own result.
            return None
        # The group says the measure, and the row the unit, the gender or nothing more.
        unit = unit or unit_of(line.label, concepts)
        if not unit and gender == "total" and not total(line.label):
            return None
    if not alias.measure_code and (table.source_table != "investeringar" or not alias.row_label):
        return None
    return Concept(
        alias.measure_code, unit or concepts.administration_code, gender, line.label, True
    )


def unit_of(
    label: str, concepts: Concepts, *, add: bool = False, beside: Container[str] = ()
) -> str:
    """The code of the unit that a label names; empty where it names none and none is added.

    `beside`: the labels of other rows of its table, which are other units however alike.
    """
    by_name = {
        name: key for key, name in concepts.units.items() if name == label or name not in beside
    }
    found = nearest(label, by_name, THRESHOLD)
    if len(found) == 1 and re.findall(r"\d", label) == re.findall(r"\d", found[0][0]):
        # Forms 4 to 6 of a school are not the school.
        return by_name[found[0][0]]
    if not add:
        return ""
    made = code(label)
    concepts.units[made] = label
    concepts.new_units.add(made)
    return made


def concept_of(line: Line, table: ReadTable, concepts: Concepts, template: Template) -> Concept:
    """What a row is about."""
    own = concepts.administration_code
    gender = line.gender or "total"
    if total(line.label) and id(table) in concepts.of_some_units:
        return sum_of_some(line, table, concepts)
    if found := by_alias(line, table, concepts, template):
        return found
    if is_of_units(table):
        if total(line.label) and line is not last_total(table):
            return sum_of_some(line, table, concepts)
        if total(line.label):
            return Concept(RESULT, own, gender, line.label)
        return Concept(RESULT_OF_UNIT, unit_of(line.label, concepts, add=True), gender, line.label)
    if is_of_projects(table):
        if line is last_total(table) and not OF_STATUS.search(scanned(line.label)):
            made = ALL_PROJECTS
            concepts.measures.setdefault(made, "Investeringar, summa")
        else:
            made = code(f"projekt {line.label}")
            concepts.measures.setdefault(made, line.label)
        concepts.new_measures.add(made)
        return Concept(made, own, gender, line.label, project=line.label)
    if table.source_table == "investeringar" or canonical(line.label) == "investeringar":
        if total(line.label) and line is not last_total(table):
            return sum_of_some(line, table, concepts)
        unit = next(
            (
                u
                for u, n in concepts.units.items()
                if u != own and normal(line.label).startswith(normal(n))
            ),
            own,
        )
        return Concept(
            INVESTMENTS, own if total(line.label) else unit, gender, line.label, project=line.label
        )
    subject, unit = subject_and_unit(replace(line, label=line.name), table, concepts)
    measure = measure_of(subject, table, concepts)
    return Concept(measure, unit or own, gender, subject)


def sum_of_some(line: Line, table: ReadTable, concepts: Concepts) -> Concept:
    """What a sum of some of the units or projects of a table is about: a measure of its own."""
    made = code(f"{line.label} {table.title}")
    concepts.measures.setdefault(made, f"{line.label}, {table.title}")
    concepts.new_measures.add(made)
    return Concept(made, concepts.administration_code, line.gender or "total", line.label)


def subject_and_unit(line: Line, table: ReadTable, concepts: Concepts) -> tuple[str, str]:
    """What a row measures, in the document's words, and the unit that its label names."""
    is_of_genders = heads.gender_word(
        re.sub(r"^\W*(?:varav|därav) |\W+", "", line.label.lower())
    ) or (
        is_only_total(line.label)
        and any(other.gender and other.group == line.group for other in table.lines)
    )
    if is_of_genders and not line.group:
        return table.title, ""
    if is_of_genders:
        if total(line.group):
            return table.title, ""
        # As the row that it is a part of.
        return subject_and_unit(
            replace(line, label=line.group, group=line.section), table, concepts
        )
    if normal(line.label) in {normal(word) for word in words.listed("whole_labels")}:
        return line.group or table.title, concepts.administration_code
    if unit := unit_of(line.label, concepts):
        return line.group or table.title, unit
    if is_only_total(line.label):
        return line.group or table.title, concepts.administration_code
    for key, name in sorted(concepts.units.items(), key=lambda pair: -len(pair[1])):
        if (
            key != concepts.administration_code
            and len(normal(name)) > 3
            and re.search(rf"\b{re.escape(normal(name))}(?:s|n|ns|en|ens)?\b", normal(line.label))
        ):
            return without_name(line.label, name) or line.label, key
    return line.label, ""


def is_only_total(label: str) -> bool:
    """Whether a label is a word for a sum and nothing more."""
    return total(label) and len(normal(label).split()) == 1


def measure_of(subject: str, table: ReadTable, concepts: Concepts) -> str:
    """The code of what a label measures: a known name's, else its own; empty where it says
    nothing of it."""
    wanted = canonical(subject)
    if SCENARIOS.fullmatch(wanted) or wanted == "netto":
        # What is left of what stands above it is no net cost of all.
        return ""
    for key, name in concepts.measures.items():
        if canonical(name) == wanted:
            return key
    found = nearest(
        subject,
        {name: key for key, name in concepts.measures.items() if key not in concepts.new_measures},
        90,
    )
    if len(found) == 1:
        return next(k for k, n in concepts.measures.items() if n == found[0][0])
    made = code(wanted)
    if made in (RESULT, RESULT_OF_UNIT, INVESTMENTS, OTHER):
        # A row called so is none of the results that units have, nor what no row is of.
        made = f"{made}_rad"
    concepts.measures.setdefault(made, subject)
    concepts.new_measures.add(made)
    return made

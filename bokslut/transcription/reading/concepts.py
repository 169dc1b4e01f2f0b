"""What the rows of a document are about: units, measures, goals, by the names that are known or
new.

A label that no seed knows is a name of its own. Two prints of one label are one concept; two labels
that differ in more than spelling are two, for they may be defined differently.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache, partial

from bokslut.transcription.reading import cells, heads, words
from bokslut.transcription.reading.arithmetic import adds_up
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import THRESHOLD, code, nearest, normal, scanned
from bokslut.transcription.reading.recognise import (
    PROJECTS,
    RESULTS,
    UNITS,
    is_beside_budget,
    label_heads,
    names_units,
)
from bokslut.transcription.reading.sections import Sections, headings_of, sections_of
from bokslut.transcription.reading.stream import BEGINNING, Paragraph
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable, total
from bokslut.transcription.reading.template import Template, administration_in

RESULT_OF_UNIT = "verksamhetens_resultat"
RESULT = "forvaltningens_resultat"
INVESTMENTS = "arets_investeringar"
TOTAL_WORDS = {
    "total",
    "totalt",
    "totala",
    "antal",
    "antalet",
    "andel",
    "andelen",
    "procent",
    "summa",
}
AT_DATE = re.compile(
    r",? (?:per|den|i) (?:\d{1,2} )?(?:december|januari)(?: \d{4})?| (?:19|20)\d\d\b|"
    r",? (?:(?:per|den) \d{1,2} [^\W\d]{3,9}|(?<!.f.re )31 december)(?: \d{4})?|"
    r",? vid .rets (?:slut|utg.ng)\b"
)
IN_PARENTHESES = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Concept:
    """What a row says, apart from its columns.

    Attributes:
        measure_code: what is measured; empty where the column says it.
        unit_code: whose it is.
        gender: `total`, `women` or `men`.
        name: of the measure, in Swedish.
        is_known: a seed knows the label.
        project: the label of a project, for rows of investments.
    """

    measure_code: str
    unit_code: str
    gender: str = "total"
    name: str = ""
    is_known: bool = False
    project: str = ""


@dataclass(frozen=True, slots=True)
class Orientation:
    """What *överskott* and *nettokostnad* mean in a document, by its table of results.

    Attributes:
        is_net_cost: units have budgets of net cost, so that a surplus is a deviation from it;
            else a surplus is a result.
        cost_sign: -1 where a net cost is printed negative, else 1.
        cost_column_sign: of the figures in the column of costs.
    """

    is_net_cost: bool = False
    cost_sign: int = 1
    cost_column_sign: int = 1


@dataclass
class Concepts:
    """The names of a document.

    Attributes:
        administration_code: of the administration that reports.
        administration_name: its name.
        units: names by code.
        measures: names by code: indicators and whatever else rows are about.
        lines: the concept of each row, by its identity.
        of_some_units: the tables of units, by their identity, that leave some out.
        sections: those of the document, with the units that they are of.
        has_result: its tables have a result beside the net cost.
        namesakes: the measures of other tables' rows of the same name, by measure.
    """

    administration_code: str
    administration_name: str
    units: dict[str, str] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    lines: dict[int, Concept] = field(default_factory=dict)
    new_units: set[str] = field(default_factory=set)
    new_measures: set[str] = field(default_factory=set)
    orientation: Orientation = Orientation()
    investments: str = INVESTMENTS
    of_some_units: set[int] = field(default_factory=set)
    sections: Sections = field(default_factory=Sections)
    has_result: bool = False
    namesakes: dict[str, set[str]] = field(default_factory=dict)

    def of(self, line: Line) -> Concept | None:
        """What a row is about."""
        return self.lines.get(id(line))


OF_A_BOARD = re.compile(
    r"\b(?P<name>(?:[A-ZÅÄÖ]|(?<=för )[a-zåäö])(?:(?! för )[\wåäöÅÄÖ&,\- ]){2,60}?"
    r"(?:nämnden?|förvaltningen?|styrelsen?|kontoret))(?:s\b|\b)"
)


OF_A_MUNICIPALITY = re.compile(r"\b(?P<name>[A-ZÅÄÖ][\wåäö-]+) kommun(?:s|en|ens)?\b")
LONGEST = 160
"""How many letters a title has at most."""
OF_ANY = {normal(word) for word in ("nämnd", "nämnden", "förvaltningen", "styrelsen", "kontoret")}
"""What any administration calls itself."""


def administration(document: Document) -> tuple[str, str]:
    """Code and name of the administration that a document is of: a known one that its beginning
    names.

    A name that no seed knows is taken from the words *nämnd*, *förvaltning* and the like.
    """
    first = document.stream.beginning
    known = {
        r["administration_name"]: r["administration_code"]
        for r in document.template.reports.values()
    }
    if name := administration_in(first, known):
        return known[name], name
    # What a table has rows of is not who reports.
    printed = [b.text for b in document.stream.blocks[:BEGINNING] if isinstance(b, Paragraph)]
    short = [text for text in printed if len(text) < LONGEST]
    titles = [text for text in short if text[-1:] not in ".!:"]
    municipality = next(filter(None, map(OF_A_MUNICIPALITY.search, titles)), None)
    is_of_all = municipality and any("årsredovisning" in text.lower() for text in titles)
    for text in titles if is_of_all else [*titles, *short]:
        if found := OF_A_BOARD.search(text):
            said = found["name"].split()
            # A sum of units is no name of its own.
            name = " ".join(said[1:] if total(said[0]) else said)
            if normal(name) not in OF_ANY:
                return code(name), name[0].upper() + name[1:]
    if municipality and is_of_all:
        return "kommunen", f"{municipality['name']} kommun"
    return "forvaltningen", "Förvaltningen"


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


def set_apart(document: Document, concepts: Concepts) -> None:
    """Gives rows measures of their own where a table before theirs has rows of the same names in
    another unit of measure, or several with other figures in all of them: children and days, what
    the water costs and what the waste does."""
    before: dict[tuple[str, str, str], tuple[ReadTable, Line]] = {}
    for table in document.tables:
        if is_of_units(table) or is_of_projects(table):
            continue
        own = {
            id(line): (concept.measure_code, concept.unit_code, concept.gender)
            for line in table.lines
            if (concept := concepts.of(line)) and concept.measure_code
        }
        shared = [
            (line, *before[key]) for line in table.lines if (key := own.get(id(line))) in before
        ]  # type: ignore[misc]
        are_others = have_other_figures(table, shared, concepts.sections)
        for line, there, again in shared:
            concept = concepts.lines[id(line)]
            name = name_apart(table, line, there, again, concepts.sections)
            is_other = are_others and bool(name or not concept.is_known)
            if not is_other and not differ(units_of(table, line), units_of(there, again)):
                continue
            del own[id(line)]
            # Where nothing says of what it is, it is held against nothing.
            label = concept.name or line.label
            measure, name = (f"{code(label)}_{code(name)}", f"{name} {label}") if name else ("", "")
            if name:
                concepts.measures.setdefault(measure, name)
                concepts.new_measures.add(measure)
            concepts.namesakes.setdefault(concept.measure_code, set()).add(measure)
            concepts.lines[id(line)] = replace(
                concept, measure_code=measure, name=name or concept.name, is_known=False
            )
            if name and table.source_table == there.source_table:
                # A seed of its own has no second row of one name.
                table.source_table = ""
        for line in table.lines:
            if id(line) in own:
                before.setdefault(own[id(line)], (table, line))


def name_apart(
    table: ReadTable, line: Line, there: ReadTable, again: Line, sections: Sections
) -> str:
    """What tells a row from one of its name in another table: the name of the table, or the heading
    that it stands under; empty where neither does."""
    title = IN_PARENTHESES.sub("", table.title).partition(",")[0].strip()
    if title and scanned(table.title) != scanned(there.title):
        return title
    heading = sections.heading_at(line.line)
    return heading if heading != sections.heading_at(again.line) else ""


def have_other_figures(
    table: ReadTable, shared: Sequence[tuple[Line, ReadTable, Line]], sections: Sections
) -> bool:
    """Whether several rows, or one in a table of the same name in another section, have the names
    of rows of a table before theirs, and not one figure of the same year and scenario in common."""
    alike = [
        adds_up([replace(number, value=abs(number.value))], replace(other, value=abs(other.value)))
        for line, there, again in shared
        for figure in line.figures.values()
        for beside in again.figures.values()
        if (number := figure.number)
        and (other := beside.number)
        and (number.value or other.value)
        and said_of(line, figure) == said_of(again, beside)
        and len({cells.unit_of(table, line, figure), cells.unit_of(there, again, beside)} - {None})
        < 2
    ]
    is_repeated = any(
        scanned(table.title) == scanned(there.title)
        and sections.heading_at(line.line) != sections.heading_at(again.line)
        for line, there, again in shared
    )
    names = {normal(line.label) for line, _, _ in shared}
    return (len(names) > 1 or is_repeated) and len(alike) > 1 and not any(alike)


def units_of(table: ReadTable, line: Line) -> set[str | None]:
    """The units of measure of a row, those of money as one; none where one is not printed."""
    units = {cells.unit_of(table, line, f) for f in line.figures.values() if f.number}
    return set() if None in units else {"tkr" if unit in IN_TKR else unit for unit in units}


def differ(some: set[str | None], others: set[str | None]) -> bool:
    """Whether rows are printed in units of measure that cannot be held against each other."""
    return bool(some and others) and some.isdisjoint(others)


def said_of(line: Line, figure: Figure) -> tuple[object, ...]:
    """What a figure says besides its row."""
    column = figure.column
    gender = line.gender or column.gender or "total"
    return column.scenario, line.fiscal_year or column.fiscal_year, gender, column.entity


NET_COSTS = {"nettokostnad", "nettokostnader", "verksamhetens nettokostnader"}
IN_TKR = {"kr": Decimal("0.001"), "tkr": Decimal(1), "mnkr": Decimal(1000), "mdkr": Decimal(10**6)}


def net_costs_of_all(document: Document, concepts: Concepts) -> None:
    """Takes a row called *nettokostnad* for the administration's result, where the sum of the units
    has the same figure of some year and scenario: the others are then of the same, too."""
    own = concepts.administration_code
    whole: set[tuple[object, ...]] = set()
    rows: list[tuple[Line, set[tuple[object, ...]]]] = []
    for table in document.tables:
        for line in table.lines:
            concept = concepts.of(line)
            if not concept or concept.unit_code != own:
                continue
            said = {
                (f.column.scenario, line.fiscal_year or f.column.fiscal_year, step)
                for f in line.figures.values()
                if f.number and f.number.value
                for unit in [cells.unit_of(table, line, f)]
                if unit in IN_TKR
                # As millions with one decimal, which every table has at least.
                for step in [round(abs(f.number.value) * IN_TKR[unit] / 1000, 1)]
            }
            if concept.measure_code == RESULT:
                whole |= said
            elif canonical(line.label) in NET_COSTS:
                rows.append((line, said))
    for line, said in rows:
        if said & whole:
            concepts.lines[id(line)] = Concept(RESULT, own, line.gender or "total", line.label)
    for table in document.tables if concepts.orientation.is_net_cost else ():
        for line in table.lines:
            concept = concepts.of(line)
            is_result = concept and concept.measure_code == RESULT and not is_of_units(table)
            if is_result and canonical(line.label).endswith("resultat"):
                # A result beside a net cost is what is left of the budget.
                concepts.has_result = True
                concepts.lines[id(line)] = Concept("", own, line.gender or "total", line.label)
    printed = {concept.measure_code for concept in concepts.lines.values()}
    for measure in concepts.new_measures - printed:
        # What no row is of any more is no name to look for in the text.
        concepts.measures.pop(measure, None)


def of_some_units(document: Document, concepts: Concepts) -> Iterator[int]:
    """The tables of units, by their identity, whose units are some of those of another: their sum
    is not the administration's."""
    units = {
        id(table): {unit_of(line.label, concepts) for line in table.lines if not total(line.label)}
        for table in document.tables
        if is_of_units(table)
    }
    return (key for key, own in units.items() if any(own < other for other in units.values()))


def orientation_of(document: Document) -> Orientation | None:
    """What the words of results mean, by the table of the units' results; None
    where there is none with a budget."""
    for table in document.tables:
        if not is_of_units(table):
            continue
        columns = table.number_columns
        whole = next((line for line in reversed(table.lines) if line.is_total), None)
        if whole is None:
            continue
        now = {
            c.scenario: whole.figures[c.index].number
            for c in reversed(columns)
            if c.fiscal_year == document.report_year
        }
        budget, outcome = now.get("budget"), now.get("outcome")
        if not budget or not outcome:
            continue
        if not budget.value:
            return Orientation()
        cost = now.get("cost")
        return Orientation(
            True, -1 if outcome.value < 0 else 1, -1 if cost and cost.value < 0 else 1
        )
    return None


def of_net_cost_alone(document: Document, concepts: Concepts) -> Orientation:
    """What the words of results mean where no table is of units, and the only result that one
    prints is a net cost with its budget."""
    for table in document.tables:
        for line in table.lines:
            concept = concepts.of(line)
            if not concept or concept.measure_code != RESULT:
                continue
            now = {
                f.column.scenario: f.number.value
                for f in line.figures.values()
                if f.number and f.column.fiscal_year == document.report_year
            }
            if canonical(line.label) in NET_COSTS and now.get("budget") and now.get("outcome"):
                return Orientation(True, -1 if now["outcome"] < 0 else 1)
    return Orientation()


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


def is_of_units(table: ReadTable) -> bool:
    """Whether the rows of a table are units with their results."""
    unit = table.unit_of_measure or heads.unit_in(table.title, inferred=True)
    if unit is not None and unit not in IN_TKR:
        # What is counted has no results.
        return False
    said = normal(" ".join([table.title, *(line.group for line in table.lines)]))
    if is_beside_budget(table) and not label_heads(table) and "nettokostnad" in said:
        # What has a net cost, though nothing says what it is called, is a unit.
        return True
    return table.source_table == RESULTS or (names_units(table) and table.source_table != PROJECTS)


ALL_PROJECTS = "investeringar_summa"
OF_STATUS = re.compile(r"fardig|avslut|pagaende")
"""Words, as a scan may leave them, of a sum of some projects only."""


def investments_of(document: Document) -> str:
    """The measure of all columns of the tables of investments; empty for several or none."""
    measures = {
        known.measure_code
        for table in document.tables
        if table.source_table == "investeringar"
        for known in document.template.columns["investeringar"]
        if known.name in {column.name for column in table.number_columns}
    }
    return measures.pop() if len(measures) == 1 else ""


def is_of_projects(table: ReadTable) -> bool:
    """Whether the rows of a table without a seed of its own are projects with their sum."""
    heads_of_labels = " ".join(c.head.text for c in table.columns if c.kind == "label")
    said = normal(f"{table.title} {heads_of_labels}")
    named = "investering" in said or "projekt" in said
    return (
        table.source_table == ""
        and named
        and last_total(table) is not None
        and len(table.number_columns) > 1
    )


def last_total(table: ReadTable) -> Line | None:
    """The last row of a table that says that it is a sum."""
    return next((line for line in reversed(table.lines) if line.is_total), None)


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
        made = code(f"{line.label} {table.title}")
        concepts.measures.setdefault(made, f"{line.label}, {table.title}")
        concepts.new_measures.add(made)
        return Concept(made, own, gender, line.label)
    if found := by_alias(line, table, concepts, template):
        return found
    if is_of_units(table):
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
    subject, unit = subject_and_unit(line, table, concepts)
    measure = measure_of(subject, table, concepts)
    return Concept(measure, unit or own, gender, subject)


def subject_and_unit(line: Line, table: ReadTable, concepts: Concepts) -> tuple[str, str]:
    """What a row measures, in the document's words, and the unit that its label names."""
    if heads.gender_word(re.sub(r"^varav |\W+", "", line.label.lower())) and line.group:
        if total(line.group):
            return table.title, ""
        # As the row that it is a part of.
        return subject_and_unit(
            replace(line, label=line.group, group=line.section), table, concepts
        )
    if normal(line.label) in WHOLE:
        return line.group or table.title, concepts.administration_code
    if unit := unit_of(line.label, concepts):
        return line.group or table.title, unit
    if total(line.label) and len(normal(line.label).split()) == 1:
        return line.group or table.title, concepts.administration_code
    for key, name in sorted(concepts.units.items(), key=lambda pair: -len(pair[1])):
        if (
            key != concepts.administration_code
            and len(normal(name)) > 3
            and re.search(rf"\b{re.escape(normal(name))}(?:s|n|ns|en|ens)?\b", normal(line.label))
        ):
            return without_name(line.label, name) or line.label, key
    return line.label, ""


WHOLE = {"samtliga", "alla", "samtliga anstallda", "alla anstallda", "samtliga medarbetare"}
"""Labels in normal form of what a table is of, beside its parts."""


def without_name(label: str, name: str) -> str:
    """A label without the words of a name in it, and without a preposition that stood before
    them."""
    words_of_label = label.split()
    count = len(name.split())
    for first in range(len(words_of_label)):
        for last in range(first + 1, min(len(words_of_label), first + count + 1) + 1):
            if normal(" ".join(words_of_label[first:last])) == normal(name):
                kept = " ".join(words_of_label[:first] + words_of_label[last:])
                return kept.strip(" ,–-")
    return f" {normal(label)} ".replace(f" {normal(name)} ", " ").strip()


SCENARIOS = re.compile(
    r"(?:(?:utfall|bokslut|budget|avvikelse|malvarde|prognos|forandring|differens|ar|\d{4}) ?)*"
)
"""A label, in normal form, that says only which year or scenario its figures are of."""


def measure_of(subject: str, table: ReadTable, concepts: Concepts) -> str:
    """The code of what a label measures: a known name's, else its own; empty where it says
    nothing of it."""
    wanted = canonical(subject)
    if SCENARIOS.fullmatch(wanted):
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
    concepts.measures.setdefault(made, subject)
    concepts.new_measures.add(made)
    return made


@lru_cache(maxsize=50_000)
def canonical(label: str) -> str:
    """A label without words that do not tell what is measured: *total*, *antal*, units, genders."""
    text = AT_DATE.sub("", label)
    text = IN_PARENTHESES.sub(
        lambda m: "" if heads.unit_in(m[1]) or not normal(m[1]) else m[0], text
    )
    genders = words.mapping("genders")
    kept = [
        w
        for w in normal(text).split()
        if w not in TOTAL_WORDS and genders.get(w) not in ("women", "men")
    ]
    units = {normal(w) for w in words.of_numbers("unit")}
    while len(kept) > 1 and kept[-1] in units:
        kept.pop()
    if len(kept) > 1 and kept[-1] == "i":
        # Of *sjukfrånvaro i procent*.
        kept.pop()
    return " ".join(kept) or normal(label)

"""Rows of which a table says whether their target is met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bokslut.transcription.reading import goals, numbers, words
from bokslut.transcription.reading.tables.table import Column, Figure, Line, ReadTable

BOUND = re.compile(r"\b(?:(?P<most>högst|max(?:imalt)?)|minst|lägst)\b")
"""*NKI, minst*: which side of its target a row is to be on."""
MET = {"fulfilled": True, "not_fulfilled": False}
NEGATED = re.compile(r"(?:andel(?:en)? )?(?:ej|inte|icke)\b")
YES = {"ja": "fulfilled", "nej": "not_fulfilled"}
REACHED = re.compile(r"mål|n[åa]d|nått|uppn|uppf|klar", re.IGNORECASE)
"""The head of a column whose *ja* says that a target is met."""
FEWEST = 3
"""In how many rows a table must judge by its figures for one that does not to be wrong."""


@dataclass(frozen=True, slots=True)
class Misjudged:
    """A row that a table judges otherwise than its figures do.

    Attributes:
        line: it.
        status: the figure-less cell of its judgement.
        outcome, target: its figures.
    """

    line: Line
    status: Figure
    outcome: Figure
    target: Figure


def statuses_in(table: ReadTable) -> dict[int, str]:
    """The status of each row that a table judges, by the row's identity."""
    judging = next((c for c in table.columns if c.kind == "status"), None)
    if judging is None:
        return {}
    signs = dict(LEGEND.findall(table.title))
    found = {
        id(line): signs.get(said := line.texts[judging.index].text.strip(), goals.bare(said))
        for line in table.lines
        if judging.index in line.texts
    }
    yes = YES if REACHED.search(judging.head.text) else {}
    return {
        line: status
        for line, said in found.items()
        if (status := yes.get(said.lower()) or goals.status_of(said))
    }


SIGNS = "".join(words.listed("judging_signs"))
LEGEND = re.compile(rf"([{SIGNS}])[ =:–-]*([^{SIGNS},;()]*[^\W\d])")
"""*(● uppnått, ○ ej uppnått)*: what the signs of a table say."""


def bound_of(label: str, target: Figure) -> int:
    """1 where a row is to be at least its target, -1 where at most, by a sign or a word for it; 0
    where neither says so."""
    operator = target.number.operator if target.number else None
    if operator and operator[0] in "<>":
        return 1 if operator[0] == ">" else -1
    bound = BOUND.search(label.lower())
    return (-1 if bound["most"] else 1) if bound else 0


def way_to(label: str, target: Figure) -> int:
    """1 where more than a target meets it, -1 where less does, 0 where that is not known."""
    said = label.lower()
    if bound := bound_of(label, target):
        return bound
    if NEGATED.match(said):
        # *Ej återaktualiserade*: the better, the fewer there are of those who are.
        return 0
    if any(word in said for word in words.listed("better_less")):
        return -1
    if any(word in said for word in words.listed("better_more")):
        return 1
    wanted = {d for word, d in words.mapping("desired_directions").items() if word in said}
    # Of a share that no word tells of, neither way is sure.
    return {"higher": 1, "lower": -1}.get(wanted.pop(), 0) if len(wanted) == 1 else 0


def way_in(table: ReadTable, line: Line, target: Figure) -> int:
    """The same of a row, by its own words, else by those of its table."""
    return way_to(line.label, target) or way_to(table.title, target)


def mark_targets(table: ReadTable) -> None:
    """Says of a column of *ja* and *nej* that it judges, and of the first of two columns of a year,
    where one judges the second by it, that it is of targets: *Vi siktade på*, *Så gick det*, *Nådde
    vi dit?*."""
    for column in table.columns:
        said = [line.texts[column.index].text for line in table.lines if column.index in line.texts]
        is_yes = len(said) >= FEWEST and all(text.strip().lower() in YES for text in said)
        if column.kind == "text" and is_yes and REACHED.search(column.head.text):
            column.kind = "status"
    columns = table.number_columns
    if len(columns) != 2 or {c.scenario for c in columns} != {"outcome"}:
        return
    if columns[0].head.years == columns[1].head.years:
        checks = [is_met == said for _, is_met, said in judged(table, *columns)]
        if checks.count(True) >= max(FEWEST, 3 * checks.count(False)):
            columns[0].scenario = "target"


def misjudged(table: ReadTable, year: int) -> Iterator[Misjudged]:
    """The rows that a table judges otherwise than their figures do, where it judges nearly all
    others by theirs."""
    of_year = [c for c in table.number_columns if c.fiscal_year in (None, year)]
    of_all = [c for c in of_year if c.gender in (None, "total")]
    targets = [c for c in of_all if c.scenario == "target"]
    outcomes = [c for c in of_all if c.scenario == "outcome"]
    if len(targets) != 1 or len(outcomes) != 1:
        return
    found = list(judged(table, targets[0], outcomes[0]))
    wrong = [
        line
        for line, is_met, said in found
        # What is better is sure where the table says so.
        if is_met != said and bound_of(line.label, line.figures[targets[0].index])
    ]
    if len(found) - len(wrong) >= max(FEWEST, 3 * len(wrong)):
        column = next(c for c in table.columns if c.kind == "status")
        for line in wrong:
            status = Figure(line.texts[column.index], column, numbers.BLANK)
            outcome, target = (line.figures[c.index] for c in (outcomes[0], targets[0]))
            yield Misjudged(line, status, outcome, target)


def judged(table: ReadTable, target: Column, outcome: Column) -> Iterator[tuple[Line, bool, bool]]:
    """The rows that a table judges, whether their figures meet their target, and what it says."""
    statuses = statuses_in(table)
    for line in table.lines:
        goal, now = line.figures.get(target.index), line.figures.get(outcome.index)
        said = MET.get(statuses.get(id(line), ""))
        if said is None or not goal or not now or not goal.number or not now.number:
            continue
        more = now.number.value - goal.number.value
        if way := bound_of(line.label, goal) or way_in(table, line, goal):
            yield line, way * more >= 0, said

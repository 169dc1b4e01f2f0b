"""The rows of a table in lines: labels, goals, measures and units put to their figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bokslut.transcription.reading import heads, rows
from bokslut.transcription.reading.labels import normal, scanned
from bokslut.transcription.reading.lines.entry import UNIT_WORDS, Entry, begins
from bokslut.transcription.reading.lines.found import (
    FIGURES,
    SECTION,
    FoundTable,
    note_columns,
)
from bokslut.transcription.reading.tables.table import VARAV, total
from bokslut.transcription.reading.template import Template


class Names:
    """Names of units and goals, known beforehand and printed in the document itself."""

    def __init__(self, template: Template) -> None:
        """Starts with what the template knows."""
        self._cache: dict[str, bool] = {}
        self.units: set[str] = set()
        self.goals: dict[str, str] = {}
        for unit in template.units.values():
            self.add_unit(unit["unit_name_sv"])
        for goal in template.goal_labels:
            self.goals[scanned(goal)] = goal

    def add_unit(self, label: str) -> None:
        """Notes the name of a unit."""
        if len(scanned(label)) > 2:
            self.units.add(scanned(label))
            self._cache.clear()

    def is_unit(self, label: str) -> bool:
        """Whether a label is, or begins with, the name of a unit."""
        if label not in self._cache:
            wanted = scanned(label)
            self._cache[label] = any(
                wanted.startswith(unit) or fuzz.ratio(wanted[: len(unit) + 1], unit) >= 82
                for unit in self.units
            )
        return self._cache[label]


@dataclass(slots=True)
class Piece:
    """A row of a table of lines before its figures are cut into cells."""

    label: str
    heading: str
    section: str
    first: int
    last: int
    tail: str
    tail_line: int
    remark: str = ""
    units: tuple[str, ...] = ()
    parent: Piece | None = None

    @property
    def group(self) -> str:
        """What it stands under: the row that it is a part of, else a heading."""
        return self.parent.label if self.parent else self.heading


def gender_of(label: str) -> str | None:
    """Women or men, where a label is the word for them and no more, damaged or not."""
    return heads.gender_word(re.sub(r"^(?:va|d.{1,2})rav |[ .|-]+", "", label.strip().lower()))


def is_data(entry: Entry, found: FoundTable, marks: dict[str, str]) -> bool:
    """Whether the figures of a line are those of a row."""
    if not entry.tail:
        return False
    notes = note_columns(found.labels)
    width = found.width - len(notes)
    least = 1 if gender_of(entry.label) or width <= 2 else max(2, width - 2)
    cells = smallest(entry.tail, marks)
    if FIGURES.search(entry.label):
        # Figures that a misread one parts from those at the end.
        return True
    if begins(entry.label) and len(rows.tokens_of(entry.tail)) >= max(3, least):
        # So many figures are no part of a label, whatever cells they make.
        return True
    return cells >= least or bool(rows.read(entry.tail, found.width, marks, notes=notes).fitting)


def smallest(tail: str, marks: dict[str, str]) -> int:
    """The fewest cells that the figures of a line can be."""
    tokens = rows.tokens_of(tail)
    for count in range(1, len(tokens) + 1):
        if next(rows.groupings(tokens, count, marks), None):
            return count
    return 0


def pieces_of(found: FoundTable, names: Names, marks: dict[str, str]) -> list[Piece]:
    """The rows of a table: figures with the lines of words that belong to them."""
    made: list[Piece] = []
    waiting: list[Entry] = []
    state = State(names)
    data = [is_data(entry, found, marks) for entry in found.body]
    following = next_labels(found.body, data)
    for index, entry in enumerate(found.body):
        if not data[index]:
            waiting.append(entry)
            continue
        begins_here = begins(entry.label) or bool(gender_of(entry.label))
        own: list[Entry] = []
        if not begins_here:
            while waiting:
                taken = waiting.pop()
                own.insert(0, taken)
                if begins(taken.text) and not taken.text.startswith("("):
                    break
        place(waiting, made, state, [entry.label, *following[index]], entry)
        waiting = []
        label = " ".join([*(e.text for e in own), entry.label]).strip()
        if label:
            below = found.body[index + 1 : index + 2]
            goes_on = bool(below) and not below[0].tail and not below[0].after_blank
            parts = [*(e.text for e in own), entry.label]
            label = state.without_goal(parts, below[0] if goes_on else None)
        first = own[0].line if own else entry.line
        made.append(state.piece(label, first, entry, following[index]))
    place(waiting, made, state, [])
    return made


def next_labels(body: Sequence[Entry], data: Sequence[bool]) -> list[list[str]]:
    """For each entry the labels of the next two rows below it."""
    found: list[list[str]] = []
    for index in range(len(body)):
        rest = [
            b.label for b, d in zip(body[index + 1 :][:8], data[index + 1 :][:8], strict=True) if d
        ]
        found.append(rest[:2])
    return found


class State:
    """What the rows below stand under: section, goal, group, measure."""

    def __init__(self, names: Names) -> None:
        """Starts under nothing."""
        self.names = names
        self.goal = self.group = ""
        self.main: Piece | None = None
        self.group_is_of_units = False
        self.has_sections = False

    def without_goal(self, parts: list[str], below: Entry | None = None) -> str:
        """The label without the name of a goal that its first line or lines begin with.

        `below`: the line of words right below it, which loses what the goal goes on with there.
        """
        lines = [*parts, below.text] if below else parts
        goal, rest = goal_prefix(lines, self.names.goals)
        if below:
            below.text = rest.pop().lstrip("| ")
        if goal:
            self.goal, self.group, self.main = goal, "", None
        return " ".join(part for part in rest if part).strip()

    def piece(self, label: str, first: int, entry: Entry, following: Sequence[str]) -> Piece:
        """The row of an entry with figures."""
        heading, parent = "", None
        if gender_of(label) or (
            not self.group and self.main and is_kind_of(label, self.main.label)
        ):
            parent = self.main
        elif self.group and (
            not self.group_is_of_units or any(map(self.names.is_unit, (label, *following)))
        ):
            # A row between two units stands under what they stand under.
            heading = self.group
        elif self.group_is_of_units:
            self.group = ""
        made = Piece(
            label, heading, self.goal, first, entry.line, entry.tail, entry.line, parent=parent
        )
        if parent is None and not VARAV.match(label):
            self.main = made
        return made


def is_kind_of(label: str, main: str) -> bool:
    """Whether a label is a compound that ends with a word of another: `Studiebesök`, `Antal
    besök`."""
    own = normal(label).split()
    if len(own) != 1 or not main:
        return False
    return any(
        len(word) > 3 and own[0] != word and own[0].endswith(word) for word in normal(main).split()
    )


def goal_prefix(parts: Sequence[str], goals: dict[str, str]) -> tuple[str, list[str]]:
    """The goal, as printed, that lines begin with, and the lines without it.

    A goal that was set in a column of its own may go on at the beginning of the second line.
    """
    if not parts or not parts[0]:
        return "", list(parts)
    first = parts[0].split()
    for goal in goals.values():
        wanted = scanned(goal)
        best: tuple[float, int, int] = (0.0, 0, 0)
        for taken in range(len(first), 0, -1):
            start = scanned(" ".join(first[:taken]))
            if len(start) < 4:
                continue
            if len(start) >= 0.8 * len(wanted):
                likeness = fuzz.ratio(start, wanted)
                if likeness >= 82 and likeness > best[0]:
                    best = (likeness, taken, 0)
            if len(parts) > 1 and fuzz.ratio(start, wanted[: len(start)]) >= 84:
                second = parts[1].split()
                for more in range(1, min(3, len(second)) + 1):
                    whole = start + scanned(" ".join(second[:more]))
                    likeness = fuzz.ratio(whole, wanted)
                    if likeness >= 86 and likeness > best[0]:
                        best = (likeness, taken, more)
        if best[0]:
            _, taken, more = best
            second = parts[1].split() if len(parts) > 1 else []
            printed = " ".join([*first[:taken], *second[:more]])
            rest = [" ".join(first[taken:])]
            if len(parts) > 1:
                rest += [" ".join(second[more:]), *parts[2:]]
            return printed, rest
    return "", list(parts)


def place(
    waiting: Sequence[Entry],
    made: list[Piece],
    state: State,
    following: Sequence[str],
    below: Entry | None = None,
) -> None:
    """Gives lines of words that stand between two rows to the row above, or makes them headings.

    `following`: the labels of the next rows. `below`: the entry of the first of them.
    """
    header: list[Entry] = []
    is_up = bool(made)
    for position, entry in enumerate(waiting):
        text = entry.text
        if SECTION.fullmatch(text):
            state.group, state.main = "", None
            is_up, header = False, []
            continue
        gender = gender_of(text)
        if gender:
            if header:
                measure_without_figures(header, made, state)
                header = []
            made.append(
                Piece(
                    text, "", state.goal, entry.line, entry.line, "", entry.line, parent=state.main
                )
            )
            is_up = False
            continue
        goal, rest = goal_prefix([text], state.names.goals)
        if goal:
            state.goal, state.group, state.main = goal, "", None
            header = [Entry(entry.line, " ".join(rest).strip(), "", "", entry.after_blank)]
            is_up = False
            continue
        if header:
            if begins(text) and position:
                header = [entry]
            else:
                header.append(entry)
            continue
        if is_up and made and total(made[-1].label) and begins(text):
            # Below a sum something new begins.
            is_up = False
        if is_up and state.has_sections and begins(text) and len(text.split()) < 3:
            # The table began with a heading, and this is the next.
            is_up = False
        heads_others = (
            begins(text)
            and text.count(")") <= text.count("(")
            and not state.names.is_unit(text)
            and bool(following)
            and (state.names.is_unit(following[0]) or gender_of(following[0]) is not None)
        )
        later_gender = any(gender_of(e.text) for e in waiting[position + 1 :])
        if is_up and following and made and is_anew(text, made[-1].label, state.names):
            heads_others = True
        next_one = waiting[1] if len(waiting) > 1 else below
        if is_up and made and not position and is_wrapped(entry, next_one) and not later_gender:
            heads_gender = bool(following) and gender_of(following[0]) is not None
            heads_others = heads_gender and begins(text)
        if heads_others or (begins(text) and later_gender) or not is_up:
            header.append(entry)
        else:
            attach(made[-1], entry)
    named = " ".join(e.text for e in header if e.text).strip()
    if named:
        if following and gender_of(following[0]):
            measure_without_figures(header, made, state)
        else:
            state.group, state.main = named, None
            state.group_is_of_units = bool(following) and state.names.is_unit(following[0])
            state.has_sections |= not made and not state.goal and not state.group_is_of_units


def is_wrapped(entry: Entry, below: Entry | None) -> bool:
    """Whether a line of words stands right below a row, with an empty line between it and what
    follows: it is the rest of that row's label, whatever it begins with."""
    is_parted = below is not None and below.after_blank
    return is_parted and not entry.after_blank and not entry.text.endswith(":")


def is_anew(text: str, above: str, names: Names) -> bool:
    """Whether a line of words begins anew below a label that nothing leaves open."""
    is_open = above.endswith((".", ",", "-", "/", "&")) or above.count("(") > above.count(")")
    is_closing = text.count(")") > text.count("(")
    # What begins with a number goes on with a label: `inom` `10 veckor`.
    is_new = begins(text) and (not text[0].isdigit() or bool(FIGURES.search(text)))
    return is_new and not is_open and not is_closing and not names.is_unit(text)


def measure_without_figures(header: list[Entry], made: list[Piece], state: State) -> None:
    """A row that has only its label; the rows of genders below it belong to it."""
    label = " ".join(e.text for e in header)
    last = header[-1].line
    state.group, state.main = "", Piece(label, "", state.goal, header[0].line, last, "", last)
    made.append(state.main)


REMARK = re.compile(r"(.*\S)\s+(\([^)\s]+)")


def attach(piece: Piece, entry: Entry) -> None:
    """Adds a line of words to the label of the row above it; units of measure go to its figures."""
    text = entry.text
    tokens = text.split()
    units = 0
    while units < len(tokens) and tokens[-1 - units].lower() in UNIT_WORDS - {"%"}:
        units += 1
    if units:
        piece.units = tuple(tokens[len(tokens) - units :])
        text = " ".join(tokens[: len(tokens) - units])
    if piece.remark and not piece.remark.endswith(")"):
        words, _, last = text.rpartition(" ")
        piece.remark += " " + last
        text = words
    elif (found := REMARK.fullmatch(text)) and "(" not in found[1].replace("(%)", ""):
        piece.remark, text = found[2], found[1]
    piece.label = f"{piece.label} {text}".strip()
    piece.last = max(piece.last, entry.line)


def learn(entries: Iterable[Entry], names: Names) -> None:
    """Notes names of units and goals that the document prints, for reading its other tables."""
    for entry in entries:
        if entry.tail and not total(entry.label) and len(entry.label) < 45:
            names.add_unit(entry.label)

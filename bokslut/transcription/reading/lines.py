"""Tables of plain text whose cells only spaces part, as a scan leaves them: heads, labels, rows.

A line has its figures at its end. Which of them make one cell is settled by the row as a whole
(`rows`); which lines of words belong to which figures is settled by how they begin, and by the
names of units, goals and genders that the document itself prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from bokslut.transcription.reading import arithmetic, heads, linehead, numbers, rows
from bokslut.transcription.reading.labels import normal, scanned
from bokslut.transcription.reading.numbers import BLANK, Missing, Number
from bokslut.transcription.reading.stream import Cell, Paragraph
from bokslut.transcription.reading.tables import (
    VARAV,
    Column,
    Figure,
    Line,
    Question,
    ReadTable,
    is_title,
    settle_columns,
    total,
)
from bokslut.transcription.reading.template import Template, TemplateColumn

LONGEST_LABEL = 78
"""A line of words that is longer is running text."""
PIECE = re.compile(r"[<>≤≥]?=?[-+–−]?\d[\d.,:]*%?[)*]?|[-–—−+]|%|\.\.")
SECTION = re.compile(r"[^\d]{3,45}:(?: .*)?")
UNIT_WORDS = {"tkr", "mnkr", "mkr", "%", "procent"}


@dataclass(slots=True)
class Entry:
    """A line that is not empty.

    Attributes:
        line: its number.
        text: as it stands, without spaces around it.
        label: its words before the figures at its end.
        tail: the figures at its end; empty for none.
        after_blank: an empty line stands above it.
        behind: words of a last column, behind the figures.
    """

    line: int
    text: str
    label: str
    tail: str
    after_blank: bool
    behind: str = ""


@dataclass(slots=True)
class FoundTable:
    """A table of lines before it is read.

    Attributes:
        head: the lines of its head.
        body: the entries below it.
        before: entries above the head that belong to nothing else.
        width: how many columns of figures it has.
        labels: what its columns are called.
        template_columns: those of a template that its head matches; empty for none.
    """

    head: list[Entry]
    body: list[Entry]
    before: list[Entry]
    width: int = 0
    labels: list[str] = field(default_factory=list)
    template_columns: tuple[TemplateColumn, ...] = ()

    @property
    def has_units(self) -> bool:
        """Whether the labels end with the unit of measure, which has a column of its own."""
        return any(linehead.parse(entry.text).has_unit_before for entry in self.head)


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


def entries_of(paragraphs: Sequence[Paragraph], marks: dict[str, str]) -> list[Entry]:
    """The lines that are not empty, with the figures at their ends."""
    known = frozenset(marks)
    made: list[Entry] = []
    blank = True
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if not text:
            blank = True
            continue
        if blank and is_page_number(text, paragraphs[number + 1 : number + 2]):
            continue
        label, tail = cut(text, known)
        made.append(Entry(paragraph.line, text, label, tail, blank))
        blank = False
    return made


def is_page_number(text: str, below: Sequence[Paragraph]) -> bool:
    """Whether a line below an empty one is the number of a page: alone, at the end of its page."""
    bare = text.strip("-– ")
    is_last = not below or not below[0].text.strip() or below[0].text.startswith("\f")
    return bare.isdigit() and len(bare) < 4 and is_last


def cut(text: str, marks: frozenset[str]) -> tuple[str, str]:
    """Label and figures of a line: the figures are all pieces of cells at its end."""
    last = text[-1]
    if not (last.isdigit() or last in "%.-–—)*;" or last.isalpha()):
        return text, ""
    tokens = text.split()
    first = len(tokens)
    while first > 0 and is_piece(tokens[first - 1], marks):
        first -= 1
    # Bars and units of measure belong to the figures only beside one.
    while first < len(tokens) and not is_figure(tokens[first], marks):
        first += 1
    label = " ".join(tokens[:first]).rstrip(" |")
    # Of most lines the label is all there is: one text in memory, not two.
    return text if label == text else label, " ".join(tokens[first:])


@lru_cache(maxsize=200_000)
def is_piece(token: str, marks: frozenset[str]) -> bool:
    """Whether a token can be a piece of a cell."""
    return token in rows.SEPARATOR or token.lower() in UNIT_WORDS or is_figure(token, marks)


@lru_cache(maxsize=200_000)
def is_figure(token: str, marks: frozenset[str]) -> bool:
    """Whether a token is a piece of a number or a mark of a missing one."""
    bare = token.strip("|")
    if bare == "%":
        return False
    return bool(
        PIECE.fullmatch(bare)
        or numbers.is_damaged(bare)
        or numbers.plain(bare).upper() in marks
        or numbers.DAMAGED_MARK.fullmatch(bare)
    )


# Heads


def find(
    entries: Sequence[Entry], template: Template, marks: dict[str, str]
) -> Iterator[FoundTable]:
    """The tables that heads begin, each with its lines."""
    known = frozenset(marks)
    index = 0
    start_of_rest = 0
    while index < len(entries):
        years = years_below(entries, index + 1)
        for entry in entries[index + 1 : index + 1 + years]:
            entry.label, _, entry.tail = entry.tail.partition(" ")
        if not linehead.parse(entries[index].text).is_head:
            labels = CAPITAL.split(entries[index].text)[1:]
            body = list(entries[index + 1 : index + 1 + years])
            found = FoundTable(
                [entries[index]], body, list(entries[start_of_rest:index]), len(labels), labels
            )
            if years and labels and fits_all(found, marks):
                yield found
                index = start_of_rest = index + 1 + years
            else:
                index += 1
            continue
        end = index
        while end + 1 < len(entries) and end - index < 3 and is_more_head(entries, end):
            end += 1
        first = index
        if index and is_start_of_word(entries[index - 1], entries[end]):
            first -= 1
        head = list(entries[first : end + 1])
        if ends_in_words(entries[end + 1 : end + 40], known):
            head[-1] = replace(head[-1], text=linehead.with_texts_behind(head[-1].text))
        if any(linehead.parse(e.text).has_texts_behind for e in head):
            recut(entries[end + 1 : end + 200], known)
        stop = end_of_body(entries, end + 1)
        if stop is None:
            index = end + 1
            continue
        found = FoundTable(head, list(entries[end + 1 : stop]), list(entries[start_of_rest:first]))
        if settle(found, template, marks):
            yield found
            index = start_of_rest = stop
        else:
            index = end + 1


CAPITAL = re.compile(r" (?=[A-ZÅÄÖ])")
FEWEST_YEARS = 3


def years_below(entries: Sequence[Entry], first: int) -> int:
    """How many lines in a row from one on begin with a year that follows that of the line above it.

    Returns:
        The number of such lines; 0 where they are fewer than three.
    """
    years: list[int] = []
    for entry in (entries[i] for i in range(first, len(entries))):
        year, _, rest = entry.tail.partition(" ")
        if entry.label or not numbers.is_year(year) or not rest or heads.years_of(rest):
            break
        steps = {b - a for a, b in pairwise([*years, int(year)])}
        if len(steps) > 1 or not steps <= {1, -1}:
            break
        years.append(int(year))
    return len(years) if len(years) >= FEWEST_YEARS else 0


def fits_all(found: FoundTable, marks: dict[str, str]) -> bool:
    """Whether the figures of every row can be cut into the cells of a table."""
    return all(rows.read(e.tail, found.width, marks).fitting for e in found.body)


def is_more_head(entries: Sequence[Entry], index: int) -> bool:
    """Whether the next line belongs to the same head: its words, or the rest of words that were
    cut."""
    text, below = entries[index].text, entries[index + 1]
    if linehead.parse(below.text).is_head:
        return True
    cut_off = text.endswith("-") or text.endswith("- |")
    return cut_off and len(below.text.split()) <= 4 and not below.tail and len(below.text) < 60


def is_start_of_word(above: Entry, below: Entry) -> bool:
    """Whether a line is the beginning of the last word of the head below it: `Malvi` over `rde`."""
    last = linehead.parse(below.text).units[-1:]
    end = last[0].text if last and last[0].kind == "rest" else ""
    return (
        above.text.isalnum()
        and not above.text.isdigit()
        and len(above.text) <= 10
        and heads.read(above.text + end).scenario is not None
    )


def ends_in_words(entries: Sequence[Entry], marks: frozenset[str]) -> bool:
    """Whether most rows right below a head have words behind their figures."""
    words = figures = 0
    for entry in entries:
        tokens = entry.text.split()
        if entry.after_blank or len(tokens) > MOST_TOKENS:
            break
        pieces = [is_piece(token, marks) for token in tokens]
        words += sum(pieces[-6:]) > 1 and not pieces[-1] and tokens[-1].isalpha()
        figures += bool(entry.tail) and pieces[-1]
    return words > figures


MOST_TOKENS = 25


def recut(entries: Sequence[Entry], marks: frozenset[str]) -> None:
    """Finds figures that words of a last column stand behind."""
    for entry in entries:
        tokens = entry.text.split()
        end = len(tokens)
        if end > 2 and numbers.is_year(tokens[-1]):
            # A year that is, or ends, what is written in the last column.
            end -= 1
        while end > 0 and len(tokens) - end < 4 and not is_piece(tokens[end - 1], marks):
            end -= 1
        if end == len(tokens) or end == 0:
            continue
        label, tail = cut(" ".join(tokens[:end]).rstrip(" |"), marks)
        if len(tail.split()) > 1:
            entry.label, entry.tail, entry.behind = label, tail, " ".join(tokens[end:])


def end_of_body(entries: Sequence[Entry], first: int) -> int | None:
    """The entry after the last row of a table; None where no row follows the head."""
    last = None
    index = first
    loose = 0
    while index < len(entries):
        entry = entries[index]
        if is_next_head(entry) or years_below(entries, index + 1):
            break
        if last is not None and is_sentence(entry):
            break
        if entry.tail and len(entry.label) <= LONGEST_LABEL and not entry.text.endswith((":", "!")):
            if numbers.is_year(entry.tail.rstrip(".")) and len(entry.label) > 30:
                break
            if entry.after_blank and entry.label and numbers.is_year(entry.tail):
                # A heading with its year: `Resultat 31 december 2020`.
                loose += 1
            else:
                last, loose = index, 0
        elif len(entry.text) > LONGEST_LABEL:
            break
        else:
            loose += 1
            if loose > (9 if last is not None else 6):
                break
        index += 1
    if last is None:
        return None
    # The rest of the last row's label, where labels of this table go on below their rows.
    wrapped = any(not e.tail and not e.after_blank for e in entries[first:last])
    stop = last + 1
    while (
        stop < len(entries)
        and not entries[stop].after_blank
        and (wrapped or not begins(entries[stop].text))
        and not total(entries[last].label)
        and len(entries[stop].text) < 45
        and not SECTION.fullmatch(entries[stop].text)
        and not linehead.parse(entries[stop].text).is_head
    ):
        stop += 1
    return stop


def is_sentence(entry: Entry) -> bool:
    """Whether a line below an empty one is running text that happens to end with a figure."""
    if not entry.after_blank or not entry.tail:
        return False
    has_end = re.search(r"[a-zåäöé]{2}[.] [A-ZÅÄÖ]|\d[.] [A-ZÅÄÖ][a-zåäö]", entry.label)
    return bool(has_end) or (len(entry.tail.split()) == 1 and len(entry.label) > 45)


def is_next_head(entry: Entry) -> bool:
    """Whether a line below a head is the head of the next table: columns, and no figures but
    years."""
    parsed = linehead.parse(entry.text)
    figures = [t for t in entry.tail.split() if t not in rows.SEPARATOR]
    return len(parsed.figures) > 1 and all(linehead.kind_of(t) == "year" for t in figures)


def settle(found: FoundTable, template: Template, marks: dict[str, str]) -> bool:
    """Decides how many columns a table has and what they are called; False where nothing fits."""
    tails = [entry.tail for entry in found.body if entry.tail]
    while len(found.head) > 1 and is_name(found.head):
        found.before.append(found.head.pop(0))
    parsed = [linehead.parse(entry.text) for entry in found.head]
    printed = " ".join(entry.text for entry in found.head)
    ways: list[tuple[int, int, int, list[str]]] = []
    # So many columns as bars part in a head there are at least.
    least = max([1, *(entry.text.strip("| ").count("|") for entry in found.head)])
    for width in range(least, 13):
        labels = linehead.column_labels(parsed, width)
        block, alike = linehead.nearest_block(printed, width, template)
        if alike >= TEMPLATE_HEAD and not contradicts(labels, block):
            labels = [c.label for c in block]
        else:
            alike = 0.0
        if not labels or any(map(is_of_several, labels)):
            continue
        if width == 1 and len(linehead.parse(labels[0]).units) > 1:
            continue
        notes = note_columns(labels)
        fits = sum(bool(rows.read(t, width, marks, notes=notes).fitting) for t in tails)
        if fits and (width > 1 or fits > 1):
            ways.append((fits, int(alike), width, labels))
    if not ways:
        return False
    fits, alike, found.width, found.labels = max(ways)
    if alike >= TEMPLATE_HEAD:
        found.template_columns, _ = linehead.nearest_block(printed, found.width, template)
    return fits * 3 >= len(tails)


def is_name(head: Sequence[Entry]) -> bool:
    """Whether the first line of a head is the name of the table below it.

    `Resultat 31 december 2020` is one, and so is `Resultat` above a line of heads.
    """
    first = linehead.parse(head[0].text)
    if len(first.units) != 1:
        return False
    if first.units[0].has_year and len(first.units[0].text) > 12:
        return True
    below = max(len(linehead.parse(entry.text).units) for entry in head[1:])
    return first.units[0].kind == "outcome" and not first.label and below > 2


def is_of_several(label: str) -> bool:
    """Whether the label of one column is of several: of two years that nothing compares."""
    says = heads.read(label)
    return len(set(says.years)) > 1 and says.scenario not in ("change", "deviation")


TEMPLATE_HEAD = 78
"""How alike, 0 to 100, a head and a template's must be for the template's names to be taken."""


def contradicts(labels: Sequence[str], block: Sequence[TemplateColumn]) -> bool:
    """Whether printed heads say something else than a template's: a budget where that has an
    outcome."""
    said = [heads.read(label) for label in labels]
    is_whole = bool(said) and all(head.years for head in said)
    return is_whole and [h.scenario or "outcome" for h in said] != [c.scenario for c in block]


def note_columns(labels: Sequence[str]) -> list[int]:
    """The columns of numbers of notes."""
    return [i for i, label in enumerate(labels) if heads.read(label).role == "note"]


# Rows


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
    return heads.gender_word(re.sub(r"^varav |[ .|-]+", "", label.strip().lower()))


def is_data(entry: Entry, found: FoundTable, marks: dict[str, str]) -> bool:
    """Whether the figures of a line are those of a row."""
    if not entry.tail:
        return False
    notes = note_columns(found.labels)
    width = found.width - len(notes)
    least = 1 if gender_of(entry.label) or width <= 2 else max(2, width - 2)
    cells = smallest(entry.tail, marks)
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
        begins_here = begins(entry.label)
        own: list[Entry] = []
        if not begins_here:
            while waiting:
                taken = waiting.pop()
                own.insert(0, taken)
                if begins(taken.text) and not taken.text.startswith("("):
                    break
        place(waiting, made, state, [entry.label, *following[index]])
        waiting = []
        label = " ".join([*(e.text for e in own), entry.label]).strip()
        label = state.without_goal([e.text for e in own] + [entry.label]) if label else label
        first = own[0].line if own else entry.line
        made.append(state.piece(label, first, entry, following[index]))
    place(waiting, made, state, [])
    return made


def begins(text: str) -> bool:
    """Whether a text begins a label: with a capital, not in the middle of a word or a
    parenthesis."""
    start = text[:1]
    if VARAV.match(text):
        return True
    return bool(start) and not start.islower() and start not in "(%&,."


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

    def without_goal(self, parts: list[str]) -> str:
        """The label without the name of a goal that its first line or lines begin with."""
        goal, rest = goal_prefix(parts, self.names.goals)
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
            elif len(parts) > 1 and fuzz.ratio(start, wanted[: len(start)]) >= 84:
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
    waiting: Sequence[Entry], made: list[Piece], state: State, following: Sequence[str]
) -> None:
    """Gives lines of words that stand between two rows to the row above, or makes them headings."""
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


def is_anew(text: str, above: str, names: Names) -> bool:
    """Whether a line of words begins anew below a label that nothing leaves open."""
    is_open = above.endswith((".", ",", "-", "/", "&")) or above.count("(") > above.count(")")
    is_closing = text.count(")") > text.count("(")
    return begins(text) and not is_open and not is_closing and not names.is_unit(text)


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


# The table


def read(found: FoundTable, names: Names, template: Template, report_year: int) -> ReadTable:
    """Reads the rows of a table of lines."""
    marks = template.marks_of()
    title = title_of(found)
    named = names_of_labels(found)
    columns = [Column(0, replace(heads.read(named), role="unknown", text=named), "label")]
    for index, label in enumerate(found.labels, 1):
        says = heads.read(label)
        kind = "note" if says.role == "note" else "number"
        columns.append(
            Column(index, says, kind, says.scenario, None, says.unit_of_measure, says.gender)
        )
    for column, known in zip(columns[1:], found.template_columns, strict=False):
        year = report_year + (known.year_offset or 0)
        column.head = heads.read(known.label.replace("{year}", str(year)))
        column.scenario, column.fiscal_year = known.scenario, year
    table = ReadTable(
        f"line {found.head[0].line}",
        title,
        columns,
        [],
        heads.unit_in(title)
        or heads.unit_in(named)
        or next((c.unit_of_measure for c in found.template_columns if c.unit_of_measure), None),
        tuple(entry.line for entry in found.head),
    )
    relations = relations_of(columns[1:])
    years = [i for i, c in enumerate(columns[1:]) if c.scenario in (None, "outcome")]
    notes = note_columns(found.labels)
    above: Line | None = None
    short_rows: list[tuple[Line, Piece, rows.Row]] = []
    open_rows: list[tuple[Line, Piece, rows.Row]] = []
    for piece in pieces_of(found, names, marks):
        unit = ""
        if found.has_units and " " in piece.label:
            piece.label, _, unit = piece.label.rpartition(" ")
        *outer, piece.label = (part.strip() for part in piece.label.rstrip(" |").split(" | "))
        if outer:
            piece.heading = outer[-1]
        line = line_of(piece)
        line.unit_of_measure = heads.unit_in(unit, inferred=True) or line.unit_of_measure
        blank = blank_for(line, above, columns[1:])
        row = rows.read(piece.tail, found.width, marks, relations, years, blank, notes)
        fill(line, piece, row, columns[1:], found.width)
        if piece.tail and not row.how and len(row.fitting) > 1 and not row.may_have_lost:
            open_rows.append((line, piece, row))
        if row.how and row.may_have_lost:
            short_rows.append((line, piece, row))
        table.lines.append(line)
        if line.gender is None:
            above = line
    settle_columns(table, report_year)
    settle_rows(table, open_rows, columns[1:], found.width)
    broken = {i for s in arithmetic.sums(table) if s.broken for i in (*s.parts, s.total)}
    for line, piece, row in short_rows:
        if any(table.lines[i] is line for i in broken):
            # It fits by itself, and breaks the sum that it is a part of.
            fill(line, piece, rows.Row(row.fitting), columns[1:], found.width)
    part_goals(table)
    return table


GOAL_AND_INDICATOR = re.compile(r"([A-ZÅÄÖ][^A-ZÅÄÖ()]*) ([A-ZÅÄÖ][a-zåäöé].*)")


def part_goals(table: ReadTable) -> None:
    """Parts the name of a goal from the first indicator below it, where the head has a column for
    each: the indicator begins with the next capital."""
    goal_head, _, rest = table.columns[0].head.text.partition(" ")
    parts = [GOAL_AND_INDICATOR.fullmatch(line.label) for line in table.lines]
    is_named = bool(parts) and bool(parts[0] or table.lines[0].group)
    is_named = is_named and not any(line.section for line in table.lines)
    if not (heads.is_goal_word(goal_head) and rest[:1].isupper() and is_named):
        return
    goal = ""
    for line, part in zip(table.lines, parts, strict=True):
        if line.group:
            goal = line.group
        elif part:
            goal, line.label = part[1], part[2]
            line.unit_of_measure = heads.unit_in(line.label) or line.unit_of_measure
        if not line.group and not line.is_total:
            line.group = goal


MOST_WAYS = 80


def settle_rows(
    table: ReadTable,
    open_rows: list[tuple[Line, Piece, rows.Row]],
    columns: Sequence[Column],
    width: int,
) -> None:
    """Takes of several ways to cut a row the one with which the table adds up best, if one does."""
    relations = arithmetic.relations(table)
    places = [i for i, column in enumerate(columns) if column.kind == "number"]
    for line, piece, row in open_rows:
        ways = [
            way
            for way in row.fitting
            if all(r.check([way.values[i] for i in places]) is True for r in relations)
        ]
        if relations and len(ways) == 1:
            fill(line, piece, rows.Row(ways, "grouped"), columns, width)
            continue
        if len(row.fitting) > MOST_WAYS:
            continue
        scores = []
        for way in row.fitting:
            fill(line, piece, rows.Row([way], "grouped"), columns, width)
            scores.append(added_up(table) + next_note(table, line))
        best = max(range(len(scores)), key=lambda i: scores[i])
        if scores.count(scores[best]) == 1 and scores[best] > 0:
            fill(line, piece, rows.Row([row.fitting[best]], "grouped"), columns, width)
        else:
            fill(line, piece, row, columns, width)


def added_up(table: ReadTable) -> int:
    """How many sums of a table hold, less those that do not."""
    return sum(len(s.held) - len(s.broken) for s in arithmetic.sums(table))


def next_note(table: ReadTable, line: Line) -> int:
    """1 where a row's note is the one after the last above it, for notes count upwards."""
    notes = [c.index for c in table.columns if c.kind == "note"]
    said = [
        n
        for one in table.lines
        for i in notes
        for n in re.findall(r"\d+", one.figures[i].cell.text)
    ]
    own = [n for i in notes for n in re.findall(r"\d+", line.figures[i].cell.text)]
    return int(
        bool(own) and said == [str(n) for n in range(int(said[0]), int(said[0]) + len(said))]
    )


def title_of(found: FoundTable) -> str:
    """What a table is called: the line above its head, else the words of the head that say no
    column."""
    above = found.before[-1] if found.before else None
    if above and is_title(above.text) and found.head[0].line - above.line <= 3:
        return above.text
    return names_of_labels(found)


def names_of_labels(found: FoundTable) -> str:
    """The words of a head that say no column: of its columns of labels, or the table's name."""
    parsed = [linehead.parse(entry.text) for entry in found.head]
    return " ".join(line.label for line in parsed if line.label and line.units)


def line_of(piece: Piece) -> Line:
    """A row with its label."""
    return Line(
        piece.label,
        piece.group,
        piece.section,
        min(piece.first, piece.tail_line),
        max(piece.last, piece.tail_line),
        f"line {piece.tail_line}",
        is_total=total(piece.label),
        unit_of_measure=heads.unit_in(piece.label),
        gender=gender_of(piece.label),
        fiscal_year=int(piece.label) if numbers.is_year(piece.label) else None,
    )


def relations_of(columns: Sequence[Column]) -> list[rows.Relation]:
    """What the heads say of a row: a deviation is a budget less an outcome, or the other way."""
    found = []
    for position, column in enumerate(columns):
        if column.scenario != "deviation":
            continue
        before = list(enumerate(columns[:position]))
        budgets = [i for i, c in before if c.scenario == "budget"]
        outcomes = [i for i, c in before if c.scenario in (None, "outcome")]
        if not budgets or not outcomes:
            continue
        budget = budgets[-1]
        year = columns[budget].head.years[-1:]
        same = [i for i in outcomes if columns[i].head.years[-1:] == year] or outcomes
        outcome = min(same, key=lambda i: abs(i - budget))
        found.append(rows.Relation(position, ((outcome, 1), (budget, -1)), True, "deviation"))
    return found


def blank_for(line: Line, above: Line | None, columns: Sequence[Column]) -> list[list[int]]:
    """The columns that a row of one gender leaves blank: those where the whole has no number, and
    targets; or targets alone."""
    if not line.gender or not above or not above.figures:
        return []
    targets = [i for i, column in enumerate(columns) if column.scenario == "target"]
    without = [
        i
        for i, column in enumerate(columns)
        if not isinstance(above.figures[column.index].reading, (Number, numbers.Refused))
    ]
    ways = (sorted({*targets, *without}), targets)
    return [way for way in ways if 0 < len(way) < len(columns)]


def fill(line: Line, piece: Piece, row: rows.Row, columns: Sequence[Column], width: int) -> None:
    """Puts the cells of a row into their columns, or the question about them."""
    place = f"line {piece.tail_line}"
    grouping = row.chosen or (row.fitting[0] if row.fitting else None)
    texts = list(grouping.texts) if grouping else [""] * width
    readings = list(grouping.readings) if grouping else [BLANK] * width
    if piece.units:
        bare = [
            i for i, r in enumerate(readings) if isinstance(r, Number) and not r.unit_of_measure
        ]
        if len(bare) == len(piece.units):
            for i, unit in zip(bare, piece.units, strict=True):
                texts[i] = f"{texts[i]} {unit}"
                readings[i] = numbers.read(texts[i], {})
    question = None
    if piece.tail and not row.how:
        ways = tuple(" | ".join(g.texts) for g in row.fitting[:6])
        what = " / ".join(p for p in (piece.group, piece.label) if p)
        question = Question(
            place,
            piece.tail,
            f"{what}: raden går att dela på flera sätt. Vilka är dess {width} celler?",
            ways,
        )
    for i, column in enumerate(columns):
        cell = Cell(texts[i], place, column.index)
        figure = Figure(cell, column, readings[i], row.how or "direct", question)
        if any(map(numbers.is_damaged, texts[i].split())):
            figure.how_read = "corrected"
        if piece.remark and column is remark_column(columns):
            figure.cell = Cell(f"{texts[i]} {piece.remark}", place, column.index)
            figure.how_read = "matched"
        if isinstance(readings[i], numbers.Refused) and question is None:
            lost = readings[i].candidates
            figure.question = Question(
                place,
                texts[i],
                f"{piece.label} / {column.head.text}: ett decimalkomma kan ha fallit bort. "
                "Vilket tal står här?",
                tuple(f"{n.value:f}".replace(".", ",") for n in lost),
            )
        line.figures[column.index] = figure


def remark_column(columns: Sequence[Column]) -> Column | None:
    """The column that a remark beside the figures of a row is about: the latest outcome."""
    outcomes = [c for c in columns if c.scenario in (None, "outcome")]
    return max(outcomes, key=lambda c: (c.head.years[-1:] or (0,), -c.index), default=None)


def missing_or_number(reading: object) -> bool:
    """Whether a reading is certain."""
    return isinstance(reading, (Missing, Number))


def learn(entries: Iterable[Entry], names: Names) -> None:
    """Notes names of units and goals that the document prints, for reading its other tables."""
    for entry in entries:
        if entry.tail and not total(entry.label) and len(entry.label) < 45:
            names.add_unit(entry.label)

"""Tables found in lines: a head that a template knows, and the body below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bokslut.transcription.reading import heads, linehead, numbers, rows
from bokslut.transcription.reading.labels import alike
from bokslut.transcription.reading.lines.entry import Entry, begins, cut, is_piece
from bokslut.transcription.reading.tables.columns import is_title
from bokslut.transcription.reading.tables.segments import LIKE_HEADS
from bokslut.transcription.reading.tables.table import VARAV, total
from bokslut.transcription.reading.template import Template, TemplateColumn

LONGEST_LABEL = 78
"""A line of words that is longer is running text."""
SECTION = re.compile(r"[^\d]{3,45}:(?: .*)?")


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
        below: entries below the body whose figures are of other columns, and heads that come again.
    """

    head: list[Entry]
    body: list[Entry]
    before: list[Entry]
    width: int = 0
    labels: list[str] = field(default_factory=list)
    template_columns: tuple[TemplateColumn, ...] = ()
    below: list[Entry] = field(default_factory=list)

    @property
    def has_units(self) -> bool:
        """Whether the labels end with the unit of measure, which has a column of its own."""
        return any(linehead.parse(entry.text).has_unit_before for entry in self.head)


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
            stop = index + 1 + years if years and labels else None
            found = part(entries, index, stop, start_of_rest)
            found.width, found.labels = len(labels), labels
            if not (stop and fits_all(found, marks)):
                stop = end_of_body(entries, index + 1) if may_be_head(entries, index) else None
                found = part(entries, index, stop, start_of_rest)
                stop = stop if stop and by_capitals(found, marks) else None
            if stop:
                yield found
            index = stop or index + 1
            start_of_rest = stop or start_of_rest
            continue
        end = index
        while end + 1 < len(entries) and end - index < 3 and (more := is_more_head(entries, end)):
            end += more
        first = index
        if index and is_start_of_word(entries[index - 1], entries[end]):
            first -= 1
        head = list(entries[first : end + 1])
        if ends_in_words(entries[end + 1 : end + 40], known):
            head[-1] = replace(head[-1], text=linehead.with_texts_behind(head[-1].text))
        if any(linehead.parse(e.text).has_texts_behind for e in head):
            recut(entries[end + 1 : end + 200], known)
        stop = end_of_body(entries, end + 1, head)
        if stop is None:
            index = end + 1
            continue
        body = list(entries[end + 1 : stop])
        found = FoundTable(head, body, list(entries[start_of_rest:first]))
        while again := next((i for i, e in enumerate(body) if is_again(head, body[i:])), 0):
            found.below += body[again : again + len(head)]
            del body[again : again + len(head)]
        if settle(found, template, marks):
            yield found
            index = start_of_rest = stop
        else:
            index = end + 1


def part(entries: Sequence[Entry], head: int, stop: int | None, rest: int) -> FoundTable:
    """The table of one line of heads that ends before `stop`, and what stands above it from `rest`
    on; with nothing in it where that is None."""
    if stop is None:
        return FoundTable([], [], [])
    return FoundTable([entries[head]], list(entries[head + 1 : stop]), list(entries[rest:head]))


def may_be_head(entries: Sequence[Entry], index: int) -> bool:
    """Whether a line that no word tells to be a head may be one: three words with capitals, no
    figures but years, and rows of figures right below it."""
    here, below = entries[index], entries[index + 1 : index + 3]
    words_of_it = here.text.split()
    return (
        sum(word[0].isupper() for word in words_of_it) > 2
        and not here.text.endswith((".", ":"))
        and len(here.text) < linehead.LONGEST_HEAD
        and all(linehead.kind_of(t) == "year" for t in here.tail.split())
        and len(below) > 1
        and all(len(entry.tail.split()) > 1 for entry in below)
    )


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


def is_more_head(entries: Sequence[Entry], index: int) -> int:
    """How many of the next lines belong to the same head: its words, or the rest of words that were
    cut."""
    text, below = entries[index].text, entries[index + 1]
    if linehead.parse(below.text).is_head:
        return int(not is_row_without_figures(entries[index], below))
    cut_off = text.endswith("-") or text.endswith("- |")
    if cut_off and len(below.text.split()) <= 4 and not below.tail and len(below.text) < 60:
        return 1
    # The rest of a word of the labels' head, between two lines of the others.
    is_rest = below.text.islower() and below.text.isalpha() and len(below.text) < 10
    is_between = is_rest and any(linehead.parse(e.text).is_head for e in entries[index + 2 :][:1])
    return 2 if is_between else int(is_small_print(below))


def is_small_print(entry: Entry) -> bool:
    """Whether a line right below a head can only go on with it: words in small letters that no row
    begins with."""
    return (
        not entry.tail
        and not entry.after_blank
        and entry.text.islower()
        and len(entry.text) < LONGEST_REST
        and not VARAV.match(entry.text)
        and not heads.gender_word(entry.text)
    )


LONGEST_REST = 40


def is_row_without_figures(head: Entry, below: Entry) -> bool:
    """Whether a word of heads below a line that says the years of all columns is the label of a row
    whose figures are lost: `Intäkter`."""
    columns, said = linehead.parse(head.text).figures, linehead.parse(below.text).figures
    return (
        len(said) == 1
        and said[0].kind in ("income", "cost")
        and len(columns) > 1
        and all(column.has_year or column.kind in linehead.NO_YEAR for column in columns)
    )


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
        says = tokens[-1].isalpha() and not LIKE_PER_CENT.fullmatch(tokens[-1])
        words += sum(pieces[-6:]) > 1 and not pieces[-1] and says
        figures += bool(entry.tail) and pieces[-1]
    return words > figures


MOST_TOKENS = 25
LIKE_PER_CENT = re.compile(r"Y[o0]?|H[NVWYo]|[MN][HNWY]|VW")
"""What a scan makes of a per cent sign behind a figure."""


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


def is_again(head: Sequence[Entry], entries: Sequence[Entry]) -> bool:
    """Whether lines below an empty one are the head of their table once more: a page begins."""
    lines = entries[: len(head)]
    return (
        lines[0].after_blank
        and len(lines) == len(head)
        and all(
            heads.years_of(a.text) == heads.years_of(b.text) and alike(a.text, b.text) >= LIKE_HEADS
            for a, b in zip(head, lines, strict=True)
        )
    )


def end_of_body(entries: Sequence[Entry], first: int, head: Sequence[Entry] = ()) -> int | None:
    """The entry after the last row of a table; None where no row follows the head. Where that comes
    again before the sum, the table goes on."""
    last = None
    index = first
    loose = 0
    while index < len(entries):
        entry = entries[index]
        if head and last is not None and is_again(head, entries[index : index + len(head)]):
            if total(entries[last].label):
                break
            index += len(head)
            continue
        if is_next_head(entry) or is_lone_head(entry) or years_below(entries, index + 1):
            break
        if (
            last is None
            and index > first
            and linehead.parse(entry.text).is_head
            and not is_row_without_figures(entries[first - 1], entry)
        ):
            # The nearest head above the rows is theirs.
            return None
        if last is not None and (is_sentence(entry) or is_next_name(entries, index)):
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
    rests = [e.text for e in entries[first:last] if not e.tail and not e.after_blank]
    stop = last + 1
    while (
        stop < len(entries)
        and (not entries[stop].after_blank or goes_on_behind_page(entries[stop]))
        and (rests or not begins(entries[stop].text))
        and not total(entries[last].label)
        and len(entries[stop].text) < 45
        and not SECTION.fullmatch(entries[stop].text)
        and (entries[stop].text.islower() or not linehead.parse(entries[stop].text).is_head)
    ):
        stop += 1
    if (
        stop < len(entries)
        and is_next_head(entries[stop])
        and (not entries[stop].after_blank or not any(map(begins, rests)))
    ):
        # Right above the head of the next table stand its name and headings.
        while stop > last + 1 and begins(entries[stop - 1].text):
            stop -= 1
    return stop


def goes_on_behind_page(entry: Entry) -> bool:
    """Whether a line below an empty one, where a page may end, is the rest of a label."""
    return entry.text[:1].islower() and len(entry.text) < 30 and not entry.tail


def is_sentence(entry: Entry) -> bool:
    """Whether a line below an empty one is running text that happens to end with a figure."""
    if not entry.after_blank or not entry.tail:
        return False
    if entry.tail.endswith(".") and sum(map(str.islower, entry.label.split())) > 3:
        return True
    has_end = re.search(r"[a-zåäöé]{2}[.] [A-ZÅÄÖ]|\d[.] [A-ZÅÄÖ][a-zåäö]", entry.label)
    return bool(has_end) or (len(entry.tail.split()) == 1 and len(entry.label) > 45)


def is_next_name(entries: Sequence[Entry], index: int) -> bool:
    """Whether a line below an empty one names a table of amounts, with a head below it, whatever a
    scan left of that."""
    entry, below = entries[index], entries[index + 1 : index + 2]
    return (
        entry.after_blank
        and not entry.tail
        and heads.unit_in(entry.text) in ("tkr", "mnkr", "mdkr", "kr")
        and is_title(entry.text)
        and any(map(linehead.kind_of, below[0].text.split() if below else ()))
    )


def is_next_head(entry: Entry) -> bool:
    """Whether a line below a head is the head of the next table: columns, and no figures but
    years."""
    parsed = linehead.parse(entry.text)
    figures = [t for t in entry.tail.split() if t not in rows.SEPARATOR]
    return len(parsed.figures) > 1 and all(linehead.kind_of(t) == "year" for t in figures)


def is_lone_head(entry: Entry) -> bool:
    """Whether a line is the head of one column of a year, and no more."""
    parsed = linehead.parse(entry.text)
    is_of_one = not parsed.label and len(parsed.figures) == 1 and parsed.figures[0].has_year
    return (
        is_of_one
        and numbers.is_year(entry.tail)
        and parsed.figures[0].kind in linehead.SCENARIO_KINDS
    )


def settle(found: FoundTable, template: Template, marks: dict[str, str]) -> bool:
    """Decides how many columns a table has and what they are called; False where nothing fits."""
    # Women and men leave columns blank.
    whole = [e.tail for e in found.body if e.tail and not heads.gender_word(e.label)]
    tails = whole or [e.tail for e in found.body if e.tail]
    while len(found.head) > 1 and is_name(found.head):
        found.before.append(found.head.pop(0))
    parsed = [linehead.parse(entry.text) for entry in found.head]
    printed = " ".join(entry.text for entry in found.head)
    ways: list[tuple[int, int, int, list[str]]] = []
    # So many columns as bars part in a head there are at least.
    least = max([1, *(entry.text.strip("| ").count("|") for entry in found.head)])
    for width in range(least, 13):
        labels = linehead.column_labels(without_heading(parsed, width), width)
        labels = labels or linehead.column_labels([line for line in parsed if line.is_head], width)
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
        return by_capitals(found, marks)
    fits, alike, found.width, found.labels = max(ways)
    if alike >= TEMPLATE_HEAD:
        found.template_columns, _ = linehead.nearest_block(printed, found.width, template)
    return fits * 3 >= len(tails)


FIGURES = re.compile(r"(?:^| )(?:[-–]?\d+,\d+|[-–]\d+)(?= |$)")
"""What no label has, if it is no figure of a column that was cut off: a decimal, or a minus."""


def by_capitals(found: FoundTable, marks: dict[str, str]) -> bool:
    """Takes the words of a head that begin with a capital, or are years, for its columns, where so
    many cells, with or without a head of the labels, fit every row in one way."""
    tails = [entry.tail for entry in found.body if entry.tail]
    pieces: list[str] = []
    for token in found.head[0].text.replace("|", " ").split():
        is_new = token[0].isupper() or (
            bool(pieces) and numbers.is_year(token) and bool(heads.years_of(pieces[-1]))
        )
        if is_new or not pieces:
            pieces.append(token)
        else:
            pieces[-1] += f" {token}"
    named = [piece for piece in pieces[1:] if sum(map(str.isalnum, piece)) > 2]
    if len(set(map(str.lower, named))) < len(pieces) - 1:
        return False
    for width in (len(pieces) - 1, len(pieces)):
        read = [rows.read(tail, width, marks) for tail in tails if width > 1]
        if len(read) > 1 and sum(bool(row.how) and not row.may_have_lost for row in read) * 4 > (
            3 * len(read)
        ):
            found.width, found.labels = width, pieces[-width:]
            return True
    return False


def is_name(head: Sequence[Entry]) -> bool:
    """Whether the first line of a head is the name of the table below it.

    `Resultat 31 december 2020` is one, and so are `Resultat` and `Vår ekonomi 2020, tkr` above a
    line of heads.
    """
    first = linehead.parse(head[0].text)
    below = max(len(linehead.parse(entry.text).units) for entry in head[1:])
    if first.label and [unit.kind for unit in first.units] == ["year", "measure"]:
        return below > 2
    if len(first.units) != 1:
        return False
    if first.units[0].has_year and len(first.units[0].text) > 12:
        return True
    return first.units[0].kind == "outcome" and not first.label and below > 2


def without_heading(lines: list[linehead.HeadLine], width: int) -> list[linehead.HeadLine]:
    """The lines of a head without a heading of targets above a line that says a year for each
    column: a column of targets would be one more."""
    if len(lines) != 2 or lines[0].label or len(lines[1].figures) != width:
        return lines
    years = {unit.text for unit in lines[1].figures if unit.has_year}
    is_heading = [unit.kind for unit in lines[0].units] == ["target"]
    return lines[1:] if is_heading and len(years) == width > 1 else lines


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


def title_of(found: FoundTable) -> str:
    """What a table is called: the line above its head, else the words of the head that say no
    column."""
    above = [e for e in found.before[-2:] if found.head[0].line - e.line <= 5 and is_title(e.text)]
    if numbered := [e for e in above if NUMBERED.match(e.text)]:
        # The head of the labels may stand between them.
        return numbered[-1].text
    if above and above[-1] is found.before[-1] and found.head[0].line - above[-1].line <= 3:
        return above[-1].text
    return names_of_labels(found)


NUMBERED = re.compile(r"(?:Tabell|Diagram) \d", re.IGNORECASE)


def names_of_labels(found: FoundTable) -> str:
    """The words of a head that say no column: of its columns of labels, or the table's name."""
    parsed = [linehead.parse(entry.text) for entry in found.head]
    return " ".join(
        line.label
        for line, entry in zip(parsed, found.head, strict=True)
        if line.label and (line.units or is_small_print(entry))
    )

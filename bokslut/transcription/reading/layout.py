"""From words with boxes on a page to tables and paragraphs: for digital pages and scanned ones
alike.

Lengths are in points, from the top left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from bokslut.transcription.reading import heads, numbers
from bokslut.transcription.reading.numbers import BLANK, Missing, Number
from bokslut.transcription.reading.words import of_marks

CELL_GAP = 0.72
"""The space, in heights of the letters, from which two words stand in different cells."""
WORD_GAP = 0.42
"""The space up to which they can be words of one text."""
RIVER = 0.55
"""The space from which a gap that runs down through all rows parts columns."""
CREEK = 0.2
"""The same where what stands on both sides of it cannot be of one cell."""
OVER = 0.25
"""How far two lines stand over each other, in heights, where they are of one row."""
SIGNS = ("-", "–", "−", "+")
SAME_ROW = 0.45
"""The space between two lines, in heights of the letters, up to which they can be one row."""
TOUCH = 3.0
"""How far two ruled lines may end from each other and still meet."""


@dataclass(slots=True)
class Word:
    """A word on a page.

    Attributes:
        text: its letters.
        x0, x1, top, bottom: its box.
        marks: footnote marks that stand raised behind it.
        others: what else it was read as, where it was read more than once.
        doubtful: the reader of pictures is not sure of it.
        is_spaced: whether a space stands behind it; None where the page keeps none at the end of
            a line.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    marks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    doubtful: bool = False
    is_spaced: bool | None = None

    @property
    def height(self) -> float:
        """The height of its box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The middle of its box from the left."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: at `at`, from `start` to `end`; upright or lying."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class TextLine:
    """Words on one line, from the left."""

    words: list[Word]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(w.bottom for w in self.words)

    @property
    def height(self) -> float:
        """The height of most of its letters."""
        return median(w.height for w in self.words)

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(w.x1 for w in self.words)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(w.text for w in self.words)

    def segments(self) -> list[list[Word]]:
        """Its words, parted where the space between them is that between cells."""
        parts: list[list[Word]] = [[self.words[0]]]
        for word in self.words[1:]:
            gap = word.x0 - parts[-1][-1].x1
            if gap > CELL_GAP * self.height and not ONLY_MARK.fullmatch(word.text):
                parts.append([word])
            else:
                parts[-1].append(word)
        return parts


@dataclass(slots=True)
class GridCell:
    """A cell of a found table: its place in the grid, its words and, where it is known, its box.

    Where the box ends between columns, `edge` is how far the texts of its column reach.
    """

    row: int
    column: int
    span: int = 1
    rows: int = 1
    words: list[Word] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    edge: float | None = None

    @property
    def text(self) -> str:
        """Its words, in lines from the top."""
        return joined(lines_of(self.words), self.box, self.edge)

    @property
    def marks(self) -> tuple[str, ...]:
        """The footnote marks in it."""
        return tuple(mark for word in self.words for mark in word.marks)

    @property
    def others(self) -> tuple[str, ...]:
        """What else it was read as."""
        if not any(w.others for w in self.words):
            return ()
        return (" ".join((w.others[0] if w.others else w.text) for w in self.words),)

    @property
    def doubtful(self) -> bool:
        """Whether the reader of pictures is not sure of a digit in it."""
        return any(w.doubtful and not any(c.isalpha() for c in w.text) for w in self.words)


@dataclass(slots=True)
class Grid:
    """A table on a page: its cells, row by row."""

    rows: list[list[GridCell]]
    top: float
    bottom: float
    x0: float
    x1: float


@dataclass(slots=True)
class Block:
    """A paragraph on a page."""

    text: str
    top: float
    bottom: float
    x0: float
    height: float
    is_bold: bool = False
    marks: tuple[str, ...] = ()


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """Words grouped into lines, from the top, each from the left."""
    lines: list[TextLine] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom) / 2):
        centre = (word.top + word.bottom) / 2
        for line in reversed(lines[-4:]):
            # A word belongs to the line whose middle it covers.
            middle = (line.words[-1].top + line.words[-1].bottom) / 2
            limit = 0.5 * min(word.height, line.words[-1].height)
            if abs(centre - middle) <= max(limit, 0.3 * max(word.height, line.words[-1].height)):
                line.words.append(word)
                break
        else:
            lines.append(TextLine([word]))
    for line in lines:
        line.words.sort(key=lambda w: w.x0)
    return sorted(lines, key=lambda line: line.top)


def joined(
    lines: Sequence[TextLine],
    box: tuple[float, float, float, float] | None = None,
    edge: float | None = None,
) -> str:
    """Lines as one text; a word that is parted at the end of a line is put together.

    A word is parted by a soft hyphen, or where it is longer than its cell is wide.
    """
    text = ""
    before: TextLine | None = None
    for line in lines:
        piece = line.text
        if text.endswith("\u00ad"):
            text = text[:-1] + piece
        elif before and box and is_cut(before, line, box, edge):
            text += piece
        else:
            text += (" " if text else "") + piece
        before = line
    return text.replace("\u00ad", "")


def is_cut(
    line: TextLine,
    below: TextLine,
    box: tuple[float, float, float, float],
    edge: float | None,
) -> bool:
    """Whether a word goes on below because it is longer than its cell: no letter more would fit.

    Where no line says how wide the cell is, only a page that keeps its spaces tells.
    """
    first, last = below.words[0], line.words[-1]
    if last.is_spaced or (edge is not None and last.is_spaced is None):
        return False
    if len(line.words) > 1 or not first.text[:1].islower() or not last.text[-1:].isalpha():
        return False
    if heads.is_known(last.text):
        return False
    letter = (first.x1 - first.x0) / max(1, len(first.text))
    inner = edge if edge is not None else box[2] - max(1.0, line.x0 - box[0])
    return line.x1 + 1.05 * letter > inner


def is_figure(text: str) -> bool:
    """Whether a text is a number, a year or a mark of a missing one."""
    reading = numbers.read(text, of_marks())
    return isinstance(reading, (Number, Missing)) and reading != BLANK


BEGINS_WITH_FIGURE = re.compile(r"[+\-−–]?\d[\d \u00a0]*(?:,\d+)? ?%?(?: ?[△▲▽▼◇◆†‡][A-Z]?\d*)? \(")
"""A number with the beginning of a remark behind it."""
ONLY_MARK = re.compile(r"[△▲▽▼◇◆†‡*][A-Z]?\d*")
"""A footnote mark, which belongs to what stands before it."""


def is_figure_like(text: str) -> bool:
    """Whether a text may be a figure, read rightly or not."""
    if is_figure(text) or BEGINS_WITH_FIGURE.match(text):
        return True
    if ONLY_MARK.fullmatch(text):
        return False
    digits = sum(c.isdigit() for c in text)
    return digits > 0 and digits * 2 >= sum(not c.isspace() for c in text)


# Ruled grids


def ruled_grids(
    words: Sequence[Word], lying: Sequence[Rule], upright: Sequence[Rule]
) -> tuple[list[Grid], list[Word]]:
    """Tables whose cells are ruled on all sides, and the words that stand in none."""
    left = list(words)
    grids = []
    for across, down in components(lying, upright):
        xs, ys = distinct(r.at for r in down), distinct(r.at for r in across)
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [
            w
            for w in left
            if xs[0] - 1 < w.middle < xs[-1] + 1 and ys[0] - 1 < (w.top + w.bottom) / 2 < ys[-1] + 1
        ]
        if len(inside) < 2 or (len(ys) == 2 and is_band(inside, left)):
            continue
        grid = ruled_grid(inside, xs, ys, across, down)
        if grid:
            taken = set(map(id, inside))
            left = [w for w in left if id(w) not in taken]
            grids.append(grid)
    return grids, left


def with_heads_above(
    grids: Sequence[Grid], lines: list[TextLine]
) -> tuple[Sequence[Grid], list[TextLine]]:
    """Ruled tables with the heads that stand right above the first line of some, and the lines
    left."""
    left = list(lines)
    for grid in grids:
        if len(grid.rows[0]) < 2 or not any(is_figure(c.text) for c in grid.rows[0][1:]):
            continue
        above: list[TextLine] = []
        for line in reversed([one for one in left if one.bottom < grid.top + 0.5 * one.height]):
            edge = above[0].top if above else grid.top
            close = 0.8 if above else 1.2
            if edge - line.bottom > close * line.height or line.x1 > grid.x1 + 2:
                break
            above.insert(0, line)
        texts = [text_of(piece) for line in above for piece in close_pieces(line.words)]
        while above and len(above[0].segments()) < 2:
            above = above[1:]
        if not above or 2 * sum(map(is_headish, texts)) < len(texts):
            continue
        columns = columns_of_grid(grid)
        heads_above = cells_of_row(above, columns, 0, is_last_head=True)
        if len(heads_above) > 1:
            grid.rows.insert(0, heads_above)
            grid.top = above[0].top
            left = [line for line in left if line not in above]
    return grids, left


def columns_of_grid(grid: Grid) -> list[tuple[float, float]]:
    """From where to where each column of a ruled table reaches, by its cells of one column."""
    found: dict[int, tuple[float, float]] = {}
    for cell in (cell for row in grid.rows for cell in row):
        if cell.box and cell.span == 1:
            found.setdefault(cell.column, (cell.box[0], cell.box[2]))
    return [found[column] for column in sorted(found)]


def is_band(inside: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a single row of boxes is the ground of one row of a table: cells stand close to it
    that have none."""
    own = set(map(id, inside))
    top, bottom = min(w.top for w in inside), max(w.bottom for w in inside)
    x0, x1 = min(w.x0 for w in inside), max(w.x1 for w in inside)
    reach = 2.2 * median(w.height for w in inside)
    near = [
        w
        for w in words
        if id(w) not in own
        and w.x1 > x0
        and w.x0 < x1
        and (top - reach < w.bottom <= top + 1 or bottom - 1 <= w.top < bottom + reach)
    ]
    return any(len(line.segments()) > 1 for line in lines_of(near))


def components(
    lying: Sequence[Rule], upright: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Ruled lines that meet each other, as groups of lying and upright ones."""
    rest_lying, rest_upright = list(lying), list(upright)
    while rest_upright:
        down, across = [rest_upright.pop()], []
        grew = True
        while grew:
            grew = False
            for group, rest, others in ((across, rest_lying, down), (down, rest_upright, across)):
                meeting = [r for r in rest if any(meet(r, o) for o in others)]
                if meeting:
                    grew = True
                    group += meeting
                    for rule in meeting:
                        rest.remove(rule)
        yield across, down


def meet(one: Rule, other: Rule) -> bool:
    """Whether a lying and an upright line meet."""
    return (
        one.start - TOUCH <= other.at <= one.end + TOUCH
        and other.start - TOUCH <= one.at <= other.end + TOUCH
    )


def distinct(values: Iterable[float], within: float = 2.5) -> list[float]:
    """Values in order, those that are about the same taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > within:
            found.append(value)
    return found


def ruled_grid(
    words: list[Word], xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> Grid | None:
    """The cells between ruled lines; those with no line between them are one."""

    def wall_right(row: int, column: int) -> bool:
        y = (ys[row] + ys[row + 1]) / 2
        return any(abs(r.at - xs[column + 1]) < 2.5 and r.start - 1 <= y <= r.end + 1 for r in down)

    def wall_below(row: int, column: int) -> bool:
        x = (xs[column] + xs[column + 1]) / 2
        return any(abs(r.at - ys[row + 1]) < 2.5 and r.start - 1 <= x <= r.end + 1 for r in across)

    height, width = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], GridCell] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in owner:
                continue
            span = 1
            while (
                column + span < width
                and (row, column + span) not in owner
                and not wall_right(row, column + span - 1)
            ):
                span += 1
            rows = 1
            while row + rows < height and not any(
                wall_below(row + rows - 1, column + i) for i in range(span)
            ):
                rows += 1
            box = (xs[column] + 1, ys[row] + 1, xs[column + span] - 1, ys[row + rows] - 1)
            cell = GridCell(row, column + 1, span, rows, box=box)
            for r in range(row, row + rows):
                for c in range(column, column + span):
                    owner[r, c] = cell
    for word in words:
        y = (word.top + word.bottom) / 2
        row = max(i for i in range(height) if ys[i] <= y + 1 or i == 0)
        column = max(i for i in range(width) if xs[i] <= word.middle + 1 or i == 0)
        owner[row, column].words.append(word)
    for cell in list({id(cell): cell for cell in owner.values() if cell.span > 1}.values()):
        for part in unmerged(cell, xs):
            for r in range(cell.row, cell.row + cell.rows):
                for c in range(part.column - 1, part.column - 1 + part.span):
                    owner[r, c] = part
    made = []
    for row in range(height):
        cells = {id(owner[row, c]): owner[row, c] for c in range(width)}
        made += split_band(list(cells.values()), row)
    made = [row for row in made if any(cell.words for cell in row)]
    if not made or max(len(row) for row in made) < 2:
        return None
    return Grid(made, ys[0], ys[-1], xs[0], xs[-1])


def unmerged(cell: GridCell, xs: Sequence[float]) -> Iterator[GridCell]:
    """The cells that a cell over several columns is where its words stand in several of them: the
    ground of one row is ruled, that of the next is not."""
    inner = [
        c
        for c in range(cell.column, cell.column + cell.span - 1)
        if not any(w.x0 < xs[c] - 1 and w.x1 > xs[c] + 1 for w in cell.words)
    ]

    def home(word: Word) -> int:
        return sum(word.middle > xs[c] for c in inner)

    pieces = [piece for line in lines_of(cell.words) for piece in close_pieces(line.words)]
    homes = [set(map(home, piece)) for piece in pieces]
    apart = len(set().union(*homes))
    if apart < 2 or any(len(some) > 1 for some in homes) or (apart < 3 and not are_heads(pieces)):
        yield cell
        return
    edges = [cell.column - 1, *inner, cell.column + cell.span - 1]
    for number, (first, last) in enumerate(pairwise(edges)):
        words = [w for w in cell.words if home(w) == number]
        box = (xs[first] + 1, cell.box[1], xs[last] - 1, cell.box[3]) if cell.box else None
        yield GridCell(cell.row, first + 1, last - first, cell.rows, words, box)


def are_heads(pieces: Sequence[list[Word]]) -> bool:
    """Whether each of some texts is a head by itself."""
    texts = [text_of(piece) for piece in pieces]
    return all(is_headish(text) or heads.gender_in(text) for text in texts)


def split_band(cells: list[GridCell], row: int) -> list[list[GridCell]]:
    """The rows between two lying lines: several where columns of figures have several lines."""
    own = [cell for cell in cells if cell.row == row]
    lines = {id(cell): lines_of(cell.words) for cell in own}
    numeric = [
        ls for ls in lines.values() if len(ls) > 1 and sum(is_figure(line.text) for line in ls) > 1
    ]
    if len(numeric) < 2 or len({len(ls) for ls in numeric}) > 1 or any(c.rows > 1 for c in own):
        return [cells]
    tops = [line.top for line in numeric[0]]
    parts: list[list[GridCell]] = [[GridCell(row, c.column, c.span) for c in own] for _ in tops]
    for position, cell in enumerate(own):
        for word in cell.words:
            nearest = min(range(len(tops)), key=lambda i: abs(tops[i] - word.top))
            parts[nearest][position].words.append(word)
    return parts


# Tables without upright lines


def side_by_side(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of a page in the order in which they are read.

    Where the heads of a table are printed twice, beside each other, two tables stand side by side
    below them: down the left one, then down the right one, as far as nothing stands over both.
    """
    parts = [line.segments() for line in lines]
    for index in range(len(lines)):
        if run := prose_in_two(lines[index:]):
            length, middle = run
            inside = [w for one in lines[index : index + length] for w in one.words]
            halves = (
                lines_of(w for w in inside if w.middle < middle),
                lines_of(w for w in inside if w.middle >= middle),
            )
            rest = side_by_side(lines[index + length :])
            return [part for part in (list(lines[:index]), *halves, *rest) if part]
        gutter = next(
            (
                found
                for one in range(index, min(index + 3, len(lines)))
                for other in range(index, min(index + 3, len(lines)))
                if index in (one, other) and (found := repeated_heads(parts[one], parts[other]))
            ),
            None,
        )
        labels = min((one.x0 for one in lines[index : index + 8]), default=0.0)
        if gutter is None or labels < lines[index].x0 - lines[index].height:
            # Heads that come again behind the labels are of one table.
            continue
        last = index
        while last + 1 < len(lines) and not any(
            w.x0 < gutter - 2 and w.x1 > gutter + 2 for w in lines[last + 1].words
        ):
            last += 1
        inside = [w for one in lines[index : last + 1] for w in one.words]
        left = [w for w in inside if w.middle < gutter]
        right = [w for w in inside if w.middle >= gutter]
        found = [list(lines[:index]), lines_of(left), lines_of(right)]
        return [part for part in (*found, *side_by_side(lines[last + 1 :])) if part]
    return [list(lines)] if lines else []


FEWEST_LINES = 8
FEWEST_WORDS = 4


def prose_in_two(lines: Sequence[TextLine]) -> tuple[int, float] | None:
    """How many lines from the first on are running text in two columns, and what parts them.

    Both halves of most lines have several words and no other space between cells, and no word
    stands over what parts them.
    """
    if len(lines) < FEWEST_LINES or len(lines[0].words) < 2 * FEWEST_WORDS:
        return None
    for before, after in pairwise(lines[0].words):
        middle = (before.x1 + after.x0) / 2
        if after.x0 - before.x1 < CELL_GAP * lines[0].height:
            continue
        length = full = 0
        for line in lines:
            if any(w.x0 < middle < w.x1 for w in line.words):
                break
            left = sum(w.middle < middle for w in line.words)
            is_text = left >= FEWEST_WORDS and len(line.words) - left >= FEWEST_WORDS
            full += is_text and len(line.segments()) == 2
            length += 1
        if full >= FEWEST_LINES and full >= 0.6 * length:
            return length, middle
    return None


def repeated_heads(left: Sequence[list[Word]], right: Sequence[list[Word]]) -> float | None:
    """Where the right one of two tables begins: the heads that begin one line end the other."""
    for count in range(min(len(left), len(right)), 1, -1):
        texts = [text_of(segment) for segment in left[:count]]
        if texts != [text_of(segment) for segment in right[-count:]]:
            continue
        if any(map(is_headish, texts)) and left[count - 1][-1].x1 < right[-count][0].x0:
            return right[-count][0].x0 - 1
    return None


def open_grids(
    lines: Sequence[TextLine], lying: Sequence[Rule]
) -> tuple[list[Grid], list[TextLine]]:
    """Tables that only their columns make, and the lines that belong to none."""
    rows = [TableLine.of(line) for line in lines]
    bank = banks(lines, lying)
    grids: list[Grid] = []
    used: set[int] = set()
    index = 0
    while index < len(rows):
        if index in used or not rows[index].is_row:
            index += 1
            continue
        last = end_of_table(rows, index, bank)
        first = first_of_table(rows, index, bank, lying)
        while first in used:
            first += 1
        edge = max(row.line.x1 for row in rows[first : last + 1])
        while last + 1 < len(rows) and (
            (bank[last] is not None and bank[last] == bank[last + 1]) or is_tail(rows, last, edge)
        ):
            last += 1
        grid = open_grid([rows[i] for i in range(first, last + 1)], lying)
        if grid:
            grids.append(grid)
            used |= set(range(first, last + 1))
            index = last + 1
        else:
            index += 1
    for run in text_runs(rows, used):
        grids.append(text_grid([rows[i] for i in run], lying))
        used |= set(run)
    return grids, [line for i, line in enumerate(lines) if i not in used]


@dataclass(slots=True)
class TableLine:
    """A line with what makes it part of a table.

    Attributes:
        line: its words.
        segments: its words by cells.
        is_row: it has a figure, and something else.
        is_head: it has several cells and all behind the first are words of heads or years.
    """

    line: TextLine
    segments: list[list[Word]]
    is_row: bool
    is_head: bool

    @classmethod
    def of(cls, line: TextLine) -> TableLine:
        """A line judged by its segments."""
        segments = line.segments()
        pieces = close_pieces(line.words)
        if 2 < len(pieces) > len(segments) and all(is_headish(text_of(p)) for p in pieces):
            segments = pieces
        texts = [text_of(s) for s in segments]
        says = [is_headish(t) for t in texts]
        figures = [is_figure_like(t) and not h for t, h in zip(texts, says, strict=True)]
        is_head = len(segments) > 1 and not any(figures[1:]) and sum(says) * 2 >= len(says)
        is_head = is_head or (
            len(line.words) > 2
            and all(is_headish(w.text) or heads.gender_in(w.text) for w in line.words)
        )
        is_row = is_head or (len(segments) > 1 and any(figures))
        return cls(line, segments, is_row, is_head)

    @property
    def is_full(self) -> bool:
        """Whether it is a row by itself: of heads, or with a figure that is no year of a text."""
        texts = [text_of(s) for s in self.segments[1:]]
        return self.is_head or any(is_figure_like(t) and not numbers.is_year(t) for t in texts)

    @property
    def is_data(self) -> bool:
        """Whether it has figures that are no years."""
        return self.is_row and not self.is_head


def is_headish(text: str) -> bool:
    """Whether a text is a year, a date, or has a word of heads."""
    return bool(
        numbers.is_year(text)
        or numbers.DATE.fullmatch(numbers.plain(text))
        or heads.GLUED_YEARS.fullmatch(text)
        or heads.gender_word(text)
        or (heads.read(text).role != "unknown" and not is_figure(text))
    )


def text_of(words: Sequence[Word]) -> str:
    """The words as one text."""
    return " ".join(w.text for w in words)


def banks(lines: Sequence[TextLine], lying: Sequence[Rule]) -> list[int | None]:
    """For each line which table, of those whose rows are ruled below each other, it stands in.

    The ruled lines of one are as long as each other, and what stands between two of them are lines
    close to each other: the cells of a row, and no name of a table.
    """
    found: list[int | None] = [None] * len(lines)
    number = 0
    for own in alike_rules(lying):
        run: list[list[int]] = []
        for above, below in pairwise(own):
            band = [
                i
                for i, line in enumerate(lines)
                if above.at < (line.top + line.bottom) / 2 < below.at
                and line.x0 < above.end
                and line.x1 > above.start
            ]
            least = min((lines[i].height for i in band), default=0.0)
            edges = [y for i in band for y in (lines[i].top, lines[i].bottom)]
            edges = [above.at, *edges, below.at]
            gaps = [y - x for x, y in zip(edges[::2], edges[1::2], strict=True)]
            is_row = (
                bool(band)
                and max(gaps) < 0.8 * least
                and max(gaps[1:-1], default=0.0) < SAME_ROW * least
                and max(lines[i].height for i in band) < 1.3 * least
            )
            run = [*run, band] if is_row else []
            if len(run) >= FEWEST_BANKS:
                number += len(run) == FEWEST_BANKS
                for i in (i for one in run for i in one):
                    found[i] = number
    return found


def alike_rules(lying: Sequence[Rule]) -> list[list[Rule]]:
    """Lying lines that begin and end below each other, from the top."""
    groups: list[list[Rule]] = []
    for rule in sorted(lying, key=lambda r: r.at):
        for group in groups:
            if abs(rule.start - group[0].start) < TOUCH and abs(rule.end - group[0].end) < TOUCH:
                if rule.at - group[-1].at > TOUCH:
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def first_of_table(
    rows: list[TableLine], index: int, bank: Sequence[int | None], lying: Sequence[Rule]
) -> int:
    """The first line of the table whose first row is `index`: its head, as far up as that goes."""
    first = index
    while first > 0 and (
        (bank[first] is not None and bank[first] == bank[first - 1])
        or is_over(rows[first - 1].line.bottom, rows[first].line)
        or is_head_line(rows, first - 1, first)
    ):
        first -= 1
    for above in range(max(0, first - MOST_HEADS), first):
        if is_under_rule(rows, above, index, lying):
            return above
    return first


MOST_HEADS = 4


def is_under_rule(rows: list[TableLine], above: int, index: int, lying: Sequence[Rule]) -> bool:
    """Whether a line stands right below the line that is ruled over a table, over its head."""
    line, data = rows[above].line, rows[index].line
    between = rows[above : index + 1]
    return (
        any(
            0 < line.top + 2 - r.at < 0.8 * line.height
            and r.start < data.x0 + TOUCH
            and r.end > data.x1 - TOUCH
            for r in lying
        )
        and (above == 0 or not is_over(rows[above - 1].line.bottom, line))
        and all(b.line.top - a.line.bottom < 0.8 * a.line.height for a, b in pairwise(between))
        and not any(row.is_data or row.line.text.endswith(".") for row in between[:-1])
    )


def end_of_table(rows: list[TableLine], first: int, bank: Sequence[int | None]) -> int:
    """The last line of the table that begins at `first`."""
    last = first
    seen = rows[first].is_data
    height = rows[first].line.height
    left = rows[first].line.x0
    index = first + 1
    loose = 0
    while index < len(rows):
        here, above = rows[index], rows[index - 1].line
        gap = here.line.top - above.bottom
        is_inside = bank[index] is not None and bank[index] == bank[index - 1]
        if gap > 3.4 * height:
            break
        if is_inside and not here.is_row:
            index += 1
            continue
        if here.is_row:
            if here.is_head and loose and not is_inside:
                # A head below a title is another table's.
                break
            seen = seen or here.is_data
            last, loose = index, 0
        else:
            text = here.line.text
            is_wrapped = gap < 0.62 * height
            if is_next_title(rows, index) and gap > usual_gap(rows, first, last) + 0.3 * height:
                break
            if here.line.height > 1.18 * height or (text.endswith(".") and len(text) > 45):
                break
            if heads.unit_in(text) and gap > usual_gap(rows, first, last) + 0.4 * height:
                # A name with a unit of measure, further away: that of the next table.
                break
            if len(here.segments) == 1 and not is_wrapped:
                loose += 1
                if loose > 2 or len(text) > 70 or here.line.x0 > left + 6 * height:
                    break
            elif index - last > 14:
                break
        index += 1
    return last


def is_next_title(rows: list[TableLine], index: int) -> bool:
    """Whether a line is the name of a table below it: a head without figures, then figures."""
    if len(rows[index].segments) > 1 or index + 2 >= len(rows):
        return False
    head, data = rows[index + 1], rows[index + 2]
    texts = [text_of(s) for s in head.segments]
    is_head = len(texts) > 1 and not any(is_figure_like(t) and not is_headish(t) for t in texts)
    return is_head and (data.is_data or data.is_head)


def usual_gap(rows: list[TableLine], first: int, last: int) -> float:
    """The space between the lines of a table."""
    gaps = [
        b.line.top - a.line.bottom
        for a, b in zip(rows[first:last], rows[first + 1 : last + 1], strict=True)
    ]
    return median(gaps) if gaps else rows[first].line.height


def is_head_line(rows: list[TableLine], above: int, first: int) -> bool:
    """Whether the line above a table belongs to its head: several cells, or words of heads."""
    line, below = rows[above].line, rows[first].line
    if below.top - line.bottom > 1.6 * line.height or line.height > 1.18 * below.height:
        return False
    if len(rows[above].segments) > 1 or is_close_head(line, rows[first]):
        return True
    text = line.text
    inside = line.x0 > below.x0 + 2 * line.height
    return inside and len(text) < 40 and not text.endswith(".")


def is_close_head(line: TextLine, below: TableLine) -> bool:
    """Whether a line is heads that stand close to each other: as many as there are cells below."""
    pieces = close_pieces(line.words)
    return len(pieces) >= max(3, len(below.segments)) and 2 * sum(
        is_headish(text_of(piece)) for piece in pieces
    ) >= len(pieces)


def close_pieces(words: Sequence[Word]) -> list[list[Word]]:
    """Words parted where they stand wider apart than words of one text do."""
    pieces = [[words[0]]]
    for before, word in pairwise(words):
        gap = word.x0 - before.x1
        if gap < 0 or gap > WORD_GAP * word.height:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def is_tail(rows: list[TableLine], end: int, edge: float) -> bool:
    """Whether the line below the last row is the rest of that row; `edge`: the table's right."""
    last, below = rows[end].line, rows[end + 1]
    gap = below.line.top - last.bottom
    if is_over(last.bottom, below.line) and below.line.x1 < edge:
        return True
    pitches = [
        b.line.top - a.line.bottom
        for a, b in zip(rows[max(0, end - 8) : end], rows[max(1, end - 7) : end + 1], strict=False)
    ]
    text = below.line.text
    is_close = gap < SAME_ROW * last.height and text[:1].islower()
    if pitches:
        # The lines of one row stand closer to each other than two rows do.
        is_close = is_close or (
            gap <= max(pitches) - 0.18 * last.height and gap < 0.9 * last.height
        )
    if len(below.segments) > 1:
        return is_close and below.line.x1 <= last.x1 + last.height
    under = any(
        abs(segment[0].x0 - below.line.x0) < last.height
        or abs(segment[-1].x1 - below.line.x1) < last.height
        for segment in rows[end].segments
    )
    return is_close and under and below.line.x1 < edge - 2 * last.height


def text_runs(rows: list[TableLine], used: set[int]) -> Iterator[list[int]]:
    """Runs of lines that are cut at the same places without having figures: tables of texts."""
    run: list[int] = []
    for index, row in enumerate([*rows, None]):
        fits = (
            row is not None
            and index not in used
            and len(row.segments) in (2, 3, 4)
            and (
                not run
                or (
                    row.line.top - rows[run[-1]].line.bottom < 2.5 * row.line.height
                    and len(row.segments) == len(rows[run[-1]].segments)
                    and all(
                        abs(a[0].x0 - b[0].x0) < row.line.height
                        for a, b in zip(row.segments, rows[run[-1]].segments, strict=True)
                    )
                )
            )
        )
        if fits:
            run.append(index)
            continue
        if len(run) > 2 and max(len(rows[i].line.text) for i in run) < 90:
            yield run
        run = (
            [index]
            if row is not None and index not in used and len(row.segments) in (2, 3, 4)
            else []
        )


def text_grid(rows: list[TableLine], lying: Sequence[Rule]) -> Grid:
    """The grid of lines that are all cut at the same places."""
    made = [
        [GridCell(number, i + 1, words=list(segment)) for i, segment in enumerate(row.segments)]
        for number, row in enumerate(rows)
    ]
    return Grid(
        made, rows[0].line.top, rows[-1].line.bottom, rows[0].line.x0, max(r.line.x1 for r in rows)
    )


def open_grid(rows: list[TableLine], lying: Sequence[Rule]) -> Grid | None:
    """The grid of lines that make a table; None where they do not."""
    data = [row for row in rows if row.is_data]
    if not data or (len(data) < 2 and len(data[0].segments) < 3):
        return None
    columns = columns_of(rows, data)
    if len(columns) < 2:
        return None
    if banded := banded_grid(rows, columns, lying):
        return with_edges(banded)
    made = cells_of_rows(grouped_rows(rows, columns, lying), columns)
    top, bottom = min(r.line.top for r in rows), max(r.line.bottom for r in rows)
    return with_edges(Grid(made, top, bottom, columns[0][0], columns[-1][1]))


def with_edges(grid: Grid) -> Grid:
    """A grid whose cells know how far the texts of their column reach."""
    reached: dict[int, float] = {}
    cells = [cell for row in grid.rows for cell in row]
    for cell in cells:
        column = cell.column + cell.span - 1
        reached[column] = max([reached.get(column, 0.0), *(w.x1 for w in cell.words)])
    for cell in cells:
        cell.edge = reached[cell.column + cell.span - 1]
    return grid


def banded_grid(
    rows: Sequence[TableLine], columns: list[tuple[float, float]], lying: Sequence[Rule]
) -> Grid | None:
    """The grid of a table whose rows are ruled and whose columns are not; None of any other.

    The space between its columns counts as ruled wherever no word stands across it.
    """
    x0, x1 = columns[0][0], columns[-1][1]
    top, bottom = min(r.line.top for r in rows), max(r.line.bottom for r in rows)
    height = median(row.line.height for row in rows)
    across = [
        r
        for r in lying
        if top - height < r.at < bottom + height
        and min(r.end, x1) - max(r.start, x0) > 0.5 * (x1 - x0)
    ]
    inner = [y for y in distinct(r.at for r in across) if top + 0.5 * height < y < bottom - 2]
    ys = [top - 1, *inner, bottom + 1]
    middles = [(r.line.top + r.line.bottom) / 2 for r in rows if has_figures(r, columns)]
    bands = [sum(a < y < b for y in middles) for a, b in pairwise(ys)]
    if len(inner) < FEWEST_BANKS or max(bands) > 1 or sum(bands) < FEWEST_BANKS:
        return None
    first = next(b for b, count in zip(ys[1:], bands, strict=True) if count)
    body_top = ys[ys.index(first) - 1]
    head = [r for r in rows if (r.line.top + r.line.bottom) / 2 < body_top]
    words = [w for row in rows for w in row.line.words if (w.top + w.bottom) / 2 > body_top]
    xs = [x0 - 2, *((a[1] + b[0]) / 2 for a, b in pairwise(reach(columns, words))), x1 + 2]
    grid = ruled_grid(
        words,
        xs,
        [y for y in ys if y >= body_top],
        across,
        [
            Rule(x, a, b)
            for x in xs
            for a, b in pairwise(ys)
            if not any(
                w.x0 < x - 1 and w.x1 > x + 1 and a < (w.top + w.bottom) / 2 < b for w in words
            )
        ],
    )
    if not grid:
        return None
    if head:
        grid.rows[:0] = cells_of_rows([*grouped_rows(head, columns, lying), []], columns)
    return grid


def reach(
    columns: Sequence[tuple[float, float]], words: Sequence[Word]
) -> Iterator[tuple[float, float]]:
    """The columns with all words that stand in one of them alone: a remark below a figure, too."""
    alone: list[list[Word]] = [[] for _ in columns]
    for word in words:
        met = [i for i, (a, b) in enumerate(columns) if word.x0 < b and word.x1 > a]
        if len(met) == 1:
            alone[met[0]].append(word)
    for (a, b), own in zip(columns, alone, strict=True):
        yield min([a, *(w.x0 for w in own)]), max([b, *(w.x1 for w in own)])


def columns_of(rows: Sequence[TableLine], data: Sequence[TableLine]) -> list[tuple[float, float]]:
    """From where to where each column reaches.

    Columns of figures are where figures of several rows lie below each other; columns of texts
    are what other texts cover beside them.
    """
    height = median(row.line.height for row in data)
    left = min(row.line.x0 for row in data)
    figures: list[tuple[float, float]] = []
    texts: list[tuple[float, float]] = []
    for row in data:
        for segment in row.segments:
            box = (segment[0].x0, segment[-1].x1)
            is_label = box[0] < left + 1.5 * height
            (figures if is_figure_like(text_of(segment)) and not is_label else texts).append(box)
    columns = united(without_bridges(figures), 0.0)
    outside = [
        piece
        for box in texts
        for piece in without(box, columns)
        if piece[1] - piece[0] > 0.6 * height
    ]
    columns = sorted([*columns, *united(outside, 0.3 * height)])
    columns = [part for column in columns for part in parted_by_rivers(column, data, height)]
    for row in rows:
        if row.is_head:
            # A head shows columns that have nothing in any row.
            for segment in row.segments:
                a, b = segment[0].x0, segment[-1].x1
                if all(b < x or a > y for x, y in columns):
                    columns = sorted([*columns, (a, b)])
    return columns


FEWEST_BANKS = 3


def parted_by_rivers(
    column: tuple[float, float], data: Sequence[TableLine], height: float
) -> list[tuple[float, float]]:
    """The columns that a column is where a space runs down through all its rows, with words on
    both sides in several of them."""
    inside = [
        [w for w in row.line.words if column[0] - 1 <= w.middle <= column[1] + 1] for row in data
    ]
    least = max(FEWEST_BANKS, 0.6 * len(data))
    covered = united(((w.x0, w.x1) for words in inside for w in words), 0.0)
    parts = [column]
    for (_, end), (start, _) in pairwise(covered):
        banks = [
            (left[-1].text, right[0].text)
            for words in inside
            if (left := [w for w in words if w.x1 <= end])
            and (right := [w for w in words if w.x0 >= start])
        ]
        parting = sum(tells_apart(*texts) for texts in banks)
        if len(banks) >= least and (
            start - end > RIVER * height
            or (start - end > CREEK * height and parting >= max(FEWEST_BANKS, 0.6 * len(banks)))
        ):
            left, right = parts[-1]
            parts[-1:] = [(left, end), (start, right)]
    return parts


def tells_apart(left: str, right: str) -> bool:
    """Whether two words beside each other are of two cells: figures that are not one number, or a
    figure and a word that is no unit of measure."""
    figures = is_figure_like(left) + is_figure_like(right)
    if figures == 2:
        if any(c.isspace() for c in left + right):
            # Where the space between thousands is a letter of the word, this is none.
            return True
        return not is_figure(f"{left} {right}") and left not in SIGNS
    words = left + right
    return figures == 1 and sum(c.isalpha() for c in words) > 1 and not is_figure(f"{left} {right}")


def without_bridges(boxes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Intervals without those few that reach over two columns of others: figures read as one."""
    kept = sorted(boxes, key=lambda box: box[1] - box[0])
    for box in reversed(list(kept)):
        others = [other for other in kept if other is not box]
        under = [c for c in united(others, 0.0) if c[0] < box[1] and c[1] > box[0]]
        counts = [sum(a < y and b > x for a, b in others) for x, y in under]
        if len(under) > 1 and min(counts) >= FEWEST_BANKS:
            kept = others
    return kept


def united(boxes: Iterable[tuple[float, float]], within: float) -> list[tuple[float, float]]:
    """Intervals that overlap, or are nearer than `within`, as one."""
    found: list[list[float]] = []
    for a, b in sorted(boxes):
        if found and a <= found[-1][1] + within:
            found[-1][1] = max(found[-1][1], b)
        else:
            found.append([a, b])
    return [(a, b) for a, b in found]


def without(
    box: tuple[float, float], taken: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """What is left of an interval outside others."""
    pieces = [box]
    for a, b in taken:
        pieces = [
            piece
            for x, y in pieces
            for piece in (((x, min(y, a)), (max(x, b), y)) if a < y and b > x else ((x, y),))
            if piece[1] > piece[0]
        ]
    return pieces


def column_at(columns: list[tuple[float, float]], word: Word) -> int:
    """The column that a word stands in, by what it covers, else by what is nearest."""
    covers = [min(b, word.x1) - max(a, word.x0) for a, b in columns]
    best = max(range(len(columns)), key=lambda i: covers[i])
    if covers[best] > 0:
        return best
    return min(
        range(len(columns)),
        key=lambda i: min(abs(columns[i][0] - word.x1), abs(word.x0 - columns[i][1])),
    )


def grouped_rows(
    rows: list[TableLine], columns: list[tuple[float, float]], lying: Sequence[Rule]
) -> list[list[TextLine]]:
    """Lines grouped into the rows of a table: a wrapped label is one row with its figures."""
    bands = [r.at for r in lying if r.end - r.start > 0.5 * (columns[-1][1] - columns[0][0])]
    clusters = overlapping(rows)
    figured = [any(has_figures(row, columns) for row in rows) for rows in clusters]
    heads_of = [any(row.is_head for row in rows) for rows in clusters]
    lasts = [rows[-1] for rows in clusters]
    firsts = [rows[0] for rows in clusters]
    pairs = list(zip(lasts, firsts[1:], strict=False))
    gaps = [b.line.top - a.line.bottom for a, b in pairs]

    def ruled(above: TextLine, below: TextLine) -> bool:
        return any(above.bottom - 2.5 < y < below.top + 2.5 for y in bands)

    apart = [
        ruled(a.line, b.line)
        for (a, b), (x, y) in zip(pairs, pairwise(figured), strict=True)
        if x and y
    ]
    is_ruled = bool(apart) and sum(apart) >= 0.9 * len(apart)
    between = [g for g, (x, y) in zip(gaps, pairwise(figured), strict=False) if x and y]
    usual = median(between) if between else None
    # Where rows stand apart as by a ruler, a little less space tells that a line goes on.
    is_even = len(between) > 2 and max(between) - min(between) < 0.02 * rows[0].line.height
    # The least space above a line with figures: what stands closer goes on with the line above it.
    row_gap = min(
        (gap for gap, is_figured in zip(gaps, figured[1:], strict=True) if is_figured), default=0.0
    )
    groups: list[list[int]] = [[0]]
    for number in range(1, len(clusters)):
        previous, row = groups[-1], firsts[number]
        above, height, gap = lasts[number - 1].line, row.line.height, gaps[number - 1]
        if (figured[number] and any(figured[i] for i in previous)) or (
            (heads_of[number] or figured[number]) and heads_of[number - 1]
        ):
            joins = False
        elif is_ruled:
            joins = not ruled(above, row.line)
        elif is_even and usual is not None and -OVER * height < gap < usual - 0.05 * height:
            joins = True
        elif usual is not None and usual > 0.35 * height and abs(usual - gap) > 0.15 * height:
            # Rows stand further from each other than the lines of one row.
            joins = gap < usual
        elif gap > 0.8 * height:
            joins = False
        else:
            joins = goes_on(above, row.line) or gap < row_gap - 0.3 * height
        if joins and not (figured[number] and would_fit(lasts[number - 1], row, columns)):
            previous.append(number)
        else:
            groups.append([number])
    return [[row.line for i in group for row in clusters[i]] for group in groups]


def overlapping(rows: Sequence[TableLine]) -> list[list[TableLine]]:
    """Lines that stand half over each other, as of a row whose cells have one line or two; of two
    rows of figures or heads each stands by itself."""
    clusters: list[list[TableLine]] = []
    for row in rows:
        bottom = max((r.line.bottom for r in clusters[-1]), default=0.0) if clusters else 0.0
        if (
            clusters
            and is_over(bottom, row.line)
            and not (row.is_full and any(other.is_full for other in clusters[-1]))
        ):
            clusters[-1].append(row)
        else:
            clusters.append([row])
    return clusters


def is_over(bottom: float, line: TextLine) -> bool:
    """Whether a line begins well above the bottom of the one above it."""
    return line.top - bottom < -OVER * line.height


def would_fit(above: TableLine, row: TableLine, columns: list[tuple[float, float]]) -> bool:
    """Whether a label begins anew: its first word would have fitted on the line above it."""
    first, last = row.line.words[0], above.line.words[-1]
    if above.is_row or len(above.segments) > 1 or not first.text[:1].isupper():
        return False
    width = first.x1 - first.x0 + 0.3 * above.line.height
    return column_at(columns, last) == 0 and last.x1 + width < columns[0][1]


def has_figures(row: TableLine, columns: list[tuple[float, float]]) -> bool:
    """Whether a line has a figure behind its first column."""
    return row.is_data and any(
        column_at(columns, segment[0]) > 0 and is_figure_like(text_of(segment))
        for segment in row.segments
    )


def goes_on(above: TextLine, below: TextLine) -> bool:
    """Whether a line goes on with the label of the line above, by its letters."""
    start = below.words[0].text[:1]
    last = above.words[-1].text
    is_cut = last.endswith(("-", ",")) and not is_figure(last)
    return start.islower() or start in "(&" or is_cut


def cells_of_rows(
    groups: Sequence[list[TextLine]], columns: list[tuple[float, float]]
) -> list[list[GridCell]]:
    """The cells of each row; a last row without lines stands for figures that follow."""
    figured = [
        not lines or any(has_figures(TableLine.of(line), columns) for line in lines)
        for lines in groups
    ]
    below = [*figured[1:], False]
    return [
        cells_of_row(
            lines, columns, number, is_last_head=below[number] and not any(figured[: number + 1])
        )
        for number, lines in enumerate(groups)
        if lines
    ]


def cells_of_row(
    lines: list[TextLine], columns: list[tuple[float, float]], number: int, *, is_last_head: bool
) -> list[GridCell]:
    """The cells of one row, of one line or several."""
    edges = [0.0] + [(a[1] + b[0]) / 2 for a, b in pairwise(columns)] + [columns[-1][1] + 6]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    cells = [
        GridCell(number, i + 1, box=(edges[i], top, edges[i + 1], bottom))
        for i in range(len(columns))
    ]
    for line in lines:
        is_head = TableLine.of(line).is_head
        for segment in line.segments():
            first = Word("", segment[0].x0, segment[-1].x1, segment[0].top, segment[0].bottom)
            text = " ".join(w.text for w in segment)
            touched = [
                i
                for i, (a, b) in enumerate(columns)
                if min(b, first.x1) - max(a, first.x0) > 0.5 * min(b - a, first.x1 - first.x0)
            ]
            homes = by_homes(segment, columns)
            if len(homes) > 1 and (is_mixed(segment) or is_begun(homes, columns)) and not is_head:
                for part in homes:
                    cells[column_at(columns, part[0])].words += part
                continue
            if len(touched) > 1 and any(c.isalpha() for c in text):
                parts = parted(segment, columns)
                if is_last_head and len(segment) >= len(touched):
                    parts = aligned(segment, [columns[i] for i in touched])
                if len(parts) == 1 and all(not cells[i].words for i in touched):
                    # One text above several columns.
                    home = cells[touched[0]]
                    home.words += segment
                    home.span = max(home.span, touched[-1] - touched[0] + 1)
                    continue
                for part in parts:
                    whole = Word("", part[0].x0, part[-1].x1, 0, 0)
                    cells[column_at(columns, whole)].words += part
                continue
            for word in segment:
                home = column_at(columns, word) if len(touched) > 1 else column_at(columns, first)
                cells[home].words.append(word)
    taken: set[int] = set()
    kept = []
    for cell in cells:
        if cell.column in taken and not cell.words:
            continue
        taken |= set(range(cell.column, cell.column + cell.span))
        kept.append(cell)
    return kept


def parted(segment: list[Word], columns: list[tuple[float, float]]) -> list[list[Word]]:
    """The words of a segment by columns, where they stand closer or wider than words of one text
    do.

    Years and single words above a column each are parted too.
    """
    homes = [column_at(columns, word) for word in segment]
    if len(set(homes)) == len(homes) > 1 and all(numbers.is_year(w.text) for w in segment[1:]):
        return [[word] for word in segment]
    # A piece stands where most of it does: its first word alone may lie between two columns.
    parts: list[list[Word]] = []
    last = None
    for piece in close_pieces(segment):
        home = column_at(columns, Word("", piece[0].x0, piece[-1].x1, 0, 0))
        if parts and home == last:
            parts[-1] += piece
        else:
            parts.append(list(piece))
        last = home
    return parts


def is_mixed(segment: Sequence[Word]) -> bool:
    """Whether figures stand beside words."""
    figures = [is_figure(w.text) and not numbers.is_year(w.text) for w in segment]
    return any(figures) and any(w.text.isalpha() for w in segment)


def is_begun(parts: Sequence[list[Word]], columns: list[tuple[float, float]]) -> bool:
    """Whether each part but the first begins where its column does, and stands in it."""
    return all(
        abs(part[0].x0 - columns[column_at(columns, part[0])][0]) < 1
        and part[-1].x1 < columns[column_at(columns, part[0])][1] + 1
        for part in parts[1:]
    )


def by_homes(segment: Sequence[Word], columns: list[tuple[float, float]]) -> list[list[Word]]:
    """The words of a segment by the column that each stands in."""
    return [list(words) for _, words in groupby(segment, lambda word: column_at(columns, word))]


def aligned(segment: list[Word], columns: Sequence[tuple[float, float]]) -> list[list[Word]]:
    """The words of heads that stand close, one piece to each column: as they lie best above them,
    by their left or right edges or their middles."""

    def cost(first: int, last: int, column: tuple[float, float]) -> float:
        x0, x1 = segment[first].x0, segment[last - 1].x1
        return min(
            abs(x0 - column[0]),
            abs(x1 - column[1]),
            abs((x0 + x1 - column[0] - column[1]) / 2),
        )

    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for count, column in enumerate(columns, 1):
        best = {
            last: min(
                (so_far + cost(first, last, column), (*cuts, last))
                for first, (so_far, cuts) in best.items()
                if first < last
            )
            for last in range(count, len(segment) - len(columns) + count + 1)
        }
    cuts = (0, *best[len(segment)][1])
    return [segment[a:b] for a, b in pairwise(cuts)]


# Paragraphs


def paragraphs(lines: Sequence[TextLine], grids: Sequence[Grid]) -> Iterator[Block]:
    """Lines that follow each other closely, as paragraphs; what names a table stands alone."""
    group: list[TextLine] = []
    edge = max((line.x1 for line in lines), default=0.0)
    for line in lines:
        if group and (
            not same_paragraph(group, line, edge)
            or is_name(group[-1], line, grids, is_last=line is lines[-1])
        ):
            yield block_of(group)
            group = []
        group.append(line)
    if group:
        yield block_of(group)


def is_name(above: TextLine, line: TextLine, grids: Sequence[Grid], *, is_last: bool) -> bool:
    """Whether a line right above a table, or the last of a page, is a name and what stands above it
    the end of a sentence."""
    is_over_table = any(0 <= grid.top + TOUCH - line.bottom < 1.5 * line.height for grid in grids)
    return (
        above.text.endswith(".")
        and not line.text.endswith(".")
        and line.text[:1].isupper()
        and (is_over_table or is_last)
    )


def same_paragraph(group: list[TextLine], line: TextLine, edge: float) -> bool:
    """Whether a line belongs to the paragraph above it; `edge`: the right one of all text."""
    last = group[-1]
    gap = line.top - last.bottom
    if gap > 0.62 * last.height or gap < -last.height:
        return False
    if abs(line.height - last.height) > 0.12 * last.height:
        return False
    if re.match(r"[•\-–e]\s|\d+[.)]\s", line.text) and line.x0 <= group[0].x0 + 2:
        return False
    # A line ends its paragraph where the next begins with a word that it had room for.
    first = line.words[0]
    room = edge - last.x1 - (first.x1 - first.x0)
    return not (room > last.height and line.text[:1].isupper() and last.text[-1:] in ".!?:")


def block_of(lines: list[TextLine]) -> Block:
    """A paragraph of lines; hyphens at their ends are kept where words may have them."""
    text = lines[0].text
    for line in lines[1:]:
        piece = line.text
        if text.endswith("\u00ad") or (
            text.endswith("-") and piece[:1].islower() and not text.endswith(" -")
        ):
            text = (
                text[:-1] + piece
                if not piece.startswith(("och ", "eller ", "samt "))
                else text + " " + piece
            )
        else:
            text += " " + piece
    marks = tuple(m for line in lines for w in line.words for m in w.marks)
    return Block(
        text.replace("\u00ad", ""),
        lines[0].top,
        lines[-1].bottom,
        lines[0].x0,
        lines[0].height,
        marks=marks,
    )


def repeated(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> set[str]:
    """Running heads and feet: texts without digits that stand near the edge on several pages."""
    counted: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        counted.update({faceless(line.text) for line in lines if at_edge(line, height)})
    least = max(2, (len(pages) + 1) // 2) if len(pages) > 1 else 2
    return {text for text, times in counted.items() if times >= least}


def at_edge(line: TextLine, height: float) -> bool:
    """Whether a line stands in the upper or lower margin of a page."""
    return line.bottom < 0.09 * height or line.top > 0.91 * height


def faceless(text: str) -> str:
    """A text without its digits."""
    return re.sub(r"\d+", "#", text)

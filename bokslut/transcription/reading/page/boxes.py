"""What stands on a page: words, ruled lines, lines of text, cells.

Lengths are in points, from the top left corner of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from bokslut.transcription.reading import heads, numbers
from bokslut.transcription.reading.numbers import BLANK, Missing, Number
from bokslut.transcription.reading.words import of_marks, of_measures

CELL_GAP = 0.72
"""The space, in heights of the letters, from which two words stand in different cells."""
WORD_GAP = 0.42
"""The space up to which they can be words of one text."""
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
        is_whole: it is in the name of a measure, or stands elsewhere in the document behind
            another word or, with a capital, before one: it is no part of a word.
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
    is_whole: bool = False

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
    def is_cut(self) -> bool:
        """Whether its last word may go on in a cell of the next page."""
        if not self.words or not self.box:
            return False
        line = lines_of(self.words)[-1]
        last = line.words[-1]
        letter = WIDE * last.height
        return (
            not last.is_whole
            and may_go_on(last, self.edge)
            and is_full(line, self.box, self.edge, letter)
        )

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


def mark_whole(lines: Iterable[TextLine]) -> None:
    """Notes which words of a document are whole ones. Only a word that is alone on its line is
    parted at its end, so that no word behind another is a part of one. Where no line of text ends
    with a hyphen, those that there are belong to their words."""
    known = set(of_measures())
    words: list[Word] = []
    parts_words = False
    for line in lines:
        words += line.words
        parts_words |= len(line.words) >= OF_TEXT and bool(PARTED.search(line.words[-1].text))
        for before, after in pairwise(line.words):
            if 0 < after.x0 - before.x1 <= WORD_GAP * line.height:
                known.add(bare(after))
                if before.text[:1].isupper():
                    known.add(bare(before))
    for word in words:
        own_hyphen = not parts_words and word.text.endswith("-")
        word.is_whole = bare(word) in known or own_hyphen


def bare(word: Word) -> str:
    """The letters of a word."""
    return word.text.strip(".,:;()%").lower()


def joined(
    lines: Sequence[TextLine],
    box: tuple[float, float, float, float] | None = None,
    edge: float | None = None,
) -> str:
    """Lines as one text; a word that is parted at the end of a line is put together.

    A word is parted by a hyphen, or where it is longer than its cell is wide.
    """
    text = ""
    before: TextLine | None = None
    for line in lines:
        piece = line.text
        if before and box and is_cut(before, line, box, edge):
            text += piece
        else:
            text = with_line(text, piece, keeps=bool(before and before.words[-1].is_whole))
        before = line
    return text.replace("\u00ad", "")


OF_TEXT = 6
"""So many words make a line of running text."""
PARTED = re.compile(r"[^\W\d_]{2}-$")
CONJUNCTION = re.compile(r"(?:och|eller|samt|respektive|resp\.?|till|/)\b")


def with_line(text: str, below: str, *, keeps: bool = False) -> str:
    """A text with the line below it, without the hyphen that parts a word of both; `keeps` says
    that it is the word's own."""
    if text.endswith("\u00ad"):
        return text[:-1] + below
    last = text.rpartition(" ")[2]
    if not (PARTED.search(text) and below[:1].islower()) or CONJUNCTION.match(below):
        return f"{text} {below}" if text else below
    # What is written in capitals keeps its hyphen in a compound: `LED-belysning`.
    return text + below if keeps or last.isupper() else text[:-1] + below


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
    if not first.text[:1].islower() or not may_go_on(last, edge):
        return False
    if first.is_whole and (last.is_whole or len(bare(first)) >= LONG_WORD):
        return False
    if heads.is_known(last.text) and not heads.is_known(last.text + first.text):
        return False
    letter = 1.05 * (first.x1 - first.x0) / max(1, len(first.text))
    least = WIDE * last.height * (1.5 if first.text[0] in "mw" else 1)
    return is_full(line, box, edge, max(letter, least))


def may_go_on(last: Word, edge: float | None) -> bool:
    """Whether a word at the end of a line may go on below: no space stands behind it."""
    is_apart = last.is_spaced or (edge is not None and last.is_spaced is None)
    return not is_apart and last.text[-1:].isalpha()


def is_full(
    line: TextLine, box: tuple[float, float, float, float], edge: float | None, letter: float
) -> bool:
    """Whether a word is alone on the line of a cell, and no letter more would fit."""
    inner = edge if edge is not None else box[2] - max(1.0, line.x0 - box[0])
    return len(line.words) == 1 and line.x1 + letter > inner


LONG_WORD = 4
"""So many letters of a whole word are hardly the end of another by chance."""
WIDE = 0.55
"""How wide, in heights of the type, most letters are at most."""


def is_figure(text: str) -> bool:
    """Whether a text is a number, a year or a mark of a missing one."""
    reading = numbers.read(text, of_marks(), parentheses_are_minus=True)
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


def is_headish(text: str) -> bool:
    """Whether a text is a year, a date, or has a word of heads."""
    return bool(
        numbers.is_year(text)
        or numbers.YEAR_WITH_UNIT.fullmatch(text)
        or numbers.DATE.fullmatch(numbers.plain(text))
        or heads.GLUED_YEARS.fullmatch(text)
        or heads.gender_word(text)
        or (heads.read(text).role != "unknown" and not is_figure(text))
    )


def text_of(words: Sequence[Word]) -> str:
    """The words as one text."""
    return " ".join(w.text for w in words)


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

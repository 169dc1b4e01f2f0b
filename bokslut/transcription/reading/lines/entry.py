"""A line of a plain text, cut into its words and its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bokslut.transcription.reading import numbers, rows
from bokslut.transcription.reading.stream import Paragraph
from bokslut.transcription.reading.tables.table import VARAV

PIECE = re.compile(r"(?:[<>≤≥]?=?[-+–−]?|[-–—−=~_>]{2,3}|[—=~_])\d[\d.,:]*%?[)*]?|[-–—−+]|%|\.\.")
UNIT_WORDS = {"tkr", "mnkr", "mkr", "kr", "%", "procent"}


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


def begins(text: str) -> bool:
    """Whether a text begins a label: with a capital, not in the middle of a word or a
    parenthesis."""
    start = text[:1]
    if VARAV.match(text):
        return True
    return bool(start) and not start.islower() and start not in "(%&,."

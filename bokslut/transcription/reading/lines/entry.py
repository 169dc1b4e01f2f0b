"""A line of a plain text, cut into its words and its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bokslut.transcription.reading import numbers, rows
from bokslut.transcription.reading.labels import scanned
from bokslut.transcription.reading.stream import Paragraph
from bokslut.transcription.reading.tables.table import VARAV

PIECE = re.compile(r"(?:[<>≤≥]?=?[-+–−]?|[-–—−=~_>]{2,3}|[—=~_])\d[\d.,:]*%?[)*]?|[-–—−+]|%|\.\.")
UNIT_WORDS = {"tkr", "mnkr", "mkr", "kr", "%", "procent"}


BARS_AT_EDGE = re.compile(
    r"^(?:[|¦\[\]\"”“'_, ]+|I )(?=[|\"”]*[A-ZÅÄÖ])|^[|¦]\s*|\s*[|¦](?:[|¦I\]\[_ ]*)$"
)
"""What a scan makes of the ruled lines at both ends of a line."""


PER_CENT_OF_LABEL = re.compile(r"(?<=[^\W\d], )(?:Y[o0]?|9(?:26)?[60]0?)(?= [-–—]?\d)")
"""A per cent sign at the end of a label with its figures behind it, as a scan has it."""


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
    running = running_lines(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        text = BARS_AT_EDGE.sub("", paragraph.text.strip())
        text = PER_CENT_OF_LABEL.sub("%", text)
        if not text or number in running:
            blank = True
            continue
        below = paragraphs[number + 1 : number + 4]
        is_stacked = (made and is_bare(made[-1].text)) or any(is_bare(p.text) for p in below)
        if blank and not is_stacked and is_page_number(text, below[:1]):
            continue
        label, tail = cut(text, known)
        made.append(Entry(paragraph.line, text, label, tail, blank))
        blank = False
    return made


def running_lines(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The first and last lines of pages that come on several pages but for their digits. Between
    pages stands a form feed, or what is left of one: a space, or empty lines."""
    filled = [i for i, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
    edges = [
        (last, first)
        for last, first in pairwise(filled)
        if first - last > 3
        or paragraphs[first].text.startswith((" ", "\f"))
        or any("\f" in paragraph.text for paragraph in paragraphs[last + 1 : first])
    ]
    found: set[int] = set()
    # Feet stand before the form feeds and at the end, heads behind them and at the beginning.
    for places in ([a for a, _ in edges] + filled[-1:], filled[:1] + [b for _, b in edges]):
        texts = {i: scanned(re.sub(r"\d+", "", paragraphs[i].text)) for i in places}
        times = Counter(texts.values())
        found |= {i for i, text in texts.items() if len(text) > 3 and times[text] > 1}
    return found


def is_bare(text: str) -> bool:
    """Whether a line is one figure alone."""
    return bool(PIECE.fullmatch(text.strip().replace(" ", "")))


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

"""In which order a page is read: what stands side by side, and running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bokslut.transcription.reading.numbers import is_year
from bokslut.transcription.reading.page.boxes import (
    CELL_GAP,
    TextLine,
    Word,
    is_figure,
    is_headish,
    lines_of,
    text_of,
)


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
        gutter, first = next(
            (
                (found, parts[one][0][0].x0)
                for one in range(index, min(index + 3, len(lines)))
                for other in range(index, min(index + 3, len(lines)))
                if index in (one, other) and (found := repeated_heads(parts[one], parts[other]))
            ),
            (None, 0.0),
        )
        labels = min((one.x0 for one in lines[index : index + 8]), default=0.0)
        if gutter is None or labels < first - lines[index].height:
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


def repeated(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> set[str]:
    """Running heads and feet: texts without digits that stand near the edge on several pages.

    A row of figures is none, though its digits alone may tell it from the row of another page.
    """
    counted: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        counted.update(
            {
                faceless(line.text)
                for line in lines
                if at_edge(line, height) and not is_row_of_figures(line)
            }
        )
    least = max(2, (len(pages) + 1) // 2) if len(pages) > 1 else 2
    return {text for text, times in counted.items() if times >= least}


def is_row_of_figures(line: TextLine) -> bool:
    """Whether a line has no words, or more figures than the number of its page and a year."""
    figures = [text for s in line.segments() if is_figure(text := text_of(s))]
    return not any(map(str.isalpha, line.text)) or sum(not is_year(text) for text in figures) > 1


def at_edge(line: TextLine, height: float) -> bool:
    """Whether a line stands in the upper or lower margin of a page."""
    return line.bottom < 0.09 * height or line.top > 0.91 * height


def faceless(text: str) -> str:
    """A text without its digits."""
    return re.sub(r"\d+", "#", text)

"""In which order a page is read: what stands side by side, and running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

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
    below them: down the left one with its name, then down the right one, as far as they go.
    """
    # A scan makes dashes of what stands between two tables.
    written = [[w for w in line.words if any(map(str.isalnum, w.text))] for line in lines]
    parts = [TextLine(words).segments() if words else [] for words in written]
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
                if index in (one, other)
                and (found := gutter_of(parts[one], parts[other], lines[index:]))
            ),
            None,
        )
        if gutter is None:
            continue
        last = end_beside(lines, index, gutter)
        rows = [w for one in lines[index : last + 1] for w in one.words]
        gutter = (gutter + max(w.x1 for w in rows if w.middle < gutter)) / 2
        first = index - names_beside(lines[:index], gutter)
        inside = [w for one in lines[first : last + 1] for w in one.words]
        left = lines_of(w for w in inside if w.middle < gutter)
        right = lines_of(w for w in inside if w.middle >= gutter)
        found = [list(lines[:first]), *side_by_side(left), right]
        return [part for part in (*found, *side_by_side(lines[last + 1 :])) if part]
    return [list(lines)] if lines else []


def gutter_of(
    one: Sequence[list[Word]], other: Sequence[list[Word]], lines: Sequence[TextLine]
) -> float | None:
    """What parts two tables whose heads stand in one line of cells or two; None for one table.

    Heads that come again behind the labels are of one table, if no labels come again with them.
    """
    found = repeated_heads(one, other)
    if found is None:
        return None
    first, end, gutter = found
    height = lines[0].height
    if min(line.x0 for line in lines[:MOST_JUDGED]) >= first - height:
        return gutter - 1
    rows = [line.segments() for line in lines[1 : end_beside(lines, 0) + 1]]
    rows = [row for row in rows if len(row) > 2 and row[-1][-1].x1 > gutter]
    labels = [
        [s for s in row if s[0].x0 > end + 0.5 * height and s[-1].x1 < gutter + height]
        for row in rows
    ]
    is_parted = len(rows) > 1 and all(
        any(any(map(str.isalpha, text_of(s))) for s in some) for some in labels
    )
    return min(s[0].x0 for some in labels for s in some) - 1 if is_parted else None


def end_beside(lines: Sequence[TextLine], first: int, gutter: float | None = None) -> int:
    """The last line of two tables beside each other: below it something stands over what parts
    them, or further away something that is not parted by heads again."""
    last = first
    while last + 1 < len(lines):
        above, below = lines[last], lines[last + 1]
        if gutter and any(w.x0 < gutter - 2 and w.x1 > gutter + 2 for w in below.words):
            break
        gaps = [b.top - a.bottom for a, b in pairwise(lines[first : last + 1])]
        usual = median(gaps) if gaps else 0.5 * above.height
        if below.top - above.bottom > max(0.9 * above.height, usual + FURTHER * above.height):
            heads = [line.segments() for line in lines[last + 1 : last + 4]]
            if not any(
                gutter and found and abs(found[2] - gutter) < 3 * above.height
                for one in heads
                for other in heads
                if (found := repeated_heads(one, other))
            ):
                break
        last += 1
    return last


FURTHER = 0.6
"""How much wider than between rows, in heights, the space below a table is."""


def names_beside(above: Sequence[TextLine], gutter: float) -> int:
    """How many lines right above two tables beside each other are their names."""
    names = 0
    below: TextLine | None = None
    for count, line in enumerate(reversed(above[-MOST_NAMES:]), 1):
        is_far = below is not None and below.top - line.bottom > line.height
        if is_far or any(w.x0 < gutter - 2 and w.x1 > gutter + 2 for w in line.words):
            break
        segments = line.segments()
        if len(segments) == 2 and segments[0][-1].x1 < gutter < segments[1][0].x0:
            names = count
        below = line
    return names


MOST_NAMES = 3
MOST_JUDGED = 9
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


def repeated_heads(
    left: Sequence[list[Word]], right: Sequence[list[Word]]
) -> tuple[float, float, float] | None:
    """Where the heads that come again at the end of a line begin and end before that, and where
    they, or the head of the labels before them, begin again."""
    for count in range(min(len(left), len(right)), 1, -1):
        texts = [text_of(segment) for segment in right[-count:]]
        for at in range(min(2, len(left) - count + 1)):
            block = left[at : at + count]
            if [text_of(segment) for segment in block] != texts or not any(map(is_headish, texts)):
                continue
            end, begin = block[-1][-1].x1, right[-count][0].x0
            if at and right is left and len(left) == 2 * count + 2:
                begin = right[-count - 1][0].x0
            elif at:
                continue
            if end < begin:
                return (left[0][0].x0, end, begin)
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

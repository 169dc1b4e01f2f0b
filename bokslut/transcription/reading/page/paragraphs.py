"""What is left of a page beside its tables, as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bokslut.transcription.reading.page.boxes import TOUCH, Block, Grid, TextLine, with_line
from bokslut.transcription.reading.page.rows import THOUSANDS


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
    goes_on = not line.text[:1].isupper() and last.text[-1:] not in ".!?:"
    if abs(line.height - last.height) > (OF_PICTURES if goes_on else 0.12) * last.height:
        return False
    is_rest_of_number = THOUSANDS.match(line.text) and last.text[-1:].isdigit()
    is_mark = BULLET.match(line.text) or re.match(r"[\-–e]\s|\d+[.)]\s", line.text)
    is_listed = is_mark and not is_rest_of_number
    if is_listed and line.x0 <= group[0].x0 + 2:
        return False
    # A line ends its paragraph where the next begins with a word that it had room for.
    first = line.words[0]
    room = edge - last.x1 - (first.x1 - first.x0)
    is_whole = last.text[-1:] in ".!?:" or (len(group) == 1 and CAPTION.match(last.text))
    return not (room > last.height and line.text[:1].isupper() and is_whole)


BULLET = re.compile(r"[•▪◦‣\uf0a7\uf0b7\uf0d8]\s*")
"""What a line of a list begins with, in the letters of fonts of signs too."""
CAPTION = re.compile(r"(?:Tabell|Diagram|Figur) \d")
"""What the numbered name of a table begins with, which ends without a full stop."""
OF_PICTURES = 0.3
"""How much the measured heights of the lines of one sentence may differ, of one of them."""


def is_listed(line: TextLine) -> bool:
    """Whether a line is one of a list, and no row of cells."""
    return bool(bullet_of(line)) and len(line.segments()) <= LARGEST


LARGEST = 2
"""Of a line of a list: its mark and its text."""


def bullet_of(line: TextLine) -> str:
    """What marks a line as one of a list; empty for none."""
    found = BULLET.match(line.text)
    return found[0] if found else ""


def block_of(lines: list[TextLine]) -> Block:
    """A paragraph of lines; hyphens at their ends are kept where words may have them."""
    text = ""
    for line in lines:
        text = with_line(text, line.text if text else line.text.removeprefix(bullet_of(line)))
    marks = tuple(m for line in lines for w in line.words for m in w.marks)
    return Block(
        text.replace("\u00ad", ""),
        lines[0].top,
        lines[-1].bottom,
        lines[0].x0,
        lines[0].height,
        marks=marks,
    )

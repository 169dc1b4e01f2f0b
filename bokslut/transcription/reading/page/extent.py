"""Which lines of a page are of one table that only its columns make: its first, its last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bokslut.transcription.reading import heads, numbers
from bokslut.transcription.reading.page.boxes import (
    TOUCH,
    Rule,
    TextLine,
    Word,
    close_pieces,
    is_figure_like,
    is_headish,
    text_of,
)

OVER = 0.25
"""How far two lines stand over each other, in heights, where they are of one row."""
SAME_ROW = 0.45
"""The space between two lines, in heights of the letters, up to which they can be one row."""


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


def banks(lines: Sequence[TextLine], lying: Sequence[Rule]) -> list[int | None]:
    """For each line which table, of those whose rows are ruled below each other, it stands in.

    The ruled lines of one are as long as each other, and what stands between two of them are lines
    close to each other: the cells of a row, and no name of a table.
    """
    found: list[int | None] = [None] * len(lines)
    number = 0
    for own in alike_rules(whole_rules(lying)):
        bands = [
            [
                i
                for i, line in enumerate(lines)
                if above.at < (line.top + line.bottom) / 2 < below.at
                and line.x0 < above.end
                and line.x1 > above.start
            ]
            for above, below in pairwise(own)
        ]
        spaces = [
            gaps_in(above, [lines[i] for i in band], below)
            for band, (above, below) in zip(bands, pairwise(own), strict=True)
        ]
        # Rows that all have as much space around them are rows, wide as they are.
        usual = median([max(gaps[0], gaps[-1]) for gaps in spaces] or [0.0])
        run: list[list[int]] = []
        for band, gaps in zip(bands, spaces, strict=True):
            least = min((lines[i].height for i in band), default=0.0)
            is_row = (
                bool(band)
                and max(gaps[0], gaps[-1]) < max(0.8 * least, min(1.15 * usual, 2 * least))
                and max(gaps[1:-1], default=0.0) < SAME_ROW * least
                and max(lines[i].height for i in band) < 1.3 * least
            )
            run = [*run, band] if is_row else []
            if len(run) >= FEWEST_BANKS:
                number += len(run) == FEWEST_BANKS
                for i in (i for one in run for i in one):
                    found[i] = number
    return found


def gaps_in(above: Rule, band: Sequence[TextLine], below: Rule) -> list[float]:
    """The spaces between two ruled lines and the lines of text between them, from the top."""
    edges = [above.at, *(y for line in band for y in (line.top, line.bottom)), below.at]
    return [y - x for x, y in zip(edges[::2], edges[1::2], strict=True)]


def whole_rules(lying: Sequence[Rule]) -> list[Rule]:
    """Lying lines, with the pieces of one that a cell of two rows breaks put together."""
    found: list[Rule] = []
    for rule in sorted(lying, key=lambda r: (round(r.at), r.start)):
        before = found[-1] if found else rule
        length = max(before.end, rule.end) - before.start
        broken = rule.start - before.end
        if abs(before.at - rule.at) < 1 and 0 < broken < 0.3 * length:
            found[-1] = Rule(before.at, before.start, rule.end)
        else:
            found.append(rule)
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
        or is_head_line(rows, first - 1, first, lying)
    ):
        first -= 1
    for above in range(max(0, first - MOST_HEADS), first):
        if is_under_rule(rows, above, index, lying):
            return above
    return first


MOST_HEADS = 4
LONG = 45
"""A line with more letters that ends with a point is running text."""


def over(line: TextLine, lying: Sequence[Rule]) -> list[float]:
    """Where lines are ruled over or under the whole of a line of a table."""
    return [r.at for r in lying if r.start < line.x0 + TOUCH and r.end > line.x1 - TOUCH]


def is_under_rule(rows: list[TableLine], above: int, index: int, lying: Sequence[Rule]) -> bool:
    """Whether a line stands right below the line that is ruled over a table, over its head."""
    line, data = rows[above].line, rows[index].line
    between = rows[above : index + 1]
    return (
        any(0 < line.top + 2 - y < 1.1 * line.height for y in over(data, lying))
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
            if (title := is_next_title(rows, index)) and (
                (seen and title == "sure") or gap > usual_gap(rows, first, last) + 0.3 * height
            ):
                break
            if here.line.height > 1.18 * height or (text.endswith(".") and len(text) > LONG):
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


def is_next_title(rows: list[TableLine], index: int) -> str:
    """Whether a line is the name of a table below it: a head without figures, then figures.

    Returns:
        `sure` where most of the head are words of heads, `likely` where not; empty for none.
    """
    if len(rows[index].segments) > 1 or index + 2 >= len(rows):
        return ""
    if NUMBERED.match(rows[index].line.text):
        return "sure"
    head, data = rows[index + 1], rows[index + 2]
    texts = [text_of(s) for s in head.segments]
    is_head = len(texts) > 1 and not any(is_figure_like(t) and not is_headish(t) for t in texts)
    if not is_head or not (data.is_data or data.is_head):
        return ""
    return "sure" if len(texts) > 2 and 2 * sum(map(is_headish, texts)) >= len(texts) else "likely"


NUMBERED = re.compile(r"(?:Tabell|Diagram|Figur) \d")
"""What a numbered name begins with."""


def usual_gap(rows: list[TableLine], first: int, last: int) -> float:
    """The space between the lines of a table."""
    gaps = [
        b.line.top - a.line.bottom
        for a, b in zip(rows[first:last], rows[first + 1 : last + 1], strict=True)
    ]
    return median(gaps) if gaps else rows[first].line.height


def is_head_line(rows: list[TableLine], above: int, first: int, lying: Sequence[Rule]) -> bool:
    """Whether the line above a table belongs to its head: several cells, or words of heads."""
    line, below = rows[above].line, rows[first].line
    far = 1.6
    if len(rows[above].segments) >= len(rows[first].segments) - 1 > 1 and any(
        line.bottom < y < below.top for y in over(below, lying)
    ):
        # A head of all columns, with a line ruled under it.
        far = 3.0
    if below.top - line.bottom > far * line.height:
        return False
    if line.height > TALLER * below.height and not is_bold_head(rows, above, below):
        return False
    if len(rows[above].segments) > 1 or is_close_head(line, rows[first]):
        return True
    text = line.text
    inside = line.x0 > below.x0 + 2 * line.height
    return inside and len(text) < 40 and not text.endswith(".")


TALLER, TALLEST = 1.18, 1.5
"""How many times as high as the rows below it a line is that is no head, or no bold one."""
FEWEST_HEADS = 3


def is_bold_head(rows: list[TableLine], above: int, below: TextLine) -> bool:
    """Whether a line that is somewhat higher than the row below it is of several heads, or the
    rest of one whose line above it is."""
    line = rows[above].line
    heads_of = rows[above] if len(rows[above].segments) > 1 or not above else rows[above - 1]
    gap = line.top - heads_of.line.bottom if heads_of is not rows[above] else 0
    return (
        line.height <= TALLEST * below.height
        and len(heads_of.segments) >= FEWEST_HEADS
        and abs(heads_of.line.height - line.height) < 1
        and gap < SAME_ROW * line.height
        and line.x0 > below.x0 - TOUCH
    )


def is_close_head(line: TextLine, below: TableLine) -> bool:
    """Whether a line is heads that stand close to each other: as many as there are cells below."""
    pieces = close_pieces(line.words)
    return len(pieces) >= max(3, len(below.segments)) and 2 * sum(
        is_headish(text_of(piece)) for piece in pieces
    ) >= len(pieces)


def is_tail(rows: list[TableLine], first: int, end: int, edge: float) -> bool:
    """Whether the line below the last row is the rest of that row; `edge`: the table's right."""
    last, below = rows[end].line, rows[end + 1]
    gap = below.line.top - last.bottom
    if is_over(last.bottom, below.line) and below.line.x1 < edge:
        return True
    pitches = [b.line.top - a.line.bottom for a, b in pairwise(rows[max(first, end - 8) : end + 1])]
    text = below.line.text
    if text.endswith(".") and len(text) > LONG:
        return False
    is_rest = text[:1].islower() or (text[:1] == "(" and text[1:2].isalpha())
    is_close = gap < SAME_ROW * last.height and is_rest
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


FEWEST_BANKS = 3


def is_over(bottom: float, line: TextLine) -> bool:
    """Whether a line begins well above the bottom of the one above it."""
    return line.top - bottom < -OVER * line.height

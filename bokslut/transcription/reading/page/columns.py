"""Where the columns of a table stand that no upright lines part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from bokslut.transcription.reading import words
from bokslut.transcription.reading.numbers import INTERVAL, plain
from bokslut.transcription.reading.page.boxes import Word, is_figure, is_figure_like, text_of
from bokslut.transcription.reading.page.extent import FEWEST_BANKS, TableLine

RIVER = 0.55
"""The space from which a gap that runs down through all rows parts columns."""
CREEK = 0.2
"""The same where what stands on both sides of it cannot be of one cell."""
SIGNS = ("-", "–", "−", "+")


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
    marks: list[tuple[float, float]] = []
    # Labels that all have several lines stand on lines of their own, beside those of the figures.
    aside = [row for row in rows if not row.is_row and row.line.x1 < left]
    texts = [(row.line.x0, row.line.x1) for row in aside] if len(aside) >= FEWEST_BANKS else []
    left = min([left, *(x0 for x0, _ in texts)])
    for row in data:
        for segment in row.segments:
            box, text = (segment[0].x0, segment[-1].x1), text_of(segment)
            if box[0] < left + 1.5 * height or not (is_figure_like(text) or text in JUDGED):
                texts.append(box)
            else:
                (figures if any(map(str.isdigit, text)) else marks).append(box)
    for box in marks:
        # Marks alone make no column of figures where words stand in it.
        is_text = meets(box, texts) and not meets(box, figures)
        (texts if is_text else figures).append(box)
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
            for segment, after in zip(row.segments, [*row.segments[1:], None], strict=True):
                a, b = segment[0].x0, segment[-1].x1
                if meets((a, b), columns):
                    continue
                if after and after[0].text[:1].islower():
                    # One head, with its words set wide.
                    columns = [
                        (a, y) if x < after[-1].x1 and y > after[0].x0 else (x, y)
                        for x, y in columns
                    ]
                else:
                    columns = sorted([*columns, (a, b)])
    return under_their_heads(columns, rows, data)


def meets(box: tuple[float, float], others: Sequence[tuple[float, float]]) -> bool:
    """Whether an interval overlaps one of others."""
    return any(a < box[1] and b > box[0] for a, b in others)


def under_their_heads(
    columns: list[tuple[float, float]], rows: Sequence[TableLine], data: Sequence[TableLine]
) -> list[tuple[float, float]]:
    """The columns with those made one that no line has both of: a head at the left of its column
    and the figures at the right; a head and marks, and figures without one beside them."""
    first = data[0].line.top
    is_body = [row.is_data or row.line.top >= first for row in rows]
    used = [
        {column_at(columns, s[0] if below else whole(s)) for s in row.segments}
        for row, below in zip(rows, is_body, strict=True)
    ]
    parts = [[i] for i in range(len(columns))]

    def of(part: list[int]) -> tuple[set[int], set[int]]:
        there = {n for n, own in enumerate(used) if own & set(part)}
        figures = {n for n in there if is_body[n]}
        return there - figures, figures

    for is_left in (True, False):
        index = 1
        while index + 1 < len(parts):
            left, right = of(parts[index]), of(parts[index + 1])
            headed, other = (left, right) if is_left else (right, left)
            is_one = bool(headed[0] and other[1]) and (not other[0] or (is_left and not headed[1]))
            if is_one and not headed[0] & other[0] and not headed[1] & other[1]:
                parts[index : index + 2] = [parts[index] + parts[index + 1]]
            else:
                index += 1
    return [(columns[part[0]][0], columns[part[-1]][1]) for part in parts]


def whole(segment: Sequence[Word]) -> Word:
    """The words of a cell as one."""
    last = segment[-1]
    return Word(text_of(segment), segment[0].x0, last.x1, segment[0].top, last.bottom)


def parted_by_rivers(
    column: tuple[float, float], data: Sequence[TableLine], height: float
) -> list[tuple[float, float]]:
    """The columns that a column is where a space runs down through all its rows, with words on
    both sides in several of them."""
    inside = [
        [w for w in row.line.words if column[0] - 1 <= w.middle <= column[1] + 1] for row in data
    ]
    least = max(FEWEST_BANKS, 0.6 * len(data))
    # Where the space between thousands is a letter of the word, no other space is one.
    is_spaced = any(c.isspace() for row in data for w in row.line.words for c in w.text)
    covered = united(((w.x0, w.x1) for words in inside for w in words), 0.0)
    parts = [column]
    for (_, end), (start, _) in pairwise(covered):
        banks = [
            (left[-1].text, right[0].text)
            for words in inside
            if (left := [w for w in words if w.x1 <= end])
            and (right := [w for w in words if w.x0 >= start])
        ]
        parting = sum(tells_apart(*texts, is_spaced=is_spaced) for texts in banks)
        # *Kvartal 1*, *Kvartal 2* and so on are names.
        is_numbered = len({left for left, _ in banks}) == 1 and banks[0][0].isalpha()
        if len(banks) >= least and (
            (start - end > RIVER * height and not all(map(may_be_one, banks)))
            or (
                start - end > CREEK * height
                and parting >= max(FEWEST_BANKS, 0.6 * len(banks))
                and not is_numbered
            )
        ):
            left, right = parts[-1]
            parts[-1:] = [(left, end), (start, right)]
    return parts


def may_be_one(texts: tuple[str, str]) -> bool:
    """Whether two words beside each other may be one number, of thousands and the rest, as where
    each letter is as wide as a space."""
    left, right = texts
    return bool(THOUSANDS.fullmatch(right)) and left[-1].isdigit() and is_figure(f"{left} {right}")


THOUSANDS = re.compile(r"\d{3}(?:,\d+)?")


def tells_apart(left: str, right: str, *, is_spaced: bool) -> bool:
    """Whether two words beside each other are of two cells: figures that are not one number, or a
    figure and a word that is no unit of measure."""
    figures = is_figure_like(left) + is_figure_like(right)
    if INTERVAL.fullmatch(plain(left)) and right.islower():
        # *30–39 år*
        return False
    if figures == 2:
        return is_spaced or (not is_figure(f"{left} {right}") and left not in SIGNS)
    words = left + right
    return figures == 1 and sum(c.isalpha() for c in words) > 1 and not is_figure(f"{left} {right}")


JUDGED = frozenset(words.listed("judging_signs"))
"""What a table may judge its rows by, narrow as it is."""


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


def has_figures(row: TableLine, columns: list[tuple[float, float]]) -> bool:
    """Whether a line has a figure behind its first column."""
    return row.is_data and any(
        column_at(columns, segment[0]) > 0 and is_figure_like(text_of(segment))
        for segment in row.segments
    )

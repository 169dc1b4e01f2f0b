"""The ruled lines of a picture of a page, and the picture without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bokslut.transcription.reading.page.boxes import Rule
from bokslut.transcription.reading.readers.picture.ink import runs
from bokslut.transcription.reading.readers.picture.tesseract import Picture

FAINT = (205, 222)
"""A pixel of a ruled line is darker than this; of a thin grey one, where none stands yet."""
LEAST_RULE = 56
LEAST_WALL = 34
LEAST_ROW = 12
"""How high a row is at least, in pixels."""
THICKEST_RULE = 9
THICKEST_LYING = 14
"""A line below a head may be thicker than a wall, which the stem of a large letter is like."""


def without_rules(
    pixels: Picture, grounds: Sequence[tuple[float, float, float, float]] = ()
) -> tuple[list[Rule], list[Rule], Picture]:
    """The ruled lines of a picture, lying and upright, in pixels, and the picture without them.

    `grounds`: the boxes of dark ground, whose edges are lines, and whose walls may be faint.
    """
    clean = pixels.copy()
    lying = all_rules_in(pixels, LEAST_RULE, THICKEST_LYING)
    upright = [
        (rule, thickness)
        for rule, thickness in all_rules_in(pixels.T, LEAST_WALL)
        if rule.end - rule.start >= LEAST_RULE or is_wall(rule, lying)
    ]
    lying += dotted_rules_in(pixels, [rule.at for rule, _ in upright])
    for x0, y0, x1, y1 in grounds:
        within = sorted(
            r.at for r, _ in lying if y0 + LEAST_ROW < r.at < y1 - LEAST_ROW and x0 <= r.end <= x1
        )
        # Of a head of several rows each has walls of its own.
        edges = [y0, *(b for a, b in pairwise([y0, *within]) if b - a > LEAST_ROW), y1]
        faint = [one for a, b in pairwise(edges) for one in walls_on(pixels, x0, a, x1, b)]
        upright += [one for one in faint if not any(is_along(r, one[0]) for r, _ in upright)]
    for rules, view in ((lying, clean), (upright, clean.T)):
        for rule, thickness in rules:
            top = max(0, int(rule.at - thickness / 2 - 2))
            view[
                top : int(rule.at + thickness / 2 + 3),
                max(0, int(rule.start) - 2) : int(rule.end) + 3,
            ] = 255
    across, down = [r for r, _ in lying], [r for r, _ in upright]
    for x0, y0, x1, y1 in grounds:
        across += [Rule(y, x0, x1) for y in (y0, y1)]
        down += [Rule(x, y0, y1) for x in (x0, x1)]
    return bridged(across, down), bridged(down, across), clean


FAINTEST = 230
"""A pixel of a wall on dark ground is darker than this in the picture with its ground turned."""


def walls_on(
    pixels: Picture, x0: float, y0: float, x1: float, y1: float
) -> Iterator[tuple[Rule, int]]:
    """The walls of a row on dark ground, with their thickness: as high as the row, which no letter
    is, neither above nor below."""
    edge = int((y1 - y0) / 12) + 1
    inner = pixels[int(y0) + edge : int(y1) - edge, int(x0) : int(x1)]
    if len(inner) < LEAST_ROW:
        return
    ends = (inner[:edge], inner[-edge:])
    lightest = np.max([np.percentile(part, 85, axis=0) for part in (inner, *ends)], axis=0)
    for left, right in runs(lightest < FAINTEST):
        if right - left <= THICKEST_RULE:
            yield Rule(x0 + (left + right - 1) / 2, y0, y1), right - left


def is_along(rule: Rule, other: Rule) -> bool:
    """Whether a line has all of another in it."""
    is_near = abs(rule.at - other.at) < THICKEST_RULE
    return is_near and rule.start < other.start + 6 and rule.end > other.end - 6


LEVEL = 5
"""How far, in pixels, pieces of one line may lie from each other."""
MOSTLY = 0.7
"""How much of a line is there that grain broke into pieces."""


def bridged(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[Rule]:
    """The lines with whole ones for those that are there in pieces: nearly all of it, between walls
    or under another as long, where no gap is from wall to wall, as that beside a merged cell is."""
    made: list[Rule] = []
    left = sorted(rules, key=lambda r: r.at)
    while left:
        group = [rule for rule in left if rule.at - left[0].at <= LEVEL]
        left = left[len(group) :]
        at = float(np.median([rule.at for rule in group]))
        walls = [r.at for r in crossing if r.start - 6 <= at <= r.end + 6]
        pieces: list[tuple[float, float]] = []
        for rule in sorted(group, key=lambda r: r.start):
            if pieces and rule.start <= pieces[-1][1]:
                pieces[-1] = (pieces[-1][0], max(pieces[-1][1], rule.end))
            else:
                pieces.append((rule.start, rule.end))
        start, end = pieces[0][0], pieces[-1][1]
        there = sum(b - a for a, b in pieces)
        if sum(start - 6 < w < end + 6 for w in walls) < 2:
            start, end = frame_of(start, end, there, rules)
        gaps = [(a[1], b[0]) for a, b in pairwise(pieces)]
        is_of_cells = any(all(any(abs(w - x) < 12 for w in walls) for x in gap) for gap in gaps)
        if end > start and not is_of_cells and MOSTLY * (end - start) < there < end - start:
            made.append(Rule(at, start, end))
        else:
            made += group
    return made


def frame_of(start: float, end: float, there: float, rules: Sequence[Rule]) -> tuple[float, float]:
    """From where to where two lines at least go of which pieces may be the third; nowhere for
    none."""
    frames = [
        (r.start, r.end)
        for r in rules
        if r.start < start + 12 and r.end > end - 12 and there > MOSTLY * (r.end - r.start)
    ]
    for frame in frames:
        if sum(max(abs(a - frame[0]), abs(b - frame[1])) < 12 for a, b in frames) > 1:
            return frame
    return (start, start)


def is_wall(rule: Rule, lying: Sequence[tuple[Rule, int]]) -> bool:
    """Whether a short upright line goes from one lying line to another, as in a low row, where a
    letter comes close to both."""
    return all(
        any(
            abs(r.at - end) < thickness / 2 + NEAR and r.start - 6 < rule.at < r.end + 6
            for r, thickness in lying
        )
        for end in (rule.start, rule.end)
    )


NEAR = 2
"""How far, in pixels, a wall may end from the edge of a line that it stands on."""


def all_rules_in(
    pixels: Picture, least: int, thickest: int = THICKEST_RULE
) -> list[tuple[Rule, int]]:
    """Dark lines along the rows of a picture, and grey ones that dark ones do not cover."""
    dark, grey = (rules_in(pixels < limit, least, thickest) for limit in FAINT)

    def covered(rule: Rule) -> float:
        return sum(
            max(0.0, min(other.end, rule.end) - max(other.start, rule.start))
            for other, _ in dark
            if abs(other.at - rule.at) < THICKEST_RULE
        )

    return dark + [one for one in grey if covered(one[0]) < 0.7 * (one[0].end - one[0].start)]


DOT, SPACE = 10, 12
"""How long a dot of a line is at most, and the space between two, in pixels."""
LEAST_DOTTED = 150
FEWEST_DOTTED = 3
"""So many dotted lines as long as each other are those of a table, and no dots before a number."""
SAME_END = 10


def dotted_rules_in(pixels: Picture, walls: Sequence[float]) -> list[tuple[Rule, int]]:
    """Dotted lines along the rows of a picture: several that begin and end below each other, or
    from wall to wall."""
    ink = pixels < FAINT[0]
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    is_dot = ends - starts <= DOT
    goes_on = (rows[1:] == rows[:-1]) & (starts[1:] - ends[:-1] <= SPACE) & is_dot[1:] & is_dot[:-1]
    firsts = np.flatnonzero(np.r_[True, ~goes_on])[: len(rows)]
    lasts = np.r_[firsts[1:], len(rows)] - 1
    filled = np.zeros_like(ink)
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        if last > first and ends[last] - starts[first] >= LEAST_DOTTED:
            filled[rows[first], starts[first] : ends[last]] = True
    found = [
        (rule, thickness)
        for rule, thickness in rules_in(filled, LEAST_DOTTED, THICKEST_RULE)
        if is_bare(
            ink,
            int(rule.at - (thickness - 1) / 2),
            int(rule.at + (thickness - 1) / 2),
            int(rule.start),
            int(rule.end),
        )
    ]

    def alike(rule: Rule) -> int:
        return sum(
            max(abs(rule.start - other.start), abs(rule.end - other.end)) < SAME_END
            for other, _ in found
        )

    def is_walled(rule: Rule) -> bool:
        return all(any(abs(at - w) < SAME_END for w in walls) for at in (rule.start, rule.end))

    return [one for one in found if alike(one[0]) >= FEWEST_DOTTED or is_walled(one[0])]


def rules_in(ink: NDArray[np.bool_], least: int, thickest: int) -> list[tuple[Rule, int]]:
    """Long thin lines of ink along the rows of a picture, with their thickness."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    long = ends - starts >= least
    found: list[list[tuple[int, int, int]]] = []
    open_lines: list[list[int]] = []
    for row, start, end in zip(
        rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True
    ):
        open_lines = [line for line in open_lines if line[1] >= row - 2]
        for line in open_lines:
            if start <= line[3] + 12 and end >= line[2] - 12:
                line[1], line[2], line[3] = row, min(line[2], start), max(line[3], end)
                found[line[0]].append((row, start, end))
                break
        else:
            open_lines.append([len(found), row, start, end])
            found.append([(row, start, end)])
    made = []
    for pieces in found:
        body = body_of(pieces)
        thicker = thicker_parts(pieces, body)
        for first, last, start, end in (body, *thicker):
            if last - first + 1 <= thickest and is_bare(ink, first, last, start, end, thicker):
                made.append((Rule((first + last) / 2, start, end), last - first + 1))
    return made


LONG_PART = 120
"""As long as this, in pixels, is no stem or foot of a letter."""


def thicker_parts(
    pieces: Sequence[tuple[int, int, int]], body: tuple[int, int, int, int]
) -> list[tuple[int, int, int, int]]:
    """Where a line is thicker than most of it, as below the heads that stand on two lines: first
    and last row, start and end of each such part."""
    first, last, *_ = body
    parts: list[tuple[int, int, int, int]] = []
    for row, start, end in sorted(pieces, key=lambda piece: piece[1]):
        if first <= row <= last or end - start < LONG_PART:
            continue
        if parts and start < parts[-1][3]:
            a, b, left, right = parts.pop()
            parts.append((min(a, row), max(b, row), left, max(right, end)))
        else:
            parts.append((min(first, row), max(last, row), start, end))
    return [part for part in parts if part[1] - part[0] > last - first + 1]


def body_of(pieces: Sequence[tuple[int, int, int]]) -> tuple[int, int, int, int]:
    """First and last row, start and end of a line without what only touches it: the stem of a
    letter right above the wall of a table."""
    lengths: Counter[int] = Counter()
    for row, start, end in pieces:
        lengths[row] += end - start
    least = max(lengths.values()) / 2
    own = [piece for piece in pieces if lengths[piece[0]] >= least]
    return (
        min(row for row, _, _ in own),
        max(row for row, _, _ in own),
        min(start for _, start, _ in own),
        max(end for _, _, end in own),
    )


DOUBLE = 0.9
"""So much ink beside a line is another line."""


def is_bare(
    ink: NDArray[np.bool_],
    first: int,
    last: int,
    start: int,
    end: int,
    thicker: Sequence[tuple[int, int, int, int]] = (),
) -> bool:
    """Whether a line has next to no ink on either side of it, but where it is thicker, or another
    line, as where it is double: the feet of letters are none. At its ends other lines may cross
    it."""
    edge = min(8, (end - start) // 6)
    own = np.ones(ink.shape[1], np.bool_)
    for above, below, left, right in thicker:
        if (above, below) != (first, last):
            own[left - 2 : right + 2] = False
    own = own[start + edge : end - edge]

    def share(row: int) -> float:
        return float(ink[row, start + edge : end - edge][own].mean())

    def is_clear(row: int, between: range) -> bool:
        is_double = share(row) > DOUBLE and min(map(share, between)) < 1 - DOUBLE
        return share(row) < 0.2 or is_double

    sides = ((first - 4, range(first - 3, first)), (last + 4, range(last + 1, last + 4)))
    return all(is_clear(*side) for side in sides if 0 <= side[0] < ink.shape[0] and own.any())

"""A row read whole: every way to cut a text into the cells of its columns, and the one that fits.

A grouping of digits (`36 630 60 000 23370`) means something only beside the number of columns, the
decimals of each, and what the row's own arithmetic says. All groupings are listed; what fits alone
is taken, and anything else is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from bokslut.transcription.reading import numbers
from bokslut.transcription.reading.numbers import BLANK, Missing, Number, Reading, Refused

MOST_GROUPINGS = 4_000
"""More ways than this to cut one row are not looked at: the row is a question."""
FAR_APART = 100
"""How many times as large one year's figure may be as another's, where a nearer reading exists."""

NEARER = 3
"""How many times more alike the figures of a row must be with a cell less for that to be asked."""

SEPARATOR = {"|", "=", "¦", "‖", '"', "“", "”", "'", "´", "‘", "’", "_"}
GLUED = re.compile(r"[+-]?[\d,]+")


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum that holds in a row: the column `result` is the coefficients times the others.

    `either_sign`: the result may have either sign, as deviations of costs and of incomes have.
    """

    result: int
    terms: tuple[tuple[int, int], ...]
    either_sign: bool = False
    name: str = ""

    def check(self, values: Sequence[Number | None]) -> bool | None:
        """Whether it holds within rounding; None where a figure is missing."""
        result = values[self.result]
        parts = [(values[i], k) for i, k in self.terms]
        if result is None or any(v is None for v, _ in parts):
            return None
        total = sum((v.value * k for v, k in parts if v), Decimal(0))
        tolerance = sum((v.half_step for v, _ in parts if v), result.half_step)
        if abs(result.value - total) <= tolerance:
            return True
        return self.either_sign and abs(result.value + total) <= tolerance


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to cut a row: the text of each cell and what it says."""

    texts: tuple[str, ...]
    readings: tuple[Reading, ...]
    blanks: tuple[int, ...] = ()

    @property
    def values(self) -> tuple[Number | None, ...]:
        """The numbers, None where there is none."""
        return tuple(r if isinstance(r, Number) else None for r in self.readings)


@dataclass(slots=True)
class Row:
    """What a row says by all that is known of it.

    Attributes:
        fitting: the groupings that nothing speaks against, best first.
        how: how one of them was chosen: `direct` (there was one), `grouped` (count, decimals or
            arithmetic chose), empty where none could be.
        may_have_lost: a cell is or may be missing, so that the groupings rest on little.
    """

    fitting: list[Grouping] = field(default_factory=list)
    how: str = ""
    may_have_lost: bool = False

    @property
    def chosen(self) -> Grouping | None:
        """The one reading that is certain."""
        return self.fitting[0] if self.how else None


@dataclass(frozen=True, slots=True)
class Note(Missing):
    """The number of a note, which is no figure; `code` holds it."""


def tokens_of(text: str) -> list[tuple[str, bool]]:
    """The tokens of a text; True where a bar, or wide space, parts one from the token before it."""
    found: list[tuple[str, bool]] = []
    hard = False
    for piece in re.split(r"( {2,}|\t)", text.strip()):
        if not piece.strip():
            hard = hard or bool(piece)
            continue
        for token in piece.split():
            if token in SEPARATOR:
                hard = True
                continue
            bare = token.strip("|")
            if bare != token and token.startswith("|"):
                hard = True
            if bare:
                found.append((bare, hard))
                hard = token.endswith("|")
    return found


@lru_cache(maxsize=100_000)
def cell(text: str, marks: tuple[tuple[str, str], ...]) -> Reading:
    """What a piece of a row says as one cell, its damaged digits mended; None-like where it is
    none."""
    reading = numbers.read(text, dict(marks))
    if isinstance(reading, Refused) and any(map(numbers.is_damaged, text.split())):
        return reading.candidates[0] if len(reading.candidates) == 1 else reading
    return reading


def is_cell(reading: Reading) -> bool:
    """Whether a reading is that of a cell: a number or a mark, or a number that lost its comma."""
    if isinstance(reading, Refused):
        return reading.reason in ("lost_comma", "minus")
    return reading != BLANK


def groupings(
    tokens: Sequence[tuple[str, bool]], width: int, marks: dict[str, str], *, mends: bool = False
) -> Iterator[Grouping]:
    """Every way to put tokens together into just so many cells.

    `mends`: a number may have lost a space between its thousands.
    """
    known = tuple(sorted(marks.items()))
    count = len(tokens)

    def go(start: int, left: int, done: tuple[tuple[str, Reading], ...]) -> Iterator[Grouping]:
        if left == 0:
            if start == count:
                yield Grouping(tuple(t for t, _ in done), tuple(r for _, r in done))
            return
        if count - start < left:
            return
        text = ""
        for end in range(start, min(count - left + 1, start + 6)):
            token, hard = tokens[end]
            if hard and end > start:
                break
            text = f"{text} {token}" if text else token
            is_mended = mends and LOST_SPACE.fullmatch(text)
            reading = cell(re.sub("[ .:]", "", text) if is_mended else text, known)
            if is_cell(reading):
                yield from go(end + 1, left - 1, (*done, (text, reading)))

    yield from go(0, width, ())


LOST_SPACE = re.compile(
    r"[+-]?(?:[1-9]\d{3,5}(?: \d{3})+|[1-9]\d{0,2}(?: \d{3})*[.:]\d{3}(?: \d{3})*)(?:,\d+)?"
)
"""A number in which a space between thousands is lost, or read as points: `1012 650`, `1:128,3`."""


def with_lost_spaces(
    tokens: Sequence[tuple[str, bool]],
    width: int,
    marks: dict[str, str],
    relations: Sequence[Relation],
    same_measure: Sequence[int],
) -> Row:
    """The one way to cut a row in which spaces between thousands are lost, by its arithmetic or the
    likeness of its figures; none where the row is cut so in several ways or without a loss."""
    beside = [*(a for a, _ in tokens), *(f"{a} {b}" for (a, _), (b, _) in pairwise(tokens))]
    if width < 2 or not any(map(LOST_SPACE.fullmatch, beside)):
        return Row()
    ways = limited(groupings(tokens, width, marks, mends=True)) or []
    sound = [g for g in ways if not any(map(LOST_SPACE.fullmatch, g.texts))]
    if any(likeness(grouping, same_measure) <= FAR_APART for grouping in sound):
        return Row()
    row = narrowed(ways, relations, same_measure)
    return row if row.how else Row()


NOTE = re.compile(r"\d{1,2}(?:, ?\d{1,2}){0,4}")


def with_notes(
    tokens: Sequence[tuple[str, bool]], width: int, marks: dict[str, str], notes: Sequence[int]
) -> Iterator[Grouping]:
    """Every way to cut a row, with the numbers of notes or without."""
    if not notes:
        yield from groupings(tokens, width, marks)
        return
    (at, *_) = notes
    for taken in range(0, min(4, len(tokens)) + 1):
        text = " ".join(t for t, _ in tokens[:taken])
        if at or (taken and not NOTE.fullmatch(text)):
            continue
        for grouping in groupings(tokens[taken:], width - 1, marks):
            yield Grouping(
                (text, *grouping.texts), (Note(text) if text else BLANK, *grouping.readings)
            )


def short_groupings(
    tokens: Sequence[tuple[str, bool]], width: int, marks: dict[str, str]
) -> Iterator[Grouping]:
    """Every way to put tokens into fewer cells than there are columns, and to leave the rest
    blank."""
    for filled in range(width - 1, 0, -1):
        found = False
        for grouping in groupings(tokens, filled, marks):
            found = True
            for places in combinations(range(width), filled):
                texts, readings = [""] * width, [BLANK] * width  # type: list[str], list[Reading]
                for place, text, reading in zip(
                    places, grouping.texts, grouping.readings, strict=True
                ):
                    texts[place], readings[place] = text, reading
                blanks = tuple(i for i in range(width) if i not in places)
                yield Grouping(tuple(texts), tuple(readings), blanks)
        if found:
            return


def glued_groupings(
    tokens: Sequence[tuple[str, bool]], width: int, marks: dict[str, str]
) -> Iterator[Grouping]:
    """Every way to cut a row whose digits were glued (`103510`) into just so many cells."""
    texts = [token for token, _ in tokens]
    missing = width - len(texts)
    known = tuple(sorted(marks.items()))
    for index, token in enumerate(texts):
        if not GLUED.fullmatch(token) or len(token) <= missing:
            continue
        for cuts in combinations(range(1, len(token)), missing):
            pieces = [token[a:b] for a, b in zip((0, *cuts), (*cuts, len(token)), strict=True)]
            cells = [*texts[:index], *pieces, *texts[index + 1 :]]
            readings = tuple(cell(text, known) for text in cells)
            if all(isinstance(r, (Number, Missing)) and r != BLANK for r in readings):
                yield Grouping(tuple(cells), readings)


def limited(found: Iterator[Grouping]) -> list[Grouping] | None:
    """The groupings, or None where there are more than one can look at."""
    made = []
    for grouping in found:
        made.append(grouping)
        if len(made) > MOST_GROUPINGS:
            return None
    return made


def read(
    text: str,
    width: int,
    marks: dict[str, str],
    relations: Sequence[Relation] = (),
    same_measure: Sequence[int] = (),
    may_be_blank: Sequence[Sequence[int]] = (),
    notes: Sequence[int] = (),
) -> Row:
    """Cuts a text into the cells of its columns.

    Args:
        text: the figures of a row, its label taken away.
        width: how many columns of figures there are.
        marks: of missing values.
        relations: what holds in the row.
        same_measure: columns that say the same of several years, so that their figures are alike.
        may_be_blank: the columns that rows of this kind leave blank; the likelier sets first.
        notes: columns of numbers of notes, which a row need not have.
    """
    tokens = tokens_of(text)
    if not tokens or len(tokens) > 60:
        return Row()
    found = limited(with_notes(tokens, width, marks, notes))
    if found is None:
        return Row()
    how = "direct"
    for blank in may_be_blank if not found else ():
        ways = limited(groupings(tokens, width - len(blank), marks)) or []
        found = found or [widened(g, width, blank) for g in ways]
        how = "grouped"
    if not found and len(tokens) < width:
        found = held(limited(short_groupings(tokens, width, marks)) or [], relations)
        glued = held(limited(glued_groupings(tokens, width, marks)) or [], relations)
        found += glued
        return Row(found, "grouped" if len(found) == 1 else "", may_have_lost=True)
    row = Row(found, how) if len(found) == 1 else narrowed(found, relations, same_measure)
    if (
        not row.how
        and (mended := with_lost_spaces(tokens, width, marks, relations, same_measure)).how
    ):
        return mended
    if row.fitting and width > 2 and not held(row.fitting, relations):
        shorter = limited(with_notes(tokens, width - 1, marks, notes)) or []
        nearest = min(map(spread, row.fitting))
        if any(spread(grouping) * NEARER < nearest for grouping in shorter):
            # With a cell less the figures are far more alike: one may have been lost.
            return Row(row.fitting, "", may_have_lost=True)
    return row


def spread(grouping: Grouping) -> Decimal:
    """How many times as large the largest figure of a row is as the smallest, notes and noughts
    apart."""
    values = [abs(v.value) for v in grouping.values if v and v.value]
    return max(values) / min(values) if len(values) > 1 else Decimal(1)


def widened(grouping: Grouping, width: int, blank: Sequence[int]) -> Grouping:
    """A grouping with blank cells in the columns that are left blank."""
    texts, readings = iter(grouping.texts), iter(grouping.readings)
    return Grouping(
        tuple("" if i in blank else next(texts) for i in range(width)),
        tuple(BLANK if i in blank else next(readings) for i in range(width)),
        tuple(blank),
    )


def held(found: Sequence[Grouping], relations: Sequence[Relation]) -> list[Grouping]:
    """The groupings in which some relation holds and none is broken."""
    kept = []
    for grouping in found:
        checks = [relation.check(grouping.values) for relation in relations]
        if True in checks and False not in checks:
            kept.append(grouping)
    return kept


def narrowed(
    found: list[Grouping], relations: Sequence[Relation], same_measure: Sequence[int]
) -> Row:
    """The one of several groupings that arithmetic or likeness leaves."""
    if not found:
        return Row()
    by_arithmetic = held(found, relations)
    if len(by_arithmetic) == 1:
        return Row(by_arithmetic, "grouped")
    pool = by_arithmetic or found
    alike = [g for g in pool if likeness(g, same_measure) <= FAR_APART]
    if len(alike) == 1:
        return Row(alike, "grouped")
    return Row(sorted(pool, key=lambda g: likeness(g, same_measure)), "")


def likeness(grouping: Grouping, columns: Sequence[int]) -> Decimal:
    """How many times as large the largest of some columns' figures is as the smallest."""
    values = [abs(v.value) for i in columns if (v := grouping.values[i]) and v.value]
    return max(values) / min(values) if len(values) > 1 else Decimal(1)

"""The ink of a piece of a page: its shapes, and how high and wide a digit is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bokslut.transcription.reading.page.boxes import Word
from bokslut.transcription.reading.readers.picture.tesseract import Picture

INK = 150
"""A pixel darker than this is ink."""


def runs(marked: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """From where to where a row of marks is set."""
    edges = np.diff(np.pad(marked, 1).astype(np.int8))
    starts, ends = np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist()
    yield from zip(starts, ends, strict=True)


@dataclass(slots=True)
class CutOut:
    """A cell of figures to be read again: its box in points, its words, its shapes."""

    box: tuple[float, float, float, float]
    words: list[Word]
    ink: NDArray[np.bool_]
    shapes: str = ""


def ink_of(pixels: Picture) -> NDArray[np.bool_]:
    """What is ink of a piece of a page: darker than halfway between its type and its ground."""
    if not pixels.size:
        return pixels < INK
    type_, ground = np.percentile(pixels, 1), np.median(pixels)
    return pixels < (max(INK, (type_ + ground) / 2) if type_ < INK else INK)


def trim(ink: NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    """From where to where there is ink, without specks: top, bottom, left, right."""
    rows, columns = np.nonzero(ink.sum(axis=1) > 1)[0], np.nonzero(ink.any(axis=0))[0]
    if len(rows) < 2 or len(columns) < 3 or ink.sum() < 12:
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def glyphs(ink: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """The pieces that empty columns part: left, right, top, bottom."""
    edges = np.diff(np.pad(ink.any(axis=0), 1).astype(np.int8))
    found = []
    for left, right in zip(
        np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist(), strict=True
    ):
        rows = np.nonzero(ink[:, left:right].any(axis=1))[0]
        if ink[:, left:right].sum() >= 6:
            found.append((left, right, int(rows[0]), int(rows[-1]) + 1))
    return found


def digit_size(cuts: Sequence[CutOut]) -> tuple[float, float]:
    """Height and width of a digit on the page, in pixels."""
    heights, widths = [], []
    for cut in cuts:
        for left, right, top, bottom in glyphs(cut.ink):
            if bottom - top > 12 and right - left < 1.2 * (bottom - top):
                heights.append(bottom - top)
                widths.append(right - left)
    if not heights:
        return 30.0, 20.0
    return float(np.median(heights)), float(np.median(widths))


def shapes_of(ink: NDArray[np.bool_], height: float, width: float) -> str:
    """A letter for each shape: `d` a digit or letter, `c` a comma, `m` a dash, `u` something
    raised."""
    pieces = glyphs(ink)
    tall = [(t, b) for _, _, t, b in pieces if b - t >= 0.6 * height]
    base = float(np.median([b for _, b in tall])) if tall else ink.shape[0]
    made = ""
    for number, (left, right, top, bottom) in enumerate(pieces):
        if not number and (dash := leading_dash(ink[top:bottom, left:right], height, width)):
            made, left = "m", left + dash
        high, wide = bottom - top, right - left
        if high >= 0.6 * height:
            made += "d" * max(1, round(wide / (1.25 * width))) if wide > 1.9 * width else "d"
        elif (
            high <= 0.32 * height
            and wide >= 1.4 * high
            and (not tall or bottom < base - 0.15 * height)
        ):
            made += "m"
        elif bottom > base - 0.25 * height:
            made += "c"
        else:
            made += "u"
    return made


def leading_dash(ink: NDArray[np.bool_], height: float, width: float) -> int:
    """How wide a dash is that a shape as high as a digit begins with, as one that touches the digit
    behind it; 0 for none. The bars of a plus and of a 4 are shorter."""
    if len(ink) < 0.6 * height:
        return 0
    rows = np.arange(len(ink))[:, None]
    first = np.where(ink, rows, len(ink)).min(axis=0)
    last = np.where(ink, rows, -1).max(axis=0)
    is_thin = (last - first < 0.25 * height) & (first > 0.25 * height) & (last < 0.8 * len(ink))
    thin = int(np.argmin(is_thin)) if not is_thin.all() else 0
    return thin if thin > 0.6 * width else 0


def shape_of_text(text: str) -> str:
    """The shapes that a reading should have; a per cent sign and letters are left to themselves."""
    return "".join(
        "d" if c.isdigit() else "c" if c in ",." else "m" if c == "-" else "" for c in text
    )

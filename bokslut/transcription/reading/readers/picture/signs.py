"""Per cent signs, which a reader of letters takes for digits and letters."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bokslut.transcription.reading import heads
from bokslut.transcription.reading.page.boxes import Word, is_figure, is_headish, lines_of
from bokslut.transcription.reading.readers.picture.ink import glyphs, ink_of, runs
from bokslut.transcription.reading.readers.picture.tesseract import SCALE, Picture

SHORT = re.compile(r"[(\[]?(?P<core>.{1,3}?)[)\]]?")

WORD = re.compile("[a-zåäö]{2,3}(?<!o)")
"""What is as wide as the sign and is a word, as *år* however its ring is read."""


def with_percent_signs(words: list[Word], pixels: Picture, height: float) -> list[Word]:
    """The words with per cent signs where the picture has them: a reader of letters makes `20`,
    `Yo` or nothing of one behind a comma, in parentheses, or behind a figure or a head.

    `height`: of a digit, in pixels.
    """
    made: list[Word] = []
    for line in lines_of(words):
        for before, word, after in zip(
            [None, *line.words], line.words, [*line.words[1:], None], strict=False
        ):
            core = SHORT.fullmatch(word.text)
            if core and (
                WORD.fullmatch(core["core"])
                or heads.unit_in(core["core"], inferred=True) not in (None, "percent")
            ):
                core = None
            in_parentheses = core is not None and core["core"] != word.text
            leads = before is not None and (
                is_before_sign(before, word) or (in_parentheses and is_close(before, word))
            )
            ink = ink_beside(pixels, word, word.x0, word.x1)
            if (
                core
                and has_percent_sign(ink, height, in_parentheses)
                and (leads or (is_of_letters(before, word) and has_two_rings(ink)))
            ):
                word = replace(word, text=word.text.replace(core["core"], "%"))
            made.append(word)
            edge = word.x1 + 2.4 * word.height
            right = edge if after is None else min(edge, after.x0 - 1)
            if word.text.endswith(",") and has_percent_sign(
                ink_beside(pixels, word, word.x1 + 0.5, right), height
            ):
                made.append(Word("%", word.x1 + 1, word.x1 + word.height, word.top, word.bottom))
    return made


def is_close(before: Word, word: Word) -> bool:
    """Whether a word stands behind another as of one text."""
    return word.x0 - before.x1 < before.height


def is_of_letters(before: Word | None, word: Word) -> bool:
    """Whether a word is no figure, or stands close behind one of letters."""
    is_behind = before is not None and is_close(before, word) and before.text.isalpha()
    return is_behind or not word.text.isdigit()


def has_two_rings(ink: NDArray[np.bool_]) -> bool:
    """Whether a shape has a hole in its upper left and one in its lower right, as a per cent sign
    alone has."""
    paper = np.pad(~ink, 1, constant_values=True)
    outside, reached = np.zeros_like(paper), 0
    outside[0, 0] = True
    while reached < (reached := int(outside.sum())):
        for axis in (0, 1):
            for way in (1, -1):
                outside |= np.roll(outside, way, axis) & paper
    rows, columns = np.nonzero(paper & ~outside)
    drawn = np.nonzero(ink.any(axis=0))[0]
    is_right = columns - 1 > (drawn[0] + drawn[-1]) / 2
    if is_right.all() or not is_right.any():
        return False
    return bool(rows[is_right].mean() - rows[~is_right].mean() > 0.25 * np.ptp(drawn))


def is_before_sign(before: Word, word: Word) -> bool:
    """Whether a word may be a per cent sign by what stands before it; a figure, close to it."""
    text = before.text
    return text.endswith(",") or (is_figure(text) and is_close(before, word)) or is_headish(text)


def ink_beside(pixels: Picture, word: Word, x0: float, x1: float) -> NDArray[np.bool_]:
    """The ink on the line of a word between two edges, in points."""
    top, bottom = max(0, int(word.top * SCALE)), int(word.bottom * SCALE)
    return ink_of(pixels[top:bottom, max(0, int(x0 * SCALE)) : max(0, int(x1 * SCALE) + 1)])


def has_percent_sign(ink: NDArray[np.bool_], height: float, in_parentheses: bool = False) -> bool:
    """Whether ink is one sign as high as a digit and wider, or that in parentheses."""
    if min(ink.shape) < 4:
        return False
    pieces = glyphs(ink)[1:-1] if in_parentheses else glyphs(ink)
    if not 0 < len(pieces) < 3:
        return False
    left, right = pieces[0][0], pieces[-1][1]
    width = right - left
    return max(piece[1] - piece[0] for piece in pieces) > 0.6 * width and any(
        abs(bottom - top - height) < 0.2 * height and 0.9 < width / (bottom - top) < 1.5
        for top, bottom in runs(ink[:, left:right].any(axis=1))
    )

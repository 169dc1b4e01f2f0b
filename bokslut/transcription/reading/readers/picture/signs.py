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
            leads = in_parentheses or (before is not None and is_before_sign(before, word))
            if (
                core
                and leads
                and has_percent_sign(
                    ink_beside(pixels, word, word.x0, word.x1), height, in_parentheses
                )
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


def is_before_sign(before: Word, word: Word) -> bool:
    """Whether a word may be a per cent sign by what stands before it; a figure, close to it."""
    is_close = word.x0 - before.x1 < before.height
    text = before.text
    return text.endswith(",") or (is_figure(text) and is_close) or is_headish(text)


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

"""Pages that are pictures: read with Tesseract, each figure several times, and held to its shape.

The page is read once for its words. Every cell of figures that this finds is then cut out, and all
of them are read again as one picture with one cell a line, in several sizes. A figure stands when
two readings agree and have as many digits, commas and dashes as the picture has shapes of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from bokslut.transcription.reading.page.boxes import Rule, Word
from bokslut.transcription.reading.readers.picture.cells import confirmed
from bokslut.transcription.reading.readers.picture.ground import (
    evened,
    straightened,
    whitened,
    without_specks,
)
from bokslut.transcription.reading.readers.picture.rules import without_rules
from bokslut.transcription.reading.readers.picture.tesseract import DPI, SCALE, tesseract
from bokslut.transcription.reading.stream import NotRead

LONGEST_EDGE = 6000
"""Of a page's picture, in pixels."""


def render(page: pdfium.PdfPage) -> Image.Image:
    """The picture of a page, grey."""
    width, height = page.get_size()
    scale = min(SCALE, LONGEST_EDGE / max(width, height))
    if scale < 1:
        raise NotRead(
            f"En sida är {width / 72:.0f} gånger {height / 72:.0f} tum. Väntat: A4 eller A3."
        )
    return page.render(scale=scale, grayscale=True).to_pil().convert("L")


@dataclass(slots=True)
class ScannedPage:
    """What was read of a picture: words and ruled lines, in points."""

    words: list[Word]
    lying: list[Rule]
    upright: list[Rule]


def read_picture(picture: Image.Image) -> ScannedPage:
    """The words of a picture of a page, figures read several times."""
    pixels, boxes = evened(straightened(np.array(picture)))
    pixels = without_specks(pixels)
    # Faint lines are found before the paper is made white.
    lying, upright, clean = without_rules(pixels, boxes)
    clean = whitened(clean)
    image = Image.fromarray(clean)
    words = words_of(tesseract(image, "-l", "swe", "--psm", "6", "--dpi", str(DPI)))
    across = [Rule(r.at / SCALE, r.start / SCALE, r.end / SCALE) for r in lying]
    down = [Rule(r.at / SCALE, r.start / SCALE, r.end / SCALE) for r in upright]
    return ScannedPage(confirmed(words, across, down, clean), across, down)


GLUED_YEAR = re.compile(r"(?<=[a-zåäö][a-zåäö])(?=(?:19|20)\d\d$)")
"""Where a reader of letters lost the space before the year of a head: `Mål2025`."""


def words_of(rows: Sequence[Sequence[str]]) -> list[Word]:
    """The words of Tesseract's table, each as high as its type; specks and bars are no words."""
    found: list[tuple[tuple[str, str, str], Word]] = []
    for row in rows:
        text = GLUED_YEAR.sub(" ", row[11].strip().strip("|[]{}_"))
        if row[0] != "5" or not any(c.isalnum() or c in "-–—%" for c in text):
            continue
        left, top, width, height = (int(value) / SCALE for value in row[6:10])
        word = Word(text, left, left + width, top, top + height, doubtful=float(row[10]) < 60)
        found.append(((row[2], row[3], row[4]), word))
    if not found:
        return []
    usual = float(np.median([type_height(w) for _, w in found]))
    lines: dict[tuple[str, str, str], list[Word]] = {}
    for key, word in found:
        lines.setdefault(key, []).append(word)
    for words in lines.values():
        middle = float(np.median([(w.top + w.bottom) / 2 for w in words]))
        own = float(np.median([type_height(w) for w in words]))
        is_told = sum(len(w.text) for w in words) >= TELLING
        half = 0.58 * (own if own > 1.2 * usual or (own < 0.85 * usual and is_told) else usual)
        for word in words:
            centre = (word.top + word.bottom) / 2
            centre = middle if abs(centre - middle) < 0.4 * usual else centre
            word.top, word.bottom = centre - half, centre + half
    return [word for _, word in found]


TELLING = 4
"""So many letters of a line tell how high its type is, which may be smaller in a table."""


def type_height(word: Word) -> float:
    """The height of the type that a word is set in, by its ink and which letters it has."""
    high = 0.73 if any(c.isdigit() or c.isupper() or c in "bdfhklt" for c in word.text) else 0.54
    high += 0.15 if any(c in "ÅÄÖÉ" for c in word.text) else 0
    deep = 0.21 if any(c in "gjpqyQ,;()" for c in word.text) else 0
    return word.height / (high + deep)


def read_page(picture: Image.Image, place: str) -> ScannedPage:
    """Reads the picture of a page.

    Raises NotRead: Tesseract is missing or fails; the message says where.
    """
    try:
        return read_picture(picture)
    except NotRead as failure:
        raise NotRead(f"{place}: {failure}") from failure

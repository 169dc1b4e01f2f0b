"""Cells of a page below each other in one picture, to be read once more."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from bokslut.transcription.reading.page.boxes import Word
from bokslut.transcription.reading.readers.picture.ink import CutOut
from bokslut.transcription.reading.readers.picture.tesseract import DPI, SCALE, Picture, tesseract

FIGURES = "0123456789,-–% "
PASSES = ((300, "eng", True), (200, "eng", False), (300, "swe", False), (300, "eng", False))
"""Size, language and whether only figures may be read, of each further reading: a reader that may
read anything finds all shapes of a figure more often."""
TALLEST = 30_000
"""How many pixels high a picture is at most; Tesseract takes none of 32 768 or more."""


def montage_readings(
    cuts: Sequence[CutOut], pixels: Picture, dpi: int, language: str, only_figures: bool
) -> list[str]:
    """One more reading of each cut-out."""
    found = montage_words(cuts, pixels, dpi, language, only_figures)
    return [" ".join(word.text for word in words) for words in found]


def montage_words(
    cuts: Sequence[CutOut], pixels: Picture, dpi: int, language: str, only_figures: bool
) -> list[list[Word]]:
    """The words of one more reading of each cut-out, in their places on the page: as many as one
    picture holds below each other in one."""
    if not cuts:
        return []
    factor = dpi / DPI
    line = int(max(cut.box[3] - cut.box[1] for cut in cuts) * SCALE * factor * 1.05) + 4
    step = line + int(0.75 * line)
    most = max(1, TALLEST // step - 1)
    if len(cuts) > most:
        settings = (pixels, dpi, language, only_figures)
        return montage_words(cuts[:most], *settings) + montage_words(cuts[most:], *settings)
    crops = []
    for cut in cuts:
        x0, y0, x1, y1 = (int(v * SCALE) for v in cut.box)
        crop = Image.fromarray(pixels[max(0, y0 - 3) : y1 + 4, max(0, x0 - 6) : x1 + 7])
        if factor != 1:
            crop = crop.resize(
                (max(1, round(crop.width * factor)), max(1, round(crop.height * factor))),
                Image.Resampling.LANCZOS,
            )
        crops.append(crop)
    sheet = Image.new("L", (max(c.width for c in crops) + 100, step * len(crops) + step), 255)
    for index, crop in enumerate(crops):
        sheet.paste(crop, (50, step // 2 + index * step + (line - crop.height) // 2))
    options = ["-l", language, "--psm", "6", "--dpi", str(dpi)]
    if only_figures:
        options += ["-c", f"tessedit_char_whitelist={FIGURES}"]
    found: list[list[Word]] = [[] for _ in cuts]
    for row in tesseract(sheet, *options):
        if row[0] == "5" and row[11].strip():
            middle = int(row[7]) + int(row[9]) / 2
            index = int((middle - step / 2 + (step - line) / 2) // step)
            if 0 <= index < len(cuts):
                cut = cuts[index]
                origin = max(0, int(cut.box[0] * SCALE) - 6)
                x0, x1 = (
                    (origin + (int(row[6]) + more - 50) / factor) / SCALE
                    for more in (0, int(row[8]))
                )
                found[index].append(Word(row[11].strip(), x0, x1, cut.box[1], cut.box[3]))
    return found

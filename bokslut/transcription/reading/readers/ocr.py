"""Pages that are pictures: read with Tesseract, each figure several times, and held to its shape.

The page is read once for its words. Every cell of figures that this finds is then cut out, and all
of them are read again as one picture with one cell a line, in several sizes. A figure stands when
two readings agree and have as many digits, commas and dashes as the picture has shapes of each.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from bokslut.transcription.reading import layout
from bokslut.transcription.reading.layout import Rule, Word
from bokslut.transcription.reading.numbers import DATE, plain
from bokslut.transcription.reading.stream import NotRead

DPI = 300
SCALE = DPI / 72
LONGEST_EDGE = 6000
"""Of a page's picture, in pixels."""
INK = 150
"""A pixel darker than this is ink."""
FAINT = 205
"""A pixel of a ruled line is darker than this."""
LEAST_RULE = 56
THICKEST_RULE = 9
SECONDS = 120
"""The longest that one reading of a page may take."""
FIGURES = "0123456789,-–% "
PASSES = ((200, "eng", True), (300, "swe", True), (300, "eng", False))
"""Size, language and whether only figures may be read, of each further reading."""

Picture = NDArray[np.uint8]


def program() -> str:
    """The path of Tesseract.

    Raises NotRead: it is not installed, or lacks Swedish.
    """
    found = shutil.which("tesseract")
    if not found:
        raise NotRead(
            "Sidorna är bilder, och Tesseract som läser dem saknas: "
            "apt-get install tesseract-ocr tesseract-ocr-swe."
        )
    return found


def tesseract(picture: Image.Image, *arguments: str) -> list[list[str]]:
    """The rows of Tesseract's table of words for a picture.

    Raises NotRead: it fails or takes too long.
    """
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    try:
        done = subprocess.run(
            [program(), "stdin", "stdout", *arguments, "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"OMP_THREAD_LIMIT": "1", "PATH": os.environ.get("PATH", "")}
            | {k: v for k, v in os.environ.items() if k == "TESSDATA_PREFIX"},
        )
    except subprocess.TimeoutExpired as late:
        raise NotRead(f"En sida tog mer än {SECONDS} sekunder att läsa.") from late
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotRead(
            f"Tesseract kunde inte läsa en sida: {told[-1] if told else done.returncode}."
        )
    rows = [line.split("\t") for line in done.stdout.decode(errors="replace").splitlines()[1:]]
    return [row for row in rows if len(row) == 12]


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
    pixels = straightened(np.array(picture))
    lying, upright, clean = without_rules(pixels)
    image = Image.fromarray(clean)
    words = words_of(tesseract(image, "-l", "swe", "--psm", "6", "--dpi", str(DPI)))
    across = [Rule(r.at / SCALE, r.start / SCALE, r.end / SCALE) for r in lying]
    down = [Rule(r.at / SCALE, r.start / SCALE, r.end / SCALE) for r in upright]
    return ScannedPage(confirmed(words, across, down, clean), across, down)


def straightened(pixels: Picture) -> Picture:
    """The picture turned so that its lines lie level, where it is at most two degrees off."""
    small = Image.fromarray(pixels)
    small.thumbnail((900, 900))
    ink = Image.fromarray(np.where(np.array(small) < INK, 255, 0).astype(np.uint8))

    def sharpness(angle: float) -> float:
        rows = np.array(ink.rotate(angle)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    angles = [step / 5 for step in range(-10, 11)]
    best = max(angles, key=sharpness)
    fine = max((best + step / 20 for step in range(-3, 4)), key=sharpness)
    if abs(fine) < 0.1 or sharpness(fine) < 1.03 * sharpness(0):
        return pixels
    return np.array(Image.fromarray(pixels).rotate(fine, Image.Resampling.BICUBIC, fillcolor=255))


def without_rules(pixels: Picture) -> tuple[list[Rule], list[Rule], Picture]:
    """The ruled lines of a picture, lying and upright, in pixels, and the picture without them."""
    clean = pixels.copy()
    lying = rules_in(pixels < FAINT)
    upright = rules_in((pixels < FAINT).T)
    for rules, view in ((lying, clean), (upright, clean.T)):
        for rule, thickness in rules:
            top = max(0, int(rule.at - thickness / 2 - 2))
            view[
                top : int(rule.at + thickness / 2 + 3),
                max(0, int(rule.start) - 2) : int(rule.end) + 3,
            ] = 255
    return [r for r, _ in lying], [r for r, _ in upright], clean


def rules_in(ink: NDArray[np.bool_]) -> list[tuple[Rule, int]]:
    """Long thin lines of ink along the rows of a picture, with their thickness."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    long = ends - starts >= LEAST_RULE
    found: list[list[int]] = []
    open_lines: list[list[int]] = []
    for row, start, end in zip(
        rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True
    ):
        open_lines = [line for line in open_lines if line[1] >= row - 2]
        for line in open_lines:
            if start <= line[3] + 12 and end >= line[2] - 12:
                line[1], line[2], line[3] = row, min(line[2], start), max(line[3], end)
                break
        else:
            line = [row, row, start, end]
            open_lines.append(line)
            found.append(line)
    return [
        (Rule((first + last) / 2, start, end), last - first + 1)
        for first, last, start, end in found
        if last - first + 1 <= THICKEST_RULE
    ]


def words_of(rows: Sequence[Sequence[str]]) -> list[Word]:
    """The words of Tesseract's table, each as high as its type; specks and bars are no words."""
    found: list[tuple[tuple[str, str, str], Word]] = []
    for row in rows:
        text = row[11].strip().strip("|[]{}_")
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
        half = 0.58 * (own if own > 1.25 * usual and len(words) < 12 else usual)
        for word in words:
            centre = (word.top + word.bottom) / 2
            centre = middle if abs(centre - middle) < 0.4 * usual else centre
            word.top, word.bottom = centre - half, centre + half
    return [word for _, word in found]


def type_height(word: Word) -> float:
    """The height of the type that a word is set in, by its ink and which letters it has."""
    high = 0.73 if any(c.isdigit() or c.isupper() or c in "bdfhklt" for c in word.text) else 0.54
    high += 0.15 if any(c in "ÅÄÖÉ" for c in word.text) else 0
    deep = 0.21 if any(c in "gjpqyQ,;()" for c in word.text) else 0
    return word.height / (high + deep)


@dataclass(slots=True)
class CutOut:
    """A cell of figures to be read again: its box in points, its words, its shapes."""

    box: tuple[float, float, float, float]
    words: list[Word]
    ink: NDArray[np.bool_]
    shapes: str = ""


def confirmed(
    words: list[Word], lying: list[Rule], upright: list[Rule], pixels: Picture
) -> list[Word]:
    """The words of a page with those in cells of figures as most readings have them."""
    cuts = cut_outs(words, lying, upright, pixels)
    if not cuts:
        return words
    digit = digit_size(cuts)
    for cut in cuts:
        cut.shapes = shapes_of(cut.ink, *digit)
    readings = [montage_readings(cuts, pixels, *settings) for settings in PASSES]
    gone: set[int] = set()
    new: list[Word] = []
    for index, cut in enumerate(cuts):
        first = plain(" ".join(w.text for w in cut.words))
        made = agreed(cut, first, [reading[index] for reading in readings])
        if made is None:
            continue
        gone |= set(map(id, cut.words))
        new.append(made)
    return [w for w in words if id(w) not in gone] + new


def cut_outs(
    words: list[Word], lying: list[Rule], upright: list[Rule], pixels: Picture
) -> list[CutOut]:
    """The cells of all tables of a page that have ink and may be figures."""
    grids, rest = layout.ruled_grids(words, lying, upright)
    boxes: list[tuple[tuple[float, float, float, float], list[Word]]] = []
    for grid in grids:
        for row in grid.rows:
            for cell in row:
                if cell.column > 1 and cell.box and is_open(cell.text, cell.span * cell.rows == 1):
                    boxes.append((cell.box, cell.words))
    open_ones, _ = layout.open_grids(layout.lines_of(rest), lying)
    for grid in open_ones:
        for row in grid.rows:
            tops = [w.top for cell in row for w in cell.words]
            bottoms = [w.bottom for cell in row for w in cell.words]
            for cell in row:
                if cell.column > 1 and cell.box and tops and is_open(cell.text, cell.span == 1):
                    boxes.append(((cell.box[0], min(tops), cell.box[2], max(bottoms)), cell.words))
    cuts = []
    for box, own in boxes:
        x0, y0, x1, y1 = (int(v * SCALE) for v in (box[0], box[1], box[2], box[3]))
        ink = pixels[max(0, y0 - 2) : y1 + 3, max(0, x0) : x1 + 1] < INK
        trimmed = trim(ink)
        if trimmed:
            top, bottom, left, right = trimmed
            cut_box = (
                (max(0, x0) + left) / SCALE,
                (max(0, y0 - 2) + top) / SCALE,
                (max(0, x0) + right) / SCALE,
                (max(0, y0 - 2) + bottom) / SCALE,
            )
            cuts.append(CutOut(cut_box, own, ink[top:bottom, left:right]))
    return cuts


def is_open(text: str, is_single: bool) -> bool:
    """Whether a cell may hold figures: few letters and no date; digits where it is a merged one."""
    letters = sum(c.isalpha() for c in text)
    return (
        letters <= 4
        and not DATE.fullmatch(plain(text))
        and (is_single or any(c.isdigit() for c in text))
    )


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
    for left, right, top, bottom in pieces:
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


def shape_of_text(text: str) -> str:
    """The shapes that a reading should have; a per cent sign and letters are left to themselves."""
    return "".join(
        "d" if c.isdigit() else "c" if c in ",." else "m" if c == "-" else "" for c in text
    )


TALLEST = 30_000
"""How many pixels high a picture is at most; Tesseract takes none of 32 768 or more."""


def montage_readings(
    cuts: Sequence[CutOut], pixels: Picture, dpi: int, language: str, only_figures: bool
) -> list[str]:
    """One more reading of each cut-out: as many as one picture holds below each other in one."""
    if not cuts:
        return []
    factor = dpi / DPI
    line = int(max(cut.box[3] - cut.box[1] for cut in cuts) * SCALE * factor * 1.05) + 4
    step = line + int(0.75 * line)
    most = max(1, TALLEST // step - 1)
    if len(cuts) > most:
        settings = (pixels, dpi, language, only_figures)
        return montage_readings(cuts[:most], *settings) + montage_readings(cuts[most:], *settings)
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
    readings = [""] * len(cuts)
    for row in tesseract(sheet, *options):
        if row[0] == "5" and row[11].strip():
            middle = int(row[7]) + int(row[9]) / 2
            index = int((middle - step / 2 + (step - line) / 2) // step)
            if 0 <= index < len(cuts):
                readings[index] += (" " if readings[index] else "") + row[11].strip()
    return readings


PERCENT = re.compile(r"(?<=\d) ?(?:[PVY%][oO0]|o/o)$")
"""A per cent sign behind a figure, as it is misread."""


def tidy(reading: str) -> str:
    """A reading with what a dash is taken for as one dash, and without noise around it."""
    text = PERCENT.sub("%", plain(reading).strip("|[]{}'\"`´‘’ "))
    while (text[:1] in "~=_+—" and len(text) > 1) or text.startswith("--"):
        text = "-" + text[1:].lstrip("-~=_ ") if text[:1] != "+" else text
        if text[:1] == "+":
            break
    if text.startswith("- "):
        text = "-" + text[2:]
    for wrong in ";:'":
        text = text.replace(wrong, ",") if any(c.isdigit() for c in text) else text
    return text


def agreed(cut: CutOut, first: str, others: Sequence[str]) -> Word | None:
    """What a cut-out says by most of its readings; None where its words are to stay as they are."""
    if cut.shapes == "m":
        return Word("–", cut.box[0], cut.box[2], *edges_of(cut))
    if sum(c.isalpha() for c in first) > 2 and not any(c.isdigit() for c in first):
        return None
    minus = cut.shapes.startswith("m")
    votes: Counter[str] = Counter()
    for reading in (first, *others):
        text = tidy(reading)
        if minus and text[:1] != "-" and any(c.isdigit() for c in text):
            text = "-" + text
        if not minus and text[:1] == "-" and cut.shapes.startswith("d"):
            text = text[1:]
        text = text.replace(" %", "%").removeprefix("+").strip()
        if text:
            votes[text.replace(".", ",") if text.count(".") == 1 and "," not in text else text] += 1
    figures = {text: n for text, n in votes.items() if any(c.isdigit() for c in text)}
    if votes["%"] > 1 and votes["%"] >= max(figures.values(), default=0):
        return Word("%", cut.box[0], cut.box[2], *edges_of(cut))
    if not figures and cut.shapes in ("cc", "ccc"):
        return Word("." * len(cut.shapes), cut.box[0], cut.box[2], *edges_of(cut), doubtful=True)
    if not figures:
        # There is ink but no figure in any reading: seen, and asked about.
        unread = not any(c.isalpha() for c in first) and "d" in cut.shapes
        return (
            Word(first or "?", cut.box[0], cut.box[2], *edges_of(cut), doubtful=True)
            if unread
            else None
        )
    has_plus = any(plain(reading).startswith("+") for reading in (first, *others))
    shapes = cut.shapes.removeprefix("u") if has_plus else cut.shapes
    fitting = {text: n for text, n in figures.items() if fits(text, shapes)}
    pool = fitting or figures
    best = max(pool, key=lambda text: (pool[text], text == tidy(first)))
    rivals = tuple(text for text in figures if joined_digits(text) != joined_digits(best))
    is_sure = bool(fitting) and pool[best] >= 2 and all(figures[r] < pool[best] for r in rivals)
    close = [r for r in rivals if r in fitting and fitting[r] >= pool[best] - 1]
    is_sure = is_sure and (pool[best] > 2 or not close)
    return Word(
        best,
        cut.box[0],
        cut.box[2],
        *edges_of(cut),
        others=() if is_sure else rivals or ("",),
        doubtful=not is_sure,
    )


def fits(text: str, shapes: str) -> bool:
    """Whether a reading has the shapes of its picture."""
    wanted = shape_of_text(text)
    if any(c.isalpha() or c in "%<>()*" for c in text):
        return shapes.startswith(wanted[:2]) and len(shapes) >= len(wanted)
    return wanted == shapes


def joined_digits(text: str) -> str:
    """A reading without spaces."""
    return text.replace(" ", "")


def edges_of(cut: CutOut) -> tuple[float, float]:
    """Top and bottom of a cut-out: those of its words, so that it stays on their line."""
    if cut.words:
        return min(w.top for w in cut.words), max(w.bottom for w in cut.words)
    return cut.box[1], cut.box[3]


def read_page(picture: Image.Image, place: str) -> ScannedPage:
    """Reads the picture of a page.

    Raises NotRead: Tesseract is missing or fails; the message says where.
    """
    try:
        return read_picture(picture)
    except NotRead as failure:
        raise NotRead(f"{place}: {failure}") from failure

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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from bokslut.transcription.reading import heads, layout
from bokslut.transcription.reading.layout import Rule, Word
from bokslut.transcription.reading.numbers import DATE, plain
from bokslut.transcription.reading.stream import NotRead

DPI = 300
SCALE = DPI / 72
LONGEST_EDGE = 6000
"""Of a page's picture, in pixels."""
INK = 150
"""A pixel darker than this is ink."""
FAINT = (205, 222)
"""A pixel of a ruled line is darker than this; of a thin grey one, where none stands yet."""
LEAST_RULE = 56
LEAST_WALL = 34
THICKEST_RULE = 9
SECONDS = 120
"""The longest that one reading of a page may take."""
FIGURES = "0123456789,-–% "
PASSES = ((300, "eng", True), (200, "eng", False), (300, "swe", False), (300, "eng", False))
"""Size, language and whether only figures may be read, of each further reading: a reader that may
read anything finds all shapes of a figure more often."""

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
    pixels, boxes = evened(straightened(np.array(picture)))
    lying, upright, clean = without_rules(pixels)
    for x0, y0, x1, y1 in boxes:
        lying += [Rule(y, x0, x1) for y in (y0, y1)]
        upright += [Rule(x, y0, y1) for x in (x0, x1)]
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


BLOCK = 4
"""The side, in pixels, of the squares that a page's ground is measured in."""
DARK = 175
"""A square darker than this on average is ink, or dark ground."""
WHITE = 240
"""Ground at least this light is as good as white."""
MOSTLY = 128
"""Of 255: from what share of dark squares around it a square lies on dark ground."""


Box = tuple[float, float, float, float]


def evened(pixels: Picture) -> tuple[Picture, list[Box]]:
    """The picture with dark letters on white everywhere: dark ground turned, shaded ground made
    white; and the boxes of the dark ground."""
    height, width = (side // BLOCK * BLOCK for side in pixels.shape)
    shape = (height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    means = Image.fromarray(pixels[:height, :width].reshape(shape).mean((1, 3)).astype(np.uint8))
    dark = means.point(lambda mean: 255 if mean < DARK else 0)
    core = dark.filter(ImageFilter.BoxBlur(7)).point(lambda share: 255 if share > MOSTLY else 0)
    turned, boxes = grounds(np.array(dark) > 0, np.array(core) > 0, pixels)
    ground = Image.fromarray(turned)
    even = np.where(over(ground, pixels) > 0, 255 - pixels, pixels)
    squares = Image.fromarray(even[:height, :width].reshape(shape).mean((1, 3)).astype(np.uint8))
    light = squares.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5))
    shaded = light.point(lambda value: 255 if value < WHITE else 0)
    # Only what is wide and high: between letters too a square may seem shaded.
    shaded = shaded.filter(ImageFilter.MinFilter(9)).filter(ImageFilter.MaxFilter(9))
    around = np.maximum(over(light, pixels), 60).astype(np.float32)
    scale = np.where(over(shaded, pixels) > 0, 255 / around, 1)
    return np.clip(even * scale, 0, 255).astype(np.uint8), boxes


def grounds(
    dark: NDArray[np.bool_], core: NDArray[np.bool_], pixels: Picture
) -> tuple[Picture, list[Box]]:
    """255 in the box around each piece of `core`, from the first to the last of its edges that is
    mostly dark, where its letters are lighter than the ground, else 0; and those boxes."""
    made = np.zeros(dark.shape, np.uint8)
    boxes: list[Box] = []
    for top, bottom in runs(core.any(axis=1)):
        for left, right in runs(core[top:bottom].any(axis=0)):
            y0, y1 = widest(dark[:, left:right].mean(axis=1) > 0.5, top, bottom)
            x0, x1 = widest(dark[y0:y1].mean(axis=0) > 0.5, left, right) if y1 > y0 else (0, 0)
            box = pixels[y0 * BLOCK : y1 * BLOCK, x0 * BLOCK : x1 * BLOCK]
            if is_ground(box):
                made[y0:y1, x0:x1] = 255
                boxes.append((x0 * BLOCK, y0 * BLOCK, x1 * BLOCK, y1 * BLOCK))
    return made, boxes


def is_ground(box: Picture) -> bool:
    """Whether a box is of one tone with letters lighter than it, and not just bold letters."""
    if not box.size:
        return False
    deep, middle, high = np.percentile(box, (1, 50, 99))
    is_even = np.mean(np.abs(box - np.float32(middle)) < TONE) > 0.5
    return bool(is_even and high - middle > middle - deep)


TONE = 25
"""How far, in shades of grey, pixels of one ground lie from each other."""


def widest(marked: NDArray[np.bool_], start: int, end: int) -> tuple[int, int]:
    """The run of marks that begins in a stretch, or reaches into it, up to the last that does."""
    some = [run for run in runs(marked) if run[0] < end and run[1] > start]
    return (some[0][0], some[-1][1]) if some else (start, start)


def runs(marked: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """From where to where a row of marks is set."""
    edges = np.diff(np.pad(marked, 1).astype(np.int8))
    starts, ends = np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist()
    yield from zip(starts, ends, strict=True)


def over(squares: Image.Image, pixels: Picture) -> Picture:
    """Values of squares for each pixel that they stand for."""
    size = (squares.width * BLOCK, squares.height * BLOCK)
    wide = np.array(squares.resize(size, Image.Resampling.NEAREST))
    rest = [(0, a - b) for a, b in zip(pixels.shape, wide.shape, strict=True)]
    return np.pad(wide, rest, mode="edge")


def without_rules(pixels: Picture) -> tuple[list[Rule], list[Rule], Picture]:
    """The ruled lines of a picture, lying and upright, in pixels, and the picture without them."""
    clean = pixels.copy()
    lying = all_rules_in(pixels, LEAST_RULE)
    upright = [
        (rule, thickness)
        for rule, thickness in all_rules_in(pixels.T, LEAST_WALL)
        if rule.end - rule.start >= LEAST_RULE or is_wall(rule, lying)
    ]
    for rules, view in ((lying, clean), (upright, clean.T)):
        for rule, thickness in rules:
            top = max(0, int(rule.at - thickness / 2 - 2))
            view[
                top : int(rule.at + thickness / 2 + 3),
                max(0, int(rule.start) - 2) : int(rule.end) + 3,
            ] = 255
    return [r for r, _ in lying], [r for r, _ in upright], clean


def is_wall(rule: Rule, lying: Sequence[tuple[Rule, int]]) -> bool:
    """Whether a short upright line stands between two lying ones, as in a low row."""
    return all(
        any(abs(r.at - end) < 6 and r.start - 6 < rule.at < r.end + 6 for r, _ in lying)
        for end in (rule.start, rule.end)
    )


def all_rules_in(pixels: Picture, least: int) -> list[tuple[Rule, int]]:
    """Dark lines along the rows of a picture, and grey ones that dark ones do not cover."""
    dark, grey = (rules_in(pixels < limit, least) for limit in FAINT)

    def covered(rule: Rule) -> float:
        return sum(
            max(0.0, min(other.end, rule.end) - max(other.start, rule.start))
            for other, _ in dark
            if abs(other.at - rule.at) < THICKEST_RULE
        )

    return dark + [one for one in grey if covered(one[0]) < 0.7 * (one[0].end - one[0].start)]


def rules_in(ink: NDArray[np.bool_], least: int) -> list[tuple[Rule, int]]:
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
        first, last, start, end = body_of(pieces)
        if last - first + 1 <= THICKEST_RULE and is_bare(ink, first, last, start, end):
            made.append((Rule((first + last) / 2, start, end), last - first + 1))
    return made


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


def is_bare(ink: NDArray[np.bool_], first: int, last: int, start: int, end: int) -> bool:
    """Whether a line has next to no ink on either side of it: the feet of letters are none."""
    return all(
        ink[row, start:end].mean() < 0.2 for row in (first - 4, last + 4) if 0 <= row < ink.shape[0]
    )


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


SHORT = re.compile(r"[(\[]?(?P<core>.{1,3}?)[)\]]?")


def with_percent_signs(words: list[Word], pixels: Picture, height: float) -> list[Word]:
    """The words with per cent signs where the picture has them: a reader of letters makes `20`,
    `Yo` or nothing of one behind a comma, in parentheses, or behind a figure or a head.

    `height`: of a digit, in pixels.
    """
    made: list[Word] = []
    for line in layout.lines_of(words):
        for before, word, after in zip(
            [None, *line.words], line.words, [*line.words[1:], None], strict=False
        ):
            core = SHORT.fullmatch(word.text)
            if core and heads.unit_in(core["core"], inferred=True) not in (None, "percent"):
                core = None
            in_parentheses = core is not None and core["core"] != word.text
            leads = in_parentheses or (before is not None and is_before_sign(before.text))
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


def is_before_sign(text: str) -> bool:
    """Whether a per cent sign may stand behind a word."""
    return text.endswith(",") or layout.is_figure(text) or layout.is_headish(text)


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
    grids, rest = layout.ruled_grids(words, lying, upright)
    open_ones, _ = layout.open_grids(layout.lines_of(rest), lying)
    cuts = cut_outs(grids, open_ones, pixels)
    if not cuts:
        return words
    digit = digit_size(cuts)
    for cut in cuts:
        cut.shapes = shapes_of(cut.ink, *digit)
    readings = [montage_readings(cuts, pixels, *settings) for settings in PASSES]
    gone: set[int] = set()
    new: list[Word] = []
    figures: set[int] = set()
    for index, cut in enumerate(cuts):
        first = plain(" ".join(w.text for w in cut.words))
        made = agreed(cut, first, [reading[index] for reading in readings])
        if made is None:
            continue
        figures.add(id(cut.words))
        gone |= set(map(id, cut.words))
        new.append(made)
    texts = {
        id(cell): cell
        for grid in grids
        for row in grid.rows
        for cell in row
        if id(cell.words) not in figures
    } | {
        id(cell): cell
        for grid in open_ones
        for row in grid.rows
        if any(cell.column > 1 and id(cell.words) in figures for cell in row)
        for cell in row
        if cell.column == 1 and cell.words and id(cell.words) not in figures
    }
    for cell, again in texts_again(list(texts.values()), pixels, digit[0]):
        gone |= set(map(id, cell.words))
        new += again
    kept = [w for w in words if id(w) not in gone] + new
    return with_percent_signs(kept, pixels, digit[0])


def texts_again(
    cells: Sequence[layout.GridCell], pixels: Picture, height: float
) -> Iterator[tuple[layout.GridCell, list[Word]]]:
    """The cells of texts of ruled tables with the words that each is read as by itself, line by
    line: beside others its words are taken for theirs, and their order is lost."""
    lines: list[CutOut] = []
    owners: list[layout.GridCell] = []
    for cell in cells:
        for cut in text_lines(cell, pixels, height):
            lines.append(cut)
            owners.append(cell)
    read: dict[int, list[Word]] = {}
    found = montage_words(lines, pixels, DPI, "swe", False)
    for owner, words in zip(owners, found, strict=True):
        for word in words:
            word.text = word.text.strip("|[]{}_")
            middle = (word.top + word.bottom) / 2
            near = [w for w in owner.words if w.top < middle < w.bottom]
            if near and owner.edge is not None:
                # On the line of the words that it was first read as.
                word.top, word.bottom = near[0].top, near[0].bottom
            if word.text:
                read.setdefault(id(owner), []).append(word)
    for cell in cells:
        before = cell.text
        again = read.get(id(cell), [])
        after = " ".join(w.text for w in again)
        letters = [sum(c.isalnum() for c in text) for text in (before, after)]
        is_lost = layout.is_headish(before) and not layout.is_headish(after)
        if letters[1] > 0.7 * letters[0] and before != after and not is_lost:
            yield cell, again


def text_lines(cell: layout.GridCell, pixels: Picture, height: float) -> Iterator[CutOut]:
    """The lines of text in the box of a cell; dots over letters are of the line below them."""
    if not cell.box:
        return
    left = cell.box[0] or min(w.x0 for w in cell.words) - 1
    x0, y0, x1, y1 = (max(0, int(v * SCALE)) for v in (left, *cell.box[1:]))
    ink = ink_of(pixels[y0:y1, x0:x1])
    bands: list[list[int]] = []
    for top, bottom in runs(ink.sum(axis=1) > 1 if ink.size else np.zeros(0, np.bool_)):
        if bands and (
            top - bands[-1][1] < 0.15 * height or bands[-1][1] - bands[-1][0] < 0.45 * height
        ):
            bands[-1][1] = bottom
        else:
            bands.append([top, bottom])
    for top, bottom in bands:
        columns = np.nonzero(ink[top:bottom].any(axis=0))[0]
        if bottom - top < 0.5 * height or len(columns) < 3:
            continue
        left, right = int(columns[0]), int(columns[-1]) + 1
        box = ((x0 + left) / SCALE, (y0 + top) / SCALE, (x0 + right) / SCALE, (y0 + bottom) / SCALE)
        yield CutOut(box, cell.words, ink[top:bottom, left:right])


def cut_outs(
    grids: Sequence[layout.Grid], open_ones: Sequence[layout.Grid], pixels: Picture
) -> list[CutOut]:
    """The cells of all tables of a page that have ink and may be figures."""
    boxes: list[tuple[tuple[float, float, float, float], list[Word]]] = []
    for grid in [*grids, *open_ones]:
        figured = columns_of_figures(grid)
        for row in grid.rows:
            tops = [w.top for cell in row for w in cell.words]
            bottoms = [w.bottom for cell in row for w in cell.words]
            is_data = any(c.column > 1 and layout.is_figure(c.text) for c in row)
            for cell in row:
                is_single = cell.span * cell.rows == 1
                if cell.column == 1 or not (
                    is_open(cell.text, is_single)
                    or (is_single and is_data and cell.column in figured and is_short(cell.text))
                ):
                    continue
                if cell.box and grid in grids:
                    boxes.append((cell.box, cell.words))
                elif cell.box and tops:
                    box = (cell.box[0], min(tops), cell.box[2], max(bottoms))
                    boxes.append((box, cell.words))
    cuts = []
    for box, own in boxes:
        x0, y0, x1, y1 = (int(v * SCALE) for v in (box[0], box[1], box[2], box[3]))
        piece = pixels[max(0, y0 - 2) : y1 + 3, max(0, x0) : x1 + 1]
        ink = ink_of(piece)
        for edge in (slice(0, REST), slice(-REST, None)):
            # What is left of a wall at the edge of the cell is as high as the cell.
            wall = ink[:, edge].mean(axis=0) > 0.85 if ink.size else np.zeros(0, np.bool_)
            piece[:, edge][:, wall] = 255
            ink[:, edge][:, wall] = False
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


REST = 8
"""So many pixels at the edge of a cell may hold the rest of its wall."""


def ink_of(pixels: Picture) -> NDArray[np.bool_]:
    """What is ink of a piece of a page: darker than halfway between its type and its ground."""
    if not pixels.size:
        return pixels < INK
    type_, ground = np.percentile(pixels, 1), np.median(pixels)
    return pixels < (max(INK, (type_ + ground) / 2) if type_ < INK else INK)


def columns_of_figures(grid: layout.Grid) -> set[int]:
    """The columns in which most of what stands below the first two rows is figures."""
    said: dict[int, list[bool]] = {}
    for cell in (cell for row in grid.rows[2:] for cell in row if cell.words):
        said.setdefault(cell.column, []).append(layout.is_figure_like(cell.text))
    return {column for column, some in said.items() if len(some) > 2 and sum(some) > len(some) / 2}


def is_short(text: str) -> bool:
    """Whether a text may be what a figure was misread as: one or two words of few letters."""
    return len(text) < 9


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
    is_word = sum(c.isalpha() for c in first) > 1 and not any(c.isdigit() for c in first)
    says_words = sum(sum(c.isalpha() for c in reading) > 1 for reading in others[1:])
    if sum(c.isalpha() for c in first) > 1 and says_words > 1 and not is_word:
        # A head with a year, or another text with a number in it.
        return None
    if is_word and not fits(tidy(others[-1]), cut.shapes):
        # A word in a column of figures, unless a reader of English sees a figure as well.
        return None
    minus = cut.shapes.startswith("m")
    votes: Counter[str] = Counter()
    for reading in others if is_word else (first, *others):
        text = tidy(reading)
        if minus and text[:1] != "-" and any(c.isdigit() for c in text):
            text = "-" + text
        if not minus and text[:1] == "-" and cut.shapes.startswith("d"):
            text = text[1:]
        text = shaped(text.replace(" %", "%").removeprefix("+").strip(), cut.shapes)
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
    rivals = tuple(
        text
        for text in figures
        if joined_digits(text) != joined_digits(best) and not is_percent_misread(text, best)
    )
    is_sure = bool(fitting) and pool[best] >= 2 and all(figures[r] < pool[best] for r in rivals)
    # Broken or joined shapes do not matter where no reading differs.
    is_sure = is_sure or (pool[best] > len(others) - 1 and not rivals and len(best) > 1)
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


def shaped(text: str, shapes: str) -> str:
    """A reading with as many digits as there are shapes of them, with its comma where that
    stands."""
    digits = [c for c in text if c.isdigit()]
    if (
        not re.fullmatch("m?d+cd+", shapes)
        or len(digits) != shapes.count("d")
        or any(c.isalpha() or c == "%" for c in text)
        or fits(text, shapes)
    ):
        return text
    left = iter(digits)
    return "".join({"m": "-", "c": ","}.get(shape) or next(left) for shape in shapes)


def is_percent_misread(text: str, best: str) -> bool:
    """Whether a reading has the digits of the best one, and something else for its per cent
    sign."""
    if not best.endswith("%"):
        return False
    number = best.removesuffix("%").strip()
    rest = text.removeprefix(number)
    return rest != text and (not rest or (rest[0] == " " and len(rest) < 5) or rest.isalpha())


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

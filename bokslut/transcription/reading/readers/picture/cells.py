"""The cells of a page that are read again, and what they say then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from bokslut.transcription.reading.numbers import DATE, plain
from bokslut.transcription.reading.page.boxes import (
    Grid,
    GridCell,
    Rule,
    Word,
    is_figure,
    is_figure_like,
    is_headish,
    lines_of,
)
from bokslut.transcription.reading.page.ruled import ruled_grids
from bokslut.transcription.reading.page.unruled import open_grids
from bokslut.transcription.reading.readers.picture.ink import (
    CutOut,
    digit_size,
    ink_of,
    runs,
    shapes_of,
    trim,
)
from bokslut.transcription.reading.readers.picture.sheets import (
    PASSES,
    montage_readings,
    montage_words,
)
from bokslut.transcription.reading.readers.picture.signs import with_percent_signs
from bokslut.transcription.reading.readers.picture.tesseract import DPI, SCALE, Picture
from bokslut.transcription.reading.readers.picture.votes import agreed


def confirmed(
    words: list[Word], lying: list[Rule], upright: list[Rule], pixels: Picture
) -> list[Word]:
    """The words of a page with those in cells of figures as most readings have them."""
    grids, rest = ruled_grids(words, lying, upright)
    open_ones, _ = open_grids(lines_of(rest), lying)
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
    cells: Sequence[GridCell], pixels: Picture, height: float
) -> Iterator[tuple[GridCell, list[Word]]]:
    """The cells of texts of ruled tables with the words that each is read as by itself, line by
    line: beside others its words are taken for theirs, and their order is lost."""
    lines: list[CutOut] = []
    owners: list[GridCell] = []
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
        is_lost = is_headish(before) and not is_headish(after)
        if letters[1] > 0.7 * letters[0] and before != after and not is_lost:
            yield cell, again


def text_lines(cell: GridCell, pixels: Picture, height: float) -> Iterator[CutOut]:
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


def cut_outs(grids: Sequence[Grid], open_ones: Sequence[Grid], pixels: Picture) -> list[CutOut]:
    """The cells of all tables of a page that have ink and may be figures."""
    boxes: list[tuple[tuple[float, float, float, float], list[Word]]] = []
    seen: set[int] = set()
    for grid in [*grids, *open_ones]:
        figured = columns_of_figures(grid)
        all_words = [w for row in grid.rows for cell in row for w in cell.words]
        for row in grid.rows:
            figures = [c.words for c in row if c.column > 1 and is_figure(c.text)]
            words_of_row = [w for some in figures or [c.words for c in row] for w in some]
            is_data = any(c.column > 1 and is_figure(c.text) for c in row)
            for cell in row:
                is_single = cell.span * cell.rows == 1
                # A cell of several rows is in each of them.
                is_again = id(cell) in seen
                seen.add(id(cell))
                if (
                    is_again
                    or cell.column == 1
                    or is_lines_of_head(cell)
                    or not (
                        is_open(cell.text, is_single)
                        or (
                            is_single and is_data and cell.column in figured and is_short(cell.text)
                        )
                    )
                ):
                    continue
                if cell.box and grid in grids:
                    boxes.append((cell.box, cell.words))
                elif cell.box and words_of_row:
                    left, right = own_width(cell, row)
                    # Rows whose cells have a line or two stand half over each other.
                    high = cell.words or words_of_row
                    top, bottom = min(w.top for w in high), max(w.bottom for w in high)
                    box = (left, top, right, bottom)
                    if right - left > 1 and (
                        cell.words or not any(map(partial(in_box, box), all_words))
                    ):
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


def is_lines_of_head(cell: GridCell) -> bool:
    """Whether a cell has a year or another head on one of several lines."""
    lines = lines_of(cell.words)
    return len(lines) > 1 and any(is_headish(line.text) for line in lines)


def in_box(box: tuple[float, float, float, float], word: Word) -> bool:
    """Whether some of a word stands in a box."""
    x0, y0, x1, y1 = box
    inside = min(word.bottom, y1) - max(word.top, y0)
    return word.x0 < x1 and word.x1 > x0 and inside > 0.25 * word.height


def own_width(cell: GridCell, row: Sequence[GridCell]) -> tuple[float, float]:
    """From where to where the ink of a cell that nothing is ruled around may be its own: as far as
    its column and its words reach, without the words of others."""
    assert cell.box
    left = min([cell.box[0], *(w.x0 - 1 for w in cell.words)])
    right = max([cell.box[2], *(w.x1 + 1 for w in cell.words)])
    for word in (w for other in row if other is not cell for w in other.words):
        if word.x0 < left < word.x1 or (not cell.words and word.x0 <= left < word.x1):
            left = word.x1 + 0.5
        if word.x0 < right < word.x1:
            right = word.x0 - 0.5
    return left, right


REST = 8
"""So many pixels at the edge of a cell may hold the rest of its wall."""


def columns_of_figures(grid: Grid) -> set[int]:
    """The columns in which most of what stands below the first two rows is figures."""
    said: dict[int, list[bool]] = {}
    for cell in (cell for row in grid.rows[2:] for cell in row if cell.words):
        said.setdefault(cell.column, []).append(is_figure_like(cell.text))
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

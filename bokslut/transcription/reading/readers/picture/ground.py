"""A picture of a page laid level, with dark letters on white everywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from bokslut.transcription.reading.readers.picture.ink import INK, runs
from bokslut.transcription.reading.readers.picture.tesseract import Picture


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


SPECK = 2
"""How far the ink of a speck reaches from its middle, in pixels: half of what a point does."""
ALONE = 8
"""How far around a speck there is no other ink."""
FAINT = 200
"""A pixel darker than this may be a speck's."""


def without_specks(pixels: Picture) -> Picture:
    """The picture without specks: ink of a few pixels with none around it, smaller than a point."""
    ink = pixels < FAINT
    near, wide = count_around(ink, SPECK), count_around(ink, ALONE)
    # A faint line may fall apart into pieces as small, but no piece of it is as dark.
    alone = (pixels < INK) & (near == wide) & (near <= 2 * SPECK + 3)
    specks = count_around(alone, SPECK) > 0
    return np.where(specks, np.uint8(255), pixels)


def count_around(marked: NDArray[np.bool_], reach: int) -> NDArray[np.int32]:
    """How many marks lie in the square around each pixel, so many pixels to each side."""
    total = np.pad(marked, ((reach + 1, reach), (reach + 1, reach))).astype(np.int32)
    total = total.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    side = 2 * reach + 1
    return total[side:, side:] - total[:-side, side:] - total[side:, :-side] + total[:-side, :-side]


BLOCK = 4
"""The side, in pixels, of the squares that a page's ground is measured in."""
DARK = 205
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


def whitened(pixels: Picture) -> Picture:
    """The picture with its paper white, grain and all: of a white page without grain the same."""
    low, paper = np.percentile(pixels[::4, ::4], (16, 50))
    ground = paper - 2 * (paper - low)
    if ground > WHITE or paper < DARK or paper - low > TONE:
        return pixels
    return np.clip(pixels * np.float32(255 / ground), 0, 255).astype(np.uint8)


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
    if min(box.shape) < LEAST_GROUND:
        return False
    deep, middle, high = np.percentile(box, (1, 50, 99))
    is_even = np.mean(np.abs(box - np.float32(middle)) < TONE) > 0.5
    return bool(is_even and high - middle > middle - deep)


LEAST_GROUND = 16
"""Ground is at least so wide and high, in pixels: it has letters on it."""
TONE = 25
"""How far, in shades of grey, pixels of one ground lie from each other."""


def widest(marked: NDArray[np.bool_], start: int, end: int) -> tuple[int, int]:
    """The run of marks that begins in a stretch, or reaches into it, up to the last that does."""
    some = [run for run in runs(marked) if run[0] < end and run[1] > start]
    return (some[0][0], some[-1][1]) if some else (start, start)


def over(squares: Image.Image, pixels: Picture) -> Picture:
    """Values of squares for each pixel that they stand for."""
    size = (squares.width * BLOCK, squares.height * BLOCK)
    wide = np.array(squares.resize(size, Image.Resampling.NEAREST))
    rest = [(0, a - b) for a, b in zip(pixels.shape, wide.shape, strict=True)]
    return np.pad(wide, rest, mode="edge")

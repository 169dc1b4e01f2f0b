"""What a figure says by most of its readings, held to the shapes of its picture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bokslut.transcription.reading.numbers import plain
from bokslut.transcription.reading.page.boxes import Word
from bokslut.transcription.reading.readers.picture.ink import CutOut, shape_of_text

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
    if not any(map(str.isalnum, first)) and says_words == len(others) - 1:
        # Words that the first reading took for a line.
        return Word(others[2], cut.box[0], cut.box[2], *edges_of(cut))
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
    pluses = sum(plain(reading).startswith("+") for reading in (first, *others))
    shapes = cut.shapes.removeprefix("u") if pluses else cut.shapes
    # The plus itself is as high as a digit.
    shapes = shapes[1:] if pluses > 1 and shapes == cut.shapes else shapes
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


BY_THOUSANDS = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")


def shaped(text: str, shapes: str) -> str:
    """A reading with as many digits as there are shapes of them, with its comma where that
    stands."""
    digits = [c for c in text if c.isdigit()]
    if BY_THOUSANDS.fullmatch(text) and "c" not in shapes and len(digits) == shapes.count("d"):
        return re.sub("[.,]", " ", text)
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

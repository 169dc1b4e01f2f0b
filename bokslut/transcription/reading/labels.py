"""Labels: one form for all spellings, and the nearest known one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

THRESHOLD = 86
"""How alike two labels in normal form must be, 0 to 100, to be taken for the same."""
MARGIN = 4
"""How much nearer than any other the nearest must be; else it is a question."""

CONFUSED = str.maketrans("014568|!", "olasobll")
AMPERSAND_IN_WORD = re.compile(r"(?<=\w)&(?=\w)")
HYPHEN_AT_BREAK = re.compile(r"(?<=[a-z])- (?=[a-z])")
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=200_000)
def normal(text: str) -> str:
    """The label in lower case, without diacritics, signs and spaces before hyphens.

    `&` and `och` are one word, for both are written.
    """
    text = AMPERSAND_IN_WORD.sub("o", text.lower()).replace("&", " och ")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = HYPHEN_AT_BREAK.sub("", text)
    return NOT_LETTERS.sub(" ", text).strip()


@lru_cache(maxsize=200_000)
def scanned(text: str) -> str:
    """The normal form with what a scan takes for each other made one: O and 0, l and 1, ..."""
    return normal(text).translate(CONFUSED).replace(" ", "")


DAMAGED = "[aåäàâéèêeioöôdóòg0464&]{1,2}"
DAMAGED_LETTERS = {"å": DAMAGED, "ä": DAMAGED, "ö": DAMAGED, "l": "[l1i|]", "o": "[o0]"}


@lru_cache(maxsize=20_000)
def damaged(word: str) -> re.Pattern[str]:
    """What a scan may make of a word: letters with rings and dots that it does not know, `1` for
    `l`."""
    return re.compile("".join(DAMAGED_LETTERS.get(c, re.escape(c)) for c in word.lower()))


@lru_cache(maxsize=200_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a label in normal form."""
    return tuple(normal(text).split())


def alike(one: str, other: str) -> float:
    """How alike two labels are, 0 to 100."""
    a, b = normal(one), normal(other)
    if a == b:
        return 100.0
    return max(fuzz.ratio(a, b), fuzz.ratio(scanned(one), scanned(other)))


def nearest(
    label: str, known: Iterable[str], threshold: float = THRESHOLD
) -> list[tuple[str, float]]:
    """The known labels that a printed one may be, best first, each with its likeness.

    One label where it is clear, several where two are about as near, none where none is.
    """
    choices = list(known)
    wanted = scanned(label)
    if not wanted:
        return []
    found = process.extract(
        wanted, {c: scanned(c) for c in choices}, scorer=fuzz.ratio, score_cutoff=threshold, limit=4
    )
    near = [(key, score) for _, score, key in found]
    if not near:
        return []
    best = near[0][1]
    close = [pair for pair in near if pair[1] > best - MARGIN]
    if best == 100.0:
        close = [pair for pair in near if pair[1] == 100.0]
    return close


def code(label: str) -> str:
    """A label as a code: `Kost och lokaler` is `kost_och_lokaler`."""
    return normal(label).replace(" ", "_")[:60].strip("_") or "okand"

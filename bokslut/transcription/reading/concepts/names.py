"""Labels without the words that do not tell what is measured."""

from __future__ import annotations

import re
from functools import lru_cache

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.labels import normal

AT_DATE = re.compile(
    r",? (?:per|den|i) (?:\d{1,2} )?(?:december|januari)(?: \d{4})?| (?:19|20)\d\d\b|"
    r",? (?:(?:per|den) \d{1,2} [^\W\d]{3,9}|(?<!.f.re )31 december)(?: \d{4})?|"
    r",? vid .rets (?:slut|utg.ng)\b"
)


IN_PARENTHESES = re.compile(r"\(([^)]*)\)")


def without_name(label: str, name: str) -> str:
    """A label without the words of a name in it, and without a preposition that stood before
    them."""
    words_of_label = label.split()
    count = len(name.split())
    for first in range(len(words_of_label)):
        for last in range(first + 1, min(len(words_of_label), first + count + 1) + 1):
            if normal(" ".join(words_of_label[first:last])) == normal(name):
                kept = " ".join(words_of_label[:first] + words_of_label[last:])
                return kept.strip(" ,–-")
    return f" {normal(label)} ".replace(f" {normal(name)} ", " ").strip()


SCENARIOS = re.compile(
    r"(?:(?:utfall|bokslut|budget|avvikelse|malvarde|prognos|forandring|differens|ar|\d{4}) ?)*"
)
"""A label, in normal form, that says only which year or scenario its figures are of."""


@lru_cache(maxsize=50_000)
def canonical(label: str) -> str:
    """A label without words that do not tell what is measured: *total*, *antal*, units, genders."""
    text = AT_DATE.sub("", label)
    text = IN_PARENTHESES.sub(
        lambda m: "" if heads.unit_in(m[1]) or not normal(m[1]) else m[0], text
    )
    genders = words.mapping("genders")
    is_office = heads.without_offices(text.lower()) != text.lower()
    kept = [
        w
        for w in normal(text).split()
        if w not in words.listed("counting")
        and (is_office or genders.get(w) not in ("women", "men"))
    ]
    units = {normal(w) for w in words.of_numbers("unit")}
    while len(kept) > 1 and kept[-1] in units:
        kept.pop()
    if len(kept) > 1 and kept[-1] == "i":
        # Of *sjukfrånvaro i procent*.
        kept.pop()
    return " ".join(kept) or normal(label)

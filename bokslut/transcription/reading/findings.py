"""Findings of a draft: what they say, and those that its own tables make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bokslut.transcription.reading.statements.wrong import Wrong

SILENCES = ("silence", "variance_explained", "indicator_completeness")
"""Rules about what a text does not say: asked last, for a draft's text may not be finished."""


@dataclass
class Finding:
    """One thing that a draft says in two ways, or that a reader should ask about.

    Attributes:
        verdict: `contradicts` or `questionable`.
        rule: which rule found it.
        subject: what it is about.
        places: where its figures stand, each with what is printed there.
        explanation_sv: the arithmetic in words.
        lines: the lines of the stream that it touches, for the page in the margin.
    """

    verdict: str
    rule: str
    subject: str
    places: list[str]
    explanation_sv: str
    lines: list[int] = field(default_factory=list)

    @property
    def is_silence(self) -> bool:
        """Whether it is about what the text does not say."""
        return self.rule in SILENCES

    def record(self) -> dict[str, object]:
        """As in `--json`, where the explanation says what it is about too."""
        return {
            "verdict": self.verdict,
            "rule": self.rule,
            "places": self.places,
            "explanation_sv": f"{self.subject}: {self.explanation_sv}",
        }


PLACE_WORDS = (
    ("page", "sida"),
    ("table", "tabell"),
    ("row", "rad"),
    ("column", "kolumn"),
    ("paragraph", "stycke"),
    ("line", "rad"),
    ("footnote", "fotnot"),
    ("inner", "inre tabell"),
)


def in_swedish(place: str) -> str:
    """A place in Swedish: `tabell 2 rad 7 kolumn 6`; a cell of a workbook is named as it is."""
    if "!" in place:
        return place
    for english, swedish in PLACE_WORDS:
        place = re.sub(rf"\b{english} (?=\d)", f"{swedish} ", place)
    return place


def wrong_statement(found: Wrong) -> Finding:
    """The finding about a sentence that says what no figures of its rows make."""
    where = in_swedish(found.place)
    text = f"Texten säger ”{found.printed}” ({where}); {found.made} ({first_place(found)})."
    places = [
        f"{found.place}: {found.printed}",
        *(f"{cell.place}: {cell.text}" for cell in found.cells),
    ]
    return Finding("contradicts", found.rule, found.subject, places, text, [found.line])


def first_place(found: Wrong) -> str:
    """Where the first figure of a statement stands, in Swedish."""
    return in_swedish(found.cells[0].place)

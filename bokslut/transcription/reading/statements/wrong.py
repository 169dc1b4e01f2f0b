"""Statements that the tables make another way."""

from __future__ import annotations

from dataclasses import dataclass

from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.tables.table import Figure


@dataclass(frozen=True, slots=True)
class Wrong:
    """A statement that the tables make another way.

    Attributes:
        place, line: of its sentence.
        printed: its words.
        subject: what it is about.
        figures: those that it is held against.
        made: what they say, in Swedish.
        rule: of the findings that it is among.
    """

    place: str
    line: int
    printed: str
    subject: str
    figures: tuple[Figure, ...]
    made: str
    rule: str


def wrong(
    sentence: Sentence,
    start: int,
    end: int,
    subject: str,
    figures: tuple[Figure, ...],
    made: str,
    rule: str,
) -> Wrong:
    """A statement of some characters of a sentence."""
    line, place = sentence.passage.line_at(sentence.offset + start)
    return Wrong(place, line, sentence.text[start:end], subject, figures, made, rule)

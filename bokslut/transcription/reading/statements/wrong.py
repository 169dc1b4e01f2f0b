"""Statements that the tables, or the rest of their sentence, make another way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.stream import Cell

NUMBERED = re.compile(r"^\d+(?:\.\d+)+\.? ")
"""The number of a paragraph: *4.2 Antalet ökade*."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A statement that the tables, or the rest of its sentence, make another way.

    Attributes:
        place, line: of its sentence.
        printed: its words.
        subject: what it is about.
        cells: those that it is held against.
        made: what they say, in Swedish.
        rule: of the findings that it is among.
    """

    place: str
    line: int
    printed: str
    subject: str
    cells: tuple[Cell, ...]
    made: str
    rule: str


def wrong(
    sentence: Sentence,
    span: tuple[int, int],
    subject: str,
    cells: Sequence[Cell],
    made: str,
    rule: str,
) -> Wrong:
    """A statement of some characters of a sentence."""
    line, place = sentence.passage.line_at(sentence.offset + span[0])
    printed = NUMBERED.sub("", sentence.text[slice(*span)])
    return Wrong(place, line, printed, subject, tuple(cells), made, rule)


def is_within(claim: Claim, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words of a claim stand between two places of a sentence."""
    line, _ = sentence.passage.line_at(sentence.offset + start)
    return claim.line_first == line and claim.printed_text in sentence.text[start:end]

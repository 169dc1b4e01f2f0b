"""Reads the sentences of a document by every rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bokslut.transcription.reading.claims.claim import SENTENCE_END, Claim, Mention, passages
from bokslut.transcription.reading.claims.counts import counts, counts_of_goals, enumerations
from bokslut.transcription.reading.claims.directions import directions, moves, wordings
from bokslut.transcription.reading.claims.lexicon import Lexicon
from bokslut.transcription.reading.claims.measures import ranks, values
from bokslut.transcription.reading.claims.mentions import explanations, mentions
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.statuses import results, statuses
from bokslut.transcription.reading.concepts.concept import Concepts
from bokslut.transcription.reading.document import Document

SHORT = 40
"""A line with fewer letters that ends without a point is a heading."""


OF_PRINT = re.compile(
    r"\b(?:minus|plus)tecken\b|\b(?:positiv|negativ)t? (?:avvikelse|belopp|tal|v.{1,2}rde)\b|"
    r"\binom parentes\b|^\w+ = ",
    re.IGNORECASE,
)
"""What a note says of signs: *Positiv avvikelse är överskott*."""


class Reader:
    """Reads the sentences of a document."""

    def __init__(self, document: Document, concepts: Concepts) -> None:
        """Starts with the names of the document."""
        self.document, self.concepts = document, concepts
        self.lexicon = Lexicon(concepts, document)
        self.claims: list[Claim] = []
        self.taken: set[tuple[int, int]] = set()

    def read(self) -> list[Claim]:
        """The claims of all passages, in order."""
        for sentence in self.sentences():
            self.sentence(sentence)
        return sorted(self.claims, key=lambda c: c.line_first)

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of all passages that are no headings, in order."""
        goal, heading = None, ""
        headings = {g.heading.line: g for g in self.document.goals if g.heading}
        others = {p.line for p in self.document.prose if p.heading}
        for passage in passages(
            self.document.prose, set(headings), of_lines=self.document.stream.is_text
        ):
            first = passage.starts[0][1]
            goal = headings.get(first, None if first in others else goal)
            if passage.starts[0][1] in headings:
                continue
            is_heading = (
                len(passage.text) < 90
                and SENTENCE_END.search(passage.text) is None
                and passage.text[-1:] not in ".!:"
            )
            if is_heading and not any(c.isdigit() for c in passage.text):
                heading = passage.text
                if len(passage.text) < SHORT and passage.text[0].isupper():
                    # What stands below is no longer the goal's.
                    goal = None
                continue
            start = 0
            before: Sentence | None = None
            for piece in SENTENCE_END.split(passage.text):
                at = passage.text.index(piece, start)
                start = at + len(piece)
                sentence = Sentence(piece, at, passage, self)
                sentence.before = before
                sentence.goal = goal
                sentence.section = self.section_of(first)
                sentence.heading = heading
                yield sentence
                before = sentence

    def section_of(self, line: int) -> Mention | None:
        """The unit whose section a line stands in."""
        unit = self.concepts.sections.unit_at(line)
        return Mention(unit, self.concepts.units[unit], 0, 0) if unit else None

    def sentence(self, sentence: Sentence) -> None:
        """Tries every rule on a sentence that is not about how a table is printed."""
        if OF_PRINT.search(sentence.text):
            return
        told = (explanations, mentions)
        counted = (counts, counts_of_goals, enumerations)
        for rule in (
            values,
            ranks,
            *counted,
            statuses,
            results,
            directions,
            moves,
            wordings,
            *told,
        ):
            self.claims += rule(sentence)

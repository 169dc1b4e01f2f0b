"""A claim, and the parts of a text that it is made of."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from bokslut.transcription.reading import words
from bokslut.transcription.reading.stream import Paragraph

SENTENCE_END = re.compile(
    r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\"”(•])|\s+(?=• )|"
    r"(?<=[^\W\d]{4}[.!?])(?<!\b(?:inkl|exkl|resp|prop|sept).)\s+(?=\d)"
)


MENTION = "mention"
"""The rule of claims that only say that a change is taken up."""


@dataclass(slots=True)
class Claim:
    """One figure or statement of the running text.

    Attributes:
        place: of its sentence.
        line_first, line_last: its lines in the stream.
        label: what is stated, in plain words.
        printed_text: the figure or the words that decide, as printed.
        read_text: the same as read.
        kind: `value`, `rank`, `unit_count`, `target_direction`, `year_direction`, `wording`,
            `status` or `explanation`.
        rule: which rule made it.
        measure_code, unit_code, fiscal_year, scenario, gender, goal_code, stated: what it says.
        total_of: what it counts the rows of.
    """

    place: str
    line_first: int
    line_last: int
    label: str
    printed_text: str
    read_text: str
    kind: str
    rule: str
    measure_code: str = ""
    unit_code: str = ""
    fiscal_year: int | None = None
    scenario: str = "outcome"
    gender: str = "total"
    goal_code: str = ""
    stated: str = ""
    total_of: str = ""

    @property
    def is_comparable(self) -> bool:
        """Whether something of the document can be held against it."""
        if self.kind == "explanation" or self.rule == MENTION:
            return False
        return self.kind != "value" or bool(self.measure_code)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence and what it can mean."""

    text: str
    start: int
    end: int
    role: str
    code: str


@dataclass(slots=True)
class Mention:
    """A unit or a measure that a sentence names."""

    code: str
    name: str
    start: int
    end: int
    rivals: tuple[str, ...] = ()


@dataclass(slots=True)
class Passage:
    """A paragraph, or the lines of one in a plain text.

    Attributes:
        text: its words.
        place: of it, or of its first line.
        starts: where in the text each of its lines begins, with the line's number and place.
    """

    text: str
    place: str
    starts: list[tuple[int, int, str]] = field(default_factory=list)

    def line_at(self, offset: int) -> tuple[int, str]:
        """The line, and its place, that a character stands on."""
        found = self.starts[0]
        for start in self.starts:
            if start[0] > offset:
                break
            found = start
        return found[1], found[2]


ABBREVIATIONS = words.mapping("abbreviations")
SHORT = re.compile(
    rf"(?<![\w.])(?<!\d )(?:{'|'.join(map(re.escape, ABBREVIATIONS))})(?= [a-zåäö\d+−–-])"
)


def spelled_out(text: str) -> str:
    """A text with its abbreviations in full: *jfr m. 2020*."""
    return SHORT.sub(lambda found: ABBREVIATIONS[found[0]], text)


def passages(
    prose: Sequence[Paragraph], alone: Container[int], *, of_lines: bool
) -> Iterator[Passage]:
    """The paragraphs of a document; lines of a plain text that belong together as one.

    `alone`: lines that are headings.
    """
    current: Passage | None = None
    after_blank = True
    for paragraph in prose:
        # The lines of a text are read letter by letter.
        text = paragraph.text.strip() if of_lines else spelled_out(paragraph.text.strip())
        if not text:
            after_blank = True
            continue
        goes_on = (
            of_lines
            and current is not None
            and paragraph.line not in alone
            and current.starts[-1][1] not in alone
            and paragraph.line - current.starts[-1][1] <= 2
            and (not after_blank or (text[:1].islower() and current.text[-1:] not in ".:!?"))
            and not re.match(r"[eo•*\-–]\s|\d+[.)]\s", text)
            and len(current.text) < 6_000
        )
        if goes_on and current:
            current.starts.append((len(current.text) + 1, paragraph.line, paragraph.place))
            current.text += " " + text
        else:
            if current:
                yield current
            current = Passage(text, paragraph.place, [(0, paragraph.line, paragraph.place)])
        after_blank = False
    if current:
        yield current

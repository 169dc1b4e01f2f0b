"""The sections of a document, by their headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import normal

NUMBERED = re.compile(r"^\d+(?:\.\d+)*\.? ")


@dataclass
class Sections:
    """Where each section begins, in order.

    Attributes:
        lines: of the headings.
        headings: their texts, without their numbers.
        units: the unit that each names; empty for none.
    """

    lines: list[int] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)

    def heading_at(self, line: int) -> str:
        """The heading that a line stands under; empty before the first."""
        at = bisect_right(self.lines, line) - 1
        return self.headings[at] if at >= 0 else ""

    def unit_at(self, line: int) -> str:
        """The unit whose section a line stands in; empty for none."""
        at = bisect_right(self.lines, line) - 1
        return self.units[at] if at >= 0 else ""


def headings_of(document: Document) -> list[tuple[int, str]]:
    """The headings of a document with their lines, without their numbers."""
    return [
        (paragraph.line, NUMBERED.sub("", paragraph.text.strip()))
        for paragraph in document.prose
        if paragraph.heading
    ]


def sections_of(document: Document, unit_of: Callable[[str], str]) -> Sections:
    """The sections of a document.

    The name of a table begins none, nor does what stands in several, as *Ekonomi* does under the
    name of each unit.

    Args:
        document: as understood.
        unit_of: the code of the unit that a heading names; empty for none.
    """
    titles = {normal(table.title) for table in document.tables}
    headings = headings_of(document)
    counted = Counter(normal(text) for _, text in headings)
    made = Sections()
    for line, text in headings:
        unit = unit_of(text)
        if unit or (counted[normal(text)] == 1 and normal(text) not in titles):
            made.lines.append(line)
            made.headings.append(text)
            made.units.append(unit)
    return made

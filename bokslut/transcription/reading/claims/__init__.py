"""Claims of the running text: which figure, direction or status a sentence states of what.

The rules are few and plain, and each claim says by which it was made. What a claim is about comes
from words alone; values never choose it, for a wrong value would then find itself another subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.reader import Reader
from bokslut.transcription.reading.concepts.concept import Concepts
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.stream import Paragraph


def read(document: Document, concepts: Concepts) -> list[Claim]:
    """The claims of a document's running text, without those that say the same of the same
    words."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in Reader(document, concepts).read():
        key = (
            claim.line_first,
            claim.printed_text,
            claim.kind,
            claim.measure_code,
            claim.unit_code,
            claim.gender,
            claim.goal_code,
            claim.scenario,
            claim.stated,
            claim.total_of,
        )
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept


def left_over(document: Document, claims: Sequence[Claim]) -> list[Paragraph]:
    """The paragraphs with figures that no rule took."""
    taken = {
        n
        for claim in claims
        if claim.is_comparable
        for n in range(claim.line_first, claim.line_last + 1)
    }
    return [p for p in document.prose if p.line not in taken and any(c.isdigit() for c in p.text)]

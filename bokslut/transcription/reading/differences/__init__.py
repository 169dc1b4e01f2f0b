"""What sentences say of how far two figures of a row are apart: *44 färre än 2024*, *ökade med 3,1
mnkr*, *drog över budgeten med 880 tkr*, *från 134 till 118*.

The row comes from words, or is the one that has the figure that the sentence states beside it. A
statement is wrong only where no two figures of its row make it true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.derived import Wrong, wrong
from bokslut.transcription.reading.differences.judge import Judge, Judged
from bokslut.transcription.reading.differences.levels import Levels
from bokslut.transcription.reading.differences.others import against_others
from bokslut.transcription.reading.differences.shares import Shares
from bokslut.transcription.reading.differences.targets import against_targets
from bokslut.transcription.reading.document import Document

REACH = 30
"""How far behind a difference the words reach that say what it is from."""


@dataclass(frozen=True)
class Held:
    """A statement of a sentence that was held against a row."""

    sentence: Sentence
    judged: Judged

    @property
    def is_wrong(self) -> bool:
        """Whether no figures of the row make it true."""
        return self.judged.is_wrong

    def says(self, claim: Claim) -> bool:
        """Whether a claim is of the same words."""
        start, end = self.judged.value.start, self.judged.end + REACH
        line, _ = self.sentence.passage.line_at(self.sentence.offset + start)
        return claim.line_first == line and claim.printed_text in self.sentence.text[start:end]

    def wrong(self) -> Wrong:
        """The finding about it."""
        judged = self.judged
        return wrong(
            self.sentence,
            judged.value.start,
            judged.end,
            f"{judged.name.label}: {judged.what}",
            judged.figures,
            judged.made,
            judged.rule,
        )


def held(document: Document, sentences: Iterable[Sentence]) -> Iterator[Held]:
    """The statements of sentences that could be held against the rows of a document."""
    judge = Judge(document)
    levels = Levels(judge)
    shares = Shares(levels)
    for sentence in sentences:
        of_others = against_others(sentence, judge.names, document.report_year)
        of_targets = against_targets(sentence, judge.names, document.report_year)
        found = [*judge.statements(sentence), *of_others, *of_targets]
        found += shares.statements(sentence)
        taken = {one.value.start for one in found}
        levels_held = (one for one in levels.statements(sentence) if one.value.start not in taken)
        for judged in (*found, *levels_held):
            yield Held(sentence, judged)

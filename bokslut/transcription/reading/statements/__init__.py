"""What sentences say of figures of the tables that is held against them directly: how far two
figures of a row are apart (*44 färre än 2024*, *drog över budgeten med 880 tkr*), a row's place
among others (*har det största underskottet*), how many rows something is true of (*fem av åtta
verksamheter*), and the years of a row (*det högsta på fem år*).

The row comes from words, or is the one that has the figure that the sentence states beside it. A
statement is wrong only where no figures of its rows make it true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.statements.between import Between
from bokslut.transcription.reading.statements.counts_of_rows import Counts
from bokslut.transcription.reading.statements.fields import competitions, wholes
from bokslut.transcription.reading.statements.genders import Genders
from bokslut.transcription.reading.statements.genders_moved import GendersMoved
from bokslut.transcription.reading.statements.judge import Judge, Judged
from bokslut.transcription.reading.statements.levels import Levels
from bokslut.transcription.reading.statements.named_rows import Rows
from bokslut.transcription.reading.statements.one_row import OneRow
from bokslut.transcription.reading.statements.others import against_others
from bokslut.transcription.reading.statements.ranks import Ranked, Ranks
from bokslut.transcription.reading.statements.series import Series
from bokslut.transcription.reading.statements.shares import Shares
from bokslut.transcription.reading.statements.together import Together
from bokslut.transcription.reading.statements.turned import turned_tables
from bokslut.transcription.reading.statements.within import Within, within
from bokslut.transcription.reading.statements.wrong import Wrong, is_within, wrong

REACH = 30
"""How far behind a difference the words reach that say what it is from."""
OF_PLACES = ("rank", "unit_count", "year_direction", "target_direction", "status")
"""The claims that say what a place among rows or years says."""


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
        return is_within(claim, self.sentence, start, end)

    def wrong(self) -> Wrong:
        """The finding about it."""
        judged = self.judged
        return wrong(
            self.sentence,
            (judged.value.start, judged.end),
            f"{judged.name.label}: {judged.what}",
            [figure.cell for figure in judged.figures],
            judged.made,
            judged.rule,
        )


@dataclass(frozen=True)
class Placed:
    """A statement of a place among rows or years that was held against a table."""

    sentence: Sentence
    judged: Ranked

    @property
    def is_wrong(self) -> bool:
        """Whether no table makes it true."""
        return self.judged.is_wrong

    def says(self, claim: Claim) -> bool:
        """Whether it is surely right or wrong, and a claim is of the same words."""
        start, end = self.judged.start, self.judged.end
        is_told = self.is_wrong or self.judged.is_sure
        return is_told and claim.kind in OF_PLACES and is_within(claim, self.sentence, start, end)

    def wrong(self) -> Wrong:
        """The finding about it."""
        judged = self.judged
        return wrong(
            self.sentence,
            (judged.start, judged.end),
            judged.subject,
            [figure.cell for figure in judged.figures],
            judged.made,
            judged.rule,
        )


def held(document: Document, sentences: Iterable[Sentence]) -> Iterator[Held | Placed | Within]:
    """The statements of sentences that could be held against the rows of a document."""
    turned = list(turned_tables(document))
    rows = Rows(document, turned)
    judge, levels = Judge(rows), Levels(rows)
    shares = Shares(levels)
    tables, year = competitions(document.tables), document.report_year
    # What stands in columns need not be of one measure, and has no places among each other.
    all_tables, sums = [*tables, *competitions(turned)], wholes(document.tables)
    genders = Genders(rows)
    of_rows = (
        shares, Together(shares), genders, GendersMoved(genders), Between(all_tables, year),
    )  # fmt: skip
    placing = (
        Ranks(tables, year), Counts(all_tables, year), OneRow(all_tables, year, sums),
        Series(document),
    )  # fmt: skip
    for sentence in sentences:
        of_others = against_others(sentence, rows.names, year)
        found = [*judge.statements(sentence), *of_others]
        found += [one for kind in of_rows for one in kind.statements(sentence)]
        taken = {one.value.start for one in found}
        levels_held = (one for one in levels.statements(sentence) if one.value.start not in taken)
        for judged in (*found, *levels_held):
            yield Held(sentence, judged)
        yield from within(sentence)
        told = [(one.value.start, one.end) for one in found if one.is_wrong]
        for one in placing:
            for placed in one.statements(sentence):
                start, end = placed.start, placed.end
                # What one rule has found wrong another need not tell.
                if not placed.is_wrong or not any(a < end and start < b for a, b in told):
                    yield Placed(sentence, placed)
                told += [(start, end)] if placed.is_wrong else []

"""What sentences say of how far two rows of a table are apart: *i Norra tar det 7,0 minuter längre
än i Södra*, *skillnaden mellan Norra och Södra är 7,0 minuter*.

A number is wrong only where no column of their table makes it, and one makes nearly it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import RESTATED, Value
from bokslut.transcription.reading.nouns import ends_in, is_bare, lower_words, same
from bokslut.transcription.reading.row_amounts import amounts_of
from bokslut.transcription.reading.statements.fields import Competition
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.statements.printed import Pair, is_typed
from bokslut.transcription.reading.statements.ranks import known_to, row_named
from bokslut.transcription.reading.statements.relation import COMPARISONS, numbers_of
from bokslut.transcription.reading.statements.understood import unknown_in

MORE = "|".join(word for word in COMPARISONS if word.endswith(("re", "mer", "ler")))
THAN = re.compile(
    rf"(?: [^\W\d]+){{0,2}}? (?:{MORE}) än "
    r"(?P<other>(?:(?:i|på|hos|vid|för|inom) )?[^,;.\d]+)"
)
THERE = re.compile(
    rf"(?: [^\W\d]+){{0,2}}? (?:{MORE}) (?:i|på|hos|vid|för|inom) (?P<one>[^,;.\d]+?) än "
    r"(?P<other>(?:(?:i|på|hos|vid|för|inom) )?[^,;.\d]+)"
)
"""*väntade man 31 dagar längre i Hamrelund än i Kvarnforsa*."""
MEAN = re.compile(
    r"\b(?:skillnaden|gapet|avståndet)(?: i [^\W\d]+)? mellan (?P<one>[^,;.\d]+?) och "
    r"(?P<other>[^,;.\d]+?) (?:är|var|blev|uppg(?:år|ick) till) (?:fortfarande |nu )?$",
    re.IGNORECASE,
)
HAS_MORE = re.compile(
    r"(?P<one>[^,;:.\d]+?) (?:hade|har|fick|gjorde|är|var|blev) (?:[^\W\d]+ )?"
    r"(?P<word>(?P<more>fler|större|högre|längre|dyrare)|färre|mindre|lägre|kortare|billigare)"
    r"(?P<what>(?: [^\W\d]+){0,2}?) än (?P<other>[^,;:.\d]+)\.?"
)
"""*Badhuset hade färre besök än biblioteket*."""
CUT = re.compile(r"[;:()]|\. |, (?!\d)")


class Between:
    """Holds what sentences say of how far two rows are apart against their tables."""

    def __init__(self, tables: Sequence[Competition], year: int) -> None:
        """Takes the rows that stand beside each other, and the year of the report."""
        self.tables, self.year = tables, year

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The numbers of a sentence that no column of two rows makes, and one makes nearly."""
        text = sentence.text
        if any(p.search(text) for p in (OTHERS, JOINT, RESTATED)) or sentence.with_role("gender"):
            return
        yield from self.compared(sentence)
        for value in numbers_of(sentence):
            first = max((m.end() for m in CUT.finditer(text, 0, value.start)), default=0)
            than, mean = THAN.match(text, value.end), MEAN.search(text[: value.start])
            there = THERE.match(text, value.end)
            if by_names := mean or there:
                said = (by_names["one"], by_names["other"])
            elif than:
                said = (text[first : value.start], than["other"])
            else:
                continue
            found = [p for rivals in self.tables for p in pairs_of(said, rivals)]
            if any(one.is_apart(value) for one in found):
                continue
            near = [
                one
                for one in found
                if one.one.year in (None, self.year)
                and one.one.scenario in ("outcome", "")
                and is_typed(value, one.gap)
            ]
            if len(near) == 1:
                one = near[0]
                figures = (one.one.figure, one.other.figure)
                yield Judged(value, value.end, one.name, figures, one.made)

    def compared(self, sentence: Sentence) -> Iterator[Judged]:
        """That a row has more than another, where no column of a table that has both says so."""
        text = sentence.text
        found = HAS_MORE.fullmatch(text)
        others = ("direction", "budget", "target", "forecast", "last_year", "year", "qualifier")
        if not found or sentence.with_role(*others):
            return
        way = 1 if found["more"] else -1
        told: list[Pair] = []
        for rivals in self.tables:
            pairs = [p for p in pairs_of((found["one"], found["other"]), rivals) if self.is_now(p)]
            other = row_named(found["other"], rivals)
            known = known_to(rivals, pairs[0].name) | {*other.parts} if pairs and other else set()
            # *är större än* says nothing of in what.
            is_said = any(
                not is_bare(word) and any(same(word, k) or ends_in(k, word) for k in known)
                for word in lower_words(found["what"])
            )
            if (
                pairs
                and is_said
                and not any(unknown_in(sentence, 0, len(text), known, [found.span("word")]))
            ):
                told += pairs
        if told and all(
            way * (abs(p.one.value) - abs(p.other.value)) < -p.gap.half_step for p in told
        ):
            one = told[0]
            number = one.one.figure.number
            assert number is not None
            value = Value(number, 0, len(text), text, "")
            figures = (one.one.figure, one.other.figure)
            made = f"tabellen har {figures[0].cell.text} och {figures[1].cell.text}"
            yield Judged(value, len(text), one.name, figures, made, "mer", "prose_direction")

    def is_now(self, pair: Pair) -> bool:
        """Whether two figures are of the report's year."""
        return pair.one.year in (None, self.year) and pair.one.scenario in ("outcome", "")


def pairs_of(said: tuple[str, str], rivals: Competition) -> Iterator[Pair]:
    """The figures of two rows that some words name, column by column."""
    one, other = (row_named(text, rivals) for text in said)
    if one is None or other is None or one is other:
        return
    ((table, line),), ((_, second),) = one.rows, other.rows
    beside = {id(a.figure.column): a for a in amounts_of(table, second)}
    for amount in amounts_of(table, line):
        if there := beside.get(id(amount.figure.column)):
            yield Pair(one, amount, there)

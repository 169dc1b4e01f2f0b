"""What sentences say of a figure beside that of others: *högre än i riket*, *lägre än hos liknande
kommuner*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import Value
from bokslut.transcription.reading.labels import scanned
from bokslut.transcription.reading.nouns import WORD, Name, best_of, found_in, rivals_of
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.tables.table import Figure

WHOM = "|".join(w for w, role in words.mapping("head_words").items() if role == "comparison")
THAN_OTHERS = re.compile(
    r"(?P<not>\binte )?\b(?P<way>högre|större|fler|lägre|mindre|färre) "
    r"(?:(?:i|hos) (?:kommunen|oss|[A-ZÅÄÖ][^\W\d]+) )?än "
    rf"(?:(?:i|för|hos|bland|snittet|genomsnittet) ){{0,2}}(?P<whom>{WHOM})\b",
    re.IGNORECASE,
)
MORE = ("högre", "större", "fler")
STEM = 3
"""How many letters *riket*, *rikets* and *rikssnittet* have in common."""


def against_others(sentence: Sentence, names: Sequence[Name], year: int) -> Iterator[Judged]:
    """The statements of a sentence that a row's own figure of the year, and that of others beside
    it, could make true or not."""
    for said in THAN_OTHERS.finditer(sentence.text):
        if said["not"] or sentence.with_role("gender"):
            continue
        pairs = {id(n): pair for n in names if (pair := pair_of(n, said["whom"], year))}
        before = [m[0].lower() for m in WORD.finditer(sentence.text, 0, said.start())]
        some = found_in(before, [n for n in names if id(n) in pairs])
        chosen = best_of(some)
        if chosen is None or any(rivals_of(chosen, some)):
            continue
        own, others = pairs[id(chosen.name)]
        way = 1 if said["way"].lower() in MORE else -1
        is_wrong = way * (own.number.value - others.number.value) < 0  # type: ignore[union-attr]
        value = Value(Number(Decimal(0), 0), said.start("way"), said.end(), said[0], "")
        made = f"{own.cell.text} mot {others.cell.text} i ”{others.column.head.text}”"
        yield Judged(value, said.end(), chosen.name, (own, others) if is_wrong else (), made)


def pair_of(name: Name, whom: str, year: int) -> tuple[Figure, Figure] | None:
    """A row's own figure of a year, and that of others; None where it has not one of each."""
    if len(name.rows) != 1:
        return None
    ((_, line),) = name.rows
    now = [
        f
        for f in line.figures.values()
        if f.number and f.column.gender in (None, "total") and f.column.scenario == "outcome"
        if (line.fiscal_year or f.column.fiscal_year) == year
    ]
    own = [f for f in now if not f.column.entity]
    others = [f for f in now if f.column.entity and is_of(whom, f)]
    return (own[0], others[0]) if len(own) == len(others) == 1 else None


def is_of(whom: str, figure: Figure) -> bool:
    """Whether a figure stands in the column of those whom a sentence names."""
    heads = [scanned(word) for word in WORD.findall(figure.column.head.text)]
    return any(head.startswith(scanned(whom)[:STEM]) for head in heads)

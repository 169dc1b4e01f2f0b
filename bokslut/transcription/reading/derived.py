"""What sentences say that several figures of a table make together: shares.

A statement is wrong only where no figures of its rows make it true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading import arithmetic, cells, words
from bokslut.transcription.reading.claims.claim import Mention
from bokslut.transcription.reading.claims.sentence import OTHERS, Sentence
from bokslut.transcription.reading.claims.value import values_in
from bokslut.transcription.reading.concepts.concept import Concepts
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import scanned
from bokslut.transcription.reading.nouns import same
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable, is_part


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


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and the sum that it is a part of."""

    table: ReadTable
    line: Line
    whole: Line | None


def wrong_statements(
    document: Document, concepts: Concepts, sentences: Iterable[Sentence]
) -> Iterator[Wrong]:
    """The statements of sentences that no figures of their rows make true."""
    rows = rows_of(document, concepts)
    for sentence in sentences:
        if OTHERS.search(sentence.text):
            continue
        yield from shares(sentence, rows)


Rows = dict[tuple[str, str], list[Row]]
"""The rows of the tables by measure and unit."""


def rows_of(document: Document, concepts: Concepts) -> Rows:
    """The rows of all tables that have a meaning."""
    found: Rows = {}
    for table in document.tables:
        made = {part: one for one in arithmetic.sums(table) for part in one.parts}
        above: Line | None = None
        for index, line in enumerate(table.lines):
            part = is_part(line.label)
            above = above if part else line
            concept = concepts.of(line)
            if not concept or line.gender:
                continue
            one = made.get(index)
            whole = above if part else table.lines[one.total] if one else None
            key = (concept.measure_code, concept.unit_code)
            found.setdefault(key, []).append(Row(table, line, whole))
    return found


def rows_named(mention: Mention, sentence: Sentence, rows: Rows) -> list[Row]:
    """The rows of a unit or a measure that a sentence names."""
    is_unit = mention in sentence.units
    return [
        row
        for (measure, unit), some in rows.items()
        if (unit if is_unit else measure) == mention.code
        for row in some
    ]


def named_before(sentence: Sentence, start: int, between: re.Pattern[str]) -> Mention | None:
    """The unit or measure right before a place, with nothing but some words between them."""
    found = [
        m
        for m in (*sentence.units, *sentence.measures)
        if m.code != sentence.own
        and m.end <= start
        and between.fullmatch(sentence.text[m.end : start])
        and not OF_SEVERAL.search(sentence.text[: m.start])
    ]
    return max(found, key=lambda m: m.end, default=None)


def named_behind(sentence: Sentence, end: int) -> Mention | None:
    """The unit or measure that a share is said to be, right behind its whole, and none beside."""
    verb = IS_PART.match(sentence.text, end)
    found = [m for m in (*sentence.units, *sentence.measures) if verb and m.start == verb.end()]
    first = found[0] if found else None
    return None if first and re.match(r",? (?:och|samt)\b", sentence.text[first.end :]) else first


IS_PART = re.compile(
    r" (?:avser|avs.{1,2}g|g.{1,2}r till|gick till|utg.{1,2}rs av|utgjordes av|best.{1,2}r av|"
    r"bestod av) "
)
OF_SEVERAL = re.compile(
    r"\b(?:och|samt|med|inom|i|av|f.{1,2}r|exklusive|inklusive) $", re.IGNORECASE
)
"""What stands before a name that is not all that a statement is about."""
HEDGES = r"(?:drygt |knappt |cirka |ca |omkring |ungef.{1,2}r |n.{1,2}stan |.{1,2}ver |hela )?"
IS_SHARE = re.compile(
    r"(?: [^.;]{3,40} och)? (?:(?:st.{1,2}r|stod|svara(?:r|de)) f.{1,2}r|utg.{1,2}r|utgjorde|"
    r".{1,2}r|var)"
    rf" (?:nu |d.{{1,2}}rmed |fortfarande )?{HEDGES}"
)
OF_WHOLE = re.compile(
    r" av (?:(?:de|den|det|alla?|allt|samtliga|totala|samlade|n.{1,2}mndens|"
    r"f.{1,2}rvaltningens) )*(?P<whole>[^\W\d]+)(?![^.,;]{0,60}\b(?:19|20)\d\d\b)"
)
"""What a share is of; a year behind it may be another."""
FRACTION = re.compile(
    rf"{HEDGES}\b(?P<said>h.{{1,2}}lften|(?:en|tv.{{1,2}}|tre|fyra) "
    r"(?:tredjedel|fj.{1,2}rdedel|femtedel|tiondel)(?:ar)?)(?= av\b)",
    re.IGNORECASE,
)
PARTS = {"tre": 3, "fjä": 4, "fem": 5, "tio": 10}
IN_WORDS, HEDGED = Decimal(6), Decimal(3)
"""How many per cent a share in words, or one with a hedge, may be beside what it is."""


def shares(sentence: Sentence, rows: Rows) -> Iterator[Wrong]:
    """That a row is so many per cent of the sum that it is a part of."""
    said = [
        (v.start, v.end, v.number.value, HEDGED if v.hedge else v.number.half_step)
        for v in values_in(sentence)
        if v.number.unit_of_measure == "percent"
    ]
    said += [
        (m.start(), m.end(), percent_of(m["said"].lower()), IN_WORDS)
        for m in FRACTION.finditer(sentence.text)
    ]
    for start, end, stated, slack in said:
        whole = OF_WHOLE.match(sentence.text, end)
        part = named_before(sentence, start, IS_SHARE)
        if whole and not part:
            part = named_behind(sentence, whole.end())
        if not whole or not part:
            continue
        tried = [row for row in rows_named(part, sentence, rows) if is_of(row, whole["whole"])]
        if any(m.start == whole.start("whole") for m in sentence.measures):
            # The name of a row is no word for the sum of others.
            tried = [r for r in tried if r.whole and named(r.whole.label, whole["whole"])]
        made = [(of, *pair) for row in tried for of, pair in percents(row, sentence.report_year)]
        if not made or any(abs(percent - stated) <= slack + rest for _, percent, rest, *_ in made):
            continue
        now = [one for one in made if one[0]]
        if not now:
            continue
        _, percent, _, some, all_of = now[0]
        yield wrong(
            sentence,
            start,
            whole.end(),
            f"{part.name}: andel",
            (some, all_of),
            f"{some.cell.text} är {swedish_number(round(percent, 1))} procent av "
            f"{all_of.cell.text}",
            "prose_value",
        )


def named(label: str, word: str) -> bool:
    """Whether a word is a form of the last of a label."""
    return same(label.lower().split()[-1], word.lower())


def percent_of(said: str) -> Decimal:
    """A share in words in per cent: *två tredjedelar*."""
    count, _, part = said.partition(" ")
    if not part:
        return Decimal(50)
    times = int(words.of_numbers("count").get(count, "1"))
    return 100 * Decimal(times) / PARTS.get(scanned(part)[:3], 4)


def is_of(row: Row, word: str) -> bool:
    """Whether a word is one for what a row is a part of: its table or its sum has it, or it is a
    cost or an income and the table is of money."""
    if row.whole is None:
        return False
    heads = " ".join(c.head.text for c in row.table.columns)
    said = f"{row.table.title} {row.whole.group} {row.whole.label} {heads}"
    stems = {scanned(w)[:STEM] for w in re.findall(r"[^\W\d]{4,}", said)}
    is_money = re.search(r"kostnad|int.{1,2}kt", word) and row.table.unit_of_measure in IN_TKR
    return bool(is_money) or scanned(word)[:STEM] in stems


STEM = 5
"""How many letters of a word two forms of it have in common at least."""


def percents(row: Row, year: int) -> Iterator[tuple[bool, tuple[Decimal, Decimal, Figure, Figure]]]:
    """What a row is of its sum in each column, with what rounding makes of it; first whether the
    column is one of this year's outcomes."""
    for column in row.table.number_columns:
        some = row.line.figures.get(column.index)
        all_of = row.whole.figures.get(column.index) if row.whole else None
        part, whole = some and some.number, all_of and all_of.number
        if not some or not all_of or not part or not whole or not whole.value:
            continue
        if "percent" in (cells.unit_of(row.table, row.line, some), part.unit_of_measure):
            # It is a share already.
            continue
        percent = 100 * part.value / whole.value
        rest = 100 * (part.half_step + whole.half_step) / abs(whole.value)
        is_now = column.scenario in ("outcome", "cost", "income") and column.fiscal_year == year
        yield is_now, (percent, rest, some, all_of)


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

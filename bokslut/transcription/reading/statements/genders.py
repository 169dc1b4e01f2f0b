"""What sentences say of women and men beside each other: *731 kvinnor och 386 män*, *kvinnorna är
820 och männen 1 004*.

A pair is wrong only where no row has both, and one row alone has one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bokslut.transcription.reading.amounts import Amount, amounts_of, kind_of
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.heads import gender_word
from bokslut.transcription.reading.nouns import Name, ends_in, lower_words, parts_of, same
from bokslut.transcription.reading.statements.gaps import OF_DIFFERENCES
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.statements.levels import LONG
from bokslut.transcription.reading.statements.named_rows import Rows
from bokslut.transcription.reading.statements.printed import Pair, is_printed, is_typed, stated_of
from bokslut.transcription.reading.tables.table import Line, ReadTable

REACH = 30
"""How far before a number the word stands that says whose it is."""
NEAR = 4
"""Of how many parts of itself a number is at most one beside what was typed wrongly."""


GAP = re.compile(
    r"\b(?:skillnaden|gapet|klyftan)(?P<sexes> mellan (?:könen|kvinnor och män|män och kvinnor|"
    r"flickor och pojkar|pojkar och flickor))? (?:har )?(?:är|var|blev|minska[^\W\d]*|öka[^\W\d]*|"
    r"krymp[^\W\d]*|väx[^\W\d]*|uppg(?:år|ick))(?: nu| alltså)? ?(?:till )?$",
    re.IGNORECASE,
)
"""*skillnaden har krympt till 2,3 procentenheter*."""
OF_BEFORE = re.compile(r"\b(?:19|20)\d\d\b|\b(?:i fjol|förra året|året (?:före|innan))\b")


class Genders:
    """Holds the numbers of women and men of a document against its rows."""

    def __init__(self, rows: Rows) -> None:
        """Collects the rows of which women and men are printed."""
        self.year = rows.year
        tables = {id(table): table for name in rows.names for table, _ in name.rows}
        self.couples = [one for table in tables.values() for one in couples_of(table)]

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The numbers of women and men that no row has together."""
        text = sentence.text
        if any(p.search(text) for p in (OTHERS, JOINT, RESTATED, MONTH)):
            return
        for said in said_in(sentence):
            if not any(fits(said, one) == {True} for one in self.couples):
                yield from self.wrong(said, sentence)
        yield from self.apart(sentence)

    def apart(self, sentence: Sentence) -> Iterator[Judged]:
        """How far the women and men of a row are apart, where no figures of the year make it."""
        text = sentence.text
        codes = {token.code for token in sentence.with_role("gender")}
        for value in values_in(sentence):
            before = GAP.search(text[: value.start])
            is_named = before and (before["sexes"] or {"women", "men"} <= codes)
            if not is_named or OF_BEFORE.search(text) or value.hedge:
                continue
            now = [
                one
                for one in self.couples
                if one.one.scenario in ("outcome", "")
                and one.one.year in (None, self.year)
                and one.one.kind == kind_of(value.number.unit_of_measure)
                and is_told(sentence, one, loosely=True)
            ]
            if len(now) != 1 or now[0].is_apart(value):
                continue
            one = now[0]
            figures = (one.one.figure, one.other.figure)
            yield Judged(value, value.end, one.name, figures, f"kvinnor {one.made}")

    def wrong(self, said: dict[str, Value], sentence: Sentence) -> Iterator[Judged]:
        """The number that is wrong where one row alone has the other."""
        half = [
            one
            for one in self.couples
            if one.one.scenario in ("outcome", "")
            and one.one.year in (None, self.year)
            and len(fits(said, one)) == 2
        ]
        if len({one.name.label for one in half}) != 1:
            return
        one = half[0]
        right, value, amount = (
            (said["women"], said["men"], one.other)
            if is_printed(said["women"], one.one, one.one.kind)
            else (said["men"], said["women"], one.one)
        )
        is_long = digits(right) >= LONG
        is_near = abs(abs(amount.value) - stated_of(value)) * NEAR <= abs(amount.value)
        # Another row may have so short a number by chance, where no word tells of this one.
        is_slip = is_typed(value, amount) and (is_long or is_told(sentence, one))
        if is_slip or (is_long and is_near):
            made = f"tabellen har {amount.figure.cell.text}"
            yield Judged(value, value.end, one.name, (amount.figure,), made, "tal", "prose_value")


def said_in(sentence: Sentence) -> Iterator[dict[str, Value]]:
    """The numbers beside each other of which one is said to be of women and one of men."""
    tokens = sentence.with_role("gender")
    for one, other in pairwise(values_in(sentence)):
        if "." in sentence.text[one.end : other.start]:
            continue
        behind = {
            token.code: value
            for value in (one, other)
            for token in tokens
            if token.start - value.end == 1
        }
        before = {
            token.code: value
            for value, least in ((one, 0), (other, one.end))
            for token in tokens
            if max(least, value.start - REACH) <= token.start < value.start
        }
        # *45 flickor och 49 pojkar*, *kvinnorna är 820 och männen 1 004*.
        for said in (behind, before) if not behind else (behind,):
            if said.keys() == {"women", "men"} and len({id(v) for v in said.values()}) == 2:
                yield said


def couples_of(table: ReadTable) -> Iterator[Pair]:
    """The women and men of each row of a table, in columns of their own or below it."""
    found: dict[tuple[object, ...], list[tuple[Line, str, Amount]]] = {}
    main: Line | None = None
    for line in table.lines:
        main = main if main and line.gender and main.group == line.group else line
        for one in amounts_of(table, line):
            gender = line.gender or one.figure.column.gender
            if gender in ("women", "men") and one.scenario not in OF_DIFFERENCES:
                key = (id(main), one.scenario, one.year, one.kind, one.figure.column.entity)
                found.setdefault(key, []).append((main, gender, one))
    for some in found.values():
        by = {gender: one for _, gender, one in some}
        if len(some) == len(by) == 2:
            main = some[0][0]
            yield Pair(Name(main.label, (), [(table, main)]), by["women"], by["men"])


def fits(said: dict[str, Value], one: Pair) -> set[bool]:
    """Whether the two numbers are those of a row: both, none, or one of them."""
    pairs = ((said["women"], one.one), (said["men"], one.other))
    return {is_printed(value, amount, amount.kind) for value, amount in pairs}


def is_told(sentence: Sentence, one: Pair, *, loosely: bool = False) -> bool:
    """Whether a sentence, or the one before it, has a word of a row or of its table's name;
    `loosely`: the sentence alone, and the last part of a word will do."""
    ((table, line),) = one.name.rows
    before = sentence.before.text if sentence.before and not loosely else ""
    label = f"{line.group} {line.label}" if loosely else f"{table.title} {line.label}"
    there = [w for w in parts_of(label) if not gender_word(w)]
    said = lower_words(f"{before} {sentence.text}")
    return any(same(w, word) or (loosely and ends_in(w, word)) for w in there for word in said)


def digits(value: Value) -> int:
    """How many digits a number is printed with."""
    return sum(c.isdigit() for c in value.text)

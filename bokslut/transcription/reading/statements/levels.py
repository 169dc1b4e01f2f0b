"""What sentences say that a row or a column stands at, held against all that it prints: *uppgick
till 29 980*, *konsultkostnaden, 1 958 tkr, överskred*.

A level is wrong only where no figure that its words may mean is what it says, and one is near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, Value, values_in
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.nouns import (
    WORD,
    Name,
    Said,
    found_in,
    lower_words,
    parts_of,
    same,
)
from bokslut.transcription.reading.row_amounts import OF_DIFFERENCES, Amount, amounts_of, kind_of
from bokslut.transcription.reading.statements.gaps import fits
from bokslut.transcription.reading.statements.judge import (
    TO_COME,
    Judged,
    is_qualified,
    unit_behind,
)
from bokslut.transcription.reading.statements.named_rows import Rows, start_of, tells
from bokslut.transcription.reading.statements.printed import equals, is_typed, stated_of
from bokslut.transcription.reading.statements.relation import (
    CUT,
    relation_of,
    until_cut,
)
from bokslut.transcription.reading.statements.understood import RESULT
from bokslut.transcription.reading.tables.table import Line, ReadTable

SIZE = Decimal("1.35")
"""How many times another a number is at most that may be the other typed wrongly."""
FAR = Decimal("2.5")
"""The same where all but one digit, or all but their order, is the other's."""
LONG = 3
"""How many digits a number has at least that no table has by chance."""
ASIDE = re.compile(r"(?P<noun>[^,;.:]*), (?:(?:totalt|cirka|ca|drygt|knappt) )?$")
IN_LIST = re.compile(
    r"[,;:.)] |\b(?:och|samt|inom|i|för|på|hos|vid|från|av|men|medan|främst|bland) |^"
)
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
OWN_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:: ?|,? då [^.;\d]{0,40})$")
YEAR_FIRST = re.compile(
    r"(?:^|[.;] )(?:Under |År |För )?((?:19|20)\d\d) "
    r"(?:var|hade|uppgick|låg|blev|redovisade)\b[^,;]*$"
)
"""*År 2023 var frånvaron*."""
REACH = 20
"""How far behind a number its year stands: *523 elever under 2019*."""
BEHIND_ASIDE = re.compile(r",(?!\d)|\.?$")
"""What stands around a level between commas: *konsultkostnaden, 1 958 tkr, överskred*."""
OPEN = re.compile(
    r"\b(?:varav|därav|skulle|om|väntas|beräknas|prognos\w*|planeras|ska|kan|kommer|bör|"
    r"exklusive|inklusive|exkl|inkl|utan|(?:minst|högst)(?=(?: [^\W\d]+)? \d)|mindre|högre|lägre|"
    r"fler|färre|större|som|"
    r"av(?! (?:sin|sitt|sina|den beslutade|den totala|en total|totalt|budgeterade|planerade|"
    r"budgeten|anslaget|medlen)\b)|"
    r"ny|nya|nytt|första|ytterligare|respektive|riket\w*|rikssnitt\w*|kvartal\w*|tertial\w*)\b",
    re.IGNORECASE,
)
"""Words of a number that is of something else than the row: a part, others, what may come."""
SUM = re.compile(r"\b(?:totalt|sammanlagt|sammantaget|summan)\b", re.IGNORECASE)
"""What says that a number is of all rows of a column: *totalt återstår 1 961 tkr*."""
FROM = re.compile(r"\bfrån (?:cirka |ca |drygt |knappt )?$")
"""*minskade från 61 till 48*, of which the first is an earlier year's."""
OF_THEN = re.compile(
    r"(?:^|[,;:] )(?:[^\W\d]+ ){0,3}?(?:19|20)\d\d, (?:hade|var|[^\W\d]+de)\b|\bföre pandemin\b",
    re.IGNORECASE,
)
"""*före pandemin, 2019, hade vi*."""
NEXT = re.compile(r"(?<!över till )\b(20\d\d)\b")
SCENARIOS = (
    ("target", re.compile(r"\b(?:[^\W\d]+s)?mål(?:et|värde\w*|nivå\w*)?\b", re.IGNORECASE)),
    ("budget", re.compile(r"budget|\bram(?:en)?\b|anslag|beslutad", re.IGNORECASE)),
    ("deviation", re.compile(r"skott|avvik|tillbaka|återst|\bkvar\b", re.IGNORECASE)),
)
"""What the words say that a level is, where it is no outcome."""
LEFT = re.compile(r" (?:över$|kvar\b|återst)")
SCENARIO = re.compile("|".join(word.pattern for _, word in SCENARIOS), re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A row, or a column of a table with the years down its rows.

    Attributes:
        name: of it, with the words of its own table around it.
        amounts: its figures.
    """

    name: Name
    amounts: tuple[Amount, ...]


class Levels:
    """Holds the levels that the sentences of a document state against its rows and columns."""

    def __init__(self, rows: Rows) -> None:
        """Takes each row with the words of its own table."""
        self.rows = rows
        self.names = [*rows.names]
        self.places: dict[int, list[Place]] = {
            id(name): [place_of(name, table, line) for table, line in name.rows]
            for name in rows.names
        }
        columns, sums = [*columns_of(rows)], [*sums_of(rows)]
        self.places |= {id(place.name): [place] for place in (*columns, *sums)}
        self.names += [place.name for place in columns]
        self.sums = [place.name for place in sums]
        self.genders = {
            id(figure): line.gender or figure.column.gender or "total"
            for table, _ in (row for name in rows.names for row in name.rows)
            for line, figure in table.figures()
        }
        # Of a scan another row may have the number, or a figure be misread.
        self.is_scanned = any(table.is_scanned for name in rows.names for table, _ in name.rows)
        self.printed = [a for some in self.places.values() for p in some for a in p.amounts]

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The levels of a sentence that nothing that is printed makes true."""
        if OTHERS.search(sentence.text) or JOINT.search(sentence.text):
            return
        found = values_in(sentence)
        for at, value in enumerate(found):
            if relation_of(sentence, value) or is_qualified(sentence, found, at, value.end):
                continue
            yield from self.level(sentence, found, at)
            yield from self.in_other_unit(sentence, value)

    def level(self, sentence: Sentence, found: Sequence[Value], at: int) -> Iterator[Judged]:
        """A level that is wrong."""
        value = found[at]
        start, end = around(sentence, found, at)
        clause, behind = sentence.text[start : value.start], sentence.text[value.end : end]
        said = list(WORD.finditer(sentence.text, start, end))
        genders = genders_in(sentence, start, end)
        while at and not any(is_noun(sentence, word) for word in said):
            # *ökade med 3 procent till 1 565 ton*: of what the number before is of.
            at -= 1
            start = start_of(sentence, found, at)
            said = list(WORD.finditer(sentence.text, start, end))
        genders = genders or genders_in(sentence, 0, end) or {"total"}
        whole = sentence.text[start:end]
        if (
            OPEN.search(whole)
            or FROM.search(clause)
            or OF_THEN.search(sentence.text[: value.start])
            or self.is_of_another_year(sentence.text[: value.start])
            or self.is_of_month(sentence.text[: value.start])
            or TO_COME.search(sentence.text[: value.start])
            or any(int(y) > self.rows.year for y in NEXT.findall(sentence.text[:end]))
        ):
            return
        is_sum = bool(SUM.search(whole))
        lower = [m[0].lower() for m in said]
        some = found_in(lower, self.sums if is_sum else self.names)
        there = [a for one in some for place in self.places[id(one.name)] for a in place.amounts]
        now = there
        if self.is_of_now(sentence.text[start : value.end + REACH]):
            # *hade 523 elever under 2019*, which it had the year before.
            now = [a for a in there if a.year in (None, self.rows.year)] or there
        is_old = len(now) < len(there) and any(equals(value, one) for one in there)
        if any(equals(value, one) for one in now) or (not is_old and self.is_elsewhere(value)):
            return
        told = [(one, place) for one in some for place in self.told(sentence, said, one, value)]
        best = [(one, p) for one, p in told if not any(one.by < other.by for other, _ in told)]
        own = [p for one, p in best if one.is_whole] or [p for _, p in best]
        if LEFT.search(clause) and is_sum and not any(is_noun(sentence, word) for word in said):
            # *Totalt återstår 1 961 tkr*: of the only sum of what is left that it may be.
            own = self.left_of(value)
        if len({place.name.parts or normal(place.name.label) for place in own}) != 1:
            return
        if any(fits(value, gap) for gap in self.rows.gaps.get(id(own[0].name), ())):
            return
        scenario = next((name for name, word in SCENARIOS if word.search(clause)), "")
        is_aside = is_in_parentheses(sentence, value)
        if is_aside and RESULT.search(sentence.text, 0, start):
            scenario = "deviation"
        scenario = "deviation" if LEFT.search(clause) or LEFT.match(behind) else scenario
        near = [a for p in own for a in p.amounts if is_slip(value, a, scenario)]
        if is_old:
            is_whole = all(one.is_whole for one, _ in best)
            near = [a for a in near if is_whole and a in now and a.scenario == "outcome"]
        if self.is_scanned or is_aside:
            near = [a for a in near if is_typed(value, a)]
        near = [a for a in near if self.genders[id(a.figure)] in genders]
        if near:
            first = min(near, key=lambda one: self.distance(value, one))
            made = f"tabellen har {first.figure.cell.text}"
            yield Judged(value, value.end, own[0].name, (first.figure,), made, "tal", "prose_value")

    def in_other_unit(self, sentence: Sentence, value: Value) -> Iterator[Judged]:
        """The amount that a row, which is named, has in another unit of measure, and none in this:
        *kostade 1 916 mnkr*, of 1 916 tkr."""
        times = IN_TKR.get(value.number.unit_of_measure or "")
        digits = sum(c.isdigit() for c in value.text)
        if times is None or digits < LONG or any(equals(value, one) for one in self.printed):
            return
        lower = lower_words(sentence.text[: value.start])
        there = {
            id(a.figure): (place.name, a)
            for one in found_in(lower, self.names)
            if one.is_whole and not one.is_bare
            for place in self.places[id(one.name)]
            for a in place.amounts
            if a.kind == "money" and a.scenario == "outcome" and a.year in (None, self.rows.year)
            if a.figure.number and abs(a.figure.number.value) == abs(value.number.value)
        }
        if there:
            name, amount = next(iter(there.values()))
            unit = next(
                u for u, t in IN_TKR.items() if t * abs(value.number.value) == abs(amount.value)
            )
            made = f"tabellen har {amount.figure.cell.text} {unit}"
            yield Judged(value, value.end, name, (amount.figure,), made, "enhet", "prose_value")

    def told(
        self, sentence: Sentence, said: Sequence[re.Match[str]], one: Said, value: Value
    ) -> Iterator[Place]:
        """The places of a name that tell of each noun of a clause, in the unit of a number."""
        by = [said[at] for at in one.by if is_noun(sentence, said[at])]
        is_named = any(not SCENARIO.search(word[0]) for word in by)
        if (
            not is_named
            or one.is_bare
            or not (one.is_whole or 0 in one.parts or len(one.parts) > 1)
        ):
            return
        measured = unit_behind(sentence, value)
        rest = [
            word[0].lower()
            for at, word in enumerate(said)
            if at not in one.by and is_noun(sentence, word)
        ]
        is_per = any(word[0].lower() == "per" for word in said)
        kind = kind_of(value.number.unit_of_measure)
        for place in self.places[id(one.name)]:
            beside = place.name.beside
            amounts = tuple(
                a for a in place.amounts if a.kind == kind and is_per == per(place.name, a)
            )
            if (
                not amounts
                or not is_in_unit(measured, beside)
                or not beside.isdisjoint(words.listed("scales"))
                or is_of_unit(sentence, said, place)
            ):
                continue
            if all(w in measured or any(same(w, b) for b in beside) for w in rest):
                yield Place(place.name, amounts)

    def is_of_another_year(self, before: str) -> bool:
        """Whether a year of its own stands right before a number: *50,8 mnkr (2023: 53,1 mnkr)*."""
        found = OWN_YEAR.search(before) or YEAR_FIRST.search(before)
        return found is not None and int(found[1]) != self.rows.year

    def is_of_month(self, before: str) -> bool:
        """Whether a number is of a month or a part of the year that no row is of: *I februari, då
        smittan var störst, var frånvaron 10,6 procent*."""
        found = MONTH.search(AT_END.sub("", re.split(r"[;:]", before)[-1]))
        return bool(found) and not any(found[0].lower() in name.parts for name in self.names)

    def is_of_now(self, text: str) -> bool:
        """Whether a statement names the report's year, and no other."""
        return {int(year) for year in A_YEAR.findall(text)} == {self.rows.year}

    def left_of(self, value: Value) -> list[Place]:
        """The sums of columns of differences that a number may be, typed wrongly."""
        sums = [place for name in self.sums for place in self.places[id(name)]]
        return [p for p in sums if any(is_slip(value, a, "deviation") for a in p.amounts)]

    def is_elsewhere(self, value: Value) -> bool:
        """Whether any table prints a number, which is too long to be there by chance."""
        digits = sum(c.isdigit() for c in value.text)
        return (digits >= LONG or self.is_scanned) and any(
            equals(value, one, closely=True) for one in self.printed
        )

    def distance(self, value: Value, one: Amount) -> tuple[bool, bool, Decimal]:
        """How far a figure is from the one that a reader would look for first."""
        return (
            one.scenario != "outcome",
            one.year not in (None, self.rows.year),
            abs(abs(one.value) - stated_of(value)),
        )


@lru_cache
def light() -> frozenset[str]:
    """Verbs that say no more than that something is so much."""
    return frozenset(words.listed("level_verbs"))


def place_of(name: Name, table: ReadTable, line: Line) -> Place:
    """A row with the words of its own table."""
    heads = " ".join(c.head.text for c in table.columns)
    text = f"{table.title} {heads} {line.group} {line.section} {line.label}"
    own = replace(name, rows=[(table, line)], beside=set(lower_words(text)))
    at = next(at for at, row in enumerate(table.lines) if row is line)
    below = takewhile(lambda row: row.gender, table.lines[at + 1 :])
    lines = [line] if line.gender else [line, *below]
    return Place(own, tuple(one for row in lines for one in amounts_of(table, row)))


def columns_of(rows: Rows) -> Iterator[Place]:
    """The columns of tables that have the years down their rows."""
    for table, lines in lines_of(rows).values():
        years = [line for line in lines if line.fiscal_year]
        if len(years) > 1:
            yield from heads_of(table, years)


def sums_of(rows: Rows) -> Iterator[Place]:
    """The columns of tables that have a sum, with it."""
    for table, lines in lines_of(rows).values():
        yield from heads_of(table, [line for line in lines if line.is_total])


def lines_of(rows: Rows) -> dict[int, tuple[ReadTable, list[Line]]]:
    """The rows of each table."""
    found: dict[int, tuple[ReadTable, list[Line]]] = {}
    for table, line in (row for name in rows.names for row in name.rows):
        found.setdefault(id(table), (table, []))[1].append(line)
    return found


def heads_of(table: ReadTable, lines: Sequence[Line]) -> Iterator[Place]:
    """The columns of some rows, by their heads."""
    amounts = [one for line in lines for one in amounts_of(table, line)]
    for column in table.number_columns:
        label = column.head.text
        own = tuple(one for one in amounts if one.figure.column is column)
        if own and (parts := parts_of(label)):
            yield Place(Name(label, parts, [], set(lower_words(f"{table.title} {label}"))), own)


def around(sentence: Sentence, found: Sequence[Value], at: int) -> tuple[int, int]:
    """From where to where the words reach that say what a level is of."""
    value = found[at]
    behind = sentence.text[value.end :]
    if is_in_parentheses(sentence, value):
        # *inom vuxna (3,3 mnkr) och ekonomiskt bistånd (3,2 mnkr)*
        cuts = [m.end() for m in IN_LIST.finditer(sentence.text, 0, value.start - 1)]
        return max(cuts, default=0), value.end
    aside = ASIDE.search(sentence.text, 0, value.start)
    if aside and BEHIND_ASIDE.match(behind):
        start = aside.start("noun")
        cuts = [m.end() for m in CUT.finditer(sentence.text, start, aside.end("noun"))]
        return max([start, *cuts, *(v.end for v in found[:at])]), value.end
    behind = behind[: next((v.start - value.end for v in found[at + 1 :]), None)]
    return start_of(sentence, found, at), value.end + len(until_cut(behind))


def is_in_parentheses(sentence: Sentence, value: Value) -> bool:
    """Whether a number stands alone in parentheses, behind what it is of."""
    text = sentence.text
    return text[: value.start].endswith(" (") and text.startswith(")", value.end)


def is_of_unit(sentence: Sentence, said: Sequence[re.Match[str]], place: Place) -> bool:
    """Whether a sentence goes on about a unit that neither its clause nor a row names: the figure
    may be that unit's own."""
    last = sentence.before.last_unit() if sentence.before else None
    about = [unit for unit in (sentence.section, last) if unit and unit.code != sentence.own]
    if any(unit.code != sentence.own for unit in sentence.units):
        return False
    there = {*place.name.beside, *(word[0].lower() for word in said)}
    return any(
        not any(same(word, other) for word in parts_of(unit.name) for other in there)
        for unit in about
    )


def is_in_unit(measured: set[str], beside: set[str]) -> bool:
    """Whether a table prints a unit of measure, or none for its times."""
    if not measured or not measured.isdisjoint(beside):
        return True
    units = {row["word"].lower() for row in words.table("other_units")}
    return (
        units.isdisjoint(beside)
        and not measured.isdisjoint(words.listed("times"))
        and any(word.endswith("tid") for word in beside)
    )


def genders_in(sentence: Sentence, start: int, end: int) -> set[str]:
    """Of whom a part of a sentence is, by its words."""
    return {t.code for t in sentence.with_role("gender") if start <= t.start < end}


def is_noun(sentence: Sentence, word: re.Match[str]) -> bool:
    """Whether a word may say what a level is of."""
    return tells(sentence, word) and word[0].lower() not in light()


def per(name: Name, one: Amount) -> bool:
    """Whether a figure is one for each of something."""
    return "per" in lower_words(f"{name.label} {one.figure.column.head.text}")


def is_slip(value: Value, one: Amount, scenario: str) -> bool:
    """Whether a number may be a figure of a scenario that was typed wrongly."""
    is_difference = one.scenario in OF_DIFFERENCES
    is_other = one.scenario != scenario if scenario else is_difference
    if one.kind != kind_of(value.number.unit_of_measure) or is_other:
        return False
    less, more = sorted((stated_of(value), abs(one.value)))
    if not less or more > FAR * less:
        return False
    return (more <= SIZE * less and not is_difference) or is_typed(value, one)

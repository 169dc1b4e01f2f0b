"""Holds what sentences say of how far figures are apart against the rows that they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.amounts import ROWS
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import (
    AT_END,
    MONTH,
    RESTATED,
    Value,
    starts_from,
)
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.nouns import (
    WORD,
    Name,
    Said,
    best_of,
    ends_in,
    found_in,
    idle,
    is_bare,
    lower_words,
    names_of,
    rivals_of,
    same,
)
from bokslut.transcription.reading.statements.gaps import (
    INCOME,
    OF_DIFFERENCES,
    Amount,
    Gap,
    amounts_of,
    cost_sign,
    fits,
    gaps_of,
    is_against,
    is_of_now,
    kind_of,
    made_of,
    may_be_of,
    way_of,
)
from bokslut.transcription.reading.statements.relation import (
    AND,
    CUT,
    LAST,
    Relation,
    numbers_of,
    relation_of,
    until_cut,
)
from bokslut.transcription.reading.statements.understood import is_superlative
from bokslut.transcription.reading.tables.table import Figure


@dataclass(frozen=True)
class Judged:
    """A statement that was held against the figures of a row.

    Attributes:
        value: its number.
        end: where its words end.
        name: the row.
        figures: those that it is held against, where it is wrong.
        made: what they make, in Swedish.
        what, rule: what the statement is of, and which rule it is held to.
    """

    value: Value
    end: int
    name: Name
    figures: tuple[Figure, ...] = ()
    made: str = ""
    what: str = "skillnad"
    rule: str = "prose_change"

    @property
    def is_wrong(self) -> bool:
        """Whether no figures of the row make it true."""
        return bool(self.figures)


OF_MORE = re.compile(r" per |- och ")
"""What a name has that one of its words does not say: *Barn- och utbildningsförvaltningen*."""
FEWEST = 4
"""How many letters a word has at least that names something."""
LONG = 3
"""How many digits a number has at least that no other row has by chance."""
NEAR = Decimal("0.005")
"""How far a number of the year with a hedge may be beside what is printed, of itself."""
AND_HAS = re.compile(r" och (?:har|är|blev|var|hade)(?: fått| blivit)? $")
"""*Vårdprogrammet vände uppåt och har*: what begins the sentence goes on."""
TO_COME = re.compile(r"\b(?:ska|skall|kommer|väntas|beräknas|planeras|bör)\b", re.IGNORECASE)
"""Words of what has not come yet: *ska minska från 115 till 108*."""
THERE = re.compile(
    r"(?<!sedan )\b(?:dit|där|här|därifrån|dess|deras|bland dem|hos dem)\b",
    re.IGNORECASE,
)
"""What stands for something that was named before: *väntetiden dit*."""
AT_IT = re.compile(r"\W*(?:där|här)\b", re.IGNORECASE)
"""What goes on about the place that the sentence before names."""
EACH = re.compile(r"\b(?:va(?:rt|r) och e(?:tt|n)|vardera|båda|bägge)\b", re.IGNORECASE)
"""Words of several, of which each is so: *som vart och ett har 13 fler elever*."""
TO = re.compile(r",?(?: (?:och (?:blev|är|var|uppg[^\W\d]+ till|landa[^\W\d]+ på)|till))(?: nu)? ")
"""What stands between a difference and what it led to."""
THAN_IT_WAS = re.compile(r"(?: [^\W\d%,]+)?,? (?:mot|jämfört med|att jämföra med) (?:[^\W\d]+ )?$")
"""What stands between a figure and the one that it is held against."""
OF_SOME = re.compile(r"[^,] (?:som|vars) ")
"""What begins to tell which of a row a number is of: *deltidsbrandmän som slutat*."""
ELSEWHERE = re.compile(r"[^,;.]{0,12} (?:i|för|hos|bland|inom|enligt|på) [^\W\d]")
"""What stands behind a figure that is somebody else's."""


class Judge:
    """Holds the statements of a document against its rows."""

    def __init__(self, document: Document) -> None:
        """Collects the names of the rows, and how far their figures are apart."""
        self.names = names_of(document)
        self.year = document.report_year
        self.gaps = {
            id(name): [gap for table, line in name.rows for gap in gaps_of(table, line, self.year)]
            for name in self.names
        }
        self.amounts = {
            id(name): [one for table, line in name.rows for one in amounts_of(table, line)]
            for name in self.names
        }

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The statements of a sentence that could be held against a row: right ones and wrong."""
        if (
            OTHERS.search(sentence.text)
            or JOINT.search(sentence.text)
            or AT_IT.match(sentence.text)
        ):
            return
        found = numbers_of(sentence)
        last: Name | None = None
        told: Value | None = None
        relation: Relation | None = None
        for at, value in enumerate(found):
            goes_on = relation if at and found[at - 1] is told else None
            relation = relation_of(sentence, value) or and_another(sentence, found, at, goes_on)
            if relation is None or is_qualified(sentence, found, at, relation.end):
                continue
            measured = unit_behind(sentence, value)
            before = last if at and found[at - 1] is told else None
            last, is_sure = self.name_for(sentence, found, at, before)
            told = value
            level = level_of(sentence, found, at)
            if not last or (measured and measured.isdisjoint(last.beside)):
                continue
            made = self.judged(value, relation, last, level, is_sure)
            start = start_of(sentence, [level, value], 0) if level else value.start
            # What each costs is no difference of what all do.
            is_rate = " per " in sentence.text[start : value.start] and " per " not in last.label
            if made and not (made.is_wrong and (is_rate or not self.has_gender(sentence, last))):
                yield made
        for at, (one, other) in enumerate(pairwise(found)):
            if relation_of(sentence, one) is None and relation_of(sentence, other) is None:
                yield from self.both(sentence, found, at, one, other)

    def name_for(
        self, sentence: Sentence, found: Sequence[Value], at: int, last: Name | None
    ) -> tuple[Name | None, bool]:
        """The row that a difference is of, and whether nothing else may be meant."""
        start, end = start_of(sentence, found, at), found[at].start
        if and_has := AND_HAS.search(sentence.text, start, end):
            return self.first_named(sentence, start, and_has.start()), True
        cut = max((m.end() for m in CUT.finditer(sentence.text, 0, end)), default=0)
        if EACH.search(sentence.text, cut, end):
            return None, False
        if THERE.search(sentence.text, start, end):
            return self.where(sentence, found[at], start)
        said = list(WORD.finditer(sentence.text, start, end))
        chosen, is_sure = self.named_in(sentence, found[at], said)
        level = level_of(sentence, found, at)
        if chosen and level and self.is_of_another(level, chosen):
            # *Besöken gick ned med 8,2 procent till 171 980*, which another row has.
            return chosen, False
        if chosen is None and level and any(tells(sentence, word) for word in said):
            # *Fritidshemmens 764 inskrivna barn är en ökning med tolv*.
            return self.of_level(sentence, level, start), False
        if chosen or any(tells(sentence, word) for word in said):
            # *Hyrorna gick upp med 6,5 till 112,5*, which are those of *Lokalhyror*.
            is_stated = bool(chosen and level) and self.is_of(level, chosen)
            return chosen, is_sure or is_stated
        if last is not None:
            # *kostnaderna ökade med 4,9 procent och intäkterna med 4,1*: of two.
            is_other = any(start <= t.start < end for t in sentence.with_role("result"))
            between = WORD.finditer(sentence.text, found[at - 1].end, start)
            is_other = is_other or any(tells(sentence, word) for word in between)
            return (None, False) if is_other else (last, True)
        if not at and start:
            # *Lekplatsen blev det enda projektet över budget, 115 tkr dyrare*.
            cuts = [m.end() for m in CUT.finditer(sentence.text, 0, start) if m.end() < start]
            return self.first_named(sentence, max(cuts, default=0), start), True
        if level is None or (chosen := self.of_level(sentence, level, start)):
            return chosen, True
        # Where no row has the number before it, what that number is said to be of.
        before = WORD.finditer(sentence.text, start_of(sentence, [level], 0), level.start)
        chosen, is_sure = self.named_in(sentence, found[at], list(before))
        return (chosen, True) if is_sure and not sentence.with_role("gender") else (None, False)

    def where(self, sentence: Sentence, value: Value, start: int) -> tuple[Name | None, bool]:
        """The row whose name stands right before *där*, and whether its table says what is told of
        it: *störst är tappet på Almskolan, där eleverna blev 14 färre*."""
        text = sentence.text
        before = list(WORD.finditer(text, 0, start))
        if not text.startswith("där ", start) or not text[:start].endswith(", "):
            return None, False
        some = found_in([m[0].lower() for m in before[-LONG:]], self.names)
        last = len(before[-LONG:]) - 1
        named = [one for one in some if one.is_whole and last in one.by]
        said = [m for m in WORD.finditer(text, start + len("där "), value.start)]
        is_told = len(named) == 1 and all(
            is_beside_row(m[0].lower(), named[0].name) for m in said if tells(sentence, m)
        )
        return (named[0].name, True) if is_told else (None, False)

    def named_in(
        self, sentence: Sentence, value: Value, said: Sequence[re.Match[str]]
    ) -> tuple[Name | None, bool]:
        """The row that some words name, and whether they name nothing else."""
        lower = [m[0].lower() for m in said]
        some = [one for one in found_in(lower, self.names) if self.can_be(value, one.name)]
        chosen = best_of(some)
        if chosen is None:
            return None, False
        if normal(chosen.name.label) in ROWS.values() and sentence.before is not None:
            # *Kostnaden har stigit*: that of what the sentence before is about.
            return None, False
        return chosen.name, (
            not any(rivals_of(chosen, some))
            and (
                chosen.is_whole
                or len(chosen.parts) > 1
                or not self.is_last_of_another(sentence, lower, chosen)
            )
            and (chosen.is_whole or not OF_MORE.search(chosen.name.label))
            # *Bygglovsavgifterna* are not what *Bygglovsverksamhet* costs.
            and not (
                any(INCOME.search(lower[at]) for at in chosen.by)
                and not INCOME.search(chosen.name.label)
            )
            and (is_all(sentence, said, chosen) or is_beside(lower, chosen))
        )

    def has_gender(self, sentence: Sentence, name: Name) -> bool:
        """Whether a row has figures of the women or men of whom a sentence speaks, if it does."""
        said = {token.code for token in sentence.with_role("gender")}
        there = {gap.now.column.gender for gap in self.gaps[id(name)]}
        return not said or bool(said & (there | {line.gender for _, line in name.rows}))

    def is_last_of_another(self, sentence: Sentence, lower: Sequence[str], chosen: Said) -> bool:
        """Whether the word that says a part of a name is the last of another's that is spoken of:
        *frånvaron* of *Sjukfrånvaro*."""
        others = {part for one in self.names if one is not chosen.name for part in one.parts}
        longer = [part for part in others if any(ends_in(part, lower[at]) for at in chosen.by)]
        text = f"{sentence.before.text if sentence.before else ''} {sentence.text}"
        return any(same(word, part) for word in lower_words(text) for part in longer)

    def first_named(self, sentence: Sentence, start: int, end: int) -> Name | None:
        """The row that the first noun of a clause names."""
        found = WORD.finditer(sentence.text, start, end)
        first = next((m for m in found if tells(sentence, m)), None)
        some = found_in([first[0].lower()], self.names) if first else []
        chosen = best_of(some)
        return chosen.name if chosen and not any(rivals_of(chosen, some)) else None

    def can_be(self, value: Value, name: Name) -> bool:
        """Whether a row has figures that a number can be the difference of."""
        return any(may_be_of(value, gap) for gap in self.gaps[id(name)])

    def of_level(self, sentence: Sentence, level: Value, start: int) -> Name | None:
        """The only row that has a number for its outcome of the year; of several the one that the
        words around it name."""
        there = [name for name in self.names if self.has_now(level, name)]
        cut = max((m.end() for m in CUT.finditer(sentence.text, 0, level.start)), default=0)
        until = max(start, level.end + len(until_cut(sentence.text[level.end :])))
        for first in (cut, 0):
            lower = [m[0].lower() for m in WORD.finditer(sentence.text, first, until)]
            if chosen := found_in(lower, there, loosely=True):
                return chosen[0].name if len(chosen) == 1 else None
        is_long = sum(c.isdigit() for c in level.text) >= LONG
        return there[0] if len(there) == 1 and is_long else None

    def is_of(self, level: Value, name: Name) -> bool:
        """Whether a number of several digits is the outcome of the year of one row alone."""
        there = [one for one in self.names if self.has_now(level, one)]
        return there == [name] and sum(c.isdigit() for c in level.text) >= LONG

    def is_of_another(self, level: Value, name: Name) -> bool:
        """Whether a number of several digits is the outcome of the year of other rows alone."""
        is_long = sum(c.isdigit() for c in level.text) >= LONG
        there = [one for one in self.names if is_long and self.has_now(level, one)]
        return bool(there) and name not in there

    def has_now(self, level: Value, name: Name) -> bool:
        """Whether a row has a number for its outcome of the year."""
        return any(
            one.scenario in ("outcome", "")
            and one.year in (None, self.year)
            and is_printed(level, one)
            for one in self.amounts[id(name)]
        )

    def judged(
        self, value: Value, relation: Relation, name: Name, level: Value | None, is_sure: bool
    ) -> Judged | None:
        """A statement held against a row: right, wrong, or None where its figures do not tell."""
        gaps = [gap for gap in self.gaps[id(name)] if may_be_of(value, gap)]
        meant = [gap for gap in gaps if is_against(relation, gap, self.year)]
        if level:
            there = [one.figure for one in self.amounts[id(name)] if is_printed(level, one)]
            meant = [gap for gap in meant if any(gap.now is f for f in there)] or meant
        last = [gap for gap in meant if len(gap.figures) == 1 or gap.year == self.year - 1]
        if relation.against == "year" and relation.year is None and last:
            meant = last
        right = Judged(value, relation.end, name)
        if fitting := [gap for gap in meant if fits(value, gap)]:
            ways = {way: gap for gap in fitting if (way := way_of(relation, gap, name.label))}
            if set(ways) != {-1} or not is_sure:
                return right
            return Judged(value, relation.end, name, ways[-1].figures, made_of(value, ways[-1]))
        is_told = relation.year is not None and meant
        others = [gap for gap in gaps if is_of_now(gap, self.year)]
        if not is_told and any(fits(value, gap, closely=True) for gap in others):
            return right
        unit = value.number.unit_of_measure
        meant = [gap for gap in meant if unit == "percent" or kind_of(unit) == gap.kind]
        is_scaled = not name.beside.isdisjoint(words.listed("scales")) and kind_of(unit) == "count"
        if (
            not meant
            or not is_sure
            or is_scaled
            or (relation.is_result and not self.has_result(name))
        ):
            return None
        first = min(meant, key=lambda gap: self.distance(gap, unit))
        return Judged(value, relation.end, name, first.figures, made_of(value, first))

    def has_result(self, name: Name) -> bool:
        """Whether a surplus of a row is how far it is from its budget, in each of its tables."""
        return not any(
            re.search(r"invest|projekt", table.title, re.IGNORECASE)
            or not cost_sign(table, self.year)
            or not any(gap.against == "budget" for gap in gaps_of(table, line, self.year))
            for table, line in name.rows
            if any(one.kind == "money" for one in amounts_of(table, line))
        )

    def distance(self, gap: Gap, unit: str | None) -> tuple[bool, ...]:
        """How far a gap is from the one that a reader would look for first."""
        column = gap.now.column
        return (
            unit != "percent" and kind_of(unit) != gap.kind,
            len(gap.figures) == 1,
            column.gender is not None,
            column.fiscal_year != self.year,
            gap.against == "year" and gap.year != self.year - 1,
        )

    def both(
        self, sentence: Sentence, found: Sequence[Value], at: int, one: Value, other: Value
    ) -> Iterator[Judged]:
        """That a row was one number and is another: *från 134 till 118*, *31 jämfört med 26*."""
        between, behind = sentence.text[one.end : other.start], sentence.text[other.end :]
        is_move = starts_from(sentence.text[: one.start], sentence.text[one.end :])
        if not is_move and not THAN_IT_WAS.fullmatch(between):
            return
        if is_qualified(sentence, found, at, other.end) or sentence.with_role("gender"):
            return
        if OF_SOME.search(sentence.text, start_of(sentence, found, at), one.start):
            return
        unit = other.number.unit_of_measure
        units = {one.number.unit_of_measure, unit} - {None}
        if len(units) > 1:
            return
        kind = kind_of(units.pop() if units else None)
        start = start_of(sentence, found, at)
        lower = [m[0].lower() for m in WORD.finditer(sentence.text, start, other.end)]
        some = found_in(lower, self.names)
        chosen = best_of(some)
        name = chosen.name if chosen and not any(rivals_of(chosen, some)) else None
        if name is None and not some and not is_move:
            name = self.of_level(sentence, one, start)
        if name is None or not name.beside.isdisjoint(words.listed("scales")):
            return
        there = [a for a in self.amounts[id(name)] if a.scenario not in OF_DIFFERENCES]
        held = [any(is_printed(v, a, kind) for a in there) for v in (one, other)]
        if all(held):
            yield from (Judged(v, v.end, name) for v in (one, other))
            return
        if not any(held) or (ELSEWHERE.match(behind) and not is_move):
            return
        wrong = other if held[0] else one
        is_then = (wrong is one) == is_move
        rest = until_cut(behind).strip()
        if is_then and not is_move and rest and not LAST.search(rest):
            return
        year = self.year - is_then
        figure = next((a.figure for a in there if a.year == year and a.scenario == "outcome"), None)
        if figure and any(a.kind == kind for a in there):
            yield Judged(wrong, wrong.end, name, (figure,), f"tabellen har {figure.cell.text}")


def is_printed(value: Value, one: Amount, kind: str = "") -> bool:
    """Whether a number of the text is a figure, as far as it is rounded."""
    number, unit = value.number, value.number.unit_of_measure
    if one.kind != (kind or kind_of(unit)):
        return False
    # *från 6,3 till 6,6 mnkr*: the first has the unit of the second.
    for times in [IN_TKR[unit]] if unit in IN_TKR else [Decimal(1)]:
        stated = abs(number.value) * times
        reach = number.half_step * times + (stated * NEAR if value.hedge else 0)
        if abs(abs(one.value) - stated) <= reach:
            return True
    return False


def unit_behind(sentence: Sentence, value: Value) -> set[str]:
    """The unit of measure of time, length or weight that stands behind a number, in its two
    spellings."""
    behind = WORD.match(sentence.text, value.end + 1)
    units = {row["word"]: row["short"].lower() for row in words.table("other_units")}
    unit = behind[0].lower() if behind else ""
    return {unit, units[unit]} if unit in units else set()


def and_another(
    sentence: Sentence, found: Sequence[Value], at: int, relation: Relation | None
) -> Relation | None:
    """What a number behind another row is the difference between, where the one before it says:
    *överskred sin budget med 230 tkr och läromedlen med 520 tkr*."""
    pattern = AND_RESULT if relation and relation.is_result else AND_WITH
    is_another = pattern.fullmatch(sentence.text[found[at - 1].end : found[at].start])
    return replace(relation, end=found[at].end) if relation and is_another else None


AND_WITH = re.compile(r"(?:,| och| samt| medan) [^.,;:\d]{3,50} med ")
AND_RESULT = re.compile(r"(?:,| och| samt| medan) [^.,;:\d]{3,50} (?:med|på|om) ")


def start_of(sentence: Sentence, found: Sequence[Value], at: int) -> int:
    """Where the words begin that a number's row can be named in."""
    end = found[at].start
    if not at:
        return max((m.end() for m in CUT.finditer(sentence.text, 0, end)), default=0)
    last = found[at - 1].end
    cuts = [m.end() for cut in (CUT, AND) for m in cut.finditer(sentence.text, last, end)]
    return max(cuts, default=last)


def level_of(sentence: Sentence, found: Sequence[Value], at: int) -> Value | None:
    """The number that a difference is of: the one before it (*298 lov, 44 färre*), or behind
    *till*."""
    if at + 1 < len(found) and TO.fullmatch(sentence.text[found[at].end : found[at + 1].start]):
        return found[at + 1]
    return found[at - 1] if at and relation_of(sentence, found[at - 1]) is None else None


def is_qualified(sentence: Sentence, found: Sequence[Value], at: int, end: int) -> bool:
    """Whether words of a statement say that it is of a part, of others, or expected."""
    start, end = start_of(sentence, found, at), end + len(until_cut(sentence.text[end:]))
    said = [t for t in sentence.with_role("qualifier") if start <= t.start < end]
    # *Genomsnittet per hushåll* is of no others.
    return any(not sentence.text.startswith(" per ", t.end) for t in said) or bool(
        TO_COME.search(sentence.text, start, end)
        or RESTATED.search(sentence.text)
        or MONTH.search(AT_END.sub("", sentence.text[start:end]))
    )


def tells(sentence: Sentence, word: re.Match[str]) -> bool:
    """Whether a word may be what a statement is of."""
    text = word[0].lower()
    if len(text) < FEWEST or text in idle() or is_bare(text) or is_superlative(text):
        return False
    return not any(t.role and t.start <= word.start() < t.end for t in sentence.tokens)


def is_all(sentence: Sentence, found: Sequence[re.Match[str]], chosen: Said) -> bool:
    """Whether some words name nothing else than a row."""
    return not any(
        tells(sentence, word) and not is_beside_row(word[0].lower(), chosen.name)
        for at, word in enumerate(found)
        if at not in chosen.by
    )


def is_beside_row(word: str, name: Name) -> bool:
    """Whether a word stands around a row, or is the last of one that does: *bidrag*, of the table
    *Kommunbidrag*."""
    return any(same(word, other) or ends_in(other, word) for other in name.beside)


def is_beside(lower: Sequence[str], chosen: Said) -> bool:
    """Whether a name is the last of some words, and no preposition before it: *gjorde
    vinterväghållningen 2 950 tkr dyrare*."""
    first, last = min(chosen.by), max(chosen.by)
    is_whole = len(chosen.by) == last - first + 1 and last == len(lower) - 1
    return is_whole and (not first or lower[first - 1] not in words.listed("prepositions"))

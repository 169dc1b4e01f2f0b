"""Holds what sentences say of how far figures are apart against the rows that they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import (
    AT_END,
    MONTH,
    RESTATED,
    Value,
    starts_from,
)
from bokslut.transcription.reading.nouns import (
    WORD,
    Name,
    best_of,
    found_in,
    rivals_of,
)
from bokslut.transcription.reading.row_amounts import OF_DIFFERENCES, amounts_of, kind_of
from bokslut.transcription.reading.statements.gaps import (
    Gap,
    cost_sign,
    fits,
    gaps_of,
    is_against,
    is_of_now,
    made_of,
    may_be_of,
    way_of,
)
from bokslut.transcription.reading.statements.named_rows import Rows, level_of, start_of
from bokslut.transcription.reading.statements.printed import is_printed
from bokslut.transcription.reading.statements.relation import (
    LAST,
    Relation,
    numbers_of,
    relation_of,
    until_cut,
)
from bokslut.transcription.reading.tables.table import Figure, total


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


TO_COME = re.compile(r"\b(?:ska|skall|kommer|väntas|beräknas|planeras|bör)\b", re.IGNORECASE)
"""Words of what has not come yet: *ska minska från 115 till 108*."""
FIXED = re.compile(r"\b(?:fasta|löpande) priser\b", re.IGNORECASE)
AT_IT = re.compile(r"\W*(?:där|här)\b", re.IGNORECASE)
"""What goes on about the place that the sentence before names."""
IT_IS = re.compile(
    r"\W*(?:Det|Detta) (?:är|var|innebär|innebar) (?:en [^\W\d]+ (?:med|på|om) )?(?=[\d+−–-])"
)
"""*Det är 6,0 mnkr högre än budgeterat*, of what the sentence before says so much of."""
THAN_IT_WAS = re.compile(r"(?: [^\W\d%,]+)?,? (?:mot|jämfört med|att jämföra med) (?:[^\W\d]+ )?$")
"""What stands between a figure and the one that it is held against."""
OF_SOME = re.compile(r"[^,] (?:som|vars) ")
"""What begins to tell which of a row a number is of: *deltidsbrandmän som slutat*."""
ELSEWHERE = re.compile(r"[^,;.]{0,12} (?:i|för|hos|bland|inom|enligt|på) [^\W\d]")
"""What stands behind a figure that is somebody else's."""


class Judge:
    """Holds the statements of a document against its rows."""

    def __init__(self, rows: Rows) -> None:
        """Takes the rows of the document."""
        self.rows = rows

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
            last, is_sure = self.rows.name_for(sentence, found, at, before)
            if not at and last is None and IT_IS.match(sentence.text):
                last, is_sure = self.rows.of_before(sentence)
            told = value
            level = level_of(sentence, found, at)
            if not last or (measured and measured.isdisjoint(last.beside)):
                continue
            made = self.judged(value, relation, last, level, is_sure)
            start = start_of(sentence, [level, value], 0) if level else value.start
            # What each costs is no difference of what all do.
            is_rate = " per " in sentence.text[start : value.start] and " per " not in last.label
            if made and not (
                made.is_wrong and (is_rate or not self.rows.has_gender(sentence, last))
            ):
                yield made
        for at, (one, other) in enumerate(pairwise(found)):
            if relation_of(sentence, one) is None and relation_of(sentence, other) is None:
                yield from self.both(sentence, found, at, one, other)

    def judged(
        self, value: Value, relation: Relation, name: Name, level: Value | None, is_sure: bool
    ) -> Judged | None:
        """A statement held against a row: right, wrong, or None where its figures do not tell."""
        gaps = [gap for gap in self.rows.gaps[id(name)] if may_be_of(value, gap)]
        meant = [gap for gap in gaps if is_against(relation, gap, self.rows.year)]
        if level:
            there = [one.figure for one in self.rows.amounts[id(name)] if is_printed(level, one)]
            own = [gap for gap in meant if any(gap.now is f for f in there)]
            # *Summa* is of another thing in each table.
            meant = own or ([] if all(map(total, name.parts)) else meant)
            # What led to another figure than the row's is of something else.
            is_sure = is_sure and (bool(there) or level.start < value.start)
        last = [gap for gap in meant if len(gap.figures) == 1 or gap.year == self.rows.year - 1]
        if relation.against == "year" and relation.year is None and last:
            meant = last
        right = Judged(value, relation.end, name)
        if fitting := [gap for gap in meant if fits(value, gap)]:
            ways = {way: gap for gap in fitting if (way := way_of(relation, gap, name.label))}
            if set(ways) != {-1} or not is_sure:
                return right
            return Judged(value, relation.end, name, ways[-1].figures, made_of(value, ways[-1]))
        is_told = relation.year is not None and meant
        others = [gap for gap in gaps if is_of_now(gap, self.rows.year)]
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
            or not cost_sign(table, self.rows.year)
            or not any(gap.against == "budget" for gap in gaps_of(table, line, self.rows.year))
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
            column.fiscal_year != self.rows.year,
            gap.against == "year" and gap.year != self.rows.year - 1,
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
        some = found_in(lower, self.rows.names)
        chosen = best_of(some)
        name = chosen.name if chosen and not any(rivals_of(chosen, some)) else None
        if name is None and not some and not is_move:
            name = self.rows.of_level(sentence, one, start)
        if name is None or not name.beside.isdisjoint(words.listed("scales")):
            return
        there = [a for a in self.rows.amounts[id(name)] if a.scenario not in OF_DIFFERENCES]
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
        year = self.rows.year - is_then
        figure = next((a.figure for a in there if a.year == year and a.scenario == "outcome"), None)
        if figure and any(a.kind == kind for a in there):
            yield Judged(wrong, wrong.end, name, (figure,), f"tabellen har {figure.cell.text}")


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
    if relation is None:
        return None
    between = sentence.text[found[at - 1].end : found[at].start]
    pattern = AND_RESULT if relation.is_result else AND_WITH
    # *ökade med 2,4 mnkr, eller 13 procent*
    is_again = found[at].number.unit_of_measure == "percent" and OR.fullmatch(between)
    is_another = is_again or pattern.fullmatch(between)
    return replace(relation, end=found[at].end) if is_another else None


OR = re.compile(
    r",? (?:\(|eller|motsvarande|vilket (?:är|motsvarar|innebär)|det vill säga|dvs\.?|alltså) ?"
    r"(?:(?:cirka|ca|drygt|knappt|nästan|omkring) )?"
)
AND_WITH = re.compile(
    r"(?:,| och| samt| medan) (?!budget|ramen|anslag|målet|prognos)[^.,;:\d]{3,50} med "
)
AND_RESULT = re.compile(r"(?:,| och| samt| medan) [^.,;:\d]{3,50} (?:med|på|om) ")


def is_qualified(sentence: Sentence, found: Sequence[Value], at: int, end: int) -> bool:
    """Whether words of a statement say that it is of a part, of others, or expected."""
    start, end = start_of(sentence, found, at), end + len(until_cut(sentence.text[end:]))
    said = [t for t in sentence.with_role("qualifier") if start <= t.start < end]
    # *Genomsnittet per hushåll* is of no others.
    return any(not sentence.text.startswith(" per ", t.end) for t in said) or bool(
        TO_COME.search(sentence.text, start, end)
        or FIXED.search(sentence.text, start, end)
        or RESTATED.search(sentence.text)
        or MONTH.search(AT_END.sub("", sentence.text[start:end]))
    )

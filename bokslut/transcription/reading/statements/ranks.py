"""What sentences say of a row's place among the rows of its table: *har det största underskottet*,
*ökade mest*, *är lägst i Åsbro*, *är näst störst*.

A statement is wrong only where no table in which its row is named makes it true, in no order and
among no rows that the words may mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import RESTATED
from bokslut.transcription.reading.nouns import (
    WORD,
    Name,
    best_of,
    ends_in,
    found_in,
    lower_words,
    rivals_of,
    said_of,
    same,
)
from bokslut.transcription.reading.row_amounts import OF_DIFFERENCES
from bokslut.transcription.reading.statements.fields import (
    OF_KIND,
    Competition,
    Entry,
    Field,
    changes,
    in_columns,
    is_above,
    is_printed,
    levels,
    results,
    spans_of,
)
from bokslut.transcription.reading.statements.gaps import INCOME
from bokslut.transcription.reading.statements.places import (
    Part,
    is_silent,
    parts_of,
    stated_in,
)
from bokslut.transcription.reading.statements.relation import LAST
from bokslut.transcription.reading.statements.understood import (
    is_generic,
    telling,
    unknown_in,
)
from bokslut.transcription.reading.tables.table import Figure

FROM_PLAN = re.compile(r"\b(?:mot|jämfört med) (?:[^\W\d]+ )?budget|\bbudgetöver|\bbudgetunder")
SHARE = re.compile(r"\bandel", re.IGNORECASE)
"""*högst är andelen i ridning*."""
KINDS = {"dyrast": "money", "billigast": "money", "flest": "count", "färst": "count"}
"""What is put in order by some superlatives."""
OF_MONEY = re.compile(
    r"\b(?:pengar|medel|(?:utgifts|kostnads|intäkts)?post(?:en|erna)?)\b", re.IGNORECASE
)
"""*den största posten*, *mest pengar*."""
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
PLACE = re.compile(r"\b(?:bland|inom|på|av|i|för|hos|vid|från|till|med) (?:de |den |det |alla )?$")
"""What stands before a noun that only some rows may be of."""


@dataclass(frozen=True)
class Ranked:
    """A statement of a row's place.

    Attributes:
        start, end: of its words.
        subject: what it is about.
        figures: the row's own, and the first of another's, where it is wrong.
        made: what they say, in Swedish.
        is_sure: it is right, and no table says otherwise.
        rule: of the findings that it is among.
    """

    start: int
    end: int
    subject: str
    figures: tuple[Figure, ...] = ()
    made: str = ""
    is_sure: bool = False
    rule: str = "prose_count"

    @property
    def is_wrong(self) -> bool:
        """Whether no table makes it true."""
        return bool(self.figures)


class Ranks:
    """Holds the statements of a document against the rows of its tables."""

    def __init__(self, tables: Sequence[Competition], year: int) -> None:
        """Takes the rows that stand beside each other, and the year of the report."""
        self.tables, self.year = tables, year

    def statements(self, sentence: Sentence) -> Iterator[Ranked]:
        """The statements of a sentence that could be held against a table: right ones and wrong."""
        if RESTATED.search(sentence.text):
            return
        for part in parts_of(sentence):
            if found := self.judged(sentence, part):
                yield found

    def judged(self, sentence: Sentence, part: Part) -> Ranked | None:
        """A statement held against the tables: right, wrong, or None where they do not tell."""
        if is_silent(sentence, part):
            return None
        stated = stated_in(sentence, part)
        found: list[tuple[Ranked, tuple[str, ...]]] = []
        right: list[tuple[bool, Name]] = []
        named: dict[bool, set[tuple[str, ...]]] = {}
        for rivals in self.tables:
            own = row_named(part.clean, rivals)
            if own is None and part.is_joined:
                own = row_named(part.before, rivals)
            if own is None:
                continue
            fields = [
                one
                for one in self.orders(sentence, part, rivals)
                if any(entry.name is own for entry in one.entries)
            ]
            said_with = (part.word.groupdict().get("word") or "").lower()
            kind = "money" if OF_MONEY.search(part.text) else KINDS.get(said_with)
            fields = [f for f in fields if kind in (None, f.kind)]
            if SHARE.search(f"{part.before if part.is_joined else ''} {part.text}"):
                fields = [f for f in fields if f.kind == "percent"]
            if stated:
                fields = [f for f in fields if any(is_printed(v, f) for v in stated)]
            lower = [m[0].lower() for m in WORD.finditer(f"{part.before} {part.clean}")]
            sets = [
                (entries, mine)
                for one in in_columns(fields, lower)
                for entries, mine in sets_of(one, own, whole=is_of_head(part, rivals))
                if part.count in (0, len(entries))
            ]
            if not sets:
                continue
            if any(is_at(part, entries, mine) for entries, mine in sets):
                right.append((is_understood(sentence, part, rivals, own, bool(stated)), own))
                continue
            if not is_understood(sentence, part, rivals, own, bool(stated)):
                continue
            said = said_of(own, lower)
            named.setdefault(bool(said and said.is_whole), set()).add(own.parts)
            if part.by == "result" or not is_mixed(rivals):
                entries, mine = max(sets, key=lambda pair: len(pair[0]))
                first = first_of(part, entries)
                found.append((told(part, first, mine), own.parts))
        # Of *Matavfall* and *Matavfall till biogas* the one that is said in full.
        meant = named.get(True) or named.get(False, ())
        wrong = [one for one, parts in found if parts in meant]
        # What a table of something else has by chance makes nothing true.
        if any(is_told for is_told, _ in right) or (right and not wrong):
            return Ranked(part.word.start(), part.word.end(), right[0][1].label)
        return wrong[0] if wrong and len(meant) == 1 else None

    def orders(self, sentence: Sentence, part: Part, rivals: Competition) -> Iterator[Field]:
        """The orders that a statement may speak of."""
        start, end = part.start, part.start + len(part.text)
        genders = {t.code for t in sentence.with_role("gender") if start <= t.start < end}
        if len(genders) > 1:
            return
        for gender in genders or genders_of(rivals):
            yield from self.orders_of(sentence, part, rivals, gender)

    def orders_of(
        self, sentence: Sentence, part: Part, rivals: Competition, gender: str
    ) -> Iterator[Field]:
        """The same of women, men or all."""
        start, end = part.start, part.start + len(part.text)
        years = [int(y) for y in A_YEAR.findall(sentence.text) if int(y) != self.year]
        is_of_another = bool(years) or LAST.search(sentence.text, start, end)
        if part.by != "change" and is_of_another:
            return
        if part.by == "result":
            # *störst överskott mot budget* is no result.
            is_off = FROM_PLAN.search(sentence.text, start, end) is not None
            for one in results(rivals, self.year):
                if not (is_off and is_level(one)):
                    yield one
        elif part.by == "change":
            then = years[0] if years else self.year - 1
            for one in changes(rivals, self.year, then, gender):
                if one.by == "rate" or not part.is_rate:
                    yield one
        else:
            yield from levels(rivals, self.year, gender)


def genders_of(rivals: Competition) -> Sequence[str]:
    """All, or women and men where a table has no columns of all."""
    found = {c.gender or "total" for c in rivals.table.number_columns}
    return ("women", "men") if found == {"women", "men"} else ("total",)


def is_level(one: Field) -> bool:
    """Whether rows are put in order by their outcomes alone."""
    return bool(one.column) and one.column.scenario == "outcome" and len(one.entries[0].figures) < 2


def row_named(text: str, rivals: Competition) -> Name | None:
    """The one of some rows that a text names."""
    if spans := spans_of(text):
        of_span = [n for n in rivals.names if n.parts[:1] == spans]
        if len(of_span) == 1:
            return of_span[0]
    lower = [m[0].lower() for m in WORD.finditer(text)]
    lower += [m[1] for word in lower if (m := OF_OFFICE.fullmatch(word))]
    some = found_in(lower, rivals.names)
    chosen = best_of(some)
    if chosen is None or all(is_generic(lower[at]) for at in chosen.by):
        return None
    others = (o for o in rivals_of(chosen, some) if o.is_whole or not chosen.is_whole)
    return None if any(others) else chosen.name


OF_OFFICE = re.compile(r"([^\W\d]{4,}?)s?(?:enhet|avdelning|kontor|förvaltning)(?:en|et)?")
"""*miljöenheten*, of the row *Miljö*."""


def is_of_head(part: Part, rivals: Competition) -> bool:
    """Whether a superlative stands before what a table calls its rows: *det näst största
    programmet*, of *Program*."""
    behind = lower_words(part.text[part.word.end() - part.start :])[:1]
    columns = [c for c in rivals.table.columns if c.kind == "label"]
    return any(same(w, h) for w in behind for c in columns for h in lower_words(c.head.text))


def sets_of(one: Field, own: Name, *, whole: bool = False) -> Iterator[tuple[list[Entry], Entry]]:
    """The rows that a row may be held against: all, those of its group, those with a name; all
    alone where the `whole` is spoken of."""
    mine = next(entry for entry in one.entries if entry.name is own)
    for entries in (
        list(one.entries),
        [e for e in one.entries if e is mine or not is_rest(e.line.label)],
        *(kinds_of(one, mine) if not whole else ()),
    ):
        if len(entries) > 1:
            yield entries, mine


def kinds_of(one: Field, mine: Entry) -> Iterator[list[Entry]]:
    """The rows that may be of one kind with a row."""
    yield from (
        [e for e in one.entries if e.line.group == mine.line.group],
        [e for e in one.entries if e.line.label[-ENDING:] == mine.line.label[-ENDING:]],
        [e for e in one.entries if is_income(e, one) == is_income(mine, one)],
    )


def is_income(entry: Entry, one: Field) -> bool:
    """Whether a row is of an income, by its label or by a sign that most others have not."""
    if INCOME.search(entry.line.label):
        return True
    if entry.figures[0].column.scenario in OF_DIFFERENCES:
        # A surplus is no income.
        return False
    return is_above(entry) != (sum(map(is_above, one.entries)) * 2 > len(one.entries))


def is_mixed(rivals: Competition) -> bool:
    """Whether the rows of a table measure different things."""
    columns = rivals.table.columns
    # The rows of *Ärendetyp* have a target each, of one measure.
    called = lower_words(" ".join(c.head.text for c in columns if c.kind == "label"))
    is_of_kinds = any(
        OF_KIND.search(c) or any(same(w, c) or ends_in(c, w) for w in of_one_measure())
        # *Målområde*
        for c in called
        if not c.startswith("mål")
    )
    if any(c.kind == "unit" or (c.scenario == "target" and not is_of_kinds) for c in columns):
        return True
    lines = [name.rows[0][1] for name in rivals.names]
    units = {heads.unit_in(line.label, inferred=True) or line.unit_of_measure for line in lines}
    return len(units) > 1


@lru_cache
def of_one_measure() -> frozenset[str]:
    """What a table may call rows that are of one measure: *Enhet*, and not *Mått*."""
    goals = words.listed("judged")
    return frozenset(w for w in words.listed("any_row") if not any(same(w, g) for g in goals))


ENDING = 7
"""How many letters the labels of rows have in common at their ends that are of one kind:
*Ekonomiprogrammet*, *Teknikprogrammet* and not *Yrkesprogram*."""


def is_rest(label: str) -> bool:
    """Whether a row is of what is left: *Övrigt*."""
    return any(m[0].lower() in rest_words() for m in WORD.finditer(label))


@lru_cache
def rest_words() -> frozenset[str]:
    """Words for what is left."""
    return frozenset(row["word"] for row in words.table("rest_words"))


def is_at(part: Part, entries: Sequence[Entry], mine: Entry) -> bool:
    """Whether a row can have the place that a statement gives it."""
    for way in (part.way,) if part.way else (1, -1):
        pairs = [(way * (e.value - mine.value), e.slack + mine.slack) for e in entries]
        surely = sum(more > 0 and more >= slack for more, slack in pairs)
        maybe = sum(more >= -slack for more, slack in pairs) - 1
        if surely < part.rank <= maybe + 1:
            return True
    if not part.way:
        most = max(abs(e.value) - e.slack for e in entries)
        return abs(mine.value) + mine.slack >= most
    return False


def first_of(part: Part, entries: Sequence[Entry]) -> Entry:
    """The row that has the place that a statement gives another."""
    ordered = sorted(entries, key=lambda e: (e.value * part.way) if part.way else abs(e.value))
    return ordered[-min(part.rank, len(ordered))]


def told(part: Part, first: Entry, mine: Entry) -> Ranked:
    """A statement that is wrong."""
    texts = [" mot ".join(f.cell.text for f in one.figures) for one in (first, mine)]
    return Ranked(
        part.word.start(),
        part.start + len(part.text.rstrip(" .")),
        f"{mine.name.label}: {part.word[0].strip().lower()}",
        (*mine.figures, *first.figures),
        f"{first.name.label} har {texts[0]}, {mine.name.label} {texts[1]}",
    )


def is_understood(
    sentence: Sentence, part: Part, rivals: Competition, own: Name, is_stated: bool
) -> bool:
    """Whether a statement has no word that neither its row nor its table tells; beside a number
    that one of the rows has, only a noun that picks out some of them is one."""
    known = known_to(rivals, own)
    start = part.start
    if part.first is not None:
        # *Lägst sjukfrånvaro hade Staben, följd av Gatan*: of the rows of one table.
        start = part.first
        known |= {word for name in rivals.names for word in (*name.parts, *name.beside)}
    return not any(
        not is_stated or PLACE.search(sentence.text, start, word.start())
        for word in unknown_in(sentence, start, part.end, known, part.told)
    )


def known_to(rivals: Competition, own: Name | None) -> set[str]:
    """The words that a table prints around a row, and others for them."""
    return telling({*(own.parts if own else ()), *(own.beside if own else ()), *rivals.known})

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
from itertools import pairwise

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.claims.sentence import JOINT, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.labels import damaged
from bokslut.transcription.reading.nouns import (
    WORD,
    Name,
    best_of,
    found_in,
    lower_words,
    rivals_of,
    said_of,
    same,
)
from bokslut.transcription.reading.statements.fields import (
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
from bokslut.transcription.reading.statements.relation import COMPARISONS, LAST, UP
from bokslut.transcription.reading.statements.understood import (
    CUT,
    MOVE,
    MOVES,
    RATE,
    RESULT,
    WAYS,
    is_generic,
    telling,
    unknown_in,
)
from bokslut.transcription.reading.tables.table import Figure

ORDER = {"": 1, "näst": 2, "tredje": 3, "fjärde": 4}
COUNT = "|".join(w for w in words.of_numbers("count") if w.isalpha())
SUPERLATIVE = re.compile(
    r"\b(?P<rank>näst|tredje|fjärde)? ?(?!först)"
    rf"(?P<word>{'|'.join(damaged(w).pattern for w in WAYS)})"
    rf"(?P<end>[ae])?\b(?! (?:möjlig|del(?:en|ar)?\b|grad\b|antal\b|\d|(?:{COUNT})\b))",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"\W*(?:och|men|som|samt|vilket|det)? ?(?:där(?:med|för) )?(?:är|har|hade|var|blev|står|visar|"
    r"redovisar|gav|fick|får|når|nådde|ökade|minskade|växte|sjönk)\b",
    re.IGNORECASE,
)
"""How a part of a sentence begins that goes on with what the one before it is about."""
SILENT = re.compile(
    rf"\b(?:{'|'.join(words.listed('of_not_all'))}|(?:en|ett|någon|några) av|(?:av|bland) de|"
    r"de (?:två|tre|fyra|fem|sex|båda))\b",
    re.IGNORECASE,
)
"""Words of a statement that is of something else than all rows of a table, or of no figures."""
PERIOD = re.compile(
    r"\b(?:perioden|[^\W\d]+årsperioden|(?:sedan|senaste|på|under) (?:de |den )?(?:senaste )?"
    r"(?:[^\W\d]+ år(?:en)?\b|\d{1,2} år(?:en)?\b|(?:19|20)\d\d|mätning|start|år 20)|"
    r"år i rad|i följd)",
    re.IGNORECASE,
)
"""Words of a statement that is of several years of one row."""
SEVERAL = re.compile(r"\b(?:de|dessa|deras) (?:[^\W\d]+ )?$", re.IGNORECASE)
MOST_ARE = re.compile(r"\b(?:männen|kvinnorna|pojkarna|flickorna) (?:är|var|utgör) ?$")
"""*där männen är flest*, which are held against the women."""
FROM_PLAN = re.compile(r"\b(?:mot|jämfört med) (?:[^\W\d]+ )?budget|\bbudgetöver|\bbudgetunder")
SHARE = re.compile(r"\bandel", re.IGNORECASE)
"""*högst är andelen i ridning*."""
OF_SIGN = re.compile(r"\b(?:(?P<less>negativ|minus)|(?P<more>positiv|plus))", re.IGNORECASE)
OF_SET = re.compile(
    rf"(?: [^\W\d]+){{0,2}}?(?P<set> av (?:de |alla |samtliga )+"
    rf"(?:(?P<count>{COUNT}|\d{{1,2}})(?: [^\W\d]+)?)?)",
    re.IGNORECASE,
)
"""*mest av de fyra kommunerna*, *högst index av de fyra*."""
ALL = re.compile(r"\b(?:alla|samtliga)\b", re.IGNORECASE)
THAN_ALL = re.compile(
    rf"\b(?P<word>{'|'.join(COMPARISONS)}) än (?:(?:i|hos|för|på) )?"
    rf"(?:alla|samtliga)(?: de| andra| övriga)*(?: (?P<count>{COUNT}|\d{{1,2}}))? [^\W\d]+",
    re.IGNORECASE,
)
"""*lägre än alla de tre grannkommunerna*."""
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


@dataclass(frozen=True)
class Part:
    """The part of a sentence that a superlative stands in, and what it asks for.

    Attributes:
        text, start: it.
        before: the part before it.
        word: the superlative, from the start of the sentence.
        rank: 1 for the first, 2 for the next.
        way: 1 for the most, -1 for the least, 0 for either.
        by: `level`, `result` or `change`.
        is_rate: of a change in per cent.
        count: of how many rows it is the first; 0 where that is not said.
        is_joined: it goes on with what the part before it is about.
    """

    text: str
    start: int
    before: str
    word: re.Match[str]
    rank: int
    way: int
    by: str
    is_rate: bool
    count: int = 0
    is_joined: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def told(self) -> list[tuple[int, int]]:
        """Where its superlative stands, and the words that say among how many."""
        own = self.word.span()
        of_set = OF_SET.match(self.word.string, self.word.end()) if self.count else None
        return [own, of_set.span("set")] if of_set else [own]

    @property
    def clean(self) -> str:
        """The part with blanks for those words."""
        text = self.text
        for start, end in self.told:
            start, end = max(start - self.start, 0), min(end, self.end) - self.start
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        return text


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
                return Ranked(part.word.start(), part.word.end(), own.label)
            said = said_of(own, lower)
            named.setdefault(bool(said and said.is_whole), set()).add(own.parts)
            if part.by != "result" and is_mixed(rivals):
                continue
            if is_understood(sentence, part, rivals, own, bool(stated)):
                entries, mine = max(sets, key=lambda pair: len(pair[0]))
                first = first_of(part, entries)
                found.append((told(part, first, mine), own.parts))
        # Of *Matavfall* and *Matavfall till biogas* the one that is said in full.
        meant = named.get(True) or named.get(False, ())
        wrong = [one for one, parts in found if parts in meant]
        return wrong[0] if wrong and len(meant) == 1 else None

    def orders(self, sentence: Sentence, part: Part, rivals: Competition) -> Iterator[Field]:
        """The orders that a statement may speak of."""
        start, end = part.start, part.start + len(part.text)
        genders = {t.code for t in sentence.with_role("gender") if start <= t.start < end}
        if len(genders) > 1:
            return
        gender = genders.pop() if genders else "total"
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


def is_level(one: Field) -> bool:
    """Whether rows are put in order by their outcomes alone."""
    return bool(one.column) and one.column.scenario == "outcome" and len(one.entries[0].figures) < 2


def parts_of(sentence: Sentence) -> Iterator[Part]:
    """The parts of a sentence that have a superlative each."""
    found = list(SUPERLATIVE.finditer(sentence.text))
    cuts = [m.span() for m in CUT.finditer(sentence.text)]
    for one, other in pairwise(found):
        cuts += [m.span() for m in AND.finditer(sentence.text, one.end(), other.start())][:1]
    for word in (*found, *THAN_ALL.finditer(sentence.text)):
        start = max((b for _, b in cuts if b <= word.start()), default=0)
        end = min((a for a, _ in cuts if a >= word.end()), default=len(sentence.text))
        last = max((b for _, b in cuts if b < start), default=0)
        text, before = sentence.text[start:end], sentence.text[last:start]
        if last and ASIDE.match(before):
            # *Solängen, som är störst, får den näst högsta andelen*.
            first = max((b for _, b in cuts if b < last), default=0)
            before = sentence.text[first:last] + " " * len(before)
        is_joined = bool(
            GOES_ON.match(text) or APPOSED.fullmatch(sentence.text[start : word.start()])
        )
        if "rank" in word.groupdict():
            kind = word["word"].lower()
            way = next(v for w, v in WAYS.items() if damaged(w).fullmatch(kind))
            rank = ORDER[(word["rank"] or "").lower()]
            of_set = OF_SET.match(sentence.text, word.end())
            count = number(of_set["count"]) if of_set else 0
            if of_set and not of_set["count"] and not ALL.search(of_set["set"]):
                continue
        else:
            way, rank = UP[COMPARISONS[word["word"].lower()]], 1
            count = number(word["count"])
            count += bool(count)
        by, way = asked(sentence, text, start, word, way, before if is_joined else "")
        if by:
            is_rate = bool(RATE.search(text))
            yield Part(text, start, before, word, rank, way, by, is_rate, count, is_joined)


def number(word: str | None) -> int:
    """A count in words or digits; 0 for none."""
    code = words.of_numbers("count").get((word or "").lower(), word or "")
    return int(code) if code.isdigit() else 0


ASIDE = re.compile(r"\W*(?:som|vars|med) ")
"""How a part of a sentence begins that only tells more of what stands before it."""
APPOSED = re.compile(r"\W*(?:(?:och|samt) )?(?:det |den )?", re.IGNORECASE)
"""What stands before a superlative that begins its part."""
AND = re.compile(r" (?:och|samt) ")


def asked(
    sentence: Sentence, text: str, start: int, word: re.Match[str], way: int, before: str
) -> tuple[str, int]:
    """What a superlative puts rows in order by, and which way; empty where it does not tell."""
    beside = [t for t in sentence.with_role("direction") if start <= t.start < start + len(text)]
    is_bare_place = before and OF_PLACE.match(sentence.text, word.end())
    # *Nedgången gäller alla och var störst i gruppen*.
    move = MOVE.search(text) or (MOVE.match(before) if is_bare_place else None)
    if move and way:
        return "change", MOVES[move["noun"].lower()] * way
    said = word["word"].lower()
    if said == "snabbast" and len(beside) == 1:
        # *växer snabbast*
        return "change", {"up": 1, "down": -1}.get(beside[0].code, 0)
    if said in ("mest", "minst") and not word["end"]:
        # *ökade mest*, *mest ökade*, and not *mest besökta*.
        near = [t for t in beside if 0 <= word.start() - t.end <= ADVERB]
        near += [t for t in beside if 0 <= t.start - word.end() <= 1]
        near = near or (beside if len(beside) == 1 else [])
        code = near[0].code if near else ""
        ways = {"up": 1, "down": -1, "better": 0, "worse": 0}
        if code:
            return ("change", ways[code] * way) if code in ways and way > 0 else ("", 0)
        is_of_set = OF_SET.match(sentence.text, word.end())
        is_measured = re.match(r" andel\b", sentence.text[word.end() :])
        is_named = way > 0 and re.search(r"\b(?:den|det|de) $", sentence.text[: word.start()])
        return ("level", way) if is_of_set or is_measured or is_named else ("", 0)
    if result := RESULT.search(text):
        said = (result["sign"] or result["plus"]).lower()
        sign = OF_SIGN.search(text)
        if said in ("underskott", "överdrag", "minus") or (sign and sign["less"]):
            return "result", -way
        if said in ("överskott", "plus") or (sign and sign["more"]):
            return "result", way
        return "result", 0
    return "level", way


OF_PLACE = re.compile(r" (?:i|på|bland|hos|inom|för) ")
ADVERB = 8
"""How far a verb and *mest* stand apart: *ökade allra mest*."""


NOT_THEIRS = {
    "result": ("qualifier", "target", "forecast"),
    "level": ("qualifier", "target", "forecast", "budget"),
    "change": ("qualifier", "target", "forecast", "budget"),
}
"""The words that say that it is not the outcome that a statement speaks of."""


def is_silent(sentence: Sentence, part: Part) -> bool:
    """Whether words of a statement say that it is of a part, of others, of several years, or
    expected."""
    text = f"{part.before if part.is_joined else ''} {part.clean}"
    # Who the others are is no doubt where they are so many.
    start = part.start if part.count or not part.is_joined else part.start - len(part.before)
    end = part.start + len(part.text)
    of_set = OF_SET.match(sentence.text, part.word.end()) if part.count else None
    last = of_set.end() if of_set else part.word.end()
    return bool(
        SILENT.search(text)
        or PERIOD.search(text)
        or JOINT.search(text)
        or SEVERAL.search(sentence.text[: part.word.start()])
        or MOST_ARE.search(sentence.text[: part.word.start()])
        or MONTH.search(AT_END.sub("", text))
        or any(
            start <= t.start < end
            and not part.word.start() <= t.start < last
            # *Bland bidragen*, where the table says that its rows are.
            and t.text.lower() != "bland"
            for t in sentence.with_role("qualifier", "target", "forecast")
        )
        or (
            part.by != "result"
            and any(start <= t.start < end for t in sentence.with_role("budget"))
        )
    )


def stated_in(sentence: Sentence, part: Part) -> list[Value]:
    """The numbers that a statement may give the row that it is of."""
    end = part.start + len(part.text)
    found = [v for v in values_in(sentence) if not OF_ANOTHER.match(sentence.text, v.end)]
    own = [v for v in found if part.start <= v.start < end]
    first = part.start - len(part.before)
    beside = [v for v in found if first <= v.start < part.start] if part.is_joined else []
    return own or [v for v in beside if part.before[v.start - first] != " "]


OF_ANOTHER = re.compile(r" (?:år|av)\b| (?:och|till) \d+ år\b")
"""What stands behind a number that is an age, or a share of all."""


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
        [e for e in one.entries if is_income(e) == is_income(mine)],
    )


def is_income(entry: Entry) -> bool:
    """Whether a row is of an income, by its label or by its sign among costs below nought."""
    return bool(INCOME.search(entry.line.label)) or is_above(entry)


def is_mixed(rivals: Competition) -> bool:
    """Whether the rows of a table measure different things."""
    if any(c.kind == "unit" or c.scenario == "target" for c in rivals.table.columns):
        return True
    lines = [name.rows[0][1] for name in rivals.names]
    units = {heads.unit_in(line.label, inferred=True) or line.unit_of_measure for line in lines}
    return len(units) > 1


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
    return not any(
        not is_stated or PLACE.search(sentence.text, part.start, word.start())
        for word in unknown_in(sentence, part.start, part.end, known, part.told)
    )


def known_to(rivals: Competition, own: Name | None) -> set[str]:
    """The words that a table prints around a row, and others for them."""
    return telling({*(own.parts if own else ()), *(own.beside if own else ()), *rivals.known})

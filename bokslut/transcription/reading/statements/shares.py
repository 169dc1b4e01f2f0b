"""What sentences say that a row is of another, or of the sum of its table: *utgör 46 procent av
intäkterna*, *var fjärde kontroll*, *kvinnorna är två av tre*.

A share is wrong only where no two figures that its words may mean make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading import arithmetic, words
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.concepts.kinds import is_beside_budget
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.nouns import (
    WORD,
    Name,
    Said,
    ends_in,
    found_in,
    idle,
    lower_words,
    same,
)
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.row_amounts import OF_DIFFERENCES, Amount, amounts_of
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.statements.levels import FAR, Levels, Place, is_noun
from bokslut.transcription.reading.statements.printed import equals
from bokslut.transcription.reading.statements.relation import CUT
from bokslut.transcription.reading.statements.shares_said import Pair, Share, told_in
from bokslut.transcription.reading.tables.table import Line, ReadTable, total

IS_SHARE = re.compile(
    r"\b(?:utgör|utgjorde|(?:står|stod|svara(?:r|de))(?: [^\W\d]+)? för|motsvara(?:r|de|nde)|är|"
    r"var|tar|betala(?:r|de)|täck(?:er|te)|har använt|använde|använts|hade|det vill säga|dvs)\b",
    re.IGNORECASE,
)
PREDICATE = re.compile(
    r"\b(?:är|var|blev|har|ökade|minskade|steg|sjönk|uppgick|överskred|underskred|redovisar|visar)\b"
    r"[^.;:]* och (?=(?:utgör|utgjorde|står|stod|svara|motsvara|tar)\b|svarar|motsvarar)"
)
"""What else is said of something that is a share: *är den vanligaste händelsen och*."""
LEAST, LEAST_DIGITS = 4, 4
NEGATED = re.compile(
    r"\b(?:utan|inte|ej|inga|ingen)\b|\bav (?:de |alla )?(?:kvinn|män(?!gd)|flick|pojk)",
    re.IGNORECASE,
)
"""Words of the rest of a whole, and of a whole that is women or men."""
OF = re.compile(
    r" av (?:(?:de|den|det|alla?|allt|samtliga|totala|samlade|årets|sin|sitt|sina|[^\W\d]{4,}s|"
    r"utförda|genomförda|beviljade|inkomna|levererade) )*"
    r"(?P<whole>[^\W\d]+)"
)
PART_OF = re.compile(rf"(?<=\bandel){OF.pattern}")
"""*Matavfallets andel av hushållsavfallet uppgick till*, and the share behind it."""
AND_CUT = re.compile(
    r"[.,;:()](?!\d)|\b(?:och|samt|men|medan|mot|jämfört|vilket|som|trots|eftersom|varav)\b"
)
AMONG = re.compile(r"\b(?:bland|hos|för) (?:de |alla )?$", re.IGNORECASE)
MADE = re.compile(
    r"[^.;:\d]*(?:,? vilket (?:är|ger|motsvarar|innebär)|,? motsvarande|,? det vill säga|,? alltså|"
    r",? eller|, en [^\W\d]+grad på)(?: en [^\W\d]+grad på)? (?:cirka |ca |drygt |knappt |nästan )?"
)
WHOLE_FIRST = re.compile(r"\bav (?:[^\W\d]+ ){0,4}$", re.IGNORECASE)
PART_FIRST = re.compile(r"(?: [^\W\d]+)? av (?:[^\W\d]+ ){0,3}")
"""What stands around two numbers of which the first, or the second, is a part, and a share."""
OWN_PLAN = re.compile(r" av (?:(?:sin|sitt|sina|den|de|det) )?(?:budget|ram|anslag|plan|medel)")
PLAN = re.compile(
    r" av (?:den |det )?(?:beslutade |totala |budgeterade )?(?:budgeten|ramen|anslaget|medlen)\b"
)
OF_RESULT = re.compile(r"\b(?:resultat|[öo]verskott|underskott|avvikelse)", re.IGNORECASE)


@dataclass(frozen=True)
class Family:
    """The women or men of a row, and all of them.

    Attributes:
        name: of the row.
        gender: which.
        pairs: their figures.
    """

    name: Name
    gender: str
    pairs: tuple[Pair, ...]


class Shares:
    """Holds the shares that the sentences of a document state against its rows."""

    def __init__(self, levels: Levels) -> None:
        """Finds of each table which rows are sums, and which have women and men."""
        self.levels = levels
        self.year = levels.rows.year
        tables = {id(t): t for name in levels.rows.names for t, _ in name.rows}
        self.sums = {key: sums_of(table) for key, table in tables.items()}
        once = (table for key, table in tables.items() if key not in levels.rows.turned)
        self.families = [one for table in once for one in families_of(table)]

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The shares of a sentence that no figures make."""
        text = sentence.text
        if OTHERS.search(text) or JOINT.search(text) or RESTATED.search(text):
            return
        for share in told_in(sentence):
            yield from self.share(sentence, share)

    def share(self, sentence: Sentence, share: Share) -> Iterator[Judged]:
        """A share that is wrong."""
        text = sentence.text
        first = self.first_of(sentence, share)
        cut = AND_CUT.search(text, share.end)
        last = cut.start() if cut else len(text)
        of = OF.match(text, share.end, last) or PART_OF.search(text, first, share.start)
        verb = IS_SHARE.search(text, first, share.start)
        is_made = MADE.search(text, 0, share.start) is not None
        if not (of or verb or share.in_words or is_made) or MONTH.search(text, first, last):
            return
        negated = NEGATED.search(text, first, last)
        sexes = [t for t in sentence.with_role("gender") if first <= t.start < last]
        if any(AMONG.search(text, 0, token.start) for token in sexes):
            # *Bland flickor är andelen 86 procent*: of something else.
            return
        genders = {token.code for token in sexes}
        if any(
            first <= t.start < last and not share.start <= t.start < share.end
            for t in sentence.with_role("qualifier")
            # *Andelen kvinnor bland de anställda*
            if not (genders and t.text.lower() == "bland")
        ):
            return
        own_words = [(share.start, share.end), *(m.span() for m in verb_of(text, first, share))]
        said = [
            m
            for m in WORD.finditer(text, first, last)
            if not any(a <= m.start() < b for a, b in own_words)
        ]
        numbers = self.of_plan(sentence, share) if of else self.of_numbers(sentence, share)
        if numbers:
            pairs, own = [pair for _, pair in numbers], numbers
        elif genders:
            pairs, own = self.of_gender(sentence, said, genders)
        elif of:
            pairs, own = self.of_rows(sentence, said, of)
        elif share.in_words:
            pairs, own = self.of_columns(sentence, said, share)
        else:
            return
        if any(share.may_be(p) for p in pairs):
            return
        now = [(n, p) for n, p in own if self.is_now(p)]
        near = [(n, p) for n, p in now if is_near(p.percent, share.percent)]
        if len({own_label(name) for name, _ in now}) == 1 and near:
            name, pair = min(near, key=lambda one: one[1].part.scenario != one[1].whole.scenario)
            if self.levels.is_scanned or self.is_printed(share, name):
                return
            if not all(age in text for age in re.findall(r"\b\d{1,3}\b", name.label)):
                # *De som är 45 år eller äldre* are not those of *65 år och äldre*.
                return
            if negated and not is_beside(negated[0].lower(), name):
                return
            figures = (pair.part.figure, pair.whole.figure)
            made = (
                f"{figures[0].cell.text} är {swedish_number(round(pair.percent, 1))} procent "
                f"av {figures[1].cell.text}"
            )
            number = Number(share.percent, 0, "percent")
            value = Value(number, share.start, share.end, share.text, "")
            yield Judged(value, share.end, name, figures, made, "andel", "prose_value")

    def of_numbers(self, sentence: Sentence, share: Share) -> list[tuple[Name, Pair]]:
        """The two numbers before a share that it is told to be of, as a table prints them: *av 803
        kontroller genomfördes 755, vilket ger 94 procent*."""
        text = sentence.text
        two = [v for v in values_in(sentence) if v.end <= share.start][-2:]
        if len(two) < 2 or not MADE.fullmatch(text, two[1].end, share.start):
            return []
        if PART_FIRST.fullmatch(text, two[0].end, two[1].start):
            part, whole = two
        elif WHOLE_FIRST.search(text, 0, two[0].start):
            whole, part = two
        else:
            return []
        return [
            (place.name, Pair(a, b))
            for places in self.levels.places.values()
            for place in places
            for a in place.amounts
            if equals(part, a)
            for b in place.amounts
            if equals(whole, b) and is_part(a, b) and a.year == b.year
        ]

    def of_plan(self, sentence: Sentence, share: Share) -> list[tuple[Name, Pair]]:
        """The number before a share of the budget, as the only row prints it that has it: *uppgick
        till 15 857, vilket motsvarar 92 procent av budgeten*."""
        before = [v for v in values_in(sentence) if v.end <= share.start][-1:]
        if not PLAN.match(sentence.text, share.end) or not before:
            return []
        if not MADE.fullmatch(sentence.text, before[0].end, share.start):
            return []
        of_result = OF_RESULT.search(sentence.text, 0, before[0].start)
        return (
            [
                (place.name, pair)
                for places in self.levels.places.values()
                for place in places
                for pair in (self.off_plan_of(place) if of_result else self.plan_pairs_of(place))
                if equals(before[0], pair.part) and pair.part.year == pair.whole.year
            ]
            if is_long(before[0]) or of_result
            else []
        )

    def of_rows(
        self, sentence: Sentence, said: Sequence[re.Match[str]], of: re.Match[str]
    ) -> tuple[list[Pair], list[tuple[Name, Pair]]]:
        """All that the words of a share may mean, and what they mean where they are clear."""
        before = [m for m in said if m.end() <= of.start()]
        whole = of["whole"].lower()
        # What stands behind the whole may be the part: *är bygglov*.
        is_clear = not any(m.start() >= of.end() and is_noun(sentence, m) for m in said)
        some = found_in([m[0].lower() for m in before], self.levels.names)
        wholes = found_in([whole], self.levels.names)
        pairs: list[Pair] = []
        own: list[tuple[Name, Pair]] = []
        for one in some:
            for place in self.levels.places[id(one.name)]:
                if not place.name.rows:
                    continue
                found = list(
                    ((pair, True) for pair in self.plan_pairs_of(place))
                    if OWN_PLAN.match(of[0])
                    else self.pairs_of(place, wholes, whole)
                )
                pairs += [pair for pair, _ in found]
                rest = [m for i, m in enumerate(before) if i not in one.by]
                is_told = (
                    one.is_whole
                    and not one.is_bare
                    and not any(
                        is_noun(sentence, m) and not is_beside(m[0].lower(), place.name)
                        for m in rest
                    )
                )
                if is_clear and is_told:
                    own += [(place.name, pair) for pair, is_meant in found if is_meant]
        if is_of_money(whole):
            # A number of people makes no share of the costs true.
            pairs = [pair for pair in pairs if pair.part.kind == "money"]
        return pairs, own

    def pairs_of(
        self, place: Place, wholes: Sequence[Said], whole: str
    ) -> Iterator[tuple[Pair, bool]]:
        """What a row may be a part of, and whether a word for it says so: the sums of its table,
        rows that the word names."""
        ((table, line),) = place.name.rows
        named = [
            (p, is_all_of(one) or is_other_of(one, place.name))
            for one in wholes
            for p in self.levels.places[id(one.name)]
        ]
        # *kostnaderna* of a table of *Nettokostnader*.
        is_sum = (
            is_beside(whole, place.name)
            or whole in words.listed("whole_labels")
            or whole in words.listed("whole_words")
            or any(ends_in(word, whole) for word in place.name.beside)
            # *nämndens nettokostnad*, of a table that is not called so.
            or (whole.startswith("nettokostnad") and is_beside_budget(table))
        )
        beside = [
            (a, is_sum)
            for row in self.sums[id(table)]
            if row is not line
            for a in amounts_of(table, row)
        ]
        beside += [(a, is_whole) for p, is_whole in named for a in p.amounts]
        for part in place.amounts:
            for other, is_meant in beside:
                is_same = part.scenario == other.scenario and part.year == other.year
                if is_same and is_part(part, other):
                    yield Pair(part, other), is_meant

    def plan_pairs_of(self, place: Place) -> Iterator[Pair]:
        """What a row has used of its own budget."""
        for part in place.amounts:
            for other in place.amounts:
                if other.scenario == "budget" != part.scenario and is_part(part, other):
                    yield Pair(part, other)

    def off_plan_of(self, place: Place) -> Iterator[Pair]:
        """How far a row is from its own budget."""
        for part in place.amounts:
            for other in place.amounts:
                is_alike = part.kind == other.kind and bool(other.value)
                if part.scenario == "deviation" and other.scenario == "budget" and is_alike:
                    yield Pair(part, other)

    def of_columns(
        self, sentence: Sentence, said: Sequence[re.Match[str]], share: Share
    ) -> tuple[list[Pair], list[tuple[Name, Pair]]]:
        """The same of a row's own columns: *inom livsmedel ledde var fjärde till anmärkning*."""
        behind = [m[0].lower() for m in said if m.start() > share.end]
        pairs: list[Pair] = []
        own: list[tuple[Name, Pair]] = []
        for one in found_in([m[0].lower() for m in said], self.levels.names):
            for place in self.levels.places[id(one.name)]:
                nouns = [m for i, m in enumerate(said) if i not in one.by and is_noun(sentence, m)]
                # *kontroll* of columns *Planerade* and *Genomförda*, not of one *Objekt*.
                titles = [w for table, _ in place.name.rows for w in lower_words(table.title)]
                parts = [a for a in place.amounts if heads(a, behind[-1:])]
                found = [
                    Pair(part, whole)
                    for part in parts
                    for whole in place.amounts
                    if part.kind == whole.kind == "count" and part.value
                    if part.year == whole.year and abs(whole.value) > abs(part.value)
                    if heads(whole, [*behind, *titles])
                ]
                pairs += found
                if one.is_whole and not any(not is_beside(m[0].lower(), place.name) for m in nouns):
                    own += [(place.name, pair) for pair in found]
        return pairs, own

    def of_gender(
        self, sentence: Sentence, said: Sequence[re.Match[str]], genders: set[str]
    ) -> tuple[list[Pair], list[tuple[Name, Pair]]]:
        """The same of women or men."""
        nouns = [m[0].lower() for m in said if is_noun(sentence, m)]
        if len(genders) > 1 or self.has_share(nouns):
            return [], []
        told = [
            f
            for f in self.families
            if f.gender in genders
            and all(is_beside(w, f.name) or is_staff(w, f.name) for w in nouns)
        ]
        around = f"{sentence.before.text if sentence.before else ''} {sentence.text}"
        if not nouns:
            # *Kvinnorna utgör 15 procent*: of those whose number is told beside.
            is_only = len({normal(f.name.label) for f in self.families}) == 1
            if sentence.before is not None or not is_only or self.is_headed(sentence, told):
                told = [f for f in told if any(is_said(p.whole, around) for p in f.pairs)]
        else:
            # *Kvinnorna utgör 76 procent av medarbetarna*: of all, where the table is of those.
            told = [f for f in told if is_of_whole(f.name.rows[0][1])] or told
        tables = {id(table) for f in told for table, _ in f.name.rows}
        all_of_them = [
            p
            for f in self.families
            for table, line in f.name.rows
            if f.gender in genders and id(table) in tables and is_of_whole(line)
            for p in f.pairs
        ]
        own = [(f.name, p) for f in told for p in f.pairs]
        # *Andelen män är 15 procent* may be of all, whoever was told of before.
        return [*(p for _, p in own), *all_of_them], own

    def is_headed(self, sentence: Sentence, told: Sequence[Family]) -> bool:
        """Whether a sentence stands below a heading that may say of whom else it is: *Chefer*."""
        said = [w for w in lower_words(sentence.heading) if len(w) > LEAST and w not in idle()]
        return not all(is_beside(w, f.name) or is_staff(w, f.name) for w in said for f in told)

    def has_share(self, nouns: Sequence[str]) -> bool:
        """Whether some nouns name a row that is in per cent itself."""
        places = self.levels.places
        return any(
            one.is_whole
            and any(a.kind == "percent" for p in places[id(one.name)] for a in p.amounts)
            for one in found_in(nouns, self.levels.names)
        )

    def first_of(self, sentence: Sentence, share: Share) -> int:
        """Where the words begin that say what a share is of: its clause, or the one before where it
        names nothing (*idrotten, som svarar för*)."""
        cuts = [0, *(m.end() for m in CUT.finditer(sentence.text, 0, share.start))]
        for first in reversed(cuts):
            verbs = [m.span() for m in verb_of(sentence.text, first, share)]
            words_said = [
                m
                for m in WORD.finditer(sentence.text, first, share.start)
                if not any(a <= m.start() < b for a, b in verbs)
            ]
            if any(
                is_noun(sentence, m)
                or any(t.start == m.start() for t in sentence.with_role("gender"))
                for m in words_said
            ):
                return first
        return cuts[-1]

    def is_printed(self, share: Share, name: Name) -> bool:
        """Whether the tables of a row print a share."""
        tables = {id(table) for table, _ in name.rows}
        return any(
            one.kind == "percent" and abs(abs(one.value) - share.percent) <= share.slack
            for places in self.levels.places.values()
            for place in places
            if any(id(table) in tables for table, _ in place.name.rows)
            for one in place.amounts
        )

    def is_now(self, pair: Pair) -> bool:
        """Whether two figures are of the report's year."""
        scenarios = ("outcome", "", "deviation")
        return pair.part.scenario in scenarios and pair.part.year in (None, self.year)


def is_of_money(word: str) -> bool:
    """Whether a word is of costs or of income: *nettokostnaden*."""
    of = (*words.listed("bare_costs"), *words.listed("bare_incomes"))
    return any(same(word, other) or ends_in(word, other) for other in of)


def own_label(name: Name) -> str:
    """What a row is called, whether it is a sum or not: *Grundskola totalt*."""
    return " ".join(word for word in normal(name.label).split() if not total(word))


def is_long(value: Value) -> bool:
    """Whether a number has so many digits that no other row has it by chance."""
    return sum(c.isdigit() for c in value.text.rstrip(" 0")) >= LEAST_DIGITS


def is_all_of(one: Said) -> bool:
    """Whether all is said of a name but that it is a sum: *intäkterna* of *Summa intäkter*."""
    return all(at in one.parts or total(part) for at, part in enumerate(one.name.parts))


def is_other_of(one: Said, name: Name) -> bool:
    """Whether what is said of a name is all that tells it from another: *de beviljade* beside
    *Utförda timmar*, of *Beviljade timmar*."""
    own = {part for at, part in enumerate(one.name.parts) if at in one.parts}
    return len(own) == 1 and set(one.name.parts) - set(name.parts) == own


def verb_of(text: str, first: int, share: Share) -> Iterator[re.Match[str]]:
    """The words by which something is a share, and what else is said of it before them: *är den
    största och*."""
    if predicate := PREDICATE.search(text, first, share.start):
        yield predicate
    yield from IS_SHARE.finditer(text, first, share.start)


def heads(one: Amount, nouns: Sequence[str]) -> bool:
    """Whether a noun is the head of a figure's column."""
    head = lower_words(one.figure.column.head.text)
    return any(same(noun, word) for noun in nouns for word in head if len(word) > LEAST)


def is_beside(word: str, name: Name) -> bool:
    """Whether a word is one of a row's or of its table's."""
    return any(same(word, other) for other in name.beside)


def is_part(one: Amount, other: Amount) -> bool:
    """Whether a figure may be told as a part of another."""
    is_told = one.kind == other.kind != "percent" and one.scenario not in OF_DIFFERENCES
    return is_told and one is not other and bool(other.value)


def is_near(made: Decimal, stated: Decimal) -> bool:
    """Whether a share may be another that was typed wrongly."""
    less, more = sorted((made, stated))
    return bool(less) and more <= FAR * less


def is_said(one: Amount, text: str) -> bool:
    """Whether a text has a figure as it is printed."""
    return re.search(rf"(?<![\d,]){re.escape(one.figure.cell.text)}(?![\d,]*\d)", text) is not None


def sums_of(table: ReadTable) -> list[Line]:
    """The rows of a table that others add up to."""
    made = {one.total for one in arithmetic.sums(table)}
    return [row for i, row in enumerate(table.lines) if i in made or row.is_total]


def is_of_whole(line: Line) -> bool:
    """Whether a row is of all others."""
    return line.is_total or arithmetic.is_of_all(line.label)


def is_staff(word: str, name: Name) -> bool:
    """Whether a word is one for those whom a table calls by another: *medarbetare*, *anställda*."""
    staff = words.listed("staff")
    named = any(same(word, one) for one in staff)
    return named and any(same(other, one) for other in name.beside for one in staff)


def families_of(table: ReadTable) -> Iterator[Family]:
    """The rows of a table of which it prints the women and men, beside or below them."""
    main: Line | None = None
    for line in table.lines:
        main = main if line.gender else line
        if main is None:
            continue
        parts, wholes = list(amounts_of(table, line)), list(amounts_of(table, main))
        for gender in ("women", "men"):
            pairs = tuple(
                Pair(part, whole)
                for part in parts
                for whole in wholes
                if (line.gender or part.figure.column.gender) == gender
                and (whole.figure.column.gender or "total") == "total"
                and part.kind == whole.kind == "count"
                and (part.scenario, part.year) == (whole.scenario, whole.year)
                and abs(part.value) <= abs(whole.value) != 0
            )
            if pairs:
                text = f"{table.title} {main.group} {main.label} {table.columns[0].head.text}"
                name = Name(main.label, (), [(table, main)], set(lower_words(text)))
                yield Family(name, gender, pairs)

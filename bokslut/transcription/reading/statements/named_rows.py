"""Which row of a document a statement is of, by the words before its number or the number beside
it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.amounts import ROWS
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import (
    Value,
    values_in,
)
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.heads import gender_word
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
    parts_of,
    rivals_of,
    same,
)
from bokslut.transcription.reading.row_amounts import amounts_of
from bokslut.transcription.reading.statements.gaps import (
    INCOME,
    gaps_of,
    may_be_of,
)
from bokslut.transcription.reading.statements.printed import is_printed
from bokslut.transcription.reading.statements.relation import (
    AND,
    CUT,
    relation_of,
    until_cut,
)
from bokslut.transcription.reading.statements.understood import is_superlative
from bokslut.transcription.reading.tables.table import ReadTable

OF_PLACE = re.compile(r" (?:i|på|vid|inom|hos) ")
OF_MORE = re.compile(r" per |- och ")
"""What a name has that one of its words does not say: *Barn- och utbildningsförvaltningen*."""
FEWEST = 4
"""How many letters a word has at least that names something."""
LONG = 3
"""How many digits a number has at least that no other row has by chance."""
AND_HAS = re.compile(r" och (?:har|är|blev|var|hade)(?: fått| blivit)? $")
"""*Vårdprogrammet vände uppåt och har*: what begins the sentence goes on."""
THERE = re.compile(
    r"(?<!sedan )\b(?:dit|där|här|därifrån|dess|deras|bland dem|hos dem)\b",
    re.IGNORECASE,
)
"""What stands for something that was named before: *väntetiden dit*."""
EACH = re.compile(r"\b(?:va(?:rt|r) och e(?:tt|n)|vardera|båda|bägge|i övrigt)\b", re.IGNORECASE)
"""Words of several, of which each is so: *som vart och ett har 13 fler elever*; or of the rest."""
TO = re.compile(r",?(?: (?:och (?:blev|är|var|uppg[^\W\d]+ till|landa[^\W\d]+ på)|till))(?: nu)? ")
"""What stands between a difference and what it led to."""


class Rows:
    """The rows of a document, and which of them a statement is of.

    Attributes:
        names: of the rows.
        year: of the report.
        turned: the tables, by their identity, that are another one's columns as rows.
        amounts, gaps: the figures of each name, and how far apart they are.
    """

    def __init__(self, document: Document, turned: Sequence[ReadTable] = ()) -> None:
        """Collects the names of the rows, and how far their figures are apart."""
        self.names = names_of([*document.tables, *turned])
        self.wholes = wholes_of(document)
        self.turned = {id(table) for table in turned}
        self.year = document.report_year
        self.gaps = {
            id(name): [gap for table, line in name.rows for gap in gaps_of(table, line, self.year)]
            for name in (*self.names, *self.wholes)
        }
        self.amounts = {
            id(name): [one for table, line in name.rows for one in amounts_of(table, line)]
            for name in (*self.names, *self.wholes)
        }

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
        if not is_sure and (whole := self.whole_in(sentence, found[at], said)):
            return whole, True
        level = level_of(sentence, found, at)
        if chosen and is_sure and not (level and self.has_now(level, chosen)):
            lower = [m[0].lower() for m in said]
            is_sure = all(
                one.is_whole or is_told_around(sentence, one) for one in found_in(lower, [chosen])
            )
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

    def of_before(self, sentence: Sentence) -> tuple[Name | None, bool]:
        """The row of which the sentence before says, in its only number, how much it is this
        year."""
        before = sentence.before
        found = values_in(before) if before else []
        if before is None or len(found) != 1 or relation_of(before, found[0]):
            return None, False
        said = list(WORD.finditer(before.text, start_of(before, found, 0), found[0].start))
        name, is_sure = self.named_in(before, found[0], said)
        if name is None or not is_sure:
            # *Intäkterna uppgick till 81,0 mnkr*, of *Summa intäkter*.
            name = self.of_level(before, found[0], 0)
        is_told = name is not None and self.has_now(found[0], name)
        return (name, True) if is_told else (None, False)

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
        of_gender = all(gender_word(part) for part in chosen.name.parts)
        if of_gender and not is_all(sentence, list(WORD.finditer(sentence.text)), chosen):
            # *Pojkarnas närvaro*, of a table of their results.
            return chosen.name, False
        return chosen.name, (
            (not any(rivals_of(chosen, some)) or is_measured(lower, chosen, some))
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
            # *Intäkterna från bygglov*, where its table has none.
            and (
                any(INCOME.search(word) for word in chosen.name.beside)
                or not any(INCOME.search(word) for word in lower)
            )
            and (is_all(sentence, said, chosen) or is_beside(lower, chosen))
        )

    def whole_in(
        self, sentence: Sentence, value: Value, said: Sequence[re.Match[str]]
    ) -> Name | None:
        """The sum of the only table that is of what some words say, where neither they nor the
        sentence before say which of its rows: *Nettokostnaderna ökade med*."""
        lower = [m[0].lower() for m in said]
        some = [one for one in found_in(lower, self.wholes) if one.is_whole]
        if len(some) != 1 or sentence.section or not self.can_be(value, some[0].name):
            return None
        said_before = sentence.before.text if sentence.before else ""
        before = lower_words(f"{sentence.heading} {said_before}")
        rows = [n for n in self.names if n.rows[0][0] is some[0].name.rows[0][0]]
        is_of_one = any(not one.is_bare for one in found_in((*before, *lower), rows))
        return some[0].name if not is_of_one and is_all(sentence, said, some[0]) else None

    def has_gender(self, sentence: Sentence, name: Name) -> bool:
        """Whether a row has figures of the women or men of whom a sentence speaks, or of all."""
        said = {token.code for token in sentence.with_role("gender")}
        there = {gap.now.column.gender for gap in self.gaps[id(name)]}
        if not said:
            return not there or not there <= {"women", "men"}
        return bool(said & (there | {line.gender for _, line in name.rows}))

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


TITLE = re.compile(
    r"(?:Tabell \w+[.:]? )?(?:Antal )?(?P<what>[^\W\d]+(?: och [^\W\d]+)?)"
    r"(?:,|\.?$| (?:(?:per|efter|i) [^\W\d]|(?:19|20)\d\d\b))",
    re.IGNORECASE,
)
"""The title of a table whose sum is of what it names: *Nettokostnad per verksamhet*."""


def wholes_of(document: Document) -> list[Name]:
    """The sums of tables by what the tables are of, where no two are of one."""
    found: dict[tuple[str, ...], list[Name]] = {}
    for table in document.tables:
        title = TITLE.match(table.title)
        sums = [line for line in table.lines if line.is_total]
        if title and len(sums) == 1:
            what = parts_of(title["what"])
            name = Name(f"{title['what']}, {sums[0].label}", what, [(table, sums[0])])
            name.beside |= {*lower_words(f"{table.title} {sums[0].label}")}
            found.setdefault(what, []).append(name)
    return [names[0] for what, names in found.items() if what and len(names) == 1]


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
    if at + 1 < len(found):
        behind = found[at + 1]
        between = sentence.text[found[at].end : behind.start]
        # *till drygt 156 000*
        if TO.fullmatch(between.removesuffix(f"{behind.hedge} ") if behind.hedge else between):
            return behind
    return found[at - 1] if at and relation_of(sentence, found[at - 1]) is None else None


def tells(sentence: Sentence, word: re.Match[str]) -> bool:
    """Whether a word may be what a statement is of."""
    text = word[0].lower()
    if len(text) < FEWEST or text in idle() or is_bare(text) or is_superlative(text):
        return False
    return not any(t.role and t.start <= word.start() < t.end for t in sentence.tokens)


def is_told_around(sentence: Sentence, chosen: Said) -> bool:
    """Whether the place that a name ends with is told above: *Besöken* of *Besök i konsthallen*."""
    if not OF_PLACE.search(chosen.name.label):
        return True
    before = sentence.before.text if sentence.before else ""
    said = lower_words(f"{sentence.heading} {before} {sentence.text}")
    rest = [part for at, part in enumerate(chosen.name.parts) if at not in chosen.parts]
    return any(same(word, part) for word in said for part in rest)


def is_all(sentence: Sentence, found: Sequence[re.Match[str]], chosen: Said) -> bool:
    """Whether some words name nothing else than a row."""
    return not any(
        tells(sentence, word) and not is_beside_row(word[0].lower(), chosen.name)
        for at, word in enumerate(found)
        if at not in chosen.by
    )


def is_measured(lower: Sequence[str], chosen: Said, some: Sequence[Said]) -> bool:
    """Whether a name that is said whole is the only one around which the words stand that say how
    it is measured: *nettokostnaden för komvux*."""
    measured = [word for word in lower if len(word) >= FEWEST and is_bare(word)]
    there = [o for o in some if not o.is_bare and all(is_beside_row(w, o.name) for w in measured)]
    return bool(measured) and chosen.is_whole and there == [chosen]


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

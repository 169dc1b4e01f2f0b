"""What sentences say of women and men beside each other: *731 kvinnor och 386 män*, *kvinnorna är
820 och männen 1 004*.

A pair is wrong only where no row has both, and one row alone has one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from bokslut.transcription.reading.arithmetic import is_of_all
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.heads import gender_word
from bokslut.transcription.reading.nouns import Name, ends_in, is_bare, lower_words, parts_of, same
from bokslut.transcription.reading.row_amounts import OF_DIFFERENCES, Amount, amounts_of, kind_of
from bokslut.transcription.reading.statements.fields import own_words
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.statements.levels import LONG
from bokslut.transcription.reading.statements.named_rows import Rows
from bokslut.transcription.reading.statements.printed import Pair, is_printed, is_typed, stated_of
from bokslut.transcription.reading.statements.understood import around, telling, unknown_in
from bokslut.transcription.reading.tables.table import Line, ReadTable

REACH = 30
"""How far before a number the word stands that says whose it is."""
VERB = 4
"""How many letters a verb has in common with the noun of it."""
NEAR = 4
"""Of how many parts of itself a number is at most one beside what was typed wrongly."""


GAP = re.compile(
    r"\b(?:skillnaden|gapet|klyftan)(?P<sexes> mellan (?:könen|kvinnor och män|män och kvinnor|"
    r"flickor och pojkar|pojkar och flickor))? (?:har )?(?:är|var|blev|minska[^\W\d]*|öka[^\W\d]*|"
    r"krymp[^\W\d]*|väx[^\W\d]*|uppg(?:år|ick))(?: nu| alltså)? ?(?:till )?$",
    re.IGNORECASE,
)
"""*skillnaden har krympt till 2,3 procentenheter*."""
THAN = re.compile(r"\bän (?:(?:hos|bland|för|avseende|gällande|rörande) )?(?:de )?$")
MORE = re.compile(
    r"\b(?:(?P<more>högre|större|fler|mer|längre)|(?P<less>lägre|mindre|färre|kortare)|(?P<of>(?!tidig|närm)[^\W\d]{4,})are)\b"
)
MOST = re.compile(
    r"(?:(?: som)?(?: är| var| blev)?(?: numera| nu)? (?=mest|minst)|"
    r" som (?:har|hade|når|nådde)(?: numera| nu)? (?:den )?(?=högst|störst|lägst|minst))"
    r"(?:(?P<more>mest|högsta?|största?)|(?P<less>minsta?|lägsta?))(?= [^\W\d])"
)
SOME_ROWS = re.compile(
    r"\b(?:alla|samtliga|varje|flera|några|inte|ej|ing(?:en|a|et)|enda?|utom|i högre grad(?! än))\b"
)
"""Words of which rows it is true, which are counted elsewhere, or that it is not."""
OF_CHILDREN = re.compile(r"\b(?:flick|pojk)", re.IGNORECASE)
OF_GROWN = re.compile(r"\b(?:kvinn|m[äa]n(?:nen)?s?\b)", re.IGNORECASE)
OF_SEX = re.compile(r" (?:av (?:de |alla )?)?")
"""*83,5 procent av flickorna*."""
NO_MORE = re.compile(r"(?:[,.;)]| (?:och|samt|respektive) \d|$)")
OF_WHICH = re.compile(r"(?: [^\W\d]+){0,2},? (?:varav|därav|av (?:vilka|dem)(?: (?:är|var))?) ")
OF_SO_MANY = re.compile(r"\bav (?:de |våra |totalt )*$", re.IGNORECASE)
ARE = re.compile(r"(?: [^\W\d]+)? (?:är|var) ")
"""*Av de 90,5 årsarbetarna är 26,0 män*."""
OF_BEFORE = re.compile(r"\b(?:19|20)\d\d\b|\b(?:i fjol|förra året|året (?:före|innan))\b")


class Genders:
    """Holds the numbers of women and men of a document against its rows."""

    def __init__(self, rows: Rows) -> None:
        """Collects the rows of which women and men are printed."""
        self.year = rows.year
        tables = {id(table): table for name in rows.names for table, _ in name.rows}
        for again in rows.turned:
            tables.pop(again, None)
        self.couples = [one for table in tables.values() for one in couples_of(table)]
        self.now = [
            one
            for one in self.couples
            if one.one.scenario in ("outcome", "") and one.one.year in (None, self.year)
        ]

    def spoken_of(self, sentence: Sentence) -> list[Pair]:
        """The rows of the year of women and men; of girls and boys where a sentence speaks of those
        and tables print them."""
        said = OF_CHILDREN if OF_CHILDREN.search(sentence.text) else OF_GROWN
        return [one for one in self.now if is_printed_so(one, said)] or self.now

    def statements(self, sentence: Sentence) -> Iterator[Judged]:
        """The numbers of women and men that no row has together."""
        text = sentence.text
        if any(p.search(text) for p in (OTHERS, JOINT, RESTATED, MONTH)):
            return
        for said in said_in(sentence):
            if not any(fits(said, one) == {True} for one in self.couples):
                yield from self.wrong(said, sentence)
        yield from self.of_which(sentence)
        yield from self.apart(sentence)
        yield from self.compared(sentence)

    def of_which(self, sentence: Sentence) -> Iterator[Judged]:
        """How many of the women and men of a row are which, where one row alone has so many of
        both: *90,5 årsarbetare, varav 64,5 kvinnor*."""
        for whole, part in pairwise(values_in(sentence)):
            behind = (
                token.code
                for token in sentence.with_role("gender")
                if OF_SEX.fullmatch(sentence.text, part.end, token.start)
                # *12 kvinnor på deltid*
                and NO_MORE.match(sentence.text, token.end)
            )
            code = next(behind, None)
            text = sentence.text
            is_part = OF_WHICH.fullmatch(text, whole.end, part.start) or (
                OF_SO_MANY.search(text[: whole.start])
                and ARE.fullmatch(text, whole.end, part.start)
            )
            if not code or not is_part or digits(whole) < LONG or part.hedge:
                continue
            there = [one for one in self.now if is_together(one, whole)]
            if len({one.name.label for one in there}) != 1:
                continue
            one = there[0]
            amount = one.of(code)
            if kind_of(part.number.unit_of_measure) != amount.kind:
                # *501 anställda, varav 81 procent kvinnor*
                continue
            if not is_printed(part, amount, amount.kind):
                made = f"tabellen har {amount.figure.cell.text}"
                yield Judged(part, part.end, one.name, (amount.figure,), made, "tal", "prose_value")

    def apart(self, sentence: Sentence) -> Iterator[Judged]:
        """How far the women and men of a row are apart, where no figures of the year make it."""
        text = sentence.text
        codes = {token.code for token in sentence.with_role("gender")}
        for value in values_in(sentence):
            before = GAP.search(text[: value.start])
            is_named = before and (before["sexes"] or {"women", "men"} <= codes)
            if not is_named or OF_BEFORE.search(text) or value.hedge:
                continue
            now = self.meant(sentence, before.span(), kind_of(value.number.unit_of_measure))
            if len(now) != 1 or now[0].is_apart(value):
                continue
            one = now[0]
            figures = (one.one.figure, one.other.figure)
            made = f"{' och '.join(sexes_in(text))}: {one.made}"
            yield Judged(value, value.end, one.name, figures, made)

    def meant(self, sentence: Sentence, span: tuple[int, int], kind: str = "") -> list[Pair]:
        """The rows of the year of whose women and men a sentence speaks: where it says of nothing
        else, those of the sentence before, or the only one. `span`: the words that say how far they
        are apart."""
        now = [one for one in self.spoken_of(sentence) if kind in ("", one.one.kind)]
        if told := [one for one in now if is_told(sentence, one, loosely=True)]:
            return told
        before = [one for one in now if is_told(sentence, one)]
        chosen = before if len(before) == 1 else now
        if len(chosen) != 1 or (chosen is now and sentence.text[: span[0]].strip()):
            return []
        known = {w for _, line in chosen[0].name.rows for w in lower_words(line.label)}
        return [] if any(unknown_in(sentence, 0, len(sentence.text), known, [span])) else chosen

    def compared(self, sentence: Sentence) -> Iterator[Judged]:
        """That women have more than men, where each row that may be meant says otherwise."""
        for said in more_in(sentence):
            text = sentence.text[said.left : said.right]
            if SOME_ROWS.search(text):
                continue
            sign = 1 if said.code == "women" else -1
            there = [
                (one, sign * said.way * (abs(one.one.value) - abs(one.other.value)))
                for one in self.spoken_of(sentence)
                if is_understood(sentence, said, one)
            ]
            if there and all(more < -one.gap.half_step for one, more in there):
                one = there[0][0]
                figures = (one.one.figure, one.other.figure)
                made = told(one, sentence)
                start = said.left + len(text) - len(text.lstrip())
                number = one.one.figure.number
                assert number is not None
                value = Value(number, start, said.right, text.strip(), "")
                yield Judged(value, said.right, one.name, figures, made, "kön", "prose_direction")

    def swapped(self, said: dict[str, Value], sentence: Sentence) -> Iterator[Judged]:
        """The number of the women where one row alone has both, each for the other."""
        turned = {"women": said["men"], "men": said["women"]}
        there = [one for one in self.now if fits(turned, one) == {True}]
        is_sure = digits(said["women"]) >= LONG or (
            len(there) == 1 and is_told(sentence, there[0], loosely=True)
        )
        if len({one.name.label for one in there}) == 1 and is_sure:
            one, value = there[0], said["women"]
            figures = (one.one.figure, one.other.figure)
            yield Judged(
                value, value.end, one.name, figures, told(one, sentence), "tal", "prose_value"
            )

    def wrong(self, said: dict[str, Value], sentence: Sentence) -> Iterator[Judged]:
        """The number that is wrong where one row alone has the other."""
        if turned := list(self.swapped(said, sentence)):
            yield from turned
            return
        half = [one for one in self.now if len(fits(said, one)) == 2]
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


@dataclass(frozen=True)
class More:
    """That women or men have more or less of something.

    Attributes:
        code: who.
        way: 1 for more, -1 for less.
        left, right: the part of the sentence that says so.
        told: where the word stands that does.
        of: what of, in an adjective: *trygg*; mostly empty.
    """

    code: str
    way: int
    left: int
    right: int
    told: tuple[int, int]
    of: str = ""


def more_in(sentence: Sentence) -> Iterator[More]:
    """Who has more of something: *flickorna är tryggare än pojkarna*, *männen är mest nöjda*."""
    text = sentence.text
    tokens = sentence.with_role("gender")
    moved = sentence.with_role("direction", "target", "forecast", "budget")
    for one, other in zip_longest(tokens, tokens[1:]):
        is_than = bool(other and THAN.search(text, one.end, other.start))
        left, right = around(text, one.start, other.end if other and is_than else one.end)
        among = [t for t in tokens if left <= t.start < right]
        if any(left <= t.start < right for t in moved):
            continue
        is_of_both = len({token.code for token in among}) == len(among) == 2
        if other and is_of_both and is_than:
            found = MORE.search(text, left, other.start)
        else:
            found = MOST.match(text, one.end) if len(among) == 1 else None
        if found:
            of = found.groupdict().get("of") or ""
            way = -1 if found["less"] else 1
            yield More(one.code, way, left, right, found.span(), of)


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
            if OF_SEX.fullmatch(sentence.text, value.end, token.start)
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


def is_understood(sentence: Sentence, said: More, one: Pair) -> bool:
    """Whether a row, with its table, tells all words of what is said, and one of them at least."""
    ((table, line),) = one.name.rows
    text = sentence.text[said.left : said.right]
    printed = f"{table.title} {line.group} {line.label} {one.one.figure.column.head.text}"
    known = telling({*lower_words(printed), *parts_of(printed)})
    if said.of and not any(word.startswith(said.of) for word in known):
        return False
    if any(n not in re.findall(r"\d+", printed) for n in re.findall(r"\b\d+\b", text)):
        # *i årskurs 5*
        return False
    own = [w for w in lower_words(text) if not gender_word(w) and not is_bare(w)]
    is_any = said.of or any(
        same(w, k) or ends_in(k, w) or (len(w) > VERB and k.startswith(w[:VERB]))
        for w in own
        for k in known
    )
    return bool(is_any) and not any(
        # *väntar*, of *Väntetid*
        not any(len(w) > VERB and w.startswith(word[0].lower()[:VERB]) for w in known)
        for word in unknown_in(sentence, said.left, said.right, known, [said.told])
    )


def couples_of(table: ReadTable) -> list[Pair]:
    """The women and men of each row of a table, in columns of their own or below it; of each column
    of something else, where its rows are women and men. Of columns of others only where there are
    no own."""
    found: dict[tuple[object, ...], list[tuple[Line, str, Amount]]] = {}
    main: Line | None = None
    for line in table.lines:
        is_below = main and line.gender and main.group == line.group and is_same(line, main)
        main = main if is_below else line
        assert main is not None
        for one in amounts_of(table, line):
            column = one.figure.column
            gender = line.gender or column.gender
            if gender in ("women", "men") and one.scenario not in OF_DIFFERENCES:
                of = frozenset(own_words(column)) if line.gender else ""
                key = (id(main), one.scenario, one.year, one.kind, column.entity, of)
                found.setdefault(key, []).append((main, gender, one))
    pairs = []
    for (*_, of), some in found.items():
        by = {gender: one for _, gender, one in some}
        if len(some) == len(by) == 2:
            main, _, one = some[0]
            label = one.figure.column.head.text if of else main.label
            pairs.append(Pair(Name(label, (), [(table, main)]), by["women"], by["men"]))
    own = [pair for pair in pairs if not pair.one.figure.column.entity]
    return own or pairs


def is_same(line: Line, main: Line) -> bool:
    """Whether a row of women or men says no more than which they are of a row above: *Hemtjänst,
    män* is not below *Särskilt boende, kvinnor*."""
    own = [word for word in parts_of(line.label) if not gender_word(word)]
    return all(any(same(word, other) for other in lower_words(main.label)) for word in own)


def is_printed_so(one: Pair, said: re.Pattern[str]) -> bool:
    """Whether a table calls those of a row as is said: women and men, or girls and boys."""
    table, _ = one.name.rows[0]
    heads = (a.figure.column.head.text for a in (one.one, one.other))
    labels = (row.label for row in table.lines if row.gender)
    return any(said.search(text) for text in (table.title, *heads, *labels))


def sexes_in(text: str) -> tuple[str, str]:
    """What a text calls women and men: girls and boys where it speaks of those."""
    return ("flickor", "pojkar") if OF_CHILDREN.search(text) else ("kvinnor", "män")


def told(one: Pair, sentence: Sentence) -> str:
    """What a table has of the women and men of a row, in Swedish."""
    first, second = (figure.cell.text for figure in (one.one.figure, one.other.figure))
    women, men = sexes_in(sentence.text)
    return f"tabellen har {first} för {women} och {second} för {men}"


def fits(said: dict[str, Value], one: Pair) -> set[bool]:
    """Whether the two numbers are those of a row: both, none, or one of them."""
    pairs = ((said["women"], one.one), (said["men"], one.other))
    return {is_printed(value, amount, amount.kind) for value, amount in pairs}


def is_together(one: Pair, whole: Value) -> bool:
    """Whether a number is what the women and men of a row are together."""
    both = replace(one.one, value=one.one.value + one.other.value)
    slack = one.one.half_step + one.other.half_step
    return one.one.kind == "count" and is_printed(whole, both, slack=slack)


def is_told(sentence: Sentence, one: Pair, *, loosely: bool = False) -> bool:
    """Whether a sentence, or the one before it, has a word of a row or of its table's name;
    `loosely`: the sentence alone, and the last part of a word will do."""
    ((table, line),) = one.name.rows
    before = sentence.before.text if sentence.before and not loosely else ""
    label = f"{'' if is_of_all(line.group) else line.group} {one.name.label}"
    names_nothing = is_of_all(one.name.label) or not any(
        not gender_word(w) for w in parts_of(label)
    )
    label = label if loosely and not names_nothing else f"{table.title} {label}"
    there = [w for w in parts_of(label) if not gender_word(w)]
    said = lower_words(f"{before} {sentence.text}")
    return any(same(w, word) or (loosely and ends_in(w, word)) for w in there for word in said)


def digits(value: Value) -> int:
    """How many digits a number is printed with."""
    return sum(c.isdigit() for c in value.text)

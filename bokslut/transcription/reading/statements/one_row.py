"""What sentences say that one row did, in no number: *höll sin budget*, *ökade till 20 117*, *nådde
inte sitt mål*.

A statement is wrong only where no table in which its row is named makes it true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bokslut.transcription.reading import numbers
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.heads import gender_word
from bokslut.transcription.reading.judged import statuses_in
from bokslut.transcription.reading.nouns import Name, lower_words, rests, said_of, same
from bokslut.transcription.reading.row_amounts import Amount, amounts_of, gender_of
from bokslut.transcription.reading.statements.counts_of_rows import SILENT, SO_MANY
from bokslut.transcription.reading.statements.fields import Competition
from bokslut.transcription.reading.statements.gaps import INCOME, OF_RESULT
from bokslut.transcription.reading.statements.places import SUPERLATIVE, is_of_several_years
from bokslut.transcription.reading.statements.predicates import (
    BOTH,
    TARGET,
    Predicate,
    compared_in,
    predicate_in,
    truths_of,
)
from bokslut.transcription.reading.statements.printed import is_printed
from bokslut.transcription.reading.statements.ranks import SHARE, Ranked, known_to, row_named
from bokslut.transcription.reading.statements.understood import CUT, SOME, unknown_in
from bokslut.transcription.reading.tables.table import Figure

ENDS = re.compile(
    rf"{CUT.pattern}|\btrots\b|,? (?:och|samt) (?=(?:därmed |därför |också |ändå |inte )*"
    r"(?:klara|uppfyll|upp?nå|nå|missa|höll|håller|överskr|underskr|överst|underst|hamna|gick|går|"
    r"drog|lämna|öka|minska|steg|stig|sjönk|sjunk|blev|bedöm)[^\W\d]* )",
    re.IGNORECASE,
)
"""Where what is said of one row ends."""
TO = re.compile(r"\btill (?:(?:cirka|ca|drygt|knappt|närmare|nästan) )?$", re.IGNORECASE)
"""What stands before the level that something rose or fell to."""
PER = re.compile(r" per [^\W\d]+")
"""What stands behind a price: *81 kr per kvadratmeter*."""
AFTER = re.compile(r"\befter ?$")
ASIDE = re.compile(r"\W*(?:där|som|vars|vilk(?:en|et|a)) ")
"""How a part of a sentence begins that only tells more of what stands before it."""
DELVIS = re.compile(r"\bdelvis\b", re.IGNORECASE)
MARK = re.compile(r"mål", re.IGNORECASE)
OF_BEFORE = re.compile(
    r"(?<!än )(?<!med )(?<!mot )(?<!från )\b(?:året (?:före|innan)|(?:förra|föregående) år|i fjol)"
)
"""*ökade året före*."""
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
SINCE = re.compile(r"\b(?:än|med|från|mot|sedan|mellan) (?:[^\W\d]+ )?((?:19|20)\d\d)\b")
OF_GOAL = re.compile(r"\b(?P<of>[^\W\d]{4,}?)s?mål(?:et)?\b", re.IGNORECASE)
"""*Värmemålet*, that of a row."""
KINDS = ("result", "change", "target", "budget", "aim")
RULES = {"target": "goal_status", "aim": "goal_status"}
NOW = ("outcome", "")
THEN = {
    "result": "budget",
    "budget": "budget",
    "target": "target",
    "level": "target",
    "aim": "target",
}
OF_MONEY = ("cost", "net_cost", "income")
SIZED = ("budget", "aim")
"""What is held against another figure by its size alone."""
HELD_AGAINST = {"budget": "budgeten", "target": "målet"}


@dataclass(frozen=True)
class Part:
    """A part of a sentence that says something of a row.

    Attributes:
        sentence, left, right: where it stands.
        before: the part before it.
        said: what it says.
    """

    sentence: Sentence
    left: int
    right: int
    before: str
    said: Predicate

    @property
    def text(self) -> str:
        """Its words."""
        return self.sentence.text[self.left : self.right]

    @property
    def values(self) -> list[Value]:
        """Its numbers."""
        return [v for v in values_in(self.sentence) if self.left <= v.start < self.right]

    @property
    def reached(self) -> list[Value]:
        """The numbers that something rose or fell to."""
        return [v for v in self.values if TO.search(self.text[: v.start - self.left])]

    @property
    def told(self) -> list[tuple[int, int]]:
        """The places of what it says, and of its numbers."""
        found = [*self.said.spans, *((v.start, v.end) for v in self.values)]
        behind = [PER.match(self.sentence.text, v.end) for v in self.values]
        if self.said.kind == "level":
            behind += TARGET.finditer(self.sentence.text, self.left, self.right)
        return found + [m.span() for m in behind if m]

    @property
    def own_words(self) -> str:
        """The part with blanks for them."""
        letters = list(self.text)
        for start, end in self.told:
            first, last = max(start, self.left), min(end, self.right)
            letters[first - self.left : last - self.left] = " " * (last - first)
        return "".join(letters)


class OneRow:
    """Holds the statements of a document of one row each against the rows of its tables."""

    def __init__(
        self, tables: Sequence[Competition], year: int, sums: Sequence[Competition] = ()
    ) -> None:
        """Takes the rows that stand beside each other, the year of the report, and the sums that
        have names."""
        self.tables, self.year, self.sums = tables, year, sums

    def statements(self, sentence: Sentence) -> Iterator[Ranked]:
        """The statements of a sentence that could be held against a row: right ones and wrong."""
        text = sentence.text
        if any(p.search(text) for p in (RESTATED, OTHERS, JOINT)):
            return
        cuts = [(0, 0), *(m.span() for m in ENDS.finditer(text)), (len(text), 0)]
        before = ""
        for (_, left), (right, _) in pairwise(cuts):
            said = compared_in(sentence, left, right) or predicate_in(sentence, left, right)
            part = Part(sentence, left, right, before, said) if said else None
            if part and self.is_of_a_row(part) and (found := self.judged(part)):
                yield found
            before = before if ASIDE.match(text[left:right]) else text[left:right]

    def is_of_a_row(self, part: Part) -> bool:
        """Whether a statement can be of one row and this year, and of no number that another rule
        holds."""
        said, text, sentence = part.said, part.text, part.sentence
        is_of_target = said.kind == "level" and MARK.search(text)
        if not (said.kind in KINDS or is_of_target) or said.is_expected:
            return False
        if said.part == "part" and not DELVIS.search(text):
            # *har nästan nått målet*
            return False
        if said.kind == "result" and (part.values or INCOME.search(text)):
            return False
        years = {int(y) for y in A_YEAR.findall(text)} - {self.year}
        since = {int(y) for y in SINCE.findall(text)}
        return not (
            SOME.match(text)
            # *vände uppåt efter två års fall*
            or AFTER.search(sentence.text, 0, part.left)
            or any(p.search(text) for p in (SILENT, SUPERLATIVE, SO_MANY, OF_BEFORE))
            or is_of_several_years(text, self.year)
            or MONTH.search(AT_END.sub("", text))
            or years - ({said.year} & since if said.kind == "change" else set())
            or any(
                part.left <= t.start < part.right
                for t in sentence.with_role(
                    "qualifier", "forecast", *(["budget"] if said.kind == "change" else [])
                )
            )
        )

    def judged(self, part: Part) -> Ranked | None:
        """A statement held against the tables: right, wrong, or None where they do not tell."""
        told = self.told_of(part, self.tables)
        if not told and self.is_of_the_whole(part):
            told = self.told_of(part, self.sums)
        if not told:
            return None
        own = told[0][1]
        start = part.left + len(part.text) - len(part.text.lstrip())
        if any(True in truth for truth, _ in told):
            return Ranked(start, part.right, own.label, is_sure=True)
        if len({name.parts for _, name in told}) > 1:
            return None
        figures, made = self.made_of(part.said, own)
        rule = RULES.get(part.said.kind, "prose_direction")
        return Ranked(start, part.right, own.label, figures, made, rule=rule)

    def told_of(
        self, part: Part, tables: Sequence[Competition]
    ) -> list[tuple[frozenset[bool], Name]]:
        """What a statement can be of each row that it may be of."""
        return [
            (truth, own)
            for rivals in tables
            if (own := self.row_of(part, rivals))
            for truth in self.truths(part, own, rivals)
            # What is met in part only a word for it says.
            if not (part.said.part and truth == BOTH)
        ]

    def is_of_the_whole(self, part: Part) -> bool:
        """Whether neither a statement, its heading nor the sentence before names a row of any
        table."""
        sentence = part.sentence
        before = sentence.before.text if sentence.before else ""
        texts = [part.own_words, part.before, sentence.heading, before]
        return not sentence.section and not any(
            row_named(text, rivals) for rivals in self.tables for text in texts
        )

    def row_of(self, part: Part, rivals: Competition) -> Name | None:
        """The one of some rows that a statement is of, where it says no more than that."""
        lower = lower_words(part.own_words)
        own = row_named(part.own_words, rivals) or row_named(part.before, rivals)
        is_valued = own is None and part.said.kind == "target"
        if is_valued and (found := OF_GOAL.search(part.text)):
            # *Trygghetsmålet* of *Trygghet i skolan*.
            own, told = goal_of(found, rivals), [tuple(part.left + at for at in found.span())]
        else:
            own, told = self.of_values(part, rivals) if is_valued else own, []
        if own is None or not all(self.is_level_of(v, own) for v in part.reached):
            return None
        of_whom = part.sentence.with_role("gender") if part.said.kind == "target" else ()
        if any(part.left <= t.start < part.right for t in of_whom) and not any(
            gender_word(word) for word in own.parts
        ):
            return None
        if is_of_money(part) and not has_kind(own, "money"):
            # *Museets kostnader minskade* is not of its visits.
            return None
        if SHARE.search(part.sentence.text, 0, part.right) and not has_kind(own, "percent"):
            # *Personalens andel av kostnaderna är lägre än 2022*.
            return None
        named = said_of(own, lower) or said_of(own, lower_words(part.before))
        is_named = named and (named.is_whole or (0 in named.parts and len(named.parts) > 1))
        if not (part.reached or is_valued or is_named):
            return None
        known = known_to(rivals, own)
        unknown = unknown_in(part.sentence, part.left, part.right, known, [*part.told, *told])
        return None if any(unknown) else own

    def truths(self, part: Part, own: Name, rivals: Competition) -> Iterator[frozenset[bool]]:
        """What a statement can be of a row, in each way that it may be meant."""
        if part.said.kind in ("change", *SIZED) and self.is_below(own):
            return
        if part.said.kind in SIZED:
            for now in self.of_year(own, self.year, *NOW):
                for then in self.of_year(own, self.year, THEN[part.said.kind]):
                    if now.kind == then.kind:
                        more = part.said.way * (abs(now.value) - abs(then.value))
                        yield frozenset((more > 0,)) if more else BOTH
            return
        lower = lower_words(part.own_words)
        for truths in truths_of(rivals, part.said, self.year, lower):
            if id(own) in truths:
                yield truths[id(own)]

    def is_below(self, own: Name) -> bool:
        """Whether a row has figures below nought that may be less or more by their size: of a
        result, or beside others above it."""
        signs = {
            a.value > 0
            for table, line in own.rows
            for a in amounts_of(table, line)
            if a.scenario in (*NOW, "budget") and a.value
        }
        return len(signs) > 1 or (False in signs and bool(OF_RESULT.search(own.label)))

    def of_values(self, part: Part, rivals: Competition) -> Name | None:
        """The only row whose outcome and target a sentence states: *81 procent är nöjda, och målet
        på 84 procent nåddes*."""
        values = [v for v in values_in(part.sentence) if v.end <= part.right]
        there = [
            name
            for name in rivals.names
            if any(
                one is not other
                and self.is_level_of(one, name)
                and any(is_printed(other, a) for a in self.of_year(name, self.year, "target"))
                for one in values
                for other in values
            )
        ]
        return there[0] if len(there) == 1 else None

    def is_level_of(self, value: Value, own: Name) -> bool:
        """Whether a row prints a number for its year."""
        return any(is_printed(value, a) for a in self.of_year(own, self.year, *NOW))

    def of_year(
        self, own: Name, year: int, *scenarios: str, genders: Sequence[str] = ()
    ) -> list[Amount]:
        """The figures of a row of some scenarios in a year: of all, or of some genders."""
        return [
            a
            for table, line in own.rows
            for a in amounts_of(table, line)
            if a.scenario in scenarios
            and a.year in (None, year)
            and gender_of(a) in (genders or ("total",))
        ]

    def made_of(self, said: Predicate, own: Name) -> tuple[tuple[Figure, ...], str]:
        """The figures that make a statement wrong, and what they say; none where they do not."""
        now = self.of_year(own, self.year, *NOW, genders=said.genders)
        if said.kind == "change":
            before = self.of_year(own, said.year, *NOW, genders=said.genders)
            then = [a for a in before if a.year == said.year]
            beside = str(said.year)
        else:
            then = self.of_year(own, self.year, THEN[said.kind])
            beside = HELD_AGAINST[THEN[said.kind]]
        alike = ((a, b) for a in now for b in then if gender_of(a) == gender_of(b))
        pairs = [(a, b) for a, b in alike if a.kind == b.kind]
        if said.kind in ("change", *SIZED):
            pairs = [(a, b) for a, b in pairs if said.way * (abs(a.value) - abs(b.value)) < 0]
            if not pairs:
                return (), ""
        if pairs:
            shown = [amount.figure for amount in pairs[0]]
            made = f"utfallet är {shown[0].cell.text}, {beside} {shown[1].cell.text}"
        else:
            off = self.of_year(own, self.year, "deviation") if said.kind == "result" else []
            shown = [amount.figure for amount in off[:1]]
            made = f"avvikelsen är {shown[0].cell.text}" if shown else ""
        ((table, line),) = own.rows
        if said.kind == "target" and id(line) in statuses_in(table):
            column = next(c for c in table.columns if c.kind == "status" and c.index in line.texts)
            judged = line.texts[column.index].text
            made = f"{made}, bedömt som ”{judged}”" if made else f"tabellen har ”{judged}”"
            shown = shown or [Figure(line.texts[column.index], column, numbers.BLANK)]
        return tuple(shown), made


def has_kind(own: Name, kind: str) -> bool:
    """Whether a row has figures of money, or in per cent."""
    return any(a.kind == kind for table, line in own.rows for a in amounts_of(table, line))


def is_of_money(part: Part) -> bool:
    """Whether a part of a sentence is of costs or of income, by its words."""
    said = part.sentence.with_role("result")
    return any(t.code in OF_MONEY and part.left <= t.start < part.right for t in said)


def goal_of(found: re.Match[str], rivals: Competition) -> Name | None:
    """The only row whose name has the word that a target is called by."""
    word = found["of"].lower()
    # *Trygghet* is that of *Trygga elever*.
    forms = {word, word.removesuffix("het")}
    there = [
        n for n in rivals.names if any(same(w, p) or rests(p, w) for p in n.parts for w in forms)
    ]
    return there[0] if len(there) == 1 else None

"""What sentences say that one row did, in no number: *höll sin budget*, *ökade till 20 117*, *nådde
inte sitt mål*.

A statement is wrong only where no table in which its row is named makes it true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bokslut.transcription.reading.claims.lexicon import statuses_in
from bokslut.transcription.reading.claims.sentence import JOINT, OTHERS, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, RESTATED, Value, values_in
from bokslut.transcription.reading.nouns import WORD, Name, lower_words, said_of
from bokslut.transcription.reading.statements.counts_of_rows import SILENT, SO_MANY
from bokslut.transcription.reading.statements.fields import Competition
from bokslut.transcription.reading.statements.gaps import INCOME, Amount, amounts_of
from bokslut.transcription.reading.statements.judge import is_printed
from bokslut.transcription.reading.statements.predicates import (
    BOTH,
    TARGET,
    Predicate,
    predicate_in,
    truths_of,
)
from bokslut.transcription.reading.statements.ranks import (
    PERIOD,
    SUPERLATIVE,
    Ranked,
    known_to,
    row_named,
)
from bokslut.transcription.reading.statements.relation import against_what
from bokslut.transcription.reading.statements.understood import CUT, unknown_in
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
MARK = re.compile(r"mål", re.IGNORECASE)
OF_BEFORE = re.compile(
    r"(?<!än )(?<!med )(?<!mot )(?<!från )\b(?:året (?:före|innan)|(?:förra|föregående) år|i fjol)"
)
"""*ökade året före*."""
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
THAN = re.compile(
    r"\b(?P<more>högre|större|fler|mer)|\b(?P<less>lägre|mindre|färre)", re.IGNORECASE
)
"""*är färre än budgeterat*, *vilket är mer än 2022*."""
BEHIND = re.compile(r" än (?P<what>[^.,;]+)")
KINDS = ("result", "change", "target", "budget")
RULES = {"target": "goal_status"}
NOW = ("outcome", "")
THEN = {"result": "budget", "budget": "budget", "target": "target", "level": "target"}
HELD_AGAINST = {"budget": "budgeten", "target": "målet"}


class OneRow:
    """Holds the statements of a document of one row each against the rows of its tables."""

    def __init__(self, tables: Sequence[Competition], year: int) -> None:
        """Takes the rows that stand beside each other, and the year of the report."""
        self.tables, self.year = tables, year

    def statements(self, sentence: Sentence) -> Iterator[Ranked]:
        """The statements of a sentence that could be held against a row: right ones and wrong."""
        text = sentence.text
        if any(p.search(text) for p in (RESTATED, OTHERS, JOINT)):
            return
        cuts = [(0, 0), *(m.span() for m in ENDS.finditer(text)), (len(text), 0)]
        before = ""
        for (_, left), (right, _) in pairwise(cuts):
            if found := self.judged(sentence, left, right, before):
                yield found
            before = text[left:right]

    def judged(self, sentence: Sentence, left: int, right: int, before: str) -> Ranked | None:
        """A part of a sentence held against the tables: right, wrong, or None where they do not
        tell."""
        said = compared_in(sentence, left, right) or predicate_in(sentence, left, right)
        text = sentence.text[left:right]
        is_of_target = said and said.kind == "level" and MARK.search(text)
        if not said or not (said.kind in KINDS or is_of_target) or said.is_expected or said.part:
            return None
        if self.is_of_others(sentence, left, right, said):
            return None
        values = [v for v in values_in(sentence) if left <= v.start < right]
        if said.kind == "result" and (values or INCOME.search(text)):
            return None
        reached = [v for v in values if TO.search(text[: v.start - left])]
        behind = (PER.match(sentence.text, v.end) for v in values)
        spans = [*said.spans, *((v.start, v.end) for v in values)]
        spans += [m.span() for m in behind if m]
        if is_of_target:
            spans += [m.span() for m in TARGET.finditer(sentence.text, left, right)]
        own_words = blank(sentence.text, left, right, spans)
        lower = [m[0].lower() for m in WORD.finditer(own_words)]
        told: list[tuple[frozenset[bool], Competition, Name]] = []
        for rivals in self.tables:
            own = row_named(own_words, rivals) or row_named(before, rivals)
            is_valued = own is None and said.kind == "target"
            own = self.of_values(sentence, right, rivals) if is_valued else own
            if own is None or not all(self.is_level_of(v, own) for v in reached):
                continue
            named = said_of(own, lower) or said_of(own, lower_words(before))
            is_named = named and (named.is_whole or (0 in named.parts and len(named.parts) > 1))
            if not (reached or is_valued or is_named):
                continue
            if any(unknown_in(sentence, left, right, known_to(rivals, own), spans)):
                continue
            if said.kind == "budget":
                told += [(one, rivals, own) for one in self.against(said, own)]
                continue
            told += [
                (truths[id(own)], rivals, own)
                for truths in truths_of(rivals, said, self.year, lower)
                if id(own) in truths
            ]
        if not told:
            return None
        _, rivals, own = told[0]
        start = left + len(text) - len(text.lstrip())
        if any(True in truth for truth, _, _ in told):
            return Ranked(start, right, own.label, is_sure=True)
        if len({name.parts for _, _, name in told}) > 1:
            return None
        figures, made = self.told(said, own)
        return Ranked(start, right, own.label, figures, made, rule=RULES.get(said.kind, RULE))

    def against(self, said: Predicate, own: Name) -> Iterator[frozenset[bool]]:
        """Whether a row can be more, or less, than what it is held against."""
        for now in self.of_year(own, self.year, *NOW):
            for then in self.of_year(own, self.year, said.kind):
                if now.kind == then.kind:
                    more = said.way * (abs(now.value) - abs(then.value))
                    yield frozenset((more > 0,)) if more else BOTH

    def is_of_others(self, sentence: Sentence, left: int, right: int, said: Predicate) -> bool:
        """Whether words of a statement say that it is of another year, of several, of a part, or of
        how many."""
        text = sentence.text[left:right]
        years = {int(y) for y in A_YEAR.findall(text)} - {self.year}
        return bool(
            any(p.search(text) for p in (SILENT, SUPERLATIVE, PERIOD, SO_MANY, OF_BEFORE))
            or MONTH.search(AT_END.sub("", text))
            or years - ({said.year} if said.kind == "change" else set())
            or any(left <= t.start < right for t in sentence.with_role("qualifier", "forecast"))
        )

    def of_values(self, sentence: Sentence, end: int, rivals: Competition) -> Name | None:
        """The only row whose outcome and target a sentence states: *81 procent är nöjda, och målet
        på 84 procent nåddes*."""
        values = [v for v in values_in(sentence) if v.end <= end]
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

    def of_year(self, own: Name, year: int, *scenarios: str) -> list[Amount]:
        """The figures of all of a row of some scenarios in a year."""
        return [
            a
            for table, line in own.rows
            for a in amounts_of(table, line)
            if a.scenario in scenarios
            and a.year in (None, year)
            and a.figure.column.gender in (None, "total")
        ]

    def told(self, said: Predicate, own: Name) -> tuple[tuple[Figure, ...], str]:
        """The figures that make a statement wrong, and what they say."""
        now = self.of_year(own, self.year, *NOW)
        if said.kind == "change":
            then = [a for a in self.of_year(own, said.year, *NOW) if a.year == said.year]
            beside = str(said.year)
        else:
            then = self.of_year(own, self.year, THEN[said.kind])
            beside = HELD_AGAINST[THEN[said.kind]]
        off = self.of_year(own, self.year, "deviation") if said.kind == "result" else []
        pair = [*now[:1], *then[:1]]
        figures = [a.figure for a in (pair if len(pair) > 1 else [*now[:1], *off[:1]])]
        made = f"utfallet är {figures[0].cell.text}" if now else ""
        if len(pair) > 1:
            made = f"{made}, {beside} {figures[1].cell.text}"
        ((table, line),) = own.rows
        if said.kind == "target" and id(line) in statuses_in(table):
            column = next(c for c in table.columns if c.kind == "status" and c.index in line.texts)
            judged = line.texts[column.index].text
            made = f"{made}, bedömt som ”{judged}”" if made else f"tabellen har ”{judged}”"
        return tuple(figures), made


RULE = "prose_direction"


def compared_in(sentence: Sentence, left: int, right: int) -> Predicate | None:
    """That something is more or less than its budget, or than a year before it, by no number; None
    where that is not said."""
    found = THAN.search(sentence.text, left, right)
    behind = BEHIND.match(sentence.text, found.end(), right) if found else None
    if not found or not behind or any(found.start() - v.end < 2 for v in before(sentence, found)):
        return None
    against, year = against_what(behind["what"], sentence.report_year)
    kind = {"budget": "budget", "year": "change"}.get(against)
    if kind is None or (kind == "change" and year is None):
        return None
    way = 1 if found["more"] else -1
    return Predicate(kind, way, ((found.start(), behind.end()),), year=year or 0)


def before(sentence: Sentence, found: re.Match[str]) -> list[Value]:
    """The numbers of a sentence before some words."""
    return [v for v in values_in(sentence) if v.end <= found.start()]


def blank(text: str, left: int, right: int, spans: Sequence[tuple[int, int]]) -> str:
    """A part of a text with blanks for some places."""
    letters = list(text[left:right])
    for start, end in spans:
        for at in range(max(start, left), min(end, right)):
            letters[at - left] = " "
    return "".join(letters)

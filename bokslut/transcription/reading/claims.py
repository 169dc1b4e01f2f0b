"""Claims of the running text: which figure, direction or status a sentence states of what.

The rules are few and plain, and each claim says by which it was made. What a claim is about comes
from words alone; values never choose it, for a wrong value would then find itself another subject.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bokslut.transcription.reading import cells, goals, heads, numbers, words
from bokslut.transcription.reading.concepts import (
    AT_DATE,
    INVESTMENTS,
    RESULT,
    RESULT_OF_UNIT,
    Concepts,
    canonical,
)
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import damaged, normal, scanned
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.stream import Paragraph

TOKEN = re.compile(r"[^\W_]+(?:[&:/.-][^\W_]+)*|[%]")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\"”(•])|\s+(?=• )")
VALUE = re.compile(
    rf"(?<![\w,.:-])(?:(?P<hedge>{numbers.HEDGE}) )?"
    r"(?P<number>[+\-–−‑]? ?(?:[1-9]\d{0,2}(?:[ \u00a0]\d{3})+|\d+)(?:,\d+)?)"
    rf"(?![\w:]|[.,]\d)(?:[ \u00a0]?(?P<unit>{numbers.UNIT})(?!\w))?",
    re.IGNORECASE,
)
RANK = re.compile(r"(?<![\w,])(\d{1,3}):[^\W\d]{1}|(?<![\w,])(\d{1,3}):[^\w\s]")
MONEY = {"tkr", "mnkr", "mdkr", "kr"}
TARGET_WORDS = (
    "mål",
    "målet",
    "målvärde",
    "målvärdet",
    "målvärden",
    "målvärdena",
    "målnivån",
    "målnivå",
)
BUDGET_WORDS = (
    "budget",
    "budgeten",
    "budgeterat",
    "budgeterats",
    "budgeterad",
    "budgeterade",
    "internbudgeten",
)
FORECAST_WORDS = ("prognos", "prognosen", "helårsprognosen")
YEAR_WORDS = ("föregående", "förra", "fjolåret", "fjol")
UNITS_WORDS = ("verksamheter", "verksamheterna", "verksamhet", "enheter", "enheterna", "enhet")
OWN_WORDS = ("förvaltningen", "förvaltningens", "nämnden", "nämndens")
CONFUSED = {"men", "man", "min"}
"""Words that are not *män*, though a scan may make them of it."""
RECEIVED_WORDS = ("mottagande", "mottagit", "tillkommit", "övertagit", "nya", "ny")
BALANCE_WORDS = ("balans", "balanserad", "balanserat")
NEAR = 90
"""How many characters a subject stands from its figure at most."""


@dataclass(slots=True)
class Claim:
    """One figure or statement of the running text.

    Attributes:
        place: of its sentence.
        line_first, line_last: its lines in the stream.
        label: what is stated, in plain words.
        printed_text: the figure or the words that decide, as printed.
        read_text: the same as read.
        kind: `value`, `rank`, `unit_count`, `target_direction`, `year_direction`, `wording` or
            `status`.
        rule: which rule made it.
        measure_code, unit_code, fiscal_year, scenario, gender, goal_code, stated: what it says.
    """

    place: str
    line_first: int
    line_last: int
    label: str
    printed_text: str
    read_text: str
    kind: str
    rule: str
    measure_code: str = ""
    unit_code: str = ""
    fiscal_year: int | None = None
    scenario: str = "outcome"
    gender: str = "total"
    goal_code: str = ""
    stated: str = ""

    @property
    def is_comparable(self) -> bool:
        """Whether something of the document can be held against it."""
        return self.kind != "value" or bool(self.measure_code)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence and what it can mean."""

    text: str
    start: int
    end: int
    role: str
    code: str


@dataclass(slots=True)
class Mention:
    """A unit or a measure that a sentence names."""

    code: str
    name: str
    start: int
    end: int
    rivals: tuple[str, ...] = ()


@dataclass(slots=True)
class Passage:
    """A paragraph, or the lines of one in a plain text.

    Attributes:
        text: its words.
        place: of it, or of its first line.
        starts: where in the text each of its lines begins, with the line's number and place.
    """

    text: str
    place: str
    starts: list[tuple[int, int, str]] = field(default_factory=list)

    def line_at(self, offset: int) -> tuple[int, str]:
        """The line, and its place, that a character stands on."""
        found = self.starts[0]
        for start in self.starts:
            if start[0] > offset:
                break
            found = start
        return found[1], found[2]


def passages(
    prose: Sequence[Paragraph], alone: Container[int], *, of_lines: bool
) -> Iterator[Passage]:
    """The paragraphs of a document; lines of a plain text that belong together as one.

    `alone`: lines that are headings.
    """
    current: Passage | None = None
    after_blank = True
    for paragraph in prose:
        text = paragraph.text.strip()
        if not text:
            after_blank = True
            continue
        goes_on = (
            of_lines
            and current is not None
            and paragraph.line not in alone
            and current.starts[-1][1] not in alone
            and paragraph.line - current.starts[-1][1] <= 2
            and (not after_blank or (text[:1].islower() and current.text[-1:] not in ".:!?"))
            and not re.match(r"[eo•*\-–]\s|\d+[.)]\s", text)
            and len(current.text) < 6_000
        )
        if goes_on and current:
            current.starts.append((len(current.text) + 1, paragraph.line, paragraph.place))
            current.text += " " + text
        else:
            if current:
                yield current
            current = Passage(text, paragraph.place, [(0, paragraph.line, paragraph.place)])
        after_blank = False
    if current:
        yield current


# Words


@lru_cache
def vocabulary() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Every word that decides something: its pattern, role and code."""
    found: list[tuple[str, str, str]] = []
    found += [(row["word"], "direction", row["stated"]) for row in words.table("directions")]
    found += [(row["word"], "comparison", row["stated"]) for row in words.table("comparisons")]
    found += [
        (row["word"], "result", f"{row['measure']}{row['sign']}") for row in words.table("results")
    ]
    found += [(word, "count", code) for word, code in words.of_numbers("count").items()]
    found += [(row["word"], "qualifier", row["says"]) for row in words.table("qualifiers")]
    for role, some in (
        ("target", TARGET_WORDS),
        ("budget", BUDGET_WORDS),
        ("forecast", FORECAST_WORDS),
        ("last_year", YEAR_WORDS),
        ("units", UNITS_WORDS),
        ("received", RECEIVED_WORDS),
        ("balance", BALANCE_WORDS),
    ):
        found += [(word, role, "") for word in some]
    return tuple((damaged(word), role, code) for word, role, code in found)


def gender_of(word: str) -> str | None:
    """Women or men, where a word is that for them in any form, damaged or not."""
    known = words.mapping("genders")
    found = known.get(word) or next(
        (g for w, g in known.items() if len(w) > 2 and damaged(w).fullmatch(word)), None
    )
    return found if found in ("women", "men") else None


@lru_cache(maxsize=200_000)
def meaning(word: str) -> tuple[str, str]:
    """Role and code of a word; empty for none."""
    lower = word.lower()
    if lower not in CONFUSED and (gender := gender_of(lower)):
        return "gender", gender
    if heads.YEAR.fullmatch(lower):
        return "year", lower
    for pattern, role, code in vocabulary():
        if pattern.fullmatch(lower):
            return role, code
    return "", ""


def tokens_of(text: str) -> list[Token]:
    """The words of a text."""
    return [
        Token(m[0], m.start(), m.end(), *meaning(m[0].rstrip("."))) for m in TOKEN.finditer(text)
    ]


NOT_NAMED = {
    RESULT,
    RESULT_OF_UNIT,
    INVESTMENTS,
    "ackumulerade_investeringar",
    "ovrigt",
    "ovriga_verksamheters_resultat",
}
"""Measures that words of their own (`words/results.csv`) name."""


class Lexicon:
    """The names of a document, to be found in its sentences whatever their endings."""

    def __init__(self, concepts: Concepts, document: Document) -> None:
        """Collects names, abbreviations and single words that tell one measure from all others."""
        self.concepts = concepts
        self.units = [
            (forms_of(name), key, name)
            for key, name in sorted(concepts.units.items(), key=lambda p: -len(p[1]))
        ]
        own = concepts.administration_code
        own_forms = tuple((damaged(word),) for word in (own.replace("_", " "), *OWN_WORDS))
        self.units.append((own_forms, own, concepts.administration_name))
        names = dict(concepts.measures)
        for key, measure in document.template.measures.items():
            if key not in NOT_NAMED and not key.startswith(("antal_", "rang_")):
                names.setdefault(key, measure["measure_name_sv"])
        self.pairs = {(c.measure_code, c.unit_code) for c in concepts.lines.values()}
        self.printed = {measure for measure, _ in self.pairs}
        self.units_of = units_of(document, concepts)
        self.negative = negative(document, concepts)
        self.has_income = any(
            c.scenario in ("income", "cost") for t in document.tables for c in t.number_columns
        )
        for row in words.table("synonyms"):
            for key, name in concepts.measures.items():
                if normal(row["name"]) in normal(name):
                    names[f"{key}\0{row['word']}"] = row["word"]
                    break
        self.measures = list(measure_forms(names))
        self.goals = {scanned(goal.label): goal for goal in document.goals if goal.label}
        self._units: dict[str, list[tuple[tuple[re.Pattern[str], ...], str, str]]] = {}
        self._measures: dict[str, list[tuple[tuple[re.Pattern[str], ...], str, str]]] = {}

    def find_units(self, tokens: Sequence[Token]) -> list[Mention]:
        """The units that a sentence names."""
        return self._find(tokens, self.units, self._units)

    def find_measures(self, tokens: Sequence[Token]) -> list[Mention]:
        """The measures that a sentence names; of several at one place the one with most words in
        it."""
        found = self._find(tokens, self.measures, self._measures)
        kept: list[Mention] = []
        for mention in sorted(found, key=lambda m: (m.start, -(m.end - m.start))):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return [self.qualified(m, tokens) for m in kept]

    def qualified(self, mention: Mention, tokens: Sequence[Token]) -> Mention:
        """Of measures that share a word, the one whose other words stand in the sentence too."""
        rivals = [
            (forms, key, name)
            for forms, key, name in self.measures
            if any(len(f) == 1 and f[0].fullmatch(last_word(mention)) for f in forms)
        ]
        longer = [
            (forms, key, name)
            for forms, key, name in self.measures
            if normal(name).endswith(" " + last_word(mention))
            and name not in {r[2] for r in rivals}
        ]
        if len(rivals) + len(longer) < 2:
            return mention
        said = {scanned(t.text) for t in tokens}

        def fit(name: str) -> tuple[int, int]:
            others = [w for w in normal(name).split() if not last_word(mention).startswith(w[:6])]
            there = sum(any(s.startswith(scanned(w)[:6]) for s in said) for w in others)
            return there - (len(others) - there), -len(name)

        # A name that never stands for its last word alone is meant only where the rest is said.
        rivals += [r for r in longer if fit(r[2])[0] > 0]
        if len(rivals) < 2:
            return mention
        best = max(rivals, key=lambda r: fit(r[2]))
        codes = tuple(dict.fromkeys(r[1].partition("\0")[0] for r in rivals))
        return Mention(best[1].partition("\0")[0], best[2], mention.start, mention.end, codes)

    def _find(
        self,
        tokens: Sequence[Token],
        names: Sequence[tuple[tuple[tuple[re.Pattern[str], ...], ...], str, str]],
        cache: dict[str, list[tuple[tuple[re.Pattern[str], ...], str, str]]],
    ) -> list[Mention]:
        found: list[Mention] = []
        index = 0
        while index < len(tokens):
            word = tokens[index].text.lower()
            if word not in cache:
                cache[word] = [
                    (form, key, name)
                    for forms, key, name in names
                    for form in forms
                    if form[0].fullmatch(word)
                ]
            best: tuple[int, str, str] | None = None
            for form, key, name in cache[word]:
                rest = [t.text.lower() for t in tokens[index : index + len(form)]]
                if (
                    len(rest) == len(form)
                    and all(p.fullmatch(w) for p, w in zip(form, rest, strict=True))
                    and (best is None or len(form) > best[0])
                ):
                    best = (len(form), key.partition("\0")[0], name)
            if best:
                found.append(
                    Mention(best[1], best[2], tokens[index].start, tokens[index + best[0] - 1].end)
                )
                index += best[0]
            else:
                index += 1
        return found


def units_of(document: Document, concepts: Concepts) -> dict[str, set[str]]:
    """The units of measure that the tables print each measure in."""
    found: dict[str, set[str]] = {}
    for table in document.tables:
        for line, figure in table.figures():
            concept = concepts.of(line)
            unit = cells.unit_of(table, line, figure) if figure.number else None
            if concept and unit and figure.column.scenario != "change":
                found.setdefault(concept.measure_code, set()).add(unit)
    return found


def negative(document: Document, concepts: Concepts) -> set[str]:
    """The measures whose outcomes the tables print below nought, as they do costs."""
    signs: dict[str, set[bool]] = {}
    for table in document.tables:
        for line, figure in table.figures():
            concept = concepts.of(line)
            if concept and figure.number and figure.column.scenario == "outcome":
                signs.setdefault(concept.measure_code, set()).add(figure.number.value < 0)
    return {measure for measure, said in signs.items() if said == {True}}


def last_word(mention: Mention) -> str:
    """The last word of a name, in lower case."""
    return normal(mention.name).split()[-1]


@lru_cache(maxsize=20_000)
def forms_of(name: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The forms in which a text may have a name: with endings, with a hyphen or as one word."""
    clean = re.sub(r"\(.*?\)", "", name).replace("&", "och").strip()
    parts = [p for p in re.split(r"[\s/]+", clean.lower()) if p]
    if not parts:
        return ()
    ending = r"(?::?s|:?en|:?n|:?et|:?t|ns|ens|ets|arna|erna|na|er|ar|or)?"
    whole = [re.compile(damaged(p).pattern.replace(r"\-", "[- ]?")) for p in parts[:-1]]
    last = re.compile(damaged(parts[-1]).pattern.replace(r"\-", "[- ]?") + ending)
    forms = [(*whole, last)]
    if "-" in clean:
        pieces = re.split(r"[\s-]+", clean.lower())
        forms.append(
            (
                *(re.compile(damaged(p).pattern) for p in pieces[:-1]),
                re.compile(damaged(pieces[-1]).pattern + ending),
            )
        )
    elif len(parts) == 2:
        forms.append(
            (re.compile(damaged(parts[0]).pattern + "[-/]" + damaged(parts[1]).pattern + ending),)
        )
    if len(parts) == 3 and parts[1] == "och":
        forms.append(
            (re.compile(damaged(parts[0]).pattern + "/" + damaged(parts[2]).pattern + ending),)
        )
    return tuple(forms)


def measure_forms(
    names: dict[str, str],
) -> Iterator[tuple[tuple[tuple[re.Pattern[str], ...], ...], str, str]]:
    """The forms of each measure: its whole name, its abbreviation, and long words that only it
    has."""
    counted: dict[str, int] = {}
    split = {key: [w for w in canonical(name).split() if len(w) > 7] for key, name in names.items()}
    for own in split.values():
        for word in set(own):
            counted[word] = counted.get(word, 0) + 1
    for key, name in names.items():
        name = AT_DATE.sub("", name).strip()
        forms = list(forms_of(strip_counting(name)))
        for short in re.findall(r"\(([A-ZÅÄÖ]{2,6})\)", name):
            forms.append((re.compile(short.lower() + r"(?:[:-]?\w{0,7})?"),))
        stripped = strip_counting(name)
        for part in re.split(r"[\s,/]+", stripped):
            # A long word, or the first of a name, tells a measure where no other has it.
            is_first = stripped.startswith(part) and "," in stripped
            if " per " in stripped or normal(part) in result_words():
                continue
            if any(c.isdigit() for c in stripped):
                # Of more than 60 days, of 18 to 24 years: a part, which its long word does not say.
                continue
            if (
                (len(part) > 11 or is_first)
                and counted.get(normal(part), 9) <= 2
                and normal(part) not in COMMON
            ):
                forms += forms_of(part)
        both = stripped.split(" och ")
        if len(both) == 2 and all(" " not in part and len(part) > 5 for part in both):
            forms += [form for part in both for form in forms_of(part)]
        yield tuple(dict.fromkeys(forms)), key, name


@lru_cache
def result_words() -> frozenset[str]:
    """The words that say results, costs and investments, which name no other measure by
    themselves."""
    return frozenset(normal(row["word"]) for row in words.table("results"))


COMMON = {
    "forvaltningens",
    "verksamhetens",
    "forvaltningarna",
    "direktorer",
    "genomforda",
    "planerade",
    "kvinnor",
    "resultat",
    "sekunder",
    "kontakt",
    "inkop",
}


def strip_counting(name: str) -> str:
    """A name without the words before it that only say how it is counted."""
    return (
        re.sub(
            r"^(?:(?:antal|antalet|andel|andelen|total|totalt|totala|extern|låg frekvens av)\s+)+",
            "",
            name,
            flags=re.IGNORECASE,
        )
        or name
    )


# Rules


class Reader:
    """Reads the sentences of a document."""

    def __init__(self, document: Document, concepts: Concepts) -> None:
        """Starts with the names of the document."""
        self.document, self.concepts = document, concepts
        self.lexicon = Lexicon(concepts, document)
        self.claims: list[Claim] = []
        self.taken: set[tuple[int, int]] = set()

    def read(self) -> list[Claim]:
        """The claims of all passages, in order."""
        goal = None
        headings = {g.heading.line: g for g in self.document.goals if g.heading}
        others = {p.line for p in self.document.prose if p.heading}
        for passage in passages(
            self.document.prose, set(headings), of_lines=self.document.stream.is_text
        ):
            first = passage.starts[0][1]
            goal = headings.get(first, None if first in others else goal)
            if passage.starts[0][1] in headings:
                continue
            is_heading = (
                len(passage.text) < 90
                and SENTENCE_END.search(passage.text) is None
                and passage.text[-1:] not in ".!:"
            )
            if is_heading and not any(c.isdigit() for c in passage.text):
                continue
            start = 0
            before: Sentence | None = None
            for piece in SENTENCE_END.split(passage.text):
                at = passage.text.index(piece, start)
                start = at + len(piece)
                sentence = Sentence(piece, at, passage, self)
                sentence.before = before
                sentence.goal = goal
                self.sentence(sentence)
                before = sentence
        return sorted(self.claims, key=lambda c: c.line_first)

    def sentence(self, sentence: Sentence) -> None:
        """Tries every rule on a sentence."""
        rules = (values, ranks, counts, enumerations, statuses, results, directions, wordings)
        for rule in rules:
            self.claims += rule(sentence)


class Sentence:
    """A sentence with the words and names in it."""

    def __init__(self, text: str, offset: int, passage: Passage, reader: Reader) -> None:
        """Finds its words; names only where a word or a digit makes it worth looking."""
        self.text, self.offset, self.passage, self.reader = text, offset, passage, reader
        self.before: Sentence | None = None
        self.goal: goals.Goal | None = None
        self.tokens = tokens_of(text)
        self.roles = {t.role for t in self.tokens if t.role}
        self._units: list[Mention] | None = None
        self._measures: list[Mention] | None = None

    @property
    def units(self) -> list[Mention]:
        """The units that it names."""
        if self._units is None:
            self._units = self.reader.lexicon.find_units(self.tokens)
        return self._units

    @property
    def measures(self) -> list[Mention]:
        """The measures that it names."""
        if self._measures is None:
            self._measures = self.reader.lexicon.find_measures(self.tokens)
        return self._measures

    def with_role(self, *roles: str) -> list[Token]:
        """Its words that have one of some roles."""
        return [t for t in self.tokens if t.role in roles]

    @property
    def report_year(self) -> int:
        """The year that the document reports."""
        return self.reader.document.report_year

    @property
    def own(self) -> str:
        """The administration."""
        return self.reader.concepts.administration_code

    def unit_for(self, start: int, end: int | None = None, measure: str = "") -> Mention | None:
        """The unit that something at a place is said of.

        One that follows with a preposition (*i Kontakt*), else the last before it, else the first
        behind it, else the last that the sentences before it name. Of a measure that the tables
        have, only units that they have it for.
        """
        end = start if end is None else end
        lexicon = self.reader.lexicon
        behind = [u for u in self.units if end < u.start < end + NEAR]
        if behind and re.fullmatch(
            r"\s*(?:i|inom|hos|vid|f.{1,2}r)\s*", self.text[end : behind[0].start]
        ):
            return behind[0]
        before = [u for u in self.units if u.start <= start and start - u.end < 3 * NEAR]
        ordered = [*reversed(before), *behind]
        is_own = bool(measure) and (measure, self.own) in lexicon.pairs
        if (
            earlier := self.before.last_unit()
            if self.before and not ordered and not is_own
            else None
        ):
            ordered.append(earlier)
        if measure and measure in lexicon.printed:
            fitting = [u for u in ordered if (measure, u.code) in lexicon.pairs]
            if not fitting and (measure, self.own) in lexicon.pairs:
                return None
            ordered = fitting or ordered
        return ordered[0] if ordered else None

    def last_unit(self) -> Mention | None:
        """The unit that it is about: the last it names, else that of the sentence before it."""
        if self.units:
            return self.units[-1]
        return self.before.last_unit() if self.before else None

    def clause(self, start: int) -> tuple[int, int]:
        """From where to where the clause of a place reaches: between commas, *samt*, *medan*."""
        cuts = [
            0,
            *(
                m.end()
                for m in re.finditer(r", (?:vilket|medan|men|dock|dir|dar|där)\b|\. |; ", self.text)
            ),
            len(self.text),
        ]
        left = max(c for c in cuts if c <= start)
        right = min((c for c in cuts if c > start), default=len(self.text))
        return left, right

    def make(
        self, start: int, end: int, kind: str, rule: str, label: str, read_text: str, **said: object
    ) -> Claim:
        """A claim of some characters of the sentence."""
        first, place = self.passage.line_at(self.offset + start)
        last, _ = self.passage.line_at(self.offset + max(start, end - 1))
        said.setdefault("fiscal_year", self.report_year)
        return Claim(place, first, last, label, self.text[start:end], read_text, kind, rule, **said)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a sentence."""

    number: Number
    start: int
    end: int
    text: str
    hedge: str

    def read_text(self, is_negative: bool) -> str:
        """As the parser of committed cells reads it: its hedge, its sign, its unit of measure."""
        sign = "-" if is_negative and self.number.value else ""
        digits = short_unit(numbers.plain(self.text).lstrip("-+ "), self.number)
        return f"{self.hedge} {sign}{digits}".strip()


REFERENCE = re.compile(
    r"\b(?:rad(?:er|erna|en)?|sid(?:a|an|orna|or)?|s\.|tabell(?:en|erna)?|figur(?:en|erna)?|"
    r"diagram(?:met)?|kapitel|kap\.|avsnitt|bilaga|punkt|not|paragraf|nr|nummer)"
    r"(?: \d+(?:, \d+)*(?: ?[-–,] ?| och | samt ))? ?$|\d ?[-–]$|§ ?$",
    re.IGNORECASE,
)
"""What stands before a number that says where to look, and before the second of a span of them."""


def values_in(sentence: Sentence) -> list[Value]:
    """The numbers of a sentence that are no years, ranks or parts of names."""
    found = []
    for match in VALUE.finditer(sentence.text):
        text = match["number"].strip()
        plain = numbers.plain(text)
        if heads.YEAR.fullmatch(plain) and not match["unit"]:
            continue
        if not match["unit"] and REFERENCE.search(sentence.text[: match.start()]):
            continue
        after = sentence.text[match.end() : match.end() + 14]
        if re.match(
            r"\s*(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|sekunder|timmar|dagar)\b",
            after,
        ) or re.match(r"[:\-–](?:[a-zåäö]|\d)", after):
            continue
        hedge = match["hedge"] or ""
        reading = numbers.read(f"{hedge} {plain} {match['unit'] or ''}".strip(), {})
        if isinstance(reading, Number):
            start = match.start("number") + len(match["number"]) - len(match["number"].lstrip())
            end = match.end("unit") if match["unit"] else match.end("number")
            found.append(Value(reading, start, end, sentence.text[start:end], hedge.lower()))
    return found


def last_token(sentence: Sentence, start: int, *roles: str, within: int = NEAR) -> Token | None:
    """The last word with one of some roles before a place."""
    found = [t for t in sentence.with_role(*roles) if t.end <= start and start - t.end <= within]
    return found[-1] if found else None


def values(sentence: Sentence) -> Iterator[Claim]:
    """A number with its unit of measure, and the nearest subject."""
    if not any(c.isdigit() for c in sentence.text):
        return
    said: dict[tuple[object, ...], str] = {}
    for value in values_in(sentence):
        unit = value.number.unit_of_measure
        claim = money(sentence, value) if unit in MONEY else measured(sentence, value)
        if claim is None:
            continue
        if claim.measure_code and qualified(sentence, value.start, value.end):
            claim.measure_code, claim.rule = "", "value.qualified"
        is_older = claim.scenario == "change" and from_earlier(sentence, value.start)
        if not claim.scenario or is_older or not fits(sentence, value, claim):
            claim.measure_code, claim.scenario = "", claim.scenario or "outcome"
        key = (claim.measure_code, claim.unit_code, claim.fiscal_year, claim.scenario, claim.gender)
        if claim.measure_code and said.setdefault(key, claim.read_text) != claim.read_text:
            # A second figure of the same: of something that the rules do not see.
            claim.measure_code, claim.rule = "", "value.no_subject"
        yield claim


def fits(sentence: Sentence, value: Value, claim: Claim) -> bool:
    """Whether a number can be of the measure that it was given, by what the tables count it in."""
    unit = value.number.unit_of_measure
    printed = sentence.reader.lexicon.units_of.get(claim.measure_code, set())
    if unit in MONEY:
        return not printed or bool(printed & MONEY)
    if not printed or claim.scenario == "change":
        return True
    if unit == "percent":
        return "percent" in printed
    counted = re.search(r"\bantal(?:et)?\b", sentence.text[: value.start], re.IGNORECASE)
    return printed != {"percent"} or (abs(value.number.value) <= 100 and not counted)


def qualified(sentence: Sentence, start: int, end: int, reach: int = 25) -> bool:
    """Whether words beside a figure say that it is not the table's: of a part, of others,
    expected, defined otherwise.

    `reach`: how far behind it a month may stand.
    """
    left, right = sentence.clause(start)
    for token, following in zip(sentence.tokens, [*sentence.tokens[1:], None], strict=True):
        if token.role != "qualifier" or not (
            max(left, start - NEAR) <= token.start and token.end <= min(right, end + NEAR // 2)
        ):
            continue
        if token.text.lower() == "bland" and following and following.role == "gender":
            continue
        return True
    if OTHERS.search(sentence.text[left:right]):
        return True
    if IN_MONTH.search(AT_END.sub("", sentence.text[end : min(right, end + reach)])):
        return True
    return bool(MONTH.search(AT_END.sub("", sentence.text[max(left, start - NEAR) : start])))


OTHERS = re.compile(
    r"\bhela (?:kommunen|landet|kommunkoncernen)|\bkommunen (?:som helhet|totalt|i stort)|"
    r"\b(?:andra|.{1,2}vriga|liknande) (?:kommuner|f.{1,2}rvaltningar|n.{1,2}mnder)|"
    r"^utan [^.,;]{1,40}\bhade\b|\bskulle\b|\bhade\b[^.,;]{1,60}\bvarit\b",
    re.IGNORECASE,
)
"""Words that say that a figure is of others than the one that reports, or of what did not come."""
IN_MONTH = re.compile(
    r"^(?:[^.,;]|,\d){0,50}\b(?:i|under|per|vid) (?:januari|februari|mars|april|maj|juni|juli|"
    r"augusti|september|oktober|november|december)\b"
)
AT_END = re.compile(r"\b31 december\b|\bi december(?= \d{4})|\bdecember m.{1,2}nads utg.{1,2}ng\b")
"""The end of the year, which is no part of it."""


def words_before(sentence: Sentence, start: int, count: int) -> list[Token]:
    """The last words before a place."""
    return [t for t in sentence.tokens if t.end <= start][-count:]


TARGET_IS = (
    r"\bm[aåäéi]{1,2}l(?:et|v[aäåéi]rdet|niv[aåäéi]n)? (?:f[oöéd6]r|om|p[aåäéi]) [^.,;]{1,60} "
    r"(?:[aäåéi]r|var|ligger p[aåäéi])$"
)
"""*Målet för sjukfrånvaron är*, and the figure behind it."""


def scenario_for(sentence: Sentence, value: Value) -> tuple[str, str]:
    """Scenario and rule of a number, by the words next to it."""
    near = words_before(sentence, value.start, 3)
    text = sentence.text[: value.start].rstrip()
    behind = [t for t in sentence.tokens if t.start >= value.end][:5]
    if numbers.plain(value.text).startswith("+"):
        return "change", "value.signed"
    if any(t.role == "comparison" for t in behind[:2]) and re.match(
        r"[^.,;]{0,30}\bän\b|[^.,;]{0,30}\b[^\W\d]n\b", sentence.text[value.end :]
    ):
        if any(t.role == "budget" for t in behind):
            return "deviation", "value.against_budget"
        if any(t.role in ("last_year", "year") for t in behind):
            return "change", "value.against_last_year"
    if is_difference(sentence, value, behind):
        return "", "value.difference"
    with_word = bool(re.search(r"\bmed(?: (?:hela|drygt|knappt|cirka|ca|ungefär))?$", text))
    if with_word and last_token(sentence, value.start, "direction", within=60):
        return "change", "value.changed_by"
    if re.search(r"(?:ökning|6kning|okning|minskning)\w* (?:p.{1,2}|om|med)$", text):
        return "change", "value.changed_by"
    if any(t.role == "target" for t in near[-2:]) and not re.search(r"\bl[aäiéd]g\b", text[-30:]):
        return "target", "value.target"
    if re.search(TARGET_IS, text, re.IGNORECASE):
        return "target", "value.target"
    if any(t.role == "budget" for t in near):
        return "budget", "value.budget"
    left, _ = sentence.clause(value.start)
    said = [t for t in sentence.tokens if left <= t.start and t.end <= value.start]
    if any(t.role == "forecast" for t in said):
        return "forecast", "value.forecast"
    if any(t.role == "result" and t.code.startswith("investment_limit") for t in near):
        return "budget", "value.limit"
    return "outcome", "value"


def is_difference(sentence: Sentence, value: Value, behind: Sequence[Token]) -> bool:
    """Whether a number is how far apart two others are, or the one that another is held against.

    *34 procent högre*, *2,9 procentenheter lägre för kvinnor*, *8,6 mot 6,0*.
    """
    before = sentence.text[: value.start]
    if (
        behind
        and behind[0].role == "comparison"
        and behind[0].text.lower() not in ("under", "över")
    ):
        return not sentence.text[value.end : behind[0].start].strip()
    if value.number.unit_of_measure == "percentage_points":
        return not re.search(r"\bmed\b[^.,;]{0,20}$|ning\w* (?:p.{1,2}|om|med) $", before)
    if value.number.unit_of_measure in (None, "count") and (
        OF_SO_MANY.search(before)
        or re.match(r"\s*av (?:de |totalt )?\d", sentence.text[value.end :])
    ):
        return True
    if before.endswith("(") and OF_ANOTHER.match(sentence.text, value.end):
        return True
    if INSTEAD_OF.search(before):
        return True
    return bool(re.search(r"\d(?: ?%| procent\w*| [mt]n?kr)? mot $", before))


INSTEAD_OF = re.compile(r"\b(?:i st.{1,2}llet f.{1,2}r|snarare .{1,2}n) $", re.IGNORECASE)
OF_SO_MANY = re.compile(r"(?:\d[^.,;]{0,30} av|^Av) (?:de |totalt |sammanlagt )?$")
"""What stands before the number that another is a part of: *12 av 46*, *98,8 procent av 186*."""
OF_ANOTHER = re.compile(r"[^)]{0,6}\b(?:enligt|i) [^)]{1,40}\)")
"""What stands behind a number that is printed elsewhere: *(61 500 enligt bilagan)*."""


MONTH = re.compile(
    r"\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|m.{1,2}nad\w*|tertial\w*|kvartal\w*)\b",
    re.IGNORECASE,
)
DURING = re.compile(r"\bunder (?:[aåé]|.{1,2})ret\b", re.IGNORECASE)


def is_of_part(sentence: Sentence, value: Value) -> bool:
    """Whether a number is of a part of the year only: of a month, or of its beginning."""
    before, after = sentence.text[: value.start], sentence.text[value.end :]
    if MONTH.search(before[-45:]) and not re.search(r"31 december[^.]{0,20}$", before):
        return True
    return starts_from(before, after) and bool(DURING.search(before))


def starts_from(before: str, after: str) -> bool:
    """Whether a number is the first of *från X till Y*."""
    return bool(
        re.search(r"\bfr.{1,2}n (?:[^,;.\d]{0,25} )?$", before[-40:])
        and re.match(r"[^.;,()]{0,12}(?: ?\([^()]*\))? till\b", after)
    )


OF_YEAR = r"\b(?:f[oöéd6]r|under|[aåäé]r|m[aåäéi]l[^\d.,;]{1,60}) ((?:19|20)\d\d)\b(?! till| och)"
"""A year that a figure further on is of: *för 2021*, *under 2021*, *målet för sjukfrånvaron
2023*."""


def year_for(sentence: Sentence, value: Value) -> int:
    """The year that a number is of.

    One printed right before it, the year before where it rose or fell *från* it, else the report's.
    """
    text = sentence.text[: value.start]
    if found := re.search(
        r"((?:19|20)\d\d)(?:,? d[åaéd] [^.,;]{0,40}| var [^.,;]{0,12}|,? )$", text
    ):
        return int(found[1])
    if re.search(
        r"f[oöéd6]reg[aåéd]ende [aåéd]r[^.,;\d]{0,25}$|f[oöéd6]rra [aåéd]ret[^.,;\d]{0,25}$",
        text,
        re.IGNORECASE,
    ):
        return sentence.report_year - 1
    if starts_from(text, sentence.text[value.end :]):
        return sentence.report_year - 1
    left, _ = sentence.clause(value.start)
    named = re.findall(OF_YEAR, text[left:], re.IGNORECASE)
    if not named:
        said = {m[1] or m[2] for m in SAID_YEAR.finditer(text[left:])}
        named = list(said) if len(said) == 1 else []
    return int(named[-1]) if named else sentence.report_year


SAID_YEAR = re.compile(
    r"\b((?:19|20)\d\d)(?= (?:hade|var|blev|redovisade|uppgick|visade|gjorde|l.{1,2}g)\b)|"
    r"(?<=\bhade )((?:19|20)\d\d)\b(?= ett? )"
)
"""A year that a figure further on is of, by the verb beside it."""


def from_earlier(sentence: Sentence, start: int) -> bool:
    """Whether a change is said to be since another year than the one before the report's."""
    left, right = sentence.clause(start)
    years = re.findall(SINCE, sentence.text[left:right], re.IGNORECASE)
    return any(int(year) != sentence.report_year - 1 for year in years)


SINCE = r"\b(?:sedan|fr.{1,2}n|j.{1,2}mf.{1,2}rt med|mot|.n) ((?:19|20)\d\d)\b"


def amount_is_bare(value: Value) -> bool:
    """Whether an amount is printed without a sign, so that what it is of says its sign."""
    return not numbers.plain(value.text).startswith(("-", "+"))


SPENT = re.compile(
    r"\s*(?:har )?(?:f.{1,2}rbrukats|anv.{1,2}nts|upparbetats|investerats|utnyttjats|nyttjats)\b"
)
"""What stands behind the part of a limit that was spent."""


def money(sentence: Sentence, value: Value) -> Claim | None:
    """An amount: of a result, of investments, of a net cost, by the word nearest to it."""
    scenario, rule = scenario_for(sentence, value)
    subject = last_token(sentence, value.start, "result", within=NEAR) or next(
        (t for t in sentence.with_role("result") if value.end <= t.start < value.end + 40), None
    )
    unit = sentence.unit_for(value.start)
    unit_code = unit.code if unit else sentence.own
    meant = subject.code if subject else ""
    if meant.startswith("invest") and SPENT.match(sentence.text, value.end):
        meant, scenario = "investments", "outcome"
    own_result = RESULT if unit_code == sentence.own else RESULT_OF_UNIT
    measure, year = "", year_for(sentence, value)
    named = [m for m in sentence.measures if m.end <= value.start and value.start - m.end < NEAR]
    is_named = bool(named) and (
        subject is None
        or subject.end < named[-1].start
        or named[-1].start <= subject.start < named[-1].end
    )
    sign = 1
    if meant.startswith("investment_limit"):
        more = subject and re.search(r"ut.{1,2}kad\w* $", sentence.text[: subject.start])
        initial = re.search(
            r"fr.{1,2}n b[oöéd6]rjan|ursprunglig", sentence.text[: value.start][-40:]
        )
        limit = named[-1].code if is_named else ""
        measure, scenario = (
            (limit if initial or more else sentence.reader.concepts.investments),
            "change" if more else "budget",
        )
    elif is_named:
        measure = named[-1].code
        of_it = sentence.unit_for(named[-1].start, named[-1].end, measure)
        unit, unit_code = of_it, of_it.code if of_it else sentence.own
        if measure in sentence.reader.lexicon.negative and scenario in ("outcome", "budget"):
            sign = -1 if amount_is_bare(value) else 1
        elif measure in sentence.reader.lexicon.negative and meant.startswith("net_cost"):
            scenario, sign = result_said(sentence, value, scenario, meant)
    elif meant.startswith(("result", "net_cost")):
        measure = own_result
        scenario, sign = result_said(sentence, value, scenario, meant)
    elif meant.startswith("investments"):
        measure = sentence.reader.concepts.investments
    elif meant in ("income", "cost") and scenario == "outcome":
        measure, scenario = own_result, meant
        sign = sentence.reader.concepts.orientation.cost_column_sign if meant == "cost" else 1
    elif scenario in ("budget", "forecast") and not meant:
        measure = own_result
        sign = sentence.reader.concepts.orientation.cost_sign
    amount = value.number
    negative = (amount.value < 0) != (sign < 0)
    if amount.value > 0 and re.search(r"\bminus\s*$", sentence.text[: value.start], re.IGNORECASE):
        negative = True
    if meant == "result-" and amount.value < 0:
        # A deficit with a minus sign is a deficit.
        negative = True
    read = value.read_text(negative)
    how = sentence.reader.concepts.orientation
    name = unit.name if unit else sentence.reader.concepts.administration_name
    label = f"{name}: {subject.text}" if subject and measure else f"{name}: belopp i text"
    # A sign that a word gives stands in print with its word.
    by_word = subject and subject.end <= value.start and negative != (amount.value < 0)
    if meant == "net_cost" and how.is_net_cost and how.cost_sign > 0:
        # The warehouse takes an amount without a sign that is called a cost for one below nought.
        label = f"{name}: utfall"
    if scenario == "cost" and how.cost_column_sign > 0 and not negative:
        read = f"+{read}"
        measure = "" if value.hedge else measure
    stated = fell(sentence, value, scenario) if is_named else ""
    return sentence.make(
        subject.start if subject and by_word else value.start,
        value.end,
        "value",
        rule if measure else "value.no_subject",
        label,
        read,
        measure_code=measure,
        unit_code=unit_code,
        scenario=scenario,
        fiscal_year=year,
        stated=stated,
    )


def fell(sentence: Sentence, value: Value, scenario: str) -> str:
    """`down` for a change that the word before it says is a fall; else empty."""
    word = last_token(sentence, value.start, "direction", within=60)
    return "down" if scenario == "change" and word and word.code == "down" else ""


def result_said(sentence: Sentence, value: Value, scenario: str, meant: str) -> tuple[str, int]:
    """Scenario and sign of an amount of a result or a net cost, as the table of results has
    them."""
    how = sentence.reader.concepts.orientation
    behind = [t for t in sentence.tokens if t.start >= value.end][:4]
    compared = next((t.code for t in behind if t.role == "comparison"), "")
    if scenario in ("deviation", "change"):
        more = compared == "above" or (not compared and not meant.endswith("-"))
        if scenario == "change":
            rising = last_token(sentence, value.start, "direction", within=60)
            more = (rising.code == "up") if rising else more
            return scenario, (
                how.cost_sign if how.is_net_cost and meant.startswith("net_cost") else 1
            ) * (1 if more else -1)
        better = not more if meant.startswith("net_cost") else more
        return scenario, how.surplus_sign * (1 if better else -1)
    if meant.startswith("net_cost"):
        return scenario, how.cost_sign if how.is_net_cost else 1
    if meant[-1] in "+-" and how.is_net_cost and scenario == "outcome":
        return "deviation", how.surplus_sign * (1 if meant.endswith("+") else -1)
    return scenario, -1 if meant.endswith("-") else 1


def short_unit(shown: str, amount: Number) -> str:
    """A number with its unit as the parser of committed cells knows it."""
    bare = re.match(r"[\d ]+(?:,\d+)?", shown)
    digits = bare[0].strip() if bare else shown
    unit = {"percent": "%", "percentage_points": "procentenheter"}.get(
        amount.unit_of_measure or "", amount.unit_of_measure or ""
    )
    return f"{digits} {unit}".strip() if unit != "count" else digits


def measured(sentence: Sentence, value: Value) -> Claim | None:
    """A share, an index or a count: of the measure that is named nearest to it."""
    scenario, rule = scenario_for(sentence, value)
    unit_of_measure = value.number.unit_of_measure
    named = [
        m for m in sentence.measures if m.start < value.start and value.start - m.end < 2 * NEAR
    ]
    behind = [
        m
        for m in sentence.measures
        if value.end <= m.start < value.end + 45
        and not re.search(r"[,;:.(]", sentence.text[value.end : m.start])
    ]
    subject = named[-1] if named else behind[0] if behind else None
    if (
        behind
        and (not named or behind[0].start - value.end < 8)
        and unit_of_measure in (None, "count")
    ):
        subject = behind[0]
    previous = sentence.before
    if (
        subject is None
        and unit_of_measure in ("percent", "percentage_points")
        and previous
        and previous.measures
        and goes_on(sentence, value)
    ):
        subject = previous.measures[-1]
    if unit_of_measure is None and not is_stated(sentence, value, subject):
        return None
    unit = sentence.unit_for(value.start)
    if is_of_part(sentence, value):
        subject = None
    if subject:
        subject = printed_for(sentence, subject, unit)
        unit = sentence.unit_for(subject.start, subject.end, subject.code)
    gender = gender_behind(sentence, value) or last_token(
        sentence, value.start, "gender", within=NEAR
    )
    read = value.read_text(value.number.value < 0)
    name = subject.name if subject else "tal i text"
    if subject is None:
        return sentence.make(
            value.start,
            value.end,
            "value",
            "value.no_subject",
            name,
            read,
            unit_code=unit.code if unit else sentence.own,
            scenario=scenario,
        )
    return sentence.make(
        value.start,
        value.end,
        "value",
        rule,
        name,
        read,
        measure_code=subject.code,
        unit_code=unit.code if unit else sentence.own,
        scenario=scenario,
        gender=gender.code if gender else "total",
        fiscal_year=year_for(sentence, value),
        stated=fell(sentence, value, scenario),
    )


def gender_behind(sentence: Sentence, value: Value) -> Token | None:
    """The gender that a number is of, where it stands right behind: *varav 688 kvinnor*."""
    if not re.search(r"\b(?:varav|d.{1,2}rav|och) $", sentence.text[: value.start]):
        return None
    behind = next((t for t in sentence.tokens if t.start >= value.end), None)
    is_beside = behind and behind.role == "gender" and behind.start - value.end < 2
    return behind if is_beside else None


GOES_ON = re.compile(
    r"(?:den|det|detta|denna|d[aå]|motsvarande|andelen|niv[aå]n|utfallet|m[aåä]l(?:et|v[aäå]rdet)|"
    r"[oö6]kningen|minskningen|f[oö6]rra|f[oö6]reg[aå]ende|[aå]ret|i fjol|bland|f[oö6]r|"
    r"j[aä]mf[oö6]rt|kvinno\w*|m[aä]n\w*|\d{4})\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with what the one before it is about."""


def goes_on(sentence: Sentence, value: Value) -> bool:
    """Whether a sentence without a measure says more of the one before, naming nothing itself."""
    own = any(t.role == "result" and t.start < value.start for t in sentence.tokens)
    return not own and GOES_ON.match(sentence.text) is not None


def printed_for(sentence: Sentence, subject: Mention, unit: Mention | None) -> Mention:
    """Of measures that share their words, the one that the tables have for the unit."""
    pairs = sentence.reader.lexicon.pairs
    code = unit.code if unit else sentence.own
    if (subject.code, code) in pairs or not subject.rivals:
        return subject
    fitting = [r for r in subject.rivals if (r, code) in pairs]
    unprinted = [r for r in subject.rivals if r not in sentence.reader.lexicon.printed]
    chosen = (fitting or unprinted or [subject.code])[0]
    return Mention(chosen, subject.name, subject.start, subject.end)


def is_stated(sentence: Sentence, value: Value, subject: Mention | None) -> bool:
    """Whether a number without a unit of measure is one that the sentence states of its subject."""
    before = sentence.text[: value.start]
    if value.number.hedge or re.search(rf"\b(?:{numbers.HEDGE}) $", before, re.IGNORECASE):
        return True
    if re.search(r"\b(?:till|p.{1,2}|[aä]r|var|blev|om|med|[aåéd]r) ?$", before):
        return True
    if subject is None:
        return False
    if gender_behind(sentence, value) and re.search(r"rav $", before):
        return True
    in_parentheses = bool(re.search(r"\((?:(?:19|20)\d\d,? )?$", before))
    beside = subject.end <= value.start and value.start - subject.end < 4
    target = any(t.role == "target" for t in words_before(sentence, value.start, 2))
    behind = value.end <= subject.start < value.end + 3
    return in_parentheses or beside or target or behind


def ranks(sentence: Sentence) -> Iterator[Claim]:
    """A place in an order: `44:e plats`, or *störst* of a unit."""
    for match in RANK.finditer(sentence.text):
        number = match[1] or match[2]
        before = re.findall(r"(?:19|20)\d\d", sentence.text[: match.start()][-14:])
        year = int(before[-1]) if before else sentence.report_year
        if (
            not before
            and re.search(r"fr.{1,2}n $", sentence.text[: match.start()])
            and "till" in sentence.text[match.end() : match.end() + 15]
        ):
            year -= 1
        yield sentence.make(
            match.start(),
            match.end(),
            "rank",
            "rank.ordinal",
            "plats i jämförelse",
            number,
            measure_code="kkik_placering" if "kkik" in sentence.passage.text.lower() else "",
            unit_code=sentence.own,
            fiscal_year=year,
        )
    for match in re.finditer(r"\bst.{1,2}rst(?:a)? (?:del\w*|p.{1,2}verkan)", sentence.text):
        unit = sentence.unit_for(match.start())
        about_money = {t.code.rstrip("+-0") for t in sentence.with_role("result")} & {
            "result",
            "investments",
        }
        if unit and unit.code != sentence.own and about_money:
            about = (
                "rang_investeringar" if "investering" in sentence.text.lower() else "rang_resultat"
            )
            yield sentence.make(
                match.start(),
                match.end(),
                "rank",
                "rank.largest",
                f"{unit.name}: störst",
                "1",
                measure_code=about,
                unit_code=unit.code,
            )


def counts(sentence: Sentence) -> Iterator[Claim]:
    """How many units there are, or show a surplus or a deficit."""
    for token in sentence.with_role("count"):
        rest = [t for t in sentence.tokens if t.start >= token.end][:3]
        new = [t for t in rest[:2] if t.role == "received"]
        direct = next((i for i, t in enumerate(rest) if t.role == "units"), 9) <= len(new) + (
            bool(rest) and rest[0].text.lower() == "av"
        )
        alone = "units" in sentence.roles and bool(
            re.match(r"\s+(?:redovisar|visar|har|ett?)\b", sentence.text[token.end :])
        )
        if (not direct and not alone) or (token.code == "1" and not new):
            continue
        left, right = sentence.clause(token.start)
        inside = [t for t in sentence.tokens if left <= t.start < right]
        after = [t for t in inside if t.start > token.end]
        stop = next((t.start for t in after if t.role == "count" and t.code != "1"), right)
        said = {t.code for t in after if t.role == "result" and t.start < stop}
        balance = any(t.role == "balance" and t.start < stop for t in after)
        if any(t.role == "received" for t in inside):
            measure = "antal_mottagna_verksamheter"
        elif any(s.endswith("-") for s in said):
            measure = "antal_verksamheter_med_underskott"
        elif balance or any(s.endswith("+") for s in said):
            measure = "antal_verksamheter_med_overskott_eller_balans"
        elif said or not of_all_units(sentence, token):
            continue
        else:
            measure = "antal_verksamheter"
        yield sentence.make(
            token.start,
            token.end,
            "unit_count",
            "count.units",
            "antal verksamheter",
            token.code,
            measure_code=measure,
            unit_code=sentence.own,
        )


OF_ALL = re.compile(
    r"(?:^|[.:] )av $|\b(?:best.{1,2}r av|omfattar|bedriver|driver|inneh.{1,2}ller|totalt|"
    r"sammanlagt|samtliga|alla|f.{1,2}rvaltningens|n.{1,2}mndens|"
    r"(?:f.{1,2}rvaltningen|n.{1,2}mnden) har)"
    r"(?: idag| nu| sina)? $",
    re.IGNORECASE,
)
"""What stands before a count of all units there are."""


def of_all_units(sentence: Sentence, token: Token) -> bool:
    """Whether a count of units is of all of them, and not of those that some words pick out."""
    return bool(OF_ALL.search(sentence.text[: token.start]))


def enumerations(sentence: Sentence) -> Iterator[Claim]:
    """A list of all units after a colon."""
    match = re.search(r"verksamheter: (.+?)\.?$", sentence.text)
    if match:
        items = re.split(r", | samt ", match[1])
        if len(items) > 2:
            yield sentence.make(
                match.start(1),
                match.end(1),
                "unit_count",
                "count.enumeration",
                "uppräkning av verksamheter",
                str(len(items)),
                measure_code="antal_verksamheter",
                unit_code=sentence.own,
            )


def statuses(sentence: Sentence) -> Iterator[Claim]:
    """Words that judge a goal: the goal that the sentence names, else the one whose section it
    is."""
    if not re.search(r"\bm.{1,2}l", sentence.text, re.IGNORECASE):
        return
    judgement = goals.judgement_in(sentence.text)
    if not judgement:
        return
    status = goals.status_of(judgement)
    left, right = sentence.clause(max(0, sentence.text.find(judgement)))
    named = named_goal(sentence, sentence.text[left:right])
    if named is None and named_goal(sentence, sentence.text):
        # Another clause names the goal of another judgement.
        return
    goal = named or sentence.goal
    says_value = any(
        t.role == "target" and damaged("målvärde").match(t.text.lower()) for t in sentence.tokens
    )
    about_goal = named or re.search(
        r"\b(?:m.{1,2}let|n.{1,2}mndm.{1,2}let)\b", sentence.text, re.IGNORECASE
    )
    if goal is None or not status or not about_goal:
        return
    start = sentence.text.find(judgement)
    before = sentence.text[:start]
    if says_value and re.search(damaged("målvärde").pattern, before[-60:].lower()):
        return
    yield sentence.make(
        start,
        start + len(judgement),
        "status",
        "status.goal",
        f"{goal.label}: målets status",
        judgement,
        goal_code=goal.label,
        stated=status,
    )


def named_goal(sentence: Sentence, text: str) -> goals.Goal | None:
    """The goal that a piece of a sentence names."""
    wanted = scanned(text)
    for name, goal in sentence.reader.lexicon.goals.items():
        if len(name) > 7 and name in wanted:
            return goal
    return None


def results(sentence: Sentence) -> Iterator[Claim]:
    """A surplus or a deficit of the administration or a unit, said in words."""
    for token in sentence.with_role("result"):
        sign = token.code[-1]
        positive = bool(re.search(r"positiv\w*\s*$", sentence.text[: token.start]))
        negative = (
            bool(re.search(r"negativ\w*\s*$|\bg.{1,2}r\s*$", sentence.text[: token.start]))
            and token.code != "result0"
        )
        if not token.code.startswith("result") or (
            sign not in "+-0" and not positive and not negative
        ):
            continue
        if sign == "-" and token.text.lower() == "back" and not negative:
            continue
        if "units" in sentence.roles and "count" in sentence.roles:
            continue
        if not is_declared(sentence, token):
            continue
        unit = sentence.unit_for(token.start)
        code = unit.code if unit else sentence.own
        is_own = code == sentence.own
        name = unit.name if unit else sentence.reader.concepts.administration_name
        if sign == "0":
            yield sentence.make(
                token.start,
                token.end,
                "value",
                "value.nil",
                f"{name}: {token.text}",
                "0,0 mnkr",
                measure_code=RESULT if is_own else RESULT_OF_UNIT,
                unit_code=code,
            )
            continue
        stated = "below" if sign == "-" or negative else "above"
        how = sentence.reader.concepts.orientation
        if how.is_net_cost and how.cost_sign > 0:
            # Where costs are printed positive, a surplus is a cost below its budget.
            stated = "above" if stated == "below" else "below"
        start = token.start
        if positive:
            start = sentence.text.rindex("positiv", 0, token.start)
        yield sentence.make(
            start,
            token.end,
            "target_direction",
            "direction.result",
            f"{name}: {token.text}",
            sentence.text[start : token.end],
            measure_code=RESULT if is_own else RESULT_OF_UNIT,
            unit_code=code,
            scenario="target" if is_own and not how.is_net_cost else "budget",
            stated=stated,
        )


DECLARED = re.compile(
    r"\b(?:ett|redovisa\w*|visa\w*|uppvisa\w*|g.{1,2}r|gjorde|ger|gav|har|hade|blev|blir|med|inneb\w*|"
    r"motsvara\w*|positiv\w*|negativ\w*|ekonomiskt|till|p.{1,2})\b",
    re.IGNORECASE,
)
"""Words of which one stands before a surplus or a deficit that somebody has."""
NOT_NOW = re.compile(
    r"\bbudget\w*,? som [^.,;]{0,25}$|\bfr.{1,2}n (?:ett |det )?(?:[^\W\d]+ )?$|"
    r"(?:19|20)\d\d,? d.{1,2} [^.,;]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a result that is the budget's or an earlier year's."""


def is_declared(sentence: Sentence, token: Token) -> bool:
    """Whether a sentence says that there is a surplus or a deficit this year, and does not just
    speak of the word, of several, of the budget's or of an earlier year's."""
    before = sentence.text[: token.start]
    near = words_before(sentence, token.start, 4)
    left, right = sentence.clause(token.start)
    if OTHERS.search(sentence.text[left:right]):
        return False
    if near and near[-1].role == "count" and near[-1].code != "1":
        return False
    if NOT_NOW.search(before[-70:]):
        return False
    is_definite = bool(re.search(r"et(?:s)?$", token.text)) or token.code == "result0"
    return is_definite or any(DECLARED.fullmatch(t.text) for t in near)


def directions(sentence: Sentence) -> Iterator[Claim]:
    """That a measure rose or fell, or stands above or below its target."""
    for token in sentence.with_role("direction"):
        if qualified(sentence, token.start, token.end, NEAR) or from_earlier(sentence, token.start):
            continue
        subjects = subjects_for(sentence, token)
        year_said = [t for t in sentence.with_role("year") if abs(t.start - token.start) < 30]
        if year_said and int(year_said[0].code) > sentence.report_year:
            continue
        for subject in subjects:
            gender = gender_for(sentence, token)
            unit = sentence.unit_for(subject.start, subject.end, subject.code)
            yield sentence.make(
                token.start,
                token.end,
                "year_direction",
                "direction.year",
                f"{subject.name}: {token.text}",
                token.text,
                measure_code=subject.code,
                unit_code=unit.code if unit else sentence.own,
                gender=gender,
                stated=token.code,
            )
    yield from of_income(sentence)
    yield from against_target(sentence)
    yield from against_last_year(sentence)


def of_income(sentence: Sentence) -> Iterator[Claim]:
    """That income or costs rose or fell: *ökade intäkter*, *lägre kostnader*."""
    tokens = sentence.tokens
    has_columns = sentence.reader.lexicon.has_income
    for token, subject in pairwise(tokens):
        if (
            token.role not in ("direction", "comparison")
            or subject.role != "result"
            or subject.code not in ("income", "cost")
        ):
            continue
        stated = {"above": "up", "below": "down"}.get(token.code, token.code)
        how = sentence.reader.concepts.orientation
        if has_columns and subject.code == "cost" and how.cost_column_sign > 0:
            # More of a cost is less, as the warehouse has it, and here it is printed as more.
            stated = {"up": "down", "down": "up"}.get(stated, stated)
        unit = sentence.unit_for(token.start)
        code = unit.code if unit else sentence.own
        yield sentence.make(
            token.start,
            subject.end,
            "year_direction",
            "direction.income",
            f"{unit.name if unit else ''}: {subject.text}",
            sentence.text[token.start : subject.end],
            measure_code=(RESULT if code == sentence.own else RESULT_OF_UNIT)
            if has_columns
            else "",
            unit_code=code,
            scenario=subject.code if has_columns else "outcome",
            stated=stated,
        )


def gender_for(sentence: Sentence, token: Token) -> str:
    """The gender that a statement is about: named before it in its clause."""
    found = [
        t for t in sentence.with_role("gender") if t.end <= token.start and token.start - t.end < 60
    ]
    return found[-1].code if found else "total"


def subjects_for(sentence: Sentence, token: Token) -> list[Mention]:
    """The measures that a word is said of: those before it in its clause, joined by *och*, else
    right behind."""
    left, right = sentence.clause(token.start)
    before = [m for m in sentence.measures if left <= m.start < token.start]
    behind = [m for m in sentence.measures if token.end <= m.start < min(right, token.end + 45)]
    if behind and re.match(r"(?:\s+\w+){0,2}\s*$", sentence.text[token.end : behind[0].start]):
        return behind[:1]
    if not before:
        return []
    chosen = [before[-1]]
    for mention in reversed(before[:-1]):
        between = sentence.text[mention.end : chosen[0].start].strip().lower()
        if between in ("och", "samt", ",", "eller"):
            chosen.insert(0, mention)
        else:
            break
    return chosen


def against_target(sentence: Sentence) -> Iterator[Claim]:
    """That a measure is above, below, met or missed against its target or budget."""
    lower = sentence.text.lower()
    for token in sentence.with_role("comparison"):
        rest = [t for t in sentence.tokens if token.end <= t.start < token.end + 45]
        target = next((t for t in rest if t.role in ("target", "budget")), None)
        if target is None or any(token.end <= v.start < target.start for v in values_in(sentence)):
            continue
        if any(0 <= token.start - v.end < 3 for v in values_in(sentence)):
            continue
        if token.text.lower() in ("under", "över") and target.start - token.end > 2:
            continue
        yield from compared(sentence, token.start, target.end, token.code, target.role)
    for match in re.finditer(
        rf"n{DA}r (?:inte|ej)(?: riktigt)?(?: upp till)?(?: uppsatt)? m{DA}lv{DA}rde\w*", lower
    ):
        yield from compared(sentence, match.start(), match.end(), "missed", "target")
    for match in re.finditer(
        rf"m{DA}lv{DA}rdet? [^.]{{0,60}}?(?P<verb>uppfylls|uppn{DA}s|n{DA}s)(?P<not> inte| ej)?",
        lower,
    ):
        stated = "missed" if match["not"] else "met"
        yield from compared(sentence, match.start("verb"), match.end(), stated, "target")


DA = "[aåäéiedo46]{1,2}"
NEAR_TARGET = re.compile(
    rf"(?:n{DA}got|strax|marginellt|obetydligt) (?:h{DA}gre {DA}n|l{DA}gre {DA}n|{DA}ver|under) "
    rf"[^.,;]{{0,25}}?m{DA}l\w*|n{DA}ra m{DA}l\w*|i niv{DA} med m{DA}l\w*"
)
"""Words that say that a measure stands near its target."""


def wordings(sentence: Sentence) -> Iterator[Claim]:
    """That a measure stands near its target."""
    for match in NEAR_TARGET.finditer(sentence.text):
        token = Token(match[0], match.start(), match.end(), "", "")
        for subject in subjects_for(sentence, token):
            unit = sentence.unit_for(subject.start, subject.end, subject.code)
            yield sentence.make(
                match.start(),
                match.end(),
                "wording",
                "wording.near_target",
                f"{subject.name} nära målvärdet",
                match[0],
                measure_code=subject.code,
                unit_code=unit.code if unit else sentence.own,
                scenario="target",
                gender=gender_for(sentence, token),
                stated="slightly",
            )


def compared(
    sentence: Sentence, start: int, end: int, stated: str, scenario: str
) -> Iterator[Claim]:
    """The claims of one comparison, of each measure that it is said of."""
    token = Token(sentence.text[start:end], start, end, "", "")
    for subject in (
        subjects_for(sentence, token) or ([m for m in sentence.measures if m.start < end][-1:])
    ):
        unit = sentence.unit_for(subject.start, subject.end, subject.code)
        yield sentence.make(
            start,
            end,
            "target_direction",
            "direction.target",
            f"{subject.name} mot målvärdet",
            sentence.text[start:end],
            measure_code=subject.code,
            unit_code=unit.code if unit else sentence.own,
            scenario=scenario,
            gender=gender_for(sentence, token),
            stated=stated,
        )


def against_last_year(sentence: Sentence) -> Iterator[Claim]:
    """That something is higher or lower than the year before."""
    for token in sentence.with_role("comparison"):
        rest = [t for t in sentence.tokens if token.end <= t.start < token.end + 40]
        base = next((t for t in rest if t.role in ("last_year", "year")), None)
        if (
            base is None
            or token.text.lower() in ("under", "över", "mer")
            or (base.role == "year" and int(base.code) != sentence.report_year - 1)
        ):
            continue
        stated = "up" if token.code == "above" else "down"
        subjects: Iterable[Mention] = subjects_for(sentence, token)
        result = last_token(sentence, token.start, "result", within=120)
        if not subjects and result and result.code.startswith("result"):
            unit = sentence.unit_for(token.start)
            code = unit.code if unit else sentence.own
            subjects = [
                Mention(
                    RESULT if code == sentence.own else RESULT_OF_UNIT,
                    "resultat",
                    result.start,
                    result.end,
                )
            ]
        for subject in subjects:
            unit = sentence.unit_for(subject.start, subject.end, subject.code)
            yield sentence.make(
                token.start,
                base.end,
                "year_direction",
                "direction.last_year",
                f"{subject.name}: {token.text}",
                sentence.text[token.start : base.end],
                measure_code=subject.code,
                unit_code=unit.code if unit else sentence.own,
                gender=gender_for(sentence, token),
                stated=stated,
            )


def read(document: Document, concepts: Concepts) -> list[Claim]:
    """The claims of a document's running text, without those that say the same of the same
    words."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in Reader(document, concepts).read():
        key = (
            claim.line_first,
            claim.printed_text,
            claim.kind,
            claim.measure_code,
            claim.unit_code,
            claim.gender,
            claim.goal_code,
            claim.scenario,
        )
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept


def left_over(document: Document, claims: Sequence[Claim]) -> list[Paragraph]:
    """The paragraphs with figures that no rule took."""
    taken = {
        n
        for claim in claims
        if claim.is_comparable
        for n in range(claim.line_first, claim.line_last + 1)
    }
    return [p for p in document.prose if p.line not in taken and any(c.isdigit() for c in p.text)]


def amount_of(claim: Claim) -> Decimal | None:
    """The number that a claim of a value says."""
    reading = numbers.read(claim.read_text, {})
    return reading.value if isinstance(reading, Number) else None

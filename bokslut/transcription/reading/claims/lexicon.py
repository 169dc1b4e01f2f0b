"""The words and names of a document, to be found in its sentences whatever their endings."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bokslut.transcription.reading import arithmetic, cells, heads, words
from bokslut.transcription.reading.claims.claim import Mention, Token
from bokslut.transcription.reading.concepts.concept import (
    INVESTMENTS,
    OTHER,
    RESULT,
    RESULT_OF_UNIT,
    Concept,
    Concepts,
)
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.concepts.names import AT_DATE, canonical
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.judged import statuses_in
from bokslut.transcription.reading.labels import code as coded
from bokslut.transcription.reading.labels import damaged, normal, scanned
from bokslut.transcription.reading.tables.table import ReadTable

TOKEN = re.compile(r"[^\W_]+(?:[&:/.-][^\W_]+)*|[%]")
CONFUSED = {"men", "man", "min"}
"""Words that are not *män*, though a scan may make them of it."""


@lru_cache
def vocabulary() -> tuple[tuple[re.Pattern[str], str, str, str], ...]:
    """Every word that decides something: its pattern, role, code and spelling."""
    found: list[tuple[str, str, str]] = []
    found += [(row["word"], "direction", row["stated"]) for row in words.table("directions")]
    found += [(row["word"], "comparison", row["stated"]) for row in words.table("comparisons")]
    found += [
        (row["word"], "result", f"{row['measure']}{row['sign']}") for row in words.table("results")
    ]
    found += [(word, "count", code) for word, code in words.of_numbers("count").items()]
    found += [(row["word"], "qualifier", row["says"]) for row in words.table("qualifiers")]
    for role in ("target", "budget", "forecast", "last_year", "units", "received", "balance"):
        found += [(word, role, "") for word in words.listed(role)]
    return tuple((damaged(word), role, code, word) for word, role, code in found)


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
    for pattern, role, code, _ in vocabulary():
        if pattern.fullmatch(lower):
            return role, code
    return "", ""


@lru_cache(maxsize=10_000)
def spelled(word: str) -> str:
    """A word that decides something as it is spelled, whatever a scan has made of its letters:
    `överskott` of `6verskott`. The warehouse knows words, not what they look like."""
    lower = word.lower()
    known = [word for pattern, _, _, word in vocabulary() if pattern.fullmatch(lower)]
    return word if lower in known or not known else known[0]


def tokens_of(text: str) -> list[Token]:
    """The words of a text; of two that mean something together the last has the meaning."""
    found = [
        Token(m[0], m.start(), m.end(), *meaning(m[0].rstrip("."))) for m in TOKEN.finditer(text)
    ]
    for index, (first, second) in enumerate(pairwise(found), 1):
        if f"{first.text} {second.text}".lower() in words.listed("offices"):
            found[index] = replace(second, role="", code="")
            continue
        if not first.role and not second.role:
            together = f"{first.text} {second.text}"
            role, code = meaning(together)
            whole = {"text": together, "start": first.start} if role == "result" else {}
            found[index] = replace(second, role=role, code=code, **whole)
    return found


NOT_NAMED = {
    RESULT,
    RESULT_OF_UNIT,
    INVESTMENTS,
    "ackumulerade_investeringar",
    OTHER,
    "ovriga_verksamheters_resultat",
}
"""Measures that words of their own (`words/results.csv`) name."""


DIFFERENCES = ("change", "deviation", "forecast_deviation")
HUNDRED = 100
ALIKE = Decimal("1.5")
"""How many times as large as another a figure may be that is like it."""


class Lexicon:
    """The names of a document, to be found in its sentences whatever their endings."""

    def __init__(self, concepts: Concepts, document: Document) -> None:
        """Collects names, abbreviations and single words that tell one measure from all others."""
        self.concepts = concepts
        is_scanned = document.stream.is_scanned or any(t.is_scanned for t in document.tables)
        self.units = [
            (forms_of(as_scanned(name) if is_scanned else name), key, name)
            for key, name in sorted(concepts.units.items(), key=lambda p: -len(p[1]))
            # The board's own row is no unit that a text speaks of: *nämnden* is all of it.
            if normal(name) not in ("namnd", "namnden", "styrelse", "styrelsen")
        ]
        own = concepts.administration_code
        name = own.replace("_", " ")
        own_forms = tuple((damaged(word),) for word in (name, f"{name}s", *words.listed("own")))
        self.units.append((own_forms, own, concepts.administration_name))
        names = dict(concepts.measures)
        for key, measure in document.template.measures.items():
            if key not in NOT_NAMED and not key.startswith(("antal_", "rang_")):
                names.setdefault(key, measure["measure_name_sv"])
        self.pairs = {(c.measure_code, c.unit_code) for c in concepts.lines.values()}
        self.printed = {measure for measure, _ in self.pairs}
        self.units_of = units_of(document, concepts)
        self.mixed = mixed(document, concepts)
        self.negative = negative(document, concepts)
        self.results = results_of_units(document, concepts)
        self.figures: dict[str, list[Decimal]] = {}
        self.levels: dict[tuple[str, str], set[Decimal]] = {}
        for table in document.tables:
            for line, figure in table.figures():
                if (concept := concepts.of(line)) and figure.number:
                    value = figure.number.value
                    self.figures.setdefault(concept.measure_code, []).append(value)
                    if figure.column.scenario not in DIFFERENCES:
                        unit = cells.unit_of(table, line, figure) or ""
                        level = abs(value) * IN_TKR.get(unit, 1)
                        of_unit = (concept.measure_code, concept.unit_code)
                        self.levels.setdefault(of_unit, set()).add(level)
        self.years = years_of(document, concepts)
        self.result_row = next(
            (
                measure
                for measure, unit in sorted(self.pairs)
                if unit == own and canonical(concepts.measures.get(measure, "")) == "arets resultat"
            ),
            "",
        )
        self.deviation_signs = deviation_signs(document, concepts)
        self.has_income = any(
            c.scenario in ("income", "cost") for t in document.tables for c in t.number_columns
        )
        named = {canonical(name) for name in concepts.measures.values()}
        for row in words.table("synonyms"):
            if normal(row["word"]) in named:
                # A row has the word for its own name.
                continue
            for key, name in concepts.measures.items():
                if normal(row["name"]) in normal(name):
                    names[f"{key}\0{row['word']}"] = row["word"]
                    break
        costs = {k: n for k, n in concepts.measures.items() if k in self.negative and n.isalpha()}
        # *Personalkostnaderna* of a row called *Personal*: before a template's own name for it.
        self.measures = [((cost_form(name),), key, name) for key, name in costs.items()]
        found = measure_forms({k: as_scanned(n) if is_scanned else n for k, n in names.items()})
        own = {key: name for _, key, name in measure_forms(names)}
        # As a scan spells it a name may be that of a gender, and have no forms.
        self.measures += [(forms, key, own[key]) for forms, key, _ in found if key in own]
        self.goals = {scanned(goal.label): goal for goal in document.goals if goal.label}
        # Each once, however often a text of many reports prints it.
        self.outcomes = list(dict.fromkeys(outcomes_of(document, concepts)))
        self.judged = [
            Judged(table, statuses) for table in document.tables if (statuses := statuses_in(table))
        ]
        self.tables = document.tables
        self._printed_words: dict[str, set[str]] = {}
        self._units: dict[str, list[tuple[tuple[re.Pattern[str], ...], str, str]]] = {}
        self._measures: dict[str, list[tuple[tuple[re.Pattern[str], ...], str, str]]] = {}

    def printed_words(self, measure: str) -> set[str]:
        """The words, in lower case, that the tables print with the rows of a measure."""
        if not self._printed_words:
            for table in self.tables:
                for line in table.lines:
                    concept = self.concepts.of(line)
                    said = [table.title, line.group, line.label]
                    said += [c.text for c in line.texts.values()] if concept else []
                    if concept:
                        there = self._printed_words.setdefault(concept.measure_code, set())
                        there |= set(re.findall(r"[^\W_]+", " ".join(said).lower()))
        return self._printed_words.get(measure, set())

    def counts(self, measure: str) -> bool:
        """Whether the tables print more than a hundred of a measure, which no per cent are."""
        return bool(self.units_of.get(measure)) or max(self.figures.get(measure, [0])) > HUNDRED

    def like(self, measure: str, value: Decimal) -> str:
        """Of a measure and others whose rows have its name the one whose figures are like a value;
        empty where none is, or several are."""
        others = self.concepts.namesakes.get(measure)
        if not others:
            return measure
        for times in (Decimal(1), ALIKE):
            found = [
                one
                for one in (measure, *sorted(others))
                if any(
                    abs(v) <= times * abs(value) and abs(value) <= times * abs(v)
                    for v in self.figures.get(one, [])
                )
            ]
            if found:
                return found[0] if len(found) == 1 else ""
        return ""

    def find_units(self, tokens: Sequence[Token]) -> list[Mention]:
        """The units that a sentence names."""
        return self._find(tokens, self.units, self._units)

    def find_measures(self, tokens: Sequence[Token]) -> list[Mention]:
        """The measures that a sentence names; of several at one place the one with most words in
        it."""
        found = [
            m
            for m in self._find(tokens, self.measures, self._measures)
            if " per " in m.name
            or not (is_per(tokens, m.end) or last_before(tokens, m.start) == "per")
        ]
        kept: list[Mention] = []
        for mention in sorted(found, key=lambda m: (m.start, -(m.end - m.start))):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return [chosen for m in kept if (chosen := self.qualified(m, tokens))]

    def qualified(self, mention: Mention, tokens: Sequence[Token]) -> Mention | None:
        """Of measures that share a word, the one whose other words stand in the sentence too; None
        where two that the tables have for one unit fit as well, and neither is named whole."""
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
        whole = normal(strip_counting(mention.name))
        spans = sum(mention.start <= t.start < mention.end for t in tokens)
        if spans == len(whole.split()) > 2 and not any(
            whole in normal(r[2]) and r[2] != mention.name for r in (*rivals, *longer)
        ):
            # Its own name stands there in full.
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
        level = {r[1].partition("\0")[0] for r in rivals if fit(r[2])[0] == fit(best[2])[0]}
        if len(level) > 1 and fit(best[2])[0] < 0 and self.share_a_unit(level):
            return None
        codes = tuple(dict.fromkeys(r[1].partition("\0")[0] for r in rivals))
        return Mention(best[1].partition("\0")[0], best[2], mention.start, mention.end, codes)

    def share_a_unit(self, measures: Container[str]) -> bool:
        """Whether the tables have two of some measures for one unit."""
        units = [unit for measure, unit in self.pairs if measure in measures]
        return len(units) > len(set(units))

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
                    # A whole name before a word of another.
                    and (
                        best is None
                        or len(form) > best[0]
                        or len(form) == best[0] == len(name.split()) < len(best[2].split())
                    )
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


@dataclass(frozen=True, slots=True)
class Printed:
    """An outcome of the year that a table prints: what it is of, and stems of its row's words."""

    concept: Concept
    name: str
    value: Decimal
    unit: str | None
    stems: frozenset[str]


def outcomes_of(document: Document, concepts: Concepts) -> Iterator[Printed]:
    """The outcomes of the year that the tables print."""
    for table in document.tables:
        for line, figure in table.figures():
            concept, column = concepts.of(line), figure.column
            year = line.fiscal_year or column.fiscal_year
            is_now = column.scenario == "outcome" and year == document.report_year
            if not concept or not concept.measure_code or not figure.number or not is_now:
                continue
            named = re.findall(r"[^\W\d_]{4,}", f"{line.group} {line.label}")
            gender = line.gender or column.gender or concept.gender
            yield Printed(
                replace(concept, gender=gender),
                line.label,
                figure.number.value,
                cells.unit_of(table, line, figure),
                frozenset(
                    scanned(word)[:5]
                    for word in named
                    if word.lower() not in (*words.listed("counting"), "varav")
                ),
            )


@dataclass(frozen=True, slots=True)
class Judged:
    """A table whose rows are judged, or none for all of them, and the statuses that they have."""

    table: ReadTable | None
    statuses: dict[int, str]

    @property
    def key(self) -> str:
        """What the rows are counted under."""
        return coded(f"{self.table.place if self.table else 'alla'} bedomningar")


def last_before(tokens: Sequence[Token], start: int) -> str:
    """The word before a place."""
    return next((t.text.lower() for t in reversed(tokens) if t.end <= start), "")


def is_per(tokens: Sequence[Token], end: int) -> bool:
    """Whether *per* and what something is counted by stand right behind a place; no date does."""
    behind = [t.text.lower() for t in tokens if t.start >= end][:2]
    return len(behind) == 2 and behind[0] == "per" and behind[1].isalpha() and behind[1] != "den"


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


def mixed(document: Document, concepts: Concepts) -> set[str]:
    """The measures of whose rows the tables print amounts of money beside figures of other
    things."""
    kinds: dict[str, set[bool]] = {}
    for table in document.tables:
        for line, figure in table.figures():
            concept = concepts.of(line)
            if concept and figure.number and figure.column.scenario in ("outcome", "cost"):
                is_money = cells.unit_of(table, line, figure) in IN_TKR
                kinds.setdefault(concept.measure_code, set()).add(is_money)
    return {measure for measure, said in kinds.items() if len(said) > 1}


def years_of(document: Document, concepts: Concepts) -> dict[str, set[int]]:
    """The years that the tables print an outcome of each measure for."""
    found: dict[str, set[int]] = {}
    for table in document.tables:
        for line, figure in table.figures():
            year = line.fiscal_year or figure.column.fiscal_year
            concept = concepts.of(line)
            if concept and figure.number and year and figure.column.scenario == "outcome":
                found.setdefault(concept.measure_code, set()).add(year)
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


def results_of_units(document: Document, concepts: Concepts) -> dict[str, Decimal]:
    """The result of each unit, or how far it is from its budget of net cost, in tkr, by the first
    table that says so."""
    found: dict[str, Decimal] = {}
    wanted = "deviation" if concepts.orientation.is_net_cost else "outcome"
    for table in document.tables:
        for line, figure in table.figures():
            concept, column = concepts.of(line), figure.column
            is_now = column.fiscal_year in (None, document.report_year)
            if not concept or not figure.number or not is_now or column.scenario != wanted:
                continue
            unit = cells.unit_of(table, line, figure)
            if concept.measure_code == RESULT_OF_UNIT and unit in IN_TKR:
                found.setdefault(concept.unit_code, figure.number.value * IN_TKR[unit])
    return found


def deviation_signs(document: Document, concepts: Concepts) -> dict[str, int]:
    """What a column of deviations prints for more of a measure: 1 or -1, as its rows add up; 0
    where they do not tell, or two tables differ."""
    found: dict[str, int] = {}
    for table in document.tables:
        columns = table.number_columns
        if not any(c.scenario == "deviation" and c.name for c in columns):
            # What no seed has a column for is held against nothing.
            continue
        terms = [r.terms for r in arithmetic.relations(table) if r.name == "deviation"]
        sign = 0 if not terms else -1 if columns[terms[0][0][0]].scenario == "budget" else 1
        for line in table.lines:
            if concept := concepts.of(line):
                same = found.setdefault(concept.measure_code, sign) == sign
                found[concept.measure_code] = sign if same else 0
    return found


def last_word(mention: Mention) -> str:
    """The last word of a name, in lower case."""
    return normal(mention.name).split()[-1]


ENDING = (
    r"(?::?s|:?en|:?n|:?et|:?t|ns|ens|ets|m?(?:et|en)s?|(?:arn|ern|orn|n)as?|er|ar|or|"
    r"[-s]?(?:enhet|avdelning|verksamhet)(?:en|ens))?"
)
"""The endings of nouns, and words that make a unit of what it does."""
STEMS = (
    ("are", 1, "(?:en?|na)s?"),
    ("a", 1, "(?:an?|or(?:na)?)s?"),
    ("um", 2, "(?:um(?:et)?|et|er(?:na)?)s?"),
    ("el", 2, "l(?:et|en|ar(?:na)?)s?"),
    ("er", 2, "r(?:et|en|ar(?:na)?|er(?:na)?)s?"),
)
"""Words that lose some letters of their end before an ending: what they end in, how many letters,
and the endings."""


def bent(word: str, endings: str) -> str:
    """The pattern of a word, damaged or not, and its endings."""
    return damaged(word).pattern.replace(r"\-", "[- ]?") + endings


def declined(noun: str) -> str:
    """The pattern of a noun in all its forms: *skola*, *skolornas*; *museum*, *museet*."""
    if noun.endswith("ade"):
        # With an ending it is what somebody did: *avslutade*, *avslutades*.
        return bent(noun, "")
    forms = [bent(noun, ENDING)]
    forms += [
        bent(noun[: -len(row["noun"])] + row["plural"], "(?:na)?s?")
        for row in words.table("irregular_nouns")
        if noun.endswith(row["noun"])
    ]
    forms += [
        bent(noun[:-cut], endings)
        for end, cut, endings in STEMS
        if noun.endswith(end) and len(noun) > len(end) + 2
    ]
    return f"(?:{'|'.join(forms)})"


def cost_form(name: str) -> tuple[re.Pattern[str], ...]:
    """The form of a row of costs that says what it is: *konsultkostnaderna* of *Konsulter*."""
    stem = re.sub(r"(?<=[^\W\d]{4})(?:er|ar|or)$", "", name.lower())
    return (re.compile(damaged(stem).pattern + r"s?kostnad(?:en|er|erna)?s?"),)


def adjective(word: str) -> str:
    """The pattern of an adjective, definite or not: *eget*, *egna*; *särskilt*, *särskilda*."""
    forms = [bent(word, "[ae]?")]
    if word.endswith("t") and len(word) > 3:
        forms.append(bent(word[:-1], "(?:d?a|e)"))
    if word.endswith("et") and len(word) > 3:
        forms.append(bent(word[:-2], "na"))
    return f"(?:{'|'.join(forms)})"


UNSURE = re.compile(
    r"[oaéèêóô]|(?<!\d)[60](?=[^\W\d_]{2})|(?<=[^\W\d_])[60](?=[^\W\d_]|\b)", re.IGNORECASE
)
"""What a scan prints where a letter with a ring or dots may have stood."""


def as_scanned(name: str) -> str:
    """A name that a scan has printed, for finding it in a text that the scan has damaged otherwise:
    `Föreningsst6d` and `Foreningsstédet`."""
    return UNSURE.sub("ö", name)


@lru_cache(maxsize=20_000)
def forms_of(name: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The forms in which a text may have a name: with endings, with a hyphen or as one word."""
    clean = re.sub(r"\(.*?\)| [A-Z]+[-–]\d+$|^\d{2,5} (?=[^\W\d])", "", name)
    clean = clean.replace("&", "och").strip()
    parts = [p for p in re.split(r"[\s/]+", clean.lower()) if p]
    if not parts:
        return ()
    # Before *per* and behind it a word has its ending, *kostnaden per elev*; an adjective has one.
    is_rate = "per" in parts[1:-1]
    whole = [
        re.compile(
            bent(p, "" if p == "per" else r"(?:en|n|et|t)?")
            if is_rate
            else declined(p)
            if following in words.listed("prepositions")
            else adjective(p)
        )
        for p, following in pairwise(parts)
    ]
    last = re.compile(declined(parts[-1]))
    forms = [(*whole, last)]
    for stem, endings in ((r"(.{3,}ar)e", "nas?"), (r"(.{3,})um", "ets?|er|erna")):
        # *barnskötare, barnskötarna* and *museum, museet* lose what their endings stand for.
        if found := re.fullmatch(stem, parts[-1]):
            forms.append((*whole, re.compile(f"{damaged(found[1]).pattern}(?:{endings})")))
    if "-" in clean:
        pieces = re.split(r"[\s-]+", clean.lower())
        forms.append(
            (
                *(re.compile(damaged(p).pattern) for p in pieces[:-1]),
                re.compile(declined(pieces[-1])),
            )
        )
    elif len(parts) == 2:
        forms.append((re.compile(damaged(parts[0]).pattern + "[-/]" + declined(parts[1])),))
    if len(parts) == 3 and parts[1] == "och":
        forms.append((re.compile(damaged(parts[0]).pattern + "/" + declined(parts[2])),))
    return tuple(forms)


def measure_forms(
    names: dict[str, str],
) -> Iterator[tuple[tuple[tuple[re.Pattern[str], ...], ...], str, str]]:
    """The forms of each measure: its whole name, its abbreviation, and long words that only it
    has."""
    counted: dict[str, int] = {}
    for name in names.values():
        for word in set(canonical(name).split()):
            counted[word] = counted.get(word, 0) + 1
    for key, name in names.items():
        name = AT_DATE.sub("", name).strip()
        if gender_of(strip_counting(name).lower()):
            # *Andel män* is no name for men.
            continue
        first, _, last = name.rpartition(",")
        name = first if first and heads.unit_in(last) else name
        name, of_unit, unit = name.rpartition(" i ") if heads.unit_in(name) else (name, "", "")
        name = name if of_unit and heads.unit_in(unit) else f"{name}{of_unit}{unit}"
        forms = list(forms_of(strip_counting(name)))
        if normal(name).split()[:1] and normal(name).split()[0] in REST:
            # What is left of something is not all of it.
            yield tuple(forms), key, name
            continue
        for short in re.findall(r"\(([A-ZÅÄÖ]{2,6})\)", name):
            forms.append((re.compile(short.lower() + r"(?:[:-]?\w{0,7})?"),))
        stripped = strip_counting(name)
        for part in re.split(r"[\s,/]+", stripped):
            # A long word, or the first of a name, tells a measure where no other has it.
            is_first = stripped.startswith(part) and (
                stripped.partition(",")[0] == part != stripped
                or SCHOOL_CLASS.search(stripped) is not None
            )
            if " per " in stripped.partition(",")[0] or normal(part) in result_words():
                continue
            if any(c.isdigit() for c in SCHOOL_CLASS.sub("", stripped)):
                # Of more than 60 days, of 18 to 24 years: a part, which its long word does not say.
                continue
            # A short word is one only where it stands alone before a comma, and in no other name.
            most = 2 if len(part) > SHORT else stripped.startswith(f"{part},")
            is_long = len(part) > 11 or (
                len(part) > 9 and stripped.startswith(part) and counted.get(normal(part)) == 1
            )
            if (
                (is_long or is_first)
                and counted.get(normal(part), 9) <= most
                and normal(part) not in common()
            ):
                forms += forms_of(part)
        both = stripped.split(" och ")
        if len(both) == 2 and all(" " not in part and len(part) > 5 for part in both):
            forms += [form for part in both for form in forms_of(part)]
        yield tuple(dict.fromkeys(forms)), key, name


SHORT = 7
"""How many letters a word has at most that may be one of any name."""
REST = {normal(row["word"]) for row in words.table("rest_words")}
"""Words before a name that make the rest of it."""
SCHOOL_CLASS = re.compile(r" (?:åk|årskurs|klass) \d\b", re.IGNORECASE)


@lru_cache
def result_words() -> frozenset[str]:
    """The words that say results, costs and investments, which name no other measure by
    themselves."""
    return frozenset(normal(row["word"]) for row in words.table("results"))


@lru_cache
def common() -> frozenset[str]:
    """Long words of names that tell no measure from others, in normal form."""
    return frozenset(normal(word) for word in words.listed("common"))


def strip_counting(name: str) -> str:
    """A name without the words before it that only say how it is counted."""
    part = re.sub(r"^(?:[-–] )?(?:varav|därav) ", "", name, flags=re.IGNORECASE)
    first = normal(part).split()[:1]
    is_name = len(part) > SHORT and not {*first} & (
        {*words.listed("prepositions")} | result_words()
    )
    name = part if is_name else name
    return (
        re.sub(
            r"^(?:(?:antal|antalet|andel|andelen|total|totalt|totala|genomsnittligt?|extern|"
            r"låg frekvens av)\s+)+",
            "",
            name,
            flags=re.IGNORECASE,
        )
        or name
    )

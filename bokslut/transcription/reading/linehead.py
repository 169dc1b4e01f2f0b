"""Heads of tables of lines: which columns the words and years of one line or several say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from bokslut.transcription.reading import heads, numbers, words
from bokslut.transcription.reading.labels import scanned
from bokslut.transcription.reading.recognise import blocks, of_every_report
from bokslut.transcription.reading.template import Template, TemplateColumn

DATE = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d)?|(?:19|20)\d\d[-–/](?:19|20)\d\d")
"""A date, or the two years that a change lies between."""
YEARS = (heads.YEAR, heads.GLUED_YEARS, heads.SCHOOL_YEAR, DATE)
LONGEST_HEAD = 120
STRAY = re.compile(r"(?<=\s)[_~'\"“”‘’]+(?=\s)")
"""What a scan makes of a line between columns."""
NO_YEAR = ("deviation", "change", "note", "unit", "status", "text")
TEXT_KINDS = ("unit", "status", "text")
SCENARIO_KINDS = ("budget", "forecast", "deviation", "target", "change")


@dataclass(frozen=True, slots=True)
class Unit:
    """One column that a line of a head says.

    Attributes:
        text: its words.
        kind: the role of its word; `year` for a year alone, `gender`, `rest` for the end of a word.
        has_year: a year is among its words.
    """

    text: str
    kind: str
    has_year: bool = False


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of a head: the words before its columns, and the columns."""

    label: str
    units: tuple[Unit, ...]

    @property
    def figures(self) -> tuple[Unit, ...]:
        """Its columns without those of words that stand before or behind the figures."""
        kept = list(self.units)
        while kept and kept[0].kind in TEXT_KINDS:
            kept.pop(0)
        while kept and kept[-1].kind in TEXT_KINDS:
            kept.pop()
        return tuple(kept)

    @property
    def has_unit_before(self) -> bool:
        """Whether the last column before the figures is that of units of measure."""
        return bool(self.figures) and self.units[0].kind == "unit"

    @property
    def has_texts_behind(self) -> bool:
        """Whether columns of words stand behind the figures."""
        return bool(self.figures) and self.units[-1].kind in TEXT_KINDS

    @property
    def is_head(self) -> bool:
        """Whether it can be a line of a head."""
        return len(self.figures) > 1 or (len(self.figures) == 1 and not self.label)


@lru_cache(maxsize=100_000)
def kind_of(token: str) -> str | None:
    """`year`, `modifier`, `gender` or a role, of one word of a head; None for any other."""
    bare = token.strip(".,:;()|")
    if any(form.fullmatch(bare) for form in YEARS):
        return "year"
    if not bare or bare[0].isdigit():
        return None
    role = heads.word_role(bare.rstrip("-"))
    if role:
        return role
    return "gender" if heads.gender_in(bare) else None


PER_CENT = re.compile(
    r"(?<=, )(?:Y[o0]?|N[YH]|H[NY]|9(?:26)?[60]0?)(?!\w)|"
    r"(?<=\()(?:Y[o0]|9(?:26)?[60]0?|2[60]0)(?=\))"
)
"""What a scan makes of a per cent sign behind the name of a column."""


@lru_cache(maxsize=200_000)
def parse(text: str) -> HeadLine:
    """The columns that a line says, from the left.

    What stands before them is the table's name, or heads of its columns of labels.
    """
    if len(text) > LONGEST_HEAD or not any(c.isalnum() for c in text) or is_sentence(text):
        return HeadLine(text, ())
    text = PER_CENT.sub("%", text)
    tokens = STRAY.sub(" | ", text.replace("|", " | ").replace(" = ", " | ")).split()
    by_words, by_capitals = of_words(text, tokens), of_capitals(tokens)
    best = max(by_words, by_capitals, key=lambda line: (len(line.figures), -strays(line)))
    return with_first_word(best)


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does: `Två av sju redovisar underskott mot budget.`"""
    return text.endswith(".") and sum(word[0].islower() for word in text.split()) > MOST_WORDS


def with_first_word(line: HeadLine) -> HeadLine:
    """A line whose first column has the word that those of other years have: `Index 2021 Index
    2022`, of which only the second is told from the head of the labels by what stands before
    it."""
    label, _, word = line.label.rpartition(" ")
    others = [unit.text.rpartition(" ")[0] for unit in line.units[1:] if unit.kind == "year"]
    if not word or word not in others or not numbers.is_year(line.units[0].text[:4]):
        return line
    first = replace(line.units[0], text=f"{word} {line.units[0].text}")
    return HeadLine(label, (first, *line.units[1:]))


def strays(line: HeadLine) -> int:
    """How many columns of a line begin with a small letter."""
    return sum(unit.text[0].islower() for unit in line.figures)


FEWEST_KNOWN = 3
MOST_WORDS = 4


def of_capitals(tokens: Sequence[str]) -> HeadLine:
    """The columns of a line in which each begins with a capital or is a year; none where a column
    between two others says nothing."""
    parts: list[list[str]] = []
    for token in tokens:
        is_year = kind_of(token) == "year"
        if is_year and parts and takes_year(" ".join(parts[-1])):
            parts[-1].append(token)
        elif is_year or token[0].isupper() or begins_anew(token, parts):
            parts.append([token])
        elif parts and token != "|" and not token[0].isdigit():
            parts[-1].append(token)
        else:
            return HeadLine(" ".join(tokens), ())
    texts = [" ".join(part) for part in parts]
    kinds = [kind_of_column(text) for text in texts]
    first = next((i for i, k in enumerate(kinds) if k and (i or k == "gender")), len(kinds))
    inner = kinds[first:-1]
    if (
        sum(kind not in (None, *TEXT_KINDS) for kind in kinds[first:]) < FEWEST_KNOWN
        or None in inner
        or max(map(len, parts)) > MOST_WORDS
    ):
        return HeadLine(" ".join(tokens), ())
    units = [
        Unit(text, kind or "text", bool(heads.read(text).years))
        for text, kind in zip(texts[first:], kinds[first:], strict=True)
    ]
    return HeadLine(" ".join(texts[:first]), tuple(units))


def begins_anew(token: str, parts: Sequence[Sequence[str]]) -> bool:
    """Whether a word in small letters says the next column: `Utfall 2024 utfall 2023`."""
    is_whole = bool(parts) and kind_of(parts[-1][-1]) == "year" and len(parts[-1]) > 1
    return is_whole and kind_of(token) in heads.NUMBERS


def takes_year(text: str) -> bool:
    """Whether a year behind the words of a column is of that column."""
    says = heads.read(text)
    kinds = {kind_of(token) for token in text.split()}
    return not says.years and (says.role == "number" or bool(kinds & {"modifier", "gender"}))


def kind_of_column(text: str) -> str | None:
    """The kind of a column by all its words; None where they do not say it."""
    says = heads.read(text)
    if says.role == "number":
        return says.scenario or ("gender" if says.gender else "year")
    if says.gender or says.role != "unknown":
        return "gender" if says.gender else says.role
    return "outcome" if kind_of(text) == "modifier" else None


def of_words(text: str, tokens: Sequence[str]) -> HeadLine:
    """The columns of a line by its words, each known or beside one that is."""
    units: list[Unit] = []
    pending: list[str] = []
    start = 0
    kinds = [kind_of(token) for token in tokens]
    if tokens[0].endswith(","):
        # `Investeringar, mnkr`: the name of the table, whose unit may stand on the next line.
        kinds[0] = None
    by_gender = sum(pair == ("gender", "year") for pair in pairwise(kinds)) > 1
    compared = -1
    for index, token in enumerate(tokens):
        kind = "|" if token == "|" else kinds[index]
        if index == compared:
            # `Avvikelse mot budget`: what it is measured against is no column.
            units[-1] = replace(units[-1], text=f"{units[-1].text} {token}")
        elif (
            not kind
            and units
            and units[-1].kind in ("deviation", "change")
            and token.isalpha()
            and token.islower()
            and index + 1 < len(tokens)
            and kinds[index + 1] not in (None, "year")
            and tokens[index + 1].islower()
        ):
            units[-1] = replace(units[-1], text=f"{units[-1].text} {token}")
            compared = index + 1
        elif (
            kind == "year"
            and by_gender
            and not pending
            and units[-1:]
            and is_bare_gender(units[-1])
        ):
            units[-1] = replace(units[-1], text=f"{units[-1].text} {token}", has_year=True)
        elif (
            units
            and not pending
            and (is_gender_behind(token, units[-1]) or (not kind and is_period(token, units[-1])))
        ):
            units[-1] = replace(units[-1], text=f"{units[-1].text} {token}")
        elif kind == "year":
            units = with_year(units, token, pending)
            pending = []
        elif kind == "modifier" and goes_on(token, units, tokens, index):
            units[-1] = replace(units[-1], text=f"{units[-1].text} {token}")
        elif kind == "modifier":
            if pending and pending[-1].lower() == token.lower():
                units.append(Unit(" ".join(pending), "outcome"))
                pending = []
            pending.append(token)
        elif kind == "|":
            if pending and units:
                units.append(Unit(" ".join(pending), "outcome"))
                pending = []
        elif kind:
            if pending and kind == "gender":
                units.append(Unit(" ".join(pending), "gender"))
                pending = []
            units.append(Unit(" ".join([*pending, token]), kind))
            pending = []
        elif (
            units
            and measure_of(token)
            and (units[-1].has_year or units[-1].kind in ("change", "deviation"))
        ):
            units = with_measure(units, token)
        elif units and leads_to_year(tokens, index):
            if units[-1].has_year:
                pending.append(token)
            else:
                units[-1] = Unit(f"{units[-1].text} {token}", units[-1].kind)
        elif (
            units
            and index == len(tokens) - 1
            and len(token) <= 6
            and token.isalpha()
            and (len(units) > 1 or not measure_of(token))
        ):
            units.append(Unit(token, "rest"))
        else:
            units, pending, start = [], [], index + 1
    if pending and units and all(u.kind == "year" for u in units) and len(units) > 1:
        # `2020 2019 helår`: words under a column that has no year.
        units.append(Unit(" ".join(pending), "rest"))
    elif pending and units and pending[0][:1].islower() and units[-1].kind != "gender":
        # `Prognos totalt`: a column of its own would begin with a capital.
        units[-1] = replace(units[-1], text=" ".join([units[-1].text, *pending]))
    elif pending:
        units.append(
            Unit(" ".join(pending), "gender" if units and units[-1].kind == "gender" else "outcome")
        )
    first = next((i for i, t in enumerate(tokens[start:], start) if t != "|"), len(tokens))
    return HeadLine(
        " ".join(t for t in tokens[:first] if t != "|") if units else text, tuple(units)
    )


def is_gender_behind(token: str, unit: Unit) -> bool:
    """Whether a word in small letters is the gender of the column before it: `Utfall 2023 män`."""
    is_dated = unit.has_year and unit.kind in ("outcome", "budget", "forecast", "target")
    is_open = is_dated and heads.gender_in(unit.text) is None
    return is_open and token.islower() and heads.gender_in(token) is not None


PERIOD = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*|t\.?o\.?m\.?")


def is_period(token: str, unit: Unit) -> bool:
    """Whether a word is the period that a column is of: the month of a forecast, the years of a
    change (`22–23`)."""
    if unit.kind == "change":
        return bool(re.fullmatch(r"\d\d[-–/]\d\d", token))
    is_open = unit.kind in ("outcome", "forecast", "budget") and not unit.has_year
    return is_open and bool(PERIOD.fullmatch(token))


def with_texts_behind(text: str) -> str:
    """A line of a head whose last column is one of words, whatever its own words say."""
    line = parse(text)
    if len(line.figures) < FEWEST_KNOWN or line.has_texts_behind:
        return text
    last = line.units[-1].text
    return f"{text.removesuffix(last).rstrip()} {TEXT_COLUMN}" if text.endswith(last) else text


TEXT_COLUMN = "Kommentar"


def is_bare_gender(unit: Unit) -> bool:
    """Whether a column is that of a gender, of no year yet."""
    return unit.kind == "gender" and not unit.has_year


def with_year(units: list[Unit], token: str, pending: list[str]) -> list[Unit]:
    """The columns with a year added: to the word before it, or as a column of its own."""
    if heads.GLUED_YEARS.fullmatch(token):
        return [*units, *(Unit(str(year), "year", True) for year in heads.years_of(token))]
    last = units[-1] if units else None
    if (
        not pending
        and last
        and not last.has_year
        and last.kind not in ("note", "unit", "gender", "rest")
    ):
        return [*units[:-1], Unit(f"{last.text} {token}", last.kind, True)]
    return [*units, Unit(" ".join([*pending, token]), "year", True)]


@lru_cache
def measures() -> frozenset[str]:
    """The words for units of measure, as one token."""
    return frozenset(w for w in words.of_numbers("unit") if " " not in w)


def measure_of(token: str) -> bool:
    """Whether a token is a unit of measure and no more: `%`, `(tkr)`."""
    return token.strip("()|,").lower() in measures()


def with_measure(units: list[Unit], token: str) -> list[Unit]:
    """The columns with a unit of measure added: to the last, or as what stands under a column of
    its own."""
    if all(u.kind == "year" for u in units) and not token.startswith("("):
        return [*units, Unit(token, "measure")]
    return [*units[:-1], replace(units[-1], text=f"{units[-1].text} {token}")]


def leads_to_year(tokens: Sequence[str], index: int) -> bool:
    """Whether a year follows within two words, so that a word between belongs to its column."""
    for later in tokens[index + 1 : index + 3]:
        if kind_of(later) == "year":
            return True
        if kind_of(later):
            return False
    return False


def goes_on(token: str, units: Sequence[Unit], tokens: Sequence[str], index: int) -> bool:
    """Whether a word in small letters belongs to the column before it: `Utfall jan-dec 2022`."""
    is_open = bool(units) and not units[-1].has_year and units[-1].kind != "gender"
    return token.islower() and is_open and leads_to_year(tokens, index)


def column_labels(lines: Sequence[HeadLine], width: int) -> list[str]:
    """What each of so many columns is called; empty where the lines of a head do not say it."""
    said = [line.figures for line in lines if line.figures]
    if not said:
        return []
    said = [said[0], *(with_own_year(below, above) for above, below in pairwise(said))]
    if len(lines) == 2 and goes_on_below(*lines):
        return [label for label in under(*lines) if label] if len(said[0]) == width else []
    full = [
        units for units in said if len(units) == width and not any(u.kind == "rest" for u in units)
    ]
    if full and len(full) == len(said):
        return [" ".join(u.text for u in parts) for parts in zip(*full, strict=True)]
    years = next((units for units in said if all(u.kind in ("year", "measure") for u in units)), ())
    if full:
        return completed(full[-1], [u for u in said if u is not full[-1]], years)
    rest = "".join(fragments(lines))
    is_more = heads.read(rest).scenario in ("target", "budget", "forecast", "deviation", "change")
    only_years = [u.text for units in said for u in units if u.kind == "year"]
    if len(only_years) == width - 1 and is_more:
        return [*only_years, rest]
    says_more = any(u.kind in SCENARIO_KINDS for units in said for u in units)
    if len(only_years) == width and not is_more and not says_more:
        return only_years
    return []


def with_own_year(below: Sequence[Unit], above: Sequence[Unit]) -> Sequence[Unit]:
    """The columns of a line of genders whose last has a year, which is that of the column without
    one at the end of the line above: `Kvinnor Män Totalt 2022` below `Utfall 2021 Mål`."""
    word, _, year = below[-1].text.rpartition(" ")
    genders = [unit for unit in below[:-1] if is_bare_gender(unit)]
    is_theirs = len(genders) > 1 and heads.gender_in(word) and numbers.is_year(year)
    if not is_theirs or above[-1].has_year or above[-1].kind in (*NO_YEAR, "gender"):
        return below
    return (*below[:-1], Unit(word, "gender"), Unit(year, "year", True))


def goes_on_below(above: HeadLine, below: HeadLine) -> bool:
    """Whether a line begins with words, in small letters, that belong to columns of the line above
    it: `totalt t.o.m. 2022 2023` below `Projekt Budget Upparbetat Utfall`."""
    is_small = bool(below.label) and all(w[0].islower() for w in below.label.split())
    return is_small and bool(above.label) and len(above.figures) > 2 and bool(below.units)


def under(above: HeadLine, below: HeadLine) -> Iterator[str]:
    """The labels of the columns of figures of a line with what stands below each; none where the
    words below can be parted in several ways."""
    tokens = below.label.split()
    more = len(above.units) - len(below.units)
    parts = [u.text for u in below.units]
    if more == len(tokens):
        parts = [*tokens, *parts]
    elif more in (0, 1):
        own, first = ([" ".join(tokens[:-1])], tokens[-1:]) if more else ([], tokens)
        parts = [*own, " ".join([*first, parts[0]]), *parts[1:]]
    else:
        return
    for unit, part in zip(above.units, parts, strict=True):
        if unit in above.figures:
            yield f"{unit.text} {part}"


def completed(
    full: Sequence[Unit], others: Sequence[Sequence[Unit]], years: Sequence[Unit]
) -> list[str]:
    """The labels of a line that says every column, with what other lines say of some."""
    labels = [u.text for u in full]
    if any(len(units) > len(full) for units in others):
        return []
    for units in others:
        if len(units) == 1 < len(full) and units[0].text.islower():
            # `Beslutad` over `totalbudget`: the rest of one column's words, of none that is whole.
            open_ones = [i for i, u in enumerate(full) if not u.has_year and u.kind not in NO_YEAR]
            if len(open_ones) == 1:
                labels[open_ones[0]] += f" {units[0].text}"
        elif len(units) == len(full) and len(units) > 2:
            labels = [f"{label} {u.text}" for label, u in zip(labels, units, strict=True)]
        elif units is years and len(units) == len(
            bare := [i for i, u in enumerate(full) if not u.has_year and u.kind not in NO_YEAR]
        ):
            for unit, i in zip(units, bare, strict=True):
                labels[i] = f"{labels[i]} {unit.text}"
        elif units is years and not any(u.has_year for u in full):
            takes = [i for i, u in enumerate(full) if u.kind not in NO_YEAR]
            all_figures = [i for i, u in enumerate(full) if u.kind not in ("note", *TEXT_KINDS)]
            if len(units) == len(all_figures):
                takes = all_figures
            groups = repeated_groups(full)
            if len(units) == len(takes):
                positions = [[i] for i in takes]
            elif len(units) == 1:
                positions = [takes]
            elif len(groups) == len(units):
                positions = groups
            elif places := next(
                (
                    places
                    for kind in ("target", "forecast")
                    if len(units) == len(places := [i for i in takes if full[i].kind != kind])
                ),
                None,
            ):
                positions = [[i] for i in places]
            else:
                return []
            for unit, places in zip(units, positions, strict=True):
                for i in places:
                    labels[i] = f"{labels[i]} {unit.text}"
        elif len(units) < len(full):
            groups = repeated_groups(full)
            if len(groups) == len(units):
                for unit, places in zip(units, groups, strict=True):
                    for i in places:
                        labels[i] = f"{unit.text} {labels[i]}"
            elif not all(u.kind == "rest" for u in units) and not all(u.has_year for u in full):
                return []
    return labels


def repeated_groups(units: Sequence[Unit]) -> list[list[int]]:
    """Columns grouped so that each group begins where a name comes again."""
    groups: list[list[int]] = [[]]
    seen: set[str] = set()
    for index, unit in enumerate(units):
        name = scanned(unit.text)
        is_behind_genders = unit.kind == "year" and bool(seen) and is_bare_gender(units[index - 1])
        if name in seen or is_behind_genders:
            groups.append([])
            seen = set()
        seen.add(name)
        groups[-1].append(index)
    return groups


def fragments(lines: Sequence[HeadLine]) -> Iterator[str]:
    """The pieces of the word of a last column that has no year, from the top: `Malvi`, `rde`."""
    for line in lines:
        if not line.units and line.label and " " not in line.label:
            yield line.label
        elif len(line.units) == 1 and not line.label and line.units[0].kind != "year":
            yield line.units[0].text
        elif (
            line.units and line.units[-1].kind in ("rest", "target") and not line.units[-1].has_year
        ):
            yield line.units[-1].text


def nearest_block(
    printed: str, width: int, template: Template
) -> tuple[tuple[TemplateColumn, ...], float]:
    """The columns of a template whose names are most like a head, and how alike they are, 0 to
    100."""
    wanted = "".join(sorted(scanned(re.sub(r"\d+", "", printed))))
    best: tuple[tuple[TemplateColumn, ...], float] = ((), 0.0)
    for block in map(of_every_report, blocks(template)):
        if len(block) != width:
            continue
        named = " ".join(c.label.replace("{year}", "") for c in block)
        alike = fuzz.ratio(wanted, "".join(sorted(scanned(named))))
        if alike > best[1]:
            best = (block, alike)
    return best

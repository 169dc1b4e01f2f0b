"""Which rows of the tables the nouns of a sentence name: definite or not, in the plural, a compound
in its parts (*antalet elever i gymnasieskolan*) or parts in a compound (*gymnasieeleverna*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bokslut.transcription.reading import heads, words
from bokslut.transcription.reading.claims.lexicon import strip_counting
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.tables.table import Line, ReadTable

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ENDINGS = frozenset(words.listed("noun_endings")) | {""}
"""What two forms of a noun differ in."""
NO_NAME = ("antal", "antalet", "högst", "minst", "lägst")
"""Words of a label that say nothing of what it is of."""
BOUNDS = re.compile(r"\b(?:högst|minst|lägst)\b", re.IGNORECASE)
MEASURED = re.compile(r"\s*(?:\((?P<inside>[^()]*)\)|,(?P<behind>[^,()]*))\s*$")
LEAST = 3
"""How many letters two forms of a word have in common at least."""


@lru_cache(maxsize=200_000)
def same(one: str, other: str) -> bool:
    """Whether two words in lower case are forms of one."""
    if one == other:
        return True
    one, other = singular(one), singular(other)
    pairs = enumerate(zip(one, other, strict=False))
    common = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    return any(
        cut >= LEAST and one[cut:] in ENDINGS and other[cut:] in ENDINGS
        for cut in (common, common - 1)
    )


@lru_cache(maxsize=200_000)
def singular(word: str) -> str:
    """A word with the vowel of its singular: *bränderna* as *brand*."""
    for row in words.table("irregular_nouns"):
        if found := re.search(rf"{row['plural']}(?:na)?s?$", word):
            return word[: found.start()] + row["noun"]
    return word


@lru_cache(maxsize=200_000)
def rests(compound: str, first: str) -> tuple[str, ...]:
    """What may be left of a compound behind its first word: *utlånen* of *barnboksutlånen*."""
    compound, first = singular(compound), singular(first)
    found = []
    for cut in range(max(LEAST, len(first) - 5), len(first) + 1):
        if first[cut:] in ENDINGS and compound.startswith(first[:cut]):
            rest = compound[cut:].lstrip("-")
            found += [rest, rest[1:]]
    return tuple(rest for rest in found if len(rest) > LEAST)


@dataclass(eq=False)
class Name:
    """The rows of one name.

    Attributes:
        label: as printed.
        parts: the words of it that say what it is, in lower case.
        rows: where it stands.
        beside: words that its tables print around it.
    """

    label: str
    parts: tuple[str, ...]
    rows: list[tuple[ReadTable, Line]] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Said:
    """What some words say of a name: which of its parts, by which words."""

    name: Name
    parts: frozenset[int]
    by: frozenset[int]

    @property
    def is_whole(self) -> bool:
        """Whether all of the name is said."""
        return len(self.parts) == len(self.name.parts)

    @property
    def is_bare(self) -> bool:
        """Whether what is said of the name only says how something is measured."""
        return all(is_bare(self.name.parts[at]) for at in self.parts)


def lower_words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [w.lower() for w in WORD.findall(text)]


def parts_of(label: str) -> tuple[str, ...]:
    """The words of a label that say what it is."""
    bare = re.sub(r"\(.*?\)", " ", strip_counting(label))
    first, _, last = bare.rpartition(",")
    bare = first if first and heads.unit_in(last) else bare
    said = (w for w in dict.fromkeys(lower_words(bare)) if w not in NO_NAME)
    return tuple(w for w in said if len(w) >= LEAST and w not in idle())


@lru_cache
def idle() -> frozenset[str]:
    """Words that name nothing."""
    of_verbs = " ".join(words.listed("exceeded")).split()
    return frozenset((*words.listed("idle"), *words.listed("prepositions"), *of_verbs))


@lru_cache
def bare_heads() -> frozenset[str]:
    """Nouns that say how something is measured, and not what: *kostnaden*, *antalet*."""
    return frozenset((*words.listed("bare_heads"), *words.listed("counting")))


@lru_cache(maxsize=100_000)
def is_bare(word: str) -> bool:
    """Whether a word only says how something is measured."""
    return any(same(word, head) for head in bare_heads())


def names_of(tables: Sequence[ReadTable]) -> list[Name]:
    """The names of all rows."""
    found: dict[str, Name] = {}
    for table in tables:
        around = lower_words(" ".join([table.title, *(c.head.text for c in table.columns)]))
        labels = [line.label for line in table.lines]
        for line in table.lines:
            again = line.group if labels.count(line.label) > 1 else ""
            name = found.setdefault(
                normal(f"{again} {without_measure(line.name)}"),
                Name(line.name, parts_of(line.name)),
            )
            name.rows.append((table, line))
            name.beside |= {*around, *lower_words(f"{line.group} {line.label}")}
    return list(found.values())


def without_measure(label: str) -> str:
    """A label without how it is measured and which side of its target it is to be on: *Väntetid*,
    of *Väntetid, högst dagar* and *Väntetid (dagar)*."""
    if found := MEASURED.search(bare := BOUNDS.sub(" ", label).rstrip(" ,")):
        text = found["inside"] or found["behind"]
        units = {row["word"].lower() for row in words.table("other_units")} | set(NO_NAME)
        if heads.unit_in(text) or text.strip().lower() in units:
            bare = bare[: found.start()]
    return bare


def said_of(name: Name, said: Sequence[str], *, loosely: bool = False) -> Said | None:
    """Which parts of a name some words say; `loosely`: the first or the last word of a compound
    says it too."""
    parts: set[int] = set()
    by: set[int] = set()
    for at, word in enumerate(said):
        for index, part in enumerate(name.parts):
            found = None if word in idle() else said_with(name, part, word, said, loosely)
            if found is not None:
                parts |= {index, *found[0]}
                by |= {at, *found[1]}
    for at, word in enumerate(said):
        for index, part in enumerate(name.parts):
            # *det utbetalda stödet* of *Utbetalt försörjningsstöd*, *konstgräset på Vallen* of
            # *Konstgräsplan Vallen*.
            is_long = len(word) > FEWEST and not is_bare(word) and word not in idle()
            is_piece = is_long and (ends_in(part, word) or bool(rests(part, word)))
            if is_piece and (loosely or parts - {index}):
                parts.add(index)
                by.add(at)
    return Said(name, frozenset(parts), frozenset(by)) if parts else None


FEWEST = 4
"""How many letters the last word of a compound has at least that stands for all of it."""


@lru_cache(maxsize=200_000)
def ends_in(compound: str, word: str) -> bool:
    """Whether a word is the last of a compound."""
    return any(same(compound[cut:], word) for cut in range(LEAST, len(compound) - LEAST))


def said_with(
    name: Name, part: str, word: str, said: Sequence[str], loosely: bool
) -> tuple[set[int], set[int]] | None:
    """The other parts of a name that a word says together with one, and the other words that say it
    together with it; None where it does not say it."""
    if same(word, part):
        return set(), set()
    behind = (*rests(word, part), *(other for _, other in tails(part, word)))
    # *byggnadsbränderna* of *Brand i byggnad*, *gymnasieeleverna* of *Elever i gymnasieskola*.
    more = {i for i, p in enumerate(name.parts) if p != part and any(same(r, p) for r in behind)}
    # *medieinköpen* of *Media*, *bygglovsintäkterna* of *Bygglovsavgifter*.
    if more or any(is_known(rest, name) for rest in rests(word, part)):
        return more, set()
    if any(is_one_measure(rest, other) for rest, other in tails(part, word)):
        return set(), set()
    for rest in rests(part, word):
        # *kostnaden för trafiken* of *Trafikkostnader*, *ekonomi* of *Ekonomiprogrammet*.
        with_it = {i for i, other in enumerate(said) if same(other, rest)}
        if with_it or loosely or any(same(rest, w) for w in name.beside - {part}):
            return set(), with_it
    return None


@lru_cache(maxsize=200_000)
def is_one_measure(one: str, other: str) -> bool:
    """Whether two words that only say how something is measured say the same of it: *intäkter* and
    *avgifter*, and not *kostnader* and *omsättning*."""
    if not (is_bare(one) and is_bare(other)):
        return False
    kinds = [
        {
            kind
            for kind in ("bare_costs", "bare_incomes")
            if any(same(w, k) for k in words.listed(kind))
        }
        for w in (one, other)
    ]
    return same(one, other) or bool(kinds[0] & kinds[1]) or not any(kinds)


@lru_cache(maxsize=200_000)
def tails(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """What two compounds may have behind a first word that they share."""
    pairs = enumerate(zip(one, other, strict=False))
    common = next((i for i, (a, b) in pairs if a != b), 0)
    return tuple((one[cut:], other[cut:]) for cut in (common, common - 1) if cut > FEWEST)


def is_known(word: str, name: Name) -> bool:
    """Whether the rest of a compound tells no more than its table does."""
    return is_bare(word) or any(same(word, other) for other in name.beside)


def found_in(said: Sequence[str], names: Sequence[Name], *, loosely: bool = False) -> list[Said]:
    """The names that some words say anything of."""
    return [one for name in names if (one := said_of(name, said, loosely=loosely))]


def best_of(found: Sequence[Said]) -> Said | None:
    """Of several names the one that is said in most words, or the only one that is said whole; None
    where two are."""
    # *Intäkterna från avtalen* are not *Intäkter*.
    found = [one for one in found if not one.is_bare] or found
    most = max((len(one.parts) for one in found), default=0)
    first = [one for one in found if len(one.parts) == most]
    whole = [one for one in first if one.is_whole]
    chosen = whole if len(whole) == 1 else first
    (one,) = chosen if len(chosen) == 1 else (None,)
    # Of a longer name the first word, a name of its own, or two words.
    if one is None or one.is_whole or most > 1 or 0 in one.parts:
        return one
    return None


def rivals_of(chosen: Said, found: Sequence[Said]) -> Iterator[Said]:
    """Other names that the same words may say."""
    return (
        one
        for one in found
        if one.name is not chosen.name
        and not one.by < chosen.by
        and (chosen.is_bare or not one.is_bare)
    )

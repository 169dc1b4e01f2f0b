"""What a column says, by the words and years of its head."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from bokslut.transcription.reading import words
from bokslut.transcription.reading.labels import DAMAGED, damaged, normal, scanned
from bokslut.transcription.reading.numbers import plain

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
GLUED_YEARS = re.compile(r"(?:(?:19|20)\d\d){2,}")
SHORT_YEAR = re.compile(r"(?<!\d)[-–'’](\d\d)(?!\d)|(?<=\d\d\d\d)/(\d\d)(?!\d)")
BEHIND_WORD = re.compile(r"\b([^\W\d]+) ?([1-3]\d)\b(?! ?[%/a-zåäö])")
"""A year by its last digits behind a word for an outcome, a budget or a forecast: *Bokslut 24*, and
not *Not 12*, *Mål 12*, *Utfall 12 månader* or *Prognos 31/12*."""
DATED = ("outcome", "budget", "forecast")
SCHOOL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)/(?:20)?(\d\d)(?!\d)")
"""A year that ends in the year after, as that of schools: its figures are of the later."""
TWO_YEARS = re.compile(r"(?<![\d/–-])(1[3-9]|[2-9]\d) ?([/–-]) ?(1[3-9]|[2-9]\d)(?![\d/–-])")
"""A year and the one beside it by their last digits, `22/23`, which can be no day of a month."""
REMARK = re.compile(r" ?\((?=[^()]*[^\W\d_]{3})[^()]+\)")
"""Words in parentheses."""
FROM_BUDGET = re.compile(
    r"\b(?:mot|jmf|j.{1,2}mf.{1,2}rt med|fr.{1,2}n) (?:[^\W\d]+ )?budget", re.IGNORECASE
)
"""What a difference is from, where that is the budget: *Skillnad mot budget*."""
BUDGET_LESS = re.compile(
    r"\b(?:budget|ram|anslag|plan) ?(?:minus|[–−]| - ) ?(?:utfall|bokslut)|"
    r"\b(?:utfall|bokslut|resultat) ?(?:minus|[–−]| - |mot) ?(?:budget|ram|plan)",
    re.IGNORECASE,
)
"""*Budget minus bokslut*."""
OF_PART = re.compile(r"^(?:varav|d.{1,2}rav)\b|\bmed avvikelse", re.IGNORECASE)
"""Words of those that have something: *varav med avvikelse*."""
WITHIN = re.compile(r"\binom [^\W\d]+", re.IGNORECASE)
"""What something lies within, which the head is not: *Andel inom gränsen*."""
SHARE = re.compile(r"(?:\bandel|\bprocent|%) av\b", re.IGNORECASE)
USED = re.compile(r"\b(?:f.{1,2}rbruk|upparbet|utnyttj|genomf)", re.IGNORECASE)
LAST_YEAR = re.compile(
    rf"\b(?:f{DAMAGED}reg(?:\.|{DAMAGED}ende)?|fg\.?|tidigare) ?{DAMAGED}r\b|"
    rf"\b(?:f{DAMAGED}reg(?:\.|{DAMAGED}ende)?|fg\.?) (?:utfall|bokslut)|"
    rf"\bf{DAMAGED}rra {DAMAGED}ret|\b{DAMAGED}ret f{DAMAGED}re\b",
    re.IGNORECASE,
)
SINCE = re.compile(rf"\b(?:mot|fr{DAMAGED}n|sedan|med) (?:{LAST_YEAR.pattern})", re.IGNORECASE)
"""What a difference is from, where that is the year before and not a budget."""
AGAINST = re.compile(
    rf"(?:mot|jmf(?: med)?|j{DAMAGED}mf{DAMAGED}rt med)\.? "
    rf"(?:(?P<year>(?:19|20)\d\d|{LAST_YEAR.pattern})|budget)",
    re.IGNORECASE,
)
"""A head that begins with what a difference is from."""
PART_OF_YEAR = re.compile(
    r"\b(?:jan|feb|mars|april|maj|jun|jul|aug|sep|okt|nov|dec|tertial|kvartal|delår|"
    r"(?:[tkq]|kv\.?) ?\d\b)",
    re.IGNORECASE,
)
SIGNS = re.compile(r"\+ ?/ ?[-–−]|±")
"""A head of what has come or gone: *+/-*."""
FROM_FORECAST = re.compile(
    r"\b(?:mot|fr.{1,2}n|jmf|j.{1,2}mf.{1,2}rt med|utfall) ?[-–/]? ?prognos", re.IGNORECASE
)
"""What a deviation is from, where that is the forecast and not the budget."""
TWO_BEFORE = re.compile(r"\b(två år före|två år tidigare)\b", re.IGNORECASE)
# Where a head has words of several kinds, the first here says what the column is.
ORDER = (
    "note",
    "unit",
    "text",
    "status",
    "comparison",
    "deviation",
    "change",
    "forecast",
    "target",
    "budget",
    "income",
    "cost",
    "outcome",
)
NUMBERS = (*ORDER[ORDER.index("comparison") :], "forecast_deviation")
LIKE = 83
"""How alike, 0 to 100, a word of a head must be to a known one."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a column says.

    Attributes:
        text: as printed, its lines joined by a space.
        role: `number`, `note`, `unit`, `status`, `text`, or `unknown` where no word says.
        scenario: `outcome`, `budget`, ...; None where no word says.
        years: the years that are printed in it, in their order.
        year_offset: where a word says the year: -1 for *föregående år*.
        unit_of_measure: where it names one.
        gender: where it is one gender's.
    """

    text: str
    role: str
    scenario: str | None = None
    years: tuple[int, ...] = ()
    year_offset: int | None = None
    unit_of_measure: str | None = None
    gender: str | None = None


@lru_cache(maxsize=20_000)
def word_role(word: str) -> str | None:
    """What one word of a head says; damaged spellings of longer words are known too."""
    known = normal_head_words()
    wanted = normal(word)
    if wanted in known:
        return known[wanted]
    lower = word.lower()
    for known_word, role in words.mapping("head_words").items():
        if any(c in "åäö" for c in known_word) and damaged(known_word).fullmatch(lower):
            return role
    if len(wanted) < 5:
        return None
    wanted = scanned(word)
    best, role = max((fuzz.ratio(wanted, scanned(k)), r) for k, r in known.items() if len(k) >= 5)
    return role if best >= LIKE else None


@lru_cache
def normal_head_words() -> dict[str, str]:
    """The words of `words/head_words.csv` in normal form."""
    return {normal(word): role for word, role in words.mapping("head_words").items()}


def is_known(text: str) -> bool:
    """Whether a text is of words that heads have and no others."""
    return all(word in normal_head_words() for word in normal(text).split())


@lru_cache(maxsize=20_000)
def read(text: str) -> Head:
    """What a head says, of all its lines."""
    tidy = plain(text)
    roles = {
        role
        for word in re.findall(r"[^\W_]+(?:[/-][^\W_]+)*", WITHIN.sub("", tidy))
        if not word[0].isdigit() and (role := word_role(word))
    }
    pieces = re.split(r"[^\w]+", tidy)
    if not roles:
        # A word that its column was too narrow for goes on in the next line.
        pieces += (whole := [a + b for a, b in pairwise(pieces) if b[:1].islower()])
        roles = {role for word in whole if (role := word_role(word))}
    for word in pieces:
        # A compound is what its last part is: nettokostnad, budgetavvikelse, driftbudget.
        if not word_role(word) and len(word) > 6:
            roles |= {
                role
                for k, role in normal_head_words().items()
                if len(k) > 4 and normal(word).endswith(k)
            }
    if OF_PART.search(tidy):
        roles -= {"deviation"}
    role = next((role for role in ORDER if role in roles), None)
    if (role == "change" and FROM_BUDGET.search(tidy)) or BUDGET_LESS.search(tidy):
        role = "deviation"
    if found := AGAINST.match(tidy):
        # *Mot budget* beside an outcome is how far that is from it, *Mot 2020* how much it changed.
        role = "deviation" if role == "budget" else "change" if found["year"] else role
    if SIGNS.fullmatch(tidy):
        role = "change"
    if role in ("cost", "income") and " per " in tidy:
        # *Kostnad per elev* is no part of the row's result.
        role = "outcome"
    bare = REMARK.sub("", tidy)
    if role == "unit" and bare != tidy and read(bare).role == "number":
        # Where the unit stands is a remark: `2018 (enligt Enhet)`.
        return replace(read(bare), text=tidy)
    if SHARE.search(tidy) and role not in (None, "outcome"):
        # A share of a budget is no budget.
        role = "change"
    if role == "budget" and "%" in tidy and USED.search(tidy):
        # How much of a budget is used is no budget.
        role = "outcome"
    years = years_of(tidy)
    is_since = bool(SINCE.search(tidy)) or len(set(years)) > 1
    if role == "deviation" and is_since:
        role = "change"
    if role == "deviation" and (FROM_FORECAST.search(tidy) or "forecast" in roles):
        role = "forecast_deviation"
    scenario = role if role in NUMBERS else None
    offset = None
    if not is_since:
        offset = -2 if TWO_BEFORE.search(tidy) else -1 if LAST_YEAR.search(tidy) else None
    kind = "number" if scenario or (role is None and (years or offset)) else role or "unknown"
    return Head(tidy, kind, scenario, years, offset, unit_in(tidy), gender_in(tidy))


def years_of(text: str) -> tuple[int, ...]:
    """The years printed in a text, glued ones (`20162015`) parted; a school's year is its last."""
    for glued in GLUED_YEARS.findall(text):
        text = text.replace(glued, " ".join(glued[i : i + 4] for i in range(0, len(glued), 4)))
    text = SCHOOL_YEAR.sub(
        lambda m: m[1][:2] + m[2] if int(m[2]) == int(m[1][2:]) + 1 else m[0], text
    )
    found = [int(year) for year in YEAR.findall(text)]
    if not found and (two := TWO_YEARS.search(text)) and abs(int(two[1]) - int(two[3])) == 1:
        # `22/23` is a school's year, and the years of a difference `23/22` and `22–23` are two.
        found = [2000 + int(two[i]) for i in (1, 3)]
        return tuple(found[1:] if two[2] == "/" and found[0] < found[1] else found)
    if not found:
        found = [2000 + int(a or b) for a, b in SHORT_YEAR.findall(text)]
    if not found:
        found = [2000 + int(m[2]) for m in BEHIND_WORD.finditer(text) if word_role(m[1]) in DATED]
    return tuple(found)


SCALE = r"(?:^|(?<=\()|(?<=\bi )|(?<=, )|(?<=belopp ))"
"""What stands before *1 000 kr* where that is what amounts are in, and no amount."""


@lru_cache
def unit_patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The rows of `words/label_units.csv`; a sign stands anywhere, a word by itself, one behind a
    hyphen at the end of another."""
    return tuple(
        (
            re.compile(
                (r"(?<!\w)" if w[0].isalpha() else SCALE if w[0].isdigit() else "")
                + damaged(w.removeprefix("-")).pattern
                + (r"(?!\w)" if w[-1].isalpha() else "")
            ),
            unit,
            sure,
        )
        for w, unit, sure in (row.values() for row in words.table("label_units"))
    )


def without_units(text: str) -> str:
    """A text in lower case without the words for units of measure."""
    for pattern, _, is_sure in unit_patterns():
        text = pattern.sub("", text) if is_sure == "yes" else text
    return text


EITHER = re.compile(r"(\w+) ?/ ?(\w+)")
AND = re.compile(r"(\w+) och (\w+)")


def both(one: str, other: str, *, of_row: bool = False) -> bool:
    """Whether two words are different units of measure, of which each row has its own."""
    named = {unit_in(word, inferred=True, of_row=of_row) for word in (one, other)}
    return None not in named and len(named) == 2


@lru_cache(maxsize=100_000)
def unit_in(text: str, *, inferred: bool = False, of_row: bool = False) -> str | None:
    """The unit of measure that a head, a title or a label names; the first of the table counts.

    Args:
        text: the label.
        inferred: whether words that only let one guess (`andel`, `antal`) count too.
        of_row: it is of one row, so that the words for what is counted (`barn`) count too.
    """
    # In small letters they are seconds.
    tidy = re.sub(r"\bSEK\b", "kr", plain(text)).lower()
    if any(both(*pair) for pair in EITHER.findall(tidy)):
        return None
    if inferred and not of_row and any(both(*pair, of_row=True) for pair in AND.findall(tidy)):
        return None
    # What is counted stands before *per*; what stands behind it is what it is counted for.
    counted = tidy.partition(" per ")[0]
    if inferred and (cut := [a + b for a, b in pairwise(counted.split()) if len(a) > 4]):
        # A word that its column was too narrow for goes on in the next line.
        counted = " | ".join([counted, *cut])
    return next(
        (
            unit
            for pattern, unit, sure in unit_patterns()
            if (sure == "yes" or (inferred and (sure == "no" or of_row)))
            and pattern.search(tidy if sure == "yes" else counted)
        ),
        None,
    )


OF_A_DAY = re.compile(r"(?:jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zåäö]*|i|den")


def counts(text: str) -> bool:
    """Whether a head is of nothing but what is counted, and when: *Elever*, *Elever okt 2023*."""
    counted = {r["word"] for r in words.table("label_units") if r["unit_of_measure"] == "count"}
    said = [word for word in re.findall(r"\w+", plain(text).lower()) if not word.isdigit()]
    return said[:1] != [] and said[0] in counted and all(map(OF_A_DAY.fullmatch, said[1:]))


MEN = re.compile(
    r"(?:varav )?(?:m[aäáàiéeè4d&]{1,3}n(?:s|nens)?|p[oö06][jiyl1][kx]ar)", re.IGNORECASE
)
WOMEN = re.compile(r"(?:varav )?(?:kvinn[oö6d]r(?:s|nas)?|f[l1i|]ick[oö6]r)", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def gender_in(text: str) -> str | None:
    """The gender that a head or a label names as a word of its own; None for none or both."""
    known = words.mapping("genders")
    found = set()
    tidy = MINUTES.sub("", plain(text)).lower()
    for word in re.findall(r"\w+", without_offices(without_shares(tidy))):
        if gender := gender_word(word) or known.get(word):
            found.add(gender)
    if len(found) > 1:
        found.discard("total")
    return found.pop() if len(found) == 1 else None


MINUTES = re.compile(r"\bmin\b")
"""A unit of measure, which no scan makes of *Män*."""


def without_shares(text: str) -> str:
    """A text in lower case without those whose share of all it is of: *andel kvinnor bland
    brandmännen*."""
    return re.sub(r"\bandel(?:en)? [^\W\d]+ (?=(?:bland|av|inom|i|på|hos)\b)", "", text)


def without_offices(text: str) -> str:
    """A text in lower case without quarters (*kv 1*) and offices whose names have a gender in them:
    *god man*."""
    return re.sub(rf"\b(?:{'|'.join(words.listed('offices'))}|kv\.? ?[1-4])\b", "", text)


def gender_word(word: str) -> str | None:
    """Women or men, where a word is that for them, damaged or not."""
    known = words.mapping("genders").get(word.lower())
    if known in ("women", "men"):
        return known
    if WOMEN.fullmatch(word):
        return "women"
    return "men" if MEN.fullmatch(word) else None


def is_goal_word(text: str) -> bool:
    """Whether a head says that goals stand below it."""
    return bool(
        re.fullmatch(r"(?:n.{1,2}mnd|f.{1,2}rvaltnings)?m.{1,2}l(?:omr.{1,2}de)?", text.lower())
    )

"""What sentences say of several years of something: *det högsta antalet på fem år*, *har ökat två
år i rad*, *har minskat sedan 2021*, *var som högst 2023*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import values_in
from bokslut.transcription.reading.labels import damaged
from bokslut.transcription.reading.statements.places import COUNT, SUPERLATIVE, number
from bokslut.transcription.reading.statements.understood import WAYS

ORDINALS = {"andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}
EXTREME = re.compile(
    rf"{SUPERLATIVE.pattern}(?P<what>(?: [^\W\d]+){{0,4}}?) "
    r"(?:(?:på|under|för) (?:de |den )?(?:senaste )?"
    rf"(?:(?P<count>{COUNT}|\d{{1,2}})[ -]?år(?:en|sperioden)?\b|(?P<all>perioden))|"
    r"sedan (?P<since>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
RUN = re.compile(
    rf"\bför (?:det )?(?P<nth>{'|'.join(ORDINALS)}) året i (?:rad|följd)\b|"
    rf"\b(?P<count>{COUNT}) år i (?:rad|följd)\b|"
    r"\b(?:varje|vart?) år sedan (?P<since>(?:19|20)\d\d)\b|"
    r"\bunder hela (?P<period>perioden)(?: (?P<from>(?:19|20)\d\d) ?[-–] ?(?:19|20)\d\d)?\b",
    re.IGNORECASE,
)
SO_MANY = re.compile(
    rf"^Det (?:är|var|blev)(?: nu| därmed| alltså)? (?:det )?(?P<nth>{'|'.join(ORDINALS)}) året i "
    r"(?:rad|följd)\b",
    re.IGNORECASE,
)
"""*Det är fjärde året i rad den sjunker*, that of the sentence before."""


@dataclass(frozen=True)
class Said:
    """A statement of several years.

    Attributes:
        start, end: of its words.
        first: the first year that it speaks of.
        way: 1 for up or the most, -1 for down or the least.
        is_run: each year is held against the one before it.
        is_alone: no year between is held against it.
        of_before: it is of what the sentence before is about.
        times: at least and at most how many times as much it is as in the first year.
        peak: the year that has the most or the least of all; 0 for none.
    """

    start: int
    end: int
    first: int
    way: int
    is_run: bool
    is_alone: bool = False
    of_before: bool = False
    times: tuple[Decimal, Decimal] | None = None
    peak: int = 0


def extremes(sentence: Sentence) -> Iterator[Said]:
    """*den lägsta nivån på fem år*."""
    for found in EXTREME.finditer(sentence.text):
        word = found["word"].lower()
        way = next(v for w, v in WAYS.items() if damaged(w).fullmatch(word))
        count = number(found["count"]) if found["count"] else 0
        # That of the year since when it is the highest was higher.
        first = sentence.report_year - count + 1 if count else int(found["since"] or -1) + 1
        if way and not found["rank"] and (count or found["since"] or found["all"]):
            yield Said(found.start("word"), found.end(), first, way, is_run=False)


def runs(sentence: Sentence) -> Iterator[Said]:
    """*har ökat två år i rad*."""
    for found in SO_MANY.finditer(sentence.text):
        after = [t for t in sentence.with_role("direction") if t.start >= found.end()]
        way = {"up": 1, "down": -1}.get(after[0].code, 0) if after else 0
        if way and after[0].start - found.end() < NEAR:
            first = sentence.report_year - ORDINALS[found["nth"].lower()]
            yield Said(found.start(), after[0].end, first, way, is_run=True, of_before=True)
    for found in RUN.finditer(sentence.text):
        before = [t for t in sentence.with_role("direction") if t.end <= found.start()]
        way = {"up": 1, "down": -1}.get(before[-1].code, 0) if before else 0
        between = sentence.text[before[-1].end : found.start()] if before else ""
        if not way or len(between) > NEAR or AFTER.search(between):
            continue
        if found["period"]:
            yield Said(before[-1].start, found.end(), int(found["from"] or 0), way, is_run=False)
            continue
        count = ORDINALS[found["nth"].lower()] if found["nth"] else number(found["count"])
        first = sentence.report_year - count if count else int(found["since"])
        yield Said(before[-1].start, found.end(), first, way, is_run=True)


def comparisons(sentence: Sentence) -> Iterator[Said]:
    """*något högre än 2023*, which is no number."""
    numbers = [value.end for value in values_in(sentence)]
    for found in THAN.finditer(sentence.text):
        if not any(0 <= found.start() - end < 2 for end in numbers):
            way = 1 if found["more"] else -1
            first = int(found["year"]) if found["year"] else sentence.report_year - 1
            if first < sentence.report_year and not NOT.search(sentence.text[: found.start()]):
                yield Said(found.start(), found.end(), first, way, is_run=False, is_alone=True)


def since(sentence: Sentence) -> Iterator[Said]:
    """*har ökat sedan 2021*, *mer än fördubblats jämfört med året före*, without a number."""
    for token in sentence.with_role("direction"):
        way = {"up": 1, "down": -1}.get(token.code, 0)
        base = BASE.match(sentence.text, token.end) or AMONG.match(sentence.text, token.end)
        if not way or not base:
            continue
        first = int(base.groupdict().get("year") or sentence.report_year - 1)
        if first >= sentence.report_year:
            continue
        of_times = TIMES.search(sentence.text, 0, token.end)
        times = bounds_of(of_times) if of_times and of_times.end() == token.end else None
        start = of_times.start() if times and of_times else token.start
        yield Said(start, base.end(), first, way, is_run=False, is_alone=True, times=times)


def bounds_of(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Between how many times as much something is that has doubled, or is half of it."""
    exact = next(times for word, times in MANY.items() if found["word"].lower().startswith(word))
    if not found["hedge"]:
        return exact * (1 - SLACK), exact * (1 + SLACK)
    is_more = found["hedge"].lower() in ("mer än", "drygt")
    bounds = (exact, exact * 10) if found["hedge"].lower() == "mer än" else (exact, exact * 2)
    if not is_more:
        bounds = (exact * (1 - 2 * SLACK), exact)
    if exact < 1:
        # More than halved is less than a half.
        bounds = (Decimal(0), exact) if is_more else (exact, exact * (1 + 2 * SLACK))
    return bounds


def peaks(sentence: Sentence) -> Iterator[Said]:
    """*var som högst 2023*, *flest skador under perioden hanterades 2022*."""
    for found in (*WAS_MOST.finditer(sentence.text), *MOST_IN.finditer(sentence.text)):
        word = found["word"].lower()
        way = next(v for w, v in WAYS.items() if damaged(w).fullmatch(word))
        year = int(found["year"])
        if way and not found["rank"] and year <= sentence.report_year:
            yield Said(found.start("word"), found.end(), 0, way, is_run=False, peak=year)


def is_of_something_else(sentence: Sentence, cut: int, said: Said) -> bool:
    """Whether what is more or less than in a year is a share of a row, or no outcome: *Personalens
    andel är lägre än 2022*, *budgeten är högre än 2022*."""
    others = sentence.with_role("budget", "target", "forecast", "qualifier")
    return bool(A_SHARE.search(sentence.text[: said.start])) or any(
        cut <= token.start < said.start for token in others
    )


THAN = re.compile(
    r"\b(?:(?P<more>högre|större|fler|mer)|lägre|mindre|färre) än "
    r"(?:(?:år )?(?P<year>(?:19|20)\d\d)|föregående år|året (?:före|innan)|förra året|i fjol)\b"
)
BASE = re.compile(
    r"(?: (?:något|kraftigt|tydligt|markant|marginellt|lite|betydligt|stadigt))?"
    r"(?:(?: under året)? (?:sedan|jämfört med|jämfört mot|i jämförelse med|från|mot) (?:år )?"
    r"(?:(?P<year>(?:19|20)\d\d)|föregående år|året (?:före|innan)|förra året|fjolåret|i fjol)\b"
    r"(?! ?[-–/]| till\b|[,.]\d)|"
    r" under året(?=[,.;]|$))"
)
"""What a word for a rise is from."""
AMONG = re.compile(
    r"(?: [^\W\d]+)? (?:bland|hos|för) (?:kvinnor|män|flickor|pojkar)(?:na|nen)?\b"
    r"(?=[,.;]| och \b| medan\b| men\b|$)"
)
"""*steg bland kvinnorna och sjönk bland männen*, since the year before."""
MANY = {"fördubbl": Decimal(2), "tredubbl": Decimal(3), "halver": Decimal("0.5")}
SLACK = Decimal("0.2")
TIMES = re.compile(
    r"(?:\b(?P<hedge>mer än|drygt|knappt|nästan|närmare|nära nog) )?"
    rf"\b(?P<word>(?:{'|'.join(MANY)})[^\W\d]+)",
    re.IGNORECASE,
)
WAS_MOST = re.compile(
    r"\b(?:var|är|låg|blev) som (?P<rank>)"
    rf"(?P<word>{'|'.join(damaged(w).pattern for w in WAYS)}) (?:år )?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
MOST_IN = re.compile(
    rf"^{SUPERLATIVE.pattern}(?:(?: [^\W\d]+){{0,5}}? (?:under|på|för|av) (?:hela )?"
    r"(?:perioden|[^\W\d]*årsperioden|de (?:senaste )?[^\W\d]+ åren)(?: [^\W\d]+){0,4}?|"
    # *Störst var Almskolan 2023* is a place among the schools.
    r"(?: [^\W\d]+){1,3}? (?:var|blev|togs|kom|fanns|[^\W\d]+(?:ades|tes|des))(?: emot| in)?) "
    r"(?:år )?(?P<year>(?:19|20)\d\d)(?=[,.;]|$)",
    re.IGNORECASE,
)
A_SHARE = re.compile(r"\bandel", re.IGNORECASE)
NOT = re.compile(r"\b(?:inte|varken|knappast)\b")
AFTER = re.compile(r"\b(?:efter|trots|jämfört|från)\b")
"""What stands between a move and years that had another: *ökade efter två år i rad av*."""
NEAR = 25
"""How far behind a verb of moving the years stand that it is of."""

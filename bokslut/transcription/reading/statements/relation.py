"""What the words beside a number say that it is the difference between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import LAST_YEAR, Sentence
from bokslut.transcription.reading.claims.value import MONEY, Value, values_in
from bokslut.transcription.reading.numbers import Number


@dataclass(frozen=True)
class Relation:
    """What a number is the difference between.

    Attributes:
        against: `year`, `budget`, `plan`, `target` or `forecast`.
        year: which, where one is said.
        way: 1 for more, -1 for less, 0 where the words do not tell.
        end: where its words end.
        is_result: a surplus or a deficit.
    """

    against: str
    year: int | None
    way: int
    end: int
    is_result: bool = False


CUT = re.compile(
    r"[,;:()–](?!\d) ?|\. |"
    r"\b(?:medan|men|eftersom|varav|vilket|samtidigt som|trots att|efter att)\b"
)
"""Where a part of a sentence ends that has a subject of its own."""
AND = re.compile(r"\b(?:och|samt|eller|respektive|motsvarande)\b")
COMPARISONS = {row["word"]: row["stated"] for row in words.table("comparisons")}
JUDGING = {row["word"] for row in words.table("comparisons") if row["judges"]}
MORE = re.compile(
    r"(?P<nouns>(?:\s+[^\W\d]+){0,2}?)\s+"
    rf"(?P<way>{'|'.join(sorted(COMPARISONS.keys() - {'över', 'under'}))})\b(?P<rest>[^,;.]*)"
)
"""*44 färre än 2024*, *19 elever fler*."""
THAN = re.compile(r"\s+(?:[^\W\d]+\s+)?än\b")
COMPARED = re.compile(
    r"\b(?:jämfört med|i förhållande till|gentemot|mot) (?P<what>[^,;:.\d]+) (?:är|var|blev) "
    r"[^,;:.\d]*$",
    re.IGNORECASE,
)
"""*Jämfört med budget blev kulturskolan 320 tkr dyrare*."""
IS_NOW = re.compile(r"\b(?:blev|blivit|är|var)\b[^,;.]*$")
OVER = re.compile(
    r"\s+(?P<way>över|under|från) (?:[^\W\d]+ ){0,2}?"
    r"(?P<what>[^\W\d]*(?:budget|ram|plan|mål|prognos|anslag)[^\W\d]*)"
)
"""*14 under planen*."""
MOVED = re.compile(
    r"(?P<words>(?:[^\W\d]+ ){1,8})"
    r"(?<!jämfört )(?<!tillsammans )(?<!linje )(?<!nivå )med (?:hela )?$"
)
UP_BY = re.compile(r"(?:^|[,;:(] ?|\b(?:och|är|har gått) )(?:(?P<up>upp)|ned|ner) (?:med )?$")
"""*14 fler än 2018, upp 16,3 procent*."""
A_MOVE = re.compile(
    r"\b(?P<verb>ökning|minskning|uppgång|nedgång|höjning|sänkning|förbättring|försämring)(?:en)?"
    r"(?: (?:är|var|blev))? (?:med|på|om) (?:hela )?$"
)
A_RISE = {"ökning": 1, "uppgång": 1, "höjning": 1, "minskning": -1, "nedgång": -1, "sänkning": -1}
RESULT = re.compile(
    r"\b(?P<sign>överskott|underskott|plus|minus)(?:et)?(?: [^\W\d]+){0,3}? (?:på|om|med) "
    r"(?:hela )?$"
)
OFF = re.compile(
    r"\b(?P<sign>positiv|negativ)a? (?:budget)?avvikelsen?(?: (?:mot|från|jämfört med) "
    r"(?:[^\W\d]+ )?budget[^\W\d]*)? (?:på|om|med) (?:hela )?$"
)
RESULT_BEHIND = re.compile(r"(?: i)? (?P<sign>överskott|underskott|plus|minus)\b")
OVERRUN = "|".join(w.replace(" ", r" (?:[^\W\d]+ )?") for w in words.listed("exceeded"))
EXCEEDED = re.compile(rf"\b({OVERRUN})\b(?P<rest>.*)")
MISSED = re.compile(r"\b(?:missa|överträffa)(?:r|de|t)s?\b")
LEFT_OVER = re.compile(r"\b(?:fick|fått|lämna(?:r|de)|hade|gav) (?:[^\W\d]+ )?$")
BEHIND_LEFT_OVER = re.compile(r" över(?=[.,;]| och\b|$)")
"""*fick 90 tkr över*."""
BESIDE_BUDGET = re.compile(r"\b(?:över|under) (?:sin |den )?budget(?:en)?, $")
"""*det enda projektet över budget, 2,6 mnkr dyrare*."""
SINCE = re.compile(r"\b(?:sedan|jämfört med|från|mot|mellan) ((?:19|20)\d\d)\b", re.IGNORECASE)
SINCE_THEN = re.compile(r"\bsedan dess\b")
"""*var som värst 2023 och har sedan dess minskat med*."""
LAST = re.compile(rf"{LAST_YEAR}|\bi fjol\b", re.IGNORECASE)
BEFORE = re.compile(r"\bförra |\bföregående |\btidigare\b|\bfjol", re.IGNORECASE)
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
YEARS_AGO = re.compile(r"\bpå (två|tre|fyra|fem) år\b", re.IGNORECASE)
"""*har ökat med 30 procent på två år*."""
AGAINST = (
    ("budget", re.compile(r"budget|\bram(?:en)?\b|anslag", re.IGNORECASE)),
    ("plan", re.compile(r"plan|beräkna|räknat|väntat", re.IGNORECASE)),
    ("target", re.compile(r"\b(?:[^\W\d]+s)?mål", re.IGNORECASE)),
    ("forecast", re.compile(r"prognos", re.IGNORECASE)),
)
UP = {"up": 1, "down": -1, "above": 1, "below": -1}
JOINS = {"och", "som", "av", "än", "i", "för", "men", "medan", "är", "var", "blev"}
"""What stands between a number and a comparison that is not its own."""


def against_what(text: str, report_year: int) -> tuple[str, int | None]:
    """What some words say that a difference is from; empty where they do not tell."""
    for name, pattern in AGAINST:
        if pattern.search(text):
            return name, None
    if found := A_YEAR.search(text):
        return "year", int(found[1])
    if found := YEARS_AGO.search(text):
        return "year", report_year - int(words.of_numbers("count")[found[1].lower()])
    if LAST.search(text):
        return "year", report_year - 1
    return ("year", None) if BEFORE.search(text) else ("", None)


def until_cut(text: str) -> str:
    """The words of a text that belong to what stands before it."""
    return AND.split(CUT.split(text)[0])[0]


def relation_of(sentence: Sentence, value: Value) -> Relation | None:
    """What a number is the difference between, by the words before and behind it."""
    before, after = sentence.text[: value.start], sentence.text[value.end :]
    # *minskade med knappt 16 procent*
    before = before[: -len(value.hedge) - 1] if value.hedge else before
    rest = until_cut(after)[:60]
    if found := OVER.match(after):
        against, year = against_what(found["what"], sentence.report_year)
        way = {"över": 1, "under": -1}.get(found["way"], 0)
        return Relation(against, year, way, value.end + found.end()) if against else None
    if (found := MORE.match(after)) and not JOINS & set(found["nouns"].lower().split()):
        than = THAN.match(found["rest"])
        against, year = (
            against_what(until_cut(found["rest"])[:60], sentence.report_year)
            if than
            else ("", None)
        )
        if not than and (held := COMPARED.search(before)):
            against, year = against_what(held["what"], sentence.report_year)
        is_alone = not than and not sentence.with_role("budget", "target", "forecast")
        against = "year" if is_alone and IS_NOW.search(before) else against
        against = "budget" if not than and BESIDE_BUDGET.search(before) else against
        way = 0 if found["way"] in JUDGING else UP[COMPARISONS[found["way"]]]
        return Relation(against, year, way, value.end + found.start("rest")) if against else None
    of_money = value.number.unit_of_measure in MONEY
    if BEFORE.search(before[-40:]) and RESULT.search(before):
        # *vände fjolårets underskott på*
        return None
    if found := RESULT.search(before) or (RESULT_BEHIND.match(after) if of_money else None):
        way = 1 if found["sign"] in ("överskott", "plus") else -1
        return Relation("budget", None, way, value.end, is_result=True)
    if found := OFF.search(before):
        way = 1 if found["sign"] == "positiv" else -1
        return Relation("budget", None, way, value.end, is_result=True)
    if of_money and LEFT_OVER.search(before) and BEHIND_LEFT_OVER.match(after):
        return Relation("budget", None, 1, value.end, is_result=True)
    if found := A_MOVE.search(before):
        against, year = against_what(rest, sentence.report_year)
        return Relation(against or "year", year, A_RISE.get(found["verb"], 0), value.end)
    if found := UP_BY.search(before):
        return Relation("year", None, 1 if found["up"] else -1, value.end)
    if found := MOVED.search(before):
        return moved_by(sentence, value, found, rest)
    return None


def moved_by(sentence: Sentence, value: Value, found: re.Match[str], rest: str) -> Relation | None:
    """What a number behind a verb and *med* is the difference between."""
    said = found["words"].lower()
    if exceeded := EXCEEDED.search(said):
        against, _ = against_what(exceeded["rest"], sentence.report_year)
        way = -1 if exceeded[1].startswith("under") else 1
        return Relation(against or "budget", None, way, value.end)
    if MISSED.search(said):
        cuts = [m.end() for m in CUT.finditer(sentence.text, 0, found.start())]
        clause = sentence.text[max(cuts, default=0) : value.start]
        against, _ = against_what(clause, sentence.report_year)
        return Relation(against, None, 0, value.end) if against else None
    moves = [t for t in sentence.with_role("direction") if found.start() <= t.start < found.end()]
    if moves and moves[-1].code in ("up", "down", "better", "worse"):
        since = SINCE.findall(sentence.text, 0, value.start)
        if SINCE_THEN.search(said):
            since = A_YEAR.findall(sentence.text, 0, found.start())
        against, year = against_what(f"{since[-1]} {rest}" if since else rest, sentence.report_year)
        return Relation(against or "year", year, UP.get(moves[-1].code, 0), value.end)
    return None


def numbers_of(sentence: Sentence) -> list[Value]:
    """The numbers of a sentence, and those in words that a difference may be said with."""
    found = values_in(sentence)
    taken = [(v.start, v.end) for v in found]
    for token in sentence.with_role("count"):
        behind = UNITS.match(sentence.text, token.end)
        is_one = token.code == "1" and not behind
        is_taken = any(start <= token.start < end for start, end in taken)
        if is_taken or is_one or not token.code.isdigit() or PART.match(sentence.text, token.end):
            continue
        unit = UNIT_CODES[behind[1][:8]] if behind else None
        end = behind.end() if behind else token.end
        number = Number(Decimal(token.code), 0, unit)
        found.append(Value(number, token.start, end, sentence.text[token.start : end], ""))
    return sorted(found, key=lambda v: v.start)


UNITS = re.compile(r" (procent|procentenhet(?:er)?|enhet(?:er)?)\b")
UNIT_CODES = {"procent": "percent", "procente": "percentage_points", "enhet": None, "enheter": None}
PART = re.compile(r" (?:av|gånger|[^\W\d]+del(?:ar)?)\b")
"""What stands behind a number that is no difference: *två tredjedelar*, *tre av fyra*."""

"""What a sentence may say of each of several rows, and of which of them it is true: *visar
underskott*, *når målet*, *har minskat*, *i minst 80 procent*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import values_in
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.judged import statuses_in, way_in
from bokslut.transcription.reading.nouns import Name
from bokslut.transcription.reading.statements.fields import (
    Competition,
    Entry,
    Field,
    changes,
    columns_of,
    in_columns,
    levels,
    made,
    results,
)
from bokslut.transcription.reading.statements.relation import against_what
from bokslut.transcription.reading.tables.table import Column, ReadTable

BOTH = frozenset((True, False))
Truths = dict[int, frozenset[bool]]
"""Of each row, by the identity of its name, what a predicate may be."""


@dataclass(frozen=True)
class Predicate:
    """What is said of each of several rows.

    Attributes:
        kind: `result`, `target`, `change`, `level` or `gender`.
        way: what is said: 1 for a surplus, a target that is met, a rise, at least; -1 for the
            contrary.
        spans: of its words, in their sentence.
        part: of a target: `full`, `part` or nothing.
        limit, unit: of a level.
        year: of a change.
        genders: of a change, those who are meant; all together where there are none.
        keeps: of a result: nought is enough.
        is_off: of a result: it is how far something is from its budget.
        is_expected: it is a forecast.
    """

    kind: str
    way: int
    spans: tuple[tuple[int, int], ...]
    part: str = ""
    limit: Decimal = Decimal(0)
    unit: str = ""
    year: int = 0
    genders: tuple[str, ...] = ()
    keeps: bool = False
    is_off: bool = False
    is_expected: bool = False


NOT = re.compile(r"(?<!antalet )(?<!andelen )\b(?!(?-i:Ej))(?:inte|ej)\b", re.IGNORECASE)
"""Not that of what is counted: *antalet ej verkställda beslut*, *Ej verkställda beslut*."""
AND = re.compile(r" (?:och|men|samt) ")
EXPECTED = re.compile(r"\b(?:väntas|beräknas|bedöms (?=över|hålla|under)|prognos\w*)\b")
RESULT = re.compile(
    r"\b(?P<less>minus(?:resultat\w*)?|underskott\w*|negativ\w* resultat\w*|"
    r"överskr[ei]d\w*|översteg|överstiger|(?:drog|gick|gått|går|ligger|låg|hamnade) över|"
    r"dyrare än (?:budget\w*|planera\w*)|(?:kostat|kostade|kostar) mer än (?:budget\w*|planera\w*))"
    r"(?!\w)|"
    r"\b(?P<more>överskott\w*|plus(?:resultat\w*)?|positiv\w* resultat\w*)|"
    r"\b(?P<keeps>(?:höll|håller|hållit|hålla|klarar|klarade|klarat|klara)\b[^.,;]{0,30}?"
    r"(?:budget|ram|anslag)\w*)",
    re.IGNORECASE,
)
BIG = re.compile(r"\b(?:större|mindre|stora|stort|små|betydande|kraftig\w*|tydlig\w*|över \d)\b")
"""What more is said of a result, or of a move, than which way it goes."""
BUDGET = re.compile(r"(?:sin |sitt |sina |den |de )?[^\W\d]*(?:budget|ram|anslag|plan)\w*")
TARGET = re.compile(
    r"\b(?:(?P<verb>(?:upp)?n[åa](?:r|dde|dd|dda|tt|tts|ddes|s)|upp(?:nå|fyll)\w*|klarar|klarade|"
    r"(?:gick|gått|kom|är) i hamn)\b|"
    r"(?P<colour>grön\w*|gul\w*|röd\w*)\b|"
    r"(?P<than>bättre|sämre) än (?:sitt |det )?mål[^\W\d]*)",
    re.IGNORECASE,
)
BY_ITSELF = re.compile(r"upp|nås|nåd(?:de)?s|nåt|nådd|[^\W\d]+ i hamn", re.IGNORECASE)
"""What needs no target beside it."""
MARK = re.compile(r"mål|indikator|mått|\bplan(?:en|er)?\b", re.IGNORECASE)
OR_PARTLY = re.compile(r"\b(?:eller|och|minst|åtminstone) delvis\b", re.IGNORECASE)
PARTLY = re.compile(r"\b(?P<part>delvis|nästan|huvudsak)|\b(?P<full>helt|fullt)\b", re.IGNORECASE)
LIMIT = re.compile(
    r"\b(?P<more>minst|över|mer än|högre än)|\b(?P<less>högst|under|mindre än|lägre än)$",
    re.IGNORECASE,
)
OF_GENDER = re.compile(
    r"\b(?P<more>högre|större|fler|mer|längre|bättre)|\b(?P<less>lägre|mindre|färre|kortare|sämre)\b",
    re.IGNORECASE,
)
MORE_THAN = re.compile(
    r"\b(?P<more>högre|större|fler|mer|dyrare)|\b(?P<less>lägre|mindre|färre|billigare)",
    re.IGNORECASE,
)
"""*är färre än budgeterat*, *vilket är mer än 2022*."""
BEHIND = re.compile(r"(?: [^\W\d]+){0,2}?(?P<than> än (?P<what>[^.,;:]+))")
BECAME = re.compile(
    r"\b(?:blev|blivit) (?:allt |något |lite |betydligt |ännu )?(?:(?P<more>fler)|färre)(?! än)\b"
)
"""*Deltagarna blev fler*."""
BESIDE_TARGET = re.compile(
    r"\b(?:hamnade|ligger|låg|kom|nådde|landade) (?:[^\W\d]+ )?(?:(?P<more>över)|under) "
    r"(?:(?:sitt|det|de[nt] uppsatta) )?mål[^\W\d]*",
    re.IGNORECASE,
)
"""*hamnade därmed över målet*."""
THAN = re.compile(r"\bän $")
OTHER_GENDER = {"women": "men", "men": "women"}
EACH = re.compile(r"\b(?:både|såväl)\b", re.IGNORECASE)
"""*sjönk för både kvinnor och män*."""
MAJORITY = re.compile(r"\bi majoritet\b")
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
BALANCED, EXACT = Decimal(50), Decimal(5)
"""Half of 0,1 mnkr, in tkr: what is as near its budget may be counted either way; and how far
rounding may bring what is printed as nought from it."""


def predicate_in(sentence: Sentence, start: int, end: int) -> Predicate | None:
    """What a part of a sentence says of each of several rows; None where it does not tell."""
    text = sentence.text[start:end]
    negations = [(start + m.start(), start + m.end()) for m in NOT.finditer(text)]
    turn = -1 if negations else 1
    if len(negations) > 1:
        return None
    genders = [t for t in sentence.with_role("gender") if start <= t.start < end]
    codes = tuple(sorted({t.code for t in genders}))
    if len(codes) == 2 and not EACH.search(text):
        return of_gender(text, start, genders[0].code, turn)
    if len(genders) == 1 and THAN.search(sentence.text, start, genders[0].start):
        # *Flickorna är många och är fler än pojkarna*.
        return of_gender(text, start, OTHER_GENDER[genders[0].code], turn)
    if found := MAJORITY.search(text):
        said = {t.code for t in sentence.with_role("gender") if t.start < end}
        way = {"women": 1, "men": -1}.get(said.pop(), 0) if len(said) == 1 else 0
        span = (start + found.start(), start + found.end())
        return Predicate("gender", way * turn, (span,)) if way and turn > 0 else None
    limits = [
        (v, found)
        for v in values_in(sentence)
        if start <= v.start < end
        and (found := re.search(rf"(?:{LIMIT.pattern}) ?$", text[: v.start - start]))
    ]
    if limits and any(start <= t.start < end for t in sentence.with_role("budget")):
        # *har högre kostnader än budget med mer än 500 tkr*
        return None
    if len(limits) == 1 and not genders:
        (value, found), unit = limits[0], limits[0][0].number.unit_of_measure or ""
        way = turn if found["more"] else -turn
        spans = ((start + found.start(), value.end), *negations)
        return Predicate("level", way, spans, limit=value.number.value, unit=unit)
    if limits and len(limits) > 1:
        return None
    if not genders and (found := RESULT.search(text)):
        return of_result(text, start, found, turn, negations)
    moves = [t for t in sentence.with_role("direction") if start <= t.start < end]
    if moves and any(AND.search(sentence.text, moves[-1].end, first) for first, _ in negations):
        # *har minskat med två enheter och målet nås inte*
        return None
    if len({t.code for t in moves}) == 1 and not BIG.search(text):
        way = {"up": 1, "down": -1}.get(moves[0].code, 0) * turn
        years = [int(y) for y in A_YEAR.findall(text) if int(y) < sentence.report_year]
        spans = ((moves[0].start, moves[0].end), *negations)
        year = years[0] if years else sentence.report_year - 1
        is_one = way and len(years) < 2
        return Predicate("change", way, spans, year=year, genders=codes) if is_one else None
    # *Målet för andelen flickor har uppnåtts*, of a row that is called so.
    is_of_goal = not genders or re.match(r"\W*Målet\b", text)
    if is_of_goal and (found := TARGET.search(text)) and not moves:
        is_reached = (
            not found["verb"] or BY_ITSELF.match(found["verb"]) or MARK.search(sentence.text)
        )
        return of_target(text, start, found, turn, negations) if is_reached else None
    return None


def compared_in(sentence: Sentence, left: int, right: int) -> Predicate | None:
    """That something is more or less than its budget, or than a year before it, by no number; None
    where that is not said."""
    if (beside := BESIDE_TARGET.search(sentence.text, left, right)) and not NOT.search(
        sentence.text, left, right
    ):
        return Predicate("aim", 1 if beside["more"] else -1, (beside.span(),))
    found = MORE_THAN.search(sentence.text, left, right)
    behind = BEHIND.match(sentence.text, found.end(), right) if found else None
    if became := BECAME.search(sentence.text, left, right):
        way = 1 if became["more"] else -1
        return Predicate("change", way, (became.span(),), year=sentence.report_year - 1)
    if not found or not behind or NOT.search(sentence.text, left, found.start()):
        return None
    if any(0 <= found.start() - value.end < 2 for value in values_in(sentence)):
        # *1 700 fler än budgeterat* is a difference.
        return None
    against, year = against_what(behind["what"], sentence.report_year)
    kind = {"budget": "budget", "year": "change"}.get(against)
    if kind is None or (kind == "change" and year is None):
        return None
    way = 1 if found["more"] else -1
    return Predicate(kind, way, (found.span(), behind.span("than")), year=year or 0)


def of_result(
    text: str, start: int, found: re.Match[str], turn: int, negations: Sequence[tuple[int, int]]
) -> Predicate | None:
    """*visar underskott*, *klarar inte sin budget*."""
    if BIG.search(text):
        return None
    behind = BUDGET.match(text, found.end() + 1)
    end = behind.end() if behind else found.end()
    spans = ((start + found.start(), start + end), *negations)
    way = -turn if found["less"] else turn
    # What has no surplus need not have a deficit.
    keeps = bool(found["keeps"]) if turn > 0 else bool(found["less"])
    expected = bool(EXPECTED.search(text))
    if turn < 0 and found["more"]:
        return None
    is_off = bool(behind) and not found["more"]
    return Predicate("result", way, spans, keeps=keeps, is_off=is_off, is_expected=expected)


def of_target(
    text: str, start: int, found: re.Match[str], turn: int, negations: Sequence[tuple[int, int]]
) -> Predicate | None:
    """*når målet*, *är delvis uppfyllda*, *är gröna*."""
    partly = PARTLY.search(text)
    if partly and OR_PARTLY.search(text):
        return None
    said = ("part" if partly["part"] else "full") if partly else ""
    spans = [(start + found.start(), start + found.end()), *negations]
    spans += [(start + m.start(), start + m.end()) for m in PARTLY.finditer(text)]
    if colour := (found["colour"] or "").lower():
        if negations:
            # What is not green is yellow or red.
            return None
        said, turn = {"gr": ("full", 1), "gu": ("part", 1), "rö": ("", -1)}[colour[:2]]
    if found["than"] == "sämre":
        turn = -turn
    return Predicate("target", turn, tuple(spans), part=said)


def of_gender(text: str, start: int, first: str, turn: int) -> Predicate | None:
    """*män är mer positiva än kvinnor*."""
    found = OF_GENDER.search(text)
    if not found or turn < 0:
        return None
    way = (1 if found["more"] else -1) * (1 if first == "women" else -1)
    return Predicate("gender", way, ((start + found.start(), start + found.end()),))


def truths_of(
    rivals: Competition, said: Predicate, year: int, lower: Sequence[str]
) -> Iterator[Truths]:
    """Of which rows of a table a predicate is true, in each way that it may be meant beside some
    words."""
    if said.kind == "target":
        yield from of_targets(rivals, said, year)
        return
    fields: list[Field] = []
    if said.kind == "result":
        fields += results(rivals, year, widely=True, expected=said.is_expected, off=said.is_off)
    elif said.kind == "change":
        if len(said.genders) > 1:
            each = [replace(said, genders=(gender,)) for gender in said.genders]
            yield from map(together, product(*(truths_of(rivals, e, year, lower) for e in each)))
            return
        gender = said.genders[0] if said.genders else "total"
        found = (f for f in changes(rivals, year, said.year, gender) if f.by == "change")
        fields += in_columns(list(found), lower)
    elif said.kind == "level":
        found = (f for f in levels(rivals, year, "total") if is_of_unit(f, said.unit))
        fields += in_columns(list(found), lower)
    elif said.kind == "gender":
        for one in columns_of(rivals.table, year, "women", "outcome"):
            for other in columns_of(rivals.table, year, "men", "outcome"):
                fields += made("difference", rivals, [one, other])
    made_of: dict[tuple[int, ...], Truths] = {}
    for one in fields:
        # Rows of several units of measure may be counted together.
        columns = tuple(f.column.index for f in one.entries[0].figures)
        key = (id(one), *columns) if said.kind in ("result", "level") else columns
        made_of.setdefault(key, {}).update({id(e.name): truth(said, e, one) for e in one.entries})
    yield from made_of.values()


def together(some: Sequence[Truths]) -> Truths:
    """What several predicates may be of a row together, where all tell."""
    names = set.intersection(*(set(one) for one in some))
    return {n: frozenset(map(all, product(*(one[n] for one in some)))) for n in names}


def is_of_unit(one: Field, unit: str) -> bool:
    """Whether a field is of a unit of measure."""
    return one.kind == ("percent" if unit == "percent" else one.kind) and one.by == "level"


def truth(said: Predicate, entry: Entry, one: Field) -> frozenset[bool]:
    """What a predicate may be of a row."""
    value = entry.value - said.limit if said.kind == "level" else entry.value
    if said.kind == "level":
        return frozenset((value * said.way >= 0,)) if value else BOTH
    if said.kind == "result" and one.kind == "money":
        if abs(value) < BALANCED and (value or entry.slack > EXACT):
            return BOTH
        return frozenset((value * said.way > 0 or (said.keeps and value == 0),))
    if abs(value) < entry.slack and value * said.way <= 0:
        return BOTH if value or entry.slack else frozenset((said.keeps,))
    return frozenset((value * said.way > 0 or (said.keeps and value == 0),))


def of_targets(rivals: Competition, said: Predicate, year: int) -> Iterator[Truths]:
    """Which rows are judged so, or have an outcome that meets what it is held against."""
    # A picture may have lost a word of a status.
    statuses = {} if rivals.table.is_scanned else statuses_in(rivals.table)
    judged = {
        id(n): statuses[id(n.rows[0][1])] for n in rivals.names if id(n.rows[0][1]) in statuses
    }
    if judged:
        yield {name: of_status(said, status) for name, status in judged.items()}
    for now in columns_of(rivals.table, year, "total", "outcome"):
        for goal in goals_of(rivals.table, year):
            found = dict(met(rivals, said, now.index, goal.index))
            # What is judged need not be guessed from numbers.
            if found and not (judged and BOTH in found.values()):
                yield found


def goals_of(table: ReadTable, year: int) -> list[Column]:
    """The columns of targets of a table, or of what was planned to be counted."""
    return columns_of(table, year, "total", "target") or [
        column
        for column in columns_of(table, year, "total", "budget")
        if column.head.text.lower().startswith("plan") and table.unit_of_measure not in IN_TKR
    ]


def of_status(said: Predicate, status: str) -> frozenset[bool]:
    """Whether a status is what a predicate says."""
    if said.part == "part":
        return frozenset((status == "partly_fulfilled",)) if said.way > 0 else BOTH
    if said.way > 0:
        return frozenset((status == "fulfilled",))
    if status == "partly_fulfilled":
        return BOTH
    return frozenset((status == "not_fulfilled",))


def met(
    rivals: Competition, said: Predicate, now: int, goal: int
) -> Iterator[tuple[int, frozenset[bool]]]:
    """Of each row whether its outcome meets what it is held against."""
    for name in rivals.names:
        ((table, line),) = name.rows
        outcome, target = line.figures.get(now), line.figures.get(goal)
        if not outcome or not target or not outcome.number or not target.number:
            continue
        # A plan of what is counted is met by as much.
        way = 1 if target.column.scenario == "budget" else way_in(table, line, target)
        more = outcome.number.value - target.number.value
        is_met = BOTH if not way and more else frozenset((way * more >= 0,))
        if said.part == "part":
            yield id(name), BOTH
        else:
            yield id(name), is_met if said.way > 0 else frozenset(not one for one in is_met)


def counted(truths: Mapping[int, frozenset[bool]], names: Sequence[Name]) -> tuple[int, int]:
    """How many of some rows a predicate is surely true of, and of how many it may be."""
    some = [truths[id(n)] for n in names]
    return sum(False not in one for one in some), sum(True in one for one in some)

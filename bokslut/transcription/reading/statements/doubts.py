"""Claims that may be of something else than the row that they are held against: a contradiction of
one is a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bokslut.transcription.reading import cells
from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.reader import Reader
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import AT_END, values_in
from bokslut.transcription.reading.concepts.concept import RESULT, RESULT_OF_UNIT, Concepts
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.nouns import lower_words
from bokslut.transcription.reading.statements.predicates import TARGET
from bokslut.transcription.reading.statements.relation import LAST
from bokslut.transcription.reading.statements.understood import (
    COUNTS,
    SOME,
    around,
    is_superlative,
    telling,
    unknown_in,
)
from bokslut.transcription.reading.tables.table import Line, ReadTable

A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
HELD_AGAINST = re.compile(
    r"\b(?:med|mot|än|från|sedan|mellan|och|till|sen|före|efter|[–-]) ?"
    r"(?:år |utfallet |bokslutet )?$",
    re.IGNORECASE,
)
"""What stands before a year that something is held against, and is not of."""
SEVERAL_YEARS = re.compile(
    rf"\b(?:på|under|sedan) (?:de )?(?:senaste )?(?:{COUNTS}|flera|några) år(?:en)?\b",
    re.IGNORECASE,
)
"""*har på två år ökat med*."""
SEVERAL = re.compile(rf"\b(?:dessa|båda|övriga|de (?:{COUNTS}|som|andra))\b", re.IGNORECASE)
"""Words of several rows: *dessa fyra underskott*."""
OF_THIS = re.compile(r"^\W*(?:verksamhet|område|enhet|avdelning|projekt)(?:en|et)\b", re.IGNORECASE)
"""*Verksamheten överskrider sin budget*: that which the sentence before is about."""
SHARE_OF = re.compile(r"\b(?:utgör|utgjorde|står för|stod för|svara(?:r|de) för|motsvara\w*)\b")
"""What a share of a whole is told with, whatever else a row has in per cent."""
OF_WHOLE = re.compile(r"(?:\bprocent|%) av ")
A_SHARE = re.compile(r"\bandel", re.IGNORECASE)
PER_CENT = re.compile(r"%$|procent")
POINTS = re.compile(r"procentenhet")
LEVELS = ("outcome", "budget", "target", "forecast")
"""What a claim of a value states as it is printed, and not how far two are apart."""
OF_A_SIDE = re.compile(r"\b(?:kostnad|intäkt|utgift)|intäkter(?:na)?\b", re.IGNORECASE)
"""Words of costs or of income alone, where a row has what is left of both."""
TOOK_IN = re.compile(r"\b(?:drog|drar|dragit) in\b", re.IGNORECASE)
"""What says that something is income, whatever its row is of."""
OF_OURS = re.compile(
    r"\bsom (?:vi|nämnden|förvaltningen|kommunen|förbundet|bolaget) (?:har |hade )?"
    r"(?:kunnat |fått )?[^\W\d]+(?: sig| in| emot)?\b"
)
"""What only says that the row is ours: *som nämnden har fått in*."""
OF_BEFORE = re.compile(
    r"\W*(?:året (?:innan|före)|föregående år|förra året|i fjol)\b", re.IGNORECASE
)
"""*Året innan redovisade nämnden*, and a figure that is not of the report's year."""
OF_THE_WHOLE = re.compile(r"\bkommunens (?:totala|samlade|genomsnittliga|hela)\b", re.IGNORECASE)
ONE_OF_THEM = re.compile(r"\benskilt (?:största|högsta|dyraste|minsta|lägsta)\b", re.IGNORECASE)
"""*Det enskilt största bidraget*, of those that a row is of."""
OF_PLACE = re.compile(r"\W*(?:där|här|hos dem|bland dem|för dem)\b", re.IGNORECASE)
"""What goes on about the place, or those, that the sentence before names."""
LEAD = re.compile(r"\W*(?P<lead>[^:.;\d]{2,40}):")
"""*Befäl: 2 av 16 är kvinnor*: what a line begins with is what it is about."""
KINDS = ("value", "year_direction", "target_direction")
Row = tuple[ReadTable, Line]


def doubtful(document: Document, concepts: Concepts) -> Iterator[str]:
    """The places, with their prints, of the claims whose sentences say more than their rows do, of
    another year, or in another unit of measure."""
    reader = Reader(document, concepts)
    rows: dict[tuple[str, str], list[Row]] = {}
    for table in document.tables:
        for line in table.lines:
            if concept := concepts.of(line):
                rows.setdefault((concept.measure_code, concept.unit_code), []).append((table, line))
    for sentence in reader.sentences():
        before = len(reader.claims)
        reader.sentence(sentence)
        for claim in reader.claims[before:]:
            own = rows.get((claim.measure_code, claim.unit_code)) or [
                row
                for (measure, _), some in rows.items()
                if measure == claim.measure_code
                for row in some
            ]
            names = (concepts.units.get(claim.unit_code, ""), claim.label)
            is_of_row = claim.kind in KINDS or claim.rule == "count.units"
            if is_of_row and claim.is_comparable and is_doubtful(sentence, claim, own, names):
                yield f"{claim.place}: {claim.printed_text}"


def is_doubtful(sentence: Sentence, claim: Claim, rows: list[Row], names: tuple[str, ...]) -> bool:
    """Whether a claim may be of something else than its rows."""
    start = max(sentence.text.find(claim.printed_text), 0)
    end = start + len(claim.printed_text)
    left, right = around(sentence.text, start, end)
    year = sentence.report_year
    years = {int(y) for y in A_YEAR.findall(sentence.text)} - {claim.fiscal_year, year, year - 1}
    text = sentence.text[left:right]
    if years or SEVERAL_YEARS.search(text) or SEVERAL.search(text):
        return True
    if claim.measure_code in (RESULT, RESULT_OF_UNIT) and OF_A_SIDE.search(text):
        return True
    if TOOK_IN.search(text) or sum(start <= value.start < end for value in values_in(sentence)) > 1:
        return True
    if (
        OF_THE_WHOLE.search(text)
        or ONE_OF_THEM.search(text)
        or (claim.fiscal_year == year and OF_BEFORE.match(text))
    ):
        return True
    own_years = {
        int(found[1])
        for found in A_YEAR.finditer(sentence.text)
        if not HELD_AGAINST.search(sentence.text[: found.start()])
    }
    is_level = claim.kind == "value" and claim.scenario in LEVELS
    if is_level and own_years and claim.fiscal_year not in own_years:
        # *Även 2023 var underskottet störst, men då 3,6 mnkr*.
        return True
    is_of_then = claim.fiscal_year != year and claim.scenario in LEVELS
    if is_of_then and not (str(claim.fiscal_year) in text or LAST.search(text)):
        return True
    if claim.kind == "value" and is_of_other_column(claim, rows, text):
        return True
    if SOME.match(text) or (sentence.before is not None and OF_THIS.match(sentence.text)):
        return True
    if OF_PLACE.match(text) or (claim.kind != "value" and is_of_money(sentence, left, right, rows)):
        return True
    if claim.kind != "value" and A_SHARE.search(sentence.text[:end]) and not has_shares(rows):
        # *Personalens andel av kostnaderna är lägre*.
        return True
    known = telling(lower_words(" ".join([*names, *map(around_row, rows)])))
    idle = [OF_OURS, *([SHARE_OF] if are_of_whole(rows) else [])]
    # *Målet på 80 procent nöjda besökare nåddes*.
    idle += [TARGET] if claim.scenario == "target" else []
    told = [
        (start, end),
        *(m.span() for m in AT_END.finditer(sentence.text)),
        *(m.span() for kind in idle for m in kind.finditer(sentence.text)),
    ]
    lead = LEAD.match(sentence.text, 0, left)
    parts = [(left, right), *([lead.span("lead")] if lead else [])]
    return any(
        not is_superlative(word[0].lower())
        for first, last in parts
        for word in unknown_in(sentence, first, last, known, told)
    )


def has_shares(rows: list[Row]) -> bool:
    """Whether some rows have figures in per cent."""
    return any(cells.unit_of(*row, f) == "percent" for row in rows for f in row[1].figures.values())


def are_of_whole(rows: list[Row]) -> bool:
    """Whether some rows are a share of something themselves: *Resultat i procent av skatter*."""
    return any(OF_WHOLE.search(line.label) for _, line in rows)


def is_of_money(sentence: Sentence, left: int, right: int, rows: list[Row]) -> bool:
    """Whether a part of a sentence states an amount of money, and its rows have none."""
    stated = [v for v in values_in(sentence) if left <= v.start < right]
    units = [cells.unit_of(*row, f) for row in rows for f in row[1].figures.values() if f.number]
    has_money = not IN_TKR.keys().isdisjoint(units)
    return any(v.number.unit_of_measure in IN_TKR for v in stated) and not has_money


def around_row(row: Row) -> str:
    """What is printed around a row."""
    table, line = row
    return " ".join([table.title, line.group, line.label, *(c.head.text for c in table.columns)])


def is_of_other_column(claim: Claim, rows: list[Row], text: str) -> bool:
    """Whether a claim states a share where its rows print none, or the other way round, one of its
    rows has several figures that it may be of, or none has any."""
    if claim.scenario not in LEVELS:
        return False
    figures = [
        (table, line, figure)
        for table, line in rows
        for figure in line.figures.values()
        if figure.number
        and figure.column.scenario == claim.scenario
        and not figure.column.entity
        and (line.gender or figure.column.gender or "total") == claim.gender
        and (line.fiscal_year or figure.column.fiscal_year) == claim.fiscal_year
    ]
    is_share = bool(PER_CENT.search(claim.read_text))
    return bool(
        not figures
        or POINTS.search(claim.read_text)
        or (is_share and SHARE_OF.search(text) and not are_of_whole(rows))
        or any((cells.unit_of(*found) == "percent") != is_share for found in figures)
        or len({id(line) for _, line, _ in figures}) < len(figures)
    )

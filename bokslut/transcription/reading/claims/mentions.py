"""What the text explains or takes up, whether or not its figures can be held against anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.claim import MENTION, Claim, Mention
from bokslut.transcription.reading.claims.lexicon import Printed
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.claims.value import Value, values_in
from bokslut.transcription.reading.concepts.concept import RESULT_OF_UNIT
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.labels import damaged, scanned

CAUSE = re.compile(
    rf"\b(?:{'|'.join(damaged(word).pattern for word in words.listed('causes'))})\b", re.IGNORECASE
)


def explanations(sentence: Sentence) -> Iterator[Claim]:
    """That a unit's result has a cause: of those that the sentence names, else of those that the
    one before it is about."""
    cause = CAUSE.search(sentence.text)
    if not cause:
        return
    for unit in {u.code: u for u in units_meant(sentence)}.values():
        if unit.code == sentence.own:
            continue
        yield sentence.make(
            cause.start(),
            cause.end(),
            "explanation",
            "explanation",
            f"{unit.name}: förklaring",
            cause[0],
            measure_code=RESULT_OF_UNIT,
            unit_code=unit.code,
        )


def units_meant(sentence: Sentence) -> list[Mention]:
    """The units that a sentence names, or that the nearest one before it in its paragraph does."""
    units = sentence.units
    if not units and sentence.before:
        return units_meant(sentence.before)
    return units or ([sentence.section] if sentence.section else [])


def mentions(sentence: Sentence) -> Iterator[Claim]:
    """That the text takes up the change of a row of a table: it has its figure of the year, a word
    of its name, and one for a rise, a fall or a comparison."""
    is_of_change = {"direction", "comparison"} & sentence.roles
    found = values_in(sentence) if is_of_change else []
    said = {scanned(token.text)[:STEM] for token in sentence.tokens} if found else set()
    for value in found:
        for row in sentence.reader.lexicon.outcomes:
            if not row.stems & said or not is_same(value, row):
                continue
            yield sentence.make(
                value.start,
                value.end,
                "year_direction",
                MENTION,
                f"{row.name}: omnämnt",
                value.text,
                measure_code=row.concept.measure_code,
                unit_code=row.concept.unit_code,
                gender=row.concept.gender,
            )


STEM = 5
"""How many letters of a word two forms of it have in common at least."""


def is_same(value: Value, row: Printed) -> bool:
    """Whether a number of the text is the figure of a row, as far as it is rounded."""
    number, unit = value.number, value.number.unit_of_measure
    if unit in IN_TKR and row.unit in IN_TKR:
        factor = IN_TKR[row.unit] / IN_TKR[unit]
        return abs(abs(number.value) - abs(row.value) * factor) <= number.half_step
    return unit not in IN_TKR and row.unit not in IN_TKR and number.value == row.value

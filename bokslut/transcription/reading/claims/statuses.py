"""Judgements of goals, and results in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bokslut.transcription.reading import goals
from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.lexicon import spelled
from bokslut.transcription.reading.claims.sentence import (
    Sentence,
    is_declared,
    is_of_another,
    is_of_several,
    is_of_somebody,
    named_goal,
)
from bokslut.transcription.reading.claims.value import qualified
from bokslut.transcription.reading.concepts.concept import RESULT, RESULT_OF_UNIT
from bokslut.transcription.reading.labels import damaged

ITS_OWN = re.compile(r"\b(?:trots att|.{1,2}ven om|eftersom|medan) verksamheten\b", re.IGNORECASE)


def statuses(sentence: Sentence) -> Iterator[Claim]:
    """Words that judge a goal: the goal that the sentence names, else the one whose section it
    is."""
    if not re.search(r"\bm.{1,2}l", sentence.text, re.IGNORECASE):
        return
    judgement = goals.judgement_in(sentence.text)
    if not judgement:
        return
    status = goals.status_of(judgement)
    behind = sentence.text[sentence.text.find(judgement) + len(judgement) :]
    if (other := goals.judgement_in(behind)) and goals.status_of(other) not in ("", status):
        # Of two judgements none can be told to be the goal's.
        return
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


def is_of_so_many(sentence: Sentence, end: int) -> bool:
    """Whether a number out of another stands before a place: *tre av sex nämnder*."""
    counted = [t for t in sentence.with_role("count") if t.end <= end]
    return any(
        re.fullmatch(r" av (?:[^\W\d]+ )?", sentence.text[one.end : other.start])
        for one, other in pairwise(counted)
    )


MOST = re.compile(r"\b(?:st.{1,2}rsta|minsta|h.{1,2}gsta|l.{1,2}gsta) $", re.IGNORECASE)
OF_YEAR = re.compile(r"\W*(?:.{1,2}ret|.{1,2}rets|resultatet|utfallet)\b", re.IGNORECASE)


def results(sentence: Sentence) -> Iterator[Claim]:
    """A surplus or a deficit of the administration or a unit, said in words."""
    for token in sentence.with_role("result"):
        sign = token.code[-1]
        positive = bool(re.search(r"positiv\w*\s*$", sentence.text[: token.start]))
        negative = (
            bool(re.search(r"negativ\w*\s*$|\b(?!ger\b)g.{1,2}r\s*$", sentence.text[: token.start]))
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
        if not is_declared(sentence, token) or is_of_so_many(sentence, token.start):
            continue
        if sign == "0" and qualified(sentence, token.start, token.end):
            # What was reckoned with in March.
            continue
        if MOST.search(sentence.text[: token.start]):
            # *Det största överskottet*, whose is told behind it.
            continue
        unit = sentence.unit_for(token.start)
        if unit and unit not in sentence.units and OF_YEAR.match(sentence.text):
            # *Året slutade med ett underskott*: that of all, whoever was named before.
            continue
        if is_of_somebody(sentence, token.start, unit) or is_of_another(sentence, token.end):
            continue
        if is_of_several(sentence, token.start, unit.code if unit else ""):
            continue
        if unit and unit not in sentence.units and ITS_OWN.search(sentence.text[: token.start]):
            # Of what the sentence itself is about, which no table names.
            continue
        code = unit.code if unit else sentence.own
        is_own = code == sentence.own
        if is_own and not sentence.units and sentence.is_about_investments():
            continue
        if is_own and sentence.reader.lexicon.result_row:
            # It has a result besides what its units have left of their budgets.
            continue
        name = unit.name if unit else sentence.reader.concepts.administration_name
        if sign == "0" and sentence.reader.concepts.orientation.is_net_cost:
            # How near to its budget that is, nobody says.
            continue
        if sign == "0":
            yield sentence.make(
                token.start,
                token.end,
                "value",
                "value.nil",
                f"{name}: {spelled(token.text)}",
                "0,0 mnkr",
                measure_code=RESULT if is_own else RESULT_OF_UNIT,
                unit_code=code,
            )
            continue
        stated = "below" if sign == "-" or negative else "above"
        how = sentence.reader.concepts.orientation
        start = token.start
        if positive:
            start = sentence.text.rindex("positiv", 0, token.start)
        yield sentence.make(
            start,
            token.end,
            "target_direction",
            "direction.result",
            f"{name}: {spelled(token.text)}",
            sentence.text[start : token.end],
            measure_code=RESULT if is_own else RESULT_OF_UNIT,
            unit_code=code,
            scenario="target" if is_own and not how.is_net_cost else "budget",
            stated=stated,
        )

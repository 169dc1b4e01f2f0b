"""Directions since last year, and against a target or a budget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from bokslut.transcription.reading.claims.amounts import behind_judges
from bokslut.transcription.reading.claims.claim import Claim, Mention, Token
from bokslut.transcription.reading.claims.lexicon import spelled
from bokslut.transcription.reading.claims.sentence import (
    DA,
    NEAR,
    Sentence,
    gender_for,
    last_token,
    subjects_for,
)
from bokslut.transcription.reading.claims.value import qualified, values_in
from bokslut.transcription.reading.claims.when import from_earlier
from bokslut.transcription.reading.concepts.concept import RESULT, RESULT_OF_UNIT
from bokslut.transcription.reading.labels import code


def directions(sentence: Sentence) -> Iterator[Claim]:
    """That a measure rose or fell, or stands above or below its target."""
    moved = list(moved_in(sentence))
    ways: dict[tuple[str, str, str], set[str]] = {}
    for claim in moved:
        ways.setdefault((claim.measure_code, claim.unit_code, claim.gender), set()).add(
            claim.stated
        )
    for claim in moved:
        # What rose here and fell there is not all of it.
        if len(ways[claim.measure_code, claim.unit_code, claim.gender]) == 1:
            yield claim
    yield from of_income(sentence)
    yield from against_target(sentence)
    yield from against_last_year(sentence)
    yield from between_genders(sentence)
    yield from extremes(sentence)


def moved_in(sentence: Sentence) -> Iterator[Claim]:
    """That measures rose or fell, word by word."""
    for token in sentence.with_role("direction"):
        if qualified(sentence, token.start, token.end, NEAR) or from_earlier(sentence, token.start):
            continue
        if token.code in ("better", "worse"):
            # Which way that is, is the measure's own.
            continue
        if BEFORE_IT.search(sentence.text[: token.start]):
            # *vände uppåt efter två års fall*
            continue
        if token.code == "unchanged" and ALMOST.search(sentence.text[: token.start]):
            continue
        if MOST_OF.search(sentence.text[: token.start]) and MOST.match(sentence.text, token.end):
            continue
        if token.code == "unchanged" and OF_SHARE.search(sentence.text[: token.start]):
            continue
        subjects = subjects_for(sentence, token)
        year_said = [t for t in sentence.with_role("year") if abs(t.start - token.start) < 30]
        if year_said and int(year_said[0].code) > sentence.report_year:
            continue
        for subject in subjects or net_cost_before(sentence, token):
            if sentence.reader.concepts.namesakes.get(subject.code):
                # Two tables have a row of that name, and the word says of neither.
                continue
            gender = gender_for(sentence, token)
            unit = sentence.unit_for(subject.start, subject.end, subject.code)
            yield sentence.make(
                token.start,
                token.end,
                "year_direction",
                "direction.year",
                f"{subject.name}: {spelled(token.text)}",
                token.text,
                measure_code=subject.code,
                unit_code=unit.code if unit else sentence.own,
                gender=gender,
                stated=token.code,
            )


ALMOST = re.compile(
    r"\b(?:i (?:stort sett|princip|det n.{1,2}rmaste)|n.{1,2}stan|s.{1,2} gott som|relativt|"
    r"t.{1,2}mligen|ungef.{1,2}r|mer eller mindre|praktiskt taget) $",
    re.IGNORECASE,
)
"""What stands before *oförändrat* where a little may have changed."""
MOST_OF = re.compile(r"\bsom (?:n.{1,2}st )?efter [^.,;]{3,40} (?:har |hade )?$")
MOST = re.compile(r" (?:mest|minst|snabbast)\b")
"""*den verksamhet som efter skolan ökat mest*, which is not said of the school alone."""
OF_SHARE = re.compile(r"\d (?:procent|%) av [^.,;]+, $")
"""*svarar för 62 procent av utlånen, oförändrat*, which is the share."""
BEFORE_IT = re.compile(r"\befter (?:[^\W\d]+ ){0,2}.{1,2}rs $")
FROM_TO = re.compile(
    r"(?: (?:sedan|fr.{1,2}n) (?:f.{1,2}reg.{1,2}ende|f.{1,2}rra) .{1,2}r(?:et)?)?,? fr.{1,2}n "
    r"(?:(?:19|20)\d\d .{1,2}rs |(?P<rank>plats |placering ))?$"
)
"""What stands between a word for a rise and the figure that it began with."""


def moves(sentence: Sentence) -> Iterator[Claim]:
    """That something of which no table has a row rose or fell, where both figures stand beside the
    word: *behörigheten minskade från 85,1 till 83,7 procent*."""
    found = values_in(sentence)
    for token in sentence.with_role("direction"):
        first, second = next(
            (
                (a, b)
                for a, b in pairwise(found)
                if FROM_TO.fullmatch(sentence.text[token.end : a.start])
                and re.fullmatch(r" (?:\(?(?:19|20)\d\d\)? )?till ", sentence.text[a.end : b.start])
            ),
            (None, None),
        )
        way = token.code
        if first and FROM_TO.fullmatch(sentence.text[token.end : first.start])["rank"]:  # type: ignore[index]
            # The first place is the best.
            way = {"better": "down", "worse": "up"}.get(way, "")
        if first is None or second is None or way not in ("up", "down"):
            continue
        if subjects_for(sentence, token) or first.number.unit_of_measure not in (
            None,
            second.number.unit_of_measure,
        ):
            continue
        line, _ = sentence.passage.line_at(sentence.offset + token.start)
        subject = Mention(
            code(f"i texten {line} {sentence.offset + token.start}"), "Uppgift i texten", 0, 0
        )
        said = {"measure_code": subject.code, "unit_code": sentence.own}
        for value, year in ((first, -1), (second, 0)):
            yield sentence.make(
                value.start,
                value.end,
                "value",
                "value.moved",
                subject.name,
                replace(value, number=second.number).read_text(value.number.value < 0),
                fiscal_year=sentence.report_year + year,
                **said,
            )
        yield sentence.make(
            token.start,
            token.end,
            "year_direction",
            "direction.moved",
            f"{subject.name}: {token.text}",
            token.text,
            stated=way,
            **said,
        )


def net_cost_before(sentence: Sentence, token: Token) -> list[Mention]:
    """The net cost of the administration or a unit that a sentence begins with."""
    said = next(iter(sentence.with_role("result")), None)
    how = sentence.reader.concepts.orientation
    near = said is not None and said.end < token.start < said.end + NEAR
    if said is None or said.code != "net_cost" or not near or not how.is_net_cost:
        return []
    if re.search(r"\bper\b|\bmed \d", sentence.text[said.end : token.end + 8]):
        return []
    unit = sentence.unit_for(said.start)
    if sentence.may_be_of_another(unit):
        return []
    measure = RESULT_OF_UNIT if unit and unit.code != sentence.own else RESULT
    return [Mention(measure, "nettokostnad", said.start, said.end)]


def of_income(sentence: Sentence) -> Iterator[Claim]:
    """That income or costs rose or fell: *ökade intäkter*, *lägre kostnader*."""
    tokens = sentence.tokens
    has_columns = sentence.reader.lexicon.has_income
    for token, subject in pairwise(tokens):
        if (
            token.role not in ("direction", "comparison")
            or subject.role != "result"
            or subject.code not in ("income", "cost")
            or token.code in ("better", "worse")
        ):
            continue
        how = sentence.reader.concepts.orientation
        if has_columns and how.is_net_cost and subject.code == "cost":
            # What rose is the net cost, or the cost before its income.
            continue
        stated = {"above": "up", "below": "down"}.get(token.code, token.code)
        if has_columns and subject.code == "cost" and how.cost_column_sign > 0:
            # More of a cost is less, as the warehouse has it, and here it is printed as more.
            stated = {"up": "down", "down": "up"}.get(stated, stated)
        unit = sentence.unit_for(token.start)
        code = unit.code if unit else sentence.own
        yield sentence.make(
            token.start,
            subject.end,
            "year_direction",
            "direction.income",
            f"{unit.name if unit else ''}: {spelled(subject.text)}",
            sentence.text[token.start : subject.end],
            measure_code=(RESULT if code == sentence.own else RESULT_OF_UNIT)
            if has_columns
            else "",
            unit_code=code,
            scenario=subject.code if has_columns else "outcome",
            stated=stated,
        )


def against_target(sentence: Sentence) -> Iterator[Claim]:
    """That a measure is above, below, met or missed against its target or budget."""
    lower = sentence.text.lower()
    for token in sentence.with_role("comparison"):
        rest = [t for t in sentence.tokens if token.end <= t.start < token.end + 45]
        target = next((t for t in rest if t.role in ("target", "budget")), None)
        if target is None or any(token.end <= v.start < target.start for v in values_in(sentence)):
            continue
        if any(0 <= token.start - v.end < 3 for v in values_in(sentence)):
            continue
        if token.text.lower() in ("under", "över") and target.start - token.end > 2:
            continue
        between = [t for t in rest if t.start < target.start]
        if any(t.code == "expected" or t.role in OF_ANOTHER for t in between):
            # *överträffar sannolikt målet*, *högre än förra året men under målet*
            continue
        stated = token.code
        if target.role == "target" and behind_judges([token]):
            # Which way is better is the measure's own.
            stated = "met" if token.code == "above" else "missed"
        yield from compared(sentence, token.start, target.end, stated, target.role)
    for match in re.finditer(
        rf"n{DA}r (?:inte|ej)(?: riktigt)?(?: upp till)?(?: uppsatt)? m{DA}lv{DA}rde\w*", lower
    ):
        yield from compared(sentence, match.start(), match.end(), "missed", "target")
    for match in re.finditer(
        rf"m{DA}lv{DA}rdet? [^.]{{0,60}}?(?P<verb>uppfylls|uppn{DA}s|n{DA}s)(?P<not> inte| ej)?",
        lower,
    ):
        stated = "missed" if match["not"] else "met"
        yield from compared(sentence, match.start("verb"), match.end(), stated, "target")


OF_ANOTHER = ("comparison", "last_year", "year")
"""What stands between a comparison and a target that it is not with."""
NEAR_TARGET = re.compile(
    rf"(?:n{DA}got|strax|marginellt|obetydligt) (?:h{DA}gre {DA}n|l{DA}gre {DA}n|{DA}ver|under) "
    rf"[^.,;]{{0,25}}?m{DA}l\w*|n{DA}ra m{DA}l\w*|i niv{DA} med m{DA}l\w*"
)
"""Words that say that a measure stands near its target."""


def wordings(sentence: Sentence) -> Iterator[Claim]:
    """That a measure stands near its target."""
    for match in NEAR_TARGET.finditer(sentence.text):
        token = Token(match[0], match.start(), match.end(), "", "")
        for subject in subjects_for(sentence, token):
            unit = sentence.unit_for(subject.start, subject.end, subject.code)
            yield sentence.make(
                match.start(),
                match.end(),
                "wording",
                "wording.near_target",
                f"{subject.name} nära målvärdet",
                match[0],
                measure_code=subject.code,
                unit_code=unit.code if unit else sentence.own,
                scenario="target",
                gender=gender_for(sentence, token),
                stated="slightly",
            )


def compared(
    sentence: Sentence, start: int, end: int, stated: str, scenario: str
) -> Iterator[Claim]:
    """The claims of one comparison, of each measure that it is said of."""
    token = Token(sentence.text[start:end], start, end, "", "")
    for subject in (
        subjects_for(sentence, token) or ([m for m in sentence.measures if m.start < end][-1:])
    ):
        unit = sentence.unit_for(subject.start, subject.end, subject.code)
        yield sentence.make(
            start,
            end,
            "target_direction",
            "direction.target",
            f"{subject.name} mot målvärdet",
            sentence.text[start:end],
            measure_code=subject.code,
            unit_code=unit.code if unit else sentence.own,
            scenario=scenario,
            gender=gender_for(sentence, token),
            stated=stated,
        )


def against_last_year(sentence: Sentence) -> Iterator[Claim]:
    """That something is higher or lower than the year before."""
    for token in sentence.with_role("comparison"):
        rest = [t for t in sentence.tokens if token.end <= t.start < token.end + 40]
        base = next((t for t in rest if t.role in ("last_year", "year")), None)
        if (
            base is None
            or token.text.lower() in ("under", "över", "mer")
            or (base.role == "year" and int(base.code) != sentence.report_year - 1)
            # *Bättre än riket men lägre än förra årets*: the second of two says it.
            or any(t.role == "comparison" for t in rest if t.start < base.start)
        ):
            continue
        stated = "up" if token.code == "above" else "down"
        subjects: Iterable[Mention] = subjects_for(sentence, token)
        result = last_token(sentence, token.start, "result", within=120)
        if not subjects and result and result.code.startswith("result"):
            unit = sentence.unit_for(token.start)
            code = unit.code if unit else sentence.own
            subjects = [
                Mention(
                    RESULT if code == sentence.own else RESULT_OF_UNIT,
                    "resultat",
                    result.start,
                    result.end,
                )
            ]
        for subject in subjects:
            unit = sentence.unit_for(subject.start, subject.end, subject.code)
            yield sentence.make(
                token.start,
                base.end,
                "year_direction",
                "direction.last_year",
                f"{subject.name}: {spelled(token.text)}",
                sentence.text[token.start : base.end],
                measure_code=subject.code,
                unit_code=unit.code if unit else sentence.own,
                gender=gender_for(sentence, token),
                stated=stated,
            )


def between_genders(sentence: Sentence) -> Iterator[Claim]:
    """That women have more or less of a measure than men: *högre bland kvinnor än bland män*."""
    for one, other in pairwise(sentence.with_role("gender")):
        between = sentence.text[one.end : other.start]
        left, right = sentence.clause(one.start)
        than = re.search(rf"\b{DA}n\b[^.,;\d]{{0,30}}$", between)
        said = [t for t in sentence.with_role("comparison") if left <= t.start < other.start]
        measures = {
            m.code: m
            for m in sentence.measures
            if left <= m.start < right
            and "," not in sentence.text[min(m.end, one.start) : max(m.start, one.start)]
        }
        if one.code == other.code or not than or len(said) != 1 or len(measures) != 1:
            continue
        if said[0].text.lower() in ("under", "över") or qualified(sentence, one.start, other.end):
            continue
        (subject,) = measures.values()
        unit = sentence.unit_for(subject.start, subject.end, subject.code)
        start, end = min(one.start, said[0].start), other.end
        yield sentence.make(
            start,
            end,
            "target_direction",
            "direction.gender",
            f"{subject.name}: {spelled(said[0].text)}",
            sentence.text[start:end],
            measure_code=subject.code,
            unit_code=unit.code if unit else sentence.own,
            gender=one.code,
            stated=said[0].code,
        )


EXTREME = re.compile(
    r"\b(?P<which>h.{1,2}gst|l.{1,2}gst|st.{1,2}rst|minst|flest)a? (?:[^\W\d]+ ){0,2}"
    r"(?:p.{1,2}|(?:under |p.{1,2} )?de senaste|sedan) (?P<since>\w+)(?: .{1,2}r(?:en)?\b)?"
)
"""*Den högsta nivån på fem år*, *det lägsta sedan 2019*."""


def extremes(sentence: Sentence) -> Iterator[Claim]:
    """That a measure is higher or lower than in so many years, where the tables have no other
    years of it."""
    for match in EXTREME.finditer(sentence.text):
        counted = [t for t in sentence.tokens if t.start == match.start("since")]
        said = counted[0].code if counted and counted[0].role in ("count", "year") else ""
        since = int(said or (match["since"] if match["since"].isdigit() else 0))
        # So many years, this one with them; or all behind a year.
        first = since + 1 if since > LAST_COUNT else sentence.report_year - since + 1
        token = Token(match[0], match.start(), match.end(), "", "")
        only = {m.code: m for m in sentence.measures}
        # *Den högsta nivån* may be of what stands before *vilket är*.
        for subject in subjects_for(sentence, token) or (only.values() if len(only) == 1 else ()):
            years = sentence.reader.lexicon.years.get(subject.code, {0})
            if not since or min(years) < first or len(years) == 1:
                continue
            unit = sentence.unit_for(subject.start, subject.end, subject.code)
            is_least = match["which"][0] in "lm"
            yield sentence.make(
                match.start(),
                match.end(),
                "year_direction",
                "direction.extreme",
                f"{subject.name}: {match['which']}",
                match[0],
                measure_code=subject.code,
                unit_code=unit.code if unit else sentence.own,
                gender=gender_for(sentence, token),
                stated="lowest" if is_least else "highest",
            )


LAST_COUNT = 1900
"""What is more is no count of years, but a year."""

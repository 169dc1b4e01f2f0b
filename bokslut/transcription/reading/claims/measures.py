"""Numbers and ranks: of which measure they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bokslut.transcription.reading import numbers, words
from bokslut.transcription.reading.claims.amounts import fell, money
from bokslut.transcription.reading.claims.claim import Claim, Mention, Token
from bokslut.transcription.reading.claims.lexicon import is_per
from bokslut.transcription.reading.claims.sentence import (
    NEAR,
    OF_ANTECEDENT,
    Sentence,
    is_of_another,
    is_of_several,
    last_token,
    words_before,
)
from bokslut.transcription.reading.claims.value import (
    MONEY,
    Value,
    goes_on,
    is_of_part,
    qualified,
    starts_from,
    values_in,
)
from bokslut.transcription.reading.claims.when import (
    FEWER,
    from_earlier,
    same_before,
    scenario_for,
    year_for,
)
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.labels import damaged, normal

RANK = re.compile(r"(?<![\w,])(\d{1,3}):[^\W\d]{1}|(?<![\w,])(\d{1,3}):[^\w\s]")


def values(sentence: Sentence) -> Iterator[Claim]:
    """A number with its unit of measure, and the nearest subject."""
    if not any(c.isdigit() for c in sentence.text):
        return
    said: dict[tuple[object, ...], str] = {}
    found: list[tuple[Value, Claim]] = []
    for value in values_in(sentence):
        unit = value.number.unit_of_measure
        claim = money(sentence, value) if unit in MONEY else measured(sentence, value)
        if claim is None:
            continue
        if claim.measure_code and (
            qualified(sentence, value.start, value.end)
            or is_of_several(sentence, value.start, claim.measure_code, claim.unit_code)
        ):
            claim.measure_code, claim.rule = "", "value.qualified"
        if IN_A_ROW.search(sentence.text) and starts_from(
            sentence.text[: value.start], sentence.text[value.end :]
        ):
            # Of a year that is not said.
            claim.measure_code, claim.rule = "", "value.no_subject"
        if claim.measure_code and unit in (None, "count"):
            scale(sentence, value, claim)
        is_before = claim.scenario == "change" or claim.fiscal_year == sentence.report_year - 1
        is_older = is_before and from_earlier(sentence, value.start)
        if not claim.scenario or is_older or not fits(sentence, value, claim):
            claim.measure_code, claim.scenario = "", claim.scenario or "outcome"
        # A change may be said in per cent too.
        again = claim.scenario == "change" and unit == "percent"
        about = (claim.measure_code, claim.unit_code, claim.fiscal_year, claim.gender)
        key = (*about, claim.scenario, again)
        if claim.measure_code and said.setdefault(key, claim.read_text) != claim.read_text:
            # A second figure of the same: of something that the rules do not see.
            claim.measure_code, claim.rule = "", "value.no_subject"
        found.append((value, claim))
    unlike = {
        (claim.measure_code, claim.unit_code)
        for value, claim in found
        if is_unlike(sentence, value, claim)
    }
    for _, claim in found:
        if (claim.measure_code, claim.unit_code) in unlike:
            claim.measure_code, claim.rule = "", "value.no_subject"
        yield claim


def is_unlike(sentence: Sentence, value: Value, claim: Claim) -> bool:
    """Whether a number is like none that the tables print of its measure, nor one of them with its
    decimal sign or a digit astray: it is of something else, which the rules do not see."""
    if claim.scenario in ("change", "deviation", "forecast_deviation"):
        return False
    number = value.number
    said = abs(number.value) * IN_TKR.get(number.unit_of_measure or "", 1)
    of_unit = (claim.measure_code, claim.unit_code)
    printed = sentence.reader.lexicon.levels.get(of_unit, set()) - {0}
    return bool(said) and bool(printed) and not any(is_like(said, one) for one in printed)


def is_like(one: Decimal, other: Decimal) -> bool:
    """Whether two figures may be of one thing: of one size, both small, or ten, a hundred ... times
    each other."""
    less, more = sorted((one, other))
    if more < SMALL or more <= LIKE * less:
        return True
    times = (more / less).log10()
    return abs(times - round(times)) < SLIP


SMALL = 20
LIKE = Decimal("2.5")
SLIP = Decimal("0.01")
"""How near the logarithm of a quotient is to that of a power of ten where a digit too many or too
few was typed."""


def scale(sentence: Sentence, value: Value, claim: Claim) -> None:
    """Reads a number in the thousands in which the tables count its measure; one that may be in
    them already, or is of another scale, is of nothing."""
    lexicon, number = sentence.reader.lexicon, value.number
    scales = lexicon.printed_words(claim.measure_code) & set(words.listed("scales"))
    if not scales or abs(number.value) < THOUSAND:
        return
    is_said = re.match(r" (?:tusen|miljo)", sentence.text[value.end :])
    there = lexicon.figures.get(claim.measure_code, [])
    if is_said or not all(s.startswith("tus") for s in scales) or number.value in there:
        claim.measure_code = ""
        return
    made = (number.value / THOUSAND).normalize()
    claim.read_text = f"{value.hedge} {made:f}".strip().replace(".", ",")


THOUSAND = 1000
IN_A_ROW = re.compile(
    r"\b[aåä]r i rad\b|\bvarje .{1,2}r\b|\bsenaste \w+ .{1,2}ren\b|\bp.{1,2} \w+ .{1,2}r\b",
    re.IGNORECASE,
)
"""Words of a change over several years."""


def fits(sentence: Sentence, value: Value, claim: Claim) -> bool:
    """Whether a number can be of the measure that it was given, by what the tables count it in."""
    unit = value.number.unit_of_measure
    printed = sentence.reader.lexicon.units_of.get(claim.measure_code, set())
    if unit in MONEY:
        is_printed = claim.measure_code in sentence.reader.lexicon.printed
        if claim.measure_code in sentence.reader.lexicon.mixed:
            return False
        if is_per(sentence.tokens, value.end):
            return "kr" in printed
        # What is counted in kronor each is no amount of millions.
        return not is_printed or bool(printed & (MONEY if unit == "kr" else MONEY - {"kr"}))
    if unit == "percentage_points" and claim.measure_code in sentence.reader.lexicon.printed:
        return "percent" in printed
    if unit in (None, "count") and printed and printed <= MONEY:
        return False
    if unit == "count" and is_counted_otherwise(sentence, value, claim.measure_code):
        return False
    if unit == "percent" and claim.scenario != "change":
        # A share of what is counted is no figure of it.
        lexicon, code = sentence.reader.lexicon, claim.measure_code
        return code not in lexicon.mixed and ("percent" in printed or not lexicon.counts(code))
    if FEWER.match(sentence.text, value.end) and printed == {"percent"}:
        return False
    if not printed or claim.scenario == "change":
        return True
    counted = re.search(r"\bantal(?:et)?\b", sentence.text[: value.start], re.IGNORECASE)
    return printed != {"percent"} or (abs(value.number.value) <= 100 and not counted)


CAME_OR_WENT = re.compile(
    rf"\b(?:{'|'.join(damaged(word).pattern for word in words.listed('came_or_went'))})"
    r" (?:[^\W\d]+ ){0,2}$",
    re.IGNORECASE,
)
"""What came to something, or went from it, behind which stands how many: not how many there are."""


def measured(sentence: Sentence, value: Value) -> Claim | None:
    """A share, an index or a count: of the measure that is named nearest to it."""
    scenario, rule = scenario_for(sentence, value)
    unit_of_measure = value.number.unit_of_measure
    if (first := same_before(sentence, value)) and scenario == "change":
        of_money = first.number.unit_of_measure in MONEY
        if (claim := (money if of_money else measured)(sentence, first)) is None:
            return None
        text, read = sentence.text[value.start : value.end], value.read_text(False)
        return replace(claim, printed_text=text, read_text=read)
    named = [
        m
        for m in sentence.measures
        if m.start < value.start
        and value.start - m.end < 2 * NEAR
        # What is behind *medan*, and of a noun between them, has a subject of its own.
        and not sentence.is_cut_between(m.end, value.start)
        and not OF_ANTECEDENT.search(sentence.text, m.end, value.start)
        # Nor is what others are a share of.
        and not re.search(r"(?:procent|%) av all(?:t|a)? $", sentence.text[: m.start])
    ]
    behind = [
        m
        for m in sentence.measures
        if value.end <= m.start < value.end + 45
        and not re.search(
            r"[,;:.()\d]|\b(?:och|samt|medan|men|mot|j.{1,2}mf.{1,2}rt)\b",
            sentence.text[value.end : m.start],
        )
        # A share of it is no figure of it.
        and not (unit_of_measure == "percent" and sentence.text.startswith(" av ", value.end))
    ]
    subject, is_row = named[-1] if named else behind[0] if behind else None, False
    if (
        behind
        and (not named or behind[0].start - value.end < 8)
        and unit_of_measure in (None, "count")
    ):
        is_row = bool(named) and is_row_of(sentence, named[-1], behind[0])
        subject = named[-1] if is_row else behind[0]
    previous = sentence.before
    if (
        subject is None
        and previous
        and previous.measures
        and (
            unit_of_measure in ("percent", "percentage_points")
            or (scenario == "change" and len({m.code for m in previous.measures}) == 1)
        )
        and goes_on(sentence, value)
    ):
        subject = previous.measures[-1]
    is_said = unit_of_measure is not None or is_row
    if not is_said and not is_stated(sentence, value, subject, scenario):
        return None
    unit = sentence.unit_for(value.start)
    if is_of_part(sentence, value) or (
        subject and is_of_another(sentence, subject.end, subject.name)
    ):
        subject = None
    if unit_of_measure in (None, "count") and CAME_OR_WENT.search(sentence.text[: value.start]):
        subject = None
    if subject:
        subject = printed_for(sentence, subject, unit)
        if scenario == "outcome":
            like = sentence.reader.lexicon.like(subject.code, value.number.value)
            subject = replace(subject, code=like)
        unit = sentence.unit_for(subject.start, subject.end, subject.code)
        named_here = {u.code for u in sentence.units}
        if is_counted_word(subject.name) and unit and unit.code not in named_here:
            # Persons of whom the sentence does not say are no unit's.
            subject = None
        if not in_its_unit(sentence, value, subject):
            subject = None
    gender = gender_behind(sentence, value) or last_token(
        sentence, value.start, "gender", within=NEAR
    )
    read = value.read_text(value.number.value < 0)
    name = subject.name if subject else "tal i text"
    if subject is None:
        return sentence.make(
            value.start,
            value.end,
            "value",
            "value.no_subject",
            name,
            read,
            unit_code=unit.code if unit else sentence.own,
            scenario=scenario,
        )
    return sentence.make(
        value.start,
        value.end,
        "value",
        rule,
        name,
        read,
        measure_code=subject.code,
        unit_code=unit.code if unit else sentence.own,
        scenario=scenario,
        gender=gender.code if gender else "total",
        fiscal_year=year_for(sentence, value),
        stated=fell(sentence, value, scenario),
    )


def is_row_of(sentence: Sentence, row: Mention, counted: Mention) -> bool:
    """Whether a row's table says that it counts what stands behind a number: *hotellen hade 214
    gästnätter*."""
    noun = normal(sentence.text[counted.start : counted.end])
    printed = {normal(word) for word in sentence.reader.lexicon.printed_words(row.code)}
    return row.code != counted.code and noun in printed and noun not in normal(row.name)


def in_its_unit(sentence: Sentence, value: Value, subject: Mention) -> bool:
    """Whether a number with a unit of measure of time, length or weight behind it is of a row that
    the tables print in it: *5 veckor* is no count of permits."""
    behind = next((t for t in sentence.tokens if t.start >= value.end), None)
    beside = behind is not None and not sentence.text[value.end : behind.start].strip()
    unit = behind.text.lower() if behind and beside else ""
    short = {row["word"].lower(): row["short"] for row in words.table("other_units")}.get(unit)
    if short is None:
        return True
    if LIMIT.search(sentence.text[: value.start]):
        return False
    return bool({unit, short.lower()} & sentence.reader.lexicon.printed_words(subject.code))


LIMIT = re.compile(
    r"\b(?:inom|efter|.{1,2}ver|under|minst|h.{1,2}gst|mer .{1,2}n|p.{1,2}|l.{1,2}ngre .{1,2}n) $",
    re.IGNORECASE,
)
"""What stands before a span of time in which something is done, which is no figure of it."""


def is_counted_otherwise(sentence: Sentence, value: Value, measure: str) -> bool:
    """Whether the noun behind a number is one that the tables count, but not in the rows of a
    measure: *17,1 årsarbetare* are no pupils."""
    noun = normal(value.text).split()[-1]
    lexicon = sentence.reader.lexicon
    own = {normal(word) for word in lexicon.printed_words(measure)}
    others = (lexicon.printed_words(other) for other in lexicon.printed - {measure})
    return noun not in own and any(noun in {normal(word) for word in said} for said in others)


def is_counted_word(name: str) -> bool:
    """Whether all that a measure is called is a word for what is counted: *personer*."""
    return normal(name) in {normal(word) for word in words.of_numbers("unit")}


OF_GENDER = re.compile(
    r"\b(?:varav|d.{1,2}rav|och) $|^Av [^.,;]{3,60} (?:.{1,2}r|var) $", re.IGNORECASE
)
"""What stands before how many of something are women."""


OF_WOMEN_AND_MEN = re.compile(r"rav (?:\d[\d ]* [^\W\d]+ och )?$|^Av .*\d .* och $")
BEHIND = re.compile(r" (?:f.{1,2}r|bland|hos|av) ")
AND_OTHERS = re.compile(r" (?:och|samt|respektive) (?:kvinn|m.{1,2}n|flick|pojk)")


def gender_behind(sentence: Sentence, value: Value) -> Token | None:
    """The gender that a number is of, where it stands right behind: *varav 688 kvinnor*, *71
    procent för pojkar*."""
    behind = next((t for t in sentence.tokens if t.start >= value.end and t.role == "gender"), None)
    if behind is None:
        return None
    between = sentence.text[value.end : behind.start]
    if BEHIND.fullmatch(between):
        return None if AND_OTHERS.match(sentence.text, behind.end) else behind
    is_beside = len(between) < 2 and OF_GENDER.search(sentence.text[: value.start])
    return behind if is_beside else None


def printed_for(sentence: Sentence, subject: Mention, unit: Mention | None) -> Mention:
    """Of measures that share their words, the one that the tables have for the unit."""
    pairs = sentence.reader.lexicon.pairs
    code = unit.code if unit else sentence.own
    if (subject.code, code) in pairs or not subject.rivals:
        return subject
    fitting = [r for r in subject.rivals if (r, code) in pairs]
    unprinted = [r for r in subject.rivals if r not in sentence.reader.lexicon.printed]
    chosen = (fitting or unprinted or [subject.code])[0]
    return Mention(chosen, subject.name, subject.start, subject.end)


def is_stated(sentence: Sentence, value: Value, subject: Mention | None, scenario: str) -> bool:
    """Whether a number without a unit of measure is one that the sentence states of its subject."""
    before = sentence.text[: value.start]
    if value.number.hedge or re.search(rf"\b(?:{numbers.HEDGE}) $", before, re.IGNORECASE):
        return True
    if re.search(r"\b(?:p.{1,2}|[aä]r|var|blev|om|med|[aåéd]r)(?: nu)? ?$", before):
        return True
    if re.search(r"\btill ?$", before) and (
        REACHED.search(before) or last_token(sentence, value.start, "direction")
    ):
        return True
    if subject is None:
        return False
    if scenario == "change" or starts_from(before, sentence.text[value.end :]):
        return True
    if gender_behind(sentence, value) and re.search(OF_WOMEN_AND_MEN, before):
        return True
    in_parentheses = bool(re.search(r"\((?:(?:19|20)\d\d,? )?$", before))
    beside = subject.end <= value.start and value.start - subject.end < 4
    target = any(t.role == "target" for t in words_before(sentence, value.start, 2))
    behind = value.end <= subject.start < value.end + 3
    return in_parentheses or beside or target or behind


REACHED = re.compile(
    r"\b(?:uppg\w+|fr.{1,2}n|kom|gick|landa\w*|hamna\w*|n.{1,2}dde|ber.{1,2}kna\w*)\b[^.;]{0,60}$"
)
"""What says that a number behind *till* is what something came to."""


def ranks(sentence: Sentence) -> Iterator[Claim]:
    """A place in an order: `44:e plats`, or *störst* of a unit."""
    for match in RANK.finditer(sentence.text):
        number = match[1] or match[2]
        before = re.findall(r"(?:19|20)\d\d", sentence.text[: match.start()][-14:])
        year = int(before[-1]) if before else sentence.report_year
        if (
            not before
            and re.search(r"fr.{1,2}n $", sentence.text[: match.start()])
            and "till" in sentence.text[match.end() : match.end() + 15]
        ):
            year -= 1
        yield sentence.make(
            match.start(),
            match.end(),
            "rank",
            "rank.ordinal",
            "plats i jämförelse",
            number,
            measure_code="kkik_placering" if "kkik" in sentence.passage.text.lower() else "",
            unit_code=sentence.own,
            fiscal_year=year,
        )
    for match in re.finditer(r"\bst.{1,2}rst(?:a)? (?:del\w*|p.{1,2}verkan)", sentence.text):
        unit = sentence.unit_for(match.start())
        about_money = {t.code.rstrip("+-0") for t in sentence.with_role("result")} & {
            "result",
            "investments",
        }
        how = sentence.reader.concepts.orientation
        if unit and unit.code != sentence.own and about_money and not how.is_net_cost:
            about = (
                "rang_investeringar" if "investering" in sentence.text.lower() else "rang_resultat"
            )
            yield sentence.make(
                match.start(),
                match.end(),
                "rank",
                "rank.largest",
                f"{unit.name}: störst",
                "1",
                measure_code=about,
                unit_code=unit.code,
            )

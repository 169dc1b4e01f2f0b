"""Amounts of money: results, income, cost and investments."""

from __future__ import annotations

import re

from bokslut.transcription.reading import numbers, words
from bokslut.transcription.reading.claims.claim import Claim, Mention, Token
from bokslut.transcription.reading.claims.lexicon import is_per, spelled
from bokslut.transcription.reading.claims.sentence import (
    NEAR,
    OF_ANTECEDENT,
    OF_THE_WHOLE,
    OTHER_CLAUSE,
    Sentence,
    is_of_another,
    is_of_somebody,
    last_token,
)
from bokslut.transcription.reading.claims.value import Value
from bokslut.transcription.reading.claims.when import (
    EXCEEDED,
    scenario_for,
    words_behind,
    year_for,
)
from bokslut.transcription.reading.concepts.concept import RESULT, RESULT_OF_UNIT
from bokslut.transcription.reading.labels import normal


def amount_is_bare(value: Value) -> bool:
    """Whether an amount is printed without a sign, so that what it is of says its sign."""
    return not numbers.plain(value.text).startswith(("-", "+"))


SIGN_IN_WORDS = re.compile(r"\b(?:plus|minus)\s*$", re.IGNORECASE)
AFTER = re.compile(r"\b(?:efter|f.{1,2}re) (?:[^\W\d]+ )?$", re.IGNORECASE)
"""What stands before a result beside which another thing is told: *efter årets resultat*."""
JOINED = re.compile(r"[,;:.]| (?:och|samt|men|medan) ")
"""What stands between a figure and what the next one is of."""
SPENT = re.compile(
    r"\s*(?:har )?(?:f.{1,2}rbrukats|anv.{1,2}nts|upparbetats|investerats|utnyttjats|nyttjats)\b"
)
"""What stands behind the part of a limit that was spent."""
SPENT_BEFORE = re.compile(
    r"\d[^.,;]{0,25} (?:har )?(?:f.{1,2}rbruka|anv.{1,2}nd|anv.{1,2}nt|upparbeta|investera|"
    r"utnyttja|nyttja)[^\W\d]* $"
)
"""What stands before it: *av budgeten på 10,5 mnkr användes*."""


OF_DEVIATION = re.compile(r"\bavvikelse\w* [^.,;]{0,40}$", re.IGNORECASE)
"""A change of how far something was from its budget, not of itself."""
WENT = re.compile(r"\s*(?:gick|g.{1,2}r|hamnade|hamnar|landade|l.{1,2}g|ligger)\s*")
"""What stands between a unit and how far it went over or under its budget."""


OF_OUTCOME = re.compile(r"\butfallet\b[^.,;]*$", re.IGNORECASE)
COST = re.compile(
    rf"(?P<whole>(?:^|[.:] )(?:n.{{1,2}}mnden|(?:n.{{1,2}}mndens )?verksamhet(?:en)?|"
    rf"f.{{1,2}}rvaltningen))? (?:har )?kosta(?:de|t) (?:{numbers.HEDGE} )?$",
    re.IGNORECASE,
)
"""*Verksamheten kostade*, *belysningen kostade*: what stands before a net cost."""


def says_cost(sentence: Sentence, value: Value, unit: Mention | None) -> bool:
    """Whether an amount is what a unit, or all of them, cost, where tables have no costs but net
    costs."""
    found = COST.search(sentence.text[: value.start])
    how = sentence.reader.concepts.orientation
    if not found or not how.is_net_cost or sentence.reader.lexicon.has_income:
        return False
    return bool(found["whole"]) if unit is None else unit.end == found.start()


def money(sentence: Sentence, value: Value) -> Claim | None:
    """An amount: of a result, of investments, of a net cost, by the word nearest to it."""
    scenario, rule = scenario_for(sentence, value)
    subject = (
        last_token(sentence, value.start, "result", within=NEAR)
        or next(
            (
                t
                for t in sentence.with_role("result")
                if value.end <= t.start < value.end + 40
                and not JOINED.search(sentence.text, value.end, t.start)
                # *2,5 mnkr över ramen* is no limit.
                and not re.search(r"\b(?:.{1,2}ver|under) $", sentence.text[value.end : t.start])
            ),
            None,
        )
    )
    if subject and (
        is_per(sentence.tokens, subject.end)
        or OF_ANTECEDENT.search(sentence.text, subject.end, value.start)
        or ";" in sentence.text[subject.end : value.start]
        or AFTER.search(sentence.text[: subject.start])
    ):
        subject = None
    unit = sentence.unit_for(value.start)
    unit_code = unit.code if unit else sentence.own
    if subject and unit and re.search(r"\d", sentence.text[subject.end : unit.start]):
        # It has a figure of its own, before the unit is named.
        subject = None
    meant = subject.code if subject else said_before(sentence, scenario)
    if subject is None and says_cost(sentence, value, unit):
        meant = "net_cost"
    if (
        subject
        and scenario == "deviation"
        and OF_OUTCOME.search(sentence.text[subject.end : value.start])
    ):
        # Less of an outcome that is a net cost is better.
        how = sentence.reader.concepts.orientation
        meant, subject = "net_cost" if how.is_net_cost else "", None
    exceeded = EXCEEDED.search(sentence.text[: value.start].rstrip())
    if exceeded or (scenario == "budget" and meant.startswith("result")):
        # What was exceeded, and a budget that a surplus is held against, are no results.
        meant = ""
    if meant.startswith("invest") and (
        SPENT.match(sentence.text, value.end) or SPENT_BEFORE.search(sentence.text[: value.start])
    ):
        meant, scenario = "investments", "outcome"
    own_result = RESULT if unit_code == sentence.own else RESULT_OF_UNIT
    measure, year = "", year_for(sentence, value)
    named = [
        m
        for m in sentence.measures
        if m.end <= value.start
        and value.start - m.end < NEAR
        and not OF_ANTECEDENT.search(sentence.text, m.end, value.start)
        and not OTHER_CLAUSE.search(sentence.text, m.end, value.start)
    ]
    moved = last_token(sentence, value.start, "direction", within=NEAR)
    if len(named) > 1 and moved and sentence.text[moved.end : named[-1].start].strip() == "med":
        # *Ökade med årets resultat till*: what it rose by.
        named, subject, meant = named[:-1], None, ""
    is_named = bool(named) and (
        subject is None
        or subject.end < named[-1].start
        or named[-1].start <= subject.start < named[-1].end
    )
    sign = 1
    if meant.startswith("investment_limit") and not (
        (subject and "invest" in subject.text.lower()) or sentence.is_about_investments()
    ):
        # The frame of a board is its budget.
        meant, subject = "", None
    if meant.startswith("investment_limit") and scenario:
        more = subject and re.search(r"ut.{1,2}kad\w* $", sentence.text[: subject.start])
        initial = re.search(
            r"fr.{1,2}n b[oöéd6]rjan|ursprunglig", sentence.text[: value.start][-40:]
        )
        limit = named[-1].code if is_named else ""
        measure, scenario = (
            (limit if initial or more else sentence.reader.concepts.investments),
            "change" if more else "budget",
        )
    elif is_named:
        measure = named[-1].code
        name = normal(named[-1].name)
        is_cost = meant == "cost" and measure in sentence.reader.lexicon.negative
        is_part = meant in ROWS and ROWS[meant][:5] not in name and not is_cost
        is_other = (
            subject is not None
            and named[-1].start <= subject.start < named[-1].end
            and is_of_somebody(sentence, named[-1].start, unit)
        )
        is_other = is_other or is_of_another(sentence, named[-1].end, named[-1].name)
        is_signed = not amount_is_bare(value) or SIGN_IN_WORDS.search(sentence.text[: value.start])
        if is_part or is_other or (scenario == "outcome" and is_signed):
            # The income of what a row is about is not its result, nor is +4,0 its level.
            measure = ""
        of_it = sentence.unit_for(named[-1].start, named[-1].end, measure)
        unit, unit_code = of_it, of_it.code if of_it else sentence.own
        if measure in sentence.reader.lexicon.negative and scenario in ("outcome", "budget"):
            sign = -1 if amount_is_bare(value) else 1
        elif measure in sentence.reader.lexicon.negative and meant.startswith("net_cost"):
            scenario, sign = result_said(sentence, value, scenario, meant)
    elif meant.startswith(("result", "net_cost")):
        is_other = is_of_somebody(sentence, subject.start if subject else 0, unit) or (
            subject is not None and is_of_another(sentence, subject.end)
        )
        measure = "" if is_other or sentence.may_be_of_another(unit) else own_result
        row = sentence.reader.lexicon.result_row if measure == RESULT else ""
        if row and meant.startswith("result"):
            # Beside the net costs of its units the municipality has a result of its own.
            measure = row if meant == "result" else ""
        else:
            scenario, sign = result_said(sentence, value, scenario, meant)
    elif meant.startswith("investments"):
        measure = sentence.reader.concepts.investments
    elif subject and (row := row_of_all(sentence, subject, unit_code)):
        measure = row
        if measure in sentence.reader.lexicon.negative and scenario in ("outcome", "budget"):
            sign = -1 if amount_is_bare(value) else 1
    elif meant in ("income", "cost") and scenario == "outcome":
        measure, scenario = own_result, meant
        sign = sentence.reader.concepts.orientation.cost_column_sign if meant == "cost" else 1
    elif exceeded and unit and not sentence.text[unit.end : exceeded.start()].strip():
        measure, sign = own_result, 1 if exceeded["way"].lower().startswith("under") else -1
    elif scenario == "deviation" and unit and WENT.fullmatch(sentence.text[unit.end : value.start]):
        measure = own_result
        scenario, sign = result_said(sentence, value, scenario, "net_cost")
    elif scenario in ("budget", "forecast") and not meant:
        is_of_row = subject is not None and own_result == RESULT
        # The budget of a result that has a row of its own is not that of the units.
        measure = "" if is_of_row and sentence.reader.lexicon.result_row else own_result
        sign = sentence.reader.concepts.orientation.cost_sign
    if measure == RESULT_OF_UNIT and sentence.may_be_of_another(unit):
        measure = ""
    if measure == RESULT and not sentence.units and sentence.is_about_investments():
        # What is left there, and its budget, are theirs.
        is_whole = OF_THE_WHOLE.search(sentence.text) and scenario == "budget"
        measure = sentence.reader.concepts.investments if is_whole else ""
    of_what_is_left = meant.startswith("result") and sentence.reader.concepts.has_result
    if scenario == "change" and (
        of_what_is_left or OF_DEVIATION.search(sentence.text[: value.start])
    ):
        # A result beside a net cost is what is left of the budget, as a deviation is.
        measure = ""
    amount = value.number
    negative = (amount.value < 0) != (sign < 0)
    said = SIGN_IN_WORDS.search(sentence.text[: value.start])
    if amount.value > 0 and said and said[0].lower().startswith("minus"):
        negative = True
    if meant == "result-" and amount.value < 0:
        # A deficit with a minus sign is a deficit.
        negative = True
    read = value.read_text(negative)
    how = sentence.reader.concepts.orientation
    name = unit.name if unit else sentence.reader.concepts.administration_name
    label = f"{name}: {spelled(subject.text)}" if subject and measure else f"{name}: belopp i text"
    # A sign that a word gives stands in print with its word.
    by_word = subject and subject.end <= value.start and negative != (amount.value < 0)
    if meant == "net_cost" and how.is_net_cost and how.cost_sign > 0:
        # The warehouse takes an amount without a sign that is called a cost for one below nought.
        label = f"{name}: utfall"
    if scenario == "cost" and "forvaltningens_kostnader" in sentence.reader.lexicon.negative:
        read = value.read_text(True)
    elif scenario == "cost" and how.cost_column_sign > 0 and not negative:
        read = f"+{read}"
        measure = "" if value.hedge else measure
    row = sentence.reader.lexicon.result_row
    is_of_row = is_named or measure in ROWS.values() or (row != "" and measure == row)
    stated = fell(sentence, value, scenario) if is_of_row else ""
    moved = last_token(sentence, value.start, "direction", within=60)
    is_judged = moved is not None and moved.code in ("better", "worse")
    if is_of_row and scenario == "change" and is_judged and not meant.startswith("result"):
        # Which way is better is the measure's own.
        measure = ""
    if scenario == "change" and measure == own_result and meant.startswith("net_cost"):
        # A cost rises or falls, whatever sign it is printed with.
        read = value.read_text(False)
        stated = "" if sign == how.cost_sign else "down"
    if is_of_row and scenario == "deviation" and not measure.startswith("arets_inv"):
        signs = sentence.reader.lexicon.deviation_signs
        way = signs.get(measure, 1) * (-1 if measure in sentence.reader.lexicon.negative else 1)
        if measure in signs:
            read = value.read_text((way < 0) != (stated == "down"))
            measure = measure if way else ""
        elif measure in sentence.reader.lexicon.negative:
            # As the difference is where a cost is below nought: less of it is more.
            read, stated = value.read_text(stated != "down"), ""
    end = value.end
    if measure == sentence.reader.concepts.investments and scenario == "deviation":
        # What costs more than its budget is below nought, and the words behind the number say so.
        compared = next(
            (t for t in words_behind(sentence, value)[:4] if t.role == "comparison"), None
        )
        if compared and not negative and not behind_judges([compared]):
            read = value.read_text(compared.code == "above")
            end = compared.end
    return sentence.make(
        subject.start if subject and by_word else value.start,
        end,
        "value",
        rule if measure else "value.no_subject",
        label,
        read,
        measure_code=measure,
        unit_code=unit_code,
        scenario=scenario,
        fiscal_year=year,
        stated=stated,
    )


ROWS = {"income": "intakter", "cost": "kostnader"}
"""The measures of the sums of income and of costs, where a table prints them in rows."""
OF_ALL = re.compile(
    r"(?P<all>\b(?:totala|samlade|n.{1,2}mndens|f.{1,2}rvaltningens) )$|^$|, (?:medan |och |men )$",
    re.IGNORECASE,
)


def row_of_all(sentence: Sentence, subject: Token, unit_code: str) -> str:
    """The measure of the row that *intäkterna* or *kostnaderna* are the sum of; empty where they
    may be of a part, or of what the sentence before is about."""
    row = ROWS.get(subject.code, "")
    found = OF_ALL.search(sentence.text[: subject.start])
    is_of_part = re.match(
        r" (?:fr.{1,2}n|f.{1,2}r|inom|i|av|p.{1,2}|till|som|vid)\b", sentence.text[subject.end :]
    )
    is_whole = found and (found["all"] or sentence.before is None) and not is_of_part
    is_printed = (row, sentence.own) in sentence.reader.lexicon.pairs and unit_code == sentence.own
    return row if is_whole and is_printed and subject.text.endswith("erna") else ""


def said_before(sentence: Sentence, scenario: str) -> str:
    """What the sentence before is about, where this one goes on with how far it is from a budget or
    from the year before: *Det är 2,1 mnkr mer än budget*."""
    before = sentence.before
    if scenario not in ("deviation", "change") or before is None or sentence.units:
        return ""
    if not re.match(r"(?:det|detta) ", sentence.text, re.IGNORECASE) or sentence.measures:
        return ""
    said = [t for t in before.with_role("result") if before.last_unit() is None or not before.units]
    own = [t for t in before.with_role("result") if {u.code for u in before.units} <= {before.own}]
    found = said or own
    return found[-1].code if found else ""


def fell(sentence: Sentence, value: Value, scenario: str) -> str:
    """`down` for a change that the word before it says is a fall, and for a deviation that the word
    behind it says is below; else empty."""
    behind = words_behind(sentence, value)[:4]
    compared = next((t for t in behind if t.role == "comparison"), None)
    if compared and scenario == "change" and compared.text.lower() in ("under", "över"):
        # *under året*
        compared = None
    exceeded = EXCEEDED.search(sentence.text[: value.start].rstrip())
    if exceeded and not compared:
        return "down" if exceeded["way"].lower().startswith("under") else ""
    if scenario == "deviation" or (scenario == "change" and compared):
        return "down" if compared and compared.code == "below" else ""
    word = last_token(sentence, value.start, "direction", within=60)
    return "down" if scenario == "change" and word and word.code in ("down", "worse") else ""


def behind_judges(behind: list[Token]) -> list[Token]:
    """The words among some that say of a difference which way it is better: *bättre*, *sämre*."""
    judging = {row["word"] for row in words.table("comparisons") if row["judges"]}
    return [token for token in behind if spelled(token.text) in judging]


def result_said(sentence: Sentence, value: Value, scenario: str, meant: str) -> tuple[str, int]:
    """Scenario and sign of an amount of a result or a net cost: of a difference + is better."""
    how = sentence.reader.concepts.orientation
    behind = words_behind(sentence, value)[:4]
    compared = next((t.code for t in behind if t.role == "comparison"), "")
    if scenario in ("deviation", "change"):
        more = compared == "above" or (not compared and not meant.endswith("-"))
        if scenario == "change":
            rising = last_token(sentence, value.start, "direction", within=60)
            more = (rising.code in ("up", "better")) if rising else more
            return scenario, (
                how.cost_sign if how.is_net_cost and meant.startswith("net_cost") else 1
            ) * (1 if more else -1)
        is_judged = bool(behind_judges(behind))
        better = more if is_judged or not meant.startswith("net_cost") else not more
        return scenario, 1 if better else -1
    if meant.startswith("net_cost"):
        return scenario, how.cost_sign if how.is_net_cost else 1
    if how.is_net_cost and scenario == "outcome":
        return "deviation", -1 if meant.endswith("-") else 1
    return scenario, -1 if meant.endswith("-") else 1

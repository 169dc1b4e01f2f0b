"""Which year and which scenario a number is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bokslut.transcription.reading import numbers, words
from bokslut.transcription.reading.claims.claim import Token
from bokslut.transcription.reading.claims.sentence import (
    LAST_YEAR,
    Sentence,
    last_token,
    words_before,
)
from bokslut.transcription.reading.claims.value import (
    INSTEAD_OF,
    MONEY,
    OF_ANOTHER,
    OF_SO_MANY,
    Value,
    starts_from,
    values_in,
)
from bokslut.transcription.reading.labels import damaged

AGAINST_BUDGET = re.compile(
    r"\b(?:mot|j.{1,2}mf.{1,2}rt med|gentemot) (?:\w+ )?budget\w*"
    r"(?: (?:p.{1,2}|om|med|.{1,2}r|var|blev|uppg\w+ till))?$"
)
"""*ett underskott mot budget på*, and the figure behind it."""
EXCEEDED = re.compile(
    rf"\b(?P<way>{'|'.join(damaged(word).pattern for word in words.listed('exceeded'))}) "
    r"(?:[^\W\d]+ ){0,3}(?:budget|ram|anslag)\w* med(?: [^\W\d]+)?$"
)
"""*överskred därför sin budget med*, and the figure behind it."""
BUDGETED = re.compile(
    r"\bbudget\w*,? (?:hade |har |var |.{1,2}r )?(?:ber.{1,2}kna|antagi|uppskatta|fastst.{1,2}ll|"
    r"avs.{1,2}t|r.{1,2}kna|s.{1,2}tt|anta)[^\W\d]* (?:till|p.{1,2}|med)$",
    re.IGNORECASE,
)
"""*som i budgeten hade beräknats till*, and the figure behind it."""
BUDGET_WITH = re.compile(r"\bbudget\w* med(?: [^\W\d]+)?$", re.IGNORECASE)
AND_ANOTHER_WITH = re.compile(r"\bmed [^.;]*\d[^.;]*(?:\b(?:och|samt|medan)|,) [^.,;\d]+ med$")
"""*överskred sin budget med 230 tkr och läromedlen med*, and the figure behind it."""
IS = re.compile(r"\b(?:.{1,2}r|var|blev|blir|p.{1,2}|till|om)$", re.IGNORECASE)
"""What stands before a figure that is one, and no change, though it has a sign."""
DEVIATION_IS = re.compile(
    r"\bavvikelsen (?:[^\W\d]+ ){0,3}(?:p.{1,2}|.{1,2}r|var|blev|till|alltså)$"
)
"""*Avvikelsen blev*, and the figure behind it."""
OF_BUDGET = re.compile(
    r"(?<!\b20\d)\d(?: ?%| [^\W\d]+(?: kronor)?)?,? (?:mot|j.{1,2}mf.{1,2}rt med|"
    r"att j.{1,2}mf.{1,2}ra med|gentemot) (?:\w+ )?budget\w*"
    r"(?: (?:p.{1,2}|om))?$|\ben (?:[^\W\d]+ )?budget (?:p.{1,2}|om)$"
)
"""*312 mnkr mot en budget på*: the figure behind it is the budget, not how far it is from it."""
TARGET_IS = (
    r"\bm[aåäéi]{1,2}l(?:et|v[aäåéi]rdet|niv[aåäéi]n)? (?:f[oöéd6]r|om|p[aåäéi]) [^.,;]{1,60} "
    r"(?:[aäåéi]r|var|ligger p[aåäéi])$"
)
"""*Målet för sjukfrånvaron är*, and the figure behind it."""


CHANGE_OF = re.compile(
    r"\b(?P<of>[^\W\d]{3,}?)??(?:ökning|6kning|okning|minskning)\w* (?:p.{1,2}|om|med)$",
    re.IGNORECASE,
)
OF_COSTS = re.compile(r"(?:kostnad|int.{1,2}kt|volym|resultat)s?$", re.IGNORECASE)
"""What stands before *ökning* in one word that is what a row is of."""
MARGIN = re.compile(r"\bmarginal(?:en)? (?:p.{1,2}|om|.{1,2}r|var|blev)(?: [^\W\d]+)?$")
"""*höll sin budget med en marginal på*, and the figure behind it."""
IN_OTHER_WORDS = re.compile(
    r", (?:alltså )?en (?:[oö6]|.{1,2})?(?:kning|minskning) (?:med|p.{1,2}|om) $"
)
"""*Ökade med 15 590 tkr, en ökning med 3,3 procent*."""
SAME_AS = re.compile(
    r"\d(?:,\d+)?(?:(?: ?%| [^\W\d]+(?: kronor)?)?,? "
    r"(?:eller|(?:vilket |det )?motsvara(?:r|nde|de))| procentenhet(?:er)? [–—-]) "
    r"(?:drygt |knappt |cirka |nästan )?$"
)
"""What stands between an amount and the same in per cent: *22,3 mnkr eller 4,2 procent*."""


def same_before(sentence: Sentence, value: Value) -> Value | None:
    """The number that one in per cent behind it says again."""
    if value.number.unit_of_measure != "percent":
        return None
    text = sentence.text[: value.start]
    first = next((v for v in reversed(values_in(sentence)) if v.end < value.start), None)
    if first and IN_OTHER_WORDS.search(text):
        return first if scenario_for(sentence, first)[0] == "change" else None
    return first if SAME_AS.search(text) else None


def scenario_for(sentence: Sentence, value: Value) -> tuple[str, str]:
    """Scenario and rule of a number, by the words next to it."""
    near = words_before(sentence, value.start, 3)
    text = sentence.text[: value.start].rstrip()
    end = end_of(sentence, value)
    behind = words_behind(sentence, value)
    if numbers.plain(value.text).startswith("+") and not IS.search(text):
        return "change", "value.signed"
    if re.match(r" (?:kvar|till godo)\b", sentence.text[end:]) or MARGIN.search(text):
        # What is left of something is no level of it.
        return "", "value.difference"
    if any(t.role == "comparison" for t in behind[:2]) and re.match(
        r"[^.,;]{0,30}\bän\b|[^.,;]{0,30}\b[^\W\d]n\b", sentence.text[end:]
    ):
        if any(t.role == "budget" for t in behind):
            return "deviation", "value.against_budget"
        if any(t.role in ("last_year", "year") for t in behind):
            return "change", "value.against_last_year"
    if [t.role for t in behind[:2]] == ["comparison", "budget"]:
        # *2,0 mnkr över budget*
        return "deviation", "value.against_budget"
    if first := same_before(sentence, value):
        scenario, rule = scenario_for(sentence, first)
        return (scenario, rule) if scenario == "change" else ("", "value.difference")
    if MORE_NOW.search(text) and (more := FEWER.match(sentence.text, end)) and more["alone"]:
        return "change", "value.changed_by"
    if is_difference(sentence, value, behind):
        return "", "value.difference"
    if EXCEEDED.search(text):
        return "deviation", "value.against_budget"
    with_word = bool(re.search(r"\bmed(?: (?:hela|drygt|knappt|cirka|ca|ungefär))?$", text))
    moved = last_token(sentence, value.start, "direction", within=60) if with_word else None
    if moved and moved.code in ("better", "worse") and value.number.unit_of_measure not in MONEY:
        return "", "value.difference"
    if moved and not words_before(sentence, value.start, 2)[0].code.startswith("result"):
        return "change", "value.changed_by"
    if with_word and re.match(r" till\b", sentence.text[value.end :]):
        # By how much something moved, in a word that is not known.
        return "", "value.difference"
    if found := CHANGE_OF.search(text):
        # *trots löneökningar på 3,4 procent*
        is_own = not found["of"] or OF_COSTS.search(found["of"])
        return ("change", "value.changed_by") if is_own else ("", "value.difference")
    # *målet på högst 7,0 procent*
    last = near[:-1] if near and near[-1].text.lower() in ("högst", "minst", "lägst") else near
    if any(t.role == "target" for t in last[-2:]) and not re.search(r"\bl[aäiéd]g\b", text[-30:]):
        return "target", "value.target"
    if re.search(TARGET_IS, text, re.IGNORECASE):
        return "target", "value.target"
    is_of_budget = OF_BUDGET.search(text)
    if AGAINST_BUDGET.search(text) and not is_of_budget:
        return "deviation", "value.against_budget"
    if BUDGET_WITH.search(text) or AND_ANOTHER_WITH.search(text):
        # By how much it was gone over or under, in a word that is not known.
        return "", "value.difference"
    if is_of_budget or BUDGETED.search(text) or any(t.role == "budget" for t in near):
        return "budget", "value.budget"
    left, _ = sentence.clause(value.start)
    said = [t for t in sentence.tokens if left <= t.start and t.end <= value.start]
    if DEVIATION_IS.search(text):
        return "deviation", "value.deviation"
    if any(t.role == "forecast" for t in said):
        return "forecast", "value.forecast"
    if any(t.role == "result" and t.code.startswith("investment_limit") for t in near):
        return "budget", "value.limit"
    return "outcome", "value"


MORE_NOW = re.compile(r"\b(?:blev|blivit)$")
FEWER = re.compile(r" (?:fler|f.{1,2}rre)\b(?P<alone>[.,;]|$| under .{1,2}ret)?")
"""What stands before and behind by how much something has changed: *luncherna blev 22 fler*."""
OR_PERCENT = re.compile(r",? (?:eller|motsvarande) \d+(?:,\d+)? procent(?:enheter)?\b")
"""The same difference in per cent, behind it."""
COMPARED = re.compile(r"(?: [^\W\d]+)? [^\W\d]+re [aäåéi]n\b|,? fr[aåäéi]n (?:[^\W\d]+ )?budget")
"""What stands behind a difference: *dyrare än*, *från budget*."""


def end_of(sentence: Sentence, value: Value) -> int:
    """Where a number ends, with the same in per cent behind it."""
    in_percent = OR_PERCENT.match(sentence.text, value.end)
    return in_percent.end() if in_percent else value.end


def words_behind(sentence: Sentence, value: Value) -> list[Token]:
    """The next words behind a number, and behind the same in per cent."""
    return [t for t in sentence.tokens if t.start >= end_of(sentence, value)][:5]


def is_difference(sentence: Sentence, value: Value, behind: Sequence[Token]) -> bool:
    """Whether a number is how far apart two others are, or the one that another is held against.

    *34 procent högre*, *2,9 procentenheter lägre för kvinnor*, *8,6 mot 6,0*.
    """
    before = sentence.text[: value.start]
    if COMPARED.match(sentence.text, value.end):
        return True
    if (
        behind
        and behind[0].role == "comparison"
        and behind[0].text.lower() not in ("under", "över")
    ):
        return not sentence.text[value.end : behind[0].start].strip()
    if value.number.unit_of_measure == "percentage_points":
        return not re.search(r"\bmed\b[^.,;]{0,20}$|ning\w* (?:p.{1,2}|om|med) $", before)
    if value.number.unit_of_measure in (None, "count") and (
        OF_SO_MANY.search(before)
        or re.match(r"\s*av (?:de |totalt )?\d", sentence.text[value.end :])
    ):
        return True
    if before.endswith("(") and OF_ANOTHER.match(sentence.text, value.end):
        return True
    if INSTEAD_OF.search(before):
        return True
    return bool(re.search(r"\d(?: ?%| procent\w*| [mt]n?kr)? mot $", before))


OF_YEAR = (
    r"\b(?:f[oöéd6]r|under|bokslutet|[aåäé]r|m[aåäéi]l[^\d.,;]{1,60}) "
    r"((?:19|20)\d\d)\b(?! till| och)"
)
"""A year that a figure further on is of: *för 2021*, *under 2021*, *målet för sjukfrånvaron
2023*."""


FELL_FROM = re.compile(
    r"\d[^.,;\d]{0,25},? (?:vilket (?:.{1,2}r|var) )?en (?:[oö6]kning|minskning|uppg.{1,2}ng|"
    r"nedg.{1,2}ng|f.{1,2}rb.{1,2}ttring|f.{1,2}rs.{1,2}mring) fr.{1,2}n $",
    re.IGNORECASE,
)
"""What stands between this year's figure and last year's: *8,7 procent, en minskning från*."""
HELD_TO = re.compile(r"\b(?:j.{1,2}mf.{1,2}rt med|mot) $")
YEAR_BEHIND = re.compile(
    rf" (?:.{{1,2}}r |under )?(?:(?P<year>(?:19|20)\d\d)\b|{LAST_YEAR})", re.IGNORECASE
)
"""*84, jämfört med 97 föregående år*: what stands behind the figure of another year."""
AND_THEN = re.compile(rf" (?:{LAST_YEAR})(?=[.,;)]|$)", re.IGNORECASE)
"""*87 procent klarade det, 82 procent året före*."""
AND_WAS = re.compile(r" och (?:uppg|blev|blir|var|.{1,2}r|landa|ligger|l.{1,2}g)")
HELD_AGAINST = re.compile(r"\b(?:med|.{1,2}n|mot|fr.{1,2}n) $")


def year_for(sentence: Sentence, value: Value) -> int:
    """The year that a number is of.

    One printed right before it, the year before where it rose or fell *från* it, else the report's.
    """
    text = sentence.text[: value.start]
    if found := re.search(
        r"((?:19|20)\d\d)(?:,? d[åaéd] [^.,;]{0,40}| var [^.,;]{0,12}|,? )$", text
    ):
        return int(found[1])
    if found := THEN.search(text):
        return int(found[1])
    last = re.search(rf"{LAST_YEAR}(?P<rest>[^.,;\d]{{0,25}})$", text, re.IGNORECASE)
    # *Lägre än året innan och uppgick till* says what this year's was.
    is_compared = last and AND_WAS.match(last["rest"]) and HELD_AGAINST.search(text[: last.start()])
    if last and not is_compared:
        return sentence.report_year - 1
    if starts_from(text, sentence.text[value.end :]) or FELL_FROM.search(text):
        return sentence.report_year - 1
    if HELD_TO.search(text) and (behind := YEAR_BEHIND.match(sentence.text, value.end)):
        return int(behind["year"] or sentence.report_year - 1)
    if text.endswith((", ", "(")) and AND_THEN.match(sentence.text, value.end):
        return sentence.report_year - 1
    left, _ = sentence.clause(value.start)
    named = re.findall(OF_YEAR, text[left:], re.IGNORECASE)
    if not named:
        said = {m[1] or m[2] for m in SAID_YEAR.finditer(text[left:])}
        named = list(said) if len(said) == 1 else []
    return int(named[-1]) if named else sentence.report_year


THEN = re.compile(r"\b((?:19|20)\d\d)\b[^.;\d]*, (?:men )?d[åaéd] (?:[^\W\d]+ ){0,3}$")
"""*Även 2023 var det störst, men då*, and the figure behind it."""
SAID_YEAR = re.compile(
    r"\b((?:19|20)\d\d)(?= (?:hade|var|blev|redovisades?|uppgick|visade|gjorde|l.{1,2}g)\b)|"
    r"(?<=\bhade )((?:19|20)\d\d)\b(?= ett? )"
)
"""A year that a figure further on is of, by the verb beside it."""


def from_earlier(sentence: Sentence, start: int) -> bool:
    """Whether a change is said to be since another year than the one before the report's."""
    left, right = sentence.clause(start)
    years = re.findall(SINCE, sentence.text[left:right], re.IGNORECASE)
    return any(int(a or b) != sentence.report_year - 1 for a, b in years)


SINCE = (
    r"\bmellan ((?:19|20)\d\d)\b|"
    r"\b(?:sedan|fr.{1,2}n|j.{1,2}mf.{1,2}rt med|mot|.n) ((?:19|20)\d\d)\b"
)

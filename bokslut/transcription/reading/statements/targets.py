"""What sentences say of a row that reached its target or missed it: *målet om högst 30 avbrott har
uppnåtts*, *och uppfyller därmed målet*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.lexicon import statuses_in
from bokslut.transcription.reading.claims.sentence import OTHERS, Sentence
from bokslut.transcription.reading.claims.value import Value
from bokslut.transcription.reading.labels import scanned
from bokslut.transcription.reading.nouns import WORD, Name, best_of, found_in, rivals_of
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.statements.judge import Judged
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable

TARGET = r"m[åa]l(?:et|v[äa]rdet|niv[åa]n|s[äa]ttningen)"
REACHED = re.compile(
    rf"\b(?P<said>(?P<verb>{'|'.join(words.listed('reaches'))})(?P<between>(?: [^\W\d]+){{0,2}}) "
    rf"{TARGET})\b|"
    rf"\b{TARGET}\b(?P<what>[^.;]{{0,80}}?)\b(?P<passive>(?:har |är |blev |nu )*(?P<not>inte |ej )?"
    rf"(?P<done>{'|'.join(words.listed('is_reached'))})(?P<behind> (?:inte|ej))?)\b",
    re.IGNORECASE,
)
"""*uppfyller därmed målet*; *målet om högst 30 avbrott har uppnåtts*."""
NOT = re.compile(r"\b(?:inte|ej|aldrig)\b", re.IGNORECASE)
NOT_BEFORE = re.compile(
    r"\b(?:inte|ej|aldrig)(?: (?!och|men|eller|utan)[^\W\d]+)? $", re.IGNORECASE
)
NOT_BEHIND = re.compile(r" (?:inte|ej)\b")
"""What stands before or behind a target that is not reached: *som inte längre når målet*, and not
*minskade inte och når målet*, nor *målet att inte ha fler*."""
UNSURE = re.compile(
    r"\b(?:delvis|n.{1,2}stan|n.{1,2}ra|v.{1,2}nta\w*|f.{1,2}rv.{1,2}nta\w*|bed.{1,2}ms(?! som)|"
    r"ber.{1,2}knas|skulle|kan|ska|om (?:vi|inte)|tills|m.{1,2}len|delm.{1,2}l\w*|"
    r"(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""Words of a target that is reached in part, in a year to come, or perhaps."""
CUT = re.compile(r"[;:]| men | medan |, (?:vilket|som|d.{1,2}r) ")
WANTED = {"<=": "lower", ">=": "higher"}
AT_MOST, AT_LEAST = ("högst", "max", "maximalt"), ("lägst", "minst")


def against_targets(sentence: Sentence, names: Sequence[Name], year: int) -> Iterator[Judged]:
    """The statements of a sentence that a row reached its target, or did not, whose row says in a
    status, or by its figures, whether it did."""
    for said in REACHED.finditer(sentence.text):
        start = max((m.end() for m in CUT.finditer(sentence.text, 0, said.start())), default=0)
        text = sentence.text[start : said.end()]
        behind = CUT.split(sentence.text[said.end() :])[0]
        if sentence.with_role("gender") or OTHERS.search(text) or is_unsure(text + behind, year):
            continue
        chosen = named_in(text, names)
        if chosen is None:
            continue
        verb = (said["verb"] or said["done"]).lower()
        is_missed = verb.startswith("miss")
        around = f"{said['between'] or ''} {said['not'] or ''} {said['behind'] or ''}"
        negated = bool(
            NOT.search(around)
            or (said["verb"] and NOT_BEFORE.search(sentence.text, start, said.start()))
            or NOT_BEHIND.match(sentence.text, said.end())
        )
        is_met = negated == is_missed
        told = [one for table, line in chosen.rows if (one := outcome_of(table, line, year))]
        value = Value(Number(Decimal(0), 0), said.start(), said.end(), said[0], "")
        wrong = [one for one in told if one[0] != is_met]
        figures, made = ((), "") if len(wrong) < len(told) or not wrong else wrong[0][1:]
        if told:
            yield Judged(value, said.end(), chosen, figures, made, "mål", "goal_status")


def is_unsure(text: str, year: int) -> bool:
    """Whether words say that a target is not simply reached, or is another year's."""
    found = (m[0] for m in UNSURE.finditer(text))
    return any(word != str(year) for word in found)


def named_in(text: str, names: Sequence[Name]) -> Name | None:
    """The only row that some words name."""
    some = found_in([m[0].lower() for m in WORD.finditer(text)], names)
    chosen = best_of(some)
    return chosen.name if chosen and not any(rivals_of(chosen, some)) else None


def outcome_of(
    table: ReadTable, line: Line, year: int
) -> tuple[bool, tuple[Figure, ...], str] | None:
    """Whether a row reached its target, by the status that is printed or by the bound that its
    label says; its figures and what they say; None where it is not told."""
    figures = {
        f.column.scenario: f
        for f in line.figures.values()
        if f.number
        and f.column.scenario in ("outcome", "target")
        and f.column.fiscal_year in (None, year)
        and not f.column.gender
        and f.column.head.scenario != "comparison"
    }
    outcome, target = figures.get("outcome"), figures.get("target")
    if outcome is None or target is None:
        return None
    both = f"utfallet är {outcome.cell.text}, målet {target.cell.text}"
    status = statuses_in(table).get(id(line))
    if status in ("fulfilled", "not_fulfilled"):
        said = next(
            line.texts[column.index].text
            for column in table.columns
            if column.kind == "status" and column.index in line.texts
        )
        return status == "fulfilled", (outcome, target), f"{both}, bedömt som ”{said}”"
    label = {scanned(word) for word in WORD.findall(line.label)}
    wanted = {
        d for word, d in words.mapping("desired_directions").items() if scanned(word) in label
    }
    bound = target.number.operator or next(
        (
            sign
            for sign, bounds in (("<=", AT_MOST), (">=", AT_LEAST))
            if label & set(map(scanned, bounds)) or wanted == {WANTED[sign]}
        ),
        "",
    )
    if not bound or outcome.number.decimals != target.number.decimals:
        return None
    more = outcome.number.value - target.number.value
    return (more <= 0 if bound.startswith("<") else more >= 0), (outcome, target), both

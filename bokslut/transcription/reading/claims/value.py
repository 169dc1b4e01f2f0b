"""Numbers in a sentence, and the words around that say what they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bokslut.transcription.reading import heads, numbers, words
from bokslut.transcription.reading.claims.sentence import NEAR, OTHERS, Sentence
from bokslut.transcription.reading.numbers import Number

VALUE = re.compile(
    rf"(?<![\w,.:-])(?:(?P<hedge>{numbers.HEDGE}) )?"
    r"(?P<number>[+\-–−‑]? ?(?:[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+)(?:,\d+)?)"
    rf"(?![\w:]|[.,]\d)(?:[ \u00a0\u2009\u202f]?(?P<unit>{numbers.UNIT})(?!\w))?",
    re.IGNORECASE,
)
POINT = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
"""What may stand between thousands: *26.715 besök*."""
MONEY = {"tkr", "mnkr", "mdkr", "kr"}


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a sentence."""

    number: Number
    start: int
    end: int
    text: str
    hedge: str

    def read_text(self, is_negative: bool) -> str:
        """As the parser of committed cells reads it: its hedge, its sign, its unit of measure."""
        sign = "-" if is_negative and self.number.value else ""
        digits = short_unit(numbers.plain(POINT.sub("", self.text)).lstrip("-+ "), self.number)
        return f"{self.hedge} {sign}{digits}".strip()


REFERENCE = re.compile(
    r"\b(?:rad(?:er|erna|en)?|sid(?:a|an|orna|or)?|s\.|tabell(?:en|erna)?|figur(?:en|erna)?|"
    r"diagram(?:met)?|kapitel|kap\.|avsnitt|bilaga|punkt|not|paragraf|nr|nummer)"
    r"(?: \d+(?:, \d+)*(?: ?[-–,] ?| och | samt ))? ?$|\d ?[-–]$|§ ?$",
    re.IGNORECASE,
)
"""What stands before a number that says where to look, and before the second of a span of them."""


def values_in(sentence: Sentence) -> list[Value]:
    """The numbers of a sentence that are no years, ranks or parts of names."""
    found = []
    text_of = sentence.text
    if sentence.reader.document.has_points:
        text_of = POINT.sub("\u00a0", text_of)
    for match in VALUE.finditer(text_of):
        text = match["number"].strip()
        plain = numbers.plain(text)
        if heads.YEAR.fullmatch(plain) and not match["unit"]:
            continue
        if not match["unit"] and REFERENCE.search(sentence.text[: match.start()]):
            continue
        after = sentence.text[match.end() : match.end() + 14]
        if re.match(
            r"\s*(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b",
            after,
        ) or re.match(r"[:\-–](?:[a-zåäö]|\d)", after):
            continue
        hedge = match["hedge"] or ""
        reading = numbers.read(f"{hedge} {plain} {match['unit'] or ''}".strip(), {})
        if isinstance(reading, Number):
            start = match.start("number") + len(match["number"]) - len(match["number"].lstrip())
            end = match.end("unit") if match["unit"] else match.end("number")
            found.append(Value(reading, start, end, sentence.text[start:end], hedge.lower()))
    for first, second in pairwise(found):
        unit = second.number.unit_of_measure
        before, after = sentence.text[: first.start], sentence.text[first.end :]
        if not first.number.unit_of_measure and unit in MONEY and starts_from(before, after):
            # *från 17,5 till 15,2 mnkr*
            number = replace(first.number, unit_of_measure=unit)
            found[found.index(first)] = replace(first, number=number)
    return sorted([*found, *in_words(sentence)], key=lambda value: value.start)


CHANGED_BY = re.compile(
    r"\bmed (?P<word>[^\W\d]+)(?= till \d| personer| stycken| procentenheter?\b)|"
    r", (?:vilket .{1,2}r )?(?P<more>[^\W\d]+)(?= (?:[^\W\d]+ )?(?:fler|f.{1,2}rre) .{1,2}n\b)",
    re.IGNORECASE,
)


POINTS = re.compile(r" procentenheter?\b")


def in_words(sentence: Sentence) -> Iterator[Value]:
    """The numbers in words by which something rose or fell: *minskade med tre till 36*, *36, tre
    färre än*."""
    for match in CHANGED_BY.finditer(sentence.text):
        start, end = match.span("word" if match["word"] else "more")
        token = next((t for t in sentence.with_role("count") if t.start == start), None)
        points = POINTS.match(sentence.text, end)
        unit = "percentage_points" if points else None
        if token:
            number = Number(Decimal(token.code), 0, unit)
            yield Value(number, start, points.end() if points else end, token.code, "")


def qualified(sentence: Sentence, start: int, end: int, reach: int = 25) -> bool:
    """Whether words beside a figure say that it is not the table's: of a part, of others,
    expected, defined otherwise.

    `reach`: how far behind it a month may stand.
    """
    left, right = sentence.clause(start)
    for token, following in zip(sentence.tokens, [*sentence.tokens[1:], None], strict=True):
        if token.role != "qualifier" or not (
            max(left, start - NEAR) <= token.start and token.end <= min(right, end + NEAR // 2)
        ):
            continue
        if token.text.lower() == "bland" and following and following.role == "gender":
            continue
        if any(m.start <= token.start < m.end for m in sentence.measures):
            # A word of the measure's own name.
            continue
        return True
    if OTHERS.search(sentence.text[left:right]) or RESTATED.search(sentence.text):
        return True
    if IN_MONTH.search(AT_END.sub("", sentence.text[end : min(right, end + reach)])):
        return True
    return bool(MONTH.search(AT_END.sub("", sentence.text[max(left, start - NEAR) : start])))


RESTATED = re.compile(
    r"^Enligt [^.;]{3,70}?(?:s.{1,2}tt att r.{1,2}kna|statistik|barometer|enk.{1,2}t|m.{1,2}tning)|"
    r"\bd.{1,2}r [^.,;]{3,40} (?:r.{1,2}knas in|ing.{1,2}r)\b|"
    r"\b(?:f.{1,2}re|utan) (?:nedskrivning|reavinst|realisation|eng.{1,2}ngs|bidrag)|"
    r"\br.{1,2}ttelse\b|\br.{1,2}ttats\b|\br.{1,2}knats om\b|\bredovisades f.{1,2}rst\b|"
    r"\b(?:tidigare|gamla|.{1,2}ldre|nya|annan) (?:modell|metod|indelning|definition|organisation)",
    re.IGNORECASE,
)
"""Words of a figure that was corrected, or counted otherwise."""
IN_MONTH = re.compile(
    r"^(?:[^.,;]|,\d){0,50}\b(?:i|under|per|vid) (?:januari|februari|mars|april|maj|juni|juli|"
    r"augusti|september|oktober|november|december)\b"
)
AT_END = re.compile(
    r"\b31 december\b|\bvid (?:.{1,2}rets|periodens) (?:slut|utg.{1,2}ng)\b|"
    r"\binom [^\W_]+ m.{1,2}nader\b|\bi december(?= \d{4})|"
    r"\bdecember m.{1,2}nads utg.{1,2}ng\b",
    re.IGNORECASE,
)
"""The end of the year, which is no part of it, and a time that something takes."""
INSTEAD_OF = re.compile(r"\b(?:i st.{1,2}llet f.{1,2}r|snarare .{1,2}n) $", re.IGNORECASE)
OF_SO_MANY = re.compile(r"(?:\d[^.,;]{0,30} av|^Av) (?:de |totalt |sammanlagt )?$")
"""What stands before the number that another is a part of: *12 av 46*, *98,8 procent av 186*."""
OF_ANOTHER = re.compile(r"[^)]{0,6}\b(?:enligt|i) [^)]{1,40}\)")
"""What stands behind a number that is printed elsewhere: *(61 500 enligt bilagan)*."""
MONTH = re.compile(
    r"\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    r"m.{1,2}nad(?:en|ens|er|erna|ers)?|tertial\w*|kvartal\w*|"
    r"i (?:v.{1,2}ras|somras|h.{1,2}stas|vintras|julas))\b",
    re.IGNORECASE,
)
DURING = re.compile(r"\bunder (?:[aåé]|.{1,2})ret\b", re.IGNORECASE)


def is_of_part(sentence: Sentence, value: Value) -> bool:
    """Whether a number is of a part of the year only: of a month, or of its beginning."""
    before, after = sentence.text[: value.start], sentence.text[value.end :]
    if MONTH.search(before[-45:]) and not re.search(r"31 december[^.]{0,20}$", before):
        return True
    return starts_from(before, after) and bool(DURING.search(before))


def starts_from(before: str, after: str) -> bool:
    """Whether a number is the first of *från X till Y*."""
    return bool(
        re.search(r"\b(?:fr.{1,2}n|v.{1,2}n(?:t|de|der)) (?:[^,;.\d]{0,25} )?$", before[-40:])
        and re.match(r"[^.;,()]{0,12}(?: ?\([^()]*\))? till\b", after)
    )


def short_unit(shown: str, amount: Number) -> str:
    """A number with its unit as the parser of committed cells knows it."""
    bare = re.match(r"[\d ]+(?:,\d+)?", shown)
    digits = bare[0].strip() if bare else shown
    unit = {"percent": "%", "percentage_points": "procentenheter"}.get(
        amount.unit_of_measure or "", amount.unit_of_measure or ""
    )
    return f"{digits} {unit}".strip() if unit != "count" else digits


GOES_ON = re.compile(
    rf"(?:(?:den|det|detta|denna) (?:{'|'.join(words.listed('pronoun_verbs'))})|d[aå]|motsvarande|"
    r"andelen(?= (?:[aä]r|var|blev|steg|sj[oö]nk|[oö6]ka|minska|uppg))|"
    r"niv[aå]n|utfallet|m[aåä]l(?:et|v[aäå]rdet)|"
    r"[oö6]kningen|minskningen|f[oö6]rra|f[oö6]reg[aå]ende|[aå]ret|i fjol|bland|f[oö6]r|"
    r"j[aä]mf[oö6]rt|kvinno\w*|m[aä]n\w*|\d{4})\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with what the one before it is about."""


def goes_on(sentence: Sentence, value: Value) -> bool:
    """Whether a sentence without a measure says more of the one before, naming nothing itself."""
    own = any(t.role == "result" and t.start < value.start for t in sentence.tokens)
    return not own and GOES_ON.match(sentence.text) is not None

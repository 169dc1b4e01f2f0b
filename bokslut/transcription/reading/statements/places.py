"""What a superlative of a sentence asks for: which place, in what order, among how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import JOINT, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, Value, values_in
from bokslut.transcription.reading.labels import damaged
from bokslut.transcription.reading.statements.relation import COMPARISONS, UP
from bokslut.transcription.reading.statements.understood import (
    CUT,
    MOVE,
    MOVES,
    RATE,
    RESULT,
    WAYS,
)

ORDER = {"": 1, "näst": 2, "tredje": 3, "fjärde": 4}
COUNT = "|".join(w for w in words.of_numbers("count") if w.isalpha())
SUPERLATIVE = re.compile(
    r"\b(?P<rank>näst|tredje|fjärde)? ?(?!först)"
    rf"(?P<word>{'|'.join(damaged(w).pattern for w in WAYS)})"
    rf"(?P<end>[ae])?\b(?! (?:möjlig|del(?:en|ar)?\b|grad\b|antal\b|\d|(?:{COUNT})\b))",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"\W*(?:och|men|som|samt|vilket|det)? ?(?:där(?:med|för) )?(?:är|har|hade|var|blev|står|visar|"
    r"redovisar|gav|fick|får|når|nådde|ökade|minskade|växte|sjönk)\b",
    re.IGNORECASE,
)
"""How a part of a sentence begins that goes on with what the one before it is about."""
SILENT = re.compile(
    rf"\b(?:{'|'.join(words.listed('of_not_all'))}|(?:en|ett|någon|några) av|(?:av|bland) de|"
    r"de (?:två|tre|fyra|fem|sex|båda))\b",
    re.IGNORECASE,
)
"""Words of a statement that is of something else than all rows of a table, or of no figures."""
PERIOD = re.compile(
    r"\b(?:perioden|[^\W\d]+årsperioden|(?:sedan|senaste|på|under) (?:de |den )?(?:senaste )?"
    r"(?:[^\W\d]+ år(?:en)?\b|\d{1,2} år(?:en)?\b|(?:19|20)\d\d|mätning|start|år 20)|"
    r"år i rad|i följd)",
    re.IGNORECASE,
)
"""Words of a statement that is of several years of one row."""
SEVERAL = re.compile(r"\b(?:de|dessa|deras) (?:[^\W\d]+ )?$", re.IGNORECASE)
MOST_ARE = re.compile(r"\b(?:männen|kvinnorna|pojkarna|flickorna) (?:är|var|utgör) ?$")
"""*där männen är flest*, which are held against the women."""
OF_SIGN = re.compile(r"\b(?:(?P<less>negativ|minus)|(?P<more>positiv|plus))", re.IGNORECASE)
OF_SET = re.compile(
    rf"(?: [^\W\d]+){{0,2}}?(?P<set> (?:av|bland) (?:de |alla |samtliga )+"
    rf"(?:(?P<count>{COUNT}|\d{{1,2}})(?: [^\W\d]+)?)?)",
    re.IGNORECASE,
)
"""*mest av de fyra kommunerna*, *högst index bland de fyra*."""
ALL = re.compile(r"\b(?:alla|samtliga)\b", re.IGNORECASE)
THAN_ALL = re.compile(
    rf"\b(?P<word>{'|'.join(COMPARISONS)}) än (?:(?:i|hos|för|på) )?"
    rf"(?:alla|samtliga)(?: de| andra| övriga)*(?: (?P<count>{COUNT}|\d{{1,2}}))? [^\W\d]+",
    re.IGNORECASE,
)
"""*lägre än alla de tre grannkommunerna*."""
NTH = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}
ON_PLACE = re.compile(rf"\bpå (?P<nth>{'|'.join(NTH)}) ?plats\b", re.IGNORECASE)
"""*på tredje plats*, from above or below."""
NEXT_TO = re.compile(
    r"\bnäst [^\W\d]+[^.,;:]*(?P<aside>, (?:näst )?efter [^.,;:]{3,40},)", re.IGNORECASE
)
"""*Näst flest elever, efter musiken, har dansen*."""
GETS = re.compile(r"\b(?:hamna(?:r|de)|kommer|kom|placerar|ligger|låg)\b", re.IGNORECASE)
"""*hamnar på tredje plats*."""


@dataclass(frozen=True)
class Part:
    """The part of a sentence that a superlative stands in, and what it asks for.

    Attributes:
        text, start: it.
        before: the part before it.
        word: the superlative, from the start of the sentence.
        rank: 1 for the first, 2 for the next.
        way: 1 for the most, -1 for the least, 0 for either.
        by: `level`, `result` or `change`.
        is_rate: of a change in per cent.
        count: of how many rows it is the first; 0 where that is not said.
        is_joined: it goes on with what the part before it is about.
        first: where the part begins that says of what it is the next; None where it is not.
    """

    text: str
    start: int
    before: str
    word: re.Match[str]
    rank: int
    way: int
    by: str
    is_rate: bool
    count: int = 0
    is_joined: bool = False
    first: int | None = None

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def told(self) -> list[tuple[int, int]]:
        """Where its superlative stands, and the words that say among how many."""
        own = self.word.span()
        of_set = OF_SET.match(self.word.string, self.word.end()) if self.count else None
        found = [own, of_set.span("set")] if of_set else [own]
        found += [m.span("aside") for m in NEXT_TO.finditer(self.word.string)]
        if "nth" in self.word.groupdict():
            found += [m.span() for m in GETS.finditer(self.word.string, self.start, own[0])]
        return found

    @property
    def clean(self) -> str:
        """The part with blanks for those words."""
        text = self.text
        for start, end in self.told:
            start, end = max(start - self.start, 0), min(end, self.end) - self.start
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        return text


def parts_of(sentence: Sentence) -> Iterator[Part]:
    """The parts of a sentence that have a superlative each."""
    found = list(SUPERLATIVE.finditer(sentence.text))
    after = [m.span("aside") for m in NEXT_TO.finditer(sentence.text)]
    cuts = [
        m.span()
        for m in CUT.finditer(sentence.text)
        if not any(a <= m.start() <= b for a, b in after)
    ]
    for one, other in pairwise(found):
        cuts += [m.span() for m in AND.finditer(sentence.text, one.end(), other.start())][:1]
    others = (*THAN_ALL.finditer(sentence.text), *ON_PLACE.finditer(sentence.text))
    for word in (*found, *others):
        if AN.search(sentence.text, 0, word.start()):
            continue
        start = max((b for _, b in cuts if b <= word.start()), default=0)
        end = min((a for a, _ in cuts if a >= word.end()), default=len(sentence.text))
        last = max((b for _, b in cuts if b < start), default=0)
        text, before = sentence.text[start:end], sentence.text[last:start]
        if last and ASIDE.match(before):
            # *Solängen, som är störst, får den näst högsta andelen*.
            first = max((b for _, b in cuts if b < last), default=0)
            before = sentence.text[first:last] + " " * len(before)
        is_joined = bool(
            GOES_ON.match(text) or APPOSED.fullmatch(sentence.text[start : word.start()])
        )
        of_set = OF_SET.match(sentence.text, word.end())
        if "nth" in word.groupdict():
            way, rank = 0, NTH[word["nth"].lower()]
            count = number(of_set["count"]) if of_set else 0
        elif "rank" in word.groupdict():
            kind = word["word"].lower()
            way = next(v for w, v in WAYS.items() if damaged(w).fullmatch(kind))
            rank = ORDER[(word["rank"] or "").lower()]
            count = number(of_set["count"]) if of_set else 0
            if of_set and not of_set["count"] and not ALL.search(of_set["set"]):
                continue
        else:
            way, rank = UP[COMPARISONS[word["word"].lower()]], 1
            count = number(word["count"])
            count += bool(count)
        by = "level"
        if "word" in word.groupdict():
            by, way = asked(sentence, text, start, word, way, before if is_joined else "")
        if by:
            is_rate = bool(RATE.search(text))
            part = Part(text, start, before, word, rank, way, by, is_rate, count, is_joined)
            yield part
            if found := NEXT.match(sentence.text, end):
                yield replace(
                    part, text=found["next"], start=found.start("next"), before=text,
                    rank=rank + 1, is_joined=False, first=start,
                )  # fmt: skip


def number(word: str | None) -> int:
    """A count in words or digits; 0 for none."""
    code = words.of_numbers("count").get((word or "").lower(), word or "")
    return int(code) if code.isdigit() else 0


NEXT = re.compile(r"(?: ?\([^()]*\))?,? ?följ[td]? av (?P<next>[^.,;:()]+?)(?= och |[.,;:()]|$)")
"""*Lägst är Staben, följd av Gatan*."""
AN = re.compile(r"\b(?:en|ett) ?$", re.IGNORECASE)
"""*en lägsta nivå* is no place."""
IT_IS = re.compile(r" (?:är|var|blev) (?:det|den|de)\b")
"""*Störst är det inom barn och unga*: of what the sentence before speaks of."""
DEVELOPED = re.compile(r" utveckling(?:en)?\b")
"""*bäst utveckling*, whichever way that is."""
FIRST = 3
"""How many words of a sentence say at most what it is of."""
ASIDE = re.compile(r"\W*(?:som|vars|med) ")
"""How a part of a sentence begins that only tells more of what stands before it."""
APPOSED = re.compile(r"\W*(?:(?:och|samt) )?(?:det |den )?", re.IGNORECASE)
"""What stands before a superlative that begins its part."""
AND = re.compile(r" (?:och|samt) ")


def asked(
    sentence: Sentence, text: str, start: int, word: re.Match[str], way: int, before: str
) -> tuple[str, int]:
    """What a superlative puts rows in order by, and which way; empty where it does not tell."""
    beside = [t for t in sentence.with_role("direction") if start <= t.start < start + len(text)]
    it = sentence.before if IT_IS.match(sentence.text, word.end()) else None
    of_it = " ".join(it.text.split()[:FIRST]) if it else ""
    is_bare_place = before and OF_PLACE.match(sentence.text, word.end())
    if DEVELOPED.match(sentence.text, word.end()):
        return "change", 0
    # *Nedgången gäller alla och var störst i gruppen*.
    move = MOVE.search(text) or MOVE.search(of_it)
    if move := move or (MOVE.match(before) if is_bare_place else None):
        return "change", MOVES[move["noun"].lower()] * way
    said = word["word"].lower()
    if said == "snabbast" and len(beside) == 1:
        # *växer snabbast*
        return "change", {"up": 1, "down": -1}.get(beside[0].code, 0)
    if said in ("mest", "minst") and not word["end"]:
        # *ökade mest*, *mest ökade*, and not *mest besökta*.
        near = [t for t in beside if 0 <= word.start() - t.end <= ADVERB]
        near += [t for t in beside if 0 <= t.start - word.end() <= 1]
        near = near or (beside if len(beside) == 1 else [])
        code = near[0].code if near else ""
        ways = {"up": 1, "down": -1, "better": 0, "worse": 0}
        if code:
            return ("change", ways[code] * way) if code in ways and way > 0 else ("", 0)
        is_of_set = OF_SET.match(sentence.text, word.end())
        is_measured = re.match(r" (?:andel|pengar|medel)\b", sentence.text[word.end() :])
        is_named = way > 0 and re.search(r"\b(?:den|det|de) ?$", sentence.text[: word.start()])
        return ("level", way) if is_of_set or is_measured or is_named else ("", 0)
    if result := RESULT.search(text) or RESULT.search(of_it):
        said = (result["sign"] or result["plus"]).lower()
        sign = OF_SIGN.search(text)
        if said in ("underskott", "överdrag", "minus") or (sign and sign["less"]):
            return "result", -way
        if said in ("överskott", "plus") or (sign and sign["more"]):
            return "result", way
        return "result", 0
    return "level", way


OF_PLACE = re.compile(r" (?:i|på|bland|hos|inom|för) ")
ADVERB = 8
"""How far a verb and *mest* stand apart: *ökade allra mest*."""


def is_silent(sentence: Sentence, part: Part) -> bool:
    """Whether words of a statement say that it is of a part, of others, of several years, or
    expected."""
    text = f"{part.before if part.is_joined else ''} {part.clean}"
    # Who the others are is no doubt where they are so many.
    start = part.start if part.count or not part.is_joined else part.start - len(part.before)
    end = part.start + len(part.text)
    of_set = OF_SET.match(sentence.text, part.word.end()) if part.count else None
    last = of_set.end() if of_set else part.word.end()
    return bool(
        SILENT.search(text)
        or is_of_several_years(text, sentence.report_year)
        or JOINT.search(text)
        or SEVERAL.search(sentence.text[: part.word.start()])
        or MOST_ARE.search(sentence.text[: part.word.start()])
        or MONTH.search(AT_END.sub("", text))
        or any(
            start <= t.start < end
            and not part.word.start() <= t.start < last
            # *Bland bidragen*, where the table says that its rows are.
            and t.text.lower() != "bland"
            for t in sentence.with_role("qualifier", "target", "forecast")
        )
        or (
            part.by != "result"
            and any(start <= t.start < end for t in sentence.with_role("budget"))
        )
    )


def is_of_several_years(text: str, year: int) -> bool:
    """Whether words are of several years of one row; *under 2024* is the report's own."""
    return PERIOD.search(text.replace(f"under {year}", "")) is not None


def stated_in(sentence: Sentence, part: Part) -> list[Value]:
    """The numbers that a statement may give the row that it is of."""
    end = part.start + len(part.text)
    found = [v for v in values_in(sentence) if not OF_ANOTHER.match(sentence.text, v.end)]
    own = [v for v in found if part.start <= v.start < end]
    first = part.start - len(part.before)
    beside = [v for v in found if first <= v.start < part.start] if part.is_joined else []
    return own or [v for v in beside if part.before[v.start - first] != " "]


OF_ANOTHER = re.compile(r" (?:år|av)\b| (?:och|till) \d+ år\b")
"""What stands behind a number that is an age, or a share of all."""

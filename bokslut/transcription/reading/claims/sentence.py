"""A sentence with the words and names in it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from bokslut.transcription.reading import goals, words
from bokslut.transcription.reading.claims.claim import Claim, Mention, Passage, Token
from bokslut.transcription.reading.claims.lexicon import tokens_of
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.labels import damaged, scanned

if TYPE_CHECKING:
    from bokslut.transcription.reading.claims.reader import Reader

OF_THE_WHOLE = re.compile(
    r"\b(?:sammanlagt|sammantaget|totalt|n.{1,2}mnden|n.{1,2}mndens|f.{1,2}rvaltningens?)\b",
    re.IGNORECASE,
)
"""Words of a sentence that is not of the unit that the one before it is of."""
OTHER_CLAUSE = re.compile(
    rf"\b(?:{'|'.join(damaged(w).pattern for w in words.listed('other_clauses'))})\b"
    r"(?! (?:den|det|de|denna|detta)\b)",
    re.IGNORECASE,
)
"""What begins a clause with a subject of its own."""
CUT = re.compile(r", (?:vilket|men|dock|dir|dar|där)\b|,?(?= medan\b)|\. |; ")
"""Where a clause ends."""
ITS = re.compile(r"^\W*(?:Dess|Deras) (?:[^\W\d]+ ){0,4}$")
"""What stands before what is told of the unit that the sentence before is of."""
OF_A_PART = re.compile(r"\b(?:varav|d.{1,2}rav) $")
"""What stands before a unit that has a part of what a sentence is about."""
OWN_SUBJECT = re.compile(
    r"(?:,|\b(?:och|men|samt)) (?P<noun>[^\W\d]{4,}(?:en|et|[aeo]n|rna)) "
    r"(?:har |hade )?[^\W\d]+(?:de|te|er|ar|at|it|gick|steg|sj.{1,2}nk|blev|var|f.{1,2}ll)\b",
)
"""What begins a clause with a noun of its own before its verb: *och väntetiden växte*."""
OF_PLACE = re.compile(r"\b(?:inom|i|p.{1,2}|vid|hos|f.{1,2}r|bland)\s*$", re.IGNORECASE)
"""What stands before a unit that something is said of."""
EQUALS = re.compile(r"\bmotsvara\w*(?: [^\W\d]+)? [\d ]+ $", re.IGNORECASE)
"""What says that something else comes to as much: *motsvarade 121 årsarbetare*."""
NEAR_PART = 12
"""How many characters stand between a noun and what it is a part of at most."""
BESIDE = re.compile(r"\b(?:efter|f.{1,2}re|inklusive|exklusive|ut.{1,2}ver) $", re.IGNORECASE)
"""What stands before something that another thing is told beside: *efter årets resultat*."""
COUNTED = re.compile(
    r"\b(?:antalet?|andelen?) (?:[^\W\d]+[ae] )?(?P<noun>[^\W\d]+) (?:[^.,;\d]{0,40} )?"
    r"(?:i|med|som|inom|p.{1,2}|fr.{1,2}n|f.{1,2}r|av|till|utan) (?:[^\W\d]+ )?$",
    re.IGNORECASE,
)
"""*Antalet barn i*, behind which stands what they are in, which is not what is counted."""


def is_part_of_counted(before: str, name: str) -> bool:
    """Whether a name only tells more of a noun before it that is counted and not in the name."""
    found = COUNTED.search(before[-90:])
    return bool(found) and scanned(found["noun"])[:4] not in scanned(name)  # type: ignore[index]


OF_ANTECEDENT = re.compile(r"[^\W\d][^,;.]*, (?:som|vilken|vilka)\b")
"""A noun with a clause of its own behind it."""
NEAR = 90
"""How many characters a subject stands from its figure at most."""


class Sentence:
    """A sentence with the words and names in it."""

    def __init__(self, text: str, offset: int, passage: Passage, reader: Reader) -> None:
        """Finds its words; names only where a word or a digit makes it worth looking."""
        self.text, self.offset, self.passage, self.reader = text, offset, passage, reader
        self.before: Sentence | None = None
        self.goal: goals.Goal | None = None
        self.section: Mention | None = None
        self.heading = ""
        self.tokens = tokens_of(text)
        self.roles = {t.role for t in self.tokens if t.role}
        self._units: list[Mention] | None = None
        self._measures: list[Mention] | None = None

    @property
    def units(self) -> list[Mention]:
        """The units that it names."""
        if self._units is None:
            self._units = self.reader.lexicon.find_units(self.tokens)
        return self._units

    @property
    def measures(self) -> list[Mention]:
        """The measures that it names."""
        if self._measures is None:
            found = self.reader.lexicon.find_measures(self.tokens)
            parts = [m for m in found if is_part_of_counted(self.text[: m.start], m.name)]
            self._measures = [
                m
                for m in found
                if m not in parts
                # *Inspektioner av kemikalier* are not all inspections either.
                and not any(0 < p.start - m.end < NEAR_PART for p in parts)
                and not EQUALS.search(self.text[: m.start])
                and not BESIDE.search(self.text[: m.start])
                and not self.text.startswith(" eller ", m.end)
            ]
        return self._measures

    def is_cut_between(self, start: int, end: int) -> bool:
        """Whether a clause with a subject of its own, that is no name of the tables, begins between
        two places."""
        if OTHER_CLAUSE.search(self.text, start, end):
            return True
        return any(
            not any(m.start <= found.start("noun") < m.end for m in (*self.measures, *self.units))
            for found in OWN_SUBJECT.finditer(self.text, start, end)
        )

    def with_role(self, *roles: str) -> list[Token]:
        """Its words that have one of some roles."""
        return [t for t in self.tokens if t.role in roles]

    @property
    def report_year(self) -> int:
        """The year that the document reports."""
        return self.reader.document.report_year

    @property
    def own(self) -> str:
        """The administration."""
        return self.reader.concepts.administration_code

    def unit_for(self, start: int, end: int | None = None, measure: str = "") -> Mention | None:
        """The unit that something at a place is said of.

        One that follows with a preposition (*i Kontakt*), else the last before it, else the first
        behind it, else the last that the sentences before it name. Of a measure that the tables
        have, only units that they have it for.
        """
        end = start if end is None else end
        if ITS.search(self.text[:start]):
            return self.before.last_unit() if self.before else self.section
        lexicon = self.reader.lexicon
        behind = [u for u in self.units if end < u.start < end + NEAR]
        if behind and re.fullmatch(
            r"\s*(?:i|inom|hos|vid|f.{1,2}r)\s*", self.text[end : behind[0].start]
        ):
            return behind[0]
        before = [u for u in self.units if u.start <= start and start - u.end < 3 * NEAR]
        # Behind a comma stand those who have a part of it: *1,3 mnkr, varav skolan 2,1*.
        ordered = [*reversed(before), *(u for u in behind if "," not in self.text[end : u.start])]
        if not ordered and self.section and not OF_THE_WHOLE.search(self.text):
            ordered.append(self.section)
        is_own = bool(measure) and (measure, self.own) in lexicon.pairs
        if (
            earlier := self.before.last_unit()
            if self.before and not ordered and not is_own and not OF_THE_WHOLE.search(self.text)
            else None
        ):
            parts = {u.code for u in self.units if OF_A_PART.search(self.text[: u.start])}
            # What it names as a part is not what all of it is of.
            ordered += [earlier] if earlier.code not in parts else []
        if measure and measure in lexicon.printed:
            fitting = [u for u in ordered if (measure, u.code) in lexicon.pairs]
            if ordered == [self.section] and not fitting:
                # The whole's figure is not what the section of a unit speaks of.
                return self.section
            if not fitting and (measure, self.own) in lexicon.pairs:
                return self.place_beside(start, end)
            ordered = fitting or ordered
        return ordered[0] if ordered else None

    def place_beside(self, start: int, end: int) -> Mention | None:
        """The unit that the clause of a place says by a preposition that it speaks of."""
        left, right = self.clause(start)
        said = [
            u
            for u in self.units
            if left <= u.start < right
            and u.code != self.own
            and not start <= u.start < end
            and OF_PLACE.search(self.text[: u.start])
        ]
        return said[-1] if said else None

    def is_about_investments(self) -> bool:
        """Whether it, a sentence before it or its heading speaks of investments."""
        line, _ = self.passage.line_at(self.offset)
        heading = self.reader.concepts.sections.heading_at(line)
        text = self.passage.text[: self.offset + len(self.text)]
        return re.search(r"invest|projekt", f"{heading} {text}", re.IGNORECASE) is not None

    def last_unit(self) -> Mention | None:
        """The unit that it is about: the last it names, else that of the sentence before it."""
        if self.units:
            return self.units[-1]
        return self.before.last_unit() if self.before else None

    def may_be_of_another(self, unit: Mention | None) -> bool:
        """Whether it names no unit, and the sentences before it in its paragraph are of several, so
        that a unit taken from them may not be the one that is meant."""
        codes, sentence = set(), self.before
        while sentence is not None and sentence.passage is self.passage:
            codes |= {u.code for u in sentence.units}
            if not sentence.units and "result" in sentence.roles and sentence.last_unit() is None:
                codes.add(sentence.own)
            sentence = sentence.before
        return unit is not None and not self.units and len(codes) > 1

    def clause(self, start: int) -> tuple[int, int]:
        """From where to where the clause of a place reaches: between commas, *samt*, *medan*."""
        cuts = [
            0,
            *(m.end() for m in CUT.finditer(self.text)),
            len(self.text),
        ]
        left = max(c for c in cuts if c <= start)
        right = min((c for c in cuts if c > start), default=len(self.text))
        return left, right

    def make(
        self, start: int, end: int, kind: str, rule: str, label: str, read_text: str, **said: object
    ) -> Claim:
        """A claim of some characters of the sentence."""
        first, place = self.passage.line_at(self.offset + start)
        last, _ = self.passage.line_at(self.offset + max(start, end - 1))
        said.setdefault("fiscal_year", self.report_year)
        return Claim(place, first, last, label, self.text[start:end], read_text, kind, rule, **said)  # type: ignore[arg-type]


ASIDE = re.compile(
    r", (?:som|vilka|vilken|vilket|vars|b.{1,2}da|alla|fr.{1,2}mst|huvudsakligen)\b"
    r"(?:[^,;]|,\d)*,(?!\d)"
)
"""A clause set between commas, which tells more of the noun before it."""


def last_token(sentence: Sentence, start: int, *roles: str, within: int = NEAR) -> Token | None:
    """The last word with one of some roles before a place, and in no clause between commas that
    ends before it."""
    asides = [m.span() for m in ASIDE.finditer(sentence.text, 0, start)]
    found = [
        t
        for t in sentence.with_role(*roles)
        if t.end <= start
        and start - t.end <= within
        and not any(a <= t.start < b for a, b in asides)
    ]
    return found[-1] if found else None


OTHERS = re.compile(
    r"^I (?:riket|landet|l.{1,2}net|regionen)\b|"
    r"\bhela (?:kommunen|landet|kommunkoncernen)|\bkommunen (?:som helhet|totalt|i stort)|"
    r"\b(?:andra|.{1,2}vriga|liknande) (?:kommuner|f.{1,2}rvaltningar|n.{1,2}mnder)|"
    r"\b(?:i|inom) .{1,2}lder\w* \d|\b(?:under|.{1,2}ver|fyllda?|minst) \d\d .{1,2}r\b|"
    r"\b\d{1,2}[-–]\d{1,2} .{1,3}ring|"
    r"\bde[nt]? enda [^\W\d]+ (?:d.{1,2}r|som)\b|\bn.{1,2}sta .{1,2}r\b|"
    r"\b(?:h.{1,2}js|s.{1,2}nks) m.{1,2}l|\bannan definition\b|"
    r"\b(?:annat|sn.{1,2}vare|vidare|bredare) m.{1,2}tt\b|"
    r"^(?:utan|undantas) [^.,;]{1,40}\bhade\b|\bundantaget\b|\bskulle\b|"
    r"\bhade\b[^.,;]{1,60}\b(?:varit|i st.{1,2}llet)\b",
    re.IGNORECASE,
)
"""Words that say that a figure is of others than the one that reports, or of what did not come."""


def words_before(sentence: Sentence, start: int, count: int) -> list[Token]:
    """The last words before a place."""
    return [t for t in sentence.tokens if t.end <= start][-count:]


SUBJECT = re.compile(
    r"(?:^|[.,;:] |\b(?:och|medan|samt) )(?P<who>[^.,;:]{3,60}?) (?:redovisa|visa|uppvisa|"
    r"g.{1,2}r |gjorde|gav|ger |har |hade|gick|l.{1,2}mna|n.{1,2}r |blev|st.{1,2}r f|svara|"
    r"f.{1,2}rb.{1,2}ttra|f.{1,2}rs.{1,2}mra|v.{1,2}nd)",
)
"""Who has a result, before the verb."""
OF_ALL_WORDS = re.compile(
    r"n.{1,2}mnd(?! och\b)|f.{1,2}rvaltning(?:en|ens)\b|resultat|utfall|bokslut|"
    r"(?<![\w-])verksamheten\b|[aå]ret|\bvi\b|"
    r"\bde[nt]\b(?! \w+a\b)|detta|vilket|som\b|kostnad|int.{1,2}kt|budget|totalt|\bkommunen\b",
    re.IGNORECASE,
)
OF_WHOM = re.compile(
    r"\s+(?:inom|f.{1,2}r|hos|bland|vid|i(?= kommunens| en av)) (?P<who>[^\W\d][^.,;:\d]{2,40})"
)
"""Whose something is, behind it: *underskottet inom X*, *sjukfrånvaron för X*."""
OF_TIME = re.compile(
    r"(?:hel|verksamhets)?[aåäé]ret|perioden|hela|samtliga|alla|totalt|kvinno|m[aäéd4]n\b|b[aåéd]de|"
    r"(?:den|det|de) |m[aåéd]l|handl[aäéd]ggning",
    re.IGNORECASE,
)


def is_of_another(sentence: Sentence, end: int, name: str = "") -> bool:
    """Whether the words right behind something say that it is of somebody whom no table names."""
    found = OF_WHOM.match(sentence.text, end)
    if not found:
        return False
    start = found.start("who")
    if any(m.start <= start < m.end for m in (*sentence.units, *sentence.measures)):
        return False
    who = found["who"]
    first = scanned(who.split()[0])[:5]
    return not (first in scanned(name) or OF_TIME.match(who) or OF_ALL_WORDS.match(who))


OWNER = re.compile(r"\b(?P<who>[^\W\d]{4,}s) (?:samlade |totala )?$")
"""Whose a result is, right before it: *fastigheternas nettokostnad*."""
AND_ANOTHER = re.compile(r"\b(?:och|medan|samt) [^.,;:\d]{3,40}? (?:ett|en) (?:[^\W\d]+ )?$")
"""Somebody else who has what stands behind: *och museet ett*."""


def is_of_somebody(sentence: Sentence, start: int, unit: Mention | None) -> bool:
    """Whether the words before a result name somebody who has it, whom no table names."""
    left, _ = sentence.clause(start)
    owner = OWNER.search(sentence.text[:start])
    if owner and not any(m.start <= owner.start() < m.end for m in sentence.units):
        return not OF_ALL_WORDS.match(owner["who"])
    if unit in sentence.units and unit.end <= start:
        return AND_ANOTHER.search(sentence.text[unit.end : start]) is not None
    found = list(SUBJECT.finditer(sentence.text, left, start))
    if not found:
        return False
    own = sentence.reader.concepts.administration_name
    who = found[-1]["who"]
    if own.endswith(" AB") and scanned(who) == "bolaget":
        return False
    return not OF_ALL_WORDS.search(who) and fuzz.partial_ratio(scanned(own), scanned(who)) < 85


JOINT = re.compile(
    r"\b(?:tillsammans|samlat|gemensamt|sammantagna)\b|(?<!av )(?<!av de )"
    r"(?<!nämndens )(?<!förvaltningens )\bsamlade\b",
    re.IGNORECASE,
)
"""Words of several together, and not of what one of them is a share of."""


def is_of_several(sentence: Sentence, start: int, *codes: str) -> bool:
    """Whether what stands at a place is of several units or measures together, of which a code is
    the last that is named before it."""
    left, right = sentence.clause(start)
    if JOINT.search(sentence.text[left:right]):
        return True
    for mentions in (sentence.units, sentence.measures):
        before = [m for m in mentions if left <= m.start and m.end <= start]
        for first, second in pairwise(before):
            between = sentence.text[first.end : second.start].strip()
            if second.code in codes and between in ("och", "samt", "plus", "inklusive"):
                return second is before[-1]
    return False


def named_goal(sentence: Sentence, text: str) -> goals.Goal | None:
    """The goal that a piece of a sentence names."""
    wanted = scanned(text)
    for name, goal in sentence.reader.lexicon.goals.items():
        if len(name) > 7 and name in wanted:
            return goal
    return None


DECLARED = re.compile(
    r"\b(?:ett|redovisa\w*|visa\w*|uppvisa\w*|g.{1,2}r|gjorde|ger|gav|har|hade|blev|blir|med|inneb\w*|"
    r"motsvara\w*|positiv\w*|negativ\w*|ekonomiskt|till|p.{1,2})\b",
    re.IGNORECASE,
)
"""Words of which one stands before a surplus or a deficit that somebody has."""
LAST_YEAR = (
    r"(?:f[oöéd6]reg[aåéd]ende [aåéd]r|f[oöéd6]rra [aåéd]ret|fjol[aåéd]r|"
    r"i fjol\b|[aåéd]ret (?:innan|f[oöéd6]re|dessf[oöéd6]rinnan)\b)"
)
"""The year before, in words."""
NOT_NOW = re.compile(
    rf"{LAST_YEAR}[^.,;\d]{{0,25}}$|"
    r"\bbudget\w*,? som [^.,;]{0,25}$|"
    r"\b(?:fr.{1,2}n|v.{1,2}n(?:t|de|der)) (?:ett |det )?(?:[^\W\d]+ )?$|"
    r"(?:19|20)\d\d,? d.{1,2} [^.,;]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a result that is the budget's or an earlier year's."""


def is_declared(sentence: Sentence, token: Token) -> bool:
    """Whether a sentence says that there is a surplus or a deficit this year, and does not just
    speak of the word, of several, of the budget's or of an earlier year's."""
    before = sentence.text[: token.start]
    near = words_before(sentence, token.start, 4)
    left, right = sentence.clause(token.start)
    if OTHERS.search(sentence.text[left:right]):
        return False
    if any(
        left <= t.start < token.start and (t.role == "forecast" or t.code in ("expected", "part"))
        for t in sentence.with_role("forecast", "qualifier")
    ):
        return False
    if near and near[-1].role == "count" and near[-1].code != "1":
        return False
    if NOT_NOW.search(before[-70:]):
        return False
    if re.match(r" (?:i|enligt) (?:[^\W\d]+ )?budget", sentence.text[token.end :]):
        return False
    is_definite = bool(re.search(r"et(?:s)?$", token.text)) or token.code == "result0"
    return is_definite or any(DECLARED.fullmatch(t.text) for t in near)


def gender_for(sentence: Sentence, token: Token) -> str:
    """The gender that a statement is about: named before it in its clause."""
    found = [
        t for t in sentence.with_role("gender") if t.end <= token.start and token.start - t.end < 60
    ]
    return found[-1].code if found else "total"


SHARE_OF = re.compile(
    r"(?:\bprocent|%|\bandel(?:en)?|\bh.{1,2}lften|\d) av (?:(?:de|alla|samtliga|v.{1,2}ra) )?$",
    re.IGNORECASE,
)
"""What stands before what something is a share of, which is not what rose."""


FEWER = re.compile(r"f.{1,2}rre|fler[at]?\b", re.IGNORECASE)


COUNTED_NOW = re.compile(r"\bantalet? (?:[^\W\d]+ ){0,2}$", re.IGNORECASE)
"""What stands before something that is counted, and not paid for."""
IN_SPITE = re.compile(r"\btrots (?:[^\W\d]+ ){0,2}$", re.IGNORECASE)
"""What stands before something in spite of which another thing is said."""


def has_something_else(sentence: Sentence, measure: Mention, token: Token) -> bool:
    """Whether it is not a measure that moved: its income did (*simhallens intäkter*, *intäkterna
    från badet*), or what is counted of it, where the tables have its money (*47 färre*)."""
    of_it = next((t for t in sentence.tokens if t.start >= measure.end), None)
    if of_it and of_it.role == "result" and of_it.code in ("income", "cost"):
        return True
    before = sentence.text[: measure.start]
    if MONEY_OF.search(before) or IN_SPITE.search(before) or is_owned(sentence, measure):
        return True
    units = sentence.reader.lexicon.units_of.get(measure.code, set())
    is_counted = FEWER.match(token.text) or COUNTED_NOW.search(before)
    return bool(units and units <= set(IN_TKR) and is_counted)


MONEY_OF = re.compile(
    r"\b(?:int.{1,2}kt|kostnad|avgift|bidrag)(?:en|er|erna)? (?:fr.{1,2}n|f.{1,2}r|av|till) "
    r"(?:den |det |de )?$",
    re.IGNORECASE,
)
"""What stands before something whose money is meant, and not itself."""


def is_owned(sentence: Sentence, measure: Mention) -> bool:
    """Whether what stands before a measure says whose it is, and no table names them so:
    *filialernas besök*."""
    owner = OWNER.search(sentence.text[: measure.start])
    if owner is None or OF_ALL_WORDS.match(owner["who"]):
        return False
    start = owner.start("who")
    known = (*sentence.units, *sentence.with_role("gender"))
    return not any(one.start <= start < one.end for one in known)


def subjects_for(sentence: Sentence, token: Token) -> list[Mention]:
    """The measures that a word is said of: those before it in its clause, joined by *och*, else
    right behind."""
    left, right = sentence.clause(token.start)
    before = [
        m
        for m in sentence.measures
        if left <= m.start < token.start
        and not SHARE_OF.search(sentence.text[: m.start])
        and not sentence.is_cut_between(m.end, token.end)
        and not has_something_else(sentence, m, token)
    ]
    behind = [m for m in sentence.measures if token.end <= m.start < min(right, token.end + 45)]
    between = sentence.text[token.end : behind[0].start] if behind else ""
    # What it rose with is not what rose.
    is_place = OF_PLACE.search(between) is not None
    goes_on = re.match(r"(?:\s+\w+){0,2}\s*$", between) and not OTHER_CLAUSE.search(between)
    if behind and goes_on and between.strip() != "med":
        if is_place:
            # Where it rose is not what rose.
            return []
        return behind[:1]
    if not before:
        return []
    chosen = [before[-1]]
    for mention in reversed(before[:-1]):
        between = sentence.text[mention.end : chosen[0].start].strip().lower()
        if between in ("och", "samt", ",", "eller"):
            chosen.insert(0, mention)
        else:
            break
    return chosen


DA = "[aåäéiedo46]{1,2}"

"""What sentences say of how many rows of a table something is true: *fem av åtta verksamheter visar
underskott*, *minskade i samtliga åldersgrupper*, *är den enda enheten med underskott*.

A statement is wrong only where no table of so many rows makes it true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bokslut.transcription.reading import arithmetic, numbers, words
from bokslut.transcription.reading.claims.sentence import JOINT, Sentence
from bokslut.transcription.reading.claims.value import AT_END, MONTH, RESTATED
from bokslut.transcription.reading.nouns import (
    FEWEST,
    WORD,
    Name,
    ends_in,
    found_in,
    idle,
    is_bare,
    lower_words,
    rests,
    same,
)
from bokslut.transcription.reading.statements.fields import Competition
from bokslut.transcription.reading.statements.places import COUNT, number
from bokslut.transcription.reading.statements.predicates import (
    NOT,
    Predicate,
    Truths,
    compared_in,
    counted,
    predicate_in,
    truths_of,
)
from bokslut.transcription.reading.statements.ranks import (
    ENDING,
    Ranked,
    is_rest,
    known_to,
    row_named,
)
from bokslut.transcription.reading.statements.understood import CUT, around, unknown_in
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable, is_part

K = rf"(?P<only>(?:bara|endast) )?(?P<count>ing(?:en|a|et)|{COUNT}|\d{{1,2}})"
N = rf"(?P<whole>{COUNT}|\d{{1,2}})"
OF = r"(?:de |dessa |våra |[^\W\d]+s |totalt )?"
SO_MANY = re.compile(
    rf"\b(?:{K} av {OF}{N}|(?:^|(?<=\bi )|(?<=\bpå )|(?<=\binom )|(?<=\bhos )|(?<=\bför )|"
    rf"(?<=\bvid ))"
    rf"(?P<all>samtliga|alla)(?: de)?(?: {N.replace('whole', 'every')})?)"
    r"(?P<nouns>(?: [^\W\d]+){1,2})",
    re.IGNORECASE,
)
OF_MANY = re.compile(
    rf"^Av {OF}{N}(?P<nouns> [^\W\d]+) [^\W\d]+ (?:[^\W\d]+ )??{K}\b",
    re.IGNORECASE,
)
OF_ALL = re.compile(rf"\b{K} av (?P<nouns>[^\W\d]+(?:erna|arna|orna|ena|en))\b", re.IGNORECASE)
"""*två av kategorierna*."""
SOME = re.compile(
    rf"(?:^|, |\b(?:och|men|medan) ){K}(?P<nouns>(?: (?!av\b)[^\W\d]+){{1,2}})", re.IGNORECASE
)
"""*Tre verksamheter redovisar underskott*."""
ELLIPSIS = re.compile(
    rf"(?:[,;]| och| men| medan){{1,2}} (?P<count>{COUNT}) [^\W\d]+(?:de|te|er|ar|at|it|nk|eg)\b"
)
OF_THEM = re.compile(rf"\b{K} av (?:dem|dessa)\b", re.IGNORECASE)
THEY = re.compile(rf"\b{N} (?P<nouns>[^\W\d]+)\b", re.IGNORECASE)
"""*Nämnden följer nio indikatorer. Fem av dem nådde målet*."""
ONLY = re.compile(
    r"\b(?:är|var|blev) (?P<own>(?:[^\W\d]+ ){0,3}?)de[nt] enda(?: (?!där|som|med|vars)[^\W\d]+)? "
    r"(?P<rest>(?:som|där|med|vars) )",
    re.IGNORECASE,
)
A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
SILENT = re.compile(
    r"\b(?:förutom|utom|undanta\w+|utöver|exkl\w*|bortsett|frånsett|ungefär|knappt|drygt|cirka|"
    r"minst (?=en|två|tre|fyra|fem|sex|sju|åtta)|kommer|ska(?:ll)?|skulle|kan|kunna|"
    r"någon gång|fasta priser|i fjol)\b",
    re.IGNORECASE,
)
"""Words of a statement that is no count, or of other rows."""
LISTED = re.compile(
    r"\W*(?:nämligen |det vill säga |dvs\.? |(?:för|i|på|hos) )?(?P<names>[^.;:()\d]+?)\W*$"
)
"""What stands behind a statement to its sentence's end, where it may say of which."""
ENDS = re.compile(rf"{CUT.pattern}|\s(?:och|samt) (?={COUNT}|ing(?:en|a)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A statement of how many.

    Attributes:
        start, end: of its words.
        left, right: of the part of the sentence that it stands in.
        count: how many; None for all there are.
        whole: of how many; None where that is not said.
        nouns: for what is counted, in lower case.
        only: the words that name the only one; empty for others.
        predicate: what is true of them.
        counted: where the noun stands that says what is counted.
        is_exact: there are no more.
        is_bare: nothing says of how many, or of which: *tre verksamheter*.
        before: what is said of others of the same rows before it.
    """

    start: int
    end: int
    left: int
    right: int
    count: int | None
    whole: int | None
    nouns: tuple[str, ...]
    only: str
    predicate: Predicate
    counted: tuple[int, int] = (0, 0)
    is_exact: bool = False
    is_bare: bool = False
    before: Said | None = None

    @property
    def is_of_some(self) -> bool:
        """Whether it says of no number how many there are, and not that it is of all."""
        return self.count is not None and self.whole is None and not self.only


class Counts:
    """Holds the statements of a document against the rows of its tables."""

    def __init__(self, tables: Sequence[Competition], year: int) -> None:
        """Takes the rows that stand beside each other, and the year of the report."""
        self.tables, self.year = tables, year

    def statements(self, sentence: Sentence) -> Iterator[Ranked]:
        """The statements of a sentence that could be held against a table: right ones and wrong."""
        if RESTATED.search(sentence.text):
            return
        for said in statements_in(sentence):
            text = sentence.text[said.left : said.right]
            years = {int(year) for year in A_YEAR.findall(text)} - {self.year}
            is_other = SILENT.search(text) or JOINT.search(text)
            # Of another year only what has changed since is told.
            is_other = is_other or (years and said.predicate.kind != "change")
            if is_other or MONTH.search(AT_END.sub("", text)):
                continue
            qualifiers = [
                t
                for t in sentence.with_role("qualifier")
                if said.left <= t.start < said.right
                and not (t.code == "expected" and said.predicate.is_expected)
            ]
            if qualifiers and not said.predicate.part:
                continue
            if found := self.judged(sentence, said):
                yield found
            is_listed = said.whole or sentence.text[said.right :].startswith(":")
            if is_listed and (found := self.listed(sentence, said)):
                yield found

    def judged(self, sentence: Sentence, said: Said) -> Ranked | None:
        """A statement held against the tables: right, wrong, or None where they do not tell."""
        words_said = sentence.text[said.start : said.end]
        if said.count is None and self.is_in_name(words_said):
            return None
        lower = [m[0].lower() for m in WORD.finditer(sentence.text, said.left, said.right)]
        found: dict[int, list[tuple[bool, Ranked]]] = {}
        for rivals in self.tables:
            own = row_named(said.only, rivals) if said.only else None
            level = (
                max(likeness(said, rivals), is_so_many(said, rivals, lower)) if own is None else 1
            )
            if (said.only and own is None) or level < 1 + said.is_of_some:
                continue
            if said.is_of_some and not is_all_there(rivals):
                continue
            known, told_in = known_to(rivals, own), [*said.predicate.spans, said.counted]
            if any(unknown_in(sentence, said.left, said.right, known, told_in)):
                continue
            found.setdefault(level, []).extend(
                (is_true(said, truths, names, own), told(said, sentence, truths, names, own))
                for truths in truths_of(rivals, said.predicate, self.year, lower)
                for names in sets_of(rivals, truths, own)
                if said.whole in (None, len(names)) and self.is_so_before(said, rivals, names)
            )
        likely = next((found[level] for level in sorted(found, reverse=True) if found[level]), [])
        if any(is_right for is_right, _ in likely):
            return Ranked(said.start, said.end, words_said, is_sure=True)
        return likely[0][1] if likely else None

    def is_so_before(self, said: Said, rivals: Competition, names: Sequence[Name]) -> bool:
        """Whether what is said of others of the same rows is true of just so many."""
        if said.before is None:
            return True
        ids = {id(name) for name in names}
        return any(
            counted(truths, names) == (said.before.count, said.before.count)
            for truths in truths_of(rivals, said.before.predicate, self.year, said.nouns)
            if ids <= truths.keys()
        )

    def listed(self, sentence: Sentence, said: Said) -> Ranked | None:
        """The rows that are named behind a statement, where it is not true of one of them: *två av
        fyra enheter överskred sin budget, kansliet och köken*."""
        behind = LISTED.match(sentence.text, said.right)
        if not behind or said.count is None:
            return None
        lower = [m[0].lower() for m in WORD.finditer(sentence.text, said.left, said.right)]
        wrong: list[Name] = []
        for rivals in self.tables:
            names = all_named(behind["names"], rivals)
            if likeness(said, rivals) and len(names) == said.count:
                for truths in truths_of(rivals, said.predicate, self.year, lower):
                    false = [n for n in names if truths.get(id(n)) == {False}]
                    if not false:
                        return None
                    wrong += false
        if not wrong:
            return None
        figure = figure_of(*wrong[0].rows[0])
        title = wrong[0].rows[0][0].title
        return Ranked(
            behind.start("names"), behind.end("names"),
            f"Uppräkning: {sentence.text[said.start : said.end].lower()}",
            (figure,) if figure else (),
            f"i tabellen ”{title}” är {wrong[0].label} ingen av dem",
        )  # fmt: skip

    def is_in_name(self, said: str) -> bool:
        """Whether words are of the name of a row: *betyg i alla ämnen*."""
        lower = said.lower().strip()
        lines = (line for rivals in self.tables for line in rivals.table.lines)
        return any(" ".join(lower.split()[:2]) in line.label.lower() for line in lines)


def statements_in(sentence: Sentence) -> Iterator[Said]:
    """The statements of how many in a sentence."""
    text = sentence.text
    patterns = (SO_MANY, OF_MANY, OF_ALL, SOME)
    for kind, found in ((k, p) for k in patterns for p in k.finditer(text)):
        names = found.groupdict()
        is_all = bool(names.get("all"))
        count = None if is_all else number(found["count"])
        whole = number(names.get("every") if is_all else names.get("whole")) or None
        start, end = found.start(), found.end("nouns")
        left, right = around(text, start, end, ENDS)
        if count is not None and whole is None and "whole" in names:
            continue
        if count is not None and count > (whole or count):
            continue
        if is_all and NOT.search(text, start, right):
            # *Alla poster ökade inte* says of none that it did not.
            continue
        if predicate := said_of_each(sentence, left, right):
            nouns = tuple(found["nouns"].lower().split())
            first = found.start("nouns")
            counted = (first, first + len(nouns[0]) + 1)
            said = Said(
                start, end, left, right, count, whole, nouns, "", predicate, counted,
                is_exact=bool(names.get("only")), is_bare=kind is SOME,
            )  # fmt: skip
            yield said
            yield from more_of_them(sentence, said)
    for found in OF_THEM.finditer(text):
        they = list(THEY.finditer(sentence.before.text)) if sentence.before else []
        left, right = around(text, found.start(), found.end(), ENDS)
        predicate = predicate_in(sentence, left, right) if len(they) == 1 else None
        if predicate:
            (start, end), of = found.span(), they[0]
            yield Said(
                start, end, left, right, number(found["count"]), number(of["whole"]),
                (of["nouns"].lower(),), "", predicate, (start, end),
            )  # fmt: skip
    for found in ONLY.finditer(text):
        left, right = around(text, found.start(), found.end(), ENDS)
        if predicate := predicate_in(sentence, found.start("rest"), right):
            only = f"{text[left : found.start()]} {found['own']}"
            yield Said(found.start(), right, left, right, 1, None, (), only, predicate)


def said_of_each(sentence: Sentence, left: int, right: int) -> Predicate | None:
    """What a part of a sentence says of each of several rows: *fick lägre kostnad än 2024*, or what
    it does without a comparison."""
    compared = compared_in(sentence, left, right)
    is_of_year = compared is not None and compared.kind == "change"
    return compared if is_of_year else predicate_in(sentence, left, right)


def more_of_them(sentence: Sentence, said: Said) -> Iterator[Said]:
    """How many others did something else: *Tre förvaltningar minskade, fyra ökade*."""
    if found := ELLIPSIS.match(sentence.text, said.right):
        left, right = around(sentence.text, found.start("count"), found.end(), ENDS)
        if predicate := predicate_in(sentence, left, right):
            yield replace(
                said, start=left, end=right, left=left, right=right, predicate=predicate,
                count=number(found["count"]), counted=found.span("count"), before=said,
            )  # fmt: skip


def sets_of(rivals: Competition, truths: Truths, own: Name | None) -> Iterator[Sequence[Name]]:
    """The rows that a statement may be of: all that tell, those of one group, those with a name."""
    names = [n for n in rivals.names if id(n) in truths]
    if own is not None and id(own) not in truths:
        return
    sets = [names, [n for n in names if not is_rest(n.label)]]
    groups = {n.rows[0][1].group for n in names} if own is None else {own.rows[0][1].group}
    sets += [[n for n in names if n.rows[0][1].group == group] for group in groups]
    if own is not None:
        sets.append([n for n in names if n.label[-ENDING:] == own.label[-ENDING:]])
    yield from (one for one in sets if len(one) > 1)


def is_true(said: Said, truths: Truths, names: Sequence[Name], own: Name | None) -> bool:
    """Whether a statement can be true of some rows."""
    least, most = counted(truths, names)
    if own is not None:
        others = [n for n in names if n is not own]
        return True in truths[id(own)] and counted(truths, others)[0] == 0
    count = len(names) if said.count is None else said.count
    # Where two of the units have a deficit, three may.
    is_least = said.is_of_some and not said.is_exact
    return (is_least or least <= count) and count <= most


def told(
    said: Said, sentence: Sentence, truths: Truths, names: Sequence[Name], own: Name | None
) -> Ranked:
    """A statement that is wrong."""
    true = [n for n in names if False not in truths[id(n)]]
    others = [n for n in names if True not in truths[id(n)]]
    is_all = said.count is None
    shown = others if is_all else [n for n in (own, *true) if n is not None] or list(names)[:1]
    figures = [figure_of(*n.rows[0]) for n in dict.fromkeys(shown)]
    labels = ", ".join(n.label for n in (others if is_all else true)) or "ingen"
    counted = f"är det {len(true)} av {len(names)}"
    text = sentence.text[said.left : said.right]
    return Ranked(
        said.left + len(text) - len(text.lstrip()),
        said.right,
        f"Antal rader: {sentence.text[said.start : said.end].lower()}",
        tuple(f for f in figures if f),
        f"i tabellen ”{names[0].rows[0][0].title}” {counted}{', inte' if is_all else ':'} {labels}",
    )


def all_named(text: str, rivals: Competition) -> list[Name]:
    """The rows that a text lists; none where it lists something else too."""
    lower = lower_words(text)
    whole = [one for one in found_in(lower, rivals.names) if one.is_whole]
    named = [one for one in whole if not any(one.by < other.by for other in whole)]
    by = {at for one in named for at in one.by}
    rest = [word for at, word in enumerate(lower) if at not in by and len(word) >= FEWEST]
    return [] if any(word not in idle() for word in rest) else [one.name for one in named]


def is_all_there(rivals: Competition) -> bool:
    """Whether all rows of a table stand beside each other but its sums and parts of others."""
    sums = {one.total for one in arithmetic.sums(rivals.table)}
    lines = [
        line
        for index, line in enumerate(rivals.table.lines)
        if (line.figures or line.texts) and index not in sums
    ]
    others = [line for line in lines if line.is_total or line.gender or is_part(line.label)]
    return len(rivals.names) == len(lines) - len(others)


def figure_of(table: ReadTable, line: Line) -> Figure | None:
    """The first figure of a row, or the status that it has."""
    if line.figures:
        return next(iter(line.figures.values()))
    for column in table.columns:
        if column.kind == "status" and column.index in line.texts:
            return Figure(line.texts[column.index], column, numbers.BLANK)
    return None


def likeness(said: Said, rivals: Competition) -> int:
    """How surely the rows of a table are what a statement counts: 2 where it prints so, 1 where
    they may be, 0 where nothing says so."""
    table = rivals.table
    heads = lower_words(" ".join(c.head.text for c in table.columns if c.kind == "label"))
    # *Verksamhetens resultaträkning* has no units.
    title = lower_words(table.title)
    per = [word for before, word in pairwise(title) if before in ("per", "efter")]
    if said.is_bare:
        # *Sex indikatorer har nått målet*, and not of a table of how many indicators each goal has.
        kinds = (*heads, *per)
        return 2 * any(same(noun, w) or rests(noun, w) for noun in said.nouns for w in kinds)
    groups = lower_words(" ".join(line.group for line in table.lines))
    ends = [name.parts[-1] for name in rivals.names if name.parts]
    for noun in said.nouns:
        of_title = per if noun in words.listed("units") else title
        if any(same(noun, w) or rests(noun, w) for w in (*heads, *groups, *of_title)):
            return 2
        if any(ends_in(w, noun) for w in (*heads, *groups)):
            return 2
        if sum(same(noun, w) or ends_in(w, noun) for w in ends) * 2 > len(rivals.names):
            return 2
    kind = said.predicate.kind
    is_goal = kind == "target" and any(
        same(n, w) for n in said.nouns for w in words.listed("judged")
    )
    is_unit = set(said.nouns) & set(words.listed(ROWS_OF.get(table.source_table, "")))
    return int(is_goal or bool(is_unit) or (kind == "gender" and bool(said.whole)))


def is_so_many(said: Said, rivals: Competition, lower: Sequence[str]) -> bool:
    """Whether a table has as many rows as a statement says, and its title what that is of: *en av
    de fyra anläggningarna ökade sina besök*, of *Besök*."""
    title = [word for word in lower_words(rivals.table.title) if not is_bare(word)]
    of = [word for word in lower if word not in said.nouns and len(word) > FEWEST]
    is_told = any(same(word, other) for word in of for other in title)
    return is_told and said.whole == len(rivals.names)


ROWS_OF = {"driftsammandrag": "units", "investeringar": "projects"}
"""The nouns for the rows of some tables."""

"""Whether a statement says no more than the rows and the table that it may be of: a word that they
do not have may make it one of something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bokslut.transcription.reading import words
from bokslut.transcription.reading.claims.sentence import Sentence
from bokslut.transcription.reading.labels import damaged
from bokslut.transcription.reading.nouns import (
    LEAST,
    WORD,
    ends_in,
    idle,
    is_bare,
    rests,
    same,
)
from bokslut.transcription.reading.statements.gaps import INCOME

WAYS = {row["word"]: int(row["way"]) for row in words.table("superlatives")}
MOVES = {row["noun"]: int(row["way"]) for row in words.table("moves")}
RESULT = re.compile(
    r"\b[^\W\d]*(?P<sign>överskott|underskott|avvikelse|överdrag)\w*|\b(?P<plus>plus|minus)\b",
    re.IGNORECASE,
)
MOVE = re.compile(
    rf"\b[^\W\d]*(?<!unders)(?<!\bans)(?<!efters)(?P<noun>{'|'.join(MOVES)})(?:en|ar(?:na)?)?\b",
    re.IGNORECASE,
)
RATE = re.compile(r"\b(?:procentuel|relativ|procentuellt|i procent|andelsmässig)", re.IGNORECASE)
CUT = re.compile(
    r"[;:()] ?|,(?! ?(?:med )?[-–−+]?\d) ?|\s[–—-] | \. |"
    rf"\b(?:{'|'.join(words.listed('causes'))}|medan|men|varav|trots att|efter|följ[td] av|när)\b"
    r"(?! (?:19|20)\d\d\b)|"
    r" och (?=(?:är|har|tar|utgör|står|svarar|uppg[åi]\w+|motsvarar|var|hade|blev|ökade|minskade|"
    r"visar|redovisar|når|nådde|ligger|omfattar|kostade) )",
    re.IGNORECASE,
)
"""Where a statement ends, or the one before it."""
COUNTS = "|".join(w for w in words.of_numbers("count") if w.isalpha() and w not in ("en", "ett"))
SOME = re.compile(
    rf"^\W*(?:{COUNTS}|flera|några|många|flertalet|de flesta) [^\W\d]+(?:ar|er|or|en)\b|"
    r"^\W*(?:en|ett) [^\W\d]+ (?:har|hade|visar|redovisar)\b",
    re.IGNORECASE,
)
"""*Två avdelningar har minskat*: of some rows, and of no other."""
FEWEST = 4
"""How many letters a word has at least that tells something."""
PARTICIPLE = re.compile(r"(?<=[^\W\d]{3})(?:ad|t|d)[ae]?$")
"""*besökta*, of *Besök*."""


def around(text: str, start: int, end: int, cut: re.Pattern[str] = CUT) -> tuple[int, int]:
    """The part of a sentence that a statement stands in."""
    cuts = [m.span() for m in cut.finditer(text)]
    left = max((b for _, b in cuts if b <= start), default=0)
    return left, min((a for a, _ in cuts if a >= end), default=len(text))


def unknown_in(
    sentence: Sentence,
    start: int,
    end: int,
    known: Collection[str],
    told: Collection[tuple[int, int]] = (),
) -> Iterator[re.Match[str]]:
    """The words of a part of a sentence that tell something that no known word does.

    `known`: words in lower case; `told`: the places of what is understood without them.
    """
    for word in WORD.finditer(sentence.text, start, end):
        if any(a <= word.start() < b for a, b in told):
            continue
        has_role = any(t.role and t.start <= word.start() < t.end for t in sentence.tokens)
        if not is_known(word[0].lower(), known, has_role=has_role):
            yield word


def is_known(word: str, known: Collection[str], *, has_role: bool) -> bool:
    """Whether a word tells no more than known ones do.

    `has_role`: it is one of those that sentences compare, judge or count with.
    """
    if INCOME.match(word) and not any(INCOME.search(w) for w in known):
        return False
    if any(same(word, rated) for rated in words.listed("rated")):
        # *Högst betyg*, of a table of visits.
        return any(same(word, w) or ends_in(w, word) for w in known)
    if len(word) < FEWEST or word in idle() or is_bare(word) or has_role:
        return True
    if is_generic(word) or any(p.match(word) for p in (RESULT, MOVE, RATE)):
        return True
    stem = PARTICIPLE.sub("", word)
    return any(
        same(word, w)
        or (stem != word and same(stem, w))
        or (len(w) >= FEWEST and (rests(word, w) or ends_in(w, word)))
        for w in known
    )


def is_generic(word: str) -> bool:
    """Whether a word may be of any row of a table, or picks out none."""
    return (
        word in words.listed("of_place")
        or any(same(word, w) for w in words.listed("any_row"))
        # *nämndmål*
        or any(ends_in(word, w) for w in words.listed("judged"))
    )


def telling(some: Collection[str]) -> set[str]:
    """Those of some words that are long enough to tell something, and others for them."""
    found = {w for w in some if len(w) >= LEAST and w not in idle()}
    for alike in map(words.listed, ("staff", "absent")):
        found |= set(alike) if found.intersection(alike) else set()
    return found


def is_superlative(word: str) -> bool:
    """Whether a word puts rows in an order: *störst*, *näst*."""
    stems = [] if word.startswith("först") else [word, word[:-1]]
    return word == "näst" or any(damaged(w).fullmatch(stem) for w in WAYS for stem in stems)

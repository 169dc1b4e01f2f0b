"""Goals: their names as the document prints them, and how it judges each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bokslut.transcription.reading import linehead, numbers, words
from bokslut.transcription.reading.labels import normal, scanned
from bokslut.transcription.reading.lines.entry import Entry

SAME_GOAL = 84
"""How alike, 0 to 100, two prints of a goal's name must be."""
LIST_HEADS = ("forvaltningsmal", "namndmal", "mal", "namndens mal")
SHORTEST = 6


@dataclass(slots=True)
class GoalPrint:
    """A goal's name at one place.

    Attributes:
        label: as printed, without what a scan made of the icon beside it.
        icon: that.
        line: its line.
    """

    label: str
    icon: str
    line: int


@dataclass(slots=True)
class Goal:
    """A goal of a document.

    Attributes:
        front: where the list of goals prints it.
        heading: its own heading; None where there is none.
        judgement: the words that judge it; empty for none.
        judgement_line: their line.
        statement: the sentence that they stand in.
    """

    front: GoalPrint | None
    heading: GoalPrint | None
    judgement: str = ""
    judgement_line: int = 0

    @property
    def label(self) -> str:
        """The name at the goal's own heading, else in the list."""
        printed = self.heading or self.front
        return printed.label if printed else ""


def find(entries: Sequence[Entry]) -> list[Goal]:
    """The goals of a document: a list of names, and headings that repeat them."""
    judged = judged_list(entries)
    listed = front_list(entries)
    if judged:
        return judged
    if len(listed) < 2:
        return []
    last = listed[-1].line
    wanted = [(scanned(p.label), p) for p in listed]
    headings: dict[int, tuple[int, GoalPrint, float]] = {}
    for index, entry in enumerate(entries):
        if entry.line <= last or len(entry.text) > 90 or entry.tail:
            continue
        found = heading_of(entry, wanted)
        if not found:
            continue
        number, printed, likeness = found
        before = headings.get(number)
        # The heading is followed by running text, not by a table.
        follows = index + 1 < len(entries) and len(entries[index + 1].text) > 60
        if follows and (before is None or likeness > before[2] + 5):
            headings[number] = (index, printed, likeness)
    goals = []
    starts = sorted(index for index, _, _ in headings.values())
    for number, printed in enumerate(listed):
        if number not in headings:
            continue
        index, heading, _ = headings[number]
        end = next((s for s in starts if s > index), len(entries))
        goal = Goal(printed, heading)
        goal.judgement, goal.judgement_line = first_judgement(
            entries[index + 1 : min(end, index + 60)]
        )
        goals.append(goal)
    # A list whose names never come again is no list of goals.
    return goals if len(goals) * 2 >= len(listed) else []


def judged_list(entries: Sequence[Entry]) -> list[Goal]:
    """The goals of a list that has its judgement behind each name: below *Mål* and *Bedömning*."""
    for index, entry in enumerate(entries):
        tokens = entry.text.split()
        if len(tokens) > 4 or not tokens or not is_list_head(tokens[0]):
            continue
        found = list(judged_below(entries[index + 1 : index + 40]))
        says_status = [unit.kind for unit in linehead.parse(entry.text).units[-1:]] == ["status"]
        # Of a head whose last word a scan has damaged the lines below it say what it is.
        if found and (says_status or len(found) > 1):
            return found
    return []


def judged_below(entries: Sequence[Entry]) -> Iterator[Goal]:
    """The goals of lines, each with its judgement behind its name or on the line below it."""
    name: Entry | None = None
    for entry in entries:
        label, judgement = (
            ("", entry.text) if status_of(entry.text) else label_and_status(entry.text)
        )
        if judgement and (label or name):
            first = entry if label else name
            yield Goal(GoalPrint(label or name.text, "", first.line), None, judgement, entry.line)
            name = None
        elif judgement or name or entry.tail:
            return
        else:
            name = entry


def is_list_head(word: str) -> bool:
    """Whether a word is the head of a list of goals, whatever a scan has made of its letters."""
    bare = normal(word)
    if len(bare) < SHORTEST:
        return bare in (*LIST_HEADS, "mel")
    return any(fuzz.ratio(bare, head) >= SAME_GOAL for head in LIST_HEADS)


def label_and_status(text: str) -> tuple[str, str]:
    """A line parted into a name and the words at its end that judge it; empty for none."""
    tokens = text.split()
    for first in range(1, len(tokens)):
        ending = " ".join(tokens[first:])
        if len(tokens) - first <= 5 and status_of(ending):
            return " ".join(tokens[:first]), ending
    return text, ""


def front_list(entries: Sequence[Entry]) -> list[GoalPrint]:
    """The names below a line that says *Förvaltningsmål*, up to the next table."""
    for index, entry in enumerate(entries):
        if normal(entry.text).replace("0", "o") not in LIST_HEADS:
            continue
        found = []
        for below in entries[index + 1 : index + 40]:
            if below.tail or linehead.parse(below.text).is_head or len(below.text) > 80:
                break
            icon, label = without_icon(below.text)
            if len(scanned(label)) >= SHORTEST:
                found.append(GoalPrint(label, icon, below.line))
        if len(found) > 1:
            return found
    return []


def without_icon(text: str) -> tuple[str, str]:
    """What a scan made of an icon in front of a name, and the name."""
    tokens = text.split()
    first = 0
    while first < len(tokens) - 1 and (
        (len(tokens[first]) <= 2 and not tokens[first].isupper())
        or not any(c.isalpha() for c in tokens[first])
        or len(tokens[first]) == 1
    ):
        first += 1
    return " ".join(tokens[:first]), " ".join(tokens[first:])


def heading_of(
    entry: Entry, wanted: Sequence[tuple[str, GoalPrint]]
) -> tuple[int, GoalPrint, float] | None:
    """The goal whose name a line is, perhaps with an icon behind it."""
    tokens = entry.text.split()
    best: tuple[int, GoalPrint, float] | None = None
    for number, (name, _) in enumerate(wanted):
        for taken in range(len(tokens), 0, -1):
            rest = tokens[taken:]
            if len(rest) > 2 or any(len(t) > 4 for t in rest):
                break
            own = scanned(" ".join(tokens[:taken]))
            if not 0.75 * len(name) <= len(own) <= 1.25 * len(name):
                continue
            likeness = fuzz.ratio(own, name)
            if likeness >= SAME_GOAL and (best is None or likeness >= best[2]):
                best = (
                    number,
                    GoalPrint(" ".join(tokens[:taken]), " ".join(rest), entry.line),
                    likeness,
                )
    return best


@lru_cache
def parts() -> dict[str, str]:
    """The words of statuses in the form that scans leave them."""
    return {scanned(word): part for word, part in words.mapping("statuses").items()}


@lru_cache(maxsize=100_000)
def part_of(token: str) -> str | None:
    """What a word does in a judgement: `verb`, `full`, `part`, `not`; None for nothing."""
    bare = scanned(token)
    known = parts()
    if bare in known:
        return known[bare]
    if len(bare) < 5:
        return None
    best, part = max((fuzz.ratio(bare, k), p) for k, p in known.items() if len(k) > 4)
    return part if best >= 82 else None


def judgement_in(text: str) -> str:
    """The words of a sentence that judge a goal; empty for none."""
    tokens = text.split()
    for index, token in enumerate(tokens):
        if part_of(token.strip(".,;:")) != "verb":
            continue
        first = last = index
        probe = index
        while probe > 0 and not tokens[probe - 1].endswith((".", ",", ":")):
            part = part_of(tokens[probe - 1].strip(",;:"))
            if part in ("full", "part", "part_before", "not"):
                first = probe - 1
            elif part != "neutral":
                break
            probe -= 1
        while last + 1 < len(tokens) and not tokens[last].endswith((".", ",", ";")):
            if part_of(tokens[last + 1].strip(".,;:")) not in ("full", "part", "not"):
                break
            last += 1
        return " ".join(tokens[first : last + 1]).strip(".,;:")
    return ""


def first_judgement(entries: Sequence[Entry]) -> tuple[str, int]:
    """The first words that judge, and their line: of a sentence about the goal."""
    for entry in entries[:6]:
        if not re.search(r"m.{1,2}let\b|m[aå]let|bed[oöé]m", entry.text, re.IGNORECASE):
            continue
        if found := judgement_in(entry.text):
            return found, entry.line
    return "", 0


BESIDE = re.compile(rf"^[^\w(]+|{numbers.MARK.replace('?P<mark>', '?:')}$")


def bare(judgement: str) -> str:
    """The words of a judgement without the sign before them and the footnote mark behind them."""
    return BESIDE.sub("", judgement.strip()).strip()


@lru_cache(maxsize=10_000)
def status_of(judgement: str) -> str | None:
    """What a judgement says in our words: `fulfilled`, `partly_fulfilled`, `not_fulfilled`,
    `not_assessed`."""
    wanted = normal(judgement)
    for word, status in words.of_judgements().items():
        if wanted == normal(word) or (
            len(word) > 6 and fuzz.ratio(scanned(judgement), scanned(word)) >= 93
        ):
            return status
    if reached := REACHED.fullmatch(judgement):
        said = reached["how"] or ""
        return "partly_fulfilled" if said == "delvis" else f"{'not_' if said else ''}fulfilled"
    said = [part_of(token) for token in judgement.split()]
    said = [part for part in said if part != "neutral"]
    if None in said or ("verb" not in said and "part" not in said):
        return None
    if "part" in said:
        return "partly_fulfilled"
    if "not" in said:
        return "partly_fulfilled" if "full" in said else "not_fulfilled"
    return "fulfilled"


REACHED = re.compile(
    r"(?:upp)?n.{1,2}(?:r|dde|tt|dd|s)(?: (?P<how>inte|ej|delvis))? m.{1,2}l(?:et|v.{1,2}rdet)?",
    re.IGNORECASE,
)
"""*Når inte målet*, as a judgement."""


@dataclass(slots=True)
class Event:
    """A decision or an event in a list of them."""

    kind: str
    text: str
    first: int
    last: int


BULLET = re.compile(r"(?:[eo•\-–*]|\d+\.)\s+(?=\S)")


def events(entries: Sequence[Entry]) -> list[Event]:
    """The decisions and events that stand in lists under headings of their own."""
    found: list[Event] = []
    kind = ""
    for entry in entries:
        bare = normal(entry.text)
        if len(bare) < 35 and not entry.tail:
            if fuzz.ratio(bare, "beslut") > 88:
                kind = "decision"
                continue
            if fuzz.ratio(bare, "handelser") > 84:
                kind = "event"
                continue
            if fuzz.ratio(bare, "viktiga beslut och handelser") > 90:
                kind = "either"
                continue
        if not kind:
            continue
        if kind == "either":
            if entry.after_blank or BULLET.match(entry.text) or len(entry.text) > 100:
                kind = ""
            else:
                said = "decision" if bare.startswith("beslut") else "event"
                found.append(Event(said, entry.text, entry.line, entry.line))
            continue
        if bullet := BULLET.match(entry.text):
            found.append(Event(kind, entry.text[bullet.end() :], entry.line, entry.line))
        elif found and found[-1].kind == kind and not entry.after_blank:
            found[-1].text += " " + entry.text
            found[-1].last = entry.line
        elif found and found[-1].kind == kind:
            kind = ""
    return found

"""How well a document was read: each figure of its key is right, asked about, wrong or missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz

from bokslut.transcription.reading.labels import scanned
from bokslut.transcription.reading.tables.table import Question
from transcription.invented import Key


@dataclass
class Score:
    """Counts of figures, and what went wrong in words."""

    right: int = 0
    asked: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All figures of the key."""
        return self.right + self.asked + self.wrong + self.missing

    def __str__(self) -> str:
        return (
            f"{self.right}/{self.total} right, {self.asked} asked, {self.wrong} wrong, "
            f"{self.missing} missing, {self.extra} extra"
        )


def score(cells: Iterable[dict[str, str]], questions: Iterable[Question], keys: list[Key]) -> Score:
    """Compares what was read with the key of a report."""
    made = Score()
    left = list(cells)
    asked = [(q.printed_text, scanned(q.text.partition(":")[0])) for q in questions]
    for key in keys:
        same = [c for c in left if is_same(c, key)]
        exact = [c for c in same if says(c, key)]
        if exact:
            left.remove(exact[0])
            made.right += 1
        elif same:
            made.wrong += 1
            made.told.append(f"WRONG {key}\n   got {same[0]}")
            left.remove(same[0])
        elif found := next((q for q in asked if is_asked(q, key)), None):
            asked.remove(found)
            made.asked += 1
        else:
            made.missing += 1
            made.told.append(f"MISSING {key}")
    made.extra = len([c for c in left if c["value"]])
    made.told += [f"EXTRA {c}" for c in left if c["value"]]
    return made


def is_asked(question: tuple[str, str], key: Key) -> bool:
    """Whether a question is about a figure of the key."""
    printed, subject = question
    wanted = scanned(f"{key.group_label}{key.row_label}{key.column_label}")
    return printed == key.printed_text or fuzz.ratio(subject, wanted) > 80


def is_same(cell: dict[str, str], key: Key) -> bool:
    """Whether a cell stands where one of the key does."""
    return (
        cell["fiscal_year"] == str(key.year)
        and cell["scenario"] == key.scenario
        and cell["gender"] == key.gender
        and fuzz.ratio(scanned(cell["row_label"]), scanned(key.row_label)) >= 80
        and in_any_order(cell["column_label"], key.column_label) >= 60
        and (
            (cell["table"].isalpha() and cell["table"].islower())
            or fuzz.ratio(scanned(cell["table"]), scanned(key.table)) >= 50
            or scanned(cell["table"])[:6] == scanned(key.table)[:6]
        )
        and (
            not key.group_label
            or key.row_label.lower().startswith(("summa", "total"))
            or fuzz.ratio(scanned(cell["group_label"]), scanned(key.group_label)) >= 75
        )
    )


def in_any_order(one: str, other: str) -> float:
    """How alike two labels are, 0 to 100, whatever the order of their words."""
    return max(
        fuzz.ratio(scanned(one), scanned(other)),
        fuzz.ratio("".join(sorted(scanned(one))), "".join(sorted(scanned(other)))),
    )


def says(cell: dict[str, str], key: Key) -> bool:
    """Whether a cell says what the key says."""
    if key.value is None:
        return cell["missing_code"] == key.missing
    return (
        cell["value"] != ""
        and Decimal(cell["value"]) == key.value
        and cell["unit_of_measure"] == (key.unit or "")
    )

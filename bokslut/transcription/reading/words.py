"""The tables of words that reading goes by, to be read and reviewed.

What the models read by too stands in the project's seeds; what only reading needs in `words/`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bokslut import database

FOLDER = Path(__file__).with_name("words")


@lru_cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `words/<name>.csv`, in their order."""
    return rows_of(FOLDER / f"{name}.csv")


@lru_cache
def mapping(name: str) -> dict[str, str]:
    """Word to code of a table of two columns; longer words first, so that they are tried first."""
    return longest_first(tuple(row.values()) for row in table(name))


@lru_cache
def listed(name: str) -> tuple[str, ...]:
    """The words of a list in `words/lists.csv`, longer ones first."""
    found = (row["word"] for row in table("lists") if row["list"] == name)
    return tuple(sorted(found, key=len, reverse=True))


@lru_cache
def of_numbers(*kinds: str) -> dict[str, str]:
    """Words that stand with numbers, and their codes, of some kinds in `reference_number_words`."""
    rows = seed("reference_number_words")
    return longest_first((row["word"], row["code"]) for row in rows if row["kind"] in kinds)


@lru_cache
def of_judgements() -> dict[str, str]:
    """Wordings that judge a goal, and what they say, as in `reference_judgement_wordings`."""
    rows = seed("reference_judgement_wordings")
    return longest_first((row["judgement"], row["declared_status"]) for row in rows)


@lru_cache
def of_marks() -> dict[str, str]:
    """Marks of missing values that mean the same in every report, in capitals, and their codes.

    The words that our own pages have for them are marks too, and in brackets, as our files have
    them.
    """
    codes = [row for row in seed("reference_codes") if row["list"] == "missing_code"]
    marks = seed("reference_missing_marks")
    own = {row["word_sv"].upper(): row["code"] for row in codes}
    return (
        own
        | {f"[{word}]": code for word, code in own.items()}
        | {
            row["mark"].upper(): row["missing_code"]
            for row in marks
            if not row["template"] + row["source_table"]
        }
    )


@lru_cache
def of_measures() -> frozenset[str]:
    """The words in the names of what reports measure, in small letters."""
    names = [row["measure_name_sv"] for row in seed("reference_measures")]
    return frozenset(word.strip("(),") for name in names for word in name.lower().split())


@lru_cache
def seed(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a reference seed of the project."""
    folders = (database.project(), Path(__file__).parents[3])
    files = [folder / f"seeds/reference/{name}.csv" for folder in folders]
    return rows_of(next((file for file in files if file.is_file()), files[0]))


def longest_first(pairs: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Pairs as a mapping, longer words first."""
    return {pair[0]: pair[1] for pair in sorted(pairs, key=lambda p: -len(p[0]))}


def rows_of(file: Path) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))

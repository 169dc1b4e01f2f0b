"""Answers to questions.csv, fed back: each says what stands at a place."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bokslut.transcription.reading import cells, numbers, rows
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.numbers import BLANK, Refused
from bokslut.transcription.reading.stream import NotRead
from bokslut.transcription.reading.tables.table import Figure

COLUMNS = ("place", "printed_text", "answer")


@dataclass(frozen=True)
class Answers:
    """Answers by place and printed text, and the file that they stand in."""

    file: Path
    texts: dict[tuple[str, str], str]
    lines: dict[tuple[str, str], int]


def load(file: Path) -> Answers:
    """Reads a file of answers: questions.csv with its last column filled in.

    Raises NotRead: it is no CSV in UTF-8 with the columns that it must have.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
            if missing:
                raise NotRead(
                    f"{file.name}: kolumnen {missing[0]} saknas. Väntat: questions.csv med svar "
                    "i kolumnen answer."
                )
            texts: dict[tuple[str, str], str] = {}
            lines: dict[tuple[str, str], int] = {}
            for number, row in enumerate(reader, 2):
                if (row["answer"] or "").strip():
                    key = (row["place"], row["printed_text"])
                    texts[key], lines[key] = row["answer"].strip(), number
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        raise NotRead(f"{file.name} går inte att läsa som CSV i UTF-8 ({failure}).") from failure
    return Answers(file, texts, lines)


def apply(document: Document, answers: Answers) -> None:
    """Gives the figures in question, and tables without a unit of measure, what the answers say.

    Raises NotRead: an answer fits no question, or is none of what it can be.
    """
    used: set[tuple[str, str]] = set()
    marks = document.template.marks_of()
    for table in document.tables:
        for line in table.lines:
            asked = [f for f in line.figures.values() if f.question]
            by_question: dict[int, list[Figure]] = {}
            for figure in asked:
                by_question.setdefault(id(figure.question), []).append(figure)
            for figures in by_question.values():
                question = figures[0].question
                key = (question.place, question.printed_text) if question else ("", "")
                if key in answers.texts:
                    used.add(key)
                    answer(figures, answers.texts[key], marks, answers, key)
    for table, question in list(cells.without_unit(document)):
        key = (question.place, question.printed_text)
        if key in answers.texts:
            used.add(key)
            table.unit_of_measure = unit_said(answers, key, question.candidates)
    unused = [key for key in answers.texts if key not in used]
    if unused:
        place, printed = unused[0]
        raise NotRead(
            f"{answers.file.name}, rad {answers.lines[unused[0]]}: ingen fråga finns om "
            f"”{printed}” på {place}. "
            "Väntat: plats och tryckt text så som de står i questions.csv."
        )


def unit_said(answers: Answers, key: tuple[str, str], known: Sequence[str]) -> str:
    """The unit of measure that an answer names."""
    if answers.texts[key] not in known:
        raise NotRead(
            f"{answers.file.name}, rad {answers.lines[key]}: svaret ”{answers.texts[key]}” är ingen"
            f" enhet. Väntat: {', '.join(known)}."
        )
    return answers.texts[key]


def answer(
    figures: list[Figure], text: str, marks: dict[str, str], answers: Answers, key: tuple[str, str]
) -> None:
    """Takes one answer: of a cell, or of all cells of a row, parted by bars."""
    parts = [part.strip() for part in text.split("|")] if len(figures) > 1 else [text]
    if len(parts) != len(figures):
        raise NotRead(
            f"{answers.file.name}, rad {answers.lines[key]}: svaret ”{text}” har {len(parts)} "
            "delar. "
            f"Väntat: {len(figures)}, med lodstreck emellan."
        )
    for figure, part in zip(figures, parts, strict=True):
        reading = numbers.read(part, marks) if part else BLANK
        if isinstance(reading, Refused):
            raise NotRead(
                f"{answers.file.name}, rad {answers.lines[key]}: svaret ”{part}” är varken ett "
                "tal eller "
                "ett känt tecken för att uppgift saknas."
            )
        if figure.column.kind == "note":
            reading = rows.Note(part) if part else BLANK
        is_split = len(figures) > 1
        if is_split:
            figure.cell = replace(figure.cell, text=part)
        figure.reading = reading
        figure.question = None
        figure.how_read = "grouped" if is_split else "corrected"

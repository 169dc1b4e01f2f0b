"""Tables of which a scan put each cell on a line of its own, with empty lines between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bokslut.transcription.reading import heads, linehead, rows
from bokslut.transcription.reading.lines.entry import Entry, cut

FEWEST = 2
"""So many cells behind a label make a row, and so many rows behind each other a table."""
LONGEST_UNIT = 8
LONGEST_NOISE = 4
LONGEST_CELL = 30
LINES_OF_LABEL = 5
NUMBER = re.compile(r"[-–]?\d[\d ]*(?:,\d+)? ?%?")
"""One figure, in whatever groups its digits stand."""


def in_rows(entries: Sequence[Entry], marks: dict[str, str]) -> list[Entry]:
    """The lines with each run of stacked rows put on one line a row: its label, then its cells."""
    blocks = blocks_of(entries)
    made: list[Entry] = []
    index = 0
    while index < len(blocks):
        run: list[tuple[Entry, int]] = []
        end = index
        while end < len(blocks) and (row := row_at(blocks, end, marks)):
            run.append(row[:2])
            end = row[2]
        usual, times = Counter(count for _, count in run).most_common(1)[0] if run else (0, 0)
        is_head_of_rows = len(run) == 1 and is_head_above(run[0][0], blocks[end : end + 1])
        if (times >= FEWEST or is_head_of_rows) and usual >= FEWEST:
            made += [entry for entry, _ in run]
            index = end
        else:
            made += blocks[index]
            index += 1
    return made


def is_head_above(entry: Entry, below: Sequence[Sequence[Entry]]) -> bool:
    """Whether a row is a head of which each column had a line of its own, and its rows have not."""
    has_rows = bool(below) and bool(below[0][0].label) and bool(below[0][0].tail)
    return has_rows and linehead.parse(entry.text).is_head


def blocks_of(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Lines that no empty line parts."""
    made: list[list[Entry]] = []
    for entry in entries:
        if entry.after_blank or not made:
            made.append([])
        made[-1].append(entry)
    return made


def row_at(
    blocks: Sequence[Sequence[Entry]], index: int, marks: dict[str, str]
) -> tuple[Entry, int, int] | None:
    """The row that begins with a block: its line, how many cells it has, and the block behind it;
    None where none begins."""
    label = blocks[index]
    has_figures = bool(label[-1].tail) and not label[-1].text.endswith(")")
    if len(label) > LINES_OF_LABEL or is_cell(label, marks) or has_figures:
        return None
    words, at = [entry.text for entry in label], index + 1
    if (
        at < len(blocks)
        and is_short(blocks[at], LONGEST_UNIT)
        and blocks[at][0].text[0].isalpha()
        and not heads.gender_word(blocks[at][0].text)
        and not is_cell(blocks[at], marks)
    ):
        # The unit of measure has a column of its own, or a figure is not readable.
        words, at = [*words, blocks[at][0].text], at + 1
    first = at
    while at < len(blocks) and (
        is_cell(blocks[at], marks) or (at > index + 1 and is_noise_before_cell(blocks, at, marks))
    ):
        at += 1
    count = at - first
    if count < FEWEST:
        return None
    figures = [blocks[i][0].text for i in range(first, at)]
    named = " ".join(words)
    if any(is_head(text) for text in figures) or all(map(heads.years_of, figures)):
        text = " ".join([named, *figures])
        return Entry(label[0].line, text, *cut(text, frozenset(marks)), True), count, at
    tail = " | ".join(figures)
    return Entry(blocks[first][0].line, f"{named} {tail}", named, tail, False), count, at


def is_cell(block: Sequence[Entry], marks: dict[str, str]) -> bool:
    """Whether a block is one figure, or the head of a column."""
    if len(block) != 1:
        return False
    entry = block[0]
    if is_head(entry.text):
        return True
    if entry.label or not entry.tail:
        return False
    tokens = rows.tokens_of(entry.tail)
    return bool(NUMBER.fullmatch(entry.tail)) or any(rows.groupings(tokens, 1, marks))


def is_head(text: str) -> bool:
    """Whether a text is the head of one column, with its year or of no outcome: no label of rows
    is."""
    parsed = linehead.parse(text) if len(text) < LONGEST_CELL else None
    if parsed is None or parsed.label or len(parsed.figures) != 1 or not text[0].isalpha():
        return False
    return parsed.figures[0].has_year or parsed.figures[0].kind in linehead.SCENARIO_KINDS


def is_short(block: Sequence[Entry], longest: int) -> bool:
    """Whether a block is one short word."""
    text = block[0].text
    return len(block) == 1 and len(text) <= longest and " " not in text


def is_noise_before_cell(
    blocks: Sequence[Sequence[Entry]], index: int, marks: dict[str, str]
) -> bool:
    """Whether a block is what a scan made of a figure before another."""
    return (
        is_short(blocks[index], LONGEST_NOISE)
        and not heads.gender_word(blocks[index][0].text)
        and index + 1 < len(blocks)
        and is_cell(blocks[index + 1], marks)
    )

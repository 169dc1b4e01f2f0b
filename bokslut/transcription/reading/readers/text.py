"""Plain text: lines as they are, and tables where tabs or bars tell their cells apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bokslut.transcription.reading.page.typed import typed_tables
from bokslut.transcription.reading.readers import Progress
from bokslut.transcription.reading.stream import Block, Cell, NotRead, Paragraph, Row, Stream, Table

EXPECTED = "text i UTF-8"
RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
HEADING = re.compile(r"#{1,6} ")


def read(file: Path, content: bytes, digest: str, progress: Progress) -> Stream:
    """Reads a text in UTF-8.

    Raises NotRead: another encoding, or no text at all.
    """
    text = decoded(file, content)
    lines = re.split(r"\r\n|\n|\r", text)
    if lines and not lines[-1]:
        lines.pop()
    return Stream(file, digest, with_headings(tuple(blocks(lines))), is_text=True)


def with_headings(read: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a text with the lines told that can only be headings: short, with a capital and
    alone. In a text without tables of its own, as a scan leaves it, labels stand alone too."""
    if not any(isinstance(block, Table) for block in read):
        return read
    blank = Paragraph("", "", 0)
    beside = zip((blank, *read), read, (*read[1:], blank), strict=False)
    return tuple(
        replace(block, heading=True)
        if isinstance(block, Paragraph)
        and ALONE.fullmatch(block.text.strip())
        and all(isinstance(b, Paragraph) and not b.text.strip() for b in (above, below))
        else block
        for above, block, below in beside
    )


ALONE = re.compile(r"[A-ZÅÄÖ][^.:;!?\d]{2,58}[^.,:;!?\d]")


def decoded(file: Path, content: bytes) -> str:
    """The text of the bytes."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:200].count(b"\x00") > 20
    if is_wide and not any(byte < 9 and byte for byte in content[:200]):
        raise NotRead(f"{file.name} är sparad som UTF-16. Väntat: {EXPECTED}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = content[: failure.start].count(b"\n") + 1
        around = content[max(0, failure.start - 15) : failure.start + 15].decode(
            "cp1252", "replace"
        )
        if sum(byte < 9 or 13 < byte < 32 for byte in content[:2000]) > 20:
            raise NotRead(f"{file.name} är ingen text, utan en fil av okänt slag.") from failure
        raise NotRead(
            f"{file.name}, rad {line}: ”{' '.join(around.split())}” är inte UTF-8. Väntat: "
            f"{EXPECTED}. Trolig orsak: filen är sparad i Latin-1 eller Windows-1252."
        ) from failure
    if "\x00" in text or sum(c < " " and c not in "\t\n\r\x0b\x0c" for c in text[:4000]) > 20:
        raise NotRead(f"{file.name} är ingen text, utan en fil av okänt slag.")
    return text


def blocks(lines: list[str]) -> Iterator[Block]:
    """Tables of lines that follow each other, and the other lines as paragraphs."""
    rows: list[Row] = []
    noise = bars_of_scans(lines)
    typed = {int(table.place.split()[1]): (table, last) for table, last in typed_tables(lines)}
    behind = 0
    for number, line in enumerate(lines, 1):
        if number in typed:
            table, behind = typed[number]
            yield table
        if number <= behind:
            continue
        cells = None if number in noise else cells_of(line)
        if cells is None:
            if rows:
                yield Table(tuple(rows), f"line {rows[0].line}")
                rows = []
            heading = HEADING.match(line)
            yield Paragraph(line[heading.end() :] if heading else line, "", number, bool(heading))
        elif cells:
            place = f"line {number}"
            rows.append(Row(tuple(Cell(t, place, i) for i, t in enumerate(cells, 1)), number))
    if rows:
        yield Table(tuple(rows), f"line {rows[0].line}")


def bars_of_scans(lines: list[str]) -> set[int]:
    """The numbers of lines between bars that are what a scan made of ruled lines: one by itself,
    or lines that have not all as many bars and no rule below their head."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""], 1):
        if "\t" not in line and cells_of(line) is not None:
            run.append(number)
            continue
        own = [cells_of(lines[i - 1]) or [] for i in run]
        if run and all(own) and (len(own) < 2 or len(set(map(len, own))) > 1):
            found |= set(run)
        run = []
    return found


def cells_of(line: str) -> list[str] | None:
    """The cells of a line that has tabs, or bars at both ends; none for the rule under a head."""
    if line.count("|") > 1 and line.lstrip().startswith("|") and line.rstrip().endswith("|"):
        if RULE.fullmatch(line.strip()):
            return []
        return [cell.strip() for cell in line.strip()[1:-1].split("|")]
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return None

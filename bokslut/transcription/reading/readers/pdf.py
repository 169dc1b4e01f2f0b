"""PDF: words and ruled lines of each page, read from pictures where a page has no text."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bokslut.transcription.reading.page.boxes import Block as PageBlock
from bokslut.transcription.reading.page.boxes import (
    Grid,
    GridCell,
    Rule,
    TextLine,
    Word,
    lines_of,
    mark_whole,
)
from bokslut.transcription.reading.page.order import (
    at_edge,
    faceless,
    is_row_of_figures,
    repeated,
    side_by_side,
)
from bokslut.transcription.reading.page.paragraphs import is_listed
from bokslut.transcription.reading.page.paragraphs import paragraphs as paragraphs_of
from bokslut.transcription.reading.page.ruled import ruled_grids
from bokslut.transcription.reading.page.unruled import open_grids, with_heads_above
from bokslut.transcription.reading.readers import Progress
from bokslut.transcription.reading.stream import Block, Cell, NotRead, Paragraph, Row, Stream, Table

MOST_PAGES = 300
MOST_PICTURES = 100
MOST_CHARACTERS = 40_000
"""On one page; more is no page of a report."""
MOST_OBJECTS = 60_000
HAIR = 2.6
"""How thick, in points, a ruled line is at most."""
THICK = 6
"""A box as flat as this is one thick line, and has no sides."""


@dataclass(slots=True)
class Page:
    """What stands on a page.

    Attributes:
        words: its words.
        lying, upright: its ruled lines.
        height, width: of the page, in points.
        is_scanned: it was read from a picture.
    """

    words: list[Word]
    lying: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    height: float = 842.0
    width: float = 595.0
    is_scanned: bool = False


def read(file: Path, content: bytes, digest: str, progress: Progress) -> Stream:
    """Reads a PDF.

    Raises NotRead: it is broken, protected, or too long.
    """
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
    except pdfium.PdfiumError as failure:
        if "password" in str(failure).lower() or "security" in str(failure).lower():
            raise NotRead(
                f"{file.name} är lösenordsskyddad. Väntat: en PDF utan lösenord."
            ) from failure
        raise NotRead(
            f"{file.name} är skadad och går inte att läsa som PDF. Spara den på nytt."
        ) from failure
    if not count:
        raise NotRead(f"{file.name} har inga sidor. Väntat: en verksamhetsberättelse.")
    if count > MOST_PAGES:
        raise NotRead(
            f"{file.name} har {count} sidor. Väntat: högst {MOST_PAGES}; dela den i delar."
        )
    pages: list[Page] = []
    pictures: list[int] = []
    for number in range(count):
        progress(f"läser sida {number + 1}", number, count)
        try:
            page = document[number]
            pages.append(page_of(page, file, number + 1))
            if len(pages[-1].words) < 3 and has_picture(page):
                pictures.append(number)
            page.close()
        except pdfium.PdfiumError as failure:
            raise NotRead(
                f"{file.name}, sida {number + 1}: sidan är skadad och går inte att läsa."
            ) from failure
    if pictures:
        read_pictures(document, file, pictures, pages, progress)
    if not any(page.words for page in pages):
        raise NotRead(f"{file.name} har ingen läsbar text på sina {count} sidor.")
    return Stream(
        file, digest, tuple(blocks(pages)), is_scanned=any(page.is_scanned for page in pages)
    )


def page_of(page: pdfium.PdfPage, file: Path, number: int) -> Page:
    """The words and lines of a page, from its text or else from its picture."""
    width, height = page.get_size()
    made = Page([], height=height, width=width)
    text = page.get_textpage()
    if text.count_chars() > MOST_CHARACTERS:
        raise NotRead(
            f"{file.name}, sida {number}: {text.count_chars()} tecken. Väntat: högst "
            f"{MOST_CHARACTERS} på en sida."
        )
    made.words = words_of(text, height)
    made.lying, made.upright = rules_of(page, height)
    return made


def read_pictures(
    document: pdfium.PdfDocument,
    file: Path,
    numbers: Sequence[int],
    pages: list[Page],
    progress: Progress,
) -> None:
    """Reads the pages that are pictures, two at a time, into their places among the pages."""
    from bokslut.transcription.reading.readers.picture.page import read_page, render
    from bokslut.transcription.reading.readers.picture.tesseract import program

    program()
    if len(numbers) > MOST_PICTURES:
        raise NotRead(
            f"{file.name} har {len(numbers)} sidor som är bilder. Väntat: högst {MOST_PICTURES}; "
            "dela filen i delar."
        )
    with ThreadPoolExecutor(2) as pool:
        for start in range(0, len(numbers), 4):
            batch = numbers[start : start + 4]
            progress(f"läser bilden av sida {batch[0] + 1}", start, len(numbers))
            pictures = [render(document[number]) for number in batch]
            places = [f"{file.name}, sida {number + 1}" for number in batch]
            for number, found in zip(batch, pool.map(read_page, pictures, places), strict=True):
                page = pages[number]
                page.words, page.lying, page.upright = found.words, found.lying, found.upright
                page.is_scanned = True


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether a page has a picture that covers much of it."""
    width, height = page.get_size()
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = found.get_bounds()
        if (right - left) * (top - bottom) > 0.25 * width * height:
            return True
    return False


@dataclass(slots=True)
class Letter:
    """A letter with its box, from the top left, and the height of its type."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    base: float


def words_of(text: pdfium.PdfTextPage, height: float) -> list[Word]:
    """The words of a page: letters that stand close to each other on one line."""
    words: list[Word] = []
    letters: list[Letter] = []
    before, keeps_spaces = "", False
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()

    def finish() -> None:
        if letters:
            words.extend(word_of(letters))
            letters.clear()

    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if code == HYPHEN:
            character = "-"
        if (
            not character
            or raw.FPDFText_IsGenerated(text.raw, index) == 1
            or character in " \r\n\t\ufffe"
        ):
            if character != "\ufffe":
                finish()
                is_made = raw.FPDFText_IsGenerated(text.raw, index) == 1
                if character == " " and not is_made and words:
                    words[-1].is_spaced = True
                keeps_spaces = keeps_spaces or (is_made and before == " ")
                before = "" if is_made else character
            continue
        before = character
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        letter = Letter(
            character,
            box.left,
            box.right,
            height - box.top,
            height - box.bottom,
            raw.FPDFText_GetFontSize(text.raw, index),
            height - y.value,
        )
        letter = of_whole_height(letter)
        if letter.bottom - letter.top <= 0 or abs(raw.FPDFText_GetCharAngle(text.raw, index)) > 0.1:
            finish()
            continue
        if letters and not belongs(letters[-1], letter):
            finish()
        letters.append(letter)
    finish()
    for word in words:
        # A page that has a space at the end of one line has it wherever no word is parted.
        word.is_spaced = word.is_spaced or (False if keeps_spaces else None)
    return raised(words)


ABOVE_BASE, BELOW_BASE = 0.9, 0.22
"""How far the type of most fonts reaches from its base, in sizes."""
LEAST_HEIGHT = 0.95
"""The height from which, in sizes, a box is that of the type."""


def of_whole_height(letter: Letter) -> Letter:
    """A letter as high as its type: of some fonts a page tells only how high the letter is, so that
    `är` behind `budget` would stand raised, and lines be as far apart as their letters are."""
    top = letter.base - ABOVE_BASE * letter.size
    bottom = letter.base + BELOW_BASE * letter.size
    is_whole = letter.bottom - letter.top > LEAST_HEIGHT * letter.size
    if is_whole or not top - letter.size < letter.top < letter.bottom < bottom + letter.size:
        # The last: its size is not told in points of the page.
        return letter
    return replace(letter, top=min(letter.top, top), bottom=max(letter.bottom, bottom))


HYPHEN = 2
"""What PDFium has for a hyphen at the end of a line, printed or not."""


def belongs(before: Letter, letter: Letter) -> bool:
    """Whether a letter goes on with a word."""
    if (letter.x0, letter.x1) == (before.x0, before.x1):
        # The letters of a ligature have one box.
        return True
    gap, height = letter.x0 - before.x1, before.bottom - before.top
    same_type = abs(letter.size - before.size) < 0.18 * before.size
    same_line = abs(letter.base - before.base) < 0.12 * height
    return -0.5 * height < gap < 0.14 * height and same_type and same_line


def word_of(letters: Sequence[Letter]) -> list[Word]:
    """A word of letters."""
    text = "".join(letter.text for letter in letters)
    if not text.strip():
        return []
    return [
        Word(
            text,
            letters[0].x0,
            letters[-1].x1,
            min(letter.top for letter in letters),
            max(letter.bottom for letter in letters),
        )
    ]


def raised(words: list[Word]) -> list[Word]:
    """Takes small raised words right behind another for footnote marks of it."""
    kept: list[Word] = []
    for word in words:
        before = kept[-1] if kept else None
        if (
            before
            and word.height < 0.82 * before.height
            and -1 < word.x0 - before.x1 < 0.35 * before.height
            and before.top - 0.4 * before.height < word.top
            and word.bottom < before.bottom - 0.12 * before.height
            and word.text.rstrip(")").isalnum()
            and len(word.text) <= 3
        ) or (
            before and set(word.text) == {"*"} and 0 <= word.x0 - before.x1 < 0.2 * before.height
        ):
            before.marks = (*before.marks, word.text.rstrip(")"))
        else:
            kept.append(word)
    return kept


def rules_of(page: pdfium.PdfPage, height: float) -> tuple[list[Rule], list[Rule]]:
    """The ruled lines of a page, and the edges of its boxes: lying ones and upright ones."""
    lying: list[Rule] = []
    upright: list[Rule] = []

    def edge(x0: float, y0: float, x1: float, y1: float) -> None:
        if abs(y1 - y0) <= HAIR and abs(x1 - x0) > 4:
            lying.append(Rule(height - (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= HAIR and abs(y1 - y0) > 4:
            upright.append(Rule((x0 + x1) / 2, height - max(y0, y1), height - min(y0, y1)))

    for count, found in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=8)):
        if count > MOST_OBJECTS:
            break
        left, bottom, right, top = found.get_bounds()
        segments = raw.FPDFPath_CountSegments(found.raw)
        if right - left <= HAIR or top - bottom <= HAIR:
            edge(left, bottom, right, top)
        elif top - bottom <= THICK < (right - left) / 4:
            edge(left, (bottom + top) / 2, right, (bottom + top) / 2)
        elif right - left <= THICK < (top - bottom) / 4:
            edge((left + right) / 2, bottom, (left + right) / 2, top)
        elif segments <= 5:
            for x0, y0, x1, y1 in (
                (left, bottom, right, bottom),
                (left, top, right, top),
                (left, bottom, left, top),
                (right, bottom, right, top),
            ):
                edge(x0, y0, x1, y1)
        elif segments < 4000:
            for line in path_lines(found, segments):
                edge(*line)
    return merged(lying), merged(upright)


def path_lines(found: pdfium.PdfObject, segments: int) -> list[tuple[float, float, float, float]]:
    """The straight pieces of a path, in the page's own points."""
    matrix = found.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    here: tuple[float, float] | None = None
    lines = []
    for index in range(segments):
        segment = raw.FPDFPath_GetPathSegment(found.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO and here:
            lines.append((*here, *point))
        here = point
    return lines


def merged(rules: list[Rule]) -> list[Rule]:
    """Rules with the pieces of one line put together."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at), r.start)):
        for i, other in enumerate(found[-12:], max(0, len(found) - 12)):
            if (
                abs(other.at - rule.at) < 1.2
                and rule.start <= other.end + 2.5
                and rule.end >= other.start - 2.5
            ):
                found[i] = Rule(other.at, min(other.start, rule.start), max(other.end, rule.end))
                break
        else:
            found.append(rule)
    return found


def blocks(pages: Sequence[Page]) -> list[Block]:
    """Tables and paragraphs of all pages; running heads and page numbers are left out."""
    lines = [lines_of(page.words) for page in pages]
    mark_whole(line for own in lines for line in own)
    running = repeated(lines, [page.height for page in pages])
    made: list[Block] = []
    line = tables = paragraphs = 0
    body = usual_height(lines)
    for number, page in enumerate(pages, 1):
        kept = drop_running(page, running)
        # A list right below a table is none of its rows.
        listed = [w for line in lines_of(kept) if is_listed(line) for w in line.words]
        others = set(map(id, listed))
        grids, rest = ruled_grids(
            [w for w in kept if id(w) not in others], page.lying, page.upright
        )
        grids, left = with_heads_above(grids, lines_of([*rest, *listed]))
        parts = side_by_side(left)
        on_page: list[tuple[int, float, object]] = []
        for grid in grids:
            above = sum(part[0].top <= grid.top for part in parts)
            on_page.append((max(0, above - 1), grid.top, grid))
        for order, part in enumerate(parts):
            open_ones, free = open_grids(part, page.lying)
            on_page += [(order, grid.top, grid) for grid in open_ones]
            on_page += [
                (order, block.top, block) for block in paragraphs_of(free, [*grids, *open_ones])
            ]
        for _, _, piece in sorted(on_page, key=lambda one: one[:2]):
            if isinstance(piece, Grid):
                tables += 1
                table = table_of(piece, f"page {number}, table {tables}", line, page.is_scanned)
                line += len(table.rows)
                made.append(table)
            elif isinstance(piece, PageBlock):
                paragraphs += 1
                line += 1
                heading = piece.height > 1.12 * body and len(piece.text) < 120
                made.append(
                    Paragraph(
                        piece.text,
                        f"page {number}, paragraph {paragraphs}",
                        line,
                        heading,
                        piece.marks,
                    )
                )
    return made


def usual_height(pages: Sequence[Sequence[TextLine]]) -> float:
    """The height of most lines."""
    heights = sorted(line.height for lines in pages for line in lines)
    return heights[len(heights) // 2] if heights else 10.0


def drop_running(page: Page, running: set[str]) -> list[Word]:
    """The words of a page without running heads, feet and page numbers."""
    kept: list[Word] = []
    for line in lines_of(page.words):
        edge = at_edge(line, page.height)
        if edge and (
            (faceless(line.text) in running and not is_row_of_figures(line))
            or line.text.strip(" -–|").isdigit()
            or faceless(line.text).lower() in ("sida #", "sida # av #", "# (#)", "#(#)", "# / #")
        ):
            continue
        kept += line.words
    return kept


PERCENT_MISREAD = re.compile(
    r"(?<=, )[0269%YV][0oO46]$|(?<= i )(?:20|96|06)(?= av )|(?<=\()[9%YV][0oO6]{1,2}(?=\))"
)
"""What a reader of pictures makes of a per cent sign in a label: `Soliditet, 20`, `Andel (960)`."""


def table_of(grid: Grid, place: str, line: int, is_scanned: bool) -> Table:
    """A found table with places; what is merged downwards comes again in each row."""
    rows = []
    for number, cells in enumerate(grid.rows, 1):
        rows.append(
            Row(
                tuple(
                    Cell(
                        PERCENT_MISREAD.sub("%", cell.text) if is_scanned else cell.text,
                        f"{place} row {number} column {cell.column}",
                        cell.column,
                        cell.span,
                        cell.marks,
                        continued=cell.rows > 1 and not is_first(grid, number - 1, cell),
                        others=cell.others,
                        doubtful=cell.doubtful,
                        is_cut=number == len(grid.rows) and cell.is_cut,
                    )
                    for cell in sorted(cells, key=lambda c: c.column)
                ),
                line + number,
            )
        )
    return Table(tuple(rows), place)


def is_first(grid: Grid, index: int, cell: GridCell) -> bool:
    """Whether a merged cell begins in this row."""
    return index == 0 or all(other is not cell for other in grid.rows[index - 1])

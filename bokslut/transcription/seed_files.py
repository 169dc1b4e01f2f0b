"""The shape of the seed files, checked before any of them is loaded.

A CSV reader swallows much damage without a word: semicolons give a table of one column, a lost
quotation mark joins rows, an invisible character makes two equal labels different. So the files
are judged here as files: bytes, lines, header, cells. What a cell says is judged by the tests of
the build.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bokslut.faults import reason

FOLDER = Path("seeds")
REPORT_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
KEY_ENDINGS = ("_id", "_code")
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
# The longest cell of a printed report is a sentence or two.
LONGEST_CELL = 2_000
# A fiscal year of a document, a plan or a forecast.
YEARS = range(1990, 2101)
YEAR_COLUMNS = ("report_year", "fiscal_year")
# Tables that may have no rows: nothing may need a correction, a known issue or a table of its own.
MAY_BE_EMPTY = ("control", "printed_tabeller.csv")
# A report id is a name of folders and of files too.
REPORT_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
SHOWN = 10

# A spreadsheet takes a cell that begins so for a formula.
FORMULA_SIGNS = tuple("=+-@＝＋－＠")
# A signed number with its unit in words and the mark of a footnote, or a dash alone, is none; nor
# is a number behind what a scan makes of a dash.
SIGNED_NUMBER = re.compile(
    r"\s*([+\-]?|[\-\u2010-\u2015\u2212=~_>]{2,3}(?=[0-9]))\s*"
    r"([0-9][0-9\s.,]*(%|[^\W\d_]+(\s[^\W\d_]+){0,2})?\s*(\*+|\))?)?\s*"
)
OTHER_DELIMITERS = {";": "semikolon", "\t": "tabb", "|": "lodstreck"}
NO_VISIBLE_FORM = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd"
CSV_SETTINGS = "CSV med komma mellan cellerna, i UTF-8, en tabellrad per rad"


class SeedFilesDamaged(RuntimeError):
    """A seed file is damaged; the text tells a controller where and how, in Swedish."""


@dataclass(frozen=True)
class Finding:
    """One damage in one seed file, in a controller's words.

    Attributes:
        file: path relative to the project.
        line: line in the file, from 1; None where the whole file is meant.
        column: name of the column; None where the whole line is meant.
        found: what stands there.
        expected: what should.
        cause: the likely cause; empty where there is no better guess than a slip.
    """

    file: str
    line: int | None
    column: str | None
    found: str
    expected: str
    cause: str = ""

    def __str__(self) -> str:
        """The finding as one line."""
        place = self.file
        place += f", rad {self.line} i filen" if self.line else ""
        place += f", kolumn {self.column}" if self.column else ""
        cause = f" Trolig orsak: {self.cause}." if self.cause else ""
        return f"{place}: {self.found}. Väntat: {self.expected}.{cause}"


@dataclass(frozen=True)
class Cell:
    """A cell with its place: line in the file, from 1, and name of the column."""

    line: int
    column: str
    text: str


def check(project: Path) -> None:
    """Checks all seed files of a project.

    Raises:
        SeedFilesDamaged: one or more are damaged; the text names the first ten places.
    """
    found = findings(project)
    if not found:
        return
    lines = [f"  - {finding}" for finding in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"  ... och {len(found) - SHOWN} till")
    raise SeedFilesDamaged(
        "Seedfilerna går inte att läsa in som de är; inget har byggts:\n" + "\n".join(lines)
    )


def findings(project: Path) -> list[Finding]:
    """Every damage to the shape of the seed files of a project, by file and line.

    A file that cannot be read as a table gives one finding, since the rest of it means nothing.
    """
    declared = declared_columns(project)
    present = {path for path in (project / FOLDER).rglob("*") if path.suffix.lower() == ".csv"}
    found: list[Finding] = []
    for path in sorted(present | declared.keys()):
        name = path.relative_to(project).as_posix()
        if path not in declared:
            found.append(
                Finding(
                    name,
                    None,
                    None,
                    "filen är inte beskriven",
                    f"bara filer som har kolumner i {path.parent.name}-mappens YAML-fil",
                    "en kopia eller en fil med fel namn",
                )
            )
        else:
            found += file_findings(path, name, declared[path])
    return found


def declared_columns(project: Path) -> dict[Path, tuple[str, ...]]:
    """The CSV file of each described seed, and its columns in their order.

    Raises:
        yaml.YAMLError: a description is no YAML; dbt then says where.
    """
    declared = {}
    for described in sorted((project / FOLDER).rglob("*.yml")):
        with described.open(encoding="utf-8") as handle:
            content = yaml.load(handle, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for seed in (content or {}).get("seeds", []):
            names = tuple(column["name"] for column in seed.get("columns", []))
            declared[described.parent / f"{seed['name']}.csv"] = names
    return declared


def file_findings(path: Path, name: str, columns: tuple[str, ...]) -> list[Finding]:
    """The damage to one file whose columns are known; empty for a sound one."""

    def whole(found: str, expected: str, cause: str = "") -> list[Finding]:
        return [Finding(name, None, None, found, expected, cause)]

    if not path.exists():
        return whole("filen saknas", "en fil med det namnet", "den är flyttad eller har bytt namn")
    if not path.is_file():
        cause = "en mapp, ett rör eller en enhet har filens namn"
        return whole("filen går inte att läsa: det är ingen vanlig fil", "en läsbar fil", cause)
    try:
        content = path.read_bytes()
    except OSError as failure:
        return whole(f"filen går inte att läsa: {reason(failure)}", "en läsbar fil")
    if not content.strip():
        return whole("filen är tom", f"en rubrikrad: {','.join(columns)}")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return whole(
            "filen är sparad som UTF-16", CSV_SETTINGS, "sparad som ”Unicode-text” ur Excel"
        )
    # Every other byte of Swedish text is nought in UTF-16.
    if 3 * content.count(0) > len(content):
        return whole("filen är sparad som UTF-16 utan BOM", CSV_SETTINGS, "sparad ur ett program")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as failure:
        before, rest = content[: failure.start], content[failure.start :]
        line = before.count(b"\n") + 1
        start_of_line = before.rpartition(b"\n")[2].decode("utf-8")
        column = column_at(start_of_line, columns)
        word = re.split(rb"[\s,;\"]", rest[:40], maxsplit=1)[0].decode("cp1252", "replace")
        word = re.split(r"[\s,;\"]", start_of_line)[-1] + word
        return [
            Finding(
                name,
                line,
                column,
                f"byten 0x{content[failure.start]:02X} hör inte till UTF-8; "
                f"läst som Windows-1252 står det ”{short(word)}”",
                "text i UTF-8",
                "filen är sparad i Latin-1 eller Windows-1252",
            )
        ]
    if text.startswith("\ufeff"):
        return [
            Finding(
                name,
                1,
                columns[0],
                "filen börjar med ett osynligt BOM (U+FEFF)",
                "rubriken direkt, i UTF-8 utan BOM",
                "sparad som ”CSV UTF-8” ur Excel",
            )
        ]
    return list(text_findings(text, name, columns))


def text_findings(text: str, name: str, columns: tuple[str, ...]) -> Iterator[Finding]:
    """The damage to the text of one file: line ends, header, rows, then cells."""
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        windows = "\r\n" in text
        yield Finding(
            name,
            line,
            None,
            "raden slutar med " + ("CRLF" if windows else "ett ensamt CR"),
            "radslut med LF",
            "filen är sparad i Windows" if windows else "filen är sparad i ett gammalt Mac-format",
        )
        return
    header = text.partition("\n")[0]
    if header.rstrip(",; \t") != ",".join(columns):
        for delimiter, word in OTHER_DELIMITERS.items():
            if header.count(delimiter) >= max(1, header.count(",")):
                yield Finding(
                    name,
                    1,
                    None,
                    f"cellerna skiljs åt av {word}",
                    CSV_SETTINGS,
                    "filen är sparad ur ett kalkylblad med svenska inställningar",
                )
                return
    invisible = next(invisible_characters(text, columns), None)
    if invisible:
        yield Finding(name, *invisible)
        return
    rows = list(read_rows(text, name))
    if isinstance(rows[-1], Finding):
        yield rows[-1]
        return
    (_, found_header), *body = rows
    if tuple(found_header) != columns:
        yield header_finding(name, found_header, columns)
        return
    if not body and not {Path(name).parent.name, Path(name).name} & set(MAY_BE_EMPTY):
        yield Finding(name, 1, None, "filen har bara en rubrikrad", "minst en rad med innehåll")
    is_cut = not text.endswith("\n")
    for line, cells in body:
        if tuple(cells) == columns:
            yield Finding(
                name,
                line,
                None,
                "rubrikraden står en gång till",
                "rubriken på första raden, och bara där",
                "två filer är lagda efter varandra",
            )
        elif len(cells) != len(columns):
            # A row that is cut off is told of once, below.
            if not is_cut or line != rows[-1][0]:
                yield width_finding(name, line, cells, columns)
        else:
            yield from row_findings(
                name, [Cell(line, c, t) for c, t in zip(columns, cells, strict=True)]
            )
    if is_cut:
        yield Finding(
            name,
            rows[-1][0],
            columns[-1],
            "filen slutar mitt i en rad",
            "ett radslut efter sista raden",
            "filen är avklippt",
        )
    yield from doubled_keys(name, columns, body)


def read_rows(text: str, name: str) -> Iterator[tuple[int, list[str]] | Finding]:
    """Each row with the line that it begins on; a finding ends it where quotation marks fail."""
    limit = csv.field_size_limit(max(len(text), 1))
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as failure:
        unfinished = "unexpected end" in str(failure)
        yield Finding(
            name,
            line,
            None,
            "ett citattecken öppnas men stängs inte"
            if unfinished
            else "det står text efter ett avslutande citattecken",
            'citattecken parvis runt hela cellen, och dubbla ("") inuti den',
            "ett citattecken har fallit bort eller kommit till",
        )
    finally:
        csv.field_size_limit(limit)


def header_finding(name: str, found: list[str], columns: tuple[str, ...]) -> Finding:
    """The first thing that is wrong with a header."""
    expected = ",".join(columns)
    missing = [column for column in columns if column not in found]
    extra = [column for column in found if column not in columns]
    if missing and extra:
        told = f"kolumnen {missing[0]} saknas, och ”{short(extra[0])}” är okänd"
        return Finding(name, 1, missing[0], told, expected, "kolumnen har bytt namn")
    if missing:
        return Finding(name, 1, missing[0], f"kolumnen {missing[0]} saknas", expected)
    if extra:
        told = f"kolumnen ”{short(extra[0])}” är okänd"
        return Finding(name, 1, short(extra[0]), told, expected, "en kolumn för mycket")
    doubled = next((column for column in found if found.count(column) > 1), None)
    if doubled:
        return Finding(name, 1, doubled, f"kolumnen {doubled} finns två gånger", expected)
    moved = next(c for c, column in zip(found, columns, strict=True) if c != column)
    return Finding(name, 1, moved, "kolumnerna står i annan ordning", expected)


def width_finding(name: str, line: int, cells: list[str], columns: tuple[str, ...]) -> Finding:
    """A row with too few or too many cells."""
    expected = f"{len(columns)} celler"
    if not cells:
        return Finding(name, line, None, "raden är tom", expected)
    if len(cells) < len(columns):
        return Finding(
            name,
            line,
            columns[len(cells)],
            f"raden har {len(cells)} celler och slutar med ”{short(cells[-1])}”",
            expected,
            "ett kommatecken har fallit bort, eller raden är avklippt",
        )
    return Finding(
        name,
        line,
        columns[-1],
        f"raden har {len(cells)} celler; ”{short(','.join(cells[len(columns) :]))}” är över",
        expected,
        "ett decimalkomma eller ett komma i en text står utan citattecken runt cellen",
    )


def row_findings(name: str, cells: list[Cell]) -> Iterator[Finding]:
    """What is wrong with the cells of one row, at most one finding for each."""
    for cell in cells:
        if "\n" in cell.text:
            yield Finding(
                name,
                cell.line,
                cell.column,
                f"cellen har en radbrytning efter ”{short(cell.text.partition(chr(10))[0])}”",
                "en tabellrad per rad i filen",
                "två rader i samma cell, eller ett citattecken för mycket",
            )
        elif len(cell.text) > LONGEST_CELL:
            yield Finding(
                name,
                cell.line,
                cell.column,
                f"cellen har {swedish_count(len(cell.text))} tecken: ”{short(cell.text)}”",
                f"högst {swedish_count(LONGEST_CELL)} tecken",
                "en hel fil eller ett helt dokument har klistrats in i cellen",
            )
        elif cell.text.lstrip().startswith(FORMULA_SIGNS) and not is_of_signed_numbers(cell):
            yield Finding(
                name,
                cell.line,
                cell.column,
                f"”{short(cell.text)}” blir en formel i ett kalkylblad",
                "text, eller ett tal som -1 044 eller +1",
                "cellen är kopierad som formel, eller filen har manipulerats",
            )
        elif cell.column == "report_id" and cell.text and not REPORT_ID.fullmatch(cell.text):
            yield Finding(
                name,
                cell.line,
                cell.column,
                f"”{short(cell.text)}” är inget report_id",
                "små bokstäver a–z, siffror och bindestreck, som vss-2020",
                other_dash(cell.text) or "id:t är felskrivet, eller står i fel kolumn",
            )
        elif cell.column.endswith(KEY_ENDINGS) and other_dash(cell.text):
            yield Finding(
                name,
                cell.line,
                cell.column,
                f"”{short(cell.text)}” finns troligen inte",
                "vanliga bindestreck (U+002D) i koder och id:n",
                other_dash(cell.text),
            )
        elif (
            cell.column in YEAR_COLUMNS
            and cell.text
            and not (re.fullmatch("[0-9]+", cell.text) and int(cell.text) in YEARS)
        ):
            yield Finding(
                name,
                cell.line,
                cell.column,
                f"”{short(cell.text)}” är inget rimligt årtal",
                f"ett årtal mellan {YEARS[0]} och {YEARS[-1]}",
                "en siffra är felskriven, eller har fallit bort eller kommit till",
            )


def other_dash(text: str) -> str:
    """That a text has a dash that only looks like a hyphen; empty where it has none."""
    found = next((c for c in text if c in DASHES), "")
    return (
        f"tecknet U+{ord(found):04X} ser ut som ett bindestreck men är ett annat" if found else ""
    )


def is_of_signed_numbers(cell: Cell) -> bool:
    """Whether the cell is a signed number or, on a line's figures, begins with one of them."""
    text = cell.text.partition(" ")[0] if cell.column == "figures" else cell.text
    return SIGNED_NUMBER.fullmatch(text) is not None


def doubled_keys(
    name: str, columns: tuple[str, ...], body: list[tuple[int, list[str]]]
) -> Iterator[Finding]:
    """Rows of one report, or of one of its tables, that have the same row number."""
    if not {"report_id", "row_no"} <= set(columns):
        return
    key = [c for c in ("report_id", "table_name", "row_no") if c in columns]
    places = [columns.index(column) for column in key]
    first: dict[tuple[str, ...], int] = {}
    for line, cells in body:
        if len(cells) == len(columns):
            found = tuple(cells[place] for place in places)
            if found in first:
                yield Finding(
                    name,
                    line,
                    "row_no",
                    f"{found[0]} har radnumret {short(' '.join(found[1:]))} redan på rad "
                    f"{first[found]} i filen",
                    "ett eget row_no för varje rad i en rapport",
                    "raden är dubblerad",
                )
            first.setdefault(found, line)


Invisible = tuple[int, str | None, str, str, str]


@lru_cache(maxsize=4096)
def is_invisible(character: str) -> bool:
    """True for a character that has no form of its own on paper."""
    return character in BLANK_LETTERS or (
        unicodedata.category(character) in NO_VISIBLE_FORM and character != "\n"
    )


def invisible_characters(text: str, columns: tuple[str, ...]) -> Iterator[Invisible]:
    """Each line's first character that nobody can see, or that is written in two parts."""
    suspects = {character for character in set(text) if is_invisible(character)}
    composed = unicodedata.is_normalized("NFC", text)
    if not suspects and composed:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        at = next((i for i, character in enumerate(line) if character in suspects), None)
        if at is not None:
            character = line[at]
            code = f"U+{ord(character):04X}"
            title = "NUL" if character == "\0" else unicodedata.name(character, "styrtecken")
            where = f"”{short(visible(line[max(at - 12, 0) : at]))}”" if at else "radens början"
            told = f"det osynliga tecknet {code} ({title}) står efter {where}"
            if character == "\t":
                told = f"en tabb står efter {where}"
            cause = "texten är inklistrad från en webbsida eller en pdf, eller filen är skadad"
            if unicodedata.bidirectional(character) in BIDI:
                cause = "tecknet vänder läsriktningen, så att texten visas annorlunda än den är"
            yield number, column_at(line[:at], columns), told, "tecken som syns", cause
        elif not composed and not unicodedata.is_normalized("NFC", line):
            at = next(
                i for i in range(len(line)) if not unicodedata.is_normalized("NFC", line[: i + 1])
            )
            told = f"tecknet efter ”{short(line[max(at - 12, 0) : at])}” är skrivet i två delar"
            yield (
                number,
                column_at(line[:at], columns),
                told,
                "å, ä och ö som ett tecken (NFC)",
                "texten är inklistrad från en Mac eller en pdf",
            )


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "R", "AL"}


def visible(text: str) -> str:
    """The text without its invisible characters."""
    return "".join(character for character in text if not is_invisible(character))


def column_at(start_of_line: str, columns: tuple[str, ...]) -> str | None:
    """The column of the cell that comes after the start of a line; None beyond the last."""
    try:
        place = len(next(csv.reader([start_of_line]), [""])) or 1
    except csv.Error:
        return None
    return columns[place - 1] if place <= len(columns) else None


def short(text: str) -> str:
    """At most 60 characters of a text, for a message."""
    text = visible(text)
    return text if len(text) <= 60 else text[:57] + "..."


def swedish_count(number: int) -> str:
    """A whole number with no-break spaces between thousands."""
    return f"{number:,}".replace(",", "\u00a0")

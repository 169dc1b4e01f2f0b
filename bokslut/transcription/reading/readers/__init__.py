"""One reader for each kind of file; all give the same stream."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from bokslut.transcription.reading.stream import NotRead, Stream

# What a report needs at most, several times over.
LARGEST_FILE = 200 * 2**20
LARGEST_UNPACKED = 400 * 2**20
MOST_PARTS = 5_000

Progress = Callable[[str, int, int], None]
"""Takes what is done now (Swedish), how far it is, and out of how much."""

GROUP = "Läsarna för Word, Excel och PDF är inte installerade: uv run --group ingest bokslut ..."
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def quiet(step: str, done: int, total: int) -> None:
    """Says nothing."""


def read(file: Path, progress: Progress = quiet) -> Stream:
    """Reads a document of any kind.

    Raises:
        NotRead: it cannot be read; the message says why and what was expected, in Swedish.
    """
    content = content_of(file)
    digest = hashlib.sha256(content).hexdigest()
    kind = kind_of(file, content)
    try:
        if kind == "text":
            from bokslut.transcription.reading.readers import text as reader
        elif kind == "word":
            from bokslut.transcription.reading.readers import word as reader  # type: ignore[no-redef]
        elif kind == "excel":
            from bokslut.transcription.reading.readers import excel as reader  # type: ignore[no-redef]
        else:
            from bokslut.transcription.reading.readers import pdf as reader  # type: ignore[no-redef]
    except ModuleNotFoundError as missing:
        raise NotRead(f"{file.name}: {GROUP} ({missing.name} saknas).") from missing
    return reader.read(file, content, digest, progress)


def content_of(file: Path) -> bytes:
    """The bytes of a regular file of bearable size."""
    try:
        status = os.stat(file)
        if stat.S_ISDIR(status.st_mode):
            raise NotRead(f"{file} är en mapp. Väntat: en fil i Word, Excel, PDF eller text.")
        if not stat.S_ISREG(status.st_mode):
            raise NotRead(
                f"{file} är ingen vanlig fil. Väntat: en fil i Word, Excel, PDF eller text."
            )
        if status.st_size > LARGEST_FILE:
            raise NotRead(
                f"{file.name} är {status.st_size // 2**20} MiB. Väntat: högst "
                f"{LARGEST_FILE // 2**20} MiB."
            )
        content = file.read_bytes()
    except FileNotFoundError as missing:
        raise NotRead(f"Filen {file} finns inte.") from missing
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        raise NotRead(f"{file} går inte att läsa ({reason}).") from failure
    if not content.strip(b"\x00\t\n\r\x0b\x0c "):
        raise NotRead(f"{file.name} är tom. Väntat: en verksamhetsberättelse.")
    return content


def kind_of(file: Path, content: bytes) -> str:
    """`text`, `word`, `excel` or `pdf`, by what the file holds and not by its name."""
    if content.lstrip()[:5] == b"%PDF-" or b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(OLD):
        raise NotRead(
            f"{file.name} är lösenordsskyddad eller i ett äldre format (.doc, .xls). Väntat: en "
            "fil utan lösenord, sparad som .docx eller .xlsx."
        )
    if content.startswith(b"PK"):
        return packed_kind(file)
    return "text"


def packed_kind(file: Path) -> str:
    """Word or Excel, of a zip archive that is sound and unpacks to a bearable size."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
                raise NotRead(
                    f"{file.name} packas upp till {unpacked // 2**20} MiB i {len(parts)} delar. "
                    f"Väntat: högst {LARGEST_UNPACKED // 2**20} MiB i {MOST_PARTS} delar."
                )
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise NotRead(f"{file.name} är lösenordsskyddad. Väntat: en fil utan lösenord.")
            broken = archive.testzip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as failure:
        if isinstance(failure, NotRead):
            raise
        raise NotRead(
            f"{file.name} är skadad: arkivet går inte att packa upp. Öppna den i Word eller Excel "
            "och spara den på nytt."
        ) from failure
    except Exception as failure:  # zlib.error and the like
        raise NotRead(f"{file.name} är skadad: {failure}. Spara den på nytt.") from failure
    if broken:
        raise NotRead(f"{file.name} är skadad: delen {broken} stämmer inte med sin kontrollsumma.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise NotRead(
            f"{file.name} har makron. Väntat: en fil utan makron; spara den som .docx eller .xlsx."
        )
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.xml" in names:
        return "excel"
    raise NotRead(f"{file.name} är ett zip-arkiv men varken Word (.docx) eller Excel (.xlsx).")

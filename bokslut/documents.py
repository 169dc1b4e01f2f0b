"""The document that a report's figures were transcribed from, where it is at hand."""

from __future__ import annotations

from bokslut import database as db
from bokslut.transcription import lines


class DocumentMissing(LookupError):
    """The document is not at hand, or is another one; the text says in Swedish what to do."""


def lines_of(report_id: str, sha256: str) -> list[str]:
    """The lines of the document that was transcribed, which its SHA-256 tells.

    Raises:
        DocumentMissing: there is none, one that is not text, or another.
    """
    try:
        found = lines.document_of(db.project(), report_id)
    except lines.DocumentUnreadable as failure:
        raise DocumentMissing(str(failure)) from failure
    if found is None:
        raise DocumentMissing(
            f"Dokumentet finns inte här. Det hör hemma i {lines.FOLDER}/{report_id}.txt."
        )
    if found.sha256 != sha256:
        raise DocumentMissing(
            f"Filen {found.path.name} är ett annat dokument än det som skrevs av, och visas inte. "
            f"Väntad kontrollsumma (SHA-256): {sha256}. Filens: {found.sha256}. Trolig orsak: "
            "filen är sparad på nytt, eller hör till ett annat år."
        )
    return found.lines

"""Says in a Word file which tables have row headers, which pandoc leaves out."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

LOOK = re.compile(r'<w:tblLook [^>]*w:firstColumn="0"[^>]*/>')
DOCUMENT = "word/document.xml"
WITH_FIRST_COLUMN = f"{0x0020 | 0x0080:04X}"


def mark_first_columns(file: Path, heads: list[int]) -> None:
    """Sets the flag that the first column is a header, which readers aloud go by.

    `heads` says how many columns are headers, for each table in the order of the document.
    """
    with zipfile.ZipFile(file) as old:
        parts = {entry: old.read(entry) for entry in old.infolist()}
    counts = iter(heads)

    def look(found: re.Match[str]) -> str:
        if not next(counts):
            return found[0]
        flagged = found[0].replace('w:firstColumn="0"', 'w:firstColumn="1"')
        return flagged.replace('w:val="0020"', f'w:val="{WITH_FIRST_COLUMN}"')

    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, content in parts.items():
            if entry.filename == DOCUMENT:
                content = LOOK.sub(look, content.decode()).encode()
            new.writestr(entry, content)

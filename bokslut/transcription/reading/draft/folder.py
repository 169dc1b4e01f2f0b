"""The seeds of a copy of the project, to add rows to."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from bokslut.transcription.reading import seeds

Record = dict[str, str]


TEMPLATE = "utkast"
"""The draft's own template: what differs from the one that the administration's reports have."""


class SeedFolder:
    """The seeds of a project that rows are added to and taken from."""

    def __init__(self, project: Path) -> None:
        """Knows where each seed lies."""
        self.files = {file.stem: file for file in (project / "seeds").rglob("*.csv")}
        self.rows: dict[str, list[Record]] = {}
        self.headers: dict[str, list[str]] = {}

    def load(self, name: str) -> list[Record]:
        """The rows of a seed."""
        if name not in self.rows:
            with self.files[name].open(encoding="utf-8", newline="") as handle:
                reader = csv.DictReader(handle)
                self.rows[name] = list(reader)
                self.headers[name] = list(reader.fieldnames or [])
        return self.rows[name]

    def has(self, name: str) -> bool:
        """Whether the project has a seed."""
        return name in self.files

    def add(self, name: str, rows: Iterable[Record]) -> None:
        """Adds rows; columns that the seed does not have are left out, others are blank."""
        if not self.has(name):
            return
        there = self.load(name)
        header = self.headers[name]
        there += [{column: row.get(column, "") for column in header} for row in rows]

    def add_new(self, name: str, rows: Iterable[Record], *keys: str) -> None:
        """Adds the rows whose key the seed does not have."""
        if not self.has(name):
            return
        there = self.load(name)
        known = {tuple(row[k] for k in keys) for row in there}
        for row in rows:
            key = tuple(row.get(k, "") for k in keys)
            if key not in known:
                known.add(key)
                self.add(name, [row])

    def remove(self, name: str, *, where: dict[str, str]) -> None:
        """Takes away the rows that have certain texts."""
        if self.has(name):
            self.rows[name] = [
                row for row in self.load(name) if any(row.get(k) != v for k, v in where.items())
            ]

    def write(self) -> None:
        """Writes the seeds that were touched."""
        for name, rows in self.rows.items():
            self.files[name].write_text(
                seeds.written(rows, self.headers[name]), encoding="utf-8", newline=""
            )


def folder_header(folder: SeedFolder, name: str) -> list[str]:
    """The columns of a seed."""
    folder.load(name)
    return folder.headers[name]

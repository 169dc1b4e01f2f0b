"""Folders of Parquet in which reports come, change and go."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bokslut.transcription import printed_folder
from bokslut.transcription import printed_parquet as parquet

ROOT = Path(__file__).parents[2]

Change = Callable[[str, pa.Table], pa.Table]


def rewrite(source: Path, folder: Path, change: Change) -> None:
    """Writes a folder anew from another, with digests: `change` gets each table's name and rows."""
    shutil.rmtree(folder, ignore_errors=True)
    for file in source.glob("*/**/*.parquet"):
        place = file.relative_to(source)
        rows = change(place.parts[0], pq.read_table(file, partitioning=None))
        if len(rows):
            parquet.write(rows, folder / place)
    printed_folder.digest(ROOT, folder)


def without(rows: pa.Table, report_id: str) -> pa.Table:
    """The rows of a table that do not belong to a report."""
    for column in ("report_id", "known_issue_id"):
        if column in rows.column_names:
            return rows.filter(pc.invert(pc.starts_with(rows[column], report_id)))
    return rows

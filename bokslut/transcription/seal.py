"""The reviewed state of the printed seeds: one digest per printed cell, kept as a control seed."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

from bokslut import database as db

CELLS = "int_cells__sealed"
SEALS = Path("seeds/control/control_printed_cell_seals.csv")


class SealFailed(RuntimeError):
    """The printed seeds could not be loaded; dbt has said why."""


def write_seals(project: Path) -> tuple[int, int]:
    """Loads the printed seeds and writes their digests to the control seed.

    Returns the number of cells sealed and the number of those that are new or changed.

    Raises:
        SealFailed: the seeds do not load.
    """
    dbt = Path(sys.executable).with_name("dbt")
    select = ["--select", f"+{CELLS}", "--exclude", "resource_type:test"]
    if subprocess.run([dbt, "--quiet", "build", *select], cwd=project, check=False).returncode:
        raise SealFailed("Avskrifterna gick inte att läsa in; felet står ovan.")
    with db.connect(db.path()) as connection:
        rows = connection.execute(
            f"select figure_id, seal from intermediate.{CELLS}"
            " order by source_table, row_no, column_name"
        ).fetchall()
    file = project / SEALS
    before = read_seals(file)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["figure_id", "seal"])
        writer.writerows(rows)
    return len(rows), sum(before.get(figure_id) != seal for figure_id, seal in rows)


def read_seals(file: Path) -> dict[str, str]:
    """The digest of each figure id; empty where there is no file yet."""
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as handle:
        return {row["figure_id"]: row["seal"] for row in csv.DictReader(handle)}

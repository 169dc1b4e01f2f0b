"""Printed tables as Parquet: the schema of a seed, where its files lie, how one is written."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

# The types that the seeds declare, and no others.
TYPES = {"varchar": pa.string(), "integer": pa.int32(), "boolean": pa.bool_()}
# The seeds that belong to reports; the others say what words mean in every report.
LAYERS = ("printed", "control")
REGISTER = "reference_reports"


def schemas(project: Path) -> dict[str, pa.Schema]:
    """The columns of every seed with their types, from the YAML beside it.

    Raises KeyError where a seed declares a type that Parquet is not read with here.
    """
    found = {}
    for file in sorted(project.glob("seeds/*/*.yml")):
        for seed in yaml.safe_load(file.read_text(encoding="utf-8"))["seeds"]:
            columns = seed["config"]["column_types"].items()
            found[seed["name"]] = pa.schema([(name, TYPES[kind]) for name, kind in columns])
    return found


def partition(folder: Path, seed: str, municipality_code: str, report_year: int) -> Path:
    """The folder of a printed table's rows for one municipality and year."""
    return folder / seed / f"municipality_code={municipality_code}" / f"report_year={report_year}"


def read_seed(file: Path, schema: pa.Schema) -> pa.Table:
    """A seed's CSV with its types; an empty cell is null.

    Raises ValueError where a whole number is not one, KeyError where a column is missing.
    """
    with file.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    made = {pa.string(): str, pa.int32(): int, pa.bool_(): lambda text: text == "true"}
    columns = [[made[f.type](row[f.name]) if row[f.name] else None for row in rows] for f in schema]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema)


def write(table: pa.Table, file: Path) -> int:
    """Writes one Parquet file, whole or not at all, and the folders above it.

    Returns 1, the number of files.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    pq.write_table(table, part)
    part.replace(file)
    return 1

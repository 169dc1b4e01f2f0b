"""Printed tables as Parquet: the schema of a seed, and the project's own seeds as such a folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from bokslut.transcription import seed_files

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


def export_seeds(project: Path, folder: Path) -> int:
    """Writes the seeds that belong to reports as a folder that `printed_source: parquet` reads.

    Printed tables are partitioned by municipality and year; the register and the control tables are
    one file each. Returns the number of files.

    Raises SeedFilesDamaged where a seed file is, so that no id is a path out of the folder.
    """
    seed_files.check(project)
    known = schemas(project)
    register = read_seed(project / f"seeds/reference/{REGISTER}.csv", known[REGISTER])
    tables = {REGISTER: register}
    for layer in LAYERS:
        for file in sorted(project.glob(f"seeds/{layer}/*.csv")):
            tables[file.stem] = read_seed(file, known[file.stem])
    written = 0
    for name, table in tables.items():
        if name.startswith("printed_"):
            for report in register.to_pylist():
                place = partition(folder, name, report["municipality_code"], report["report_year"])
                rows = table.filter(pc.equal(table["report_id"], report["report_id"]))
                written += write(rows, place / f"{report['report_id']}.parquet")
        else:
            written += write(table, folder / name / "all.parquet")
    return written


def write(table: pa.Table, file: Path) -> int:
    """Writes one Parquet file and the folders above it; returns 1, the number of files."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, file)
    return 1

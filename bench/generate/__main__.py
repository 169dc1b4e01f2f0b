"""Writes a folder of generated reports; see the package."""

from __future__ import annotations

import csv
import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import typer

from bokslut.transcription import lines, printed_folder
from bokslut.transcription import printed_parquet as parquet

from . import shape
from .document import ASKED, KINDS, Author, Document, Series, series

ROOT = Path(__file__).parents[2]
PLANTED = "planted.csv"
PLANTED_COLUMNS = ("report_id", "kind", "check_id", "verdict", "planted")


@dataclass(frozen=True)
class Place:
    """One report's place among them all."""

    municipality: int
    administration: str
    year: int

    @property
    def municipality_code(self) -> str:
        """Four digits; none is a real municipality's."""
        return f"{9000 + self.municipality:04d}"

    @property
    def administration_code(self) -> str:
        """The administration's own, in this municipality and no other."""
        return f"{self.administration}_{self.municipality_code}"

    @property
    def report_id(self) -> str:
        """As in the register."""
        return f"{self.municipality_code}-{self.administration}-{self.year}"


def places(reports: int) -> Iterator[list[Place]]:
    """The reports of one municipality at a time: its administrations, each for some years.

    The years are as many as are needed where all municipalities are not enough.
    """
    codes = list(shape.ADMINISTRATIONS)
    years = max(shape.YEARS, -(-reports // (shape.MUNICIPALITIES * len(codes))))
    span = range(shape.LAST_YEAR - years + 1, shape.LAST_YEAR + 1)
    left = reports
    municipality = 0
    while left > 0:
        municipality += 1
        found = [Place(municipality, code, year) for code in codes for year in span][:left]
        left -= len(found)
        yield found


def chosen(reports: int, share: float, seed: int) -> dict[int, str]:
    """Which reports (by number) get a contradiction, and of which kind: the kinds in turn.

    `share` is the share of all reports that get one.
    """
    chance = random.Random(f"{seed}:planted")
    numbers = chance.sample(range(reports), round(reports * share))
    kinds = list(KINDS)
    chance.shuffle(kinds)
    return {number: kinds[i % len(kinds)] for i, number in enumerate(sorted(numbers))}


def author(values: Series, place: Place, kind: str | None, seed: int) -> tuple[Document, str]:
    """A report, and the kind that was planted in it.

    Where the wished kind does not suit the report, the next that does is planted.
    """
    if kind is None:
        kinds: list[str | None] = [None]
    else:
        turn = KINDS.index(kind)
        kinds = [*KINDS[turn:], *KINDS[:turn]]
    for planted in kinds:
        chance = random.Random(f"{seed}:{place.report_id}")
        document = Author(
            values, place.report_id, place.administration_code, place.year, planted, chance
        ).write()
        if document.planted or planted is None:
            return document, planted or ""
    raise AssertionError(f"nothing can be planted in {place.report_id}")


def table(rows: list[dict], schema: pa.Schema) -> pa.Table:
    """Rows as a table with a seed's columns, null where a row has none.

    Raises ValueError where a row has a column that the seed lacks.
    """
    if unknown := {name for row in rows for name in row} - set(schema.names):
        raise ValueError(f"the seed has no columns {sorted(unknown)}")
    return pa.table(
        [pa.array([row.get(f.name) for row in rows], f.type) for f in schema], schema=schema
    )


def generate(
    folder: Path, reports: int, share: float, seed: int, explained: bool = True, root: Path = ROOT
) -> dict[str, int]:
    """Writes `reports` reports; returns the number of reports, printed rows and planted ones.

    The same arguments give the same bytes. One municipality is in memory at a time. Where
    `explained`, every planted contradiction has a known issue, so that the build passes just when
    it finds them all and no other.
    """
    known = parquet.schemas(root)
    signs = lines.signs(root)
    folder.mkdir(parents=True, exist_ok=True)
    municipalities = len(list(places(reports)))
    for name, rows in (
        ("reference_units", shape.units(municipalities)),
        ("reference_label_aliases", shape.aliases(municipalities)),
    ):
        parquet.write(table(rows, known[name]), folder / name / "all.parquet")
    for name, more in shape.MORE.items():
        own = parquet.read_seed(root / f"seeds/reference/{name}.csv", known[name])
        new = [row for row in table(more, known[name]).to_pylist() if row not in own.to_pylist()]
        rows = pa.concat_tables([own, table(new, known[name])])
        parquet.write(rows, folder / name / "all.parquet")
    print_order = cells_in_order(folder)
    plan = chosen(reports, share, seed)
    counts = {"reports": 0, "printed_rows": 0, "planted": 0}
    streams: dict[str, pq.ParquetWriter] = {}

    def stream(name: str, rows: list[dict]) -> None:
        if name not in streams:
            (folder / name).mkdir()
            streams[name] = pq.ParquetWriter(folder / name / "all.parquet", known[name])
        streams[name].write_table(table(rows, known[name]))

    with (folder / PLANTED).open("w", encoding="utf-8", newline="") as handle:
        listed = csv.writer(handle, lineterminator="\n")
        listed.writerow(PLANTED_COLUMNS)
        for group in places(reports):
            register, issues, checks = [], [], []
            printed: dict[tuple[str, int], list[dict]] = {}
            values: dict[str, Series] = {}
            for place in group:
                if place.administration not in values:
                    first = min(p.year for p in group) - 2
                    numbers = np.random.default_rng(
                        [
                            seed,
                            place.municipality,
                            sorted(shape.ADMINISTRATIONS).index(place.administration),
                        ]
                    )
                    values[place.administration] = series(
                        numbers, first, shape.LAST_YEAR - first + 1
                    )
                document, kind = author(
                    values[place.administration], place, plan.get(counts["reports"]), seed
                )
                counts["reports"] += 1
                register.append(registered(place, document))
                document.rows["printed_lines"] = lines_of(document, print_order, signs)
                for name, rows in document.rows.items():
                    counts["printed_rows"] += len(rows)
                    printed.setdefault((name, place.year), []).extend(
                        {"report_id": place.report_id, **row} for row in rows
                    )
                if document.planted:
                    verdict = "questionable" if kind in ASKED else "contradicts"
                    counts["planted"] += len(document.checks)
                    listed.writerows(
                        (place.report_id, kind, check, verdict, document.planted)
                        for check in document.checks
                    )
                    issues.append(issue(place, document))
                    checks += [
                        {
                            "known_issue_id": f"{place.report_id}-D01",
                            "check_id": check,
                            "verdict": verdict,
                        }
                        for check in document.checks
                    ]
            for (name, year), rows in printed.items():
                where = parquet.partition(folder, name, group[0].municipality_code, year)
                parquet.write(table(rows, known[name]), where / "all.parquet")
            stream("reference_reports", register)
            if explained and issues:
                stream("control_known_issues", issues)
                stream("control_known_issue_checks", checks)
    for writer in streams.values():
        writer.close()
    printed_folder.digest(root, folder)
    return counts


def cells_in_order(folder: Path) -> dict[str, list[str]]:
    """The columns of each printed table that hold print, in the order of the templates."""
    rows = pq.read_table(folder / "reference_printed_columns").to_pylist()
    order: dict[str, dict[str, int]] = {"printed_pastaenden": {"printed_text": 1}}
    for template in (None, "allman", shape.LINKOPING, shape.OTHER):
        for row in rows:
            if (
                row["template"] == template
                and row["column_no"]
                and row["source_table"] != "pastaenden"
            ):
                table = order.setdefault(f"printed_{row['source_table']}", {})
                table[row["column_name"]] = row["column_no"]
    return {name: sorted(columns, key=columns.__getitem__) for name, columns in order.items()}


def lines_of(
    document: Document, print_order: dict[str, list[str]], signs: lines.Signs
) -> list[dict[str, str | None]]:
    """The document's lines with figures: each row stands on a line of its own."""
    found = []
    for name, rows in document.rows.items():
        for row in rows:
            text = " ".join(row.get(column) or "" for column in print_order[name])
            if figures := lines.figures_in(text, signs):
                digest = hashlib.sha256(text.encode()).hexdigest()
                found.append(
                    {
                        "line_no": row["source_line_first"],
                        "figures": " ".join(figures),
                        "line_sha256": digest,
                    }
                )
    return found


def registered(place: Place, document: Document) -> dict[str, str | int | bool]:
    """A report's row in the register."""
    return {
        "report_id": place.report_id,
        "template": shape.template(place.administration),
        "municipality_code": place.municipality_code,
        "municipality_name": f"Påhittad kommun {place.municipality}",
        "administration_code": place.administration_code,
        "administration_name": shape.ADMINISTRATIONS[place.administration],
        "report_year": place.year,
        "source_file": f"{place.report_id}.txt",
        "source_sha256": "0" * 64,
        "source_lines": document.lines,
        "is_reviewed": False,
    }


def issue(place: Place, document: Document) -> dict[str, str]:
    """The known issue of a planted contradiction."""
    return {
        "known_issue_id": f"{place.report_id}-D01",
        "report_id": place.report_id,
        "issue_class": "figure",
        "title_sv": "Inlagd motsägelse",
        "seen_sv": document.planted,
        "believed_sv": "Inlagd av generatorn",
        "settled_by_sv": "Inget: talen är påhittade",
        "status": "explained",
    }


def main(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write.")],
    reports: Annotated[int, typer.Option(min=1, help="How many reports.")] = 1000,
    contradictions: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the reports that get a contradiction.")
    ] = 0.02,
    seed: Annotated[int, typer.Option(help="The same seed gives the same folder.")] = 7,
    explained: Annotated[
        bool,
        typer.Option(help="Give each planted contradiction a known issue, so that a build passes."),
    ] = True,
    overwrite: Annotated[bool, typer.Option(help="Replace the folder if it exists.")] = False,
) -> None:
    """Writes generated reports as Parquet, and planted.csv with what was planted in them."""
    if folder.exists() and any(folder.iterdir()):
        if not overwrite or not (folder / PLANTED).is_file():
            hint = "--overwrite" if (folder / PLANTED).is_file() else "it was not generated"
            raise SystemExit(f"{folder} is not empty; give another folder ({hint}).")
        shutil.rmtree(folder)
    counts = generate(folder, reports, contradictions, seed, explained)
    typer.echo(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))


if __name__ == "__main__":
    typer.run(main)

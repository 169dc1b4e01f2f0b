"""Printed tables from a folder of Parquet: the same marts, report by report, and clear refusals."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from compare import differences
from conftest import ROOT, Project, Run
from folders import rewrite, without

from bench.generate.__main__ import PLANTED, generate
from bench.generate.document import KINDS
from bokslut.transcription import printed_parquet as parquet

ADDED, REPLACED, REMOVED = "9001-buf-2018", "9001-kof-2016", "9001-kof-2020"


def dbt(project: Project, command: str, folder: Path, *arguments: str) -> Run:
    """Runs dbt on a folder of Parquet."""
    settings = json.dumps({"printed_source": "parquet", "printed_path": str(folder)})
    return project.dbt(command, "--vars", settings, *arguments)


def looked_through(project: Project, folder: Path) -> Run:
    """A run that looks through a folder, and makes one seed that the folder has not."""
    return dbt(project, "seed", folder, "--select", "reference_goals")


def built_on(project: Project, folder: Path, *arguments: str) -> Run:
    """A build on a folder, which must succeed."""
    run = dbt(project, "build", folder, *arguments)
    assert run.code == 0, run.output
    return run


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty reports, three of four with a planted contradiction."""
    folder = tmp_path_factory.mktemp("generated")
    counts = generate(folder, reports=20, share=0.75, seed=3)
    assert counts["reports"] == 20
    return folder


@pytest.fixture
def folder(generated: Path) -> Path:
    """Where the tests put their folder: always there, since dbt parses anew for another setting."""
    folder = generated.with_name("printed")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(generated, folder)
    return folder


@pytest.fixture(scope="module")
def many(new_copy: Callable[[], Project]) -> Project:
    """A copy of the project for folders of Parquet."""
    return new_copy()


def test_a_folder_of_the_seeds_gives_the_marts_of_the_seeds(
    built: Project, many: Project, folder: Path
) -> None:
    shutil.rmtree(folder)
    assert parquet.export_seeds(ROOT, folder) == 14
    run = built_on(many, folder)
    assert "1 nya eller ändrade av 1" in run.output
    assert differences(built.database, many.database) == {}


@pytest.mark.slow
def test_reports_come_change_and_go_one_by_one(
    many: Project, generated: Path, folder: Path, tmp_path: Path
) -> None:
    """What was planted is known in each state, so that every build proves all and only too."""
    rewrite(generated, folder, lambda _, rows: without(rows, ADDED))
    built_on(many, folder)

    def later(name: str, rows: pa.Table) -> pa.Table:
        rows = without(rows, REMOVED)
        return without(rows, REPLACED) if name == "printed_beslut_och_handelser" else rows

    rewrite(generated, folder, later)
    run = built_on(many, folder)
    assert "2 nya eller ändrade av 19" in run.output
    step_by_step = tmp_path / "step_by_step.duckdb"
    shutil.copyfile(many.database, step_by_step)
    run = built_on(many, folder, "--full-refresh")
    assert "19 nya eller ändrade av 19" in run.output
    assert differences(step_by_step, many.database) == {}
    with duckdb.connect(str(many.database), read_only=True) as connection:
        found = connection.execute(
            "select report_id, count(*) from marts.fct_events group by all"
        ).fetchall()
        contradictions = connection.execute(
            "select report_id, check_id from marts.fct_reconciliations"
            " where verdict = 'contradicts'"
        ).fetchall()
    events = dict(found)
    assert ADDED in events
    assert REMOVED not in events
    assert REPLACED not in events
    assert len(events) == 18
    with (generated / PLANTED).open(encoding="utf-8", newline="") as handle:
        planted = [row for row in csv.DictReader(handle) if row["report_id"] != REMOVED]
    assert len(planted) >= 14
    assert sorted(contradictions) == sorted((row["report_id"], row["check_id"]) for row in planted)


def test_later_runs_refuse_what_the_first_would_have_refused(
    many: Project, generated: Path, folder: Path
) -> None:
    """A later run looks through what is new only; nothing may vanish or grow old for that."""
    built_on(many, folder, "--exclude-resource-type", "test", "unit_test")
    for damage in (moved_in_the_register, unknown_report, outside_the_partitions):
        told = damage(folder)
        run = looked_through(many, folder)
        assert run.code != 0, damage
        assert told in run.output
        shutil.rmtree(folder)
        shutil.copytree(generated, folder)
    for place in ("macros/verdict_of.sql", "tests/singular/int_cells__cells_are_placed.sql"):
        file = many.project / place
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("case", "case  ", 1), encoding="utf-8")
        assert ": 20 nya eller ändrade av 20" in looked_through(many, folder).output, place
        file.write_text(text, encoding="utf-8")
    assert ": 0 nya eller ändrade av 20" in looked_through(many, folder).output
    # The settings are others: in a folder of its own it leaves the parse of these.
    assert many.dbt("seed", "--target-path", "target_of_seeds").code == 0
    run = dbt(many, "run", folder, "--select", "stg_report__pastaenden")
    assert ": 20 nya eller ändrade av 20" in run.output
    with duckdb.connect(str(many.database), read_only=True) as connection:
        left = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert not [name for (name,) in left if name.startswith("opened_")]


def moved_in_the_register(folder: Path) -> str:
    """A report that the register has in another municipality than before."""
    file = folder / "reference_reports/all.parquet"
    rows = pq.read_table(file)
    moved = pc.if_else(pc.equal(rows["report_id"], ADDED), "9002", rows["municipality_code"])
    place = rows.column_names.index("municipality_code")
    pq.write_table(rows.set_column(place, "municipality_code", moved), file)
    return "municipality_code=9002, report_year=2018. Flytta filen dit, eller rätta registret"


def outside_the_partitions(folder: Path) -> str:
    """A printed file that no longer lies in a folder of a municipality and a year."""
    file = next(folder.glob("printed_personal/*/report_year=2019/*.parquet"))
    outside = folder / "printed_personal" / file.name
    file.rename(outside)
    return f"Filen {outside} har rapporten"


def test_every_kind_is_planted(generated: Path) -> None:
    with (generated / PLANTED).open(encoding="utf-8", newline="") as handle:
        kinds = {row["kind"] for row in csv.DictReader(handle)}
    assert kinds == set(KINDS)


def test_the_same_seed_gives_the_same_reports(tmp_path: Path) -> None:
    for name in ("one", "two"):
        generate(tmp_path / name, reports=3, share=0.5, seed=5)
    generate(tmp_path / "other", reports=3, share=0.5, seed=6)

    def contents(name: str) -> dict[str, bytes]:
        files = (tmp_path / name).rglob("*.*")
        return {str(f.relative_to(tmp_path / name)): f.read_bytes() for f in files if f.is_file()}

    assert contents("one") == contents("two")
    assert contents("one") != contents("other")


def drop_column(folder: Path) -> str:
    """A file without a column of its seed."""
    file = next(folder.glob("printed_ekonomi/*/report_year=2020/*.parquet"))
    pq.write_table(pq.read_table(file, partitioning=None).drop_columns(["budget"]), file)
    return "saknar kolumnen budget; väntat är text"


def another_type(folder: Path) -> str:
    """A file whose row numbers are numbers, where the seed has text."""
    file = next(folder.glob("printed_personal/*/report_year=2019/*.parquet"))
    rows = pq.read_table(file, partitioning=None)
    numbers = pc.cast(rows["row_no"], pa.int32())
    pq.write_table(rows.set_column(1, "row_no", numbers), file)
    return "kolumnen row_no har typen INT32; väntat är text"


def wrong_partition(folder: Path) -> str:
    """The rows of a year in the folder of another."""
    place = next(folder.glob("printed_basuppdrag/*/report_year=2020"))
    place.rename(place.with_name("report_year=1999"))
    return "report_year=2020. Flytta filen dit, eller rätta registret"


def unknown_report(folder: Path) -> str:
    """Printed rows of a report that the register lacks."""
    file = folder / "reference_reports/all.parquet"
    pq.write_table(without(pq.read_table(file), ADDED), file)
    return f"rapporten {ADDED}, som inte finns i reference_reports"


def doubled_report(folder: Path) -> str:
    """A report twice in the register."""
    file = folder / "reference_reports/all.parquet"
    rows = pq.read_table(file)
    pq.write_table(pa.concat_tables([rows, rows.slice(0, 1)]), file)
    return "finns på 2 rader; väntat är en"


def foreign_folder(folder: Path) -> str:
    """A subfolder that no seed has the name of."""
    shutil.copytree(folder / "printed_ekonomi", folder / "printed_ekonomin")
    return "Undermappen printed_ekonomin har inte namnet på någon seed"


def no_table(folder: Path) -> str:
    """A printed table that is not there."""
    shutil.rmtree(folder / "printed_personal")
    return "Undermappen printed_personal saknas"


def no_register(folder: Path) -> str:
    """No register at all."""
    shutil.rmtree(folder / "reference_reports")
    return "ingen undermapp reference_reports"


DAMAGES = [
    drop_column,
    another_type,
    wrong_partition,
    unknown_report,
    doubled_report,
    no_register,
    foreign_folder,
    no_table,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_folder_that_cannot_be_used_is_refused_with_one_message(
    many: Project, folder: Path, damage: Callable[[Path], str]
) -> None:
    message = damage(folder)
    run = looked_through(many, folder)
    assert run.code != 0
    assert "Traceback" not in run.output
    assert message in run.output
    assert str(folder) in run.output

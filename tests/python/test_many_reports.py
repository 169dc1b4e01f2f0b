"""Printed tables from a folder of Parquet: the same marts, report by report, and clear refusals."""

from __future__ import annotations

import csv
import json
import os
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
from typer.testing import CliRunner

from bench.generate.__main__ import PLANTED, generate
from bench.generate.document import KINDS
from bokslut.cli import app
from bokslut.transcription import printed_folder

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
    printed_folder.export_seeds(ROOT, folder)
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

    rewrite(generated, folder, later)
    run = built_on(many, folder)
    assert "2 nya eller ändrade av 19" in run.output
    step_by_step = tmp_path / "step_by_step.duckdb"
    shutil.copyfile(many.database, step_by_step)
    assert len(laid_aside(step_by_step)) == 24
    run = built_on(many, folder, "--full-refresh")
    assert "19 nya eller ändrade av 19" in run.output
    assert differences(step_by_step, many.database) == {}
    assert laid_aside(many.database) == []
    with duckdb.connect(str(many.database), read_only=True) as connection:
        found = connection.execute(
            "select report_id, count(*) from marts.fct_events group by all"
        ).fetchall()
        checks = connection.execute(
            "select check_id, verdict from marts.fct_reconciliations"
        ).fetchall()
    events = dict(found)
    assert ADDED in events
    assert REMOVED not in events
    assert REPLACED not in events
    assert len(events) == 18
    with (generated / PLANTED).open(encoding="utf-8", newline="") as handle:
        planted = [row for row in csv.DictReader(handle) if row["report_id"] != REMOVED]
    assert len(planted) >= 14
    expected = {(row["check_id"], row["verdict"]) for row in planted}
    assert expected <= set(checks)
    assert {check for check in checks if check[1] == "contradicts"} <= expected


def laid_aside(database: Path) -> list[str]:
    """The tables that have a run's rows beside them, which are those that stand in them."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select table_name, table_schema from information_schema.tables"
            " where table_schema in ('marts', 'reporting') and table_name in"
            " (select table_name from information_schema.tables where table_schema = 'runs')"
        ).fetchall()
        for name, schema in names:
            own = f"from {schema}.{name} where report_id in (select report_id from made)"
            (differing,) = connection.execute(
                "with made as (select report_id from runs.run_plan where not is_kept)"
                f" select (select count(*) {own}) - (select count(*) from runs.{name})"
                f" + (select count(*) from (select * {own} except select * from runs.{name}))"
            ).fetchone()
            assert differing == 0, name
    return [name for name, _ in names]


@pytest.mark.slow
def test_a_run_makes_what_the_warehouse_lacks(many: Project, folder: Path) -> None:
    """Whatever came between: a model that changed, a folder that changed during a run, a build on
    the seeds, a run that failed."""
    without_tests = ("--exclude-resource-type", "test", "unit_test")
    built_on(many, folder, "--full-refresh", *without_tests)
    assert ": 0 nya eller ändrade av 20" in versions(many, folder).output
    for place in ("macros/verdict_of.sql", "tests/singular/int_cells__cells_are_placed.sql"):
        file = many.project / place
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("case", "case  ", 1), encoding="utf-8")
        run = versions(many, folder)
        assert run.code != 0
        assert "Kör om med --full-refresh" in run.output
        file.write_text(text, encoding="utf-8")
    rewrite(folder, folder.with_name("changed"), later)
    shutil.rmtree(folder)
    folder.with_name("changed").rename(folder)
    # What a run that it changes under is told in the end.
    run = dbt(many, "test", folder, "--select", "run_plan__is_of_one_folder")
    assert run.code != 0
    assert f"Rapporten {REPLACED} har ändrats i mappen medan körningen pågick" in run.output
    assert f"Rapporten {REMOVED} har försvunnit i mappen" in run.output
    # A run that ends before its tests has made nothing that counts.
    for _ in range(2):
        run = dbt(many, "run", folder, "--select", "+fct_events")
        assert ": 1 nya eller ändrade av 19" in run.output
    # The settings are others: in a folder of its own it leaves the parse of these.
    run = many.dbt(
        "build", "--target-path", "target_of_seeds", "--select", "+fct_events",
        "--exclude-resource-type", "test", "unit_test",
    )  # fmt: skip
    assert run.code == 0, run.output
    assert ": 19 nya eller ändrade av 19" in versions(many, folder).output


def versions(project: Project, folder: Path) -> Run:
    """A run that finds out which reports are new, and makes nothing else."""
    return dbt(
        project, "build", folder, "--select", "+run_plan",
        "--exclude-resource-type", "test", "unit_test",
    )  # fmt: skip


def later(name: str, rows: pa.Table) -> pa.Table:
    """The folder without a report, and with another one of the same administration changed."""
    rows = without(rows, REMOVED)
    return without(rows, REPLACED) if name == "printed_beslut_och_handelser" else rows


def test_what_is_made_last_rests_on_all_that_has_a_test(built: Project) -> None:
    """A report counts as made when every test of every model has passed."""
    manifest = json.loads((built.target / "manifest.json").read_text(encoding="utf-8"))
    above = {"model.bokslut.run_result"}
    while more := {p for key in above for p in manifest["parent_map"][key]} - above:
        above |= more
    models = {key for key in manifest["nodes"] if key.startswith("model.")}
    assert models - above == set()


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
    return "kolumnen row_no har typen int32; väntat är text"


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
    return "finns på 2 rader i reference_reports; väntat är en"


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
    return "Filen printed_personal/all.parquet har rapporten"


def below_the_partitions(folder: Path) -> str:
    """A printed file in a folder of its own within its partition, which no engine looks for."""
    file = next(folder.glob("printed_personal/*/report_year=2019/*.parquet"))
    (file.parent / "own").mkdir()
    file.rename(file.parent / "own" / file.name)
    return "/own/all.parquet har rapporten"


def pipe(folder: Path) -> str:
    """A pipe where a file should be, which would wait for ever."""
    os.mkfifo(folder / "printed_personal/pipe.parquet")
    return "är ingen vanlig fil"


def broken_off(folder: Path) -> str:
    """The beginning of a file."""
    file = next(folder.glob("printed_personal/*/*/*.parquet"))
    file.write_bytes(file.read_bytes()[:100])
    return "är ingen hel Parquetfil. Skriv om filen"


def no_id(folder: Path) -> str:
    """An id that is a path out of the folder."""
    file = folder / "reference_reports/all.parquet"
    rows = pq.read_table(file)
    ids = pa.array(["../../x", *rows["report_id"].to_pylist()[1:]])
    pq.write_table(rows.set_column(0, "report_id", ids), file)
    return "har inget id som kan användas"


DAMAGES = [
    pipe,
    broken_off,
    no_id,
    moved_in_the_register,
    outside_the_partitions,
    below_the_partitions,
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
    folder: Path, damage: Callable[[Path], str]
) -> None:
    listed = (folder / printed_folder.LIST).read_bytes()
    message = damage(folder)
    with pytest.raises(printed_folder.FolderRefused) as refused:
        printed_folder.digest(ROOT, folder)
    assert message in str(refused.value)
    assert str(folder) in str(refused.value)
    assert (folder / printed_folder.LIST).read_bytes() == listed


def without_digests(folder: Path) -> str:
    """A register that nobody has looked through."""
    file = folder / "reference_reports/all.parquet"
    pq.write_table(pq.read_table(file).drop_columns(["content_digest"]), file)
    return "Registret saknar kontrollsummor"


def without_list(folder: Path) -> str:
    """No list of files."""
    (folder / printed_folder.LIST).unlink()
    return "eller mappen sin fillista"


def new_file(folder: Path) -> str:
    """A file that came after."""
    file = next(folder.glob("printed_ekonomi/*/*/*.parquet"))
    shutil.copyfile(file, file.with_name("new.parquet"))
    return "new.parquet är ny sedan mappen gicks igenom"


def lost_file(folder: Path) -> str:
    """A file that is gone."""
    next(folder.glob("printed_ekonomi/*/*/*.parquet")).unlink()
    return "är borta sedan mappen gicks igenom"


def changed_file(folder: Path) -> str:
    """A file that was written anew."""
    file = next(folder.glob("printed_ekonomi/*/*/*.parquet"))
    pq.write_table(pq.read_table(file, partitioning=None).slice(1), file)
    return "är ändrad sedan mappen gicks igenom"


def foreign_digest(folder: Path) -> str:
    """A digest that is not that of the report, in a list that fits it."""
    file = folder / "reference_reports/all.parquet"
    rows = pq.read_table(file)
    place = rows.column_names.index("content_digest")
    digests = pa.array(["0" * 32, *rows["content_digest"].to_pylist()[1:]])
    before = printed_folder.md5(folder, "reference_reports/all.parquet")
    pq.write_table(rows.set_column(place, "content_digest", digests), file)
    after = printed_folder.md5(folder, "reference_reports/all.parquet")
    listed = pq.read_table(folder / printed_folder.LIST)
    digest = pc.if_else(pc.equal(listed["digest"], before), after, listed["digest"])
    place = listed.column_names.index("digest")
    pq.write_table(listed.set_column(place, "digest", digest), folder / printed_folder.LIST)
    return "har en kontrollsumma (content_digest) i registret som inte är"


@pytest.mark.parametrize(
    "damage",
    [without_digests, without_list, new_file, lost_file, changed_file, foreign_digest],
    ids=lambda damage: damage.__name__,
)
def test_what_has_changed_since_the_digests_is_refused(
    folder: Path, damage: Callable[[Path], str]
) -> None:
    printed_folder.check(ROOT, folder)
    message = damage(folder)
    with pytest.raises(printed_folder.FolderRefused, match="bokslut digest MAPP") as refused:
        printed_folder.check(ROOT, folder)
    assert message in str(refused.value)


def test_a_run_and_the_command_say_the_same(many: Project, folder: Path, monkeypatch) -> None:
    """One look through the folder, in the words of one place."""
    changed_file(folder)
    run = looked_through(many, folder)
    assert run.code != 0
    assert "Traceback" not in run.output
    assert "är ändrad sedan mappen gicks igenom" in run.output
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(app, ["digest", str(folder)])
    assert done.exit_code == 0, done.output
    assert "20 rapporter. Nya eller ändrade filer: 1 av" in done.output.replace("\u00a0", " ")
    assert looked_through(many, folder).code == 0
    no_register(folder)
    refused = CliRunner().invoke(app, ["digest", str(folder)])
    assert refused.exit_code == 1
    assert "ingen undermapp reference_reports" in refused.output


def test_settings_that_no_folder_has_are_refused(many: Project) -> None:
    for settings, told in (
        ("{printed_source: parquet}", "printed_path är inte angivet"),
        ("{printed_source: csv}", "printed_source är csv; väntat är seeds eller parquet"),
    ):
        run = many.dbt("seed", "--vars", settings)
        assert run.code != 0
        assert told in run.output

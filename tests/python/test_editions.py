"""What `bokslut build` publishes, and what the commands on editions say: real builds and files."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest
from conftest import Project, Run, copy_project
from publishing import publish_once, publish_project
from typer.testing import CliRunner
from warehouse import Warehouse

from bokslut import database, frames
from bokslut.cli import app
from bokslut.publishing import edition, edition_diff, publish


@pytest.fixture(scope="module")
def first(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the built project, made by the publishing step alone."""
    root = tmp_path_factory.mktemp("first")
    return root / publish_project(root, built.project).edition


@pytest.fixture(scope="module")
def elsewhere(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, Run]:
    """The same project, built by someone else in folders with names that need care.

    The edition is there already, but damaged. Settings of dbt's and a database of one's own are
    set, and the command is run in a folder of the project.
    """
    project = copy_project(tmp_path_factory.mktemp("d'Arc å ö") / "projekt 1").project
    made = Warehouse(project, project / "published")
    shutil.copytree(
        first.parent, made.root, symlinks=True, ignore=shutil.ignore_patterns(publish.WORK)
    )
    damaged = made.root / first.name / "marts/dim_units.parquet"
    os.chmod(damaged, 0o644)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    mine = {"DBT_EXCLUDE_RESOURCE_TYPES": "test", "BOKSLUT_DATABASE": "mine.duckdb"}
    before = os.umask(0o077)
    try:
        run = made.bokslut(
            "build", folder="models/marts", TZ="Pacific/Auckland", LC_ALL="C", **mine
        )
    finally:
        os.umask(before)
    assert run.code == 0, run.output
    return made, run


@pytest.fixture(scope="module")
def warehouse(elsewhere: tuple[Warehouse, Run]) -> Warehouse:
    """That project and its editions."""
    return elsewhere[0]


@pytest.fixture(scope="module")
def folder(warehouse: Warehouse) -> Path:
    """The folder of its edition."""
    found = edition.current(warehouse.root.resolve())
    assert found
    return found


@pytest.fixture(scope="module")
def one_edition(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one edition, made by the publishing step alone."""
    root = tmp_path_factory.mktemp("one") / "published"
    publish_once(root, built.database, "one")
    return root


@pytest.fixture
def published(one_edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, which readers are told of."""
    root = shutil.copytree(one_edition, tmp_path / "published", symlinks=True)
    monkeypatch.setenv("BOKSLUT_PUBLISHED", str(root))
    monkeypatch.delenv("BOKSLUT_DATABASE", raising=False)
    return root


def bokslut(*arguments: str):
    """A command in this process: what it printed, and its exit code."""
    return CliRunner().invoke(app, arguments)


def contents(place: Path) -> dict[str, str]:
    """SHA-256 of each file below a folder, and where each link leads."""
    return {
        name: os.readlink(place / name)
        if (place / name).is_symlink()
        else hashlib.sha256((place / name).read_bytes()).hexdigest()
        for name in edition.names(place)
    }


def test_an_edition_holds_marts_and_reporting_alone(folder: Path, built: Project) -> None:
    query = (
        "select table_schema, table_name from information_schema.tables"
        " where table_schema in ('marts', 'reporting') order by all"
    )
    with duckdb.connect(str(built.database), read_only=True) as connection:
        expected = connection.execute(query).fetchall()
        rows = connection.execute("select * from reporting.rpt_checks order by all")
        contradictions = rows.fetchall()
    with duckdb.connect(str(folder / "bokslut.duckdb"), read_only=True) as connection:
        assert connection.execute(query).fetchall() == expected
        schemas = connection.execute(
            "select distinct table_schema from information_schema.tables"
        ).fetchall()
        rows = connection.execute("select * from reporting.rpt_checks order by all")
        assert rows.fetchall() == contradictions
    assert {schema for (schema,) in schemas} == {"marts", "reporting"}
    names = {name for schema, name in expected if schema == "marts"}
    assert {file.stem for file in (folder / "marts").iterdir()} == names
    table = pyarrow.parquet.read_table(folder / "marts/fct_results.parquet")
    assert str(table.schema.field("outcome_tkr").type) == "decimal128(18, 6)"


def test_the_manifest_says_what_went_in_and_what_came_out(folder: Path, built: Project) -> None:
    manifest = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    seeds = {p.relative_to(built.project).as_posix() for p in built.project.glob("seeds/*/*.csv")}
    assert set(manifest["seeds"]) == seeds
    assert manifest["versions"]["duckdb"] == duckdb.__version__
    assert set(manifest["versions"]) == {
        *("python", "bokslut", "dbt-core", "dbt-duckdb", "duckdb", "lowest duckdb")
    }
    with duckdb.connect(str(folder / "bokslut.duckdb"), read_only=True) as connection:
        (tags,) = connection.execute(
            "select tags from duckdb_databases() where not internal"
        ).fetchone()
    assert tags["storage_version"] == f"v{manifest['versions']['lowest duckdb']}+"
    assert manifest["git"] == {"commit": None, "is_changed": None}
    found = contents(folder)
    del found["edition.json"]
    assert {name: file["sha256"] for name, file in manifest["files"].items()} == found
    checks = json.loads((folder / "checks.json").read_text(encoding="utf-8"))
    assert {check["verdict"] for check in checks} == {"pass"}
    assert {check["rows"] for check in checks} == {0}
    assert {check["kind"] for check in checks} == {"test", "unit_test"}
    assert "int_cells__match_their_seal" in {check["name"] for check in checks}


def test_a_phase_is_told_as_it_begins_and_ends_unless_it_fails() -> None:
    told: list[str] = []
    with publish.phase(1, "bygger", told.append):
        assert told == ["[1/2] bygger …"]
    assert re.fullmatch(r"\[1/2\] bygger: \d+\u00a0s", told[1])
    with pytest.raises(OSError, match="full"), publish.phase(2, "skriver", told.append):
        raise OSError("full")
    assert told[2:] == ["[2/2] skriver …"]


def test_the_commit_is_recorded_where_there_is_git(tmp_path: Path) -> None:
    state = edition.git_state(Path(__file__).parent)
    assert len(str(state["commit"])) == 40
    assert isinstance(state["is_changed"], bool)
    assert edition.git_state(tmp_path)["commit"] is None


def test_the_same_input_elsewhere_gives_the_same_edition(first: Path, folder: Path) -> None:
    assert folder.name == first.name
    # DuckDB lays the same rows out in more than one way, and the manifest has its digest.
    apart = {"bokslut.duckdb", "edition.json"}
    assert contents(folder).keys() == contents(first).keys()
    assert {name: sha for name, sha in contents(folder).items() if name not in apart} == {
        name: sha for name, sha in contents(first).items() if name not in apart
    }
    assert {stat.S_IMODE(os.stat(folder / name).st_mode) for name in contents(folder)} == {0o400}


def test_building_again_checks_the_edition_and_repairs_it(
    elsewhere: tuple[Warehouse, Run], folder: Path
) -> None:
    warehouse, run = elsewhere
    assert re.search(r"gäller: \d+ kontroller", run.output)
    assert "Den ersätter en skadad: marts/dim_units.parquet" in run.output
    assert edition.damages(folder) == []
    assert [place.name for place in edition.folders(warehouse.root)] == [folder.name]
    assert sorted(entry.name for entry in (warehouse.root / ".work").iterdir()) == [publish.PARSE]


@pytest.mark.slow
def test_a_failing_build_publishes_nothing_and_says_why(warehouse: Warehouse, folder: Path) -> None:
    before = contents(warehouse.root)
    seed = warehouse.project / "seeds/printed/printed_driftsammandrag.csv"
    whole = seed.read_bytes()
    warehouse.copy.cell("printed_driftsammandrag", 8, "outcome", "7224")
    try:
        run = warehouse.bokslut("build")
    finally:
        seed.write_bytes(whole)
    assert run.code == 1
    assert "printed_driftsammandrag, row_no 8, kolumn outcome, rad 160: ”7224”" in run.output
    assert re.search(r"Bygget gick inte igenom: \w+ \(fail\).*; \d+ som vilar", run.output)
    assert "Ingenting är utgivet." in run.output
    left = contents(warehouse.root)
    editions = {name for name in before if not name.startswith((".work", ".lock"))}
    assert {name: left[name] for name in editions} == {name: before[name] for name in editions}


def test_a_plain_dbt_build_leaves_the_editions_alone(built: Project) -> None:
    assert not (built.project / "published").exists()


@pytest.mark.parametrize(
    ("status", "message"),
    [
        ("fail", "unsure (fail)"),
        ("warn", "unsure (warn)"),
        ("skipped", "unsure (skipped)"),
        (None, "Kördes aldrig: unsure"),
    ],
)
def test_a_failure_a_warning_a_skip_or_a_check_left_out_publishes_nothing(
    tmp_path: Path, status: str | None, message: str
) -> None:
    nodes = {"test.bokslut.sound.1": "pass", "test.bokslut.unsure.2": status}
    with pytest.raises(publish.BuildFailed, match=re.escape(message)):
        publish.passed_checks(left_by_dbt(tmp_path, nodes), 0)


def test_the_cause_of_a_failing_build_is_named_and_what_rests_on_it_counted(tmp_path: Path) -> None:
    nodes = {
        "test.bokslut.the_cause.1": "fail",
        "model.bokslut.above": "skipped",
        "test.bokslut.beside.2": "error",
        "test.bokslut.above.3": "skipped",
    }
    told = "the_cause (fail), beside (error); 2 som vilar på det hoppades över."
    with pytest.raises(publish.BuildFailed, match=re.escape(told)):
        publish.passed_checks(left_by_dbt(tmp_path, nodes), 1)


def left_by_dbt(folder: Path, nodes: Mapping[str, str | None]) -> Path:
    """A target folder in which nodes came to an end with a status, or were not run (None)."""
    results = [
        {"unique_id": node, "status": word, "failures": 0} for node, word in nodes.items() if word
    ]
    manifest = {"nodes": {node: {"resource_type": "test"} for node in nodes}, "unit_tests": {}}
    (folder / "run_results.json").write_text(json.dumps({"results": results}))
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_readers_take_the_current_edition_and_say_so(published: Path, built: Project) -> None:
    source = database.source()
    assert source.path.parent == edition.current(published.resolve())
    assert source.name_sv == f"utgåva {source.edition}"
    assert not frames.mart("fct_results").empty
    why = bokslut("why", "LKDATA", "ärenden", "2019")
    assert why.exit_code == 0, why.output
    assert f"Källa: utgåva {source.edition}" in why.output


def test_an_argument_and_the_setting_go_before_the_edition(
    published: Path, built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database.source(built.database).edition is None
    monkeypatch.setenv("BOKSLUT_DATABASE", str(built.database))
    assert database.source().name_sv == f"utvecklingsdatabasen {built.database}"


def test_without_an_edition_readers_take_the_dev_database(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.project / "models")
    for name in ("BOKSLUT_PUBLISHED", "BOKSLUT_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    assert database.source().path == built.database


def test_editions_are_listed_latest_first(published: Path, built: Project) -> None:
    first = database.source().edition
    second = publish_once(published, built.database, "two").edition
    lines = bokslut("editions").output.splitlines()
    assert lines[0].startswith(f"* {second}  20")
    assert lines[1].startswith(f"  {first}  20")
    publish_once(published, built.database, "one")
    assert bokslut("editions").output.splitlines()[0].startswith(f"* {first}")


def test_only_the_last_editions_are_kept(published: Path, built: Project) -> None:
    made = [publish_once(published, built.database, f"{n}", keep=2).edition for n in range(4)]
    assert {place.name for place in edition.folders(published)} == set(made[-2:])
    publish_once(published, built.database, "last", keep=1)
    assert len(edition.folders(published)) == 1


def test_the_difference_between_editions_is_told_in_words(
    published: Path, built: Project, tmp_path: Path
) -> None:
    old = database.source().path.parent
    changed = tmp_path / "changed" / "bokslut.duckdb"
    changed.parent.mkdir()
    changed.write_bytes(built.database.read_bytes())
    with duckdb.connect(str(changed)) as connection:
        connection.execute("""
            update marts.fct_printed_figures set value = 7224, printed_text = '7224'
                where figure_id = 'vss-2020.driftsammandrag.8.outcome';
            update marts.fct_printed_figures set value = null, missing_code = 'not_reported'
                where figure_id = 'vss-2020.driftsammandrag.7.outcome';
            delete from marts.fct_printed_figures
                where figure_id = 'vss-2020.driftsammandrag.6.outcome';
            update marts.fct_reconciliations set verdict = 'contradicts'
                where check_id = 'sum_of_parts:vss-2020.driftsammandrag.10.outcome';
            delete from marts.dim_known_issues where known_issue_id = 'VSS-2020-D01';
            update marts.dim_units set unit_name_sv = 'X' where unit_code = 'lkdata';
        """)
    new = publish_once(published, changed, "two").edition
    told = bokslut("diff", old.name, new)
    assert told.exit_code == 1
    lines = [line.strip() for line in told.output.splitlines()]
    figure = (
        "Verksamhetens resultat, LKDATA, utfall 2020: 7\u00a0244\u00a0tkr → 7\u00a0224\u00a0tkr"
    )
    assert f"{figure} (vss-2020, driftsammandrag, rad 160)" in lines
    assert any(" → saknas (vss-2020, driftsammandrag, rad 159)" in line for line in lines)
    assert "Borttagna tal (1)" in lines
    assert any("stämmer → stämmer inte" in line for line in lines)
    assert any(line.startswith("VSS-2020-D01: ") for line in lines)
    assert "dim_units: 1 nya eller ändrade rader, 1 borta" in lines
    back = bokslut("diff", new[:6], old.name)
    assert back.exit_code == 1
    assert "Nya tal (1)" in back.output
    assert "Nya kända motsägelser (1)" in back.output


def test_a_row_put_in_above_is_told_as_one_new_figure(
    published: Path, built: Project, tmp_path: Path
) -> None:
    old = database.source().path.parent
    shifted = tmp_path / "shifted" / "bokslut.duckdb"
    shifted.parent.mkdir()
    shifted.write_bytes(built.database.read_bytes())
    with duckdb.connect(str(shifted)) as connection:
        connection.execute("""
            update marts.fct_printed_figures set
                figure_id = replace(figure_id, 'ekonomi.', 'ekonomi.1'), row_no = row_no + 10
                where source_table = 'ekonomi';
            insert into marts.fct_printed_figures by name (
                select * replace ('new' as figure_id, 'nytt/vss' as concept_key)
                from marts.fct_printed_figures limit 1
            );
        """)
    publish_once(published, shifted, "two")
    lines = edition_diff.told(old, database.source().path.parent)
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert titles[1:] == ["Nya tal (1)", "Rader i publika tabeller (1)"]


def test_editions_without_difference_compare_as_equal(published: Path, built: Project) -> None:
    first = database.source().edition
    second = publish_once(published, built.database, "two").edition
    told = bokslut("diff", first or "", second)
    assert told.exit_code == 0
    assert "Inga tal, avstämningar eller kända motsägelser skiljer." in told.output


@pytest.mark.parametrize("name", ["0" * 12, "zz", "", "current/..", "abc*"])
def test_a_name_that_is_no_edition_is_refused(published: Path, name: str) -> None:
    for command in (["diff", name, "current"], ["diff", "current", name], ["verify", name]):
        refused = bokslut(*command)
        assert refused.exit_code == 2, refused.output
        assert refused.output.startswith("”")

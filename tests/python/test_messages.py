"""What dbt and the command say where they cannot go on, on any stream that they are given."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import DBT, Project
from warehouse import BOKSLUT
from warm_dbt import without_settings

from bokslut import database, frames

WINDOWS = {"PYTHONIOENCODING": "cp1252"}


def written(command: list[str | Path], folder: Path, **settings: str) -> tuple[str, str]:
    """What a process writes to its two streams, redirected as on a Swedish Windows."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=without_settings() | WINDOWS | settings,
        capture_output=True,
        check=False,
    )
    return done.stdout.decode("cp1252"), done.stderr.decode("cp1252")


def test_failing_rows_are_told_on_a_stream_that_lacks_a_sign(copy: Project) -> None:
    test = copy.project / "tests/singular/dim_units__has_a_sign.sql"
    test.write_text("select '\u22127\u00a0244 → åäö ≥ 中 ”x”' as message_sv", encoding="utf-8")
    out, error = written([DBT, "test", "--select", test.stem], copy.project)
    assert "  - -7\u00a0244 -> åäö >= ? ”x”" in out
    assert "Börja med: -7\u00a0244" in out
    assert "Error" not in error


def test_a_run_that_fails_ends_with_where_to_begin(copy: Project) -> None:
    (copy.project / "models/broken.sql").write_text(
        "{{ config(materialized='table') }} select cast('2x' as integer) as one", encoding="utf-8"
    )
    (copy.project / "models/rests_on_it.sql").write_text(
        "select * from {{ ref('broken') }}", encoding="utf-8"
    )
    run = copy.dbt("run", "--select", "broken+")
    assert run.code == 1
    (told,) = run.lines("Börja med: ")
    assert "broken: " in told
    assert "'2x'" in told


def test_a_command_tells_what_it_found_on_a_stream_that_lacks_a_sign(built: Project) -> None:
    figure = "vss-2020.driftsammandrag.1.outcome"
    out, error = written(
        [BOKSLUT, "why", figure], built.project, BOKSLUT_DATABASE=str(built.database)
    )
    assert error == ""
    assert "-1\u00a0044" in out


@pytest.mark.parametrize("name", ["marts.duckdb", "Main.duckdb", "reporting.2020.duckdb"])
def test_a_database_with_the_name_of_a_schema_is_refused_before_anything_is_built(
    copy: Project, name: str
) -> None:
    run = copy.dbt("build", BOKSLUT_DATABASE=name)
    assert run.code != 0
    schema = name.partition(".")[0].lower()
    (told,) = run.lines(f"Databasen {name} heter som schemat {schema}")
    assert "BOKSLUT_DATABASE" in told
    assert "Traceback" not in run.output
    assert not (copy.project / name).exists()


def test_a_reader_refuses_a_database_with_the_name_of_a_schema(
    built: Project, tmp_path: Path
) -> None:
    (tmp_path / "marts.duckdb").symlink_to(built.database)
    with pytest.raises(database.DatabaseNotBuilt, match="heter som schemat marts"):
        frames.mart("fct_results", tmp_path / "marts.duckdb")


def half_built(file: Path) -> None:
    """A database whose build stopped after its first table."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts; create table marts.fct_printed_figures (id int)")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda file: duckdb.connect(str(file)).close(), "är tom eller bara delvis byggd"),
        (half_built, "är tom eller bara delvis byggd"),
        (lambda file: file.write_text("hej", encoding="utf-8"), "ingen hel DuckDB-databas"),
    ],
    ids=["empty", "half built", "no database"],
)
def test_a_database_that_is_not_whole_is_told_in_swedish(
    built: Project, tmp_path: Path, made: Callable[[Path], object], told: str
) -> None:
    file = tmp_path / "halv.duckdb"
    made(file)
    for command in (["why", "LKDATA"], ["render"]):
        out, error = written([BOKSLUT, *command], built.project, BOKSLUT_DATABASE=str(file))
        assert told in error.replace("\n", " "), out + error
        assert "uv run dbt build" in error.replace("\n", " ")
        assert "Error" not in error

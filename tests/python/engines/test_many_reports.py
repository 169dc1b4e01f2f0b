"""A folder of Parquet gives the same marts on PostgreSQL as on DuckDB."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import copy_project
from typer.testing import CliRunner

from bench.generate.__main__ import generate
from bokslut import load as loading
from bokslut.cli import app

from .conftest import Engines
from .test_parity import first_differences, names

FOLDER = {"printed_source": "parquet"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five reports, two with a planted contradiction."""
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, reports=5, share=0.4, seed=5)
    return folder


@pytest.fixture
def settings(postgres: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's settings in this process."""
    for name, value in postgres.items():
        monkeypatch.setenv(name, value)


def test_a_loaded_folder_gives_the_same_marts_on_postgres(
    postgres: dict[str, str], settings: None, folder: Path, tmp_path: Path
) -> None:
    both = Engines(copy_project(tmp_path), {**os.environ, **postgres})
    told = CliRunner().invoke(app, ["load", str(folder)])
    assert told.exit_code == 0, told.output
    assert "5 rapporter" in told.output
    for target in ("postgres", "dev"):
        run = both.dbt(
            target, "build", "--vars", json.dumps({**FOLDER, "printed_path": str(folder)})
        )
        assert run.code == 0, run.output[-3000:]
    # What no contract gives a type to has the engine's own.
    tables = [(schema, name) for schema, name in names(both) if schema == "marts"]
    assert len(tables) > 10
    for schema, name in tables:
        ours, theirs = both.table("dev", schema, name), both.table("postgres", schema, name)
        assert repr(ours) == repr(theirs), f"{name}: {first_differences(ours, theirs)}"
    assert len(both.table("postgres", "marts", "dim_reports").rows) == 5


def test_a_folder_with_a_fault_is_refused_and_what_was_loaded_stays(
    settings: None, folder: Path
) -> None:
    assert CliRunner().invoke(app, ["load", str(folder)]).exit_code == 0
    file = next(folder.glob("printed_personal/*/*/*.parquet"))
    sound = file.read_bytes()
    rows = pq.read_table(file, partitioning=None)
    pq.write_table(rows.drop_columns(["target"]), file)
    try:
        told = CliRunner().invoke(app, ["load", str(folder)])
    finally:
        file.write_bytes(sound)
    assert told.exit_code == 1
    assert "saknar kolumnen target; väntat är text" in told.output
    from bokslut.engines import postgres_connection

    with postgres_connection() as connection, connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {loading.SCHEMA}.reference_reports")
        assert cursor.fetchone() == (5,)

"""A folder of Parquet gives the same marts on every engine, report by report."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import ROOT, copy_project
from folders import rewrite, without
from jinja2 import Environment
from parts import require
from typer.testing import CliRunner

from bench.generate.__main__ import generate
from bokslut.cli import app
from bokslut.transcription import load as loading

from .conftest import GROUPS, Engines, free_port
from .test_parity import first_differences, names

FOLDER = {"printed_source": "parquet"}
# Two workers, each in a process of its own with a core and 1 024 MB: they share nothing but files.
MASTER = "local-cluster[2,1,1024]"
ADDED, REPLACED, REMOVED = "9001-buf-2015", "9001-buf-2017", "9001-buf-2018"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five reports, two with a planted contradiction."""
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, reports=5, share=0.4, seed=5)
    return folder


@pytest.fixture(scope="module")
def folder(generated: Path) -> Path:
    """Where the reports lie that the engines read, now these and now those."""
    return generated.with_name("tryckta tabeller å")


def before(generated: Path, folder: Path) -> None:
    """Makes the folder one of four reports."""
    rewrite(generated, folder, lambda _, rows: without(rows, ADDED))


def after(generated: Path, folder: Path) -> None:
    """Makes the folder one in which a report has come, one has changed and one is gone."""

    def later(name: str, rows: pa.Table) -> pa.Table:
        rows = without(rows, REMOVED)
        return without(rows, REPLACED) if name == "printed_beslut_och_handelser" else rows

    rewrite(generated, folder, later)


@pytest.fixture(scope="module")
def own_database(postgres: dict[str, str]) -> dict[str, str]:
    """The server's settings, with a database that no other project is built in."""
    import psycopg2

    named = {**postgres, "BOKSLUT_POSTGRES_DATABASE": "mappar"}
    connection = psycopg2.connect(
        host=postgres["BOKSLUT_POSTGRES_HOST"],
        port=postgres["BOKSLUT_POSTGRES_PORT"],
        user="bokslut",
        password=postgres["BOKSLUT_POSTGRES_PASSWORD"],
        dbname="bokslut",
    )
    connection.autocommit = True
    connection.cursor().execute("create database mappar")
    connection.close()
    return named


@pytest.fixture(scope="module")
def built(
    own_database: dict[str, str],
    generated: Path,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Engines:
    """A copy of the project that DuckDB has built on the folder as it is in the end."""
    copy = copy_project(tmp_path_factory.mktemp("folder"))
    engines = Engines(copy, {**os.environ, **own_database})
    after(generated, folder)
    run = engines.dbt("dev", "build", *of(folder))
    assert run.code == 0, run.output[-3000:]
    return engines


def of(folder: Path) -> list[str]:
    """The settings of a run that reads the folder."""
    return ["--vars", json.dumps({**FOLDER, "printed_path": str(folder)})]


def assert_same_marts(engines: Engines, target: str) -> None:
    # What no contract gives a type to has the engine's own.
    tables = [(schema, name) for schema, name in names(engines) if schema == "marts"]
    assert len(tables) > 10
    for schema, name in tables:
        ours, theirs = engines.table("dev", schema, name), engines.table(target, schema, name)
        assert repr(ours) == repr(theirs), f"{name}: {first_differences(ours, theirs)}"
    assert len(engines.table(target, "marts", "dim_reports").rows) == 4


@pytest.fixture
def settings(own_database: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's settings in this process."""
    for name, value in own_database.items():
        monkeypatch.setenv(name, value)


def test_reports_come_change_and_go_on_postgres(
    settings: None, built: Engines, generated: Path, folder: Path
) -> None:
    """A view, as builds on the seeds once made, is there before."""
    on_postgres("create schema if not exists reporting")
    on_postgres("drop view if exists reporting.rpt_indicators cascade")
    on_postgres("create view reporting.rpt_indicators as select 1 as figures")
    for change, told in ((before, "4 nya eller ändrade av 4"), (after, "2 nya eller ändrade av 4")):
        change(generated, folder)
        loaded = CliRunner().invoke(app, ["load", str(folder)])
        assert loaded.exit_code == 0, loaded.output
        assert "4 rapporter" in loaded.output
        run = built.dbt("postgres", "build", *of(folder))
        assert run.code == 0, run.output[-3000:]
        assert told in run.output
    read, there = map(int, re.findall(r"filer: (\d+) av (\d+)", loaded.output)[0])
    assert 0 < read < there
    assert_same_marts(built, "postgres")


def test_two_loads_at_once_do_not_mix(settings: None, generated: Path, folder: Path) -> None:
    """The second is refused, and can be run when the first is done."""
    after(generated, folder)
    from bokslut.engines import postgres_connection

    with postgres_connection() as connection, connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [loading.SCHEMA])
        refused = CliRunner().invoke(app, ["load", str(folder)])
        assert refused.exit_code == 1
        assert "En annan inläsning pågår" in refused.output
    assert CliRunner().invoke(app, ["load", str(folder)]).exit_code == 0


def test_a_fact_with_other_columns_keeps_its_rows(
    settings: None, built: Engines, generated: Path, folder: Path
) -> None:
    """A run of a few reports cannot make it anew: the rows of the others would be lost."""
    count = "select count(distinct report_id) from marts.fct_events"
    for number, change in enumerate((after, before)):
        change(generated, folder)
        assert CliRunner().invoke(app, ["load", str(folder)]).exit_code == 0
        if number == 0:
            run = built.dbt("postgres", "build", *of(folder))
            assert run.code == 0, run.output[-3000:]
            rows = built.from_postgres(count).rows
            on_postgres("alter table marts.fct_events add column other text")
    run = built.dbt(
        "postgres", "build", "--select", "+fct_events", "--exclude", "resource_type:test",
        *of(folder),
    )  # fmt: skip
    assert built.from_postgres(count).rows == rows
    assert run.code != 0
    assert "fct_events" in run.output
    assert "out of sync" in run.output
    on_postgres("alter table marts.fct_events drop column other")


def on_postgres(statement: str) -> None:
    """Changes something on the server."""
    from bokslut.engines import postgres_connection

    with postgres_connection() as connection, connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(scope="module")
def cluster(built: Engines) -> Iterator[Engines]:
    """The copy, and a Thrift server of Spark with the settings and the folder of the session."""
    require("Java 17", shutil.which("java"), "apt-get install openjdk-17-jre-headless")
    require("PyHive", find_spec("pyhive"), GROUPS)
    require("pyspark", spark := find_spec("pyspark"), GROUPS)
    home, port = Path(spark.origin).parent, str(free_port())
    server = subprocess.Popen(
        [
            home / "bin/spark-submit",
            "--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
            *(f"--conf={name}={value}" for name, value in settings_of_session().items()),
            f"--master={MASTER}",
            "spark-internal", "--hiveconf", "hive.server2.thrift.bind.host=127.0.0.1",
            "--hiveconf", f"hive.server2.thrift.port={port}",
        ],
        cwd=built.copy.project,
        env={**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    where = {"BOKSLUT_SPARK_HOST": "127.0.0.1", "BOKSLUT_SPARK_PORT": port}
    try:
        deadline = time.monotonic() + 120
        while not listens(port):
            assert server.poll() is None, "the Thrift server ended"
            assert time.monotonic() < deadline, "the Thrift server does not listen"
            time.sleep(0.5)
        yield Engines(built.copy, {**built.environment, **where})
    finally:
        server.terminate()
        server.wait(timeout=60)


def settings_of_session() -> dict[str, str]:
    """What the target `spark` gives Spark where the environment says nothing."""
    reader = Environment(autoescape=False)
    reader.filters["as_number"] = int
    text = (ROOT / "profiles.yml").read_text(encoding="utf-8")
    rendered = reader.from_string(text).render(env_var=lambda _, default: default)
    return yaml.safe_load(rendered)["bokslut"]["outputs"]["spark"]["server_side_parameters"]


def listens(port: str) -> bool:
    """Whether something listens to the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def test_reports_come_change_and_go_through_a_thrift_server(
    cluster: Engines, generated: Path, folder: Path
) -> None:
    # The marts are compared; the session of Spark builds what the pages read too. The seeds are the
    # same the second time.
    left_out = ["resource_type:test", "resource_type:unit_test", "path:models/reporting"]
    for change, told in ((before, "4 nya eller ändrade av 4"), (after, "2 nya eller ändrade av 4")):
        change(generated, folder)
        run = cluster.dbt("spark_thrift", "build", "--exclude", *left_out, *of(folder))
        assert run.code == 0, run.output[-3000:]
        assert told in run.output
        left_out.append("resource_type:seed")
    assert_same_marts(cluster, "spark")


def test_spark_starts_anew_after_seeds(cluster: Engines, generated: Path, folder: Path) -> None:
    """Its events are then those of the seeds; the report without any has lost no row."""
    after(generated, folder)
    without_tests = ["--exclude-resource-type", "test", "unit_test"]
    run = cluster.dbt("spark_thrift", "build", "--select", "+fct_events", *without_tests)
    assert run.code == 0, run.output[-3000:]
    select = ["--select", "+run_plan"]
    run = cluster.dbt("spark_thrift", "build", *select, *without_tests, *of(folder))
    assert run.code == 0, run.output[-3000:]
    assert "3 nya eller ändrade av 4" in run.output


def test_spark_refuses_a_folder_as_the_others_do(
    cluster: Engines, generated: Path, folder: Path
) -> None:
    after(generated, folder)
    drop_target(file := next(folder.glob("printed_personal/*/*/*.parquet")))
    run = cluster.dbt("spark_thrift", "seed", "--select", "reference_goals", *of(folder))
    assert run.code != 0
    assert f"Filen {file.relative_to(folder)} är ändrad sedan" in run.output
    after(generated, folder.with_name("a[b]"))
    run = cluster.dbt(
        "spark_thrift", "seed", "--select", "reference_goals", *of(folder.with_name("a[b]"))
    )
    assert run.code != 0
    assert "som ett mönster" in run.output


def drop_target(file: Path) -> None:
    """Takes a column out of a file."""
    pq.write_table(pq.read_table(file, partitioning=None).drop_columns(["target"]), file)


def break_off(file: Path) -> None:
    """Leaves the beginning of a file."""
    file.write_bytes(file.read_bytes()[:100])


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (drop_target, "saknar kolumnen target; väntat är text"),
        (break_off, "är ingen hel Parquetfil. Skriv om filen"),
    ],
)
def test_a_folder_with_a_fault_is_refused_and_what_was_loaded_stays(
    settings: None, generated: Path, folder: Path, damage: Callable[[Path], None], told: str
) -> None:
    after(generated, folder)
    assert CliRunner().invoke(app, ["load", str(folder)]).exit_code == 0
    damage(file := next(folder.glob("printed_personal/*/*/*.parquet")))
    refused = CliRunner().invoke(app, ["load", str(folder)])
    assert refused.exit_code == 1
    assert f"Filen {file.relative_to(folder)} {told}" in refused.output
    from bokslut.engines import postgres_connection

    with postgres_connection() as connection, connection.cursor() as cursor:
        assert loading.count(cursor, "reference_reports") == 4

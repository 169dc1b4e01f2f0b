"""`bokslut engine` says what an engine lacks, in one message that says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer
from threading import Thread

import pytest
from parts import require
from typer.testing import CliRunner

from bokslut import engines as readiness
from bokslut.cli import app

from .conftest import GROUPS, free_port


@pytest.fixture
def server(postgres: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name, value in postgres.items():
        monkeypatch.setenv(name, value)
    return postgres


def refused(target: str, *words: str) -> None:
    """The target is refused with a single line that holds each of the words."""
    with pytest.raises(readiness.EngineNotReady) as failure:
        readiness.ready(target)
    message = str(failure.value)
    assert "\n" not in message
    missing = [word for word in words if word not in message]
    assert not missing, message


def test_a_server_that_lets_us_build_is_ready(server: dict[str, str]) -> None:
    assert "får bygga i databasen bokslut" in readiness.ready("postgres")


def test_a_server_that_is_not_running(server, monkeypatch: pytest.MonkeyPatch) -> None:
    port = str(free_port())
    monkeypatch.setenv("BOKSLUT_POSTGRES_PORT", port)
    refused("postgres", f"svarar på 127.0.0.1:{port}", "Starta servern", "BOKSLUT_POSTGRES_PORT")


class OtherService(StreamRequestHandler):
    """Speaks first, as a mail server does."""

    def handle(self) -> None:
        self.wfile.write(b"220 mail\r\n")
        self.rfile.read(1)


def test_a_port_that_something_else_has_taken(server, monkeypatch: pytest.MonkeyPatch) -> None:
    with TCPServer(("127.0.0.1", 0), OtherService) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        monkeypatch.setenv("BOKSLUT_POSTGRES_PORT", port := str(other.server_address[1]))
        refused("postgres", f"127.0.0.1:{port} svarar något annat än PostgreSQL", "en annan port")
        other.shutdown()


@pytest.mark.parametrize(("target", "name"), [("postgres", "POSTGRES"), ("spark_thrift", "SPARK")])
@pytest.mark.parametrize("port", ["femtio", "-1", "70000", ""])
def test_a_port_that_is_none(
    server, monkeypatch: pytest.MonkeyPatch, target: str, name: str, port: str
) -> None:
    monkeypatch.setenv(f"BOKSLUT_{name}_PORT", port)
    require("PyHive", find_spec("pyhive"), GROUPS)
    refused(target, f"BOKSLUT_{name}_PORT är '{port}'", "väntat är ett portnummer")


def test_a_wrong_password(server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOKSLUT_POSTGRES_PASSWORD", "fel")
    refused("postgres", "godtar inte lösenordet för bokslut", "BOKSLUT_POSTGRES_PASSWORD")


def test_a_database_that_is_not_there(server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOKSLUT_POSTGRES_DATABASE", "borta")
    refused("postgres", "Databasen borta finns inte", "createdb borta")


@pytest.fixture
def reader(server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import psycopg2

    def admin(statement: str) -> None:
        with psycopg2.connect(
            host="127.0.0.1",
            port=server["BOKSLUT_POSTGRES_PORT"],
            user="bokslut",
            password=server["BOKSLUT_POSTGRES_PASSWORD"],
            dbname="bokslut",
        ) as connection:
            connection.cursor().execute(statement)

    admin("create user reader password 'hemligt'")
    admin("create schema if not exists marts")
    monkeypatch.setenv("BOKSLUT_POSTGRES_USER", "reader")
    yield
    admin("drop user reader")


@pytest.mark.usefixtures("reader")
def test_a_user_without_the_right_to_write() -> None:
    refused("postgres", "reader får inte skriva i", "marts", "grant", "to reader")


def test_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    require("dbt-spark", find_spec("dbt.adapters.spark"), "uv sync --group spark")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    refused("spark", "Java saknas", "apt-get install openjdk-17-jre-headless")


def test_a_metastore_that_another_run_holds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    require("dbt-spark", find_spec("dbt.adapters.spark"), "uv sync --group spark")
    require("Java 17", shutil.which("java"), "apt-get install openjdk-17-jre-headless")
    monkeypatch.setenv("BOKSLUT_SPARK_FOLDER", str(tmp_path))
    log = tmp_path / "metastore_db/log/log1.dat"
    log.parent.mkdir(parents=True)
    assert "är ledig" in readiness.ready("spark")
    with log.open("w"):
        refused("spark", "använder redan", "metastore_db", "BOKSLUT_SPARK_FOLDER")


def test_a_group_that_is_not_installed() -> None:
    with pytest.raises(readiness.EngineNotReady, match="uv run --group postgres dbt build"):
        readiness.needs_group("postgres", "dbt.adapters.not_there")


def test_a_target_that_is_not_there() -> None:
    refused("oracle", "Målet oracle finns inte", "spark_thrift")


def test_the_command_tells_it_on_one_line() -> None:
    run = CliRunner().invoke(app, ["engine", "oracle"])
    assert run.exit_code == 2
    assert run.output.strip().startswith("Målet oracle finns inte")
    assert CliRunner().invoke(app, ["engine", "dev"]).exit_code == 0

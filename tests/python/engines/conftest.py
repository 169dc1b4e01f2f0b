"""One project, built by every engine: DuckDB, a PostgreSQL of its own, and Spark in a session."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from conftest import COLOUR, Project, Run, copy_project, warm_dbt
from parts import require

TARGETS = ("dev", "postgres", "spark")
GROUPS = "uv sync --group postgres --group spark --group spark-cluster"

Row = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """A table as an engine gives it: its columns, and its rows in the order of their texts."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Engines:
    """A copy of the project that builds on each engine, and reads back what it built."""

    copy: Project
    environment: dict[str, str]

    def dbt(self, target: str, *arguments: str) -> Run:
        """Runs dbt on an engine, with a folder of its own for what it compiles."""
        folders = ("--target", target, "--target-path", f"target/{target}")
        code, output = warm_dbt().run(self.copy.project, (*arguments, *folders), self.environment)
        return Run(code, COLOUR.sub("", output))

    def table(self, target: str, schema: str, name: str) -> Table:
        """One table of an engine. Spark's is read from its Parquet files, without Spark."""
        if target == "postgres":
            return self.from_postgres(f"select * from {schema}.{name}")
        if target == "spark":
            files = self.copy.project / f"spark/warehouse/{schema}.db/{name}/*.parquet"
            return from_duckdb(":memory:", f"select * from '{files}'")
        return self.from_file(f"select * from {schema}.{name}")

    def from_file(self, query: str) -> Table:
        """The rows of a query on DuckDB."""
        return from_duckdb(str(self.copy.database), query)

    def from_postgres(self, query: str) -> Table:
        """The rows of a query on PostgreSQL."""
        import psycopg2

        with psycopg2.connect(
            host=self.environment["BOKSLUT_POSTGRES_HOST"],
            port=self.environment["BOKSLUT_POSTGRES_PORT"],
            user="bokslut",
            password=self.environment["BOKSLUT_POSTGRES_PASSWORD"],
            dbname=self.environment["BOKSLUT_POSTGRES_DATABASE"],
        ) as connection:
            cursor = connection.cursor()
            cursor.execute(query)
            return table(cursor.description, cursor.fetchall())


def table(description: list[tuple[object, ...]], rows: list[Row]) -> Table:
    """A table of a cursor's answer."""
    return Table(tuple(str(column[0]) for column in description), tuple(sorted(rows, key=repr)))


def from_duckdb(database: str, query: str) -> Table:
    """The rows of a query on a DuckDB file."""
    with duckdb.connect(database, read_only=database != ":memory:") as connection:
        cursor = connection.execute(query)
        return table(cursor.description, cursor.fetchall())


def free_port() -> int:
    """A port that nothing listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_ordinary_user(*command: str | Path) -> None:
    """Runs a program of PostgreSQL, which refuses to be run by root."""
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*before, *command], check=True, capture_output=True, timeout=60, cwd="/")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A PostgreSQL that sorts text as Swedish does, and its settings."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    require("PostgreSQL", folders, "apt-get install postgresql")
    require("dbt-postgres", find_spec("dbt.adapters.postgres"), GROUPS)
    programs = folders[-1]
    # Not among pytest's own folders, which another user may not enter.
    made = subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True)
    folder = Path(made.stdout.strip())
    (folder / "password").write_text("hemligt")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(folder / "password", "postgres")
    data, port = folder / "data", free_port()
    try:
        as_ordinary_user(
            programs / "initdb", f"--pgdata={data}", "--username=bokslut", "--encoding=UTF8",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=sv-SE",
            "--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync",
        )  # fmt: skip
        as_ordinary_user(
            programs / "pg_ctl", f"--pgdata={data}", "--wait", f"--log={folder / 'log'}",
            f"--options=-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off", "start",
        )  # fmt: skip
        settings = {
            "BOKSLUT_POSTGRES_HOST": "127.0.0.1",
            "BOKSLUT_POSTGRES_PORT": str(port),
            "BOKSLUT_POSTGRES_PASSWORD": "hemligt",
            "BOKSLUT_POSTGRES_DATABASE": "bokslut",
        }
        subprocess.run(
            [programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "bokslut", "bokslut"],
            env={**os.environ, "PGPASSWORD": "hemligt"},
            check=True,
            capture_output=True,
        )
        yield settings
    finally:
        if (data / "postmaster.pid").exists():
            as_ordinary_user(programs / "pg_ctl", f"--pgdata={data}", "--mode=immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def engines(postgres: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """A copy of the project, with texts for the parser, that has been built by every engine."""
    require("Java 17", shutil.which("java"), "apt-get install openjdk-17-jre-headless")
    require("dbt-spark", find_spec("dbt.adapters.spark"), GROUPS)
    copy = copy_project(tmp_path_factory.mktemp("engines"))
    write_corpus(copy)
    keep_reports_of_spark(copy)
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DBT_", "BOKSLUT_")) or name == "BOKSLUT_REQUIRE_ALL"
    }
    built = Engines(copy, {**inherited, **postgres})
    for target in TARGETS:
        run = built.dbt(target, "build")
        assert run.code == 0, f"{target}: {run.output[-3000:]}"
        assert "WARN=0" in run.output
    return built


CORPUS = """\
-- One row per text: what the parser makes of it, and its number in Swedish.
{{ config(materialized='table', schema='marts', contract={'enforced': false}, access='protected') }}

{%- set texts = TEXTS %}

with corpus as (
    select * from (
        values
        {%- for text in texts %}
        ({{ loop.index }}, {{
            spark_literal(text) if target.type == 'spark' else dbt.string_literal(
                dbt.escape_single_quotes(text)
            )
        }}){{ ',' if not loop.last }}
        {%- endfor %}
    ) as listed (text_no, text)
),

parsed as (
    {{ parse_swedish_number('corpus', 'text') }}
)

select
    text_no,
    text,
    number_text,
    number_value,
    number_decimals,
    number_rounding_step,
    number_operator,
    number_unit_of_measure,
    {{ swedish_number('number_value') }} as number_sv,
    {{ whole_number('text') }} as whole_number
from parsed
"""


def write_corpus(copy: Project) -> None:
    """Adds a mart to the copy: what the parser makes of texts that a seed file may not hold."""
    model = copy.project / "models/corpus_parsed.sql"
    model.write_text(CORPUS.replace("TEXTS", ascii(corpus())), encoding="utf-8")


def keep_reports_of_spark(copy: Project) -> None:
    """Makes tables of the reports on Spark in the copy: their files are readable without Spark."""
    settings = copy.project / "dbt_project.yml"
    before, name, after = settings.read_text(encoding="utf-8").partition("+schema: reporting\n")
    kind = "\"{{ 'table' if target.type == 'spark' else 'view' }}\""
    after = after.replace("+materialized: view", f"+materialized: {kind}", 1)
    settings.write_text(before + name + after, encoding="utf-8")


def corpus() -> list[str]:
    """Texts as a scan may give them: numbers, damaged numbers, and what only looks like one."""
    by_hand = [
        "5\n", "\n5", "5\t", "\t5", "5\v", "5\f", "5\u0085", "5\u2028", "5\u3000",
        "\ufeff5", "5\u200b", "5\n\n", "1\n044", "5%\n", "<5%\n", "5'", 'a"b', "5\\", "\\5",
        "a\\n", "%s", "100 %%", "{5}", "$5", "None", "nan", "Infinity", "true",
        "0x10", "1e3", "1_000", "\uff15", "\u0665", "\u00b2", "\u00bd", "\u2164", "O",
        "l", "5-", "å", "Å", "a\u030a", "😀", "😀5", "5😀", "-0", "-0,0", "+0", "999999999999",
        "999999999999,999999", "0,000001", "-0,000001", "1000000,5", "123456,789",
    ]  # fmt: skip
    chance = random.Random(2020)
    letters = "0123456789" * 3 + " ,.-+%<>=" * 2 + "\u00a0\u202f\u2009–−‐≤≥tkrmnI.UOl\t\n'\\"
    drawn = ["".join(chance.choices(letters, k=chance.randint(1, 9))) for _ in range(1500)]
    numbers = [
        chance.choice(["", "-", "−", "–", "+", "<", ">= "])
        + chance.choice(["{:d}", "{:,d}", "{:,d},5", "{:d}.25", "{:,d} %", "{:d}tkr", "{:,d} mnkr"])
        .format(chance.randrange(10 ** chance.randint(1, 10)))
        .replace(",", chance.choice([" ", "\u00a0", ",", ""]), 3)
        for _ in range(500)
    ]
    return ["", " ", *by_hand, *drawn, *numbers]

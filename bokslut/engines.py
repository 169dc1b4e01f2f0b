"""Is an engine ready to be built on? One message that says what to do where it is not.

dbt meets a missing server, right or program halfway into a run, and tells it in the engine's own
words, once for each model. Here each need is tried first, in the order in which one needs another.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bokslut.database import SCHEMAS

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

JAVA = 17
GUIDE = "Se docs/engines.md."


class EngineNotReady(RuntimeError):
    """The engine cannot be built on; the message says what is missing and what to do about it."""


def ready(target: str) -> str:
    """Tries what a build on the target needs, and says in Swedish what was found.

    Args:
        target: a target of profiles.yml: `dev`, `postgres`, `spark` or `spark_thrift`.

    Raises:
        EngineNotReady: something is missing; the first of it, and what to do.
    """
    checks = {
        "dev": lambda: "DuckDB behöver ingenting mer.",
        "postgres": postgres,
        "spark": spark,
        "spark_thrift": spark_thrift,
    }
    if target not in checks:
        raise EngineNotReady(f"Målet {target} finns inte. De som finns: {', '.join(checks)}.")
    return checks[target]()


def postgres() -> str:
    """Tries the server, the login, the database and the right to write every schema."""
    host, port = setting("POSTGRES_HOST", "localhost"), port_of("POSTGRES_PORT", "5432")
    user, database = setting("POSTGRES_USER", "bokslut"), setting("POSTGRES_DATABASE", "bokslut")
    connection = postgres_connection()
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "select has_database_privilege(current_database(), 'CREATE'),"
            " coalesce((select string_agg(nspname, ', ' order by nspname) from pg_namespace"
            " where nspname = any(%s) and not has_schema_privilege(oid, 'CREATE,USAGE')), ''),"
            " (select count(*) from pg_namespace where nspname = any(%s)),"
            " coalesce((select string_agg(distinct tableowner, ', ') from pg_tables"
            " where schemaname = any(%s) and not pg_has_role(tableowner, 'USAGE')), '')",
            [list(SCHEMAS), list(SCHEMAS), list(SCHEMAS)],
        )
        may_create, closed, there, owners = cursor.fetchone()
    connection.close()
    if closed:
        raise EngineNotReady(
            f"Användaren {user} får inte skriva i {closed}. Be den som äger databasen: "
            f"grant all on schema {closed} to {user}. {GUIDE}"
        )
    if owners:
        raise EngineNotReady(
            f"Tabellerna ägs av {owners}, så {user} kan inte ersätta dem. Bygg som "
            f"{owners}, eller be ägaren: grant {owners} to {user}. {GUIDE}"
        )
    if there < len(SCHEMAS) and not may_create:
        raise EngineNotReady(
            f"Användaren {user} får inte skapa scheman i databasen {database}. Be den som "
            f"äger den: grant create on database {database} to {user}. {GUIDE}"
        )
    return f"PostgreSQL svarar på {host}:{port}, och {user} får bygga i databasen {database}."


def postgres_connection() -> Connection:
    """A connection with the settings of the target `postgres`. Raises EngineNotReady."""
    needs_group("postgres", "dbt.adapters.postgres")
    import psycopg2

    host, port = setting("POSTGRES_HOST", "localhost"), port_of("POSTGRES_PORT", "5432")
    user, database = setting("POSTGRES_USER", "bokslut"), setting("POSTGRES_DATABASE", "bokslut")
    try:
        return psycopg2.connect(
            host=host,
            port=port,
            user=user,
            password=setting("POSTGRES_PASSWORD", ""),
            dbname=database,
            sslmode=setting("POSTGRES_SSLMODE", "prefer"),
            connect_timeout=10,
        )
    except psycopg2.OperationalError as failure:
        raise EngineNotReady(login_refused(str(failure), host, port, user, database)) from failure


def login_refused(failure: str, host: str, port: int, user: str, database: str) -> str:
    """What to do about a login that PostgreSQL, or the network before it, refused."""
    if "password authentication failed" in failure or "no password supplied" in failure:
        return (
            f"PostgreSQL på {host}:{port} godtar inte lösenordet för {user}. Ange det i "
            f"BOKSLUT_POSTGRES_PASSWORD, och användaren i BOKSLUT_POSTGRES_USER. {GUIDE}"
        )
    if f'database "{database}" does not exist' in failure:
        return (
            f"Databasen {database} finns inte på {host}:{port}. Skapa den (createdb {database}), "
            f"eller ange en annan i BOKSLUT_POSTGRES_DATABASE. {GUIDE}"
        )
    if "Connection refused" in failure or "timeout" in failure or "could not translate" in failure:
        return (
            f"Ingen PostgreSQL svarar på {host}:{port}. Starta servern, eller ange var den är i "
            f"BOKSLUT_POSTGRES_HOST och BOKSLUT_POSTGRES_PORT. {GUIDE}"
        )
    if "invalid response" in failure:
        return (
            f"På {host}:{port} svarar något annat än PostgreSQL: porten är upptagen. Starta "
            f"servern på en annan port, och ange den i BOKSLUT_POSTGRES_PORT. {GUIDE}"
        )
    return f"PostgreSQL på {host}:{port} släppte inte in {user}: {failure.strip()}. {GUIDE}"


def spark() -> str:
    """Tries Java, the folder of the session, and that no other run holds its metastore."""
    needs_group("spark", "dbt.adapters.spark", "pyspark")
    version = java_version()
    if version is None:
        raise EngineNotReady(
            f"Java saknas, och Spark behöver Java {JAVA} eller senare: "
            f"apt-get install openjdk-{JAVA}-jre-headless. {GUIDE}"
        )
    if version < JAVA:
        raise EngineNotReady(
            f"Java {version} är för gammalt; Spark behöver {JAVA} eller senare. Ange det rätta i "
            f"JAVA_HOME. {GUIDE}"
        )
    folder = Path(setting("SPARK_FOLDER", "spark"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise EngineNotReady(
            f"Mappen {folder} går inte att skapa ({failure.strerror}). Ange en annan i "
            f"BOKSLUT_SPARK_FOLDER. {GUIDE}"
        ) from failure
    if not os.access(folder, os.W_OK):
        raise EngineNotReady(
            f"Mappen {folder} går inte att skriva i. Ange en annan i BOKSLUT_SPARK_FOLDER. {GUIDE}"
        )
    if holder := metastore_holder(folder / "metastore_db"):
        raise EngineNotReady(
            f"Process {holder} använder redan {folder}/metastore_db, och bara en körning "
            f"i taget får det. Vänta tills den är klar, eller ange en egen mapp i "
            f"BOKSLUT_SPARK_FOLDER. {GUIDE}"
        )
    return f"Java {version} finns, och {folder} är ledig."


def spark_thrift() -> str:
    """Tries that something answers where the Thrift server should be."""
    needs_group("spark-cluster", "dbt.adapters.spark", "pyhive", target="spark_thrift")
    host, port = setting("SPARK_HOST", "localhost"), port_of("SPARK_PORT", "10000")
    try:
        socket.create_connection((host, port), timeout=10).close()
    except OSError as failure:
        raise EngineNotReady(
            f"Ingen Thrift-server svarar på {host}:{port}. Starta den, eller ange var den är i "
            f"BOKSLUT_SPARK_HOST och BOKSLUT_SPARK_PORT. {GUIDE}"
        ) from failure
    return f"En server svarar på {host}:{port}."


def needs_group(group: str, *modules: str, target: str | None = None) -> None:
    """Raises where a module of a dependency group is not installed."""
    for module in modules:
        try:
            found = find_spec(module)
        except ModuleNotFoundError:  # its parent package is not there either
            found = None
        if not found:
            raise EngineNotReady(
                f"Beroendegruppen {group} är inte installerad. Kör med den: "
                f"uv run --group {group} dbt build --target {target or group}. {GUIDE}"
            )


def java_version() -> int | None:
    """The major version of the Java that Spark would start; none where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else shutil.which("java")
    if not java or not Path(java).is_file():
        return None
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found.group(1)) if found else None


def metastore_holder(metastore: Path) -> int | None:
    """The process that has the Derby metastore open; none where it is free or not there yet."""
    held = str((metastore / "log").resolve())
    for process in Path("/proc").glob("[0-9]*"):
        if any(file.startswith(held) for file in open_files(process)):
            return int(process.name)
    return None


def open_files(process: Path) -> Iterator[str]:
    """The files that a process has open, as far as we may see them."""
    with suppress(OSError):
        for file in (process / "fd").iterdir():
            with suppress(OSError):  # closed since it was listed
                yield os.readlink(file)


def port_of(name: str, default: str) -> int:
    """A setting that is a port. Raises EngineNotReady where it is no number of a port."""
    text = setting(name, default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise EngineNotReady(
            f"BOKSLUT_{name} är {text!r}; väntat är ett portnummer, till exempel {default}. {GUIDE}"
        )
    return int(text)


def setting(name: str, default: str) -> str:
    """A setting from the environment, as profiles.yml reads it."""
    return os.environ.get(f"BOKSLUT_{name}", default)

"""dbt in a copy of the project that is thrown away, quietly and in this process."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

COPIED = ("models", "macros", "seeds", "tests", "analyses", "docs")
FILES = ("dbt_project.yml", "profiles.yml")
PARSE = Path("target/partial_parse.msgpack")
DATABASE = "bokslut.duckdb"
OPTIONS = ("--quiet", "--no-use-colors", "--log-level-file", "none", "--no-write-json")

Told = Callable[[str, int, int], None]


class NotBuilt(RuntimeError):
    """dbt could not begin, or what was asked of it was not made; the message says why."""


@contextlib.contextmanager
def copy_of(project: Path) -> Iterator[Path]:
    """A copy of what a build needs, with dbt's parse of the last build where there is one."""
    with tempfile.TemporaryDirectory(prefix="bokslut-") as folder:
        copy = Path(folder)
        ignore = shutil.ignore_patterns("python", "__pycache__", "images")
        for name in COPIED:
            if (project / name).is_dir():
                shutil.copytree(project / name, copy / name, ignore=ignore)
        files = [name for name in (*FILES, PARSE) if name in FILES or (project / name).is_file()]
        (copy / PARSE).parent.mkdir()
        for name in files:
            shutil.copyfile(project / name, copy / name)
        yield copy


def run(copy: Path, told: Callable[[int, int], None], *commands: tuple[str, ...]) -> list[Any]:
    """Runs dbt's commands in a copy, whatever fails in them; the results of all, node by node.

    The database has its usual name, whatever is set: dbt's parse holds only as long as nothing of
    the profile differs.

    Raises NotBuilt: a command could not begin.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    kept = {k: v for k, v in os.environ.items() if k.startswith(("DBT_", "BOKSLUT_"))}
    here, heard, manifest = Path.cwd(), io.StringIO(), None
    made = []
    try:
        for key in kept:
            del os.environ[key]
        os.chdir(copy)
        for step, command in enumerate([("parse",), *commands]):
            told(step, len(commands) + 1)
            with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
                done = dbtRunner(manifest).invoke([*command, *OPTIONS])
            if done.result is None:
                raise NotBuilt(f"{done.exception or heard.getvalue()}".strip())
            if manifest:
                made += done.result.results
            else:
                manifest = done.result
    finally:
        DuckDBConnectionManager.close_all_connections()
        os.chdir(here)
        os.environ.update(kept)
    return made


def broken(made: list[Any]) -> dict[str, str]:
    """The seeds and models that could not be made, and why."""
    failed = (done for done in made if done.status == "error")
    return {done.node.name: " ".join(done.message.split()) for done in failed}

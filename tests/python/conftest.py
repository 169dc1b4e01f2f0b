"""A real build of the project, made once, and copies of it to damage."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[2]
DBT = Path(sys.executable).with_name("dbt")
# They share a build on every engine.
ON_ALL_ENGINES = ("engines/test_parity.py", "engines/test_sound_after_failure.py")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Run:
    """What one dbt command printed, and its exit code."""

    code: int
    output: str

    def lines(self, word: str) -> list[str]:
        """The printed lines that hold the word."""
        return [line for line in self.output.splitlines() if word in line]


@dataclass(frozen=True)
class Project:
    """A copy of the project with a database of its own."""

    project: Path

    @property
    def database(self) -> Path:
        return self.project / "bokslut.duckdb"

    @property
    def target(self) -> Path:
        return self.project / "target"

    def dbt(self, *arguments: str) -> Run:
        """Runs dbt in the copy, as a user would, and gives what it printed without colours."""
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "BOKSLUT_D"))
        }
        done = subprocess.run(
            [DBT, *arguments],
            cwd=self.project,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Run(done.returncode, COLOUR.sub("", done.stdout + done.stderr))

    def cell(self, seed: str, row: int, column: str, text: str) -> None:
        """Writes another text into one cell of a seed; `row` counts from 1."""

        def change(rows: list[dict[str, str]]) -> None:
            rows[row - 1][column] = text

        self.rows(seed, change)

    def rows(self, seed: str, change: Callable[[list[dict[str, str]]], None]) -> None:
        """Changes the rows of a seed in place."""
        (file,) = self.project.glob(f"seeds/*/{seed}.csv")
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            rows, names = list(reader), list(reader.fieldnames or [])
        change(rows)
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


class BuiltOnce(LoadFileScheduling):
    """One group a file, since a file shares what it builds; so do the files on all engines."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "engines" if file.endswith(ON_ALL_ENGINES) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BuiltOnce:
    return BuiltOnce(config, log)


def tracked_files() -> list[Path]:
    """The project's own files: tracked by git, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return [Path(name) for name in listed if name and (ROOT / name).is_file()]


def copy_project(folder: Path) -> Project:
    """A copy of the project's own files, without anything built."""
    for file in tracked_files():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, folder / file)
    return Project(folder)


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Run]:
    """A copy of the project and what its `dbt build` printed."""
    project = copy_project(tmp_path_factory.mktemp("built"))
    return project, project.dbt("build")


@pytest.fixture(scope="session")
def built(build: tuple[Project, Run]) -> Project:
    """A copy of the project that has been built."""
    project, run = build
    assert run.code == 0, run.output
    return project


@pytest.fixture
def copy(built: Project, tmp_path: Path) -> Project:
    """A copy to damage; it starts from the built one's parse, which saves its time."""
    project = copy_project(tmp_path)
    (tmp_path / "target").mkdir()
    shutil.copyfile(
        built.target / "partial_parse.msgpack", tmp_path / "target/partial_parse.msgpack"
    )
    return project

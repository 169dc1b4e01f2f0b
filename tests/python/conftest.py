"""A real build of the project, made once, and copies of it to damage."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import duckdb
import pytest
from parts import REQUIRE_ALL
from warm_dbt import WarmDbt, without_settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

ROOT = Path(__file__).parents[2]
DBT = Path(sys.executable).with_name("dbt")
# They share a build on every engine.
ON_ALL_ENGINES = ("engines/test_parity.py", "engines/test_sound_after_failure.py")
LONG = ("test_any_report.py", "transcription/test_check.py")
LEFT_OUT_OF_BUILDS = {
    "DBT_WRITE_JSON": "false",
    "DBT_LOG_LEVEL_FILE": "none",
    "DBT_EXCLUDE_RESOURCE_TYPES": "unit_test",
}
# The processes that tests start need not compile what others did.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
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

    def copied(self, folder: Path) -> Project:
        """A copy of it with all that was built, to damage."""
        shutil.copytree(self.project, folder)
        return Project(folder)

    def dbt(self, *arguments: str, **settings: str) -> Run:
        """Runs dbt in the copy, as a user would, and gives what it printed without colours.

        What takes half of its time is left out unless a setting asks for it: the manifest, the log,
        and the unit tests, which read no seed; the shared build, a user's, has run them.
        """
        environment = without_settings() | LEFT_OUT_OF_BUILDS | settings
        code, output = warm_dbt().run(self.project, arguments, environment)
        return Run(code, COLOUR.sub("", output))

    def dbt_of_a_user(self, *arguments: str, **settings: str) -> Run:
        """The same by the command itself, which takes twice the time."""
        done = subprocess.run(
            [DBT, *arguments],
            cwd=self.project,
            env=without_settings() | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Run(done.returncode, COLOUR.sub("", done.stdout))

    def messages(self, test: str) -> list[str]:
        """All that a test has to say of what was built; a run prints ten lines of it."""
        (file,) = self.target.glob(f"compiled/**/{test}.sql")
        query = f"select message_sv from ({file.read_text(encoding='utf-8')})"
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return [message for (message,) in connection.execute(query).fetchall()]

    def cell(self, seed: str, row: int, column: str, text: str) -> None:
        """Writes another text into one cell of a seed; `row` counts from 1."""

        def change(rows: list[dict[str, str]]) -> None:
            rows[row - 1][column] = text

        self.rows(seed, change)

    def keep(self, report_id: str) -> None:
        """Leaves no other report's rows in the seeds."""
        for file in self.project.glob("seeds/*/*.csv"):

            def drop_others(rows: list[dict[str, str]]) -> None:
                rows[:] = [row for row in rows if row.get("report_id", report_id) == report_id]

            self.rows(file.stem, drop_others)

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process makes the build, for the file that takes longest, while the other has what needs
    none; then the next in length, so that short files are left for the end."""
    all_parts = os.environ.get(REQUIRE_ALL) == "1"
    first, second = (ON_ALL_ENGINES, LONG) if all_parts else (LONG[:1], LONG[1:])
    builds = {item.path for item in items if "build" in getattr(item, "fixturenames", ())}

    def place(item: pytest.Item) -> int:
        file = item.path.as_posix()
        if file.endswith(first):
            return 0
        if item.path not in builds:
            return 1
        return 2 if file.endswith(second) else 3

    items.sort(key=place)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BuiltOnce:
    return BuiltOnce(config, log)


LEFT_OUT = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Where all parts are required, nothing is left out for being slow either."""
    config.stash[LEFT_OUT] = set()
    if os.environ.get(REQUIRE_ALL) == "1" and config.option.markexpr == "not slow":
        config.option.markexpr = ""


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Keeps what is left out for being slow, without the parameters."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.config.stash[LEFT_OUT].add(item.nodeid.partition("[")[0])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells the process that prints what it left out; all workers leave out the same."""
    if warm_dbt.cache_info().currsize:
        warm_dbt().end()
    if told := getattr(session.config, "workeroutput", None):
        told["left_out"] = sorted(session.config.stash[LEFT_OUT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController, error: object) -> None:
    """The process that prints takes what a worker left out."""
    node.config.stash[LEFT_OUT] |= set(getattr(node, "workeroutput", {}).get("left_out", []))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Says what was left out for being slow, and how to run it."""
    if names := sorted(config.stash[LEFT_OUT]):
        terminalreporter.section("left out for being slow")
        for name in names:
            terminalreporter.line(name)
        terminalreporter.line(
            f"To run them: uv run pytest -m slow; with all others: {REQUIRE_ALL}=1 uv run pytest"
        )


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


@cache
def warm_dbt() -> WarmDbt:
    """The process of this worker that dbt is forked from."""
    return WarmDbt(PARSED[-1])


PARSED = [ROOT]
"""Projects that are sound; the last has been parsed, which saves that process its time."""


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made once a run, whichever worker comes first; what is in it is for reading.

    Args:
        factory: pytest's own.
        name: of the folder.
        make: fills it; it is there and empty.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    base = factory.getbasetemp().parent if is_worker else factory.getbasetemp()
    folder, lock = base / name, base / f"{name}.lock"
    with lock.open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not lock.stat().st_size:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            held.write("made")
    return folder


def copy_built(built: Project, folder: Path) -> Project:
    """A copy of the project with the database and the parse of the built one."""
    project = copy_project(folder)
    project.target.mkdir()
    for file in (built.database, built.target / "partial_parse.msgpack"):
        shutil.copyfile(file, folder / file.relative_to(built.project))
    return project


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Run]:
    """A copy of the project and what its `dbt build`, run as a user does, printed."""

    def make(folder: Path) -> None:
        run = copy_project(folder).dbt_of_a_user("build")
        (folder / "run.json").write_text(json.dumps(asdict(run)), encoding="utf-8")

    folder = once(tmp_path_factory, "built", make)
    return Project(folder), Run(**json.loads((folder / "run.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def built(build: tuple[Project, Run]) -> Project:
    """A copy of the project that has been built; for reading only, since all tests share it."""
    project, run = build
    assert run.code == 0, run.output
    PARSED.append(project.project)
    return project


@pytest.fixture(scope="session")
def little(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with some of the built one's tables, for what publishes over and over."""
    tables = ("marts.dim_units", "marts.fct_results", "marts.fct_printed_figures")

    def make(folder: Path) -> None:
        with duckdb.connect(str(folder / "bokslut.duckdb")) as connection:
            connection.execute(f"attach '{built.database}' as whole (read_only)")
            connection.execute("create schema marts; create schema reporting")
            for table in tables:
                connection.execute(f"create table {table} as select * from whole.{table}")
            connection.execute("create view reporting.rpt_units as select * from marts.dim_units")

    return once(tmp_path_factory, "little", make) / "bokslut.duckdb"


@pytest.fixture(scope="session")
def new_copy(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Makes a copy to damage; it starts from the built one's parse, which saves its time."""

    def made(folder: Path | None = None) -> Project:
        project = copy_project(folder or tmp_path_factory.mktemp("copy"))
        project.target.mkdir()
        parsed = "partial_parse.msgpack"
        shutil.copyfile(built.target / parsed, project.target / parsed)
        return project

    return made


@pytest.fixture(scope="session")
def typed(new_copy: Callable[..., Project], tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy with a report of another municipality, and all that CONTRIBUTING.md's recipes add,
    sealed and built once; for reading only."""
    from test_any_report import type_report
    from test_recipes import follow_recipes

    def make(folder: Path) -> None:
        copy = new_copy(folder / "project")
        type_report(copy)
        follow_recipes(copy)
        sealed = subprocess.run(
            [DBT.with_name("bokslut"), "seal"],
            cwd=copy.project,
            # The print is another than the document's, which would otherwise refuse it.
            env=without_settings(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert sealed.returncode == 0, sealed.stderr
        run = copy.dbt("build")
        assert run.code == 0, run.output

    return Project(once(tmp_path_factory, "typed", make) / "project")


@pytest.fixture
def copy(new_copy: Callable[[], Project]) -> Project:
    """A copy to damage in one test."""
    return new_copy()

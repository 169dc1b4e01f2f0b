"""Faults of builds and of editions, each really done.

After each fault the current edition is whole and the next build works. "Publishing" is the step
after dbt, run alone on a little database (publishing.py), so that many faults can be afforded; six
of the fifty kills, a full disk and the lock meet a whole `bokslut build`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import Project, copy_project
from parts import require
from publishing import publish_once
from typer.testing import CliRunner
from warehouse import Warehouse, settings

from bokslut import database
from bokslut.cli import app
from bokslut.publishing import edition, publish

DRIVER = Path(__file__).with_name("publishing.py")
KILLS_OF_PUBLISHING, KILLS_OF_BUILDS = 44, 6


@pytest.fixture
def root(little: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one edition, of which the commands are told."""
    folder = tmp_path / "published"
    publish_once(folder, little, "one")
    monkeypatch.setenv("BOKSLUT_PUBLISHED", str(folder))
    monkeypatch.delenv("BOKSLUT_DATABASE", raising=False)
    return folder


@pytest.fixture(scope="module")
def warehouse(little: Path, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A copy of the project, and a folder with an edition."""
    folder = tmp_path_factory.mktemp("faults")
    publish_once(folder / "published", little, "one")
    return Warehouse(copy_project(folder / "project").project, folder / "published")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own: 96 MiB, room for some editions."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96m", "bokslut-test", folder], check=False
    )
    require("a tmpfs of its own", mounted.returncode == 0, "run as root, with CAP_SYS_ADMIN")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def is_whole(folder: Path) -> bool:
    """Whether there is a current edition, it verifies, and a reader can read it."""
    found = edition.current(publish.real(folder))
    assert found, "no current edition"
    assert edition.damages(found) == []
    with database.connect(found / "bokslut.duckdb") as connection:
        rows = connection.execute("select count(*) from marts.fct_results").fetchone()
    return rows is not None and rows[0] > 0


@pytest.mark.slow
def test_a_publishing_killed_at_any_moment_leaves_a_whole_edition(
    little: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "utgåvor d'or"
    arguments = ["killed", str(folder), str(little), "2020", str(KILLS_OF_PUBLISHING)]
    done = subprocess.run(
        [sys.executable, DRIVER, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kills = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(kills) == KILLS_OF_PUBLISHING
    assert sum(kill["killed"] for kill in kills) > KILLS_OF_PUBLISHING / 2
    assert [kill for kill in kills if kill["damages"] or kill["next"]] == []
    assert len(edition.folders(folder)) <= 3
    assert is_whole(folder)


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_edition_in_force(warehouse: Warehouse) -> None:
    start = time.monotonic()
    assert warehouse.bokslut("build").code == 0
    usual = time.monotonic() - start
    before = edition.current(warehouse.root)
    moments = random.Random(2020)
    killed = 0
    while killed < KILLS_OF_BUILDS:
        start = time.monotonic()
        process = warehouse.start("build")
        try:
            process.communicate(timeout=(killed + moments.random()) / KILLS_OF_BUILDS * usual)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        else:  # The machine does less beside it than when a build was timed.
            assert process.returncode == 0
            usual = time.monotonic() - start
        assert edition.current(warehouse.root) == before
        assert is_whole(warehouse.root)
    run = warehouse.bokslut("build")
    assert run.code == 0, run.output
    assert is_whole(warehouse.root)
    assert [entry.name for entry in (warehouse.root / ".work").iterdir()] == [publish.PARSE]


@pytest.mark.slow
def test_the_lock_lasts_while_any_process_of_a_killed_build_runs(warehouse: Warehouse) -> None:
    process = warehouse.start("build")
    while not (warehouse.root / ".work/logs/dbt.log").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    refused = warehouse.bokslut("build", "--no-wait")
    assert refused.code == 2
    assert f"Ett annat bygge pågår (process {process.pid} på " in refused.output
    os.killpg(process.pid, signal.SIGKILL)
    assert is_whole(warehouse.root)
    publish_once(warehouse.root, warehouse.root / "current/bokslut.duckdb", "next")


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, marks=pytest.mark.slow),
    ],
)
def test_a_build_that_is_told_to_stop_clears_up(
    warehouse: Warehouse, number: signal.Signals
) -> None:
    # What a shell runs in the background ignores SIGINT, and what that starts does too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = warehouse.start("build")
    while not (warehouse.root / ".work/logs/dbt.log").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, number)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Avbrutet. Ingenting nytt är utgivet." in output
    assert {entry.name for entry in (warehouse.root / ".work").iterdir()} <= {publish.PARSE}
    with publish.locked(warehouse.root, False, print):
        assert is_whole(warehouse.root)


def test_two_publishings_at_once_take_turns(built: Project, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    # All three find the lock held, however long each takes to start.
    with publish.locked(publish.made(folder), True, print):
        processes = [
            subprocess.Popen(
                [sys.executable, "-u", DRIVER, "once", folder, built.database, variant],
                stdout=subprocess.PIPE,
                text=True,
            )
            for variant in ("one", "two", "three")
        ]
        told = [process.stdout.readline() for process in processes if process.stdout]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert all(f"Ett annat bygge pågår (process {os.getpid()} på " in line for line in told), told
    assert len(edition.folders(folder)) == 3
    assert is_whole(folder)


def test_a_second_build_says_who_holds_the_lock(root: Path, warehouse: Warehouse) -> None:
    with publish.locked(root, True, print):
        refused = Warehouse(warehouse.project, root).bokslut("build", "--no-wait")
    assert refused.code == 2
    assert f"Ett annat bygge pågår (process {os.getpid()} på " in refused.output


def test_a_database_is_published_while_others_read_it(root: Path, little: Path) -> None:
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom bokslut import database\ncon = database.connect(sys.argv[1])\n"
            "print(flush=True)\nsys.stdin.read()",
            little,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout
    assert reader.stdout.readline() == "\n"
    with publish.locked(publish.made(root), True, print), publish.fresh_work(root):
        publish.publish(root, little, [], {"seeds/a.csv": "one"}, little.parent, 3, print)
    assert is_whole(root)
    reader.communicate()
    assert reader.returncode == 0


def test_a_reader_keeps_its_edition_through_ten_publishings(root: Path, little: Path) -> None:
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom bokslut import database\ncon = database.connect()\n"
            "for _ in sys.stdin:\n"
            "    rows = con.execute('select count(*), sum(value) from marts.fct_printed_figures')\n"
            "    print(rows.fetchone(), flush=True)",
        ],
        env=settings(root),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdin
    assert reader.stdout

    def asked() -> str:
        reader.stdin.write("?\n")
        reader.stdin.flush()
        return reader.stdout.readline()

    first = asked()
    assert first.startswith("(")
    for number in range(10):
        publish_once(root, little, f"next {number}", keep=1)
        assert is_whole(root)
        assert asked() == first
    assert len(edition.folders(root)) == 1
    reader.communicate()


@pytest.mark.slow
def test_a_full_disk_at_any_point_leaves_the_edition_in_force(disk: Path, built: Project) -> None:
    folder = disk / "published"
    publish_once(folder, built.database, "one")
    before = edition.current(folder)
    failures = 0
    assert before
    size = sum(file.stat().st_size for file in before.rglob("*"))
    # From no room at all, through the copies and the edition, to the last file.
    shares = [int(size * share) for share in (0.2, 0.5, 0.9, 0.97, 0.99)]
    for room in (0, 4096, 100_000, *shares):
        free = shutil.disk_usage(disk).free
        (disk / "filler").write_bytes(bytes(free - room))
        free_after = shutil.disk_usage(disk).free
        assert free_after <= room + 8192
        with pytest.raises((OSError, duckdb.Error)):  # noqa: PT012
            with publish.locked(folder, True, print), publish.fresh_work(folder) as work:
                # The prebuilt database is read where it is: its own writing is dbt's.
                publish.publish(
                    folder,
                    built.database,
                    [],
                    {"seeds/a.csv": str(room)},
                    built.project,
                    3,
                    print,
                )
            assert work
        failures += 1
        assert edition.current(folder) == before
        assert is_whole(folder)
        (disk / "filler").unlink()
    assert failures == 8
    publish_once(folder, built.database, "after")
    assert is_whole(folder)


@pytest.mark.slow
def test_a_build_on_a_full_disk_says_so(disk: Path, little: Path, warehouse: Warehouse) -> None:
    folder = disk / "published"
    publish_once(folder, little, "one")
    before = edition.current(folder)
    (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - 1_500_000))
    run = Warehouse(warehouse.project, folder).bokslut("build")
    assert run.code == 1
    assert "Disken har bara" in run.output
    assert "Ingenting är utgivet." in run.output
    assert edition.current(folder) == before
    assert is_whole(folder)


def test_a_read_only_folder_stops_a_build_at_once(
    disk: Path, little: Path, warehouse: Warehouse
) -> None:
    folder = disk / "published"
    publish_once(folder, little, "one")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    run = Warehouse(warehouse.project, folder).bokslut("build")
    assert run.code == 2
    assert "mappen är skrivskyddad" in run.output
    assert is_whole(folder)
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    publish_once(folder, little, "two")
    assert is_whole(folder)


def test_a_clock_set_back_changes_neither_order_nor_content(
    root: Path, little: Path, tmp_path: Path
) -> None:
    library = next(Path("/usr/lib").rglob("libfaketime.so.1"), None)
    require("libfaketime", library, "apt-get install libfaketime")
    first = edition.current(root)
    assert first
    past = settings() | {"LD_PRELOAD": str(library), "FAKETIME": "-10y"}
    for folder, variant in ((root, "two"), (tmp_path / "past", "one")):
        arguments = ["once", folder, little, variant]
        subprocess.run([sys.executable, DRIVER, *arguments], env=past, check=True)
    order = publish.history(root)
    assert order[0]["edition"] == first.name
    assert order[0]["published"] > order[1]["published"]
    assert edition.current(root) == root / order[1]["edition"]
    twin = edition.current(tmp_path / "past")
    assert twin
    assert twin.name == first.name
    for file in sorted((first / "marts").iterdir()):
        assert (twin / "marts" / file.name).read_bytes() == file.read_bytes()
    publish_once(root, little, "three", keep=2)
    assert first not in edition.folders(root)
    assert is_whole(root)


def folder_at(place: Path) -> None:
    place.mkdir()
    (place / "mine.txt").write_text("mine")


def link_at(place: Path) -> None:
    mine = place.parent.parent / "mine"
    mine.mkdir(exist_ok=True)
    (mine / "mine.txt").write_text("mine")
    place.symlink_to(mine)


def loop_at(place: Path) -> None:
    place.symlink_to(place.name)


@pytest.mark.parametrize(
    "put", [folder_at, link_at, loop_at, os.mkfifo, Path.touch], ids=lambda put: put.__name__
)
@pytest.mark.parametrize("name", ["current", ".lock", ".work", "history.json", "edition"])
def test_something_else_where_a_file_of_ours_belongs(
    root: Path, little: Path, name: str, put: Callable[[Path], None]
) -> None:
    before = edition.current(root)
    assert before
    place = before if name == "edition" else root / name
    if place.is_symlink() or place.is_file():
        place.unlink()
    elif place.is_dir():
        shutil.rmtree(place)
    put(place)
    publish_once(root, little, "one")
    assert edition.current(root) == before
    assert is_whole(root)
    publish_once(root, little, "two")
    assert is_whole(root)
    if put is folder_at and name in ("current", ".lock", "history.json"):
        assert [file.read_text() for file in (root / "set_aside").rglob("mine.txt")] == ["mine"]
    if put is link_at:
        assert (root.parent / "mine/mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "name", ["bokslut.duckdb", "checks.json", "edition.json", "marts/fct_results.parquet"]
)
def test_a_damaged_file_is_named_and_the_next_build_repairs_it(
    root: Path, little: Path, name: str
) -> None:
    folder = edition.current(root)
    assert folder
    file = folder / name
    os.chmod(file, 0o644)
    whole, dice = file.read_bytes(), random.Random(name)
    for _ in range(5):
        place = dice.randrange(len(whole))
        other = bytes([whole[place] ^ 1 << dice.randrange(8)])
        flipped = whole[:place] + other + whole[place + 1 :]
        for damage in (flipped, whole[:place], b"", whole + b"\n"):
            file.write_bytes(damage)
            told = CliRunner().invoke(app, ["verify"])
            assert told.exit_code == 1, told.output
            assert told.output.splitlines()[0].startswith(f"{name}: ")
            assert len(told.output.splitlines()) == 2
    file.unlink()
    assert edition.damages(folder) == [f"{name}: saknas"]
    file.symlink_to(little)
    assert edition.damages(folder) == [f"{name}: är ingen vanlig fil"]
    file.unlink()
    os.mkfifo(file)
    assert edition.damages(folder) == [f"{name}: är ingen vanlig fil"]
    done = publish_once(root, little, "one")
    assert done.was == "damaged"
    assert done.damages
    assert is_whole(root)


def test_a_file_that_does_not_belong_is_named(root: Path) -> None:
    folder = edition.current(root)
    assert folder
    (folder / "marts/extra.parquet").write_text("extra")
    (folder / "elsewhere").symlink_to("/etc")
    assert edition.damages(folder) == [
        "elsewhere: hör inte till utgåvan",
        "marts/extra.parquet: hör inte till utgåvan",
    ]


def test_an_edition_under_another_name_is_named(root: Path) -> None:
    folder = edition.current(root)
    assert folder
    folder.rename(root / ("f" * 12))
    assert edition.damages(root / ("f" * 12)) == [f"edition.json: hör till utgåva {folder.name}"]


def made_by_another_version(folder: Path) -> None:
    """Makes an edition one of format 0, whole in itself."""
    file = folder / "edition.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | {"format": 0, "bokslut": "0.0.1"}
    del manifest["digest"]
    manifest["digest"] = edition.text_digest(edition.canonical(manifest))
    os.chmod(file, 0o644)
    file.write_text(edition.canonical(manifest), encoding="utf-8")


def test_an_edition_of_an_older_version_is_refused_and_replaced(root: Path, little: Path) -> None:
    old = edition.current(root)
    assert old
    made_by_another_version(old)
    for command in (["why", "LKDATA"], ["verify"], ["diff", "current", "current"]):
        refused = CliRunner().invoke(app, command)
        assert refused.exit_code == 2, refused.output
        assert "har format 0 (gjord av bokslut 0.0.1)" in refused.output
        assert "uv run bokslut build" in refused.output
    assert "annat format" in CliRunner().invoke(app, ["editions"]).output
    publish_once(root, little, "two")
    assert is_whole(root)
    assert old in edition.folders(root)
    publish_once(root, little, "one")
    assert is_whole(root)


@pytest.mark.parametrize("fault", ["deleted", "dangling", "outside", "empty"])
def test_a_current_that_leads_nowhere_is_told_and_never_passed_over(
    root: Path, built: Project, little: Path, fault: str
) -> None:
    folder = edition.current(root)
    assert folder
    if fault in ("deleted", "empty"):
        shutil.rmtree(folder)
    if fault == "empty":
        folder.mkdir()
    if fault in ("dangling", "outside"):
        (root / "current").unlink()
        (root / "current").symlink_to("../nothing" if fault == "dangling" else built.project)
    told = CliRunner().invoke(app, ["why", "LKDATA"])
    assert told.exit_code == 2
    assert "leder inte till en hel utgåva. Bygg om med: uv run bokslut build" in told.output
    publish_once(root, little, "one")
    assert is_whole(root)


def test_the_folder_of_editions_may_be_a_link(little: Path, tmp_path: Path) -> None:
    (tmp_path / "published").symlink_to("real/place")
    publish_once(tmp_path / "published", little, "one")
    publish_once(tmp_path / "published", little, "two")
    assert is_whole(tmp_path / "published")
    assert is_whole(tmp_path / "real/place")


def test_a_file_in_place_of_the_folder_of_editions_is_told(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    (tmp_path / "published").touch()
    run = Warehouse(warehouse.project, tmp_path / "published").bokslut("build")
    assert run.code == 2
    assert "är ingen mapp. Flytta filen och bygg igen." in run.output


def test_a_repair_killed_half_way_leaves_a_whole_edition(
    root: Path, little: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = edition.current(root)
    assert folder
    (folder / "checks.json").unlink()
    child = os.fork()
    if child == 0:
        rename = os.rename

        def killed(source: object, target: object) -> None:
            rename(source, target)  # type: ignore[arg-type]
            os.kill(os.getpid(), signal.SIGKILL)

        os.rename = killed  # type: ignore[assignment]
        publish_once(root, little, "one")
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert not folder.exists()
    assert is_whole(root)
    publish_once(root, little, "one")
    assert edition.current(root) == folder
    assert is_whole(root)

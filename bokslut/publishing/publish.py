"""Building and publishing: a reader sees the old edition or the new one, never anything between.

    published/current            a relative link to the edition in force, replaced in one step
    published/<edition>/         see `bokslut.publishing.edition`
    published/history.json       the editions in the order in which they came into force
    published/.lock              held by the one build that may write here; says whose it is
    published/.work/             that build's own: fresh database, dbt's target, editions half made
    published/set_aside/         what stood where a file of ours belongs

Nothing outside `.work` is written in place: everything is made there, put on the disk (fsync), and
moved by a rename. So a build that dies leaves only `.work` behind, and the next one clears it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from bokslut import database as db
from bokslut.faults import reason
from bokslut.publishing import edition as editions
from bokslut.publishing.edition import Check, EditionError
from bokslut.swedish import SPACE, number

LOCK = ".lock"
WORK = ".work"
TARGET = "target"
PARSE = "partial_parse.msgpack"
HISTORY = "history.json"
SET_ASIDE = "set_aside"
PHASES = 2
PASSED = {"success", "pass", "no-op"}

Say = Callable[[str], None]


class BuildFailed(RuntimeError):
    """Something did not pass, so nothing was published; the message says what, in Swedish."""


class Occupied(RuntimeError):
    """Another build holds the lock; the message says which."""


@dataclass(frozen=True)
class Published:
    """What a build led to.

    Attributes:
        edition: the edition in force now.
        was: what was found under its id: `new`, `whole` or `damaged`.
        damages: what was wrong with the damaged one, a line per file.
        checks: number of checks that passed.
        bytes: size of its files.
    """

    edition: str
    was: str
    damages: list[str]
    checks: int
    bytes: int


def build(
    project: Path, root: Path, keep: int, wait: bool, say: Say, progress: Say = lambda line: None
) -> Published:
    """Builds into a fresh database and publishes it if, and only if, everything passed.

    Args:
        project: the folder of dbt_project.yml.
        root: the folder of the editions; made if it is missing.
        keep: how many editions stay, the one in force among them; at least 1.
        wait: whether to wait for another build to finish.
        say: takes a line for the user.
        progress: takes a line at the beginning and the end of each phase.

    Raises:
        BuildFailed: dbt failed, warned, skipped something, or left a check out.
        Occupied: another build is running and `wait` is false.
        EditionError, OSError, duckdb.Error: the edition cannot be written.
        KeyboardInterrupt: SIGINT, SIGTERM or SIGHUP.
    """
    with (
        nobody_else_writes(),
        locked(root := made(root), wait, say) as lock,
        fresh_work(root) as work,
    ):
        went_in = editions.inputs(project)
        with phase(1, "bygger och prövar med dbt", progress):
            code = run_dbt(project, work, lock)
        checks = passed_checks(work / TARGET, code)
        changed = went_in.items() ^ editions.inputs(project).items()
        if changed:
            names = ", ".join(sorted({name for name, _ in changed}))
            raise BuildFailed(f"Ändrat medan bygget pågick: {names}. Bygg igen.")
        os.replace(work / TARGET / PARSE, work / PARSE)
        with phase(2, "skriver och kontrollerar utgåvan", progress):
            return publish(root, work / db.DEFAULT, checks, went_in, project, keep, say)


@contextlib.contextmanager
def phase(place: int, name: str, progress: Say) -> Iterator[None]:
    """Tells of a phase as it begins and, unless it fails, how many seconds it took."""
    told = f"[{place}/{PHASES}] {name}"
    progress(f"{told} …")
    began = time.monotonic()
    yield
    progress(f"{told}: {number(round(time.monotonic() - began))}{SPACE}s")


@contextlib.contextmanager
def nobody_else_writes() -> Iterator[None]:
    """Whatever the umask: what is written here is for the user alone to change."""
    before = os.umask(0o022)
    os.umask(before | 0o022)
    try:
        yield
    finally:
        os.umask(before)


def real(root: Path) -> Path:
    """The folder of the editions without links; it need not exist."""
    return Path(os.path.realpath(root))


def made(root: Path) -> Path:
    """The folder of the editions, made if it is missing."""
    root = real(root)
    if os.path.lexists(root) and not root.is_dir():
        raise EditionError(f"{db.shown(root)} är ingen mapp. Flytta filen och bygg igen.")
    root.mkdir(parents=True, exist_ok=True)
    return root


@contextlib.contextmanager
def locked(root: Path, wait: bool, say: Say) -> Iterator[int]:
    """Holds the lock of the folder; gives its descriptor.

    The kernel lets go of it when the last process that has it open is gone. dbt inherits it, so
    that no other build starts while a dbt still runs whose parent was killed.
    """
    lock = open_lock(root)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            holder = os.pread(lock, 200, 0).decode(errors="replace").strip() or "okänd process"
            if not wait:
                raise Occupied(f"Ett annat bygge pågår ({holder}).") from held
            say(f"Ett annat bygge pågår ({holder}). Väntar tills det är klart …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        with contextlib.suppress(OSError):  # A full disk must not lose the reason further on.
            os.ftruncate(lock, 0)
            os.pwrite(lock, f"process {os.getpid()} på {os.uname().nodename}, {since}".encode(), 0)
        yield lock
        with contextlib.suppress(OSError):
            os.ftruncate(lock, 0)
    finally:
        os.close(lock)


def open_lock(root: Path) -> int:
    """The descriptor of the lock file, a regular file."""
    file = root / LOCK
    if os.path.lexists(file) and not stat.S_ISREG(os.lstat(file).st_mode):
        set_aside(root, file)
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)


def set_aside(root: Path, place: Path) -> Path:
    """Moves away what stands where a file of ours belongs, so that nothing of anybody's is lost."""
    folder = root / SET_ASIDE
    folder.mkdir(exist_ok=True)
    target = folder / f"{place.name.lstrip('.')}-{len(os.listdir(folder)) + 1}"
    os.rename(place, target)
    return target


@contextlib.contextmanager
def fresh_work(root: Path) -> Iterator[Path]:
    """The work folder, cleared of what earlier builds left, and cleared again afterwards."""
    work = root / WORK
    if os.path.lexists(work) and (work.is_symlink() or not work.is_dir()):
        set_aside(root, work)
    work.mkdir(exist_ok=True)
    clear(work, in_use=editions.current(root))
    try:
        yield work
    finally:
        clear(work, in_use=editions.current(root))


def clear(work: Path, in_use: Path | None) -> None:
    """Removes everything but the edition in force and dbt's parse, which the next build uses.

    What cannot be removed stays: the next build, or a person, meets it again.
    """
    for entry in list(os.scandir(work)):
        is_parse = entry.name == PARSE and entry.is_file(follow_symlinks=False)
        if not is_parse and in_use != Path(entry.path):
            remove(Path(entry.path))


def remove(place: Path) -> None:
    """Removes a file, a link (not what it leads to) or a folder, if it can."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            place.unlink()


def run_dbt(project: Path, work: Path, lock: int) -> int:
    """Runs `dbt build` into the work folder, its output where ours goes; gives its exit code.

    Settings of the user's own dbt (`DBT_...`) are left out: they could leave tests out, too.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")}
    environment["BOKSLUT_DATABASE"] = str(work / db.DEFAULT)
    (work / TARGET).mkdir()
    # A parse is used only if the build that made it got through: never a half-written one.
    if (work / PARSE).is_file():
        shutil.copyfile(work / PARSE, work / TARGET / PARSE)
    dbt = Path(sys.executable).with_name("dbt")
    folders = ["--target-path", str(work / TARGET), "--log-path", str(work / "logs")]
    process = subprocess.Popen(
        [dbt, "build", "--project-dir", ".", "--profiles-dir", ".", *folders],
        cwd=project,
        env=environment,
        pass_fds=[lock],
    )
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        raise


def passed_checks(target: Path, code: int) -> list[Check]:
    """All checks of the build that dbt has left in its target folder.

    Raises BuildFailed: something failed, warned, was skipped, or was not run at all.
    """
    try:
        results = json.loads((target / "run_results.json").read_bytes())["results"]
        manifest = json.loads((target / "manifest.json").read_bytes())
    except (OSError, ValueError, KeyError) as missing:
        raise BuildFailed(f"dbt kom inte till slutet; felet står ovan.{room(target)}") from missing
    verdicts = {result["unique_id"]: result for result in results}
    # In the order of the run, so that the cause comes before what rests on it.
    bad = {node: told["status"] for node, told in verdicts.items() if told["status"] not in PASSED}
    causes = [node for node in bad if bad[node] != "skipped"] or list(bad)
    if code or bad:
        shown = ", ".join(f"{name_of(node)} ({bad[node]})" for node in causes[:5])
        shown += f" och {len(causes) - 5} till" if len(causes) > 5 else ""
        skipped = len(bad) - len(causes)
        shown += f"; {skipped} som vilar på det hoppades över" if skipped else ""
        raise BuildFailed(f"Bygget gick inte igenom: {shown or 'felet står ovan'}.{room(target)}")
    expected = {**manifest["nodes"], **manifest["unit_tests"]}
    kinds = ("seed", "model", "test", "unit_test")
    unrun = {
        node
        for node, entry in expected.items()
        if entry["resource_type"] in kinds and node not in verdicts
    }
    if unrun:
        raise BuildFailed(f"Kördes aldrig: {', '.join(sorted(map(name_of, unrun)))}.")
    return [
        Check(name_of(node), node.split(".")[0], result["status"], result["failures"] or 0)
        for node, result in verdicts.items()
        if node.startswith(("test.", "unit_test."))
    ]


def room(folder: Path) -> str:
    """A hint where the disk is all but full; dbt's own error may hide it."""
    free = shutil.disk_usage(folder.parent).free // 2**20
    return f" Disken har bara {free} MiB kvar." if free < 32 else ""


def name_of(node: str) -> str:
    """The name in dbt's id of a node: `test.bokslut.<name>.<hash>`."""
    parts = node.split(".")
    return parts[3] if parts[0] == "unit_test" else parts[2]


def publish(
    root: Path,
    database: Path,
    checks: list[Check],
    went_in: dict[str, str],
    project: Path,
    keep: int,
    say: Say,
) -> Published:
    """Makes a built database the edition in force. The caller holds the lock and `.work` exists.

    Raises OSError or duckdb.Error where something cannot be written: the old one stays in force.
    """
    staged = root / WORK / f"edition-{os.getpid()}"
    made = editions.write(database, staged, checks, went_in, project)
    final = root / made.edition
    there = os.path.lexists(final)
    if there and (final.is_symlink() or not final.is_dir()):
        say(f"{final.name} var ingen utgåva och ligger nu i {db.shown(set_aside(root, final))}.")
        there = False
    damages = damages_of(final) if there else []
    if damages:
        if editions.current(root) == final:
            # Readers go over to a copy before the damaged one moves, so none is left without.
            spare = shutil.copytree(staged, root / WORK / f"spare-{os.getpid()}")
            editions.settle(spare)
            point(root, f"{WORK}/{spare.name}")
        os.rename(final, root / WORK / f"damaged-{os.getpid()}")
        there = False
    if not there:
        os.rename(staged, final)
        editions.sync(root)
    if editions.current(root) != final:
        order = [entry for entry in history(root) if entry["edition"] != final.name]
        now = datetime.now(UTC).isoformat(timespec="seconds")
        write_history(root, [*order, {"edition": final.name, "published": now}])
        point(root, final.name, say)
    prune(root, keep, say)
    size = sum(int(str(file["bytes"])) for file in made.files.values())
    was = "damaged" if damages else "whole" if there else "new"
    return Published(made.edition, was, damages, len(checks), size)


def damages_of(folder: Path) -> list[str]:
    """What is wrong with an edition; one of another format cannot be what this code just wrote."""
    try:
        return editions.damages(folder)
    except db.EditionOfOtherVersion as other:
        return [str(other)]


def point(root: Path, target: str, say: Say = lambda line: None) -> None:
    """Makes `current` lead to a folder in `root`, in one step, on the disk when it returns."""
    link = root / db.CURRENT
    if os.path.lexists(link) and not link.is_symlink():
        say(f"current var ingen länk och ligger nu i {db.shown(set_aside(root, link))}.")
    new = root / WORK / f"current-{os.getpid()}"
    remove(new)
    os.symlink(target, new)
    os.replace(new, link)
    editions.sync(root)


def history(root: Path) -> list[dict[str, str]]:
    """The editions that there are, in the order in which they came into force, with the time.

    The order is kept as such, since clocks go back. An edition that the file does not know goes
    first; a file that cannot be read counts as none.
    """
    try:
        # A pipe in its place would keep a reader waiting for ever.
        regular = stat.S_ISREG(os.lstat(root / HISTORY).st_mode)
        kept = json.loads((root / HISTORY).read_text(encoding="utf-8")) if regular else []
        known = {str(entry["edition"]): str(entry["published"]) for entry in kept}
    except (OSError, ValueError, KeyError, TypeError):
        known = {}
    there = [folder.name for folder in editions.folders(root)]
    unknown = [name for name in there if name not in known]
    return [
        {"edition": name, "published": known.get(name, "")}
        for name in [*unknown, *(name for name in known if name in there)]
    ]


def write_history(root: Path, order: list[dict[str, str]]) -> None:
    """Replaces the history in one step."""
    if (root / HISTORY).is_dir():
        set_aside(root, root / HISTORY)
    new = root / WORK / HISTORY
    new.write_text(editions.canonical(order), encoding="utf-8")
    editions.sync(new)
    os.replace(new, root / HISTORY)


def prune(root: Path, keep: int, say: Say) -> None:
    """Removes all but the last `keep` editions, never the one in force. Open files live on."""
    in_force = editions.current(root)
    others = [
        root / entry["edition"] for entry in history(root) if root / entry["edition"] != in_force
    ]
    for folder in others[: max(0, len(others) - keep + 1)]:
        gone = root / WORK / f"pruned-{folder.name}"
        try:
            os.rename(folder, gone)
        except OSError as failure:
            say(f"Utgåva {folder.name} gick inte att ta bort: {reason(failure)}.")
        else:
            remove(gone)


def told(made: Published) -> str:
    """What a build led to, in Swedish."""
    if made.was == "whole":
        return f"Utgåva {made.edition} fanns redan, är hel och gäller: ingenting har ändrats."
    size = number(Decimal(made.bytes) / 2**20 // Decimal("0.1") / 10)
    text = f"Utgåva {made.edition} gäller: {made.checks} kontroller, {size} MiB."
    if made.damages:
        text += f" Den ersätter en skadad: {'; '.join(made.damages)}."
    return text


def listed(root: Path) -> list[str]:
    """The editions as lines of Swedish text, the latest first, an asterisk by the one in force."""
    in_force, lines = editions.current(root), []
    for entry in reversed(history(root)):
        folder = root / entry["edition"]
        try:
            edition = editions.read(folder)
            commit = str(edition.git["commit"] or "okänd")[:7]
            changed = " med ändringar" if edition.git["is_changed"] else ""
            what = f"incheckning {commit}{changed}, duckdb {edition.versions['duckdb']}"
        except db.EditionOfOtherVersion:
            what = "annat format"
        except db.DatabaseNotBuilt as damage:
            what = f"skadad: {damage}"
        mark = "*" if folder == in_force else " "
        when = entry["published"].replace("T", " ").replace("+00:00", " UTC") or "okänd tid"
        lines.append(f"{mark} {folder.name}  {when}  {what}")
    return lines or ["Inga utgåvor ännu. Bygg en: uv run bokslut build"]


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Lets SIGTERM and SIGHUP end a build as Ctrl-C does: dbt is stopped and `.work` is cleared."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

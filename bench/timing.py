"""Helpers of the benchmarks: a process with its time and peak memory, a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Settings that would point a command at the user's own database, target folder or environment.
OWN_SETTINGS = ("DBT_", "BOKSLUT_", "VIRTUAL_ENV", "UV_PROJECT", "PYTHONPATH", "SQLMESH")


@dataclass(frozen=True)
class Timed:
    """One finished process.

    Attributes:
        seconds: wall time from start to exit.
        peak_mib: largest resident set of any single process among it and its descendants, MiB.
        code: exit code; negative where a signal ended it.
        output: stdout and stderr, interleaved.
    """

    seconds: float
    peak_mib: float
    code: int
    output: str


def clean_environment() -> dict[str, str]:
    """The environment without the settings of the user's own dbt, bokslut and virtualenv."""
    return {k: v for k, v in os.environ.items() if not k.startswith(OWN_SETTINGS)}


def run(command: Sequence[str], folder: Path) -> Timed:
    """Runs a command to its end in a folder and measures it.

    The peak is the kernel's own figure (`wait4`), so nothing polls while the clock runs.
    Raises FileNotFoundError where the program does not exist.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", errors="replace")
    return Timed(seconds, usage.ru_maxrss / 1024, process.returncode, text)


def run_tree(command: Sequence[str], folder: Path) -> Timed:
    """Runs a command as `run` does; the peak is of all its processes together.

    Their resident sets are looked at twice a second: Spark's Java is no process that is waited for.
    """
    peaks = [0.0]
    with ThreadPoolExecutor(max_workers=1) as pool:
        finished = pool.submit(run, command, folder)
        while not finished.done():
            peaks.append(resident_below(os.getpid()))
            time.sleep(0.5)
    return replace(finished.result(), peak_mib=max(peaks))


def resident_below(parent: int) -> float:
    """The resident sets of all descendants of a process, MiB."""
    children: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended since it was listed
            # After the name, which may hold anything: state, parent, ...
            _, _, rest = (folder / "stat").read_text().rpartition(") ")
            children.setdefault(int(rest.split()[1]), []).append(int(folder.name))
            pages[int(folder.name)] = int((folder / "statm").read_text().split()[1])
    waiting, total = list(children.get(parent, [])), 0
    while waiting:
        process = waiting.pop()
        total += pages.get(process, 0)
        waiting += children.get(process, [])
    return total * os.sysconf("SC_PAGE_SIZE") / 2**20


def copy_project(folder: Path, root: Path = ROOT) -> Path:
    """Copies the project's own files (tracked, or new and not ignored) as a clone would have them.

    `uv.lock` comes along although git ignores it, so that the copy runs the same versions.
    Returns the folder. Raises CalledProcessError where `root` is no git checkout.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in sorted({*listed, "uv.lock"} - {""}):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, folder / name)
    return folder

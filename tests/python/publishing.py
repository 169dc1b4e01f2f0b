"""The publishing step alone, on a prebuilt database: for tests, and as a process to be killed.

python publishing.py once ROOT DATABASE VARIANT        publishes and ends
python publishing.py killed ROOT DATABASE SEED COUNT   kills itself COUNT times, see `killed`
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from bokslut.publishing import edition, publish
from bokslut.publishing.edition import Check

CHECKS = [Check("fct_results__rows_are_sound", "test", "pass", 0)]


def publish_once(root: Path, database: Path, variant: str, keep: int = 3) -> publish.Published:
    """Publishes the database as the edition of a `variant` of its seeds, as `bokslut build` does
    once dbt has passed."""
    went_in = {"seeds/printed/printed_ekonomi.csv": variant}
    return published_of(root, database, CHECKS, went_in, keep)


def publish_project(root: Path, project: Path) -> publish.Published:
    """Publishes a project that dbt has built, as `bokslut build` does once dbt has passed."""
    checks = publish.passed_checks(project / "target", 0)
    return published_of(root, project / "bokslut.duckdb", checks, edition.inputs(project), 3)


def published_of(
    root: Path, database: Path, checks: list[Check], went_in: dict[str, str], keep: int
) -> publish.Published:
    """Publishes a database, which stays as it is, with the checks and digests given."""
    with (
        publish.nobody_else_writes(),
        publish.locked(publish.made(root), True, print),
        publish.fresh_work(publish.real(root)) as work,
    ):
        shutil.copyfile(database, work / "bokslut.duckdb")
        file = work / "bokslut.duckdb"
        return publish.publish(
            publish.real(root), file, checks, went_in, database.parent, keep, print
        )


def in_a_process(root: Path, database: Path, variant: str) -> int:
    """Starts publishing in a process group of its own; gives its id."""
    child = os.fork()
    if child == 0:
        os.setsid()
        code = 1
        try:
            publish_once(root, database, variant)
            code = 0
        finally:
            os._exit(code)
    return child


def seconds(root: Path, database: Path, variant: str) -> float:
    """The time of one publishing that is left alone."""
    start = time.perf_counter()
    _, status = os.waitpid(in_a_process(root, database, variant), 0)
    assert status == 0
    return time.perf_counter() - start


def killed(root: Path, database: Path, seed: int, count: int) -> None:
    """Publishes `count` times, each killed (SIGKILL, the whole group) at a random moment.

    Prints a line of JSON for each: the moment as a share of an undisturbed run, whether the kill
    came before the end, what is wrong with the current edition right after it (nothing: a whole
    one), and whether the next publishing worked.
    """
    moments = random.Random(seed)
    usual = seconds(root, database, "first")
    for number in range(count):
        child = in_a_process(root, database, f"killed {number}")
        moment = moments.random()
        time.sleep(moment * usual)
        os.killpg(child, signal.SIGKILL) if os.getpgid(child) == child else os.kill(child, 9)
        _, status = os.waitpid(child, 0)
        folder = edition.current(publish.real(root))
        damages = edition.damages(folder) if folder else ["no current edition"]
        usual = seconds(root, database, f"whole {number % 3}")
        folder = edition.current(publish.real(root))
        told = {
            "moment": round(moment, 3),
            "killed": os.WIFSIGNALED(status),
            "damages": damages,
            "next": edition.damages(folder) if folder else ["no current edition"],
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    mode, given_root, given_database, first, *rest = sys.argv[1:]
    if mode == "once":
        print(publish_once(Path(given_root), Path(given_database), first).edition)
    else:
        killed(Path(given_root), Path(given_database), int(first), int(rest[0]))

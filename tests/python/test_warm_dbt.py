"""A run of the tests' own dbt is that of a new process, whatever ran before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from compare import differences
from conftest import Project, Run

# The time of day, how long a node took, its place among those that run side by side, and dots.
OF_THE_MOMENT = re.compile(r"^\d\d:\d\d:\d\d |\d+ of \d+ | \.+ |in [\d.]+s\b|in \d+ hours.*")


def said(run: Run) -> list[str]:
    """What a run printed, in an order that does not depend on its threads; not how it parsed."""
    lines = [OF_THE_MOMENT.sub("", line) for line in run.output.splitlines()]
    return sorted(line for line in lines if "parsing" not in line and "full parse" not in line)


def changed(file: Path, change: Callable[[str], str]) -> str:
    """Writes a file anew; gives what it held."""
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")
    return text


@pytest.mark.slow
def test_a_sound_run_after_broken_ones_is_that_of_a_new_process(
    build: tuple[Project, Run], copy: Project
) -> None:
    built, fresh = build
    seed = copy.project / "seeds/printed/printed_driftsammandrag.csv"
    macro = copy.project / "macros/generate_schema_name.sql"

    kept = changed(seed, lambda text: text.replace(",", ";"))
    refused = copy.dbt("build")
    assert refused.lines("cellerna skiljs åt av semikolon"), refused.output
    seed.write_text(kept, encoding="utf-8")

    kept = changed(macro, lambda text: text.replace("trim", "upper"))
    other = copy.dbt("seed", "--threads", "1", BOKSLUT_DATABASE="other.duckdb", DBT_QUIET="1")
    assert not copy.database.exists(), "the run did not take the setting"
    assert (copy.project / "other.duckdb").exists(), other.output
    macro.write_text(kept, encoding="utf-8")

    kept = changed(seed, lambda text: text.replace("7244", "7224", 1))
    failed = copy.dbt("build", "--fail-fast", "--select", "printed_driftsammandrag+")
    assert failed.code != 0
    seed.write_text(kept, encoding="utf-8")
    copy.database.unlink()

    sound = copy.dbt("build", DBT_EXCLUDE_RESOURCE_TYPES="")
    assert sound.code == 0, sound.output
    assert said(sound) == said(fresh)
    assert differences(built.database, copy.database) == {}

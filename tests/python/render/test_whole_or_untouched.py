"""The output is complete or untouched, however a rendering ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bokslut.render import run
from bokslut.render.lines import RenderFailed
from render.conftest import Write

GOOD = "---\ntitle: Sida\n---\n\nGammal text.\n"
CELL = "---\ntitle: Sida\n---\n\nNy text.\n\n```{{python}}\n{code}\n```\n"


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the output and its bytes."""
    output = folder / "_output"
    return {str(f.relative_to(output)): f.read_bytes() for f in output.rglob("*") if f.is_file()}


@pytest.fixture
def folder(write: Write, environment: dict[str, str]) -> Path:
    """A project that has been rendered once."""
    folder = write(a=GOOD, b=GOOD)
    run.render(folder, {}, environment)
    assert b"Gammal text" in state(folder)["a.html"]
    return folder


def test_a_failing_cell_leaves_the_last_good_output(
    folder: Path, write: Write, environment: dict[str, str]
) -> None:
    before = state(folder)
    write(a=GOOD.replace("Gammal", "Ny"), b=CELL.format(code="1 / 0"))
    with pytest.raises(RenderFailed, match="ZeroDivisionError"):
        run.render(folder, {}, environment)
    assert state(folder) == before
    assert {f.name for f in folder.parent.iterdir()} == {"reports"}


def test_a_new_output_replaces_the_old_one_entirely(
    folder: Path, write: Write, environment: dict[str, str]
) -> None:
    (folder / "b.qmd").unlink()
    write(c=GOOD.replace("Gammal", "Ny"))
    run.render(folder, {}, environment)
    assert {name for name in state(folder) if name.endswith(".html")} == {"a.html", "c.html"}
    assert {f.name for f in folder.parent.iterdir()} == {"reports"}


def test_a_killed_rendering_leaves_the_last_good_output_and_stops_nothing(
    folder: Path, write: Write, environment: dict[str, str], tmp_path: Path
) -> None:
    before = state(folder)
    sign = tmp_path / "runs"
    code = f"from pathlib import Path\nimport time\nPath({str(sign)!r}).touch()\ntime.sleep(60)"
    write(a=CELL.format(code=code))
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom bokslut.render import run\n"
        "run.render(Path(sys.argv[1]), {}, os.environ)"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(folder)], env=environment)
    try:
        deadline = time.monotonic() + 60
        while not sign.exists():
            assert time.monotonic() < deadline, "the cell never ran"
            assert process.poll() is None, "the rendering ended by itself"
            time.sleep(0.05)
        with pytest.raises(RenderFailed, match="en annan rendering pågår"):
            run.render(folder, {}, environment)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert state(folder) == before
    write(a=GOOD.replace("Gammal", "Ny"))
    run.render(folder, {}, environment)
    assert b"Ny text" in state(folder)["a.html"]
    assert not (folder.parent / "reports.rendering").exists()


@pytest.mark.parametrize("is_exchanged", [True, False])
def test_the_new_output_takes_the_place_of_the_old(
    tmp_path: Path, is_exchanged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_exchanged:  # as on a system that cannot exchange two names
        monkeypatch.setattr(run.ctypes, "CDLL", lambda name: object())
    old, new = tmp_path / "_output", tmp_path / "work" / "_output"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / folder.parent.name).touch()
    run.swap(new, old)
    assert [f.name for f in old.iterdir()] == ["work"]


def test_documents_do_not_see_each_others_names(write: Write) -> None:
    cell = CELL.format(code="assert 'seen' not in globals()\nseen = 1")
    folder = write(**{f"sida{n}": cell for n in range(2 * (os.cpu_count() or 1) + 1)})
    assert run.render(folder, {}, os.environ)

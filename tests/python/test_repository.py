"""Rules of the repository's own files."""

from __future__ import annotations

import re

from conftest import ROOT, tracked_files

TEXT = {".py", ".sql", ".yml", ".yaml", ".md", ".toml", ".lock", ".csv", ".cfg", ".svg", ""}


def test_no_file_names_a_registry_host_or_a_machine_path() -> None:
    forbidden = re.compile(
        r"https?://[\w.-]*(pypi|pythonhosted|npmjs|debian)\.|//files\.|(^|[\s\"'=(])/(root|home|work)/",
    )
    for file in tracked_files():
        if file.suffix in TEXT and file.name != "test_repository.py":
            for number, line in enumerate(
                (ROOT / file).read_text(encoding="utf-8").splitlines(), start=1
            ):
                assert not forbidden.search(line), f"{file}:{number}: {line}"


def test_every_requirement_is_locked_with_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)", lock, flags=re.MULTILINE)
    assert len(pinned) > 20
    assert lock.count("--hash=sha256:") >= len(pinned)
    locked = dict(pinned)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    direct = re.findall(r'^    "([\w.-]+)==([\w.]+)"', project, flags=re.MULTILINE)
    assert len(direct) >= 10
    for name, version in direct:
        assert locked.get(name) == version, f"{name}=={version} is not what requirements.lock has"


def test_the_renderer_imports_nothing_else_of_the_package() -> None:
    found = {
        (file.name, name)
        for file in (ROOT / "bokslut/render").glob("*.py")
        for name in re.findall(
            r"^\s*(?:from|import) (bokslut[\w.]*)", file.read_text(), re.MULTILINE
        )
        if not name.startswith("bokslut.render")
    }
    assert found == set()

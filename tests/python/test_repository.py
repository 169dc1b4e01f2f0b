"""Rules of the repository's own files."""

from __future__ import annotations

import csv
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


# What says nothing of one report; `vss-2020` is an example of an id.
OUTSIDE_DATA = re.compile(
    r"(models|macros|analyses|bokslut|reports|tests/generic|tests/singular)/|dbt_project\.yml$"
    r"|seeds/\w+/\w+\.yml$"
)


def own_words() -> set[str]:
    """Names and codes of the reports in the seeds: of municipalities, units, goals, projects."""
    named = {
        "reference_reports": ("municipality_name", "administration_code", "administration_name"),
        "reference_units": ("unit_code", "unit_name_sv", "unit_name_en"),
        "reference_goals": ("goal_code", "goal_name_sv"),
        "reference_label_aliases": ("project_code",),
    }
    # Later, a unit or a goal may have any name: `administration`, `trygghet`.
    own = {
        "report_id": "vss-2020",
        "administration_code": "vss",
        "template": "linkoping_forvaltning",
    }
    found = set()
    for seed, columns in named.items():
        with (ROOT / f"seeds/reference/{seed}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if any(row.get(column) == value for column, value in own.items()):
                    found |= {row[column] for column in columns}
    municipalities = {name.removesuffix(" kommun") for name in found if name.endswith(" kommun")}
    return (found | municipalities | {name.rstrip("s") for name in municipalities}) - {"", "total"}


def test_nothing_is_said_of_one_report_outside_the_data() -> None:
    words = "|".join(sorted(map(re.escape, own_words()), key=len, reverse=True))
    known = re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE)
    assert known.search("and not unit_code = 'lkdata'")
    assert known.search("Linköping")
    assert not known.search("e.g. `vss-2020.ekonomi.1.outcome`")
    for file in tracked_files():
        if OUTSIDE_DATA.match(file.as_posix()) and file.suffix in TEXT | {".qmd", ".js", ".html"}:
            text = (ROOT / file).read_text(encoding="utf-8")
            for number, line in enumerate(text.splitlines(), start=1):
                assert not known.search(line), f"{file}:{number}: {line.strip()}"

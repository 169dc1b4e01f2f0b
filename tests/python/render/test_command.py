"""`bokslut render`: what it says before, and when there is nothing that it could render."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from bokslut.cli import app
from render.conftest import Write

DOCUMENT = """---
title: Sida
---

```{python}
#| tags: [parameters]
report_id = "vss-2020"
```

```{python}
import duckdb, os

(about,) = duckdb.connect(os.environ["BOKSLUT_DATABASE"], read_only=True).execute(
    "select administration_name from marts.dim_reports where report_id = ?", [report_id]
).fetchone()
```

```{python}
from IPython.display import Markdown

Markdown(f"Rapporten gäller {about}.")
```
"""


@pytest.fixture
def project(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one document, in which the command runs; it has no database."""
    write(sida=DOCUMENT)
    (tmp_path / "dbt_project.yml").touch()
    monkeypatch.chdir(tmp_path)
    for name in ("BOKSLUT_DATABASE", "BOKSLUT_PUBLISHED"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def database(project: Path) -> Path:
    """The project's database, with two reports."""
    file = project / "bokslut.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.dim_reports as select * from (values"
            " ('vss-2020', 'Service', 'Ås kommun', 2020), ('vss-2021', 'Stöd', 'Ås kommun', 2021))"
            " as t (report_id, administration_name, municipality_name, report_year)"
        )
    return file


def rendered(*arguments: str) -> Result:
    """The command's end and what it printed, errors too."""
    return CliRunner().invoke(app, ["render", *arguments])


def test_without_a_database_it_says_which_command_makes_one(project: Path) -> None:
    result = rendered()
    assert result.exit_code == 2
    assert "Databasen bokslut.duckdb finns inte. Skapa den: uv run dbt build" in result.output


def test_an_edition_of_another_version_says_so(project: Path) -> None:
    edition = project / "published/abc"
    edition.mkdir(parents=True)
    (edition / "bokslut.duckdb").touch()
    (edition / "edition.json").write_text(json.dumps({"edition": "abc", "format": 99}))
    (project / "published/current").symlink_to("abc")
    result = rendered()
    assert result.exit_code == 2
    assert "format 99" in result.output
    assert "uv run bokslut build" in result.output


def test_an_unknown_report_lists_those_that_there_are(database: Path) -> None:
    result = rendered("--report", "vss-1920")
    assert result.exit_code == 1
    said = "rapporten vss-1920 finns inte i databasen; de som finns: vss-2020, vss-2021"
    assert said in result.output


def test_it_says_what_it_reads_and_what_renders_it(database: Path) -> None:
    result = rendered("--report", "vss-2021")
    assert result.exit_code == 0, result.output
    assert (
        "Läser utvecklingsdatabasen bokslut.duckdb. Renderar med den inbyggda renderaren."
        in result.output
    )
    assert "Datadokumentationen gick inte att göra" in result.output  # there is no profiles.yml
    assert "sida" in result.output
    assert "reports/_output/index.html" in result.output
    page = Path("reports/_output/vss-2021/sida.html").read_text(encoding="utf-8")
    assert "Rapporten gäller Stöd." in page
    assert not Path("reports/_output/vss-2020").exists()


def test_every_report_has_a_folder_of_its_own_and_a_line_in_the_index(database: Path) -> None:
    Path("reports/sida.qmd").rename("reports/index.qmd")
    output = Path("reports/_output")
    assert rendered("--report", "vss-2021").exit_code == 0
    before = (output / "vss-2021/index.html").read_bytes()
    assert links(output) == ["vss-2021/index.html"]
    assert rendered("-P", "report_id=vss-2020").exit_code == 0
    assert (output / "vss-2021/index.html").read_bytes() == before
    assert rendered().exit_code == 0
    for report_id, about in (("vss-2020", "Service"), ("vss-2021", "Stöd")):
        page = (output / report_id / "index.html").read_text(encoding="utf-8")
        assert f"Rapporten gäller {about}." in page
    assert links(output) == ["vss-2020/index.html", "vss-2021/index.html"]


def links(output: Path) -> list[str]:
    """Where the list of reports leads."""
    return re.findall(r'href="([^"]+)"', (output / "index.html").read_text(encoding="utf-8"))


def test_a_failure_names_the_line_and_keeps_what_there_was(database: Path) -> None:
    document = Path("reports/sida.qmd")
    document.write_text(DOCUMENT.replace("(about,) =", "1 / 0"), encoding="utf-8")
    result = rendered()
    assert result.exit_code == 1
    assert "reports/sida.qmd, rad 13: cellen föll: " in result.output
    assert "Renderingen avbröts" in result.output
    assert not Path("reports/_output").exists()

"""What `bokslut render` needs before and around the rendering."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

import duckdb
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bokslut.render import quarto, run
from bokslut.render.lines import Problem, RenderFailed

HERE = Path(__file__).parent
DOCUMENTATION = Path("target/static_index.html")
MANIFEST = Path("target/manifest.json")


@dataclass(frozen=True)
class Renderer:
    """Something that renders the project; `name_sv` is what to call it."""

    name_sv: str
    render: Callable[..., list[Path]]


def renderer() -> Renderer:
    """The Quarto CLI if it is on the path, otherwise the embedded renderer."""
    program = shutil.which("quarto")
    if program:
        return Renderer(f"Quarto ({program})", quarto.render)
    return Renderer("den inbyggda renderaren", run.render)


@dataclass(frozen=True)
class Known:
    """A report of the database, as the list of all of them shows it."""

    report_id: str
    municipality_name: str
    administration_name: str
    report_year: int


def reports(connection: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> list[Known]:
    """The wanted reports, or all; by municipality, administration and year.

    Raises RenderFailed, with the ids that there are, where one is not in the database.
    """
    known = [
        Known(*row)
        for row in connection.execute(
            "select report_id, municipality_name, administration_name, report_year"
            " from marts.dim_reports"
            " order by municipality_name, administration_name, report_year, report_id"
        ).fetchall()
    ]
    there = {report.report_id for report in known}
    for report_id in wanted:
        if report_id not in there:
            told = ", ".join(sorted(there)) or "inga"
            message = f"rapporten {report_id} finns inte i databasen; de som finns: {told}"
            raise RenderFailed(Problem(Path("reports"), 0, message))
    return [report for report in known if not wanted or report.report_id in wanted]


def write_index(output: Path, known: Sequence[Known]) -> Path:
    """Writes the page that leads to each report that is rendered; its path."""
    lines = []
    there = [report for report in known if (output / report.report_id / "index.html").is_file()]
    for municipality, of_municipality in groupby(there, key=lambda one: one.municipality_name):
        lines.append(f"<h2>{escape(municipality)}</h2>")
        for name, group in groupby(of_municipality, key=lambda one: one.administration_name):
            years = "\n".join(
                f'<li><a href="{escape(one.report_id)}/index.html">{one.report_year}'
                f'<span class="hidden"> {escape(name)}</span></a></li>'
                for one in group
            )
            lines.append(f"<h3>{escape(name)}</h3>\n<ul>\n{years}\n</ul>")
    page = (HERE / "overview.html").read_text(encoding="utf-8")
    file = output / "index.html"
    part = file.with_suffix(".part")
    part.write_text(page.replace("<!-- reports -->", "\n".join(lines)), encoding="utf-8")
    part.replace(file)
    return file


def make_documentation(project: Path) -> bool:
    """Makes dbt's documentation, which the site copies; false where dbt could not.

    It opens no database. One that is newer than the last parse stays as it is: `dbt docs generate`
    makes the fuller one, with a catalogue.
    """
    page, manifest = project / DOCUMENTATION, project / MANIFEST
    if page.is_file() and manifest.is_file() and page.stat().st_mtime >= manifest.stat().st_mtime:
        return True
    if not (project / "profiles.yml").is_file():
        return False
    dbt = Path(sys.executable).with_name("dbt")
    here = ["--quiet", "--project-dir", ".", "--profiles-dir", "."]
    steps = [["docs", "generate", "--static", "--no-compile", "--empty-catalog"]]
    if not manifest.is_file():
        steps.insert(0, ["parse"])
    return not any(
        subprocess.run(
            [dbt, *step, *here], cwd=project, capture_output=True, check=False
        ).returncode
        for step in steps
    )


@contextmanager
def progress(console: Console) -> Iterator[Callable[[str, str], None]]:
    """Shows a line per document while they are rendered."""
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as shown:
        tasks: dict[str, int] = {}

        def told(document: str, state: str) -> None:
            if document not in tasks:
                tasks[document] = shown.add_task(document, total=1, state=state)
            done = state in (run.DONE, run.FAILED)
            shown.update(tasks[document], state=state, completed=int(done))

        yield told

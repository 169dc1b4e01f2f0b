"""What `bokslut render` needs before and around the rendering."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bokslut.render import quarto, run
from bokslut.render.lines import Problem, RenderFailed

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


def check_report(connection: duckdb.DuckDBPyConnection, report_id: str | None) -> None:
    """Raises RenderFailed, with the ids that there are, where the report is not in the database."""
    known = [r for (r,) in connection.execute("select report_id from marts.dim_reports").fetchall()]
    if report_id is not None and report_id not in known:
        told = ", ".join(sorted(known)) or "inga"
        message = f"rapporten {report_id} finns inte i databasen; de som finns: {told}"
        raise RenderFailed(Problem(Path("reports"), 0, message))


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

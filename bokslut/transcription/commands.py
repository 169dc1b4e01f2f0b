"""The commands that read documents: `ingest`, `check` and `new-year`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bokslut import database as db

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

Told = Callable[[str, int, int], None]

SOURCE = Annotated[Path, typer.Argument(metavar="KÄLLA", help="Word, Excel, PDF eller text.")]
TEMPLATE = Annotated[str, typer.Option(help="Rapportens mall; tomt för alla.")]
YEAR = Annotated[int | None, typer.Option(help="Rapportens år, om det inte syns i den.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command()(ingest)
    app.command()(check)
    app.command("new-year")(new_year)


def project_folder() -> Path:
    """The project's folder, which the command runs in or below."""
    project = db.project()
    if not (project / "dbt_project.yml").is_file():
        refuse("Kör kommandot i projektets mapp, där dbt_project.yml ligger.", 2)
    return project


def refuse(message: str, code: int, cause: BaseException | None = None) -> NoReturn:
    """Prints why a command ends, and ends it."""
    errors.print(escape(message))
    raise typer.Exit(code) from cause


@contextlib.contextmanager
def progress() -> Iterator[Told]:
    """A bar that says what is done now, on the error stream, gone when it is done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as shown:
        task = shown.add_task("läser", total=None)

        def told(step: str, done: int, total: int) -> None:
            shown.update(task, description=step, completed=done, total=total if total > 1 else None)

        yield told


def ingest(
    source: SOURCE,
    report_id: Annotated[str, typer.Option(help="Rapportens id, t.ex. vss-2021.")],
    output_dir: Annotated[Path, typer.Option(help="Mappen som filerna skrivs i.")],
    template: TEMPLATE = "",
    report_year: YEAR = None,
    answers: Annotated[
        Path | None, typer.Option(help="questions.csv med svar i kolumnen answer.")
    ] = None,
    add: Annotated[
        bool,
        typer.Option("--add", help="Lägg raderna i seeds/printed, i stället för dem som finns."),
    ] = False,
) -> None:
    """Läs in en rapport: tryckta tabeller, celler, frågor och påståenden som CSV.

    0: inget att fråga om, 1: frågor finns, 2: gick inte att läsa, och inget är skrivet.
    """
    import re

    from bokslut.transcription.reading import answers as answering
    from bokslut.transcription.reading import output
    from bokslut.transcription.reading.stream import NotRead

    project = project_folder()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", report_id):
        refuse(
            f"”{report_id}” är inget rapport-id. Väntat: små bokstäver, siffror och bindestreck.", 2
        )
    if (project / "seeds").resolve() in [output_dir.resolve(), *output_dir.resolve().parents]:
        refuse(
            f"{output_dir} är seedfilernas mapp. Väntat: en annan mapp; --add lägger raderna i "
            "seeds/printed.",
            2,
        )
    try:
        answered = answering.load(answers) if answers else None
        with progress() as told:
            read = output.understand(source, project, template, report_year, answered, told)
            made = output.files(read, report_id, project)
        output.write(made, output_dir)
        added = output.add_to_seeds(made, report_id, project) if add else {}
    except NotRead as failure:
        refuse(f"{failure} Inget är skrivet.", 2, failure)
    except OSError as failure:
        refuse(f"{output_dir} gick inte att skriva ({failure.strerror}).", 2, failure)
    for line in told_of(read, made, output_dir):
        console.print(escape(line))
    for name, count in added.items():
        console.print(f"seeds/printed/{name}: {count} rader")
    raise typer.Exit(1 if read.questions else 0)


def told_of(read: object, made: dict[str, str], folder: Path) -> Iterator[str]:
    """What was read and written, in Swedish."""
    from bokslut.swedish import number

    rows = {name: max(0, text.count("\n") - 1) for name, text in made.items()}
    yield (
        f"{number(rows['cells.csv'])} celler, {number(rows['questions.csv'])} frågor, "
        f"{number(rows['claims.csv'])} påståenden i text, {number(rows['left_over.csv'])} "
        "stycken med tal som ingen regel tog."
    )
    stream = read.document.stream  # type: ignore[attr-defined]
    yield from (f"Inte läst: {text}" for text in stream.left_out)
    yield f"Skrivet i {folder}: {', '.join(sorted(made))}"


def check(
    sources: Annotated[
        list[Path], typer.Argument(metavar="KÄLLA...", help="Utkastet, och bilagor till det.")
    ],
    template: TEMPLATE = "",
    report_year: YEAR = None,
    json_file: Annotated[
        str, typer.Option("--json", metavar="FIL", help="Fynden som JSON; - för skärmen.")
    ] = "",
    xlsx: Annotated[Path | None, typer.Option(metavar="FIL", help="Fynden som Excel.")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FIL", help="Dokumentet med fynden i marginalen.")
    ] = None,
) -> None:
    """Pröva ett utkast mot sig självt och mot fjolårets utgåva.

    0: inget säger emot, 1: något gör det, 2: gick inte att läsa.
    """
    from bokslut.throw_away import NotBuilt
    from bokslut.transcription.reading import check as checking
    from bokslut.transcription.reading import report as reporting
    from bokslut.transcription.reading.stream import NotRead

    project = project_folder()
    try:
        with progress() as told:
            read = checking.read(sources, project, template, report_year, told)
            found = checking.findings(read, project, told)
        if json_file and json_file != "-":
            Path(json_file).write_text(as_json(found), encoding="utf-8")
        if xlsx:
            reporting.write_workbook(found, read, xlsx)
        if html:
            html.write_text(reporting.page(found, read), encoding="utf-8")
    except (NotRead, NotBuilt) as failure:
        refuse(str(failure), 2, failure)
    except OSError as failure:
        refuse(f"{failure.filename or ''} gick inte att skriva ({failure.strerror}).", 2, failure)
    if json_file == "-":
        typer.echo(as_json(found), nl=False)
    else:
        for line in reporting.told(found, read):
            console.print(escape(line))
    raise typer.Exit(checking.exit_code(found))


def as_json(found: list) -> str:  # type: ignore[type-arg]
    """The findings as JSON."""
    records = [finding.record() for finding in found]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def new_year(
    from_report: Annotated[str, typer.Argument(metavar="RAPPORT", help="T.ex. vss-2020.")],
    year: Annotated[int, typer.Argument(metavar="ÅR", help="Året som ramen gäller.")],
    output_dir: Annotated[
        Path | None, typer.Option(help="Mappen som ramen skrivs i; annars <rapport>-<år>.")
    ] = None,
) -> None:
    """Skriv ramen för nästa års rapport: tabeller med fjolårets tal, och ett Excelformulär att
    fylla i."""
    from bokslut.transcription.reading import frame
    from bokslut.transcription.reading.stream import NotRead

    project = project_folder()
    try:
        folder = output_dir or Path(frame.id_of(from_report, year))
        made = frame.write(project, from_report, year, folder)
    except NotRead as failure:
        refuse(str(failure), 2, failure)
    except OSError as failure:
        refuse(f"{failure.filename or ''} gick inte att skriva ({failure.strerror}).", 2, failure)
    for line in made:
        console.print(escape(line))

"""The command `bokslut`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import duckdb
import typer
from rich.console import Console
from rich.markup import escape

from bokslut import database as db
from bokslut import engines, streams
from bokslut import trail as trails
from bokslut.faults import reason
from bokslut.swedish import SPACE, lines_of, number
from bokslut.transcription import commands as reading
from bokslut.transcription import document
from bokslut.transcription import known_issues as issues
from bokslut.transcription import lines as document_lines
from bokslut.transcription import seal as sealing

app = typer.Typer(
    name="bokslut",
    help="Kommunala verksamhetsberättelser som ett prövat datalager.",
    no_args_is_help=True,
    add_completion=False,
)
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@app.callback()
def main() -> None:
    """Kommunala verksamhetsberättelser som ett prövat datalager."""
    streams.take_every_sign()


def project_folder() -> Path:
    """The project's folder, which the command runs in or below."""
    project = db.project()
    if not (project / "dbt_project.yml").is_file():
        errors.print("Kör kommandot i projektets mapp, där dbt_project.yml ligger.")
        raise typer.Exit(2)
    return project


@app.command()
def seal(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Fråga inte.")] = False,
) -> None:
    """Försegla seedfilerna som de nu står; vad det godtar sägs rad för rad, innan det skrivs."""
    project = project_folder()
    try:
        found = sealing.seals(project)
    except (sealing.SealFailed, document.DocumentContradicts) as failure:
        refuse(str(failure), 1, failure)
    for line in found.accepted:
        say(line)
    if found.changed and not yes and sys.stdin.isatty() and not typer.confirm("Försegla?"):
        raise typer.Exit(1)
    try:
        found.write(project)
    except OSError as failure:
        refuse(f"Sigillen kunde inte skrivas: {reason(failure)}.", 1, failure)
    say(
        f"{number(len(found.cells))} celler och {number(len(found.rows))} rader förseglade, "
        f"{number(found.changed)} nya eller ändrade."
    )
    if found.not_compared:
        say(
            f"{number(found.not_compared)} rader eller påståenden är inte jämförda med dokumentet, "
            "som inte finns i documents/; bygget går inte igenom förrän de är det."
        )


@app.command()
def lines() -> None:
    """Skriv talen på varje rad i dokumenten (documents/): avskriften prövas mot dem."""
    project = project_folder()
    try:
        written = document_lines.write(project)
        excused = document_lines.write_excuses(project)
    except document_lines.DocumentUnreadable as failure:
        refuse(str(failure), 1, failure)
    except OSError as failure:
        refuse(f"Raderna kunde inte skrivas: {reason(failure)}.", 1, failure)
    for report_id, count in written.items():
        if count is None:
            place = document_lines.folder(project)
            say(f"{report_id}: inget dokument i {place}; raderna är som förut.")
        else:
            say(f"{report_id}: {number(count)} rader med tal")
    for report_id, count in excused.items():
        say(
            f"{report_id}: {number(count)} årtal och tal i etiketter lagda i control_line_excuses; "
            "läs dem i git diff"
        )


@app.command()
def findings(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Hela listan som .csv eller .xlsx.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Så många rader visas av varje orsak.")] = 10,
) -> None:
    """Allt som är fel eller att fråga om i seedfilerna, på en gång, ordnat efter orsak.

    0: inget är fel, 1: något är det, 2: det gick inte att pröva.
    """
    from bokslut import findings as finding

    project = project_folder()
    try:
        with reading.progress() as told:
            found = finding.find(project, told)
        if output:
            finding.write(found, output)
    except finding.NotMade as failure:
        refuse(str(failure), 2, failure)
    except OSError as failure:
        refuse(f"Listan kunde inte skrivas: {reason(failure)}.", 2, failure)
    for line in finding.lines_of(found, limit):
        say(line)
    if output:
        say(f"{number(len(found))} rader i {output}")
    wrong = any(row.test != finding.QUESTIONS for row in found)
    if not wrong:
        say("Inget är fel. Bygg: uv run dbt build")
    raise typer.Exit(int(wrong))


@app.command("known-issues")
def known_issues() -> None:
    """Skriv docs/known_issues.md ur control_known_issues."""
    project = project_folder()
    try:
        (project / issues.PAGE).write_text(issues.page(project), encoding="utf-8")
    except OSError as failure:
        refuse(f"Sidan kunde inte skrivas: {reason(failure)}.", 1, failure)
    console.print(str(issues.PAGE))


@app.command()
def why(
    words: Annotated[
        list[str],
        typer.Argument(
            help="Ord (sjukfrånvaro 2019), ett tryckt tal (206 583), en rad (rad 93), en fråga "
            "(D03), ett figur-id eller ett avstämnings-id."
        ),
    ],
) -> None:
    """Visa spåret från ett tal eller en avstämning till dokumentets rad och tryckta text."""
    asked = " ".join(words)
    try:
        source = db.source()
        with db.connect(source.path) as connection:
            found = trails.find(connection, asked)
    except trails.NotFound as missing:
        errors.print(escape(str(missing)))
        for identity, name in missing.candidates:
            errors.print(f"  {escape(identity)}  {escape(name)}")
        if missing.left_out:
            errors.print(f"  … och {missing.left_out} till: skriv fler ord, till exempel ett år.")
        raise typer.Exit(2) from missing
    except db.DatabaseNotBuilt as failure:
        refuse(str(failure), 2, failure)
    except duckdb.Error as failure:
        refuse(db.unreadable(failure), 2, failure)
    for line in told(found):
        console.print(escape(line))
    console.print(escape(f"\nKälla: {source.name_sv}"))


def told(trail: trails.Trail) -> list[str]:
    """The trail as lines of Swedish text."""
    lines: list[str] = []
    if trail.check:
        lines += [f"Avstämning {trail.check['check_id']}", f"  {trail.check['subject']}", ""]
    if claim := trail.claim:
        lines += [
            str(claim["label"]),
            f"  tryckt     ”{claim['printed_text']}” "
            + lines_of(claim["source_line_first"], claim["source_line_last"]),
            f"  läst som   ”{claim['read_text']}”",
        ]
        if claim["unverifiable_sv"]:
            lines += [f"  kan inte prövas: {claim['unverifiable_sv']}"]
    if figure := trail.figure:
        value = figure["missing_sv"]
        if figure["value"] is not None:
            value = number(figure["value"])
            value += f"{SPACE}{figure['symbol_sv']}" if figure["symbol_sv"] else ""
        lines += [
            str(figure["concept_name_sv"]),
            f"  värde      {value}"
            + ("" if figure["is_fact"] else ", används inte av något faktum"),
            f"  tryckt     ”{figure['printed_text'] or ''}” {place(figure)}",
            f"  etikett    {figure['row_label']} / {figure['column_label']}",
            f"  dokument   {figure['administration_name']} {figure['report_year']}"
            f" ({figure['source_file']})",
            f"  figur-id   {figure['figure_id']}",
            f"  begrepp    {figure['concept_key']}",
        ]
    if correction := trail.correction:
        lines += [
            f"  läst som   ”{correction['read_text']}” ({correction['correction_id']}:"
            f" {correction['reason_sv']}. {correction['evidence_sv']})"
        ]
    if trail.around or trail.why_not:
        lines += around(trail)
    if trail.prints:
        lines += ["", "Samma uppgift på andra ställen"]
        lines += [
            f"  ”{row['printed_text'] or ''}” {place(row)}{otherwise(trail.figure, row)}"
            f"  {row['figure_id']}"
            for row in trail.prints
        ]
    if trail.checks:
        lines += ["", "Avstämningar"]
        lines += [
            f"  {row['verdict_sv']}: {row['explanation_sv']}"
            + (f" [{row['known_issue_id']}]" if row["known_issue_id"] else "")
            + f"\n    {row['check_id']}"
            for row in trail.checks
        ]
    for issue in trail.issues:
        lines += [
            "",
            f"Känd fråga om {issue['class_sv']}, {issue['known_issue_id']}: {issue['title_sv']}",
            f"  {issues.sentence(str(issue['seen_sv']))}",
            f"  {issues.sentence(str(issue['believed_sv']))}",
            f"  Avgörs av: {issues.sentence(str(issue['settled_by_sv']))}",
        ]
    return lines


def otherwise(figure: trails.Row | None, row: trails.Row) -> str:
    """That another print of the same says something else: `, ett annat tal`."""
    if figure is None or row["value"] == figure["value"]:
        return ""
    return ", ett annat tal" if row["value"] is not None else ", inget tal"


def around(trail: trails.Trail) -> list[str]:
    """The print in its context, its own lines with a mark; why the document is not shown."""
    own = trail.figure or trail.claim or {}
    first, last = own.get("source_line_first"), own.get("source_line_last")
    lines = ["", "I dokumentet" if not trail.why_not else "Den tryckta raden"]
    lines += [
        f"  {'>' if first <= number <= last else ' '} {number:>4}  {text}".rstrip()
        for number, text in trail.around
    ]
    return [*lines, f"  {trail.why_not}"] if trail.why_not else lines


def place(row: trails.Row) -> str:
    """Table and lines of a print: `driftsammandrag, rad 160`."""
    return f"{row['source_table']}, {lines_of(row['source_line_first'], row['source_line_last'])}"


@app.command()
def build(
    keep: Annotated[int, typer.Option(min=1, help="Så många utgåvor behålls.")] = 10,
    wait: Annotated[bool, typer.Option(help="Vänta om ett annat bygge pågår.")] = True,
) -> None:
    """Bygg och pröva allt, och ge ut en utgåva i published/ om allting gick igenom."""
    from bokslut.publishing import publish

    project = project_folder()
    try:
        with publish.interruptible():
            # A log has dbt's own lines, and needs no more.
            progress = say if console.is_terminal else lambda line: None
            made = publish.build(project, db.published(), keep, wait, say, progress)
    except KeyboardInterrupt as stopped:
        refuse("Avbrutet. Ingenting nytt är utgivet.", 130, stopped)
    except publish.BuildFailed as failure:
        refuse(f"{failure} Ingenting är utgivet.", 1, failure)
    except (publish.Occupied, publish.EditionError) as failure:
        refuse(str(failure), 2, failure)
    except OSError as failure:
        refuse(f"Utgåvan kunde inte skrivas: {reason(failure)}.", 2, failure)
    except duckdb.Error as failure:
        refuse(f"Utgåvan kunde inte skrivas: {failure}", 2, failure)
    say(publish.told(made))


@app.command()
def editions() -> None:
    """Lista utgåvorna, den senaste först; den gällande har en asterisk."""
    from bokslut.publishing import publish

    for line in publish.listed(publish.real(db.published())):
        say(line)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="En utgåva: id, början av ett id, eller current.")],
    new: Annotated[str, typer.Argument(help="Utgåvan att jämföra med.")],
) -> None:
    """Visa vilka tal, avstämningar och kända motsägelser som skiljer. 0: inga, 1: några, 2: fel."""
    from bokslut.publishing import edition, edition_diff, publish

    root = publish.real(db.published())
    try:
        lines = edition_diff.told(edition.find(root, old), edition.find(root, new))
    except (edition.EditionError, db.DatabaseNotBuilt, duckdb.Error, OSError) as failure:
        refuse(str(failure), 2, failure)
    for line in lines or ["Inga tal, avstämningar eller kända motsägelser skiljer."]:
        say(line)
    raise typer.Exit(1 if lines else 0)


@app.command()
def verify(
    name: Annotated[
        str, typer.Argument(metavar="[UTGÅVA]", help="Id, början av ett id, eller current.")
    ] = db.CURRENT,
) -> None:
    """Räkna om kontrollsummorna i en utgåva och nämn varje fil som är skadad."""
    from bokslut.publishing import edition, publish

    try:
        folder = edition.find(publish.real(db.published()), name)
        damages = edition.damages(folder)
    except (edition.EditionError, db.DatabaseNotBuilt, OSError) as failure:
        refuse(str(failure), 2, failure)
    for damage in damages:
        say(damage)
    if damages:
        refuse(f"Utgåva {folder.name} är skadad. {db.REBUILD}", 1)
    say(f"Utgåva {folder.name} är hel.")


@app.command()
def render(
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="ID", help="Rapport, t.ex. vss-2020; annars alla."),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-P", metavar="NAMN=VÄRDE", help="En parameter i dokumenten."),
    ] = None,
) -> None:
    """Rendera dokumenten i reports/: en mapp för varje rapport i reports/_output/, och en lista."""
    from bokslut.render import command as rendering

    project = project_folder()
    parameters = dict(pair.partition("=")[::2] for pair in param or [])
    wanted = [*(report or []), *filter(None, [parameters.pop("report_id", None)])]
    files = 0
    try:
        source = db.source()
        with db.connect() as connection:
            known = rendering.reports(connection, [])
            chosen = rendering.reports(connection, wanted)
        renderer = rendering.renderer()
        say(f"Läser {source.name_sv}. Renderar med {renderer.name_sv}.")
        if not rendering.make_documentation(project):
            say(
                "Datadokumentationen gick inte att göra; finns en äldre används den. "
                "Varför säger: uv run dbt docs generate --static"
            )
        # Every cell reads the same database, whatever is published meanwhile.
        environment = os.environ | {"BOKSLUT_DATABASE": str(source.path.resolve())}
        for one in chosen:
            say(f"{one.report_id}: {one.administration_name}, {one.report_year}")
            given = parameters | {"report_id": one.report_id}
            with rendering.progress(console) as told:
                files += len(
                    renderer.render(project / "reports", given, environment, told, one.report_id)
                )
        index = rendering.write_index(project / "reports/_output", known)
    except rendering.RenderFailed as failure:
        for problem in failure.problems:
            errors.print(escape(problem.told(project)))
        refuse("Renderingen avbröts; det som fanns i reports/_output är kvar.", 1, failure)
    except db.DatabaseNotBuilt as failure:
        refuse(str(failure), 2, failure)
    except duckdb.Error as failure:
        refuse(db.unreadable(failure), 2, failure)
    say(f"{number(files)} filer; börja i {index.relative_to(project)}")


def say(line: str) -> None:
    """Prints a line as it stands."""
    console.print(escape(line))


def refuse(message: str, code: int, cause: BaseException | None = None) -> NoReturn:
    """Prints why a command ends, and ends it."""
    errors.print(escape(message))
    raise typer.Exit(code) from cause


@app.command()
def engine(
    target: Annotated[str, typer.Argument(help="dev, postgres, spark eller spark_thrift")],
) -> None:
    """Pröva om det går att bygga på en databasmotor, och säg annars vad som saknas."""
    try:
        console.print(escape(engines.ready(target)))
    except engines.EngineNotReady as failure:
        errors.print(escape(str(failure)))
        raise typer.Exit(2) from failure


@app.command()
def digest(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="En undermapp för varje seed.")],
) -> None:
    """Gå igenom en mapp av Parquet, och lämna kontrollsummor i den som dbt build läser."""
    from bokslut.transcription import printed_folder

    try:
        found = printed_folder.digest(project_folder(), folder)
    except printed_folder.FolderRefused as failure:
        refuse(str(failure), 1, failure)
    noun = "rapport" if found.reports == 1 else "rapporter"
    say(
        f"{number(found.reports)} {noun}. Nya eller ändrade filer: {number(found.new_files)} av "
        f"{number(found.files)}."
    )


@app.command()
def load(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="En undermapp för varje seed.")],
) -> None:
    """Läs in en mapp av Parquet i PostgreSQL, för dbt build med printed_source: parquet."""
    from bokslut.transcription import load as loading
    from bokslut.transcription import printed_folder

    try:
        connection = engines.postgres_connection()
        loaded = loading.load(project_folder(), folder, connection)
    except engines.EngineNotReady as failure:
        refuse(str(failure), 2, failure)
    except printed_folder.FolderRefused as failure:
        refuse(str(failure), 1, failure)
    connection.close()
    noun = "rapport" if loaded.reports == 1 else "rapporter"
    say(
        f"I schemat {loading.SCHEMA}: {number(loaded.reports)} {noun} med "
        f"{number(loaded.printed_rows)} tryckta rader. Nya eller ändrade filer: "
        f"{number(loaded.new_files)} av {number(loaded.files)}."
    )


reading.register(app)

"""The command `bokslut`."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from bokslut import seal as sealing

app = typer.Typer(
    name="bokslut",
    help="Kommunala verksamhetsberättelser som ett prövat datalager.",
    no_args_is_help=True,
    add_completion=False,
)
console = Console()
errors = Console(stderr=True)


@app.callback()
def main() -> None:
    """Kommunala verksamhetsberättelser som ett prövat datalager."""


@app.command()
def seal() -> None:
    """Försegla avskrifterna som de nu står, efter granskning av git diff seeds/printed."""
    project = Path.cwd()
    if not (project / "dbt_project.yml").is_file():
        errors.print("Kör kommandot i projektets mapp, där dbt_project.yml ligger.")
        raise typer.Exit(2)
    try:
        cells, changed = sealing.write_seals(project)
    except sealing.SealFailed as failure:
        errors.print(str(failure))
        raise typer.Exit(1) from failure
    console.print(f"{cells} celler förseglade, {changed} nya eller ändrade: {sealing.SEALS}")

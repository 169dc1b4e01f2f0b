"""Renders with the Quarto CLI, where it is on the path."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bokslut.render import cells
from bokslut.render.lines import Problem, RenderFailed
from bokslut.render.project import FORMATS, Document, Project, read_project
from bokslut.render.run import DONE, OUTPUT, Told, check_parameters, own_parameters, staged, swap

UNRESOLVED = re.compile(r"\?(@(?:fig|tbl|sec)-[\w-]+)")


def render(
    folder: Path, parameters: Mapping[str, Any], environment: Mapping[str, str], told: Told
) -> list[Path]:
    """Renders all documents of the project to its `_output` with Quarto; the files written.

    Each document names its formats, so one call makes them all. The subset is checked as for the
    embedded renderer, since Quarto is silent about what it does not know.

    Raises RenderFailed where Quarto fails or leaves a reference unresolved.
    """
    project = read_project(folder)
    check_parameters(project, parameters)
    with staged(folder) as staging:
        for document in project.documents:
            set_parameters(document, parameters, folder, staging)
        told("Quarto", "renderar alla dokument")
        done = subprocess.run(
            ["quarto", "render", str(staging)],
            env=dict(environment) | {"QUARTO_PYTHON": sys.executable},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            said = done.stderr.replace(str(staging), str(folder)).strip()
            raise RenderFailed(Problem(folder, 0, f"quarto render föll:\n{said}"))
        check_output(project, staging / OUTPUT)
        swap(staging / OUTPUT, folder / OUTPUT)
    told("Quarto", DONE)
    return sorted(file for file in (folder / OUTPUT).rglob("*") if file.is_file())


def set_parameters(
    document: Document, parameters: Mapping[str, Any], folder: Path, staging: Path
) -> None:
    """Sets the parameters in the staged copy of the document, in a cell after their defaults.

    Quarto's own `-P` would need papermill.
    """
    given = own_parameters(document, parameters)
    for part in document.cells:
        if given and cells.is_parameters(part):
            file = staging / part.start.file.relative_to(folder)
            lines = file.read_text(encoding="utf-8").split("\n")
            end = part.start.number + len(part.code.split("\n")) + 1
            code = cells.injected(part, given).code.split("\n")
            lines[end:end] = ["", "```{python}", "#| include: false", *code, "```"]
            file.write_text("\n".join(lines), encoding="utf-8")


def check_output(project: Project, output: Path) -> None:
    """Raises RenderFailed where a file is missing, or a reference was left unresolved.

    Quarto ends well in spite of the latter.
    """
    problems = []
    for document in project.documents:
        for format_ in document.formats:
            file = output / f"{document.name}{FORMATS[format_]}"
            if not file.is_file():
                message = f"Quarto skrev ingen {file.name}"
                problems.append(Problem(document.file, 0, message))
            elif format_ == "html":
                left = set(UNRESOLVED.findall(file.read_text(encoding="utf-8")))
                for name in sorted(left):
                    message = f"hänvisningen {name} leder ingenstans"
                    problems.append(Problem(document.file, 0, message))
    if problems:
        raise RenderFailed(*problems)

"""Renders with the Quarto CLI, where it is on the path."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bokslut.render import cells
from bokslut.render.lines import Problem, RenderFailed
from bokslut.render.project import FORMATS, Document, Project, read_project
from bokslut.render.run import DONE, OUTPUT, Told, check_parameters, own_parameters, staged, swap

UNRESOLVED = re.compile(r"\?(@(?:fig|tbl)-[\w-]+)")
PAGE = re.compile(r"\[ *(\d+/\d+)\] ([\w-]+)\.qmd")
WARNING = re.compile(r"(\[?WARN)")
FAILED_CELL = re.compile(r"following cell:\n-+\n(.*?)\n-+\n(.*)", re.DOTALL)
FAILED_LINE = re.compile(r"^-+> \d+ (.*)$", re.MULTILINE)
ERROR = re.compile(r"^(\w+(?:Error|Failed|Exception|Interrupt)\b.*)$", re.MULTILINE)
TOLD = re.compile(r"^(?P<file>\S+\.(?:qmd|md))(?:, rad (?P<line>\d+))?: (?P<message>.*)$")


def render(
    folder: Path,
    parameters: Mapping[str, Any],
    environment: Mapping[str, str],
    told: Told,
    place: str = "",
) -> list[Path]:
    """Renders all documents of the project to its `_output` with Quarto; the files written.

    Each document names its formats, so one call makes them all. The subset is checked as for the
    embedded renderer, since Quarto is silent about what it does not know. What Quarto warns of is
    printed. `place` is the folder within `_output`, for one of several sites.

    Raises RenderFailed where Quarto fails or leaves a reference unresolved.
    """
    project = read_project(folder)
    check_parameters(project, parameters)
    with staged(folder) as staging:
        for document in project.documents:
            set_parameters(document, parameters, folder, staging)
        here = str(Path(sys.executable).parent)
        with subprocess.Popen(
            ["quarto", "render", str(staging)],
            env=dict(environment)
            | {
                "QUARTO_PYTHON": sys.executable,
                # The step after rendering is run as `python`.
                "PATH": os.pathsep.join([here, environment.get("PATH", os.defpath)]),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as running:
            said = "".join(followed(running.stdout or [], told))
        said = said.replace(str(staging), str(folder))
        if running.returncode:
            raise RenderFailed(*problems(said, project, staging.name))
        for line in filter(WARNING.match, said.split("\n")):
            print(line, file=sys.stderr)
        check_output(project, staging / OUTPUT)
        output = folder / OUTPUT / place
        swap(staging / OUTPUT, output)
    return sorted(file for file in output.rglob("*") if file.is_file())


def followed(lines: Iterable[str], told: Told) -> Iterator[str]:
    """The lines that Quarto prints, without colours; each document that it comes to is told."""
    before = None
    for line in lines:
        plain = cells.COLOUR.sub("", line)
        if found := PAGE.search(plain):
            if before:
                told(before, DONE)
            before = found[2]
            told(before, f"renderas av Quarto ({found[1]})")
        yield plain
    if before:
        told(before, DONE)


def problems(said: str, project: Project, staging: str) -> list[Problem]:
    """What Quarto said when it failed: what the last step told, the line of a cell, or all."""
    found = [TOLD.match(line) for line in said.split("\n")]
    told = [
        Problem(
            project.folder.parent / m["file"].replace(staging, project.folder.name, 1),
            int(m["line"] or 0),
            m["message"],
        )
        for m in found
        if m
    ]
    failed = FAILED_CELL.search(said)
    if failed and not told:
        error = ERROR.findall(failed[2])
        line = FAILED_LINE.findall(failed[2])
        told = [
            Problem(place.file, place.number, f"cellen föll: {error[-1] if error else '?'}")
            for place in [failing_line(project, failed[1], line[0] if line else "")]
            if place
        ]
    return told or [Problem(project.folder, 0, f"quarto render föll:\n{said.strip()}")]


def failing_line(project: Project, code: str, line: str) -> cells.Line | None:
    """The line of a document that failed: the named line of the cell that has the code."""

    def bare(text: str) -> list[str]:
        return [part.strip() for part in text.split("\n") if part and not part.startswith("#|")]

    for document in project.documents:
        for part in document.cells:
            if bare(part.code) == bare(code):
                lines = [text.strip() for text in part.code.split("\n")]
                place = lines.index(line.strip()) + 1 if line.strip() in lines else 0
                return cells.Line(line, part.start.file, part.start.number + place)
    return None


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

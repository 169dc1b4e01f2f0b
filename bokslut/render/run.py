"""Renders a project into a folder beside it, which takes the old output's place at the end."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from bokslut.render import cells, finish, pages, pdf
from bokslut.render.lines import Problem, RenderFailed
from bokslut.render.project import Document, Project, as_list, read_project

OUTPUT = "_output"
DONE, FAILED = "klar", "föll"
Told = Callable[[str, str], None]


def render(
    folder: Path,
    parameters: Mapping[str, Any],
    environment: Mapping[str, str],
    told: Told = lambda document, state: None,
    place: str = "",
) -> list[Path]:
    """Renders all documents of a Quarto project to its `_output`; the files that were written.

    Args:
        folder: the folder of `_quarto.yml`.
        parameters: values for the cells tagged `parameters`.
        environment: the environment that cells run in.
        told: told each document's name and what is being done to it.
        place: the folder within `_output`, for one of several sites.

    Raises RenderFailed with file and line; the last good output then stays as it was.
    """
    project = read_project(folder)
    check_parameters(project, parameters)
    with staged(folder) as staging:
        # The longest first, so that no core ends with a long one alone.
        waiting: SimpleQueue[Document] = SimpleQueue()
        for document in sorted(project.documents, key=work_in, reverse=True):
            waiting.put(document)
        written: list[Path] = []
        problems: list[Problem] = []

        def work() -> None:
            with cells.Kernel(staging, environment) as kernel:
                while document := taken(waiting):
                    try:
                        given = own_parameters(document, parameters)
                        files = render_document(document, project, staging, kernel, given, told)
                        written.extend(files)
                    except RenderFailed as failure:
                        told(document.name, FAILED)
                        problems.extend(failure.problems)

        with ThreadPoolExecutor() as pool:
            kernels = min(os.cpu_count() or 1, len(project.documents))
            workers = [pool.submit(work) for _ in range(kernels)]
            try:
                for worker in workers:
                    worker.result()
            except BaseException:
                while taken(waiting):  # so that the others end after the document at hand
                    pass
                raise
        if problems:
            raise RenderFailed(*sorted(set(problems), key=lambda p: (p.file, p.line, p.message)))
        publish(project, staging, staging / OUTPUT, written)
        finished(project, staging)
        output = folder / OUTPUT / place
        swap(staging / OUTPUT, output)
    return sorted(file for file in output.rglob("*") if file.is_file())


def work_in(document: Document) -> int:
    """How much there is to do for a document, roughly."""
    return len(document.parts) * len(document.formats)


def taken(waiting: SimpleQueue[Document]) -> Document | None:
    """The next document that nobody has taken; None when there is none."""
    try:
        return waiting.get_nowait()
    except Empty:
        return None


def check_parameters(project: Project, parameters: Mapping[str, Any]) -> None:
    """Raises RenderFailed where no document has one of the parameters."""
    known = {name for d in project.documents for name in cells.parameter_names(d)}
    for name in sorted(set(parameters) - known):
        there = ", ".join(sorted(known)) or "inga"
        message = f"ingen sida har parametern {name}; de som finns: {there}"
        raise RenderFailed(Problem(project.folder, 0, message))


def own_parameters(document: Document, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the parameters that the document has."""
    names = cells.parameter_names(document)
    return {name: value for name, value in parameters.items() if name in names}


def render_document(
    document: Document,
    project: Project,
    staging: Path,
    kernel: cells.Kernel,
    parameters: Mapping[str, Any],
    told: Told,
) -> list[Path]:
    """Runs one document and writes it in each of its formats into the staging folder."""
    told(document.name, "kör celler")
    lines = kernel.run(document, parameters)
    written = []
    for format_ in document.formats:
        told(document.name, f"skriver {format_}")
        file = pages.convert(document, lines, format_, project, staging)
        written.append(pdf.write(file, document.file) if format_ == "typst" else file)
    told(document.name, DONE)
    return written


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A copy of the project's folder beside it, so that `..` means the same; gone afterwards.

    One rendering at a time: the lock goes with the process, however it ends.
    """
    work = folder.with_name(f"{folder.name}.rendering")
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(folder, work, ignore=shutil.ignore_patterns(OUTPUT, ".quarto"))
        yield work
    except BlockingIOError as error:
        raise RenderFailed(Problem(folder, 0, "en annan rendering pågår")) from error
    finally:
        os.close(lock)
        shutil.rmtree(work, ignore_errors=True)


def finished(project: Project, staging: Path) -> None:
    """Runs what `_quarto.yml` has both renderers run at the end; problems name the real files."""
    if not project.settings.get("project", {}).get("post-render"):
        return
    try:
        finish.finish(staging, staging / OUTPUT)
    except RenderFailed as failure:
        raise RenderFailed(
            *(
                replace(problem, file=project.folder / problem.file.relative_to(staging))
                for problem in failure.problems
            )
        ) from failure


def publish(project: Project, staging: Path, output: Path, written: list[Path]) -> None:
    """Gathers the documents and what they use in the folder that becomes the output."""
    output.mkdir()
    for file in written:
        shutil.move(file, output / file.name)
    assets = output / finish.ASSETS
    assets.mkdir(parents=True)
    shutil.copyfile(pages.HERE / "page.css", assets / "page.css")
    css = [c for d in project.documents for c in as_list(d.formats.get("html", {}).get("css"))]
    resources = project.settings.get("project", {}).get("resources")
    for pattern in dict.fromkeys(["_figures/*.svg", *css, *as_list(resources)]):
        for file in staging.glob(pattern):
            if file.is_file():
                target = output / file.relative_to(staging)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)


def swap(new: Path, old: Path) -> None:
    """Puts the new folder in the old one's place in one step; the old one is left as `new`.

    Where the system has no exchange of two names there is a moment with neither.
    """
    if not old.exists():
        old.parent.mkdir(exist_ok=True)
        new.rename(old)
        return
    exchange, here = 2, -100  # RENAME_EXCHANGE, AT_FDCWD
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 and renameat2(here, os.fsencode(new), here, os.fsencode(old), exchange) == 0:
        return
    aside = new.with_name(new.name + "-old")
    old.rename(aside)
    new.rename(old)

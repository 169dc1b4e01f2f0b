"""Runs the cells of a document, once for all its formats, and puts their output into the text."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from bokslut.render.lines import Line, Problem, RenderFailed
from bokslut.render.project import Cell, Document

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Kernel:
    """Python that runs documents one after the other, each with a namespace of its own.

    Modules stay imported between documents, which saves more time than anything else here.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """A kernel that starts with the first cell, in the folder and the environment given."""
        self.environment = dict(environment)
        self.running = ExitStack()
        self.client = NotebookClient(
            nbformat.v4.new_notebook(),
            timeout=300,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=["--log-level=ERROR"],  # it would warn that it runs over local TCP
        )

    def __enter__(self) -> Kernel:
        """The kernel, which ends with the block."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Ends the process."""
        self.running.close()

    def run(self, document: Document, parameters: Mapping[str, Any]) -> list[Line]:
        """The document's text with the output of its cells, each line with where it came from.

        `parameters` replace the values of the cell tagged `parameters`.
        Raises RenderFailed at the first cell that fails.
        """
        if self.client.kc is None:
            self.client.create_kernel_manager()
            self.running.enter_context(self.client.setup_kernel(env=self.environment))
        else:
            self.client.wait_for_reply(self.client.kc.execute("get_ipython().reset()"))
        self.client.reset_execution_trackers()
        lines: list[Line] = []
        for part in document.parts:
            if isinstance(part, Cell):
                lines += output(part, run_cell(self.client, part))
                if parameters and is_parameters(part):
                    run_cell(self.client, injected(part, parameters))
            else:
                lines += part
        return lines


def parameter_names(document: Document) -> set[str]:
    """The names that the document's cell tagged `parameters` sets."""
    names: set[str] = set()
    for part in document.cells:
        if is_parameters(part):
            for node in ast.walk(ast.parse(part.code)):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    names.add(node.id)
    return names


def is_parameters(part: Cell) -> bool:
    """Whether the cell holds the defaults of the parameters."""
    return "parameters" in part.options.get("tags", [])


def injected(part: Cell, parameters: Mapping[str, Any]) -> Cell:
    """The cell that sets the given parameters after their defaults."""
    code = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    return Cell(code, {}, part.start)


def run_cell(client: NotebookClient, part: Cell) -> list[dict[str, Any]]:
    """The outputs of one cell, in the order that they were made."""
    cell = nbformat.v4.new_code_cell(part.code)
    client.nb.cells.append(cell)
    try:
        client.execute_cell(cell, len(client.nb.cells) - 1)
    except CellExecutionError as error:
        line = part.start.number + line_in_cell(error.traceback)
        message = f"cellen föll: {error.ename}: {COLOUR.sub('', error.evalue)}"
        raise RenderFailed(Problem(part.start.file, line, message)) from error
    except (DeadKernelError, TimeoutError) as error:
        message = f"cellen stannade: {type(error).__name__}"
        raise RenderFailed(Problem(part.start.file, part.start.number, message)) from error
    return cell.outputs


def line_in_cell(traceback: str) -> int:
    """The line of the cell at which it failed, counted from its first; 1 if it is not told."""
    found = re.findall(r"Cell In\[\d+\][^\n]*line (\d+)", COLOUR.sub("", traceback))
    return int(found[0]) if found else 1


def output(part: Cell, outputs: list[dict[str, Any]]) -> list[Line]:
    """The Markdown lines that a cell leaves in the document."""
    if part.options.get("include") is False:
        return []
    text = "\n\n".join(block for block in (shown(part, made) for made in outputs) if block)
    caption = part.options.get("tbl-cap")
    if caption and text:
        text = f"::::: {{#{part.options.get('label', '')}}}\n{text}\n\n{caption}\n:::::"
    if not text:
        return []
    return [Line(t, part.start.file, part.start.number) for t in ["", *text.split("\n"), ""]]


def shown(part: Cell, made: dict[str, Any]) -> str:
    """The Markdown of one output, which is a Markdown object.

    Raises RenderFailed for anything else: what a document shows is written by `bokslut.pages`.
    """
    if made["output_type"] == "stream" and made["name"] == "stderr":
        return ""
    if "text/markdown" in made.get("data", {}):
        return made["data"]["text/markdown"]
    found = made.get("name") or ", ".join(sorted(made["data"]))
    message = f"cellen ger {found}; ge Markdown(...)"
    raise RenderFailed(Problem(part.start.file, part.start.number, message))

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

INLINE = re.compile(r"(?<!`)`\{python\}[ \t]+([^`]+)`")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$^~\"'@:])")


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
                lines += output(part, run_cell(self.client, part), document.meta["execute"])
                if parameters and is_parameters(part):
                    run_cell(self.client, injected(part, parameters))
            else:
                lines += run_inline(self.client, part)
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
    if part.options.get("eval") is False or not part.code.strip():
        return []
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


def run_inline(client: NotebookClient, lines: list[Line]) -> list[Line]:
    """The text with each `{python} expression` replaced by its value."""
    asked = [(line, m[1]) for line in lines for m in INLINE.finditer(line.text)]
    if not asked:
        return lines
    expressions = {str(i): expression for i, (_, expression) in enumerate(asked)}
    reply = client.wait_for_reply(client.kc.execute("", user_expressions=expressions))
    results = reply["content"]["user_expressions"]
    values = iter([inline_text(results[str(i)], *item) for i, item in enumerate(asked)])
    return [
        Line(text, line.file, line.number)
        for line in lines
        for text in INLINE.sub(lambda _: next(values), line.text).split("\n")
    ]


def inline_text(result: dict[str, Any], line: Line, expression: str) -> str:
    """The Markdown of one inline value: `Markdown(...)` as it is, a number or a string as text."""
    if result["status"] == "error":
        message = f"`{expression}` föll: {result['ename']}: {result['evalue']}"
        raise RenderFailed(Problem(line.file, line.number, message))
    if "text/markdown" in result["data"]:
        return result["data"]["text/markdown"]
    shown = result["data"]["text/plain"]
    if "\\" in shown or "\n" in shown:
        message = f"`{expression}` ger {shown}, som Quarto skulle visa så; slå in det i Markdown()"
        raise RenderFailed(Problem(line.file, line.number, message))
    if shown[0] in "'\"":
        shown = ast.literal_eval(shown)
    return SPECIAL.sub(r"\\\1", shown)


def output(part: Cell, outputs: list[dict[str, Any]], execute: dict[str, Any]) -> list[Line]:
    """The Markdown lines that a cell leaves in the document."""
    options = {"echo": True, "warning": True, "output": True} | execute | part.options
    if options.get("include") is False:
        return []
    blocks = [fenced("\n".join(part.code.split("\n")), ".python")] if options["echo"] else []
    if options["output"]:
        blocks += [shown(part, made, options) for made in outputs]
    text = "\n\n".join(block for block in blocks if block)
    caption = options.get("fig-cap") or options.get("tbl-cap")
    if caption and text:
        alt = f' fig-alt="{options["fig-alt"]}"' if "fig-alt" in options else ""
        text = f"::::: {{#{options.get('label', '')}{alt}}}\n{text}\n\n{caption}\n:::::"
    if not text:
        return []
    return [Line(t, part.start.file, part.start.number) for t in ["", *text.split("\n"), ""]]


def shown(part: Cell, made: dict[str, Any], options: dict[str, Any]) -> str:
    """The Markdown of one output: printed text or a Markdown object."""
    if made["output_type"] == "stream":
        if made["name"] == "stderr" and not options["warning"]:
            return ""
        return made["text"] if options["output"] == "asis" else fenced(made["text"].rstrip("\n"))
    data = made["data"]
    if "text/markdown" in data:
        return data["text/markdown"]
    if set(data) == {"text/plain"}:
        return fenced(data["text/plain"])
    message = f"cellen ger {', '.join(sorted(set(data) - {'text/plain'}))}; ge Markdown(...)"
    raise RenderFailed(Problem(part.start.file, part.start.number, message))


def fenced(text: str, attributes: str = "") -> str:
    """A code block whose fence is longer than any in the text."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", text))])
    return (
        f"{fence}{{{attributes}}}\n{text}\n{fence}" if attributes else f"{fence}\n{text}\n{fence}"
    )

"""The Quarto project as the renderer knows it: `_quarto.yml`, front matter, includes, cells.

Everything that is read is checked here, before anything runs: what lies outside the subset is a
`Problem` with file and line, all of them at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bokslut.render.comments import comment_problems
from bokslut.render.lines import (
    CODE_SPAN,
    SHORTCODE,
    Line,
    Problem,
    RenderFailed,
    blocks,
    info,
    lines_of,
    structure_problems,
)

FORMATS = {"html": ".html", "typst": ".pdf", "docx": ".docx"}

SUBSET = yaml.safe_load((Path(__file__).parent / "subset.yml").read_text(encoding="utf-8"))

INLINE_CODE = re.compile(r"(?<!`)`\{(\w+)\}[ \t]")


@dataclass(frozen=True)
class Cell:
    """One `{python}` cell; `start` is the line of its fence, `code` begins on the line after."""

    code: str
    options: dict[str, Any]
    start: Line


@dataclass(frozen=True)
class Document:
    """One `.qmd`: its merged YAML per format, and its text and cells in order."""

    file: Path
    formats: dict[str, dict[str, Any]]
    parts: list[Cell | list[Line]]

    @property
    def name(self) -> str:
        """The name without its ending, which its outputs get too."""
        return self.file.stem

    @property
    def cells(self) -> list[Cell]:
        """The cells in order."""
        return [part for part in self.parts if isinstance(part, Cell)]


@dataclass(frozen=True)
class Project:
    """The folder of the documents and its `_quarto.yml`."""

    folder: Path
    settings: dict[str, Any]
    documents: list[Document]
    comments: list[Line]

    def has(self, name: str) -> bool:
        """Whether the project has a document of the name."""
        return any(document.name == name for document in self.documents)

    @property
    def navigation(self) -> list[dict[str, str]]:
        """The pages of the navbar: `href` and `text`."""
        return navigation(self.settings)


def navigation(settings: dict[str, Any]) -> list[dict[str, str]]:
    """The pages of the navbar in the settings of a project."""
    entries = settings.get("website", {}).get("navbar", {}).get("left", [])
    return [entry for entry in entries if isinstance(entry, dict)]


def read_project(folder: Path) -> Project:
    """The project with all its documents.

    Raises RenderFailed with every problem that can be seen without running anything.
    """
    file = folder / "_quarto.yml"
    if not file.is_file():
        raise RenderFailed(Problem(file, 0, "filen finns inte"))
    problems: list[Problem] = []
    settings = read_yaml(file.read_text(encoding="utf-8"), file, 0, SUBSET["project"], problems)
    pages = sorted(p for p in folder.glob("*.qmd") if not p.name.startswith("_"))
    wanted = settings.get("project", {}).get("render")
    if wanted:
        for name in set(wanted) - {p.name for p in pages}:
            problems.append(Problem(file, 0, f"render nämner {name}, som inte finns"))
        pages = [p for p in pages if p.name in wanted]
    for entry in navigation(settings):
        page = entry.get("href", "")
        if page.endswith(".qmd") and not (folder / page).is_file():
            problems.append(Problem(file, 0, f"navbar nämner {page}, som inte finns"))
    documents = [read_document(page, settings, problems) for page in pages]
    comments = sorted((folder / "kommentarer").rglob("*.md"))
    problems += [problem for comment in comments for problem in comment_problems(comment)]
    if problems:
        raise RenderFailed(*problems)
    return Project(folder, settings, documents, [ln for c in comments for ln in lines_of(c)])


def read_document(file: Path, settings: dict[str, Any], problems: list[Problem]) -> Document:
    """One document with its includes in place; what is wrong is added to `problems`."""
    lines = lines_of(file)
    own: dict[str, Any] = {}
    if lines[0].text.rstrip() == "---":
        end = next((i for i, ln in enumerate(lines[1:], 1) if ln.text.rstrip() == "---"), None)
        if end is None:
            problems.append(Problem(file, 1, "YAML-huvudet tar aldrig slut: en rad med --- saknas"))
            end = len(lines) - 1
        head = "\n".join(line.text for line in lines[1:end])
        own, lines = read_yaml(head, file, 1, SUBSET["document"], problems), lines[end + 1 :]
    problems += structure_problems(lines)
    body = list(with_includes(lines, problems, (file,)))
    return Document(file, merged_formats(settings, own), list(split(body, problems)))


def merged_formats(settings: dict[str, Any], own: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The settings per format: the project's, its format's, the document's, its format's."""
    common = {k: v for k, v in settings.items() if k not in ("project", "website", "format")}
    mine = {k: v for k, v in own.items() if k != "format"}
    theirs, wanted = as_formats(settings.get("format")), as_formats(own.get("format"))
    formats: dict[str, dict[str, Any]] = {}
    for name in wanted or theirs or {"html": {}}:
        layers = (common, theirs.get(name, {}), mine, wanted.get(name, {}))
        formats[name] = {key: value for layer in layers for key, value in layer.items()}
    return formats


def as_formats(value: Any) -> dict[str, dict[str, Any]]:
    """`format: html`, or a mapping with `default` or settings, as a mapping of settings."""
    if isinstance(value, str):
        return {value: {}}
    return {k: v if isinstance(v, dict) else {} for k, v in (value or {}).items()}


def read_yaml(
    text: str, file: Path, offset: int, known: dict[str, Any], problems: list[Problem]
) -> dict[str, Any]:
    """A YAML mapping whose keys are all known; `offset` is the number of lines before it."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(file, offset + line, f"YAML kan inte läsas: {error.problem}"))
        return {}
    if not isinstance(values, dict):
        problems.append(Problem(file, offset + 1, "här väntades nyckel: värde"))
        return {}
    problems += outside(node, file, offset, known)
    return values


def outside(
    node: yaml.Node, file: Path, offset: int, known: dict[str, Any], path: str = ""
) -> Iterator[Problem]:
    """A problem for each key and value of a mapping that the subset does not have there."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                yield from outside(item, file, offset, known["*"], path)
            else:
                message = f"{path}{item.value}: här väntades {', '.join(known['*'])}"
                yield Problem(file, line_of(item, offset), message)
        return
    if not isinstance(node, yaml.MappingNode):
        if node.value not in {*known, "default"}:
            yield Problem(file, line_of(node, offset), unknown(path + node.value, known))
        return
    seen: set[str] = set()
    for key, value in node.value:
        name, line = str(key.value), line_of(key, offset)
        if name in seen:
            yield Problem(file, line, f"{path}{name} står två gånger")
        seen.add(name)
        if name not in known:
            yield Problem(file, line, unknown(path + name, known))
        elif isinstance(known[name], list):
            values = yaml.safe_load(yaml.serialize(value))
            for wrong in [v for v in as_list(values) if v not in known[name]]:
                there = ", ".join(yaml.safe_dump(v).split("\n")[0] for v in known[name])
                yield Problem(
                    file, line, f"{path}{name}: {wrong} stöds inte; de som stöds: {there}"
                )
        elif known[name]:
            yield from outside(value, file, offset, known[name], f"{path}{name}.")


def line_of(node: yaml.Node, offset: int) -> int:
    """The line of a node in a file where `offset` lines stand before the YAML."""
    return offset + node.start_mark.line + 1


def unknown(name: str, known: dict[str, Any]) -> str:
    """What to say of a key that is not known, with the likely one."""
    likely = difflib.get_close_matches(name.split(".")[-1], known, n=1)
    return f"okänd inställning {name}" + (f"; menades {likely[0]}?" if likely else "")


def as_list(value: Any) -> list[Any]:
    """One value or a list of them, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def with_includes(
    lines: list[Line], problems: list[Problem], parents: tuple[Path, ...]
) -> Iterator[Line]:
    """The lines with each `{{< include file >}}` replaced by the file's lines."""
    for block in blocks(lines):
        for line in block:
            found = SHORTCODE.search(CODE_SPAN.sub("", line.text))
            if not found or info(block) is not None:
                yield line
                continue
            target = (line.file.parent / found["rest"].strip("\"'")).resolve()
            if found["name"] != "include" or not SHORTCODE.fullmatch(line.text.strip()):
                message = f"kortkoden {found[0]} stöds inte här; bara include, ensam på sin rad"
            elif target in parents:
                message = f"{target.name} tar in sig själv"
            elif not target.is_file():
                message = f"filen {found['rest']} som ska tas in finns inte"
            else:
                inner = lines_of(target)
                problems += structure_problems(inner)
                yield from with_includes(inner, problems, (*parents, target))
                continue
            problems.append(Problem(line.file, line.number, message))


def split(lines: list[Line], problems: list[Problem]) -> Iterator[Cell | list[Line]]:
    """The text between the cells, and the cells."""
    text: list[Line] = []
    for block in blocks(lines):
        kind = info(block) or ""
        if kind == "{python}":
            yield text
            text = []
            yield cell(block[0], block[1:-1], problems)
            continue
        for line in block if not kind else []:
            if found := INLINE_CODE.search(line.text):
                message = f"`{{{found[1]}}}` stöds inte inne i text; skriv meningen i en cell"
                problems.append(Problem(line.file, line.number, message))
        if re.match(r"\{\w", kind):
            message = f"cellen {kind} stöds inte; bara {{python}}"
            problems.append(Problem(block[0].file, block[0].number, message))
        text += block
    yield text


def cell(start: Line, lines: list[Line], problems: list[Problem]) -> Cell:
    """A cell from its lines; its `#|` options are checked."""
    count = next((i for i, ln in enumerate(lines) if not ln.text.startswith("#|")), len(lines))
    head = "\n".join(ln.text[2:].removeprefix(" ") for ln in lines[:count])
    options = read_yaml(head, start.file, start.number, SUBSET["cell"], problems) if count else {}
    for late in [ln for ln in lines[count:] if ln.text.startswith("#|")]:
        message = f"{late.text} står inte först i cellen, och gäller då inte"
        problems.append(Problem(late.file, late.number, message))
    # The options stay as comments, so that a line of an error is a line of the file.
    return Cell("\n".join(ln.text for ln in lines), options, start)

"""Lines of the documents, each with its file and number, and what is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHORTCODE = re.compile(r"\{\{<\s*(?P<name>\S+)\s*(?P<rest>.*?)\s*>\}\}")
FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
DIV = re.compile(r"^(?P<colons>:{3,})\s*(?P<attributes>.*?):*\s*$")
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (file and line, 0 for the whole file) and what, in Swedish."""

    file: Path
    line: int
    message: str

    def told(self, root: Path) -> str:
        """The problem as one line of text, with the path as it is from the project's folder."""
        file = self.file.relative_to(root) if self.file.is_relative_to(root) else self.file
        return (
            f"{file}, rad {self.line}: {self.message}" if self.line else f"{file}: {self.message}"
        )


class RenderFailed(Exception):
    """The documents cannot be rendered; `problems` says where and why."""

    def __init__(self, *problems: Problem) -> None:
        """One exception for all that is wrong."""
        super().__init__("\n".join(p.told(Path.cwd()) for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Line:
    """One line of text and where it was written."""

    text: str
    file: Path
    number: int


def lines_of(file: Path) -> list[Line]:
    """The lines of a UTF-8 file. Raises RenderFailed where it is not UTF-8."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RenderFailed(Problem(file, 0, "är inte UTF-8; spara den som UTF-8")) from error
    return [Line(line, file, number) for number, line in enumerate(text.split("\n"), start=1)]


def blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of plain lines, and code blocks with their fences; a block begins with its fence."""
    block: list[Line] = []
    fence = ""
    for line in lines:
        mark = FENCE.match(line.text)
        if fence:
            block.append(line)
            if mark and mark["fence"].startswith(fence) and not mark["info"].strip():
                yield block
                block, fence = [], ""
        elif mark and "`" not in mark["info"]:
            yield block
            block, fence = [line], mark["fence"]
        else:
            block.append(line)
    yield block


def info(block: list[Line]) -> str | None:
    """What stands after the fence of a code block, e.g. `{python}`; None for plain lines."""
    mark = FENCE.match(block[0].text) if block else None
    return mark["info"].strip() if mark and "`" not in mark["info"] else None


def structure_problems(lines: list[Line]) -> list[Problem]:
    """Code fences and `:::` divs of one file that are never closed, or closed without a start."""
    problems: list[Problem] = []
    divs: list[Line] = []
    for block in blocks(lines):
        if info(block) is not None:
            last = FENCE.match(block[-1].text)
            if len(block) == 1 or not last or last["info"].strip():
                message = f"kodblocket {block[0].text.strip()} stängs aldrig"
                problems.append(Problem(block[0].file, block[0].number, message))
            continue
        for line in block:
            if not (div := DIV.match(line.text)):
                continue
            if div["attributes"]:
                divs.append(line)
            elif divs:
                divs.pop()
            else:
                message = "::: stänger något som inte öppnats"
                problems.append(Problem(line.file, line.number, message))
    problems += [Problem(d.file, d.number, f"{d.text.strip()} stängs aldrig") for d in divs]
    return problems

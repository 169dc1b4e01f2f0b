"""What a controller's comment may be: plain Markdown, harmless in every format.

The comment is read as both renderers read it, by pandoc, and everything that is more than text,
lists, tables, headings and links is told with its line.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bokslut.render.lines import CODE_SPAN, SHORTCODE, Line, Problem, blocks, info, lines_of
from bokslut.render.pandoc import pandoc

PLAIN = "en kommentar är ren Markdown"
SCHEMES = ("http", "https", "mailto")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|//", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
# What pandoc calls what a comment may not hold, in a controller's words.
REFUSED = {
    "RawBlock": "kod för ett format",
    "RawInline": "kod för ett format",
    "Div": "en ruta (:::)",
    "Span": "ett attribut",
    "Math": "en formel; ett dollartecken skrivs \\$",
    "Image": "en bild",
    "Note": "en fotnot",
}
# Where the attributes of an element stand among its contents.
ATTRIBUTES = {"Code": 0, "CodeBlock": 0, "Link": 0, "Table": 0, "Header": 1}


def comment_problems(file: Path) -> list[Problem]:
    """What is wrong in a controller's comment, each with its line.

    Raises RenderFailed where the file is not UTF-8.
    """
    lines = lines_of(file)
    problems = list(seen_in_lines(lines))
    if not problems:
        read = parsed("\n".join(line.text for line in lines))
        if read["meta"]:
            problems.append(Problem(file, 1, f"inställningar kan inte stå här: {PLAIN}"))
        problems += [
            Problem(file, line_of(snippet, lines), message)
            for snippet, message in refused(read["blocks"])
        ]
    return sorted(set(problems), key=lambda p: (p.line, p.message))


def seen_in_lines(lines: list[Line]) -> Iterator[Problem]:
    """What is seen without reading the Markdown: open code blocks, cells, shortcodes, boxes."""
    for block in blocks(lines):
        kind = info(block)
        if kind is not None:
            line = block[0]
            if len(block) == 1 or info(block[-1:]) != "":
                yield Problem(
                    line.file, line.number, f"kodblocket {line.text.strip()} stängs aldrig"
                )
            elif kind.startswith("{"):
                yield Problem(line.file, line.number, f"{kind} kan inte stå här: {PLAIN}")
            continue
        for line in block:
            found = SHORTCODE.search(CODE_SPAN.sub("", line.text)) or re.match(
                r"\s*:{3,}.*", line.text
            )
            if found:
                shown = found[0].strip()
                yield Problem(line.file, line.number, f"{shown} kan inte stå här: {PLAIN}")


def parsed(text: str) -> dict[str, Any]:
    """The comment as pandoc reads it."""
    done = subprocess.run(
        [pandoc(), "--from=markdown-auto_identifiers", "--to=json"],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


def refused(element: Any) -> Iterator[tuple[str, str]]:
    """A text to look for and what to say, for each part that a comment may not hold."""
    if isinstance(element, list):
        for part in element:
            yield from refused(part)
    if not isinstance(element, dict):
        return
    kind, content = element.get("t"), element.get("c")
    if kind in REFUSED:
        yield snippet(kind, content), f"{REFUSED[kind]} kan inte stå här: {PLAIN}"
        return
    if kind in ATTRIBUTES:
        identifier, classes, pairs = content[ATTRIBUTES[kind]]
        # A code block may name its language.
        named = [identifier, *(classes if kind != "CodeBlock" else []), *(n for n, _ in pairs)]
        if kind == "Link" and classes in (["uri"], ["email"]):
            named = []  # what pandoc gives a bare address
        for name in filter(None, named):
            yield name, f"attributet {name} kan inte stå här: {PLAIN}"
    if kind == "Link" and (wrong := wrong_target(content[2][0])):
        yield content[2][0], wrong
    yield from refused(content)


def wrong_target(target: str) -> str | None:
    """Why a link may not lead there: only pages of the site, web addresses and mail."""
    scheme = SCHEME.match(UNSEEN.sub("", target))
    if scheme and (scheme[1] or "").lower() not in SCHEMES:
        return f"en länk kan inte leda till {target}: bara till en sida här, https eller mailto"
    return None


def snippet(kind: str, content: Any) -> str:
    """A text that stands in the file where the element does."""
    if kind in ("RawBlock", "RawInline", "Math"):
        return content[1].strip().split("\n")[0]
    if kind == "Image":
        return content[2][0]
    if kind == "Note":
        return "[^" if "^[" not in content else "^["
    identifier, classes, pairs = content[0]
    return next(filter(None, [identifier, *classes, *(n for n, _ in pairs)]), "[")


def line_of(wanted: str, lines: list[Line]) -> int:
    """The first line that holds the text; 0, for the whole file, where none does."""
    return next((line.number for line in lines if wanted in line.text), 0)

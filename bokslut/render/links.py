"""Whether each link of a site leads to something, and where the one stands that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml.html import HtmlElement

from bokslut.render.lines import Problem, lines_of

ELSEWHERE = re.compile(r"(https?:|mailto:|data:image/)", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4")


def dead(pages: Mapping[str, HtmlElement], project: Path, output: Path) -> list[Problem]:
    """A problem for each link, picture or anchor of the pages that is not there.

    `pages` by file name; `project` is the folder of the documents, `output` that of the site.
    """
    anchors = {name: set(page.xpath("//@id | //a/@name")) for name, page in pages.items()}
    problems = {}
    for name, page in pages.items():
        for element, target in targets(page):
            missing = lost(target, name, anchors, output)
            if missing:
                problem = told(element, target, missing, name, project)
                problems[problem.file, problem.line, problem.message] = problem
    return [problems[key] for key in sorted(problems)]


def targets(page: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """What a page links to and shows."""
    for element in page.xpath("//a[@href] | //link[@href] | //img[@src] | //script[@src]"):
        yield element, element.get("href") or element.get("src")


def lost(target: str, page: str, anchors: Mapping[str, set[str]], output: Path) -> str | None:
    """What is missing of a target; None where it is there or lies outside the site."""
    if ELSEWHERE.match(target):
        return None
    path, _, anchor = target.partition("#")
    path, anchor = unquote(path).removeprefix("./"), unquote(anchor)
    if path and not (output / path).is_file():
        return "en sida eller fil som inte finns"
    if anchor and anchor not in anchors.get(path or page, {anchor}):
        return "en plats som inte finns på sidan"
    return None


def told(element: HtmlElement, target: str, missing: str, page: str, project: Path) -> Problem:
    """The problem, at the line of the document or comment that holds the link if one does."""
    words = " ".join(element.text_content().split()) or element.get("alt") or element.tag
    path, mark, anchor = target.removeprefix("./").partition("#")
    written = re.sub(r"\.html$", ".qmd", path) + mark + unquote(anchor)
    message = f"länken ”{words}” leder till {written}: {missing}"
    sources = [*project.glob("*.qmd"), *project.glob("kommentarer/**/*.md")]
    for file in sorted(sources, key=lambda f: (f.stem != Path(page).stem, f)):
        for line in lines_of(file):
            if any(f"({form})" in line.text for form in (written, target)):
                return Problem(file, line.number, message)
    own = page.removesuffix(".html") + ".qmd"
    return Problem(project / own, 0, f"{under(element)}{message}")


def under(element: HtmlElement) -> str:
    """The heading that an element stands under, as the beginning of a sentence."""
    before = [e for e in element.iterancestors() if e.tag in ("section", "main", "body")]
    for outer in before:
        for tag in HEADINGS:
            found = outer.find(tag)
            if found is not None:
                return f"under rubriken ”{' '.join(found.text_content().split())}”: "
    return ""

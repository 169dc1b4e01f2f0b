"""What the search of a site looks in: every section of every page, in a script that a page loads.

A page that is opened from disk cannot fetch a file, but it can load a script beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4")
# A row that a link can lead to is found by itself; so is a line of the document.
ROWS = ".//details//tr[.//*[@id]]"
LINES = ".//li[starts-with(@id, 'rad-')]"

Entry = list[str]


def script(pages: Mapping[str, HtmlElement]) -> str:
    """The script with the entries of all pages: file and anchor, page, heading, text.

    Sections come before rows of tables, and those before lines of the document.
    """
    found = [
        entry
        for kind in (sections, rows, lines)
        for name, page in pages.items()
        for entry in kind(name, title_of(name, page), main_of(page))
    ]
    return f"globalThis.bokslutSearch = {json.dumps(found, ensure_ascii=False)};\n"


def main_of(page: HtmlElement) -> HtmlElement:
    """Where the text of a page is."""
    (main,) = page.xpath("//main")[:1] or [page]
    return main


def title_of(name: str, page: HtmlElement) -> str:
    """What a page is called."""
    titles = page.xpath("//h1")
    return words(titles[0]) if titles else name


def sections(name: str, title: str, main: HtmlElement) -> Iterator[Entry]:
    """The sections of a page, each with the text that no section inside it has."""
    for section in [main, *main.xpath(".//section[@id]")]:
        heading = next((e for e in section.xpath("./*") if e.tag in HEADINGS), None)
        anchor = f"#{section.get('id')}" if section is not main else ""
        text = " ".join(own_text(section, heading))
        if text:
            yield [f"{name}{anchor}", title, words(heading) if heading is not None else title, text]


def rows(name: str, title: str, main: HtmlElement) -> Iterator[Entry]:
    """The rows that have a place of their own, each under the name of its table."""
    for row in main.xpath(ROWS):
        named = row.xpath("ancestor::details/summary")[0]
        anchor = row.xpath(".//@id")[0]
        yield [f"{name}#{anchor}", title, words(named), " ".join(words(cell) for cell in row)]


def lines(name: str, title: str, main: HtmlElement) -> Iterator[Entry]:
    """The lines of the document."""
    for line in main.xpath(LINES):
        if text := words(line):
            yield [f"{name}#{line.get('id')}", title, f"rad {line.get('value')}", text]


def own_text(section: HtmlElement, heading: HtmlElement | None) -> Iterator[str]:
    """The text of what stands directly in a section, and is not found by itself."""
    for element in section.xpath("./*"):
        inside = element.tag in ("section", "script", "form") or element is heading
        apart = f"self::details//tr[.//*[@id]] | .//section[@id] | {LINES}"
        if not inside and not element.xpath(apart):
            yield words(element)


def words(element: HtmlElement) -> str:
    """The text of an element with plain spaces, without soft hyphens and what is in drawings."""
    text = "".join(element.xpath(".//text()[not(ancestor::svg)]"))
    return " ".join(text.replace("\u00ad", "").split())

"""What the search of a site looks in: every section of every page, in a script that a page loads.

A page that is opened from disk cannot fetch a file, but it can load a script beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4")
# A longer text is found by its beginning.
LONGEST = 4000


def script(pages: Mapping[str, HtmlElement]) -> str:
    """The script with the entries of all pages: file and anchor, page, heading, text."""
    found = [entry for name, page in pages.items() for entry in entries(name, page)]
    return f"globalThis.bokslutSearch = {json.dumps(found, ensure_ascii=False)};\n"


def entries(name: str, page: HtmlElement) -> Iterator[list[str]]:
    """The sections of a page, each with the text that no section inside it has."""
    titles = page.xpath("//main//h1 | //h1")
    title = words(titles[0]) if titles else name
    (main,) = page.xpath("//main")[:1] or [page]
    for section in [main, *main.xpath(".//section[@id]")]:
        heading = next((e for e in section.xpath("./*") if e.tag in HEADINGS), None)
        anchor = section.get("id") if section is not main else ""
        text = " ".join(own_text(section, heading))
        if text:
            yield [
                f"{name}#{anchor}" if anchor else name,
                title,
                words(heading) if heading is not None else title,
                text[:LONGEST],
            ]
    for line in main.xpath(".//li[starts-with(@id, 'rad-')]"):
        text = words(line)
        if text:
            yield [f"{name}#{line.get('id')}", title, f"rad {line.get('value')}", text]


def own_text(section: HtmlElement, heading: HtmlElement | None) -> Iterator[str]:
    """The text of what stands directly in a section."""
    for element in section.xpath("./*"):
        inside = element.tag == "section" or element is heading or element.tag in ("script", "form")
        if not inside and "document" not in (element.get("class") or ""):
            yield words(element)


def words(element: HtmlElement) -> str:
    """The text of an element with plain spaces, without soft hyphens."""
    return " ".join(element.text_content().replace("\u00ad", "").split())

"""What a page needs that neither renderer gives it.

Tables: real captions, headers of rows and columns, labels for narrow screens, a named region that
scrolls, a way past their links. Pages: a policy of content security, and nothing that breaks it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, DIV, LINK, META, SCRIPT, SPAN, A

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
WORDS = {
    "sv": {"skip": "Hoppa till innehållet", "past": "Hoppa förbi tabellen", "pages": "Sidor"},
    "en": {"skip": "Skip to content", "past": "Skip the table", "pages": "Pages"},
}
MANY_LINKS = 5
"""A table with more links than this gets a way past them."""


def read(file: Path) -> HtmlElement:
    """The page as a tree."""
    return html.document_fromstring(file.read_text(encoding="utf-8"))


def write(page: HtmlElement, file: Path) -> None:
    """Writes the tree as a page."""
    text = html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    file.write_text(text + "\n", encoding="utf-8")


def with_head(text: str, pages: Mapping[str, HtmlElement]) -> str:
    """The text with what the first page that has it says of report and edition, as CSS strings."""
    leads = [lead for page in pages.values() for lead in page.xpath("//*[@data-edition]")]
    given = leads[0].attrib if leads else {}
    report = ", ".join(given.get(f"data-{n}", "") for n in ("organisation", "municipality"))
    values = {
        "report": f"{report} {given.get('data-year', '')}",
        "edition": given.get("data-edition", ""),
    }
    for name, value in values.items():
        text = text.replace(f'"{{{name}}}"', json.dumps(value.strip(", "), ensure_ascii=False))
    return text


def finish(page: HtmlElement, assets: Path) -> None:
    """Puts a page right in place; one that has been put right is left as it is."""
    head = page.find("head")
    if page.xpath("//meta[@http-equiv='Content-Security-Policy']"):
        return
    words = WORDS[page.get("lang", "sv")[:2]]
    without_inline(page)
    with_title(page)
    with_landmarks(page, words)
    for number, table in zip(count(1), page.xpath("//main//table")):
        finish_table(table, number, words)
    for figure in page.xpath("//main//figure[.//img]"):
        caption = figure.find(".//figcaption")
        if caption is not None:
            caption.set("id", caption.get("id") or f"{figure.get('id', 'figur')}-text")
            in_region(figure, caption.get("id"))
    # The policy comes before anything that it is about.
    head.insert(1, META({"http-equiv": "Content-Security-Policy"}, content=POLICY))
    head.append(LINK(rel="stylesheet", href=f"{assets}/print.css"))
    head.append(SCRIPT(src=f"{assets}/page.js", defer="defer"))


def without_inline(page: HtmlElement) -> None:
    """Takes away what the policy forbids, and scripts that a page from disk cannot load."""
    unwanted = "not(@src) or @type='module' or contains(@src, 'quarto-nav')"
    for element in page.xpath(f"//script[{unwanted}] | //style"):
        element.drop_tree()
    for element in page.xpath("//main//colgroup"):
        element.drop_tree()
    for element in page.iter(html.etree.Element):
        for name in [n for n in element.attrib if n.startswith("on")]:
            del element.attrib[name]
        style = element.attrib.pop("style", "")
        if found := re.search(r"text-align: *(right|center)", style):
            element.classes.add({"right": "number", "center": "centre"}[found[1]])


def with_title(page: HtmlElement) -> None:
    """The title says what the page is, of which organisation and year."""
    heading, lead = page.find(".//main//h1"), page.xpath("//main//*[@data-organisation]")
    if heading is None or not lead:
        return
    words = " ".join(heading.text_content().split())
    given = lead[0].attrib
    page.find(
        ".//title"
    ).text = f"{words} – {given['data-organisation']} {given.get('data-year', '')}".rstrip()


def with_landmarks(page: HtmlElement, words: Mapping[str, str]) -> None:
    """The first stop leads to the text; the navigations have names of their own."""
    for main in page.xpath("//main"):  # a page that only leads on has none
        main.set("tabindex", "-1")
        page.body.insert(0, A(CLASS("skip-link"), words["skip"], href=f"#{main.get('id')}"))
    for nav in page.xpath("//nav[contains(@class, 'navbar') and not(@aria-label)]"):
        nav.set("aria-label", words["pages"])
    for nav in page.xpath("//nav[@id='TOC']"):
        nav.set("aria-labelledby", "toc-title")
    for button in page.xpath("//button[@role='menu']"):
        del button.attrib["role"]


def finish_table(table: HtmlElement, number: int, words: Mapping[str, str]) -> None:
    """One table, in a region that scrolls; its number is that on the page."""
    with_caption(table)
    heads = [" ".join(h.text_content().split()) for h in table.xpath("./thead/tr[1]/th")]
    first = [
        bool(h.xpath(".//*[contains(@class, 'first')]")) for h in table.xpath("./thead/tr[1]/th")
    ]
    table.set("role", "table")
    for group in table.xpath("./thead | ./tbody"):
        group.set("role", "rowgroup")
    numbers = set()
    for row in table.xpath(".//tr"):
        row.set("role", "row")
        is_head = row.getparent().tag == "thead"
        for place, cell in enumerate(row.xpath("./td | ./th")):
            if "number" in cell.classes:
                numbers.add(place)
            if is_head or place == 0:
                cell.tag = "th"
                cell.set("scope", "col" if is_head else "row")
            cell.set(
                "role", ("columnheader" if is_head else "cell") if place or is_head else "rowheader"
            )
            if place < len(first) and first[place]:
                cell.classes.add("first")
            if place and not is_head:
                named(cell, heads[place] if place < len(heads) else "", row)
    # What is read across keeps its columns; what is read row by row is stacked where it is narrow.
    table.classes.add("across" if numbers >= set(range(1, len(heads))) else "stacked")
    caption = table.find("caption")
    name = None
    if caption is not None:
        name = caption.get("id") or f"tabell-{number}"
        caption.set("id", name)
    region = in_region(table, name)
    if len(table.xpath(".//a")) > MANY_LINKS:
        region.addprevious(A(CLASS("past"), words["past"], href=f"#efter-{number}"))
        region.addnext(SPAN(id=f"efter-{number}", tabindex="-1"))


def named(cell: HtmlElement, head: str, row: HtmlElement) -> None:
    """The label of a cell for narrow screens, and a name for a link that says just *saknas*."""
    cell.set("data-label", head)
    for link in cell.xpath(".//a[contains(@class, 'figure')]"):
        text = " ".join(link.text_content().split())
        if not re.search(r"\d", text) and not link.get("aria-label"):
            of = " ".join(row[0].text_content().split())
            link.set("aria-label", f"{text}: {of}, {head}")


def with_caption(table: HtmlElement) -> None:
    """Quarto sets a table as a figure: its caption and label become the table's own."""
    found = table.xpath("ancestor::figure[contains(@class, 'quarto-float-tbl')]")
    if not found:
        return
    figure = found[0]
    caption = figure.find("figcaption")
    outer = figure.getparent()
    if caption is not None:
        caption.tag = "caption"
        caption.attrib.clear()
        caption.tail = None
        table.insert(0, caption)
    table.set("id", outer.attrib.pop("id"))
    outer.attrib.pop("class", None)
    figure.tag = "div"
    figure.attrib.clear()
    for inner in figure.xpath(".//*[@aria-describedby]"):
        del inner.attrib["aria-describedby"]


def in_region(element: HtmlElement, name: str | None) -> HtmlElement:
    """A region around an element that scrolls sideways by itself, also by keyboard."""
    region = DIV(CLASS("table-scroll"))
    if name:
        region.attrib.update({"role": "region", "tabindex": "0", "aria-labelledby": name})
    region.tail, element.tail = element.tail, None
    element.getparent().replace(element, region)
    region.append(element)
    return region

"""The rendered site as people use it: narrow, enlarged, by keyboard, by ear, on paper."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import page as pdf_rules
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, Project, copy_built, once
from parts import require
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

from bokslut.render.pdf import children, elements

NAMES = sorted(file.stem for file in (ROOT / "reports").glob("[!_]*.qmd"))
REPORT = "verksamhetsberattelse"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [
    ("light", (1280,)),
    pytest.param("light", (320, 768), marks=pytest.mark.slow),
    pytest.param("dark", (320, 768, 1280), marks=pytest.mark.slow),
]
LIMIT_BYTES = 1_500_000
LIMIT_PIXELS = 6_000

# What is wider than the window, and not inside a region that scrolls by itself.
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter(e => !e.closest('.table-scroll, .skip-link, pre') && e.checkVisibility())
    .map(e => e.outerHTML.slice(0, 120))"""

# A region that scrolls by itself, and that the keyboard does not reach or that has no name.
UNREACHABLE = """() => [...document.querySelectorAll('.table-scroll')]
    .filter(e => e.scrollWidth > e.clientWidth)
    .filter(e => e.getAttribute('tabindex') !== '0' || e.getAttribute('role') !== 'region'
        || !document.getElementById(e.getAttribute('aria-labelledby'))?.innerText.trim())
    .map(e => e.outerHTML.slice(0, 120))"""

# Whether the focused element is in the window and shows that it has the focus.
FOCUS = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    return {
        what: e.outerHTML.slice(0, 100),
        name: e.getAttribute('aria-label') || e.textContent.trim() || e.id,
        isBody: e === document.body,
        inWindow: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    };
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    require("Chromium", found, "apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


OUTPUT = "reports/_output/vss-2020"


@pytest.fixture(scope="session")
def site(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of the built project, rendered once by the command; for reading."""
    return once(tmp_path_factory, "site", lambda folder: render(built, folder)) / OUTPUT


def render(built: Project, folder: Path) -> None:
    """Renders in a copy of the built project, which dbt writes its documentation into."""
    copy_built(built, folder)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BOKSLUT_")}
    # Without Quarto on the path, so that it is the embedded renderer that is tested.
    environment["PATH"] = str(Path(sys.executable).parent)
    done = subprocess.run(
        [Path(sys.executable).with_name("bokslut"), "render"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Reader:
    """Someone who opens pages of the site, and what the pages asked for and complained of."""

    def __init__(self, browser: Browser, site: Path, **settings: Any) -> None:
        self.site = site
        self.context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}} | settings
        )
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("requestfailed", lambda request: self.errors.append(request.url))
        self.page.on("console", lambda line: line.type == "error" and self.errors.append(line.text))

    def open(self, name: str) -> Page:
        self.page.goto((self.site / f"{name}.html").as_uri())
        return self.page


@pytest.fixture(scope="module")
def window(chromium: Browser, site: Path) -> Iterator[Reader]:
    """The one reader with an ordinary window, which costs more to open than a page."""
    reader = Reader(chromium, site)
    yield reader
    reader.context.close()


@pytest.fixture
def reader(window: Reader) -> Iterator[Reader]:
    """A reader; afterwards no page may have had an error or asked for what is not on the disk."""
    reader = window
    reader.asked.clear()
    reader.errors.clear()
    reader.page.emulate_media(media="null")
    yield reader
    assert reader.errors == []
    assert [url for url in reader.asked if not url.startswith(("file:", "data:"))] == []


def test_every_document_is_a_page_that_is_not_heavy(site: Path) -> None:
    assert NAMES
    sizes = {name: (site / f"{name}.html").stat().st_size for name in NAMES}
    assert {name: size for name, size in sizes.items() if size >= LIMIT_BYTES} == {}


@pytest.mark.parametrize(("scheme", "widths"), LOOKS)
def test_no_accessibility_rule_is_broken(
    chromium: Browser, site: Path, scheme: str, widths: tuple[int, ...]
) -> None:
    reader = Reader(chromium, site, color_scheme=scheme)
    # Preload would ask for the style sheets again, which a page from disk may not.
    options = {"runOnly": RULES, "preload": False, "resultTypes": ["violations"]}
    for name in NAMES:
        opened = reader.open(name)
        for width in widths:
            opened.set_viewport_size({"width": width, "height": 900})
            results = Axe().run(opened, options=options)
            found = f"{name}, {width} px: {results.generate_report()}"
            assert results.violations_count == 0, found
        assert opened.locator("main h1").count() == 1, name
    assert reader.errors == []
    reader.context.close()


# A window of 1280 px at 200 % has room for 640 px, drawn with two dots to each.
@pytest.mark.parametrize(("width", "scale"), [(320, 1), (640, 2)])
def test_nothing_is_wider_than_the_window(
    chromium: Browser, site: Path, width: int, scale: int
) -> None:
    size = {"width": width, "height": 512}
    reader = Reader(chromium, site, viewport=size, device_scale_factor=scale)
    for name in NAMES:
        opened = reader.open(name)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, name
        assert opened.evaluate(TOO_WIDE) == [], name
        assert opened.evaluate(UNREACHABLE) == [], name
    reader.context.close()


def test_no_table_is_wider_than_a_wide_window(reader: Reader) -> None:
    for name in ("avstamning", "spar", "mal"):
        opened = reader.open(name)
        opened.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        wide = """all => all.filter(e => e.scrollWidth > e.clientWidth + 1)
            .map(e => e.getAttribute('aria-labelledby'))"""
        assert opened.locator(".table-scroll").evaluate_all(wide) == [], name


def test_no_word_of_a_chart_is_cut(reader: Reader, site: Path) -> None:
    cut = """all => all.filter(e => {
        const word = e.getBoundingClientRect(), svg = e.ownerSVGElement.getBoundingClientRect();
        return word.left < svg.left || word.right > svg.right;
    }).map(e => e.textContent)"""
    for chart in sorted((site / "_figures").glob("*.svg")):
        reader.page.goto(chart.as_uri())
        assert reader.page.locator("text").evaluate_all(cut) == [], chart.name


def test_a_range_of_lines_stands_on_one_line(chromium: Browser, site: Path) -> None:
    lines = """() => {
        document.querySelectorAll('details').forEach(e => { e.open = true; });
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
        while (texts.nextNode()) {
            for (const match of texts.currentNode.data.matchAll(/\\d+–\\d+/g)) {
                const range = document.createRange();
                range.setStart(texts.currentNode, match.index);
                range.setEnd(texts.currentNode, match.index + match[0].length);
                const tops = Array.from(range.getClientRects(), box => Math.round(box.top));
                if (tops.length) found.push([match[0], new Set(tops).size]);
            }
        }
        return found;
    }"""
    for width in (320, 390, 768):
        reader = Reader(chromium, site, viewport={"width": width, "height": 900})
        for name in ("avstamning", "personal"):
            found = reader.open(name).evaluate(lines)
            assert found, name
            assert [text for text, count in found if count > 1] == [], (name, width)
        reader.context.close()


def test_a_narrow_screen_stacks_rows_and_keeps_first_columns_in_sight(
    chromium: Browser, site: Path
) -> None:
    reader = Reader(chromium, site, viewport={"width": 320, "height": 900})
    opened = reader.open("mal")
    opened.locator("main details summary").first.click()
    row = opened.locator("table.stacked:has(td.first) tbody tr").first
    lines = row.locator("th, td")
    tops = {
        lines.nth(i).get_attribute("data-label") or "": lines.nth(i).bounding_box()["y"]
        for i in range(lines.count())
    }
    order = sorted(tops, key=tops.__getitem__)
    years = sorted((label for label in order if label.isdigit()), reverse=True)
    assert order[:4] == ["", years[0], "Målvärde", "Läge"]
    opened = reader.open("ekonomi")
    region = opened.locator(".table-scroll:has(> table.across)").first
    head = region.locator("tbody th").first
    before = head.bounding_box()["x"]
    assert region.evaluate("e => (e.scrollLeft = 100, e.scrollLeft)") > 0
    assert head.bounding_box()["x"] == before
    # A finger hits each link of a table that stands alone in its cell.
    links = opened.locator("td > a.figure:only-child")
    sizes = [links.nth(i).bounding_box() for i in range(20)]
    assert min(min(size["width"], size["height"]) for size in sizes) >= 24
    reader.context.close()


def test_a_link_paints_its_place_and_no_more(reader: Reader) -> None:
    opened = reader.open("index")
    painted = "e => getComputedStyle(e).backgroundColor"
    (plain,) = {opened.locator("main").evaluate(painted)}
    section = opened.locator("section.level2").first
    opened.evaluate("id => { location.hash = id; }", section.get_attribute("id"))
    assert section.evaluate(painted) == plain
    assert section.locator("h2").evaluate(painted) != plain
    table = opened.locator("table").nth(1)
    opened.evaluate("id => { location.hash = id; }", table.get_attribute("id"))
    assert table.evaluate(painted) == plain
    assert table.locator("caption").evaluate(painted) != plain


def test_a_printed_page_says_whose_it_is_and_which_page(reader: Reader) -> None:
    opened = reader.open("index")
    file = BytesIO(opened.pdf(prefer_css_page_size=True))
    pages = [page.extract_text() for page in PdfReader(file).pages]
    (lead,) = opened.locator(".lead").all_inner_texts()
    *whose, year = lead.split(", ")
    for number, text in enumerate(pages, 1):
        assert f"{', '.join(whose)} {year}" in text
        assert f"{number} ({len(pages)})" in text


def test_each_page_has_a_title_with_organisation_and_year(reader: Reader) -> None:
    titles = set()
    for name in NAMES:
        opened = reader.open(name)
        lead = opened.locator(".lead")
        whose = f"{lead.get_attribute('data-organisation')} {lead.get_attribute('data-year')}"
        assert opened.title().endswith(f" – {whose}")
        titles.add(opened.title())
    assert len(titles) == len(NAMES)


def test_a_script_that_is_not_a_file_of_the_site_does_not_run(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(site, tmp_path / "site")
    file = copied / "om.html"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</main>", "<script>document.title = 'x'</script></main>"))
    reader = Reader(chromium, copied)
    assert reader.open("om").title() != "x"
    assert any("Content Security Policy" in error for error in reader.errors)
    reader.context.close()


def test_a_table_with_many_links_has_a_way_past_them(reader: Reader) -> None:
    opened = reader.open("index")
    past = opened.locator(".past")
    tables = opened.locator("main table")
    many = [i for i in range(tables.count()) if tables.nth(i).locator("a").count() > 5]
    assert past.count() == len(many) > 0
    past.first.focus()
    assert past.first.bounding_box()["x"] >= 0
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    inside = opened.evaluate("document.activeElement.closest('table') !== null")
    assert not inside


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(reader: Reader, name: str) -> None:
    opened = reader.open(name)
    wanted = opened.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, [tabindex="0"]')]
            .filter(e => e.checkVisibility() && e.tabIndex >= 0 && !e.disabled).length"""
    )
    seen = []
    for _ in range(min(wanted, 60)):
        opened.keyboard.press("Tab")
        focus = opened.evaluate(FOCUS)
        assert not focus["isBody"], f"the focus was lost after {len(seen)} of {wanted} stops"
        assert focus["inWindow"], focus["what"]
        assert focus["isMarked"], focus["what"]
        seen.append(focus["name"])
    assert seen[0] in ("Hoppa till innehållet", "Skip to content")
    assert set(opened.locator("nav.navbar a").all_inner_texts()) <= set(seen)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_stop_leads_past_the_navigation(reader: Reader, name: str) -> None:
    opened = reader.open(name)
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.tagName") == "MAIN"


@pytest.mark.parametrize("name", NAMES)
def test_the_page_in_view_is_marked_in_the_navigation(reader: Reader, name: str) -> None:
    current = reader.open(name).locator("nav.navbar [aria-current=page]")
    expect(current).to_have_count(1)
    assert current.get_attribute("href") == f"{name}.html"


@pytest.mark.parametrize("name", NAMES)
def test_on_paper_there_is_text_and_no_navigation(reader: Reader, name: str) -> None:
    opened = reader.open(name)
    opened.emulate_media(media="print")
    for part in ("nav.navbar", "#TOC", ".skip-link", "footer.nav-footer"):
        for found in opened.locator(part).all():
            expect(found).to_be_hidden()
    expect(opened.locator("main h1")).to_be_visible()
    assert opened.evaluate(TOO_WIDE) == []


def test_all_is_there_without_scripts(chromium: Browser, site: Path) -> None:
    reader = Reader(chromium, site, java_script_enabled=False)
    for name in NAMES:
        opened = reader.open(name)
        expect(opened.locator("main h1")).to_be_visible()
        for table in opened.locator("main table:not(details table)").all()[:20]:
            expect(table).to_be_visible()
    reader.context.close()


def test_the_pdf_follows_every_rule_of_pdf_ua(site: Path) -> None:
    report = pdf_rules.validate_pdf(
        str(site / f"{REPORT}.pdf"), profile=pdf_rules.ValidationProfile.PDF_UA_1
    )
    assert report.is_compliant, report


def test_every_table_of_the_pdf_has_headers_for_columns_and_rows(site: Path) -> None:
    with pikepdf.open(site / f"{REPORT}.pdf") as pdf:
        tables = [e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/Table"]
        assert tables
        for table in tables:
            cells = [c for row in elements(table) if row.S == "/TR" for c in children(row)]
            scopes = {str(a.Scope) for c in cells if c.S == "/TH" for a in c.A if "/Scope" in a}
            assert scopes == {"/Column", "/Row"}
        figures = [e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/Figure"]
        assert figures
        assert all(str(figure.Alt).strip() for figure in figures)


def test_the_word_file_can_be_read_by_ear(site: Path) -> None:
    with zipfile.ZipFile(site / f"{REPORT}.docx") as file:
        document = file.read("word/document.xml").decode()
        core = file.read("docProps/core.xml").decode()
    assert document.count("<w:tbl>") == document.count("<w:tblHeader") > 0
    pictures = re.findall(r"<pic:cNvPr [^>]*>", document)
    assert pictures
    assert all(re.search(r'descr="[^"]{20,}"', picture) for picture in pictures)
    assert '<w:pStyle w:val="Heading1"/>' in document
    assert "<dc:language>sv-SE</dc:language>" in core
    assert re.search(r"<dc:title>[^<]+</dc:title>", core)


def test_the_statement_of_accessibility_is_that_of_the_tests() -> None:
    stated = json.loads((ROOT / "reports/tillganglighet.json").read_text(encoding="utf-8"))
    tried = {("light", 1280)}
    for look in LOOKS:
        scheme, widths = getattr(look, "values", look)
        tried |= {(scheme, width) for width in widths}
    assert stated["rules"] == RULES
    assert {(s, w) for s in stated["schemes"] for w in stated["widths"]} == tried
    assert stated["violations"] == 0


def test_pages_are_short_save_the_document(reader: Reader) -> None:
    for name in NAMES:
        height = reader.open(name).evaluate("document.documentElement.scrollHeight")
        assert height <= LIMIT_PIXELS or name == "dokumentet", name


def test_a_figure_leads_to_its_cell_and_on_and_back(reader: Reader) -> None:
    opened = reader.open("index")
    opened.locator("td a.figure").first.click()
    cell = opened.locator(":target")
    assert opened.url.partition("#")[0].endswith("dokumentet.html")
    assert cell.bounding_box()["y"] > 5 * 16
    opened.locator("button.back").click()
    opened.wait_for_url("**/index.html")
    opened.go_forward()
    opened.locator(":target").click()
    assert opened.url.partition("#")[0].endswith("spar.html")
    expect(opened.locator(":target")).to_be_visible()


def test_the_choice_of_indicators_is_kept_in_the_address(reader: Reader) -> None:
    opened = reader.open("indikatorer")
    cards = opened.locator(".indicator:visible")
    first = cards.count()
    opened.get_by_label("Bara med utfall").uncheck()
    assert cards.count() > first
    opened.get_by_label("Ord", exact=True).fill("sjukfrånvaro")
    opened.get_by_label("Ordning").select_option("distance")
    shown = [card.split("\n")[0] for card in cards.all_inner_texts()]
    assert all("jukfrånvaro" in card for card in shown)
    address = opened.url
    opened.goto(address.replace("indikatorer.html", "index.html").partition("?")[0])
    opened.goto(address)
    assert [card.split("\n")[0] for card in cards.all_inner_texts()] == shown
    assert "sjukfr" in unquote(opened.locator("#filter-file").get_attribute("href")).lower()


def test_the_search_finds_words_and_numbers_on_all_pages(reader: Reader) -> None:
    opened = reader.open("sok")
    opened.get_by_label("Ord eller tal").fill("206 583")
    links = opened.locator("#search-found a")
    pages = {link.get_attribute("href").partition("#")[0] for link in links.all()}
    assert {"index.html", "dokumentet.html", "spar.html"} <= pages
    row = opened.locator("#search-found a[href^='spar.html#']").first
    row.click()
    expect(opened.locator(":target")).to_be_visible()
    expect(opened.locator("tr:has(:target)")).to_contain_text("206\u00a0583")
    opened.go_back()
    opened.get_by_label("Ord eller tal").fill("finnsintealls")
    expect(opened.locator("#search-state")).to_contain_text("Ingenting")


def test_the_documentation_of_the_warehouse_is_part_of_the_site(
    chromium: Browser, site: Path
) -> None:
    page = chromium.new_page()
    page.goto((site / "om.html").as_uri())
    page.get_by_role("link", name="Datadokumentationen").click()
    expect(page.get_by_placeholder("Search for models")).to_be_visible()
    assert page.url.startswith((site / "dbt-docs/index.html").as_uri())
    page.close()

"""The rendered site as people use it: narrow, enlarged, by keyboard, by ear, on paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as pdf_rules
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, Project
from parts import require
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bokslut.render.pdf import children, elements

NAMES = sorted(file.stem for file in (ROOT / "reports").glob("[!_]*.qmd"))
REPORT = "verksamhetsberattelse"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
LIMIT_BYTES = 1_500_000

# What is wider than the window, and not inside a region that scrolls by itself.
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter(e => !e.closest('.table-scroll, .skip-link, pre') && e.checkVisibility())
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


@pytest.fixture(scope="module")
def site(built: Project) -> Path:
    """The reports of the built project, rendered by the command."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BOKSLUT_")}
    # Without Quarto on the path, so that it is the embedded renderer that is tested.
    environment["PATH"] = str(Path(sys.executable).parent)
    done = subprocess.run(
        [Path(sys.executable).with_name("bokslut"), "render"],
        cwd=built.project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return built.project / "reports/_output"


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


@pytest.fixture
def reader(chromium: Browser, site: Path) -> Iterator[Reader]:
    """A reader; afterwards no page may have had an error or asked for what is not on the disk."""
    reader = Reader(chromium, site)
    yield reader
    reader.context.close()
    assert reader.errors == []
    assert [url for url in reader.asked if not url.startswith(("file:", "data:"))] == []


def test_every_document_is_a_page_that_is_not_heavy(site: Path) -> None:
    assert NAMES
    sizes = {name: (site / f"{name}.html").stat().st_size for name in NAMES}
    assert {name: size for name, size in sizes.items() if size >= LIMIT_BYTES} == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_accessibility_rule_is_broken(reader: Reader, name: str) -> None:
    opened = reader.open(name)
    # Preload would ask for the style sheets again, which a page from disk may not.
    options = {"runOnly": RULES, "preload": False, "resultTypes": ["violations"]}
    results = Axe().run(opened, options=options)
    assert results.violations_count == 0, results.generate_report()
    assert opened.locator("main h1").count() == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("width", "scale"), [(320, 1), (640, 2)], ids=["320 px wide", "200 % of 1280 px"]
)
def test_nothing_is_wider_than_the_window(
    chromium: Browser, site: Path, name: str, width: int, scale: int
) -> None:
    # A window of 1280 px at 200 % has room for 640 px, drawn with two dots to each.
    reader = Reader(
        chromium,
        site,
        viewport={"width": width, "height": 512},
        device_scale_factor=scale,
    )
    opened = reader.open(name)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate(TOO_WIDE) == []
    for region in opened.locator(".table-scroll").all():
        if region.evaluate("e => e.scrollWidth > e.clientWidth"):
            assert region.get_attribute("tabindex") == "0"
            assert region.get_attribute("role") == "region"
            assert region.get_attribute("aria-label")
    reader.context.close()


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


@pytest.mark.parametrize("name", NAMES)
def test_all_is_there_without_scripts(chromium: Browser, site: Path, name: str) -> None:
    reader = Reader(chromium, site, java_script_enabled=False)
    opened = reader.open(name)
    expect(opened.locator("main h1")).to_be_visible()
    for table in opened.locator("main table").all()[:20]:
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


def test_the_documentation_of_the_warehouse_is_part_of_the_site(
    chromium: Browser, site: Path
) -> None:
    page = chromium.new_page()
    page.goto((site / "om.html").as_uri())
    page.get_by_role("link", name="Datadokumentationen").click()
    expect(page.get_by_placeholder("Search for models")).to_be_visible()
    assert page.url.startswith((site / "dbt-docs/index.html").as_uri())
    page.close()

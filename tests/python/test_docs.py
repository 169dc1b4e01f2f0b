"""The documentation is one file that opens from disk in a real browser, without a network."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Project, copy_built
from parts import require
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

MODEL = "model.bokslut.fct_results"
SWITCHES = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# dbt's own page asks for these before its templates are filled in; they are no files of ours.
DBT_PLACEHOLDERS = ("getIcon(item.type", "require('./assets/favicons/favicon.ico')")

# For each node and edge of the graph in view: whether anything is painted where it stands. An edge
# is a curve, so it is looked for on the whole height between its ends, half way between them.
PAINTED = """() => {
    const cy = document.querySelector('#cy')._cyreg.cy;
    const canvas = document.querySelector('#cy canvas[data-id="layer2-node"]');
    const scale = canvas.width / canvas.clientWidth;
    const paint = canvas.getContext('2d', { willReadFrequently: true });
    const painted = (x, y, width, height) => paint
        .getImageData(x * scale, y * scale, Math.ceil(width * scale), Math.ceil(height * scale))
        .data.some((byte, i) => i % 4 === 3 && byte > 0);
    const inView = ({ x, y }) => [x * cy.zoom() + cy.pan().x, y * cy.zoom() + cy.pan().y];
    const node = n => {
        const [x, y] = inView(n.position());
        return painted(x - 2, y - 2, 5, 5);
    };
    const edge = e => {
        const [x, y] = inView(e.sourceEndpoint());
        const [x2, y2] = inView(e.targetEndpoint());
        return painted((x + x2) / 2, Math.min(y, y2) - 4, 1, Math.abs(y - y2) + 8);
    };
    const name = e => e.source().id() + ' > ' + e.target().id();
    return {
        nodes: Object.fromEntries(cy.nodes(':visible').map(n => [n.id(), node(n)])),
        edges: Object.fromEntries(cy.edges(':visible').map(e => [name(e), edge(e)])),
        corner: painted(2, 2, 3, 3),
    };
}"""


@dataclass(frozen=True)
class Docs:
    """The generated page, and what dbt wrote about the project beside it."""

    file: Path
    manifest: dict[str, Any]

    @property
    def lineage(self) -> set[str]:
        """Ids of the seeds, models and exposures; the page shows the singular tests beside them."""
        nodes = self.manifest["nodes"]
        carriers = {i for i, node in nodes.items() if node["resource_type"] in ("seed", "model")}
        return carriers | set(self.manifest["exposures"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    require("Chromium", found, "apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def docs(browser: Browser, built: Project, tmp_path_factory: pytest.TempPathFactory) -> Docs:
    """The page of the built project; the browser comes first, so that no page is made in vain."""
    copy = copy_built(built, tmp_path_factory.mktemp("docs"))
    run = copy.dbt("docs", "generate", "--static")
    assert run.code == 0, run.output
    # Alone in a folder, so that the page cannot lean on the files that dbt writes beside it.
    page = tmp_path_factory.mktemp("page") / "static_index.html"
    shutil.move(copy.target / "static_index.html", page)
    return Docs(page, json.loads((copy.target / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture
def page(browser: Browser, docs: Docs) -> Iterator[Page]:
    """The opened page; afterwards it must have had no error, and have asked for nothing else."""
    asked: list[str] = []
    errors: list[str] = []
    # The page shows a graph at a twentieth of its size at least, and ours is that high.
    context = browser.new_context(viewport={"width": 2400, "height": 1700})
    context.set_default_timeout(20_000)
    own = docs.file.as_uri()

    def only_itself(route: Any) -> None:
        url = route.request.url
        if url.partition("#")[0] == own or url.startswith(("data:", "blob:")):
            route.continue_()
            return
        asked.append(url)
        route.abort()

    context.route("**/*", only_itself)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda line: line.type == "error" and errors.append(f"{line.text} {line.location['url']}"),
    )
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(own)
    expect(page.get_by_placeholder("Search for models")).to_be_visible()
    yield page
    context.close()
    assert unexpected(asked) == [], "the page asked for more than its own file"
    assert unexpected(errors) == [], "the page reported errors"


def unexpected(lines: list[str]) -> list[str]:
    """The lines that are not about one of dbt's own placeholders."""
    plain = (line.replace("%20", " ") for line in lines)
    return [line for line in plain if not any(known in line for known in DBT_PLACEHOLDERS)]


def words(text: str) -> str:
    """A text as a reader sees it: without the marks of Markdown, with single spaces."""
    return " ".join(re.sub(r"[`*]", "", text).split())


def section(page: Page, name: str) -> Locator:
    """The section of the page in view that has the anchor."""
    return page.locator("section", has=page.locator(f"#{name}")).filter(visible=True)


def open_model(page: Page, name: str) -> None:
    """Searches for a model and opens it from the results, as a reader would."""
    page.get_by_placeholder("Search for models").press_sequentially(name)
    page.locator(".search-result").get_by_text(name, exact=True).filter(visible=True).click()
    expect(page.locator("h1").filter(visible=True)).to_contain_text(name)


def folder(page: Page, name: str) -> Locator:
    """A folder of the project tree, by the name that it shows."""
    label = page.locator(".filename-normal").get_by_text(name, exact=True)
    return page.locator(".menu a.menu-tree", has=label).filter(visible=True)


def leaf(page: Page, name: str) -> Locator:
    """A page of the project tree; it may show a long name cut, and has the whole as its title."""
    return page.locator(f'.menu a.menu-node[title="{name}"]').filter(visible=True)


def open_lineage(page: Page) -> dict[str, Any]:
    """Opens the lineage of the page in view over the whole window; what is painted in it.

    From the overview it opens over the window at once; from a model it opens at the side first.
    """
    page.locator(".launcher-btn a").click()
    expect(page.locator("#cy")).to_be_visible()
    expand = page.locator("a[ng-click='showExpanded()']")
    if expand.is_visible():
        expand.click()
    page.wait_for_function("document.querySelector('#cy')._cyreg.cy.nodes(':visible').length > 0")
    page.wait_for_timeout(1_500)  # the layout moves for a moment; nothing tells its end
    return page.evaluate(PAINTED)


def unpainted(things: dict[str, bool]) -> list[str]:
    """The nodes or edges that are in the graph's data but not on its canvas."""
    return [name for name, is_painted in things.items() if not is_painted]


@pytest.mark.slow
def test_the_project_tree_leads_to_fct_results(page: Page) -> None:
    for name in ("bokslut", "models", "marts", "results"):
        folder(page, name).click()
    leaf(page, "fct_results").click()
    expect(page.locator("h1").filter(visible=True)).to_contain_text("fct_results")


def test_fct_results_is_found_and_described_with_every_column(page: Page, docs: Docs) -> None:
    description = words(docs.manifest["nodes"][MODEL]["description"])
    assert description.startswith("One row per"), "fct_results has no description of its grain"
    open_model(page, "fct_results")
    expect(section(page, "description")).to_contain_text(description)
    columns = docs.manifest["nodes"][MODEL]["columns"]
    rows = section(page, "columns").locator("tr.column-row")
    expect(rows.locator("td:first-child")).to_have_text(list(columns))
    for row, (name, column) in zip(rows.all(), columns.items(), strict=True):
        description = words(column["description"])
        assert description, f"fct_results.{name} has no description"
        row.click()
        expect(row.locator("xpath=following-sibling::tr[1]")).to_contain_text(description)


def test_the_lineage_of_fct_results_is_drawn(page: Page, docs: Docs) -> None:
    open_model(page, "fct_results")
    graph = open_lineage(page)
    parents = docs.manifest["nodes"][MODEL]["depends_on"]["nodes"]
    assert {f"{parent} > {MODEL}" for parent in parents} <= set(graph["edges"])
    assert "seed.bokslut.printed_driftsammandrag" in graph["nodes"]
    assert unpainted(graph["nodes"]) == []
    assert unpainted(graph["edges"]) == []
    assert not graph["corner"], "the canvas is one blot and no graph"


@pytest.mark.slow
def test_the_whole_lineage_is_drawn(page: Page, docs: Docs) -> None:
    graph = open_lineage(page)
    assert docs.lineage - set(graph["nodes"]) == set()
    assert unpainted(graph["nodes"]) == []
    assert unpainted(graph["edges"]) == []
    assert not graph["corner"], "the canvas is one blot and no graph"


@pytest.mark.slow
def test_exposures_are_listed_with_what_they_read(page: Page, docs: Docs) -> None:
    exposures = docs.manifest["exposures"].values()
    assert exposures, "the project has no exposure"
    for kind in sorted({exposure["type"] for exposure in exposures}):
        folder(page, kind.capitalize()).click()
    for exposure in exposures:
        name = exposure["label"] or exposure["name"]
        leaf(page, name).click()
        expect(page.locator("h1").filter(visible=True)).to_contain_text(name)
        expect(section(page, "description")).to_contain_text(words(exposure["description"]))
        for parent in exposure["depends_on"]["nodes"]:
            link = section(page, "depends_on").get_by_text(parent.split(".")[-1], exact=True)
            expect(link.first).to_be_attached()

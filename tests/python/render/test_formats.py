"""One project with every element of the subset, in all three formats."""

from __future__ import annotations

import html
import os
import re
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import page
import pikepdf
import pytest
from lxml import etree
from lxml import html as html_tree
from pypdf import PdfReader

from bokslut.render import run
from bokslut.render.finish import finish
from bokslut.render.lines import RenderFailed
from bokslut.render.pdf import children, elements
from bokslut.render.word import NAMES
from render.conftest import HERE, Write, with_own_filter

FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True)
class Whole:
    """The rendered project, and how often its cells were run."""

    output: Path
    written: list[Path]
    runs: int
    texts: dict[str, str] = field(default_factory=dict)

    def html(self, name: str = "rapport") -> str:
        return (self.output / f"{name}.html").read_text(encoding="utf-8")

    def docx(self, part: str = "word/document.xml") -> str:
        with zipfile.ZipFile(self.output / "rapport.docx") as file:
            return file.read(part).decode()

    def text(self, format_: str) -> str:
        """The text that a reader sees, with single spaces."""
        if format_ not in self.texts:
            self.texts[format_] = self.read(format_)
        return self.texts[format_]

    def read(self, format_: str) -> str:
        file = self.output / f"rapport.{format_}"
        if format_ == "pdf":
            text = " ".join(p.extract_text() for p in PdfReader(file).pages)
        elif format_ == "docx":
            paragraphs = re.findall(r"<w:p>.*?</w:p>", self.docx(), re.DOTALL)
            runs = ["".join(re.findall(r"<w:t[^>]*>([^<]*)", p)) for p in paragraphs]
            text = html.unescape(" ".join(runs))
        else:
            main = self.html().partition("<main")[2].partition("</main>")[0]
            text = html.unescape(re.sub(r"<[^>]*>", " ", main))
        return " ".join(text.replace("\u2060", "").split())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole") / "reports"
    shutil.copytree(HERE / "whole", folder)
    with_own_filter(folder)
    runs = folder.parent / "runs"
    written = run.render(folder, {"ord": "givet"}, os.environ | {"RUNS": str(runs)})
    assert not (folder / "_figures").exists(), "cells wrote into the sources"
    return Whole(folder / "_output", written, len(runs.read_text().splitlines()))


def test_the_output_is_a_site_with_its_pdf_and_word_file(whole: Whole) -> None:
    assert {str(f.relative_to(whole.output)) for f in whole.written} == {
        "index.html",
        "summary-en.html",
        "rapport.html",
        "rapport.pdf",
        "rapport.docx",
        "own.css",
        "extra/fil.txt",
        "_figures/x.svg",
        "site_libs/bokslut/page.css",
        "site_libs/bokslut/page.js",
        "site_libs/bokslut/print.css",
    }


def test_cells_run_once_for_all_formats(whole: Whole) -> None:
    assert whole.runs == 1


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_says_all_and_nothing_else(whole: Whole, format_: str) -> None:
    # Where lines and inline marks break the text differs.
    said = re.sub(r"\s", "", whole.text(format_))
    for text in (
        "Årets rapport",
        "Se Figur 1, Tabell 1, Figur 2 och Tabell 2.",
        "Figur 1: Bildens text",
        "Figur 2: Bild från cellen",
        "Tabell 1: Utfall i tkr",
        "Tabell 2: Text från cellen",
        "Omtvistat: inget.",
        "△ D07",
        "−12",
        "● uppnått",
        "Ur en inkluderad fil.",
        "Ordet är givet.",
        "Utdata: {{< include finns-inte.qmd >}} och `{python} 1/0` och <script>.",
        "Betydelse",
        "Utan nummer",
    ):
        assert re.sub(r"\s", "", text) in said, text
    # What has nothing to show goes, with its caption and its headings.
    for text in ("visas inte", "förvalt", "organisation=", "Otryckt"):
        assert re.sub(r"\s", "", text) not in said, text
    assert ("Endastpåskärm." in said) == (format_ == "html")
    assert ("Endastpåpapper." in said) == (format_ != "html")


def test_an_english_page_has_english_words(whole: Whole) -> None:
    shown = whole.html("summary-en")
    assert '<html lang="en">' in shown
    for text in ("Table\u00a01: A caption", "Skip to content"):
        assert text in shown


def tree(whole: Whole, name: str = "rapport") -> html_tree.HtmlElement:
    return html_tree.document_fromstring(whole.html(name))


def test_html_tables_have_captions_headers_and_labels(whole: Whole) -> None:
    (table,) = tree(whole).xpath("//table[@id='tbl-pipe']")
    assert table.find("caption").text_content() == "Tabell\u00a01: Utfall i tkr"
    rows = [[(c.tag, c.get("scope"), c.get("role")) for c in row] for row in table.iter("tr")]
    head, cell = ("th", "col", "columnheader"), ("td", None, "cell")
    assert rows[0] == [head] * 3
    assert rows[1:] == [[("th", "row", "rowheader"), cell, cell]] * 4
    first = table.xpath(".//td[contains(@class, 'first')]")
    assert [(c.get("data-label"), "number" in c.classes) for c in first] == [
        ("Utfall tkr", True)
    ] * 4
    assert "stacked" in table.classes
    assert "across" in tree(whole).xpath("//table[@id='tbl-cell']")[0].classes


def test_a_table_stands_in_a_named_region_with_a_way_past_its_links(whole: Whole) -> None:
    page = tree(whole)
    (region,) = page.xpath("//table[@id='tbl-pipe']/..")
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert page.get_element_by_id(region.get("aria-labelledby")).tag == "caption"
    past = region.getprevious()
    assert past.text == "Hoppa förbi tabellen"
    assert region.getnext().get("id") == past.get("href").removeprefix("#")
    assert [a.get("aria-label") for a in region.xpath(".//a[@class='figure']")] == [
        "saknas: LKDATA, Utfall tkr",
        None,
        None,
        None,
    ]


def test_html_figures_have_alternative_text_and_a_region(whole: Whole) -> None:
    images = tree(whole).xpath("//img")
    assert [image.get("alt") for image in images] == [
        'Fem av tio, "säkert" i $ och #',
        "En svart fyrkant",
    ]
    regions = [image.xpath("ancestor::*[@role='region']")[0] for image in images]
    named = [tree(whole).get_element_by_id(r.get("aria-labelledby")) for r in regions]
    assert [name.text_content() for name in named] == [
        "Figur\u00a01: Bildens text",
        "Figur\u00a02: Bild från cellen",
    ]


def test_the_page_says_whose_report_it_is_and_has_its_navigation(whole: Whole) -> None:
    page = tree(whole)
    assert page.findtext(".//title") == 'Årets rapport – Förvaltningen "F" 2020'
    assert [(a.get("href"), a.get("aria-current"), a.text) for a in page.xpath("//nav[1]//li/a")][
        :2
    ] == [("index.html", None, "Start"), ("rapport.html", "page", "Årets rapport")]
    assert page.xpath("//nav[@id='TOC']//a/@href") == ["#ekonomi", "#under", "#utan-nummer"]
    assert page.xpath("//a[@class='skip-link']/@href") == ["#quarto-document-content"]
    assert page.xpath("//footer")[0].text == "Sidfot"
    assert page.xpath("//main//a[text()='målen']/@href") == ["index.html#hej"]
    printed = (whole.output / "site_libs/bokslut/print.css").read_text(encoding="utf-8")
    assert r'content: "Förvaltningen \"F\", Kommunen 2020"' in printed
    assert 'content: "Utgåva ett"' in printed


def test_the_policy_lets_a_page_ask_for_its_own_files_alone(whole: Whole) -> None:
    for name in ("index", "rapport", "summary-en"):
        page = tree(whole, name)
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.xpath("//script[not(@src)] | //style | //@style") == []
        assert [a for e in page.iter() for a in e.attrib if a.startswith("on")] == []


def test_the_pdf_is_pdf_ua(whole: Whole) -> None:
    file = str(whole.output / "rapport.pdf")
    report = page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo.Title) == "Årets rapport 2020"
        assert str(pdf.docinfo.Author) == 'Förvaltningen "F", Kommunen'
        assert str(pdf.Root.Lang) == "sv-SE"
        assert [round(float(x)) for x in pdf.pages[0].MediaBox] == [0, 0, 595, 842]


def test_the_pdf_has_headers_for_columns_and_rows(whole: Whole) -> None:
    with pikepdf.open(whole.output / "rapport.pdf") as pdf:
        tags = list(elements(pdf.Root.StructTreeRoot))
        found = [[(str(c.S), scope(c)) for c in children(e)] for e in tags if e.S == "/TR"]
        alts = [str(tag.Alt) for tag in tags if tag.S == "/Figure"]
        kinds = [str(tag.S) for tag in tags]
    column, cell, line = ("/TH", "/Column"), ("/TD", None), ("/TH", "/Row")
    assert found == [[column] * 3, *[[line, cell, cell]] * 4, [column] * 2, [line, cell]]
    assert alts == ['Fem av tio, "säkert" i $ och #', "En svart fyrkant"]
    assert {"/H1", "/H2", "/TOC", "/L"} <= set(kinds)


def scope(cell: pikepdf.Object) -> str | None:
    """What a header cell of a PDF is a header of."""
    found = [str(a.Scope) for a in cell.A if "/Scope" in a]
    return found[0] if found else None


def test_the_pdf_has_a_cover_contents_and_a_running_head(whole: Whole) -> None:
    cover, contents, *rest = [
        p.extract_text() for p in PdfReader(whole.output / "rapport.pdf").pages
    ]
    assert "Årets rapport 2020" in cover
    assert "Kommunen" in cover
    assert "Utgåva ett" in cover
    for text in ("Innehåll", "Ekonomi", "Tabeller", "Utfall i tkr", "Figurer", "Bildens text"):
        assert text in contents, text
    # The contents give a page, the foot how many they are.
    assert re.search(r"Utfall i tkr[ .\n]*\d+\n", contents)
    for number, text in enumerate(rest, 3):
        assert 'Förvaltningen "F", Kommunen' in text.replace("”", '"')
        assert f"{number} ({len(rest) + 2})" in text


def test_links_on_paper_lead_to_what_is_there(whole: Whole) -> None:
    reader = PdfReader(whole.output / "rapport.pdf")
    links = [a.get_object() for p in reader.pages for a in p.get("/Annots", [])]
    assert links
    assert [a for a in links if "/URI" in a.get("/A", {})] == []
    assert 'w:anchor="ekonomi"' in whole.docx()
    assert "index.qmd" not in whole.docx("word/_rels/document.xml.rels")


def test_the_word_file_has_headers_language_alternative_text_and_headings(whole: Whole) -> None:
    document = whole.docx()
    assert document.count("<w:tblHeader") == 2
    flagged = re.findall(r'<w:tblLook [^>]*w:firstColumn="(\d)"[^>]* w:val="(\w+)"', document)
    assert flagged == [("1", "00A0")] * 2
    assert document.count("<w:cantSplit/>") == document.count("<w:tr>") == 7
    assert 'descr="Fem av tio, &quot;säkert&quot; i $ och #"' in document
    assert 'descr="En svart fyrkant"' in document
    for style in ("Title", "Heading1", "Heading2", "TableCaption", "ImageCaption", "TOC1", "TOC2"):
        assert f'<w:pStyle w:val="{style}"/>' in document, style
    for style in ("StatusMet", "SmallPrint"):
        assert f'<w:rStyle w:val="{style}"/>' in document, style
    core = whole.docx("docProps/core.xml")
    assert "<dc:title>Årets rapport</dc:title>" in core
    assert '<dc:creator>Förvaltningen "F", Kommunen</dc:creator>' in core
    assert "<dc:language>sv-SE</dc:language>" in core
    assert '>Förvaltningen "F", Kommunen<' in whole.docx("word/header1.xml")
    assert 'w:w="11906"' in document
    with zipfile.ZipFile(whole.output / "rapport.docx") as file:
        assert [n for n in file.namelist() if n.endswith(".svg")] == []


def test_the_word_file_lists_its_headings_tables_and_figures(whole: Whole) -> None:
    root = etree.fromstring(whole.docx().encode())
    bookmarks = set(root.xpath("//w:bookmarkStart/@w:name", namespaces=NAMES))
    listed = {}
    for line in root.xpath("//w:p[w:hyperlink[starts-with(@w:anchor, '_Toc')]]", namespaces=NAMES):
        (anchor,) = line.xpath("w:hyperlink/@w:anchor", namespaces=NAMES)
        listed["".join(line.xpath(".//w:t/text()", namespaces=NAMES))] = anchor
    assert list(listed) == [
        "Ekonomi",
        "Under",
        "Utan nummer",
        "Tabell\u00a01: Utfall i tkr",
        "Tabell\u00a02: Text från cellen",
        "Figur\u00a01: Bildens text",
        "Figur\u00a02: Bild från cellen",
    ]
    assert set(listed.values()) <= bookmarks
    assert len(set(listed.values())) == len(listed)


def test_finishing_twice_changes_nothing(whole: Whole) -> None:
    def state() -> dict[str, bytes]:
        return {str(f): f.read_bytes() for f in sorted(whole.output.rglob("*")) if f.is_file()}

    before = state()
    finish(whole.output.parent, whole.output)
    assert {name for name, content in state().items() if content != before.get(name)} == set()


# The text after the front matter, so that its first line is line 5, and what is said of its link.
DEAD = {
    "a": (
        "A\n\nSe [x](finnsinte.qmd).\n",
        "a.qmd, rad 7: länken ”x” leder till finnsinte.qmd: en sida",
    ),
    "b": ("Se [x](#borta) i dag.\n", "b.qmd, rad 5: länken ”x” leder till #borta: en plats"),
    "c": ("Se [x](hel.qmd#borta).\n", "c.qmd, rad 5: länken ”x” leder till hel.qmd#borta"),
    "d": (
        "## Rubriken\n\n```{python}\nfrom IPython.display import Markdown\n\n"
        'Markdown("[x](" + "hel.qmd#stad)")\n```\n',
        "d.qmd: under rubriken ”Rubriken”: länken ”x” leder till hel.qmd#stad",
    ),
    "e": (
        "```{python}\nfrom pathlib import Path\nfrom IPython.display import Markdown\n\n"
        "Markdown(Path('kommentarer/vss-2020/ekonomi.md').read_text())\n```\n",
        "kommentarer/vss-2020/ekonomi.md, rad 2: länken ”målet” leder till mal.qmd#x",
    ),
}


def test_a_link_that_leads_nowhere_stops_the_rendering_with_its_place(
    write: Write, environment: dict[str, str]
) -> None:
    head = "---\ntitle: Sida\n---\n\n"
    folder = write(hel=f"{head}## Hel\n", **{n: head + text for n, (text, _) in DEAD.items()})
    comment = folder / "kommentarer/vss-2020/ekonomi.md"
    comment.parent.mkdir(parents=True)
    comment.write_text("Se här:\n[målet](mal.qmd#x)\n", encoding="utf-8")
    with pytest.raises(RenderFailed) as failed:
        run.render(folder, {}, environment)
    told = [problem.told(folder) for problem in failed.value.problems]
    assert len(told) == len(DEAD), told
    for _, said in DEAD.values():
        assert any(line.startswith(said) for line in told), (said, told)
    assert not (folder / "_output").exists()

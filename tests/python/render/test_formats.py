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
from pypdf import PdfReader

from bokslut.render import run
from bokslut.render.pdf import children, elements
from bokslut.render.reference import make
from render.conftest import HERE, with_own_filter

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
        "site_libs/bokslut.css",
        "site_libs/bokslut.js",
    }


def test_cells_run_once_for_all_formats(whole: Whole) -> None:
    assert whole.runs == 1


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "Årets rapport",
        "Underrubrik",
        "31 december 2020",
        "1 Ekonomi",
        "1.1 Under",
        "Ordet är givet, taltexten 6 773,5 tkr och texten <b>*a*</b> | $x$ _y_.",
        "Se Figur 1, Tabell 1, 1, Figur 2, Tabell 2 och Avsnitt 1.1.",
        "Figur 1: Bildens text",
        "Figur 2: Bild från cellen",
        "Tabell 1: Utfall i tkr",
        "Tabell 2: Text från cellen",
        "Utan radrubriker",
        "△ D07",
        "−12",
        "Ur en inkluderad fil: givet.",
        "ur dess cell",
        "Skriven rakt in.",
        "1 + 1",
        "Utdata: {{< include finns-inte.qmd >}} och `{python} 1/0` och <script>.",
        "Rakt: {{< include finns-inte.qmd >}} och {python} 1/0.",
        "Notera",
        "Egen titel",
        "Rubrik som titel",
        "Första fliken",
        "Text i tvåan.",
        "Utan nummer",
    ],
)
def test_every_format_says(whole: Whole, format_: str, text: str) -> None:
    # Where lines and inline marks break the text differs.
    def bare(words: str) -> str:
        return re.sub(r"[`\s]", "", words)

    assert bare(text) in bare(whole.text(format_))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("text", ["visas inte", "tyst", "ValueError", "förvalt", "report_id"])
def test_no_format_says(whole: Whole, format_: str, text: str) -> None:
    assert text not in whole.text(format_)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("Endast på skärm.", {"html"}),
        ("Endast på papper.", {"pdf", "docx"}),
        ("Inte i Word.", {"html", "pdf"}),
        ("bara i pdf", {"pdf"}),
    ],
)
def test_conditional_content_is_where_it_is_meant(
    whole: Whole, text: str, formats: set[str]
) -> None:
    assert {f for f in FORMATS if text in whole.text(f)} == formats


def test_an_english_page_has_english_words(whole: Whole) -> None:
    shown = whole.html("summary-en")
    assert '<html lang="en">' in shown
    for text in ("Table\u00a01: A caption", "Section\u00a01", "<p>Tip</p>", "Skip to content"):
        assert text in shown


def test_html_tables_have_scoped_headers(whole: Whole) -> None:
    shown = whole.html()
    table = shown[shown.index('<table id="tbl-pipe"') :].partition("</table>")[0]
    assert re.findall(r"<th [^>]*scope=\"(\w+)\"[^>]*>(.*?)</th>", table) == [
        ("col", "Enhet"),
        ("col", "Utfall tkr"),
        ("col", "Not"),
        ("row", "LKDATA"),
        ("row", "Kontakt"),
    ]
    free = shown[shown.index("Utan radrubriker</caption>") :].partition("</table>")[0]
    assert 'scope="row"' not in free


def test_html_figures_have_alternative_text(whole: Whole) -> None:
    assert re.findall(r'<img src="([^"]*)"[^>]* alt="([^"]*)"', whole.html()) == [
        ("_figures/x.svg", "Fem av tio, &quot;säkert&quot; i $ och #"),
        ("_figures/x.svg", "En svart fyrkant"),
    ]


def test_the_page_has_navigation_contents_and_its_other_formats(whole: Whole) -> None:
    shown = whole.html()
    assert re.findall(r'nav-link" href="([^"]*)"( aria-current="page")?>(.*?)</a>', shown) == [
        ("index.html", "", "Start"),
        ("rapport.html", ' aria-current="page"', "Årets rapport"),
    ]
    assert 'href="#quarto-document-content">Hoppa till innehållet' in shown
    assert re.findall(r'<a href="#(sec-\w+)" id="toc', shown) == ["sec-ekonomi", "sec-under"]
    assert 'href="rapport.pdf">PDF' in shown
    assert 'href="rapport.docx">Word' in shown
    assert ">Sidfot</footer>" in shown
    assert 'href="index.html#hej"' in shown


def test_the_page_asks_for_nothing_but_its_own_files(whole: Whole) -> None:
    for name in ("index", "rapport", "summary-en"):
        for asked in re.findall(r'(?:src|href)="([^"#]+)', whole.html(name)):
            assert (whole.output / asked).is_file(), f"{name}.html asks for {asked}"


def test_the_pdf_is_pdf_ua(whole: Whole) -> None:
    file = str(whole.output / "rapport.pdf")
    report = page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo.Title) == "Årets rapport"
        assert str(pdf.Root.Lang) == "sv-SE"
        assert [round(float(x)) for x in pdf.pages[0].MediaBox] == [0, 0, 595, 842]


def test_the_pdf_has_headers_for_columns_and_rows(whole: Whole) -> None:
    found = []
    with pikepdf.open(whole.output / "rapport.pdf") as pdf:
        for table in (e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/Table"):
            for row in (e for e in elements(table) if e.S == "/TR"):
                found.append([(str(c.S), scope(c)) for c in children(row)])
    column, cell, line = ("/TH", "/Column"), ("/TD", None), ("/TH", "/Row")
    assert found == [
        [column, column, column],
        [line, cell, cell],
        [line, cell, cell],
        [column, column],
        [line, cell],
        [column, column],
        [cell, cell],
    ]


def scope(cell: pikepdf.Object) -> str | None:
    """What a header cell of a PDF is a header of."""
    found = [str(a.Scope) for a in cell.A if "/Scope" in a]
    return found[0] if found else None


def test_the_pdf_has_alternative_text_and_headings(whole: Whole) -> None:
    with pikepdf.open(whole.output / "rapport.pdf") as pdf:
        tags = list(elements(pdf.Root.StructTreeRoot))
        alts = [str(tag.Alt) for tag in tags if tag.S == "/Figure"]
        assert alts == ['Fem av tio, "säkert" i $ och #', "En svart fyrkant"]
        assert {"/H1", "/H2", "/H3"} <= {str(tag.S) for tag in tags}


def test_links_on_paper_lead_to_what_is_there(whole: Whole) -> None:
    reader = PdfReader(whole.output / "rapport.pdf")
    links = [a.get_object() for p in reader.pages for a in p.get("/Annots", [])]
    assert links
    assert [a for a in links if "/URI" in a.get("/A", {})] == []
    assert 'w:anchor="sec-ekonomi"' in whole.docx()
    assert "index.qmd" not in whole.docx("word/_rels/document.xml.rels")


def test_the_word_file_has_headers_language_alternative_text_and_headings(whole: Whole) -> None:
    document = whole.docx()
    assert document.count("<w:tblHeader") == 3
    flagged = re.findall(r'<w:tblLook [^>]*w:firstColumn="(\d)"[^>]* w:val="(\w+)"', document)
    assert flagged == [("1", "00A0"), ("1", "00A0"), ("0", "0020")]
    assert 'descr="Fem av tio, &quot;säkert&quot; i $ och #"' in document
    assert 'descr="En svart fyrkant"' in document
    for style in ("Title", "Heading1", "Heading2", "TableCaption", "ImageCaption", "Callout"):
        assert f'<w:pStyle w:val="{style}" />' in document, style
    assert 'w:val="sv-SE"' in whole.docx("word/styles.xml")
    assert "<dc:title>Årets rapport</dc:title>" in whole.docx("docProps/core.xml")
    assert "<dc:language>sv-SE</dc:language>" in whole.docx("docProps/core.xml")
    assert 'w:w="11906"' in document
    with zipfile.ZipFile(whole.output / "rapport.docx") as file:
        assert [n for n in file.namelist() if n.endswith(".svg")] == []


def test_the_word_styles_are_those_of_the_code() -> None:
    assert Path("reports/reference.docx").read_bytes() == make()

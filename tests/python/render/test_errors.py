"""What lies outside the subset is an error that names file and line, never silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bokslut.render import run
from bokslut.render.comments import comment_problems
from bokslut.render.lines import RenderFailed
from bokslut.render.project import read_project
from render.conftest import SETTINGS, Write

HEAD = "---\ntitle: En sida\n---\n\n"
CELL = "```{python}\n"

# The text after the front matter (so that its first line is line 5) or with it, and what is said.
SEEN = {
    "an unknown key": (
        "---\ntitel: En sida\n---\n",
        "rad 2: okänd inställning titel; menades title?",
    ),
    "a misspelt key of a format": (
        "---\ntitle: A\nformat:\n  typst:\n    papersise: a4\n---\n",
        "rad 5: okänd inställning format.typst.papersise; menades papersize?",
    ),
    "a format that is not made": (
        "---\ntitle: A\nformat: pdf\n---\n",
        "rad 3: okänd inställning format.pdf",
    ),
    "a value that is not made": (
        "---\ntitle: A\nformat:\n  typst:\n    papersize: a5\n---\n",
        "rad 5: format.typst.papersize: a5 stöds inte; de som stöds: a4",
    ),
    "a language without words": ("---\nlang: fi\n---\n", "rad 2: lang: fi stöds inte"),
    "a key twice": ("---\ntitle: A\ntitle: B\n---\n", "rad 3: title står två gånger"),
    "YAML that cannot be read": ("---\ntitle: [A\n---\n", "rad 2: YAML kan inte läsas"),
    "front matter without an end": ("---\ntitle: A\n", "rad 1: YAML-huvudet tar aldrig slut"),
    "an unknown option": (
        HEAD + CELL + "#| lable: x\n1\n```\n",
        "rad 6: okänd inställning lable; menades label?",
    ),
    "an option's other value": (
        HEAD + CELL + "#| tags: [x]\n#| include: maybe\n1\n```\n",
        "rad 7: include: maybe stöds inte; de som stöds: true, false",
    ),
    "an option after code": (
        HEAD + CELL + "1\n#| include: false\n```\n",
        "rad 7: #| include: false står inte först i cellen",
    ),
    "another language": (HEAD + "```{r}\n1\n```\n", "rad 5: cellen {r} stöds inte; bara {python}"),
    "options on the fence": (
        HEAD + "```{python, echo=FALSE}\n1\n```\n",
        "rad 5: cellen {python, echo=FALSE} stöds inte",
    ),
    "inline code": (
        HEAD + "Ett `{python} 1`.\n",
        "rad 5: `{python}` stöds inte inne i text; skriv meningen i en cell",
    ),
    "an unknown shortcode": (
        HEAD + "Text\n\n{{< video x.mp4 >}}\n",
        "rad 7: kortkoden {{< video x.mp4 >}} stöds inte här",
    ),
    "an include within a line": (
        HEAD + "Se {{< include _a.qmd >}}\n",
        "rad 5: kortkoden {{< include _a.qmd >}} stöds inte här; bara include, ensam på sin rad",
    ),
    "a missing include": (
        HEAD + "{{< include _borta.qmd >}}\n",
        "rad 5: filen _borta.qmd som ska tas in finns inte",
    ),
    "an include of itself": (
        HEAD + "{{< include sida.qmd >}}\n",
        "rad 5: sida.qmd tar in sig själv",
    ),
    "an open div": (
        HEAD + "::: {.callout-note}\nText\n",
        "rad 5: ::: {.callout-note} stängs aldrig",
    ),
    "a div that nothing opened": (HEAD + "Text\n\n:::\n", "rad 7: ::: stänger något"),
    "an open fence": (HEAD + "Text\n\n```\nkod\n", "rad 7: kodblocket ``` stängs aldrig"),
}

MADE = {
    "an unresolved reference": ("Text\n\nSe @fig-borta.\n", "rad 7: hänvisningen @fig-borta leder"),
    "an unknown kind of reference": ("Se @eq-ett.\n", "rad 5: hänvisningen @eq-ett leder"),
    "a label twice": (
        2 * "| a | b |\n|--|--|\n| 1 | 2 |\n\n: A {#tbl-a}\n\n",
        "rad 15: etiketten tbl-a står på två ställen",
    ),
    "an image without alternative text": (
        "Text\n\n![](reference.png)\n",
        "rad 7: bilden reference.png saknar alternativtext",
    ),
    "a box": ("::: {.callout-note}\nText\n:::\n", "rad 5: .callout-note stöds inte"),
    "a layout": (
        "Text\n\n::: {.column-margin}\nText\n:::\n",
        "rad 7: .column-margin stöds inte",
    ),
    "a condition on another format": (
        '::: {.content-visible when-format="beamer"}\nText\n:::\n',
        "rad 5: villkorat innehåll för formatet beamer",
    ),
    "a cell that fails": (
        CELL + "ett = 1\nborta + ett\n```\n",
        "rad 7: cellen föll: NameError: name 'borta' is not defined",
    ),
    "a cell that fails in a call": (
        CELL + "import json\n\njson.loads('x')\n```\n",
        "rad 8: cellen föll: JSONDecodeError",
    ),
    "a cell that cannot be read": (CELL + "x = (\n```\n", "rad 6: cellen föll: SyntaxError"),
    "printed text from a cell": (CELL + "print(1)\n```\n", "rad 5: cellen ger stdout; ge Markdown"),
    "HTML from a cell": (
        CELL + "from IPython.display import HTML\n\nHTML('<b>x</b>')\n```\n",
        "rad 5: cellen ger text/html, text/plain; ge Markdown(...)",
    ),
}


@pytest.mark.parametrize(("text", "said"), SEEN.values(), ids=SEEN)
def test_before_anything_runs_an_error_tells_of(write: Write, text: str, said: str) -> None:
    folder = write(sida=text)
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    told = [problem.told(folder.parent) for problem in failed.value.problems]
    assert any(line.startswith(f"reports/sida.qmd, {said}") for line in told), told


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said of one project with all that is wrong in MADE, a document each."""
    folder = tmp_path_factory.mktemp("made") / "reports"
    folder.mkdir()
    (folder / "_quarto.yml").write_text(
        SETTINGS.replace("filters:\n  - _filters/bokslut.lua\n", "")
    )
    for number, (text, _) in enumerate(MADE.values()):
        (folder / f"sida{number}.qmd").write_text(HEAD + text, encoding="utf-8")
    (folder / "hel.qmd").write_text(HEAD + "Allt är väl.\n", encoding="utf-8")
    with pytest.raises(RenderFailed) as failed:
        run.render(folder, {}, os.environ)
    assert not (folder / "_output").exists()
    return [problem.told(folder.parent) for problem in failed.value.problems]


@pytest.mark.parametrize("name", MADE)
def test_while_rendering_an_error_tells_of(made: list[str], name: str) -> None:
    number, said = list(MADE).index(name), MADE[name][1]
    own = [line for line in made if line.startswith(f"reports/sida{number}.qmd, ")]
    assert len(own) == 1, made
    assert said in own[0]


def test_a_whole_document_has_no_error(made: list[str]) -> None:
    assert [line for line in made if "hel.qmd" in line] == []


def test_all_that_is_wrong_is_said_at_once(write: Write) -> None:
    folder = write(a="---\ntitel: A\n---\n", b="{{< video x >}}\n\n:::\n")
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    assert len(failed.value.problems) == 3


def test_an_error_in_an_included_file_names_that_file(write: Write) -> None:
    folder = write(sida=HEAD + "{{< include _del.qmd >}}\n", _del="Text\n\n{{< video x >}}\n")
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    (problem,) = failed.value.problems
    assert problem.told(folder.parent).startswith("reports/_del.qmd, rad 3: kortkoden")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            SETTINGS + "websajt:\n  title: x\n",
            "rad 12: okänd inställning websajt; menades website?",
        ),
        (SETTINGS.replace("_output", "ut"), "rad 3: project.output-dir: ut stöds inte"),
        (
            SETTINGS.replace("  title: Prov", "  navbar:\n    left:\n      - href: borta.qmd"),
            "navbar nämner borta.qmd, som inte finns",
        ),
        (
            SETTINGS.replace("  title: Prov", "  navbar:\n    left:\n      - sida.qmd"),
            "rad 9: website.navbar.left.sida.qmd: här väntades href, text",
        ),
        (
            SETTINGS.replace("  title: Prov", "  navbar:\n    left:\n      - hreff: sida.qmd"),
            "rad 9: okänd inställning website.navbar.left.hreff; menades href?",
        ),
    ],
)
def test_an_error_in_the_settings_tells_its_line(write: Write, settings: str, said: str) -> None:
    folder = write(settings, sida=HEAD)
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    assert said in str(failed.value)


# A comment, and what is said of it. What would only run in one format is refused in all.
REFUSED = [
    ("Bra år.\n\n::: {.callout-note}\nMen\n", "rad 3: ::: {.callout-note} kan inte stå här"),
    ("Bra år.\n\n:::\n", "rad 3: ::: kan inte stå här"),
    ("Bra år.\n\n```\nkod\n", "rad 3: kodblocket ``` stängs aldrig"),
    ("Bra.\n<script>alert(1)</script>\n", "rad 2: kod för ett format kan inte stå här"),
    ("Ett <b>bra</b> år.\n", "rad 1: kod för ett format"),
    ("Ett <span onclick='x()'>bra</span> år.\n", "rad 1: ett attribut"),
    ("Bra.\n\n<div>x</div>\n", "en ruta (:::)"),
    ("Bra.\n\n<!-- dold -->\n", "rad 3: kod för ett format"),
    ("Ett `<script>`{=html} år.\n", "rad 1: kod för ett format"),
    ("A\n\nEtt `#pagebreak()`{=typst} år.\n", "rad 3: kod för ett format"),
    ("A\n\n```{=openxml}\n<w:br/>\n```\n", "rad 3: {=openxml} kan inte stå här"),
    ("A\n\n~~~ {=html}\n<b>\n~~~\n", "rad 3: {=html} kan inte stå här"),
    ("A\n\n\\newpage\n", "rad 3: kod för ett format"),
    ("Ett [bra]{.stort} år.\n", "rad 1: ett attribut kan inte stå här"),
    ("Ett\n`kod`{#a} år.\n", "rad 2: attributet a kan inte stå här"),
    ("## Rubrik {.unnumbered onclick=x}\n", "rad 1: attributet onclick"),
    ("A\n\n| a |\n|---|\n| 1 |\n\n: Text {#tbl-ekonomi}\n", "rad 7: attributet tbl-ekonomi"),
    ("[x](https://a.se){target=_blank}\n", "rad 1: attributet target"),
    ("[x](javascript:alert(1))\n", "rad 1: en länk kan inte leda till javascript:alert(1)"),
    ("[x](JaVaScRiPt:alert(1))\n", "rad 1: en länk kan inte leda till JaVaScRiPt:alert(1)"),
    ("[x](&#1;java&#115;cript:alert(1))\n", "en länk kan inte leda till "),
    ("[x][y]\n\n[y]: data:text/html,x\n", "rad 3: en länk kan inte leda till data:text/html,x"),
    ("<file:///etc/passwd>\n", "rad 1: en länk kan inte leda till file:///etc/passwd"),
    ("[x](//a.se)\n", "rad 1: en länk kan inte leda till //a.se"),
    ("![x](https://a.se/x.png)\n", "rad 1: en bild kan inte stå här"),
    ("Ett $x^2$ år.\n", "rad 1: en formel"),
    ("---\ntitle: Annan\n---\n", "rad 1: inställningar kan inte stå här"),
    ("{{< include ../x.md >}}\n", "rad 1: {{< include ../x.md >}} kan inte stå här"),
    ("Ett\n\n```{python}\n1\n```\n", "rad 3: {python} kan inte stå här"),
]


@pytest.mark.parametrize(("comment", "said"), REFUSED)
def test_a_comment_is_plain_markdown(tmp_path: Path, comment: str, said: str) -> None:
    file = tmp_path / "kommentarer/vss-2020/ekonomi.md"
    file.parent.mkdir(parents=True)
    file.write_text(comment, encoding="utf-8")
    told = [problem.told(tmp_path) for problem in comment_problems(file)]
    assert any(said in line for line in told), told
    assert all(line.startswith("kommentarer/vss-2020/ekonomi.md") for line in told)


def test_a_broken_comment_is_told_before_anything_runs(write: Write) -> None:
    folder = write(sida=HEAD)
    (folder / "kommentarer/vss-2020").mkdir(parents=True)
    (folder / "kommentarer/vss-2020/ekonomi.md").write_text("A\n\n<b>x</b>\n", encoding="utf-8")
    with pytest.raises(RenderFailed, match=r"kommentarer/vss-2020/ekonomi\.md, rad 3: kod"):
        read_project(folder)


@pytest.mark.parametrize(
    "comment",
    [
        "Ett < tre och 5 <7, `<b>` och 5 % {av} 3 \\$.\n",
        "## Rubrik\n\n- a\n- *b* **c**\n\n1. d\n\n> e\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n",
        "Se <https://example.se>, [b](https://b.se), [sidan](spar.qmd#x) och a@b.se.\n",
        "```\n<script>\n{{< x >}}\n```\n\n``` sql\nselect 1\n```\n",
    ],
)
def test_a_plain_comment_is_no_problem(tmp_path: Path, comment: str) -> None:
    file = tmp_path / "ekonomi.md"
    file.write_text(comment, encoding="utf-8")
    assert comment_problems(file) == []


def test_a_reference_from_a_comment_names_the_comment(
    write: Write, environment: dict[str, str]
) -> None:
    folder = write(
        sida=HEAD + CELL + "from pathlib import Path\nfrom IPython.display import Markdown\n\n"
        "Markdown(Path('kommentarer/vss-2020/ekonomi.md').read_text())\n```\n"
    )
    comment = Path(folder / "kommentarer/vss-2020/ekonomi.md")
    comment.parent.mkdir(parents=True)
    comment.write_text("Året.\n\nSe @tbl-borta.\n", encoding="utf-8")
    with pytest.raises(RenderFailed) as failed:
        run.render(folder, {}, environment)
    (problem,) = failed.value.problems
    assert problem.told(folder.parent) == (
        "reports/kommentarer/vss-2020/ekonomi.md, rad 3: hänvisningen @tbl-borta leder ingenstans"
    )


def test_an_unknown_parameter_lists_those_that_there_are(
    write: Write, environment: dict[str, str]
) -> None:
    folder = write(sida=HEAD + CELL + '#| tags: [parameters]\nreport_id = "vss-2020"\n```\n')
    with pytest.raises(RenderFailed, match="parametern report; de som finns: report_id"):
        run.render(folder, {"report": "x"}, environment)
